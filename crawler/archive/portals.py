"""Rows of ``portals``: what was stated of each, and how far its history and its seeds lead."""

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from crawler.archive.rows import row, stamp, value
from crawler.portal import Portal

_STATED = ("name", "url", "place", "language", "timezone", "platform")


def enter(db: Database, portal: Portal, now: datetime) -> int:
    """Enter a portal or what has changed in its declaration; the id of its row."""
    values = {name: getattr(portal, name) for name in ("slug", *_STATED)} | {"added_at": stamp(now)}
    db.conn.execute(
        f"INSERT INTO portals ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"
        f" ON CONFLICT (slug) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _STATED)}",
        values,
    )
    return id_of(db, portal.slug)


def slugs(db: Database) -> list[str]:
    """The slugs of all portals, in order."""
    return [slug for (slug,) in db.conn.execute("SELECT slug FROM portals ORDER BY slug")]


def id_of(db: Database, slug: str) -> int:
    """The id of the row of a portal that is in the archive."""
    return int(value(db, "SELECT id FROM portals WHERE slug = ?", (slug,)))


def declaration(db: Database, slug: str) -> Mapping[str, str]:
    """What was stated of a portal when it was last crawled, by the keys of a portal file."""
    found = row(db, f"SELECT {', '.join(_STATED)} FROM portals WHERE slug = ?", (slug,))
    return {key: text for key, text in dict(found or {}).items() if text is not None}


def oldest(db: Database, slug: str) -> str | None:
    """The day of the oldest article of a portal."""
    sql = (
        "SELECT substr(min(published_at), 1, 10) FROM articles WHERE portal_id ="
        " (SELECT id FROM portals WHERE slug = ?) AND published_at IS NOT NULL"
    )
    found: str | None = value(db, sql, (slug,))
    return found


def astray(db: Database, slug: str) -> str | None:
    """Why the first of a portal's seeds that is not fetched is not, such as a redirect to another host."""
    sql = (
        "SELECT url || ' ' || reason FROM frontier WHERE portal_id = (SELECT id FROM portals WHERE slug = ?)"
        " AND state = 'excluded' AND via IS NULL ORDER BY id LIMIT 1"
    )
    found: str | None = value(db, sql, (slug,))
    return found
