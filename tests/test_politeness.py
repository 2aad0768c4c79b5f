"""robots.txt answers and Retry-After headers, as tables; the rest of politeness is shown by crawls of the sample."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.politeness import AGENT, retry_at, robots_rules

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"", True),
        (200, b"User-agent: *\nDisallow: /tin/", False),
        (200, b"User-agent: other\nDisallow: /", True),
        (200, b"User-agent: muniment\nAllow: /tin/\nDisallow: /", True),
        (200, b"\xff\xfe<html>not a robots file</html>", True),
        (404, b"", True),
        (403, b"", True),
        (429, b"", False),
        (500, b"", False),
        (503, b"User-agent: *\nAllow: /", False),
    ],
)
def test_what_a_robots_txt_answer_allows(status: int, body: bytes, allowed: bool) -> None:
    assert robots_rules(status, body).can_fetch("http://127.0.0.1/tin/a", AGENT) is allowed


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"5", NOW + timedelta(seconds=5)),
        (b" 0 ", NOW),
        (b"Thu, 01 Jan 2026 00:01:00 GMT", NOW + timedelta(minutes=1)),
        (b"99999999999999", NOW + timedelta(days=30)),
        (b"Fri, 01 Jan 2100 00:00:00 GMT", NOW + timedelta(days=30)),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(header: bytes | None, expected: datetime | None) -> None:
    assert retry_at(header, NOW) == expected
