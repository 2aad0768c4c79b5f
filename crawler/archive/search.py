"""Searching the archive: a person's query, filters by portal, byline and date, snippets as printed."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from crawler.archive.archive import Archive
from crawler.archive.reading import PARTS, Reading, quoted, read, within
from crawler.archive.rows import rows
from crawler.archive.snippets import snippet

LONGEST_FILTER = 36
"""Months that are looked up in the index by their filter; a longer time is compared date by date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found; ``snippet`` marks what was found with [ and ]."""

    id: int
    portal: str
    url: str
    headline: str | None
    byline: str | None
    published_at: str | None
    verdict: str
    snippet: str


class Filters(TypedDict, total=False):
    """What the articles found have in common; ``since`` and ``until`` are days and belong to it."""

    portal: str | None
    byline: str | None
    since: date | None
    until: date | None


def query(archive: Archive, text: str, *, limit: int = 20, **filters: Unpack[Filters]) -> list[Hit]:
    """The articles that match what was typed, best first; when nothing was typed, the latest first."""
    reading = read(text)
    if text.strip() and not reading.match:
        return []
    found: dict[int, sqlite3.Row] = {}
    for match in _readings(reading):
        if len(found) < limit:
            found |= {hit["id"]: hit for hit in _rows(archive, match, filters, limit) if hit["id"] not in found}
    return [
        Hit(**{name: hit[name] for name in _HIT}, snippet=snippet(hit["text"], reading.terms, reading.phrase))
        for hit in list(found.values())[:limit]
    ]


def _readings(reading: Reading) -> Iterator[str]:
    """What is asked for, one after the other: words in a row are better than the same words anywhere, and faster."""
    if reading.phrase:
        yield quoted(reading.phrase.text)
    yield reading.match


def _rows(archive: Archive, match: str, filters: Filters, limit: int) -> list[sqlite3.Row]:
    since, until = filters.get("since"), filters.get("until")
    whole = " AND ".join(_matches(match, filters))
    values = {
        "match": whole,
        "since": since.isoformat() if since else "",
        "until": f"{until.isoformat()}~" if until else "~",
        "limit": limit,
    }
    return list(rows(archive.db, f"{_MATCHING if whole else _LATEST} LIMIT :limit", values))


_HIT = ("id", "portal", "url", "headline", "byline", "published_at", "verdict")
_SELECT = """
SELECT articles.id, portals.slug AS portal, articles.url, articles.headline, articles.byline, published_at, verdict,
    coalesce(articles.lead || char(10), '') || coalesce(articles.body || char(10), '')
    || coalesce(articles.captions, '') AS text
"""
_WITHIN = "coalesce(published_at, first_seen_at) BETWEEN :since AND :until"
_MATCHING = f"""{_SELECT}
FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid JOIN portals ON portals.id = articles.portal_id
WHERE articles_fts MATCH :match AND {_WITHIN} ORDER BY articles_fts.rank
"""
_LATEST = f"""{_SELECT}
FROM articles JOIN portals ON portals.id = articles.portal_id WHERE {_WITHIN} ORDER BY published_at DESC
"""


def _matches(match: str, filters: Filters) -> Iterator[str]:
    if match:
        yield f"({match})"
    if byline := filters.get("byline"):
        yield within(PARTS["byline"], quoted(byline))
    if portal := filters.get("portal"):
        yield within(("filters",), quoted(portal.replace("-", "")))
    since, until = filters.get("since"), filters.get("until")
    if match and since and until and (months := list(_months(since, until))):
        yield within(("filters",), " OR ".join(months))


def _months(since: date, until: date) -> Iterator[str]:
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    if last - first < LONGEST_FILTER:
        yield from (f"m{month // 12:04}{month % 12 + 1:02}" for month in range(first, last + 1))
