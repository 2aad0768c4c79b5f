"""Rows of the archive, and values as its columns hold them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from crawler.model import Timestamp

Parameters = Sequence[Any] | Mapping[str, Any]
Known = sqlite3.Row | Mapping[str, Any]
"""A row as it is stored, or as it will be."""


def stamp(at: datetime) -> str:
    """UTC with Z, to the second: 2026-11-23T14:02:17Z."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def stamp_due(at: datetime, now: datetime) -> str:
    """When something is due, never earlier than ``at`` when that is still to come."""
    return stamp(at) if at <= now else stamp(at + timedelta(microseconds=999_999))


def moment(text: str) -> datetime:
    """The time that ``stamp`` wrote."""
    return datetime.fromisoformat(text)


def printed(timestamp: Timestamp | None) -> str | None:
    """A time as the portal printed it, with its own offset, cut to its precision."""
    return timestamp.isoformat() if timestamp else None


def rows(db: Database, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
    """A query's rows, with columns by name."""
    cursor = db.conn.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, parameters)


def row(db: Database, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
    """A query's first row, or None."""
    found: sqlite3.Row | None = rows(db, sql, parameters).fetchone()
    return found


def value(db: Database, sql: str, parameters: Parameters = ()) -> Any:
    """The first column of a query's first row, or None."""
    found = db.conn.execute(sql, parameters).fetchone()
    return found[0] if found else None


def insert(db: Database, table: str, values: Mapping[str, Any]) -> int:
    """Insert one row; its id."""
    done = db.conn.execute(_insertion(table, tuple(values)), tuple(values.values()))
    assert done.lastrowid is not None
    return done.lastrowid


def insert_all(db: Database, table: str, names: Sequence[str], many: Iterable[Sequence[Any]]) -> None:
    """Insert rows with values for these columns."""
    db.conn.executemany(_insertion(table, tuple(names)), many)


@lru_cache(maxsize=64)
def _insertion(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"


def update(db: Database, table: str, id_: int, values: Mapping[str, Any]) -> None:
    """Set columns of the row with this id."""
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    db.conn.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), id_))
