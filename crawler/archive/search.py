"""Searching the archive: a person's query, filters by portal, byline and date, snippets as printed."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypedDict, Unpack

from crawler.archive.archive import Archive
from crawler.archive.reading import PARTS, Reading, Term, named, quoted, read, within
from crawler.archive.rows import rows
from crawler.archive.snippets import finder, snippet
from crawler.archive.triggers import ARTICLES, CAPTIONS

MOST = 1_000
"""More articles than these that match are not ranked, which reads all of the index that has to do with the query."""

PLACES = ("headline", "byline", "lead", "captions")
"""Where a phrase counts most, in this order; the body comes after them."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search came to; ``many`` when more articles match than are ranked."""

    hits: list[Hit]
    many: bool


class Filters(TypedDict, total=False):
    """What the articles found have in common; ``since`` and ``until`` are days and belong to it."""

    portal: str | None
    byline: str | None
    since: date | None
    until: date | None


class _Order(NamedTuple):
    """The SQL of a list of articles, and its values."""

    sql: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One query of an index; ``headline`` is the same in the headline alone, ``phrase`` what is all of it."""

    match: str
    headline: str
    table: str
    phrase: Term | None

    def latest(self, archive: Archive, most: int) -> list[int]:
        """The ids of articles that match, the latest stored first."""
        sql = f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH ? ORDER BY rowid DESC LIMIT ?"
        return [id_ for (id_,) in archive.db.conn.execute(sql, (self.match, most))]


def query(archive: Archive, text: str, *, limit: int = 20, most: int = MOST, **filters: Unpack[Filters]) -> list[Hit]:
    """The articles that match what was typed, as ``find`` orders them."""
    return find(archive, text, limit=limit, most=most, **filters).hits


def find(archive: Archive, text: str, *, limit: int = 20, most: int = MOST, **filters: Unpack[Filters]) -> Found:
    """The articles that match what was typed, best first; when nothing was typed, the latest first.

    A phrase counts most in the headline, then in the byline, the lead, a caption and the body; among equals the latest
    comes first. Of more than ``most`` articles that match, those that came last into the archive are found, the latest
    first, and before all others those that match in the headline.
    """
    reading = read(text)
    if text.strip() and not reading.match:
        return Found(hits=[], many=False)
    found: dict[int, sqlite3.Row] = {}
    many = False
    for asked in _asked(reading, filters):
        if len(found) < limit:
            latest = asked.latest(archive, most + 1) if asked.match else []
            many = many or len(latest) > most
            order = _order(archive, asked, latest, most)
            found |= {hit["id"]: hit for hit in _rows(archive, order, filters, limit) if hit["id"] not in found}
    quotable = [term for term in reading.terms if term.part not in ("headline", "byline")]
    hits = [
        Hit(**{name: hit[name] for name in _HIT}, snippet=snippet(hit["text"], quotable, reading.phrase))
        for hit in list(found.values())[:limit]
    ]
    return Found(hits=hits, many=many)


def matching(text: str, **filters: Unpack[Filters]) -> str:
    """What was typed as a query of FTS5 alone; empty when there is nothing in it to search for."""
    match = read(text).match
    return " AND ".join(_matches(match, filters)) if match else ""


def _asked(reading: Reading, filters: Filters) -> Iterator[_Asked]:
    """What is asked for, one after the other: words in a row are better than the same words anywhere, and faster."""
    readings = [(reading.match, reading.alone)]
    if reading.phrase:
        readings.insert(0, (reading.phrase.match, reading.phrase))
    for match, phrase in readings:
        yield _Asked(
            match=" AND ".join(_matches(match, filters)),
            headline=" AND ".join(_matches(within(PARTS["headline"], match) if match else "", filters)),
            table=_index(reading, filters),
            phrase=phrase,
        )


def _index(reading: Reading, filters: Filters) -> str:
    """The index that answers with the least to read: captions have one of their own."""
    only_captions = reading.parts == {"captions"} and not filters.get("byline")
    return (CAPTIONS if only_captions else ARTICLES).table


def _order(archive: Archive, asked: _Asked, latest: Sequence[int], most: int) -> _Order:
    """How the articles that match are chosen and ordered."""
    if not asked.match:
        return _Order(_LATEST, {})
    if len(latest) > most:
        values = {"latest": json.dumps(latest[:-1]), "oldest": latest[-1], "headline": asked.headline}
        return _Order(_MATCHING.format(_UNRANKED), values)
    if asked.phrase:
        # bm25 reads all of the index that has to do with a phrase once more, and a third time to count it.
        return _Order(_MATCHING.format(_PLACED), {"placed": json.dumps(_placed(archive, latest, asked.phrase))})
    return _Order(_MATCHING.format(_RANKED.format(table=asked.table)), {"match": asked.match})


def _placed(archive: Archive, ids: Sequence[int], phrase: Term) -> list[int]:
    """Articles in the order of where in them a phrase stands, the latest first among equals."""
    stands = finder(phrase)
    sql = (
        f"SELECT id, {', '.join(PLACES)} FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY published_at DESC, id DESC"
    )
    places = {
        article["id"]: next((n for n, name in enumerate(PLACES) if stands(article[name] or "")), len(PLACES))
        for article in rows(archive.db, sql, (json.dumps(ids),))
    }
    return sorted(places, key=places.__getitem__)


def _rows(archive: Archive, order: _Order, filters: Filters, limit: int) -> list[sqlite3.Row]:
    since, until = filters.get("since"), filters.get("until")
    values = order.values | {
        "limit": limit,
        "since": since.isoformat() if since else "",
        "until": f"{until.isoformat()}~" if until else "~",
        "best": -1 if since or until else limit,
    }
    return list(rows(archive.db, f"{order.sql} LIMIT :limit", values))


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
_PLACED = "SELECT value AS id, key AS rank FROM json_each(:placed) ORDER BY key LIMIT :best"
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
        yield within(PARTS["byline"], named(byline).match)
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
