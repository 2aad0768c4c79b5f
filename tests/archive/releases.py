"""Archives as earlier releases left them: their schema, their triggers, and rows in the columns that they had."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler.archive.migrations import migrations
from crawler.duplicates import joined
from crawler.text import fold

STEPS = tuple(step.name for step in migrations._migrations)
RELEASED = STEPS[:-1]
"""The last steps of schemas that are older than ours."""

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
"""By table: its columns, and its rows in order."""


def following(step: str) -> str:
    """The step that comes after one."""
    return STEPS[STEPS.index(step) + 1]


def build(path: Path, last: str, source: Path) -> None:
    """An archive of the schema that ends with a step, with what the archive ``source`` holds, index included."""
    held = contents(source)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        db = Database(conn)
        migrations.apply(db, stop_before=following(last))
        there = set(db.table_names())
        conn.execute("BEGIN")
        conn.execute("PRAGMA defer_foreign_keys = ON")
        # As ever, the folded text is written before its article, and an article before what belongs to it.
        for table in sorted(there & held.keys(), key=lambda name: ("articles_plain", "articles", name).index(name)):
            _fill(db, table, held)
        conn.execute("COMMIT")


def contents(path: Path) -> Rows:
    """All rows of an archive but those of its index and of its list of steps."""
    with closing(sqlite3.connect(path)) as conn:
        db = Database(conn)
        names = [
            name
            for name in db.table_names()
            if not name.startswith(("articles_fts", "captions_fts", "sqlite_", "_sqlite"))
        ]
        return {name: selected(db, name, [column.name for column in db[name].columns]) for name in names}


def selected(db: Database, table: str, columns: list[str]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Some columns of a table, and its rows in order."""
    listed = ", ".join(f'"{column}"' for column in columns)
    return columns, sorted(db.conn.execute(f"SELECT {listed} FROM {table}"), key=repr)


def steps(path: Path) -> list[str]:
    """The steps that an archive has been through."""
    with closing(sqlite3.connect(path)) as conn:
        return [name for (name,) in conn.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]


def _fill(db: Database, table: str, held: Rows) -> None:
    columns, rows = held[table]
    known = db[table].columns_dict
    given = [{name: value for name, value in zip(columns, row, strict=True) if name in known} for row in rows]
    if table == "articles_plain" and "by_letter" not in known:
        folded = _folded(held["articles"])
        given = [row | {"text_plain": folded[row["article_id"]]} for row in given]
    for row in given:
        listed = ", ".join(f'"{name}"' for name in row)
        db.conn.execute(f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def _folded(articles: tuple[list[str], list[tuple[Any, ...]]]) -> dict[int, str | None]:
    """The folded texts, which the first release kept of every article that folding changes."""
    texts = {}
    for values in articles[1]:
        article = dict(zip(articles[0], values, strict=True))
        text = joined(article["lead"], article["body"], None)
        texts[article["id"]] = fold(text) if fold(text) != text else None
    return texts
