"""When a URL is due again, by example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Kind
from crawler.recheck import FRONT, LISTS, Past, Watched, can_rest, due, edit_rate, list_rate

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def ago(days: float) -> datetime:
    return NOW - days * DAY


@pytest.mark.parametrize(
    ("kind", "past", "after"),
    [
        (Kind.ARTICLE, Past(status=200, published=ago(0)), 12.31 * HOUR),
        (Kind.ARTICLE, Past(status=200, published=ago(-5)), 12.31 * HOUR),
        (Kind.ARTICLE, Past(status=200, published=ago(10)), 6.41 * DAY),
        (Kind.ARTICLE, Past(status=200, published=ago(3000)), 64.12 * DAY),
        (Kind.ARTICLE, Past(status=304, published=ago(3000), own=Watched(days=3000)), 90 * DAY),
        (Kind.ARTICLE, Past(status=200, published=ago(10), own=Watched(edits=9, days=10)), 6 * HOUR),
        (Kind.ARTICLE, Past(status=200, published=ago(10), portal=Watched(edits=50, days=1000)), 1.13 * DAY),
        (Kind.ARTICLE, Past(status=200), 12.31 * HOUR),
        (Kind.ARTICLE, Past(status=304, own=Watched(days=200)), 90 * DAY),
        (Kind.OTHER, Past(status=200, unchanged=3), 8 * DAY),
        (Kind.LISTING, Past(status=200), 6 * HOUR),
        (Kind.LISTING, Past(status=200, rate=48), HOUR / 2),
        (Kind.LISTING, Past(status=200, rate=24), HOUR),
        (Kind.LISTING, Past(status=200, rate=1 / 7), 7 * DAY),
        (Kind.LISTING, Past(status=200, rate=0), 14 * DAY),
        (Kind.FEED, Past(status=304), 6 * HOUR),
        (Kind.SITEMAP, Past(status=200), 6 * HOUR),
        (Kind.IMAGE, Past(status=200), None),
        (Kind.ATTACHMENT, Past(status=200), None),
        (Kind.IMAGE, Past(status=503, tries=1), 2 * SECOND),
        (Kind.UNKNOWN, Past(status=0, tries=2), 4 * SECOND),
        (Kind.ARTICLE, Past(status=500, tries=3), 8 * SECOND),
        (Kind.ARTICLE, Past(status=500, tries=4), DAY),
        (Kind.ARTICLE, Past(status=429, tries=8), 2 * DAY),
        (Kind.ARTICLE, Past(status=500, tries=400), 16 * DAY),
        (Kind.ARTICLE, Past(status=429, tries=1, retry_at=NOW + HOUR), HOUR),
        (Kind.ARTICLE, Past(status=503, tries=4, retry_at=NOW + HOUR), DAY),
        (Kind.ARTICLE, Past(status=404, tries=1), DAY),
        (Kind.ARTICLE, Past(status=410, tries=2), DAY),
        (Kind.ARTICLE, Past(status=403, tries=1), DAY),
        (Kind.ARTICLE, Past(status=403, tries=3), 4 * DAY),
    ],
)
def test_due(kind: Kind, past: Past, after: timedelta | None) -> None:
    state, when = due(kind, past, NOW)
    assert state == "waiting"
    assert when is None if after is None else when is not None and abs(when - NOW - after) < after / 500


@pytest.mark.parametrize("past", [Past(status=404, tries=3), Past(status=410, tries=7), Past(status=403, tries=5)])
def test_dead(past: Past) -> None:
    assert due(Kind.ARTICLE, past, NOW) == ("dead", None)


ages = st.floats(0, 4000)
watched = st.builds(Watched, edits=st.integers(0, 200), days=st.floats(0, 5000))


@given(ages, ages, watched)
def test_an_older_article_of_a_portal_that_is_not_known_waits_longer(one: float, two: float, own: Watched) -> None:
    young, old = sorted((one, two))
    assert edit_rate(old * DAY, Watched(), own) <= edit_rate(young * DAY, Watched(), own)


@given(ages, watched, watched, st.integers(1, 50))
def test_more_edits_mean_an_earlier_visit_and_more_time_without_a_later_one(
    age: float, portal: Watched, own: Watched, more: int
) -> None:
    usual = edit_rate(age * DAY, portal, own)
    assert edit_rate(age * DAY, replace(portal, edits=portal.edits + more), own) > usual
    assert edit_rate(age * DAY, portal, replace(own, edits=own.edits + more)) > usual
    assert edit_rate(age * DAY, replace(portal, days=portal.days + more), own) < usual
    quiet = replace(own, edits=0)
    assert edit_rate(age * DAY, portal, replace(quiet, days=own.days + more)) < edit_rate(age * DAY, portal, quiet)


@given(st.sampled_from([Kind.ARTICLE, *LISTS]), ages, watched, watched, st.floats(0, 1000))
def test_every_interval_has_its_bounds(kind: Kind, age: float, portal: Watched, own: Watched, rate: float) -> None:
    _, when = due(kind, Past(status=200, published=ago(age), portal=portal, own=own, rate=rate), NOW)
    assert when is not None and HOUR / 2 <= when - NOW <= 90 * DAY


@pytest.mark.parametrize("news", [0.2, 1, 10, 40])
def test_a_list_learns_how_much_it_brings(news: float) -> None:
    rate = FRONT
    for hours in range(0, 24 * 60, 3):
        since, until = hours / 24 * news, (hours + 3) / 24 * news
        rate = list_rate(rate, int(until) - int(since), 3 / 24)
    assert rate == pytest.approx(news, rel=0.4)


def test_a_list_that_falls_silent_is_asked_less_and_less() -> None:
    rates = [FRONT]
    for _ in range(12):
        rates.append(list_rate(rates[-1], 0, 5))
    assert rates == sorted(rates, reverse=True) and rates[-1] < 0.01


@pytest.mark.parametrize(
    ("rate", "since", "every", "rests"),
    [
        (FRONT, 6 * HOUR, 6 * HOUR, False),
        (0.5, 6 * HOUR, 6 * HOUR, False),
        (0.3, 6 * HOUR, 6 * HOUR, True),
        (0.3, 12 * HOUR, 6 * HOUR, False),
        (0.0, 12 * HOUR, 6 * HOUR, True),
        (0.0, 18 * HOUR + SECOND, 6 * HOUR, False),
        (0.0, 2 * HOUR, 23 * HOUR, False),
        (0.0, 2 * HOUR, 2 * HOUR, True),
        (1.0, 2 * HOUR, 2 * HOUR, True),
        (1.0, 4 * HOUR, 2 * HOUR, False),
    ],
)
def test_a_seed_rests_while_hardly_anything_is_to_be_expected_and_no_longer_than_a_day(
    rate: float, since: timedelta, every: timedelta, rests: bool
) -> None:
    assert can_rest(rate, since, every) is rests


@given(st.floats(0, 100), st.floats(0, 30), st.floats(0.1, 30))
def test_no_seed_is_unasked_for_more_than_a_day_where_turns_come_daily(rate: float, since: float, every: float) -> None:
    assert not (can_rest(rate, since * DAY, every * DAY) and since + every > 1)
