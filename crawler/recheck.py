"""When a URL is due again, from what its last visit brought. Pure.

Fresh articles change and old ones rarely do, so an article's interval grows with its age and with every re-check that
found nothing new. A failure is tried again within seconds, so that a short fault heals during the crawl, and a day
later when it lasts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.model import Kind

WAITING, DEAD = "waiting", "dead"

TRIES_PER_CRAWL = 4
GONE_AFTER = 3
REFUSED_AFTER = 5
DAY = timedelta(days=1)
LONGEST = timedelta(days=90)
LISTING = timedelta(hours=6)

_NEVER = (Kind.IMAGE, Kind.ATTACHMENT)
_LISTS = (Kind.LISTING, Kind.FEED, Kind.SITEMAP)
_GONE = (404, 410)
_TEMPORARY = (408, 425, 429)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the visits of a URL came to: the last ``status``, and how many in a row failed in the same way.

    ``tries`` counts this visit and is 0 after a success; ``retry_at`` is when the server asked to be tried again.
    """

    status: int
    tries: int = 0
    published: datetime | None = None
    changed: int = 0
    unchanged: int = 0
    retry_at: datetime | None = None


def due(kind: Kind, past: Past, now: datetime) -> tuple[str, datetime | None]:
    """(state, when) of a URL that was just visited; when is None for what is never asked for again by itself."""
    status, tries = past.status, past.tries
    if status in _GONE:
        return (DEAD, None) if tries >= GONE_AFTER else (WAITING, now + DAY)
    if status == 0 or status >= 500 or status in _TEMPORARY:
        return WAITING, max(now + _patience(tries), past.retry_at or now)
    if status >= 400:
        return (DEAD, None) if tries >= REFUSED_AFTER else (WAITING, now + timedelta(days=2 ** max(tries - 1, 0)))
    if kind in _NEVER:
        return WAITING, None
    return WAITING, now + _interval(kind, past, now)


def failing(status: int) -> str | None:
    """What kind of failure a status is, None for a success: tries of one kind are counted together."""
    if status in _GONE:
        return "gone"
    if status == 0 or status >= 500 or status in _TEMPORARY:
        return "fault"
    return "refused" if status >= 400 else None


def _patience(tries: int) -> timedelta:
    """2, 4, 8 seconds within a crawl, then a day, and after every further crawl twice as long, up to 16 days."""
    crawls, attempt = divmod(max(tries, 1), TRIES_PER_CRAWL)
    if attempt:
        return timedelta(seconds=2**attempt)
    return timedelta(days=2 ** min(crawls - 1, 4))


def _interval(kind: Kind, past: Past, now: datetime) -> timedelta:
    if kind in _LISTS:
        return LISTING
    age = now - past.published if past.published else timedelta(days=2 ** min(past.unchanged + 1, 7))
    return min(max(age / 2 * (1 + past.unchanged) / (1 + 2 * past.changed), DAY), LONGEST)
