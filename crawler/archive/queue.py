"""Rows of the frontier: adding what pages link to, and what becomes of a URL that was visited."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlite_utils import Database

from crawler import recheck
from crawler.archive import articles, parts, rates, shapes
from crawler.archive.rows import Known, insert, moment, row, rows, stamp, stamp_due, update, value
from crawler.model import Kind, Link, Verdict

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
class Done:
    """What the visit of a URL came to, as far as its next one depends on it.

    ``brought`` counts the articles that a list told to be new or edited.
    """

    url: str
    kind: Kind
    status: int
    captured_at: datetime
    changed: bool | None
    published: datetime | None
    retry_at: datetime | None
    etag: str | None
    last_modified: str | None
    reason: str | None
    brought: int = 0


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


def done(db: Database, portal_id: int, what: Done, now: datetime) -> None:
    """The URL was visited: its row is due again when ``recheck`` says so, and its lease ends."""
    before = _row(db, portal_id, what.url)
    if before is None:
        insert(db, "frontier", first(db, portal_id, what, now))
    elif not before["last_at"] or stamp(what.captured_at) >= before["last_at"]:
        update(db, "frontier", before["id"], _after(db, before, what, now))


def first(db: Database, portal_id: int, what: Done, now: datetime) -> dict[str, Any]:
    """The row of a URL that was not known before it was visited."""
    before = dict.fromkeys(("last_status", "last_at", "rate", "via")) | {
        "portal_id": portal_id,
        "url": what.url,
        "kind": what.kind,
        "tries": 0,
        "changed": 0,
        "unchanged": 0,
        "depth": 0,
        "added_at": stamp(now),
    }
    return before | _after(db, before, what, now)


def _after(db: Database, before: Known, what: Done, now: datetime) -> dict[str, Any]:
    """What a visit changes in the row of its URL."""
    portal_id = before["portal_id"]
    failed = recheck.failing(what.status) is not None
    kind = Kind(before["kind"]) if failed or what.status == 304 else what.kind
    counts = _counts(before, what)
    past = recheck.Past(
        status=what.status,
        tries=counts["tries"],
        unchanged=counts["unchanged"],
        published=what.published,
        retry_at=what.retry_at,
        own=recheck.Watched(edits=counts["changed"], days=_days(before["added_at"], what.captured_at)),
        portal=rates.watched(db, portal_id, before, what),
        rate=_list_rate(db, before, what, failed=failed),
    )
    state, due = recheck.due(kind, past, now)
    if not failed and what.changed is not None:
        rates.learn(db, portal_id, before, what)
    values = counts | {
        "kind": kind,
        "priority": _rank(before, kind, what, failed=failed),
        "rate": past.rate if kind in recheck.LISTS else None,
        "state": state,
        "due_at": stamp_due(due, now) if due else None,
        "lease": None,
        "leased_at": None,
        "last_status": what.status,
        "last_at": stamp(what.captured_at),
        "reason": what.reason,
    }
    if what.status == 200:
        values |= {"etag": what.etag, "last_modified": what.last_modified}
    return values


def _rank(before: Known, kind: Kind, what: Done, *, failed: bool) -> int:
    if kind is Kind.ARTICLE and not failed:
        fresh = what.published is not None and what.captured_at - what.published < recheck.FRESH
        return PRIORITY[Kind.ARTICLE] if fresh else RECHECK
    return priority(kind, Hop(at=what.captured_at, via=before["via"], depth=before["depth"]))


def _list_rate(db: Database, before: Known, what: Done, *, failed: bool) -> float:
    """What a list is known to bring a day, with this visit; the first visit brings the past and tells nothing.

    Of a listing behind another one little is expected. A feed is in front, wherever it was found.
    """
    if before["rate"] is None:
        sql = "SELECT kind FROM frontier WHERE portal_id = ? AND url = ?"
        behind = before["depth"] > 0 and value(db, sql, (before["portal_id"], before["via"])) == Kind.LISTING
        return recheck.DEEP if behind and before["kind"] not in recheck.TELLING else recheck.FRONT
    if failed:
        return float(before["rate"])
    return recheck.list_rate(before["rate"], what.brought, _days(before["last_at"], what.captured_at))


def _days(since: str, until: datetime) -> float:
    return max((until - moment(since)) / recheck.DAY, 0.0)


def visited(db: Database, portal_id: int, url: str) -> bool:
    """True when ``url`` was visited before."""
    sql = "SELECT 1 FROM frontier WHERE portal_id = ? AND url = ? AND last_at IS NOT NULL"
    return value(db, sql, (portal_id, url)) is not None


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


def _row(db: Database, portal_id: int, url: str) -> sqlite3.Row | None:
    return row(db, "SELECT * FROM frontier WHERE portal_id = ? AND url = ?", (portal_id, url))


def _counts(before: Known, what: Done) -> dict[str, Any]:
    failure = recheck.failing(what.status)
    before_that = recheck.failing(before["last_status"]) if before["last_status"] is not None else None
    again = before["tries"] if failure == before_that else 0
    unchanged = {True: 0, False: before["unchanged"] + 1, None: before["unchanged"]}[what.changed]
    return {
        "tries": again + 1 if failure else 0,
        "changed": before["changed"] + (what.changed is True),
        "unchanged": unchanged,
    }


def led_away(asked: str, url: str, kind: Kind) -> bool:
    """True when a list came instead of the page asked for: portals answer so for what they removed."""
    return kind is Kind.LISTING and _last_segment(asked) != _last_segment(url)


def _last_segment(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def refusals(db: Database, portal_id: int, url: str) -> int:
    """How often in a row the portal has refused ``url`` so far."""
    before = _row(db, portal_id, url)
    refused = before is not None and before["last_status"] and recheck.failing(before["last_status"]) == "refused"
    return int(before["tries"]) if before is not None and refused else 0


def redirected(db: Database, portal_id: int, url: str, to: Done, now: datetime) -> None:
    """``url`` led to another URL, which is done. Only lists are asked for again by the URL that redirects.

    An article that leads to a list is missing, as if the portal had said so.
    """
    before = _row(db, portal_id, url)
    if before is not None and before["kind"] == Kind.ARTICLE and to.status == 200 and led_away(url, to.url, to.kind):
        done(db, portal_id, replace(to, url=url, kind=Kind.ARTICLE, status=404, reason=f"redirects to {to.url}"), now)
        return
    done(db, portal_id, replace(to, url=url), now)
    if to.kind in (Kind.ARTICLE, Kind.OTHER) and recheck.failing(to.status) is None:
        db.conn.execute(
            "UPDATE frontier SET due_at = NULL, reason = ? WHERE portal_id = ? AND url = ?",
            (f"redirects to {to.url}", portal_id, url),
        )


def leads_to(db: Database, portal_id: int, url: str, target: str, *, since: datetime, now: datetime) -> bool:  # noqa: PLR0913 (all but two by name)
    """True when ``target`` was visited since then: ``url`` redirects to it and needs no visit of its own."""
    sql = "SELECT * FROM frontier WHERE portal_id = ? AND url = ? AND last_at >= ?"
    there = row(db, sql, (portal_id, target, stamp(since)))
    if there is None or url == target:
        return False
    known = Done(
        url=target,
        kind=Kind(there["kind"]),
        status=there["last_status"],
        captured_at=now,
        changed=None,
        published=None,
        retry_at=None,
        etag=there["etag"],
        last_modified=there["last_modified"],
        reason=there["reason"],
    )
    redirected(db, portal_id, url, known, now)
    if led_away(url, target, known.kind):
        _missing(db, url, now)
    elif article_id := articles.at_url(db, target):
        parts.reached(db, article_id, [url], stamp(now))
    return True


def _missing(db: Database, url: str, now: datetime) -> None:
    """A list came instead of the article at ``url``; the capture of the redirect proves it."""
    if article_id := articles.at_url(db, url):
        capture_id = value(db, "SELECT id FROM captures WHERE url = ? ORDER BY captured_at DESC LIMIT 1", (url,))
        parts.judge(db, article_id, Verdict.SOFT_404, stamp(now), capture_id)


def _known(db: Database, portal_id: int, urls: list[str]) -> set[str]:
    sql = "SELECT url FROM frontier WHERE portal_id = ? AND url IN (SELECT value FROM json_each(?))"
    return {found["url"] for found in rows(db, sql, (portal_id, json.dumps(urls)))}
