"""A plugin of sqlite-utils: ``fold()`` in SQL, for queries on other columns than the index has.

``sqlite-utils query archive.db "select name from people where fold(name) like '%hang'"``; the archive never depends
on it.
"""

import sqlite3

from sqlite_utils import hookimpl

from crawler.text import strip_accents


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Register ``fold(text)``: lower case, without accents."""
    conn.create_function("fold", 1, fold, deterministic=True)


def fold(text: str | None) -> str | None:
    """``text`` in lower case and without accents; NULL stays NULL."""
    return None if text is None else strip_accents(str(text)).lower()
