"""robots.txt by RFC 9309: which answers speak, what they allow, and what silence means."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.politeness import AGENT
from crawler.robots import MOST, Dated, holds, rules, rules_by

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "http://127.0.0.1/tin/a"


@pytest.mark.parametrize(
    ("status", "text", "allowed"),
    [
        (200, "", True),
        (200, "User-agent: *\nDisallow: /tin/", False),
        (200, "\ufeffUser-agent: *\nDisallow: /tin/", False),
        (200, "User-agent: other\nDisallow: /", True),
        (200, "User-agent: muniment\nAllow: /tin/\nDisallow: /", True),
        (200, "<html>not a robots file</html>", True),
        (200, "#" * MOST + "\nUser-agent: *\nDisallow: /", True),
        (203, "User-agent: *\nDisallow: /tin/", False),
        (204, "", True),
        (301, "", True),
        (404, "User-agent: *\nDisallow: /", True),
        (401, "", True),
        (403, "", True),
        (429, "", False),
        (500, "", False),
        (503, "User-agent: *\nAllow: /", False),
    ],
)
def test_what_an_answer_allows(status: int, text: str, allowed: bool) -> None:
    assert rules(status, text).can_fetch(PAGE, AGENT) is allowed


def test_an_answer_holds_for_a_day() -> None:
    assert holds(NOW, NOW + timedelta(hours=23, minutes=59))
    assert not holds(NOW, NOW + timedelta(hours=24))


def dated(status: int, first: int, last: int, text: str = "") -> Dated:
    """An answer given from ``first`` to ``last`` days ago."""
    return Dated(status=status, text=text, first_at=NOW - timedelta(days=first), last_at=NOW - timedelta(days=last))


CLOSED = "User-agent: *\nDisallow: /tin/"


@pytest.mark.parametrize(
    ("past", "allowed"),
    [
        ([], False),
        ([dated(503, 0, 0)], False),
        ([dated(503, 29, 0)], False),
        ([dated(503, 30, 0)], True),
        ([dated(200, 90, 31), dated(503, 29, 0)], False),
        ([dated(200, 90, 31), dated(503, 31, 20), dated(500, 19, 0)], True),
        ([dated(200, 90, 31, CLOSED), dated(503, 31, 0)], False),
        ([dated(404, 90, 31), dated(503, 31, 0)], True),
        ([dated(503, 90, 60), dated(404, 59, 10), dated(503, 9, 0)], False),
        ([dated(503, 90, 1), dated(404, 0, 0)], True),
    ],
)
def test_errors_close_a_portal_for_thirty_days(past: list[Dated], allowed: bool) -> None:
    assert rules_by(past, NOW).can_fetch(PAGE, AGENT) is allowed
