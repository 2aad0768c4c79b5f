"""What an archive holds, in numbers, and what came, changed and went since a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler.archive.archive import Archive
from crawler.archive.rows import row, rows, stamp, value

COUNTS = {
    "articles": "SELECT count(*) FROM articles",
    "captions": "SELECT count(*) FROM photo_captions",
    "people": "SELECT count(*) FROM people WHERE kind = 'person'",
    "captures": "SELECT count(*) FROM captures",
}
NEWS = {
    "new": "SELECT headline FROM articles WHERE first_seen_at >= ? ORDER BY id",
    "edited": "SELECT new_headline FROM changes WHERE seen_at >= ? AND made_by = 'portal' ORDER BY article_id, number",
    "removed": "SELECT headline FROM removals WHERE removed_at >= ? ORDER BY id",
}
FILED = ("headline", "published_at", "byline", "unit", "section", "language", "lead", "captions", "body", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How many of each there are."""

    articles: int
    captions: int
    people: int
    captures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The headlines of the articles that came, changed and went."""

    new: tuple[str, ...]
    edited: tuple[str, ...]
    removed: tuple[str, ...]


def holdings(archive: Archive) -> Holdings:
    """What the archive holds."""
    return Holdings(**{name: int(value(archive.db, sql)) for name, sql in COUNTS.items()})


def news(archive: Archive, since: datetime) -> News:
    """What came, changed and went since then."""
    found = {name: rows(archive.db, sql, (stamp(since),)) for name, sql in NEWS.items()}
    return News(**{name: tuple(row[0] or "(no headline)" for row in each) for name, each in found.items()})


def crawled_urls(archive: Archive, portal_url: str) -> tuple[str, ...]:
    """The URLs of the portals that were crawled, those that begin with ``portal_url``."""
    found = rows(archive.db, "SELECT url FROM portals WHERE substr(url, 1, length(?1)) = ?1 ORDER BY id", (portal_url,))
    return tuple(row[0] for row in found)


def was_crawled(archive: Archive, slug: str) -> bool:
    """True when a crawl of this portal was done to its end."""
    sql = "SELECT count(*) FROM crawls JOIN portals ON portals.id = portal_id WHERE slug = ? AND outcome = 'done'"
    return bool(value(archive.db, sql, (slug,)))


def filed(archive: Archive, url: str) -> Mapping[str, str | None]:
    """What the archive says of one article, by column; empty when it is not there."""
    found = row(archive.db, f"SELECT {', '.join(FILED)} FROM articles WHERE url = ?", (url,))
    return dict(found) if found else {}
