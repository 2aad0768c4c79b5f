"""The circuit breaker, told the time by hand."""

from datetime import UTC, datetime, timedelta

from crawler.pace import DOWN_AFTER, LONGEST_PAUSE, Pace

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_refusal_pauses_as_long_as_the_server_asks() -> None:
    pace = Pace()
    pace.answered(429, NOW + timedelta(seconds=30), NOW)
    assert pace.paused(NOW + timedelta(seconds=29))
    assert not pace.paused(NOW + timedelta(seconds=30))


def test_refusals_without_a_time_double_the_pause_up_to_a_bound() -> None:
    pace, pauses = Pace(), []
    for _ in range(20):
        pace.answered(503, None, NOW)
        assert pace.paused_until is not None
        pauses.append(pace.paused_until - NOW)
    assert pauses[1] == 2 * pauses[0]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_an_answer_ends_the_pause() -> None:
    pace = Pace()
    pace.answered(503, None, NOW)
    pace.answered(200, None, NOW)
    assert pace == Pace()


def test_single_broken_pages_do_not_pause_a_portal_but_failures_in_a_row_do() -> None:
    pace = Pace()
    for _ in range(20):
        pace.answered(500, None, NOW)
        pace.answered(200, None, NOW)
    assert not pace.paused(NOW)
    for _ in range(DOWN_AFTER):
        assert not pace.paused(NOW)
        pace.unanswered(NOW)
    assert pace.paused(NOW)


def test_after_a_pause_one_request_decides() -> None:
    down = Pace()
    for _ in range(DOWN_AFTER):
        down.unanswered(NOW)
    assert down.paused_until is not None
    tried = down.paused_until
    assert not down.paused(tried)
    down.unanswered(tried)
    assert down.paused_until - tried > tried - NOW
    down.answered(200, None, down.paused_until)
    assert down == Pace()


def test_a_time_to_come_back_is_a_pause_that_was_asked_for() -> None:
    pace = Pace()
    pace.answered(503, None, NOW)
    assert not pace.limited
    pace.answered(503, NOW + timedelta(hours=1), NOW)
    assert pace.limited
