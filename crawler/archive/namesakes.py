"""One portal under several slugs: crawled by its URL and declared later, or declared in a file that was moved since."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlite_utils import Database

from crawler.archive import index, portals
from crawler.archive.rows import row, rows, value
from crawler.portal import Portal, address


class _Kept(NamedTuple):
    """A table in which both may have a row of the same ``key``, and what becomes of ours where they do."""

    table: str
    key: tuple[str, ...]
    both: Mapping[str, str]


_WHOLE = ("crawls", "captures", "articles", "robots", "withholdings")
"""Tables whose rows are taken over as they are."""
_SEEN = {
    "first_seen_at": "min(ours.first_seen_at, theirs.first_seen_at)",
    "last_seen_at": "max(ours.last_seen_at, theirs.last_seen_at)",
}
_KEPT = (
    _Kept("certificates", ("host", "expires_at"), _SEEN),
    _Kept("titles", ("title",), _SEEN),
    _Kept("suspicions", ("url", "evidence"), _SEEN),
    _Kept("edit_rates", ("band",), {name: f"ours.{name} + theirs.{name}" for name in ("checks", "edits", "days")}),
    _Kept("shapes", ("shape",), {"fruitless": "min(ours.fruitless, theirs.fruitless)"}),
    _Kept("frontier", ("url",), {"listed": "max(ours.listed, theirs.listed)"}),
)
_OLDER = """
DELETE FROM frontier WHERE portal_id = :ours AND EXISTS (SELECT 1 FROM frontier AS theirs
WHERE theirs.portal_id = :theirs AND theirs.url = frontier.url AND theirs.last_at > coalesce(frontier.last_at, ''))
"""
"""Of a page that both know, the state after its latest visit holds."""
_PORTAL = """
UPDATE portals AS ours SET added_at = min(ours.added_at, theirs.added_at),
    paused_until = coalesce(max(ours.paused_until, theirs.paused_until), ours.paused_until, theirs.paused_until)
FROM portals AS theirs WHERE ours.id = :ours AND theirs.id = :theirs
"""


def of(db: Database, portal: Portal, declared: Collection[str]) -> list[str]:
    """The other slugs under which the archive has a portal with this URL, but those that a file declares."""
    ours = address(portal.url)
    found = rows(db, "SELECT slug, url FROM portals WHERE slug <> ? ORDER BY id", (portal.slug,))
    return [each["slug"] for each in found if each["slug"] not in declared and address(each["url"]) == ours]


def take_over(db: Database, slug: str, former: str) -> int:
    """All that the archive has of the portal ``former`` belongs to the one called ``slug``; how many articles.

    Their index names the portal: it is made again by ``refold``, of as many articles at a time as one likes.
    """
    theirs = portals.id_of(db, former)
    count = int(value(db, "SELECT count(*) FROM articles WHERE portal_id = ?", (theirs,)))
    db.conn.execute("INSERT OR IGNORE INTO articles_unfolded SELECT id FROM articles WHERE portal_id = ?", (theirs,))
    known = row(db, "SELECT id FROM portals WHERE slug = ?", (slug,))
    if known is None:
        db.conn.execute("UPDATE portals SET slug = ? WHERE id = ?", (slug, theirs))
    else:
        _merge(db, known["id"], theirs)
    return count


def refold(db: Database, most: int) -> bool:
    """Make the index of so many articles that were taken over again; False when none was left."""
    waiting = index.unfolded(db)[:most]
    for article_id in waiting:
        index.refold(db, article_id)
        db.conn.execute("DELETE FROM articles_unfolded WHERE article_id = ?", (article_id,))
    return bool(waiting)


def _merge(db: Database, ours: int, theirs: int) -> None:
    told = {"ours": ours, "theirs": theirs}
    db.conn.execute(_OLDER, told)
    for table in _WHOLE:
        db.conn.execute(f"UPDATE {table} SET portal_id = :ours WHERE portal_id = :theirs", told)
    for table, key, both in _KEPT:
        values = ", ".join(f"{name} = {sql}" for name, sql in both.items())
        same = " AND ".join(f"ours.{name} = theirs.{name}" for name in key)
        db.conn.execute(
            f"UPDATE {table} AS ours SET {values} FROM {table} AS theirs"
            f" WHERE ours.portal_id = :ours AND theirs.portal_id = :theirs AND {same}",
            told,
        )
        db.conn.execute(f"UPDATE OR IGNORE {table} SET portal_id = :ours WHERE portal_id = :theirs", told)
        db.conn.execute(f"DELETE FROM {table} WHERE portal_id = :theirs", told)
    db.conn.execute(_PORTAL, told)
    db.conn.execute("DELETE FROM portals WHERE id = :theirs", told)
