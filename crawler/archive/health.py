"""How the portals are: what ``muniment status`` says of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawler.archive.archive import Archive
from crawler.archive.frontier import Frontier
from crawler.archive.rows import moment, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One portal: its articles, its last crawl, its frontier.

    ``errors`` says what went wrong in the last crawl and how often; ``warc_bytes`` is what its records take on disk.
    """

    slug: str
    name: str
    url: str
    articles: int
    removed: int
    captures: int
    warc_bytes: int
    last_new_article_at: datetime | None
    last_crawl_at: datetime | None
    last_finished_at: datetime | None
    last_outcome: str | None
    last_counts: Mapping[str, int]
    errors: Mapping[str, int]
    frontier: Mapping[str, int]
    next_due: datetime | None


def portals(archive: Archive) -> list[Health]:
    """Every portal of the archive, by slug."""
    return [_health(archive, found["id"]) for found in rows(archive.db, "SELECT id FROM portals ORDER BY slug")]


_SQL = """
SELECT slug, name, url,
    (SELECT count(*) FROM articles WHERE portal_id = portals.id) AS articles,
    (SELECT count(*) FROM articles WHERE portal_id = portals.id AND verdict <> 'live') AS removed,
    (SELECT max(first_seen_at) FROM articles WHERE portal_id = portals.id) AS last_new_article_at,
    last.id AS crawl_id, last.started_at, last.finished_at, last.outcome, last.counts
FROM portals LEFT JOIN crawls AS last ON last.id = (SELECT max(id) FROM crawls WHERE portal_id = portals.id)
WHERE portals.id = ?
"""


def _health(archive: Archive, portal_id: int) -> Health:
    db = archive.db
    found = rows(db, _SQL, (portal_id,)).fetchone()
    kept = rows(
        db,
        "SELECT count(*) AS captures, coalesce(sum(length), 0) AS bytes FROM captures WHERE portal_id = ?",
        (portal_id,),
    ).fetchone()
    frontier = Frontier(archive, portal_id)
    return Health(
        slug=found["slug"],
        name=found["name"],
        url=found["url"],
        articles=found["articles"],
        removed=found["removed"],
        captures=kept["captures"],
        warc_bytes=kept["bytes"],
        last_new_article_at=_moment(found["last_new_article_at"]),
        last_crawl_at=_moment(found["started_at"]),
        last_finished_at=_moment(found["finished_at"]),
        last_outcome=found["outcome"] or ("unfinished" if found["crawl_id"] else None),
        last_counts=json.loads(found["counts"] or "{}"),
        errors=_errors(db, found["crawl_id"]),
        frontier=frontier.counts(),
        next_due=frontier.next_due(),
    )


def _errors(db: Database, crawl_id: int | None) -> Mapping[str, int]:
    """What went wrong in a crawl: the status, or the error where no response came, most frequent first."""
    found = db.conn.execute(
        "SELECT CASE status WHEN 0 THEN coalesce(error, 'no answer') ELSE status END AS what, count(*) FROM captures"
        " WHERE crawl_id = ? AND (status = 0 OR status >= 400) GROUP BY what ORDER BY count(*) DESC, what",
        (crawl_id,),
    )
    return {str(what): count for what, count in found}


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
