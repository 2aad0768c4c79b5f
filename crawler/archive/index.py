"""The full-text indexes, how they are kept and made again, and the folded text beside an article.

FTS5 over a view: the text as it is printed (a query with accents is exact), the same text folded (a query without
accents finds all) and the other accepted spellings. Triggers keep both indexes, so that edits by any tool,
``rebuild-fts`` and ``integrity-check`` agree.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlite_utils import Database

from crawler.archive import triggers
from crawler.archive.letters import by_letter
from crawler.archive.rows import insert, row, rows
from crawler.archive.said import Said
from crawler.archive.triggers import ARTICLES, INDEXES, Index
from crawler.duplicates import joined
from crawler.text import fold, spellings

Folded = dict[str, str | int | None]
"""The columns of a row of ``articles_plain``."""
Indexed = tuple[tuple[str | int | None, ...], ...]
"""What each index is told of an article, but for the filters, which are its last column."""

USUAL = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 1000}
BULK = {"hashsize": 64 << 20, "automerge": 0, "crisismerge": 400}
"""Bytes gathered before they are written as a piece of the index, how many pieces are merged step by step, and how many
at once. In bulk all of a transaction is one piece, and all are merged once, when the import is over; a crawl that comes
before that must not find so many that it merges them at once."""

STEP = 2000
"""Pages of the index that are merged in one transaction, so that a crawl beside it waits for no longer than that."""


class Pending:
    """New articles that are indexed together, at the end of a bulk import: several times as fast as one by one."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rows: dict[Index, list[tuple[str | int | None, ...]]] = {index: [] for index in INDEXES}

    def add(self, article_id: int, indexed: Indexed, filters: str | int | None) -> None:
        """Index an article that was inserted, later."""
        for waiting, values in zip(self._rows.values(), indexed, strict=True):
            waiting.append((article_id, *values, filters))

    def put_in(self) -> None:
        """Index all that is waiting."""
        for index, waiting in self._rows.items():
            columns = ("rowid", *index.columns)
            sql = f"INSERT INTO {index.table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            self._db.conn.executemany(sql, waiting)
            waiting.clear()


@contextmanager
def held_back(db: Database) -> Iterator[Pending]:
    """A block of a transaction in which ``Pending`` tells the index of new articles, at the latest at its end.

    The settings for bulk must hold until the index is written, which a savepoint brings about.
    """
    pending = Pending(db)
    for name in triggers.ENTERING:
        db.conn.execute(f"DROP TRIGGER {name}")
    _set(db, BULK)
    yield pending
    pending.put_in()
    for name in triggers.ENTERING:
        db.conn.execute(triggers.created(db)[name])
    db.conn.execute("SAVEPOINT indexed")
    db.conn.execute("RELEASE indexed")
    _set(db, USUAL)


def _set(db: Database, settings: Mapping[str, int]) -> None:
    for index in INDEXES:
        sql = f"INSERT INTO {index.table} ({index.table}, rank) VALUES (?, ?)"
        db.conn.executemany(sql, settings.items())


def begin_merge(db: Database) -> None:
    """Begin to merge all that is in each index now into one piece, which ``merge`` goes on with.

    Words that were taken out stand in older pieces until those are merged.
    """
    _set(db, {"merge": -1})


def merge(db: Database) -> bool:
    """Go on merging, for some tenths of a second; False when there was nothing left to merge.

    Pieces that a crawl adds meanwhile are merged by themselves: taken in, they would have it begin again.
    """
    _set(db, {"usermerge": 2})
    before = db.conn.total_changes
    _set(db, {"merge": STEP})
    # A step that finds nothing to do counts as one change of each index.
    merged = bool(db.conn.total_changes - before > len(INDEXES))
    _set(db, {"usermerge": 4})
    return merged


def missing(db: Database) -> list[str]:
    """The triggers that are gone, as ``sqlite-utils transform`` leaves a table, or are not as they should be."""
    there = triggers.present(db)
    return [name for name, sql in triggers.created(db).items() if there.get(name) != sql]


def lost(db: Database) -> bool:
    """True when a trigger of an archive of this or an older schema is gone."""
    return not triggers.created(db).keys() <= triggers.present(db).keys()


def retrigger(db: Database) -> None:
    """Make missing triggers again."""
    for name in missing(db):
        db.conn.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.conn.execute(triggers.created(db)[name])


def restore(db: Database) -> None:
    """Make missing triggers again, and the indexes from the text."""
    retrigger(db)
    _rebuild(db)


def _rebuild(db: Database) -> None:
    """Make each index from the text; an archive of an older schema has but one."""
    there = set(db.table_names())
    for index in INDEXES:
        if index.table in there:
            db.conn.execute(f"INSERT INTO {index.table} ({index.table}) VALUES ('rebuild')")


def unfolded(db: Database) -> list[int]:
    """The articles that another program has edited since their text was folded."""
    return [article_id for (article_id,) in db.conn.execute("SELECT article_id FROM articles_unfolded")]


def stale(db: Database) -> Iterator[int]:
    """The articles whose folded row does not belong to what they say now."""
    for article in rows(db, f"{_FOLDED} ORDER BY articles.id"):
        if any(article[name] != value for name, value in _plain_of(article).items()):
            yield article["id"]


def refold(db: Database, article_id: int) -> None:
    """Make the folded row of an article again; of one that is no more, nothing is left."""
    article = row(db, f"{_FOLDED} WHERE articles.id = ?", (article_id,))
    db.conn.execute("DELETE FROM articles_plain WHERE article_id = ?", (article_id,))
    if article is not None:
        insert(db, "articles_plain", {"article_id": article_id} | _plain_of(article))


_FOLDED = f"""
SELECT articles.id, slug, published_at, first_seen_at,
    {", ".join(f"articles.{name}" for name in ARTICLES.exact)}, {", ".join(ARTICLES.plain)}, by_letter
FROM articles JOIN portals ON portals.id = portal_id LEFT JOIN articles_plain ON article_id = articles.id
"""


def _plain_of(article: sqlite3.Row) -> Folded:
    said = Said(published_at=None, **{name: article[name] for name in ARTICLES.exact})
    return plain(said, article["slug"], article["published_at"] or article["first_seen_at"])


def plain(said: Said, slug: str, day: str) -> Folded:
    """The folded row beside what an article says; ``day`` is its date (``2020-01-08...``) for the filters."""
    return {"filters": filters(slug, day)} | letters(said)


def filters(slug: str, day: str) -> str:
    """The part of the folded row by which the articles of a portal, a month or a year are found."""
    return f"m{day[:4]}{day[5:7]} y{day[:4]} {slug.replace('-', '')}"


def letters(said: Said) -> Folded:
    """The part of the folded row that the text alone decides."""
    text = joined(said.lead, said.body, None)
    whole = "\n".join(filter(None, (said.headline, text, said.captions, said.byline)))
    viewed = by_letter(text)
    return {
        "by_letter": int(viewed),
        "headline_plain": _folded(said.headline),
        "byline_plain": _folded(said.byline),
        "captions_plain": _folded(said.captions),
        "spellings": spellings(whole) or None,
        "text_plain": None if viewed else _folded(text),
    }


def indexed(said: Said, folded: Folded) -> Indexed:
    """What the view ``articles_indexed`` will show of an article with this folded row."""
    text = fold(joined(said.lead, said.body, None)) if folded["by_letter"] else folded["text_plain"]
    shown = folded | {"text_plain": text}
    return tuple(
        (*(getattr(said, name) for name in index.exact), *(shown[name] for name in index.plain[:-1]))
        for index in INDEXES
    )


def _folded(text: str | None) -> str | None:
    """The folded text, or None where folding changes nothing."""
    return None if not text or (folded := fold(text)) == text else folded
