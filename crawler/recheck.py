"""When a URL is due again, from what its last visit brought. Pure.

An article is asked for again when an edit has become likely enough. How often a portal edits is learned from its own
re-checks, by the age of the article, and refined by what the article itself did: the rate of a Poisson process under a
gamma prior (after Cho and Garcia-Molina, "Estimating frequency of change", 2003). A list is asked for again when one
new article is to be expected. A failure is tried again within seconds, so that a short fault heals during the crawl,
and a day later when it lasts.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log

from crawler.model import Kind

WAITING, DEAD = "waiting", "dead"

TRIES_PER_CRAWL = 4
GONE_AFTER = 3
REFUSED_AFTER = 5
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LONGEST = timedelta(days=90)
QUICKEST = timedelta(hours=6)
LIST_QUICKEST = timedelta(minutes=30)
LIST_LONGEST = timedelta(days=14)
START_LONGEST = DAY
START_NEWS = 0.1
"""New articles that may be expected on a seed or feed before it must be asked: a tenth of one."""
CHANCE = 0.05
"""Of an edit, from which an article is asked for again."""

AGES = (1, 3, 7, 30, 180)
"""Days up to which an article belongs to one band of ages; the last band has no end."""
EDITS = (0.1, 0.05, 0.02, 0.008, 0.002, 0.0008)
"""Edits a day of an article in each band, before anything was learned."""
OWN = 30.0
"""Days for which the portal's rate stands in the estimate of one article's."""
FRONT, DEEP = 4.0, 1 / 7
"""New articles a day that a list and one behind another list are taken to bring, before anything was learned."""
MEMORY = 7.0
"""Days after which what a list brought counts 1/e."""
FRESH = timedelta(days=7)
"""Age up to which an article's re-check is as urgent as an unknown article."""

_NEVER = (Kind.IMAGE, Kind.ATTACHMENT)
TELLING = (Kind.FEED, Kind.SITEMAP)
"""Kinds that tell cheaply what is new: with the seeds, a crawl that a person starts asks all of them again."""
LISTS = (Kind.LISTING, *TELLING)
_GONE = (404, 410)
_TEMPORARY = (408, 425, 429)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Over how many ``days`` something was watched, and how many ``edits`` were seen."""

    edits: int = 0
    days: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the visits of a URL came to: the last ``status``, and how many in a row failed in the same way.

    ``tries`` counts this visit and is 0 after a success; ``retry_at`` is when the server asked to be tried again.
    ``own`` is how the article was watched, ``portal`` how all articles of its age were; ``rate`` is the new articles a
    day that a list brings.
    """

    status: int
    tries: int = 0
    published: datetime | None = None
    unchanged: int = 0
    own: Watched = Watched()
    portal: Watched = Watched()
    rate: float = FRONT
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


def doubt(kind: Kind) -> timedelta:
    """After how long a page that was there and has led elsewhere since is asked for again: it may have come back."""
    return DAY if kind in LISTS else WEEK


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


def band(age: timedelta) -> int:
    """Which of the bands of ages an age belongs to, from 0."""
    return bisect_left(AGES, age / DAY)


def edit_rate(age: timedelta, portal: Watched, own: Watched) -> float:
    """Edits a day that are to be expected of an article of this age."""
    usual = EDITS[band(age)]
    here = (1 + portal.edits) / (1 / usual + portal.days)
    return (here * OWN + own.edits) / (OWN + own.days)


def list_rate(rate: float, brought: int, days: float) -> float:
    """New articles a day that a list brings, after a visit that brought so many, so many days after the last one."""
    kept = exp(-days / MEMORY)
    return rate * kept + brought / max(days, 1 / 48) * (1 - kept)


def can_rest(rate: float, since: timedelta, every: timedelta) -> bool:
    """True for a seed or feed that may be left out of a turn of its portal, since it hardly ever brings anything.

    ``since`` its last visit; the next turn is ``every`` later, and will not find it unasked for more than a day.
    """
    return rate * (since / DAY) < START_NEWS and since + every <= START_LONGEST


def _interval(kind: Kind, past: Past, now: datetime) -> timedelta:
    if kind in LISTS:
        return min(max(DAY / max(past.rate, 1e-6), LIST_QUICKEST), LIST_LONGEST)
    if kind is Kind.ARTICLE:
        rate = edit_rate(_age(past, now), past.portal, past.own)
        return min(max(-log(1 - CHANCE) / rate * DAY, QUICKEST), LONGEST)
    return min(DAY * float(2 ** min(past.unchanged, 7)), LONGEST)


def _age(past: Past, now: datetime) -> timedelta:
    """Since it was published, as far as that is known and has happened; else since it was first seen."""
    return max(now - past.published, timedelta()) if past.published else DAY * past.own.days
