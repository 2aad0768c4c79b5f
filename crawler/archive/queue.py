"""Rows of the frontier: what pages link to, and in which order it is fetched. Visits are in ``visits``."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlite_utils import Database

from crawler.archive import shapes
from crawler.archive.rows import rows, stamp, stamp_due, value
from crawler.model import Kind, Link

PRIORITY = {
    Kind.SITEMAP: 0,
    Kind.FEED: 0,
    Kind.LISTING: 1,
    Kind.ARTICLE: 2,
    Kind.UNKNOWN: 3,
    Kind.OTHER: 8,
    Kind.ATTACHMENT: 9,
    Kind.IMAGE: 10,
}
"""Smaller is fetched first; an unknown URL waits one step longer for every hop, up to the next kind."""

NEWS = 1
"""Of an article that a list brings which was known without it, and of a seed: before all history."""

DEEP = 2
"""Of a list that another page leads to: in turn with the articles, so that a long history comes in pieces."""

RECHECK = 7
"""Of an article that is known already, unless it is fresh."""

DEEPEST = RECHECK - 1

FRUITLESS_HOPS = 6
"""Hops from page to page without a new article, after which only what is told to be an article is followed."""

PRIORITIES = range(PRIORITY[Kind.IMAGE] + 1)

_INSERT = (
    "INSERT INTO frontier (portal_id, url, kind, state, priority, due_at, depth, added_at, via)"
    " VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?)"
)
_DOUBTED = "pages with such URLs have brought nothing"
_PROMOTE = (
    "UPDATE frontier SET kind = :kind, priority = :rank, depth = min(depth, :depth), due_at = min(due_at, :at)"
    " WHERE portal_id = :portal AND url = :url AND last_at IS NULL AND priority > :rank"
    f" AND (reason IS NOT '{_DOUBTED}' OR :kind = 'article')"
)
"""A page that is doubted is not promoted but for news that it is an article."""
_DOUBT = f"UPDATE frontier SET priority = ?, due_at = ?, reason = '{_DOUBTED}' WHERE id = ?"
_MODIFIED = (
    "UPDATE frontier SET state = 'waiting', due_at = ?, tries = 0"
    " WHERE portal_id = ? AND url = ? AND state IN ('waiting', 'dead') AND last_at < ?"
)

_FOUND = (
    "UPDATE frontier SET kind = 'article', priority = ?, state = 'waiting', due_at = ?, tries = 0"
    " WHERE portal_id = ? AND url = ? AND kind = 'unknown' AND last_status IN (404, 410)"
)
"""A number that was tried too early: now a page says that there is an article."""
_FORM = (
    "INSERT INTO forms (frontier_id, made_at, body) SELECT id, ?, ? FROM frontier WHERE portal_id = ? AND url = ?"
    " ON CONFLICT (frontier_id) DO UPDATE SET made_at = excluded.made_at, body = excluded.body"
    " WHERE made_at < ?"
)
FRESH = timedelta(hours=1)
"""How long a form is sent as it is; then the next page that shows it brings it anew, with the state of that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """When and how links came: ``via`` a page, ``depth`` hops after the last page that brought articles.

    ``news`` when the page is a list that was visited before: what it brings now is new on the portal.
    """

    at: datetime
    via: str | None = None
    depth: int = 0
    news: bool = False


class Added(NamedTuple):
    """How many links were not known, and how many known ones were modified since their capture."""

    new: int
    modified: int


def priority(kind: Kind, hop: Hop) -> int:
    """The place of a URL in the order of fetching."""
    if kind is Kind.UNKNOWN:
        return min(PRIORITY[kind] + max(hop.depth - 1, 0), DEEPEST)
    if kind is Kind.ARTICLE and hop.news:
        return NEWS
    return DEEP if kind is Kind.LISTING and hop.via else PRIORITY[kind]


def depth_of(db: Database, portal_id: int, url: str | None) -> int:
    """Hops between ``url`` and the last page that brought articles."""
    found = value(db, "SELECT depth FROM frontier WHERE portal_id = ? AND url = ?", (portal_id, url))
    return found or 0


def add(db: Database, portal_id: int, links: Iterable[Link], hop: Hop) -> Added:
    """Add links that are not known. A known one that says it changed since is due now."""
    wanted = {link.url: link for link in links}
    known = _known(db, portal_id, list(wanted))
    new = [link for url, link in wanted.items() if url not in known]
    at, depth, modified = stamp(hop.at), hop.depth, 0
    db.conn.executemany(
        _INSERT,
        [(portal_id, link.url, link.kind, priority(link.kind, hop), at, depth, at, hop.via) for link in new],
    )
    for link in (wanted[url] for url in known):
        rank = priority(link.kind, replace(hop, news=False))
        values = {"kind": link.kind, "rank": rank, "depth": depth, "at": at, "portal": portal_id, "url": link.url}
        db.conn.execute(_PROMOTE, values)
        if link.kind is Kind.ARTICLE:
            db.conn.execute(_FOUND, (PRIORITY[link.kind], at, portal_id, link.url))
        if link.modified:
            modified += db.conn.execute(_MODIFIED, (at, portal_id, link.url, stamp(link.modified))).rowcount
    for link in (link for link in wanted.values() if link.form is not None):
        db.conn.execute(_FORM, (at, link.form, portal_id, link.url, stamp(hop.at - FRESH)))
    return Added(len(new), modified)


def is_article(db: Database, portal_id: int, url: str, now: datetime) -> None:
    """A page turned out to be an article after its visit: it is asked for again in the next crawl."""
    add(db, portal_id, [Link(url=url, kind=Kind.ARTICLE)], Hop(at=now))
    db.conn.execute(
        "UPDATE frontier SET kind = 'article', priority = ?, due_at = ?"
        " WHERE portal_id = ? AND url = ? AND kind <> 'article' AND state = 'waiting'",
        (RECHECK, stamp(now), portal_id, url),
    )


def rests(db: Database, portal_id: int, found: sqlite3.Row, now: datetime) -> bool:
    """True for a page that is put behind everything else, or rests, since those like it have brought nothing."""
    if found["kind"] not in shapes.WANDERING or found["last_at"] or not found["via"]:
        return False
    if shapes.doubted(db, portal_id, found["url"]) and found["priority"] < PRIORITY[Kind.OTHER]:
        until: datetime | None = now
    else:
        until = shapes.rests_until(db, portal_id, found["url"], now)
    if until is None:
        return False
    db.conn.execute(_DOUBT, (PRIORITY[Kind.OTHER], stamp_due(until, now), found["id"]))
    return True


def form(db: Database, frontier_id: int) -> str | None:
    """What is sent for a row that is asked for by POST, url-encoded; None for the others."""
    found: str | None = value(db, "SELECT body FROM forms WHERE frontier_id = ?", (frontier_id,))
    return found


def brings(db: Database, portal_id: int, urls: list[str], *, by_listing: bool) -> bool:
    """True when an article among ``urls`` is new: to the frontier, or for a listing, to all listings so far."""
    old = "AND listed" if by_listing else ""
    sql = f"SELECT count(*) FROM frontier WHERE portal_id = ? AND url IN (SELECT value FROM json_each(?)) {old}"
    return int(value(db, sql, (portal_id, json.dumps(urls)))) < len(set(urls))


def listed(db: Database, portal_id: int, urls: list[str]) -> None:
    """A listing has shown these URLs."""
    db.conn.execute(
        "UPDATE frontier SET listed = 1 WHERE portal_id = ? AND NOT listed AND url IN (SELECT value FROM json_each(?))",
        (portal_id, json.dumps(urls)),
    )


def within_reach(links: Iterable[Link], depth: int) -> Iterable[Link]:
    """Links worth following: a calendar or a list that repeats itself leads nowhere new, however far one goes."""
    return (link for link in links if depth <= FRUITLESS_HOPS or link.kind not in shapes.WANDERING)


def unknown(db: Database, portal_id: int, urls: list[str]) -> int:
    """How many of these URLs are not known."""
    return len(set(urls)) - len(_known(db, portal_id, urls))


def turn_page(db: Database, portal_id: int, url: str, links: Iterable[Link], now: datetime) -> None:
    """The next page of a list is due now: the first list in the order of discovery that this one, or the one before it,
    was the first to name. A list that brought something new may have pushed more of it onto its next page.
    """
    lists = json.dumps([link.url for link in links if link.kind is Kind.LISTING])
    db.conn.execute(_TURN_PAGE, {"now": stamp(now), "portal": portal_id, "url": url, "lists": lists})


_TURN_PAGE = """
UPDATE frontier SET due_at = :now WHERE state = 'waiting' AND due_at > :now AND id = (
    SELECT next.id FROM frontier AS here JOIN frontier AS next ON next.portal_id = here.portal_id
    WHERE here.portal_id = :portal AND here.url = :url AND next.kind = 'listing' AND next.id > here.id
    AND next.via IN (here.url, here.via) AND next.url IN (SELECT value FROM json_each(:lists))
    AND (next.via = here.url OR here.via IN (SELECT url FROM frontier WHERE portal_id = :portal AND kind = 'listing'))
    ORDER BY next.id LIMIT 1)
"""


def _known(db: Database, portal_id: int, urls: list[str]) -> set[str]:
    sql = "SELECT url FROM frontier WHERE portal_id = ? AND url IN (SELECT value FROM json_each(?))"
    return {found["url"] for found in rows(db, sql, (portal_id, json.dumps(urls)))}
