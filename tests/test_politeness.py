"""Retry-After headers as a table; the rest of politeness is shown by crawls."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.politeness import retry_at

NOW = datetime(2026, 1, 1, tzinfo=UTC)


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
