"""Saved searches: queries to come back to, and what is new in them. Plain rows of ``saved_searches``."""

import sqlite3
from dataclasses import dataclass
from typing import Unpack

from crawler.archive.archive import Archive
from crawler.archive.rows import rows, value
from crawler.archive.search import Filters, matching
from crawler.model import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A saved search and how many articles are new in it; ``new`` is None for a query that FTS5 refuses."""

    name: str
    query: str
    new: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that is new in a saved search."""

    id: int
    first_seen_at: str
    published_at: str | None
    portal: str
    headline: str | None
    url: str


def save(archive: Archive, name: str, text: str, **filters: Unpack[Filters]) -> None:
    """Save what was typed under a name, or under it anew; what is in the archive now is not new in it."""
    with archive.transaction():
        archive.db.conn.execute(
            "INSERT INTO saved_searches (name, query, seen_up_to) VALUES (?, ?,"
            " (SELECT coalesce(max(id), 0) FROM articles))"
            " ON CONFLICT (name) DO UPDATE SET query = excluded.query, seen_up_to = excluded.seen_up_to",
            (name, matching(text, **filters)),
        )


def searches(archive: Archive) -> list[Saved]:
    """All saved searches by name, each asked for what is new."""
    known = list(rows(archive.db, "SELECT name, query FROM saved_searches ORDER BY name"))
    return [Saved(name=one["name"], query=one["query"], new=_count(archive, one["name"])) for one in known]


def new(archive: Archive, name: str) -> list[Found] | None:
    """The articles that are new in a saved search, the latest stored first; None when there is no such search.

    Raises ArchiveError for one that is no query.
    """
    if value(archive.db, "SELECT 1 FROM saved_searches WHERE name = ?", (name,)) is None:
        return None
    if _count(archive, name) is None:
        raise ArchiveError(f"{archive.path}: the saved search {name} is no query; save it again or --forget it")
    sql = (
        "SELECT id, first_seen_at, published_at, portal, headline, url FROM new_hits WHERE search = ? ORDER BY id DESC"
    )
    return [Found(**found) for found in rows(archive.db, sql, (name,))]


def seen(archive: Archive, name: str, up_to: int) -> None:
    """Articles up to this id are no longer new in a saved search."""
    with archive.transaction():
        archive.db.conn.execute(
            "UPDATE saved_searches SET seen_up_to = max(seen_up_to, ?) WHERE name = ?", (up_to, name)
        )


def forget(archive: Archive, name: str) -> bool:
    """Delete a saved search; False when there is none."""
    with archive.transaction():
        return archive.db.conn.execute("DELETE FROM saved_searches WHERE name = ?", (name,)).rowcount > 0


def refused(archive: Archive) -> list[str]:
    """The saved searches whose query FTS5 does not take."""
    return [search.name for search in searches(archive) if search.new is None]


def _count(archive: Archive, name: str) -> int | None:
    if value(archive.db, "SELECT refused FROM saved_searches WHERE name = ?", (name,)) is not None:
        return None
    try:
        return int(value(archive.db, "SELECT count(*) FROM new_hits WHERE search = ?", (name,)))
    except sqlite3.OperationalError:
        return None
