"""Bulk import: articles that nothing is known of are gathered, and their rows written together, a table at a time.

Ten times fewer statements, and pages of a table touched once. What is stored is the same as article by article.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

from sqlite_utils import Database

from crawler.archive import articles, index, parts, rates, stories, visits
from crawler.archive.known import Known, Page
from crawler.archive.preparing import COLUMNS, Prepared
from crawler.archive.rows import insert_all, value
from crawler.model import Duplicate, Fingerprint, Visit

_IDS = {
    "captures": ("id", "crawl_id", "portal_id"),
    "articles_plain": ("article_id", "filters"),
    "articles": ("id", "portal_id", "capture_id"),
    "versions": ("article_id", "capture_id"),
}
"""The columns of each table that stand before those that are prepared."""
_NEXT_CAPTURE = "SELECT 1 + coalesce(max(id), 0) FROM captures"


class Ids(NamedTuple):
    """The rows that an article and its capture will have."""

    article: int
    capture: int


class Newcomer(NamedTuple):
    """The page of an article that seems to be new, with its fingerprint, and what was prepared of it."""

    visit: Visit
    made: Prepared
    portal_id: int
    crawl_id: int | None
    now: datetime


class Gathering:
    """The new articles of a transaction that are not written yet."""

    def __init__(self, db: Database, pending: index.Pending) -> None:
        self.unwritten = stories.Unwritten()
        self.pending = pending
        self._db = db
        self._known = Known(db)
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _IDS}
        self._frontier: list[dict[str, Any]] = []
        self._parts: list[tuple[int, parts.Parts]] = []
        self._copies: list[tuple[int, tuple[Duplicate, ...]]] = []
        self._seen: set[object] = set()
        self._last: Ids | None = None
        self._watched = cache(partial(rates.watched, db))
        self._slug = cache(partial(value, db, "SELECT slug FROM portals WHERE id = ?"))

    def expect(self, pages: Iterable[tuple[Visit, int]]) -> None:
        """Look up what is known of the pages that have a fingerprint; each comes with the id of its portal."""
        told = [(visit, portal_id) for visit, portal_id in pages if visit.fingerprint]
        self._known.look_up(_page(visit, portal_id) for visit, portal_id in told)
        self.unwritten.look_up(self._db, (fingerprint_of(visit) for visit, _ in told))

    def take(self, new: Newcomer, done: visits.Done) -> Ids | None:
        """Gather an article whose page brought nothing else; None when something is known of it or its page."""
        page = _page(new.visit, new.portal_id)
        record = (page.warc, page.offset)
        if page.url in self._seen or record in self._seen or page in self._known:
            return None
        self._seen |= {page.url, record}
        ids = self._last = self._next_ids()
        filters = index.filters(self._slug((new.portal_id,)), new.made.day)
        known: dict[str, tuple[Any, ...]] = {
            "captures": (ids.capture, new.crawl_id, new.portal_id),
            "articles_plain": (ids.article, filters),
            "articles": (ids.article, new.portal_id, ids.capture),
            "versions": (ids.article, ids.capture),
        }
        for table, row in new.made.rows.items():
            self._rows[table].append(known[table] + row)
        self._frontier.append(visits.first(self._db, new.portal_id, done, new.now, self._watched))
        self.pending.add(ids.article, new.made.indexed, filters)
        self._parts.append((ids.article, new.made.parts))
        own = fingerprint_of(new.visit)
        told = stories.Told(page.url, new.made.words, new.made.text, own.shingles)
        self.unwritten.add(self._db, ids.article, own, told)
        if new.visit.duplicates:
            self._copies.append((ids.article, new.visit.duplicates))
        return ids

    def write(self) -> None:
        """Write all that was gathered: whoever reads the archive next finds it."""
        for table, rows in self._rows.items():
            insert_all(self._db, table, (*_IDS[table], *COLUMNS[table]), rows)
            rows.clear()
        if self._frontier:
            insert_all(self._db, "frontier", tuple(self._frontier[0]), [tuple(row.values()) for row in self._frontier])
        parts.enter(self._db, self._parts)
        self.unwritten.write(self._db)
        for article_id, found in self._copies:
            stories.join(self._db, article_id, found)
        self._forget()

    def _forget(self) -> None:
        self._frontier.clear()
        self._parts.clear()
        self._copies.clear()
        self._seen.clear()
        self._last = None
        self._known.forget()
        self._watched.cache_clear()

    def _next_ids(self) -> Ids:
        if self._last:
            return Ids(article=self._last.article + 1, capture=self._last.capture + 1)
        return Ids(article=articles.next_id(self._db), capture=value(self._db, _NEXT_CAPTURE))


def fingerprint_of(visit: Visit) -> Fingerprint:
    """The fingerprint that came with the page of an article."""
    assert visit.fingerprint is not None
    return visit.fingerprint


def _page(visit: Visit, portal_id: int) -> Page:
    capture = visit.capture
    return Page(portal_id, capture.url, capture.warc, capture.offset, fingerprint_of(visit).exact)
