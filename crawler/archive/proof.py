"""Do the full-text indexes hold what the articles say? Asked of a copy, without keeping anybody from writing.

FTS5 compares an index with its texts only as a statement that writes, which takes the lock of a writer for a
millisecond an article: a crawl beside it would give up. So the index (a quarter of the archive) is copied among the
temporary tables of the connection, beside a view of the texts, and compared there. That works for archives that cannot
be written, too.
"""

import sqlite3

from sqlite_utils import Database

from crawler.archive.rows import value
from crawler.archive.triggers import INDEXES

_SHADOWS = ("data", "idx", "docsize", "config")
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


def index_is_right(db: Database) -> bool | None:
    """True when the indexes hold what the articles say; None where there is no room for temporary files to find out.

    Everything is read as of one moment, and nothing is left behind.
    """
    db.conn.execute("BEGIN")
    try:
        db.conn.execute("CREATE TEMP VIEW index_texts AS SELECT * FROM main.articles_indexed")
        for index in INDEXES:
            if not _copy(db, index.table):
                return False
            db.conn.execute("INSERT INTO temp.index_copy (index_copy, rank) VALUES ('integrity-check', 1)")
            db.conn.execute("DROP TABLE temp.index_copy")
    except sqlite3.DatabaseError as wrong:
        return None if wrong.sqlite_errorcode & 0xFF in _NO_ROOM else False
    finally:
        db.conn.rollback()
    return True


def _copy(db: Database, table: str) -> bool:
    """The index as a temporary one of the same articles; False when there is none."""
    made: str | None = value(db, "SELECT sql FROM main.sqlite_master WHERE name = ?", (table,))
    if not made:
        return False
    db.conn.execute(
        made.replace(table, "temp.index_copy", 1).replace("content='articles_indexed'", "content='index_texts'")
    )
    for name in _SHADOWS:
        db.conn.execute(f"DELETE FROM temp.index_copy_{name}")
        db.conn.execute(f"INSERT INTO temp.index_copy_{name} SELECT * FROM main.{table}_{name}")
    return True
