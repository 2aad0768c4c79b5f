"""Searching the archive: a person's query, filters by portal, byline and date, snippets as printed."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from crawler.archive.archive import Archive
from crawler.archive.reading import PARTS, Reading, quoted, read, within
from crawler.archive.rows import rows
from crawler.archive.snippets import snippet
from crawler.archive.triggers import ARTICLES, CAPTIONS

MOST = 1_000
"""More articles than these that match are not ranked, which reads all of the index that has to do with the query."""

YEARS = range(1970, 2100)
"""The time that ``since`` or ``until`` alone leave open."""


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


def query(archive: Archive, text: str, *, limit: int = 20, most: int = MOST, **filters: Unpack[Filters]) -> list[Hit]:
    """The articles that match what was typed, best first; when nothing was typed, the latest first.

    Of more than ``most`` articles that match, those that came last into the archive are found, the latest first, and
    before all others those that match in the headline.
    """
    reading = read(text)
    if text.strip() and not reading.match:
        return []
    found: dict[int, sqlite3.Row] = {}
    for match in _readings(reading):
        if len(found) < limit:
            hits = _rows(archive, match, _index(reading, filters), filters, {"limit": limit, "most": most})
            found |= {hit["id"]: hit for hit in hits if hit["id"] not in found}
    return [
        Hit(**{name: hit[name] for name in _HIT}, snippet=snippet(hit["text"], reading.terms, reading.phrase))
        for hit in list(found.values())[:limit]
    ]


def frequent(archive: Archive, text: str, *, most: int = MOST, **filters: Unpack[Filters]) -> bool:
    """True when more than ``most`` articles match: too many to rank all of them."""
    reading = read(text)
    match = " AND ".join(_matches(reading.match, filters))
    return len(_latest(archive, match, _index(reading, filters), most + 1)) > most


def _index(reading: Reading, filters: Filters) -> str:
    """The index that answers with the least to read: captions have one of their own."""
    only_captions = reading.parts == {"captions"} and not filters.get("byline")
    return (CAPTIONS if only_captions else ARTICLES).table


def _latest(archive: Archive, match: str, table: str, most: int) -> list[int]:
    """The ids of articles that match, the latest stored first."""
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [id_ for (id_,) in archive.db.conn.execute(sql, (match, most))] if match else []


def matching(text: str, **filters: Unpack[Filters]) -> str:
    """What was typed as a query of FTS5 alone; empty when there is nothing in it to search for."""
    match = read(text).match
    return " AND ".join(_matches(match, filters)) if match else ""


def _readings(reading: Reading) -> Iterator[str]:
    """What is asked for, one after the other: words in a row are better than the same words anywhere, and faster."""
    if reading.phrase:
        yield quoted(reading.phrase.text)
    yield reading.match


def _rows(archive: Archive, match: str, table: str, filters: Filters, limits: Mapping[str, int]) -> list[sqlite3.Row]:
    since, until = filters.get("since"), filters.get("until")
    whole = " AND ".join(_matches(match, filters))
    latest = _latest(archive, whole, table, limits["most"] + 1)
    values: dict[str, object] = {
        **limits,
        "match": whole,
        "latest": json.dumps(latest[:-1]),
        "oldest": latest[-1] if latest else None,
        "headline": " AND ".join(_matches(within(PARTS["headline"], match), filters)) if match else whole,
        "since": since.isoformat() if since else "",
        "until": f"{until.isoformat()}~" if until else "~",
        "best": -1 if since or until else limits["limit"],
    }
    chosen = _UNRANKED if len(latest) > limits["most"] else _RANKED.format(table=table)
    return list(rows(archive.db, f"{_MATCHING.format(chosen) if whole else _LATEST} LIMIT :limit", values))


_HIT = ("id", "portal", "url", "headline", "byline", "published_at", "verdict")
_SELECT = """
SELECT articles.id, portals.slug AS portal, articles.url, articles.headline, articles.byline, published_at, verdict,
    coalesce(articles.lead || char(10), '') || coalesce(articles.body || char(10), '')
    || coalesce(articles.captions, '') AS text
"""
_WITHIN = "coalesce(published_at, first_seen_at) BETWEEN :since AND :until"
_RANKED = "SELECT rowid AS id, rank FROM {table} WHERE {table} MATCH :match ORDER BY rank LIMIT :best"
_UNRANKED = """
    WITH titled AS MATERIALIZED (
        SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH :headline AND rowid > :oldest
    )
    SELECT value AS id, row_number() OVER (ORDER BY value IN (SELECT id FROM titled) DESC, value DESC) AS rank
    FROM json_each(:latest) ORDER BY rank LIMIT :best
"""
_MATCHING = f"""{_SELECT}
FROM ({{}}) AS hits JOIN articles ON articles.id = hits.id JOIN portals ON portals.id = articles.portal_id
WHERE {_WITHIN} ORDER BY hits.rank
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
    if match and (since or until):
        yield within(("filters",), " OR ".join(times(since or date(YEARS[0], 1, 1), until or date(YEARS[-1], 12, 31))))


def times(since: date, until: date) -> Iterator[str]:
    """Whole years, and the months at both ends, as the filters have them; never empty."""
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    month = first
    while month <= max(last, first):
        whole = month % 12 == 0 and month + 11 <= last
        yield f"y{month // 12:04}" if whole else f"m{month // 12:04}{month % 12 + 1:02}"
        month += 12 if whole else 1
