"""Shapes of URLs that bring nothing: after a few such pages the others rest, and one of them is tried now and then.

Only pages that nobody told to be articles are judged, and only by their first visit. An article, a list with articles
on it, or a link to somewhere else than the page itself is worth another page of the same shape. Where articles have
such URLs, the gaps between their numbers say nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlite_utils import Database

from crawler.archive.rows import moment, row, rows, stamp
from crawler.discover.shape import lies_at, shape
from crawler.model import Kind, Link

WANDERING = (Kind.LISTING, Kind.UNKNOWN, Kind.OTHER)
EMPTY, MISSING = 2, 3
TIRED = 6
"""Points after which a shape rests: three empty pages, or two that are missing."""
FIRST_REST, LONGEST_REST = timedelta(days=7), timedelta(days=90)


def learn(db: Database, portal_id: int, url: str, brought: bool | None, *, missing: bool) -> None:
    """Note the visit of a page: whether it ``brought`` something; None when that cannot be told."""
    form = shape(url)
    if form is None or brought is None or not _first_visit(db, portal_id, url):
        return
    if brought:
        sql = "UPDATE shapes SET fruitless = 0, rests_until = NULL, rests = 0 WHERE portal_id = ? AND shape = ?"
        db.conn.execute(sql, (portal_id, form))
        return
    if _has_articles(db, portal_id, form):
        return
    points = MISSING if missing else EMPTY
    db.conn.execute(
        "INSERT INTO shapes (portal_id, shape, fruitless) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET fruitless = fruitless + excluded.fruitless",
        (portal_id, form, points),
    )


def doubted(db: Database, portal_id: int, url: str) -> bool:
    """True when the last page of this shape brought nothing."""
    sql = "SELECT 1 FROM shapes WHERE portal_id = ? AND shape = ? AND fruitless > 0"
    return row(db, sql, (portal_id, shape(url))) is not None


def rests_until(db: Database, portal_id: int, url: str, now: datetime) -> datetime | None:
    """Until when a page that was never visited is left alone; None when it may be asked for.

    After every rest one page of the shape is asked for, and the others rest on until it brought something.
    """
    form = shape(url)
    found = row(db, "SELECT * FROM shapes WHERE portal_id = ? AND shape = ?", (portal_id, form)) if form else None
    if found is None or found["fruitless"] < TIRED:
        return None
    if found["rests_until"] and stamp(now) < found["rests_until"]:
        return moment(found["rests_until"])
    until = now + min(FIRST_REST * float(2 ** min(found["rests"], 10)), LONGEST_REST)
    db.conn.execute(
        "UPDATE shapes SET rests_until = ?, rests = rests + 1 WHERE portal_id = ? AND shape = ?",
        (stamp(until), portal_id, form),
    )
    return until if found["rests_until"] is None else None


def leads_elsewhere(db: Database, portal_id: int, url: str, links: Iterable[Link]) -> bool:
    """True when a page has a link that is not known yet and does not lie at its own path or beneath it."""
    away = [link.url for link in links if link.kind in WANDERING and not lies_at(link.url, url)]
    return any(row(db, _KNOWN, (portal_id, each)) is None for each in away)


_KNOWN = "SELECT 1 FROM frontier WHERE portal_id = ? AND url = ?"


def _first_visit(db: Database, portal_id: int, url: str) -> bool:
    sql = "SELECT kind FROM frontier WHERE portal_id = ? AND url = ? AND last_at IS NULL AND via IS NOT NULL"
    return any(Kind(found["kind"]) in WANDERING for found in rows(db, sql, (portal_id, url)))


def _has_articles(db: Database, portal_id: int, form: str) -> bool:
    """True when some article is known by such a URL."""
    start = form.partition("#")[0]
    found = rows(db, _ARTICLES, (portal_id, start, f"{start}:"))
    return any(shape(article["url"]) == form for article in found)


_ARTICLES = "SELECT url FROM frontier WHERE portal_id = ? AND url >= ? AND url < ? AND kind = 'article' LIMIT 200"
"""URLs that go on with a digit where the shape has its first number: a colon follows the nine."""
