"""What the page of a new article alone decides of its rows: most of the work, for another process to do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from crawler import duplicates
from crawler.archive import articles, captures, history, index, parts
from crawler.archive.rows import stamp
from crawler.archive.said import Said, said_in
from crawler.model import Article, Capture, Kind, Visit

Row = tuple[Any, ...]


class Prepared(NamedTuple):
    """What is stored of an article that nothing is known of, but for the ids of rows: plain values, quick to send."""

    rows: Mapping[str, Row]
    """By table, the values of ``COLUMNS``."""
    indexed: index.Indexed
    parts: parts.Parts
    text: str
    """By which copies are compared."""
    words: int
    day: str
    """Of publication, or of the capture, for the filters."""


def prepare(visit: Visit) -> Prepared:
    """An article page ready to be stored in bulk. Pure: a process that reads pages does it while another one writes."""
    article = visit.article
    assert article is not None
    said = said_in(article)
    letters = index.letters(said)
    rows = _rows(visit, article, said, letters)
    return Prepared(
        rows={table: tuple(row.values()) for table, row in rows.items()},
        indexed=index.indexed(said, letters),
        parts=parts.parts_of(article),
        text=duplicates.joined(said.lead, said.body, said.captions),
        words=rows["articles"]["words"],
        day=said.published_at or stamp(visit.capture.captured_at),
    )


def _rows(visit: Visit, article: Article, said: Said, letters: index.Folded) -> Mapping[str, Mapping[str, Any]]:
    own = visit.fingerprint or duplicates.fingerprint(article)
    url, at = visit.capture.url, stamp(visit.capture.captured_at)
    return {
        "captures": captures.columns(visit.capture),
        "articles_plain": letters,
        "articles": articles.first(article, own.exact, said, url, at),
        "versions": history.columns(said, said.fingerprint, history.raw_date(article), at),
    }


def _columns() -> Mapping[str, tuple[str, ...]]:
    """Every page has the same columns, one that says nothing too."""
    article = Article(url="", portal="")
    empty = Visit(
        capture=Capture(url="", captured_at=datetime(1970, 1, 1, tzinfo=UTC), status=200),
        kind=Kind.ARTICLE,
        article=article,
    )
    said = said_in(article)
    return {table: tuple(row) for table, row in _rows(empty, article, said, index.letters(said)).items()}


COLUMNS = _columns()
"""The columns of each table that are prepared."""
