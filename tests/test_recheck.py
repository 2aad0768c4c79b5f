"""When a URL is due again, by example."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.model import Kind
from crawler.recheck import Past, due

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def ago(days: float) -> datetime:
    return NOW - days * DAY


@pytest.mark.parametrize(
    ("kind", "past", "after"),
    [
        (Kind.ARTICLE, Past(status=200, published=ago(0)), DAY),
        (Kind.ARTICLE, Past(status=200, published=ago(10)), 5 * DAY),
        (Kind.ARTICLE, Past(status=304, published=ago(10), unchanged=2), 15 * DAY),
        (Kind.ARTICLE, Past(status=200, published=ago(10), changed=2), DAY),
        (Kind.ARTICLE, Past(status=200, published=ago(3000)), 90 * DAY),
        (Kind.ARTICLE, Past(status=200, published=ago(-5)), DAY),
        (Kind.ARTICLE, Past(status=200), DAY),
        (Kind.ARTICLE, Past(status=304, unchanged=9), 90 * DAY),
        (Kind.OTHER, Past(status=200, unchanged=3), 32 * DAY),
        (Kind.LISTING, Past(status=200), 6 * HOUR),
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
    assert due(kind, past, NOW) == ("waiting", after if after is None else NOW + after)


@pytest.mark.parametrize("past", [Past(status=404, tries=3), Past(status=410, tries=7), Past(status=403, tries=5)])
def test_dead(past: Past) -> None:
    assert due(Kind.ARTICLE, past, NOW) == ("dead", None)
