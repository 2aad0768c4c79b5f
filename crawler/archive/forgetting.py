"""A portal that brought no article, out of the archive again: a mistyped host, a name that somebody else has."""

from dataclasses import dataclass

from crawler.archive.archive import Archive
from crawler.archive.rows import rows, value

_TABLES = (
    "frontier",
    "robots",
    "titles",
    "suspicions",
    "certificates",
    "edit_rates",
    "shapes",
    "withholdings",
    "captures",
    "crawls",
)
"""Tables that hold something of a portal, in an order in which none refers to one before it."""
_PROOFS = ("articles", "versions", "verdicts", "images", "attachments")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What keeps a portal in the archive: its articles, those of them that are withheld, and those of other portals
    that its captures prove.
    """

    articles: int
    withheld: int
    proved: int

    def __bool__(self) -> bool:
        return bool(self.articles or self.withheld or self.proved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What went with a portal, and the WARC files in which its records stay."""

    crawls: int
    captures: int
    warcs: tuple[str, ...]


def held(archive: Archive, slug: str) -> Held:
    """What the archive has of a portal that is not to be forgotten."""
    told = {"portal": archive.portal_id(slug)}
    proofs = " UNION ALL ".join(
        f"SELECT 1 FROM {table} JOIN captures ON captures.id = {table}.capture_id WHERE captures.portal_id = :portal"
        for table in _PROOFS
    )
    withheld = "SELECT count(*) FROM withholdings WHERE portal_id = :portal AND released_at IS NULL"
    return Held(
        articles=int(value(archive.db, "SELECT count(*) FROM articles WHERE portal_id = :portal", told)),
        withheld=int(value(archive.db, withheld, told)),
        proved=int(value(archive.db, f"SELECT count(*) FROM ({proofs})", told)),
    )


def forget(archive: Archive, slug: str) -> Forgotten:
    """Take a portal of which nothing is ``held`` out of every table; its WARC files stay as they are."""
    db, told = archive.db, (archive.portal_id(slug),)
    with archive.transaction():
        names = "SELECT DISTINCT warc FROM captures WHERE portal_id = ? AND warc IS NOT NULL ORDER BY warc"
        warcs = tuple(found["warc"] for found in rows(db, names, told))
        gone = {table: db.conn.execute(f"DELETE FROM {table} WHERE portal_id = ?", told).rowcount for table in _TABLES}
        db.conn.execute("DELETE FROM portals WHERE id = ?", told)
    return Forgotten(crawls=gone["crawls"], captures=gone["captures"], warcs=warcs)
