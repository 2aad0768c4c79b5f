"""Articles that must not be shown: out of every table, view and index, while captures and WARC files stay.

The rows of a withheld article are kept in ``withholdings``, deflated, and come back as they were when it is released.
"""

import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawler import duplicates
from crawler.archive import index, stories
from crawler.archive.archive import Archive
from crawler.archive.connection import PATIENCE, explained
from crawler.archive.rows import insert, row, rows, stamp, value

READERS_PATIENCE = 5
"""Seconds that readers of an older state are waited for: writers wait meanwhile, and give up after PATIENCE."""
_PARTS = ("versions", "verdicts", "addresses", "images", "attachments", "bylines", "article_tags")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """An article that is withheld now."""

    article_id: int
    portal: str
    url: str
    withheld_at: str
    reason: str


def withheld(archive: Archive) -> list[Withheld]:
    """All articles that are withheld now, the first withheld first."""
    return [Withheld(**found) for found in rows(archive.db, "SELECT * FROM withheld ORDER BY withheld_at, article_id")]


def find(archive: Archive, which: str) -> int | None:
    """The id of the withheld article that has this id, or has or had this URL; None when there is none."""
    sql = (
        "SELECT article_id FROM withholdings WHERE released_at IS NULL AND (CAST(article_id AS TEXT) = :which"
        " OR id = (SELECT withholding_id FROM withheld_urls WHERE url = :which))"
    )
    found: int | None = value(archive.db, sql, {"which": which})
    return found


def copies(archive: Archive, article_id: int) -> list[str]:
    """The URLs of the other articles of its story: they are not withheld with it."""
    sql = (
        "SELECT url FROM articles WHERE id <> :id AND story_id = (SELECT story_id FROM articles WHERE id = :id)"
        " ORDER BY id"
    )
    return [url for (url,) in archive.db.conn.execute(sql, {"id": article_id})]


def withhold(archive: Archive, article_id: int, *, reason: str, now: datetime) -> None:
    """Take an article out of everything that is read; what the portal shows of it later is captured, not shown.

    Its text is still in the bytes of the file, until ``erase`` takes it out of them.
    """
    db = archive.db
    with archive.transaction():
        article = row(db, "SELECT * FROM articles WHERE id = ?", (article_id,))
        assert article is not None
        values = {
            "article_id": article_id,
            "portal_id": article["portal_id"],
            "url": article["url"],
            "reason": reason,
            "withheld_at": stamp(now),
            "fingerprint": article["fingerprint"],
            "content": _packed(db, article_id),
        }
        withholding_id = insert(db, "withholdings", values)
        db.conn.execute(
            "INSERT INTO withheld_urls (url, withholding_id) SELECT url, :to FROM articles WHERE id = :id"
            " UNION SELECT url, :to FROM addresses WHERE article_id = :id",
            {"id": article_id, "to": withholding_id},
        )
        stories.unsketch(db, article_id, stories.text_of(article))
        db.conn.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        if article["story_id"] is not None:
            stories.settle(db, article["story_id"])


def erase(archive: Archive) -> bool:
    """Take what is withheld out of the bytes of the file; False while another program reads an older state of it."""
    # Words that were taken out stand in older pieces of the index, and the text in the write-ahead log.
    archive.optimize()
    return empty_log(archive)


def empty_log(archive: Archive) -> bool:
    """Empty the write-ahead log; False when another program reads an older state of the archive for too long."""
    db = archive.db
    with explained(archive.path):
        db.conn.execute(f"PRAGMA busy_timeout = {1000 * READERS_PATIENCE}")
        try:
            busy, *_ = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            db.conn.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE}")
    return not busy


def release(archive: Archive, article_id: int, *, now: datetime) -> None:
    """Bring a withheld article back as it was, with its id; its next visit brings it up to date."""
    db = archive.db
    with archive.transaction():
        open_one = row(db, "SELECT * FROM withholdings WHERE article_id = ? AND released_at IS NULL", (article_id,))
        assert open_one is not None
        db.conn.execute("DELETE FROM withheld_urls WHERE withholding_id = ?", (open_one["id"],))
        db.conn.execute(
            "UPDATE withholdings SET released_at = ?, content = NULL WHERE id = ?", (stamp(now), open_one["id"])
        )
        _unpack(db, open_one["content"], open_one["portal_id"])
        index.refold(db, article_id)
        db.conn.execute("DELETE FROM articles_unfolded WHERE article_id = ?", (article_id,))
        _rejoin(db, article_id)


def _packed(db: Database, article_id: int) -> bytes:
    content = {"articles": _dicts(db, "SELECT * FROM articles WHERE id = ?", article_id)}
    content |= {table: _dicts(db, f"SELECT * FROM {table} WHERE article_id = ?", article_id) for table in _PARTS}
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def _dicts(db: Database, sql: str, article_id: int) -> list[dict[str, Any]]:
    return [dict(found) for found in rows(db, sql, (article_id,))]


def _unpack(db: Database, packed: bytes, portal_id: int) -> None:
    """Columns that the schema no longer has are left out; the portal may have been taken over by another meanwhile."""
    for table, kept in json.loads(zlib.decompress(packed)).items():
        known = db[table].columns_dict
        for values in kept:
            stored = {name: given for name, given in values.items() if name in known and name != "story_id"}
            insert(db, table, stored | ({"portal_id": portal_id} if "portal_id" in stored else {}))


def _rejoin(db: Database, article_id: int) -> None:
    """Find its copies anew: some may have come or gone meanwhile."""
    article = row(db, "SELECT * FROM articles WHERE id = ?", (article_id,))
    assert article is not None
    text = stories.text_of(article)
    own = duplicates.fingerprint_of(article["fingerprint"], text)
    stories.sketch(db, article_id, own)
    if found := stories.near(db, own, text, article["url"]):
        stories.join(db, article_id, found)
