"""The triggers that refuse a saved search that is no query; ``sqlite-utils transform saved_searches`` drops them."""

import re
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from crawler.archive import triggers

_SQL = Path(__file__).parent / "sql"
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) .*?END;", re.DOTALL)
_CREATED = {
    found[1]: found[0]
    for file in ("saved.sql", "refused.sql")
    for found in _TRIGGER.finditer((_SQL / file).read_text(encoding="utf-8"))
}


def missing(db: Database) -> bool:
    """True when one of the triggers is gone."""
    return not _CREATED.keys() <= triggers.present(db).keys()


def restore(db: Database) -> None:
    """Make missing triggers again, and set aside what they would have refused."""
    for name in _CREATED.keys() - triggers.present(db).keys():
        db.conn.execute(_CREATED[name])
    set_aside(db)


def set_aside(db: Database) -> None:
    """A saved search that is no query is not asked, so that the others answer."""
    for search_id, query in db.execute("SELECT id, query FROM saved_searches").fetchall():
        try:
            db.execute("SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT 1", [query]).fetchone()
        except sqlite3.OperationalError as wrong:
            db.execute("UPDATE saved_searches SET refused = ? WHERE id = ?", [str(wrong), search_id])
