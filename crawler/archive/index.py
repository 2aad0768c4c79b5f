"""The full-text index: its columns, the triggers that keep it, and the folded text beside an article.

One FTS5 table over a view: the text as it is printed (a query with accents is exact), the same text folded (a query
without accents finds all) and the other accepted spellings. Triggers take old values out before a change and put new
ones in after it, so that edits by any tool, ``rebuild-fts`` and ``integrity-check`` agree.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlite_utils import Database

from crawler.archive.letters import by_letter
from crawler.archive.rows import insert, row, rows
from crawler.archive.said import Said
from crawler.duplicates import joined
from crawler.text import fold, spellings

EXACT = ("body", "headline", "lead", "captions", "byline")
PLAIN = ("headline_plain", "text_plain", "captions_plain", "byline_plain", "spellings", "filters")
COLUMNS = (*EXACT, *PLAIN)

Folded = dict[str, str | int | None]
"""The columns of a row of ``articles_plain``."""

USUAL = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 64}
BULK = {"hashsize": 64 << 20, "automerge": 0, "crisismerge": 64}
"""Bytes gathered before they are written as a piece of the index, how many pieces are merged step by step, and how many
at once. In bulk all of a transaction is one piece; the crawl that follows must not merge all that is left at once."""

_COLUMNS = ", ".join(COLUMNS)
_PUT_IN_ROW = f"INSERT INTO articles_fts (rowid, {_COLUMNS}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_NO_PLAIN = ", ".join("NULL" for _ in PLAIN)
_TAKE_OUT = f"INSERT INTO articles_fts (articles_fts, rowid, {_COLUMNS}) SELECT 'delete', * FROM articles_indexed"
_PUT_IN = f"INSERT INTO articles_fts (rowid, {_COLUMNS}) SELECT * FROM articles_indexed"
_TAKE_OUT_EXACT = (
    f"INSERT INTO articles_fts (articles_fts, rowid, {_COLUMNS}) "
    f"SELECT 'delete', id, {', '.join(EXACT)}, {_NO_PLAIN} FROM articles"
)

TRIGGERS = {
    "articles_insert": ("AFTER INSERT ON articles", f"{_PUT_IN} WHERE id = new.id"),
    "articles_before_update": (
        f"BEFORE UPDATE OF id, {', '.join(EXACT)} ON articles",
        f"{_TAKE_OUT} WHERE id = old.id",
    ),
    "articles_after_update": (
        f"AFTER UPDATE OF id, {', '.join(EXACT)} ON articles",
        f"{_PUT_IN} WHERE id = new.id",
    ),
    "articles_before_delete": ("BEFORE DELETE ON articles", f"{_TAKE_OUT} WHERE id = old.id"),
    # A folded row written before its article is indexed with it. Written later, the article is indexed again.
    "articles_plain_insert": (
        "AFTER INSERT ON articles_plain",
        f"{_TAKE_OUT_EXACT} WHERE id = new.article_id; {_PUT_IN} WHERE id = new.article_id",
    ),
    "articles_plain_before_update": ("BEFORE UPDATE ON articles_plain", f"{_TAKE_OUT} WHERE id = old.article_id"),
    "articles_plain_after_update": ("AFTER UPDATE ON articles_plain", f"{_PUT_IN} WHERE id = new.article_id"),
    "articles_plain_before_delete": ("BEFORE DELETE ON articles_plain", f"{_TAKE_OUT} WHERE id = old.article_id"),
    "articles_plain_after_delete": ("AFTER DELETE ON articles_plain", f"{_PUT_IN} WHERE id = old.article_id"),
    # We take an article's folded row away before we edit it, and write it before we enter a new one: whoever does not
    # is another program, and leaves folded text behind that is no longer the article's.
    "articles_edited": (
        f"AFTER UPDATE OF {', '.join(EXACT)} ON articles"
        " WHEN EXISTS (SELECT 1 FROM articles_plain WHERE article_id = new.id)",
        "INSERT OR IGNORE INTO articles_unfolded VALUES (new.id)",
    ),
    "articles_replaced": (
        "AFTER INSERT ON articles WHEN EXISTS (SELECT 1 FROM versions WHERE article_id = new.id)"
        " OR NOT EXISTS (SELECT 1 FROM articles_plain WHERE article_id = new.id)",
        "INSERT OR IGNORE INTO articles_unfolded VALUES (new.id)",
    ),
    # Whatever tool deletes an article (many switch foreign keys off), nothing of it is left behind.
    "articles_after_delete": (
        "AFTER DELETE ON articles",
        "; ".join(
            f"DELETE FROM {table} WHERE article_id = old.id"
            for table in (
                "articles_plain",
                "versions",
                "verdicts",
                "addresses",
                "images",
                "attachments",
                "bylines",
                "article_tags",
            )
        )
        + "; DELETE FROM story_matches WHERE article_id = old.id OR other_id = old.id"
        + "; UPDATE stories SET head_id = NULL WHERE head_id = old.id",
    ),
}


def triggers() -> Mapping[str, str]:
    """The CREATE TRIGGER statements that keep the index, by name."""
    return {name: f"CREATE TRIGGER {name} {when} BEGIN {what}; END" for name, (when, what) in TRIGGERS.items()}


class Pending:
    """New articles that are indexed together, at the end of a bulk import: several times as fast as one by one."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rows: list[tuple[str | int | None, ...]] = []

    def add(self, article_id: int, said: Said, folded: Folded) -> None:
        """Index an article that was inserted, later."""
        indexed = dict(folded)
        if folded["by_letter"]:
            indexed["text_plain"] = fold(joined(said.lead, said.body, None))
        self._rows.append((article_id, *(getattr(said, name) for name in EXACT), *(indexed[name] for name in PLAIN)))

    def put_in(self) -> None:
        """Index all that is waiting."""
        self._db.conn.executemany(_PUT_IN_ROW, self._rows)
        self._rows.clear()


@contextmanager
def held_back(db: Database) -> Iterator[Pending]:
    """A block of a transaction in which ``Pending`` tells the index of new articles, at the latest at its end.

    The settings for bulk must hold until the index is written, which a savepoint brings about.
    """
    pending = Pending(db)
    db.conn.execute("DROP TRIGGER articles_insert")
    _set(db, BULK)
    yield pending
    pending.put_in()
    db.conn.execute(triggers()["articles_insert"])
    db.conn.execute("SAVEPOINT indexed")
    db.conn.execute("RELEASE indexed")
    _set(db, USUAL)


def _set(db: Database, settings: Mapping[str, int]) -> None:
    db.conn.executemany("INSERT INTO articles_fts (articles_fts, rank) VALUES (?, ?)", settings.items())


def optimize(db: Database) -> None:
    """Merge the index into one piece: queries are fastest then. Takes minutes on a million articles."""
    db.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")


def missing(db: Database) -> list[str]:
    """The triggers that are gone, as ``sqlite-utils transform`` leaves a table, or are not as they should be."""
    there = dict(db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return [name for name, sql in triggers().items() if there.get(name) != sql]


def retrigger(db: Database) -> None:
    """Make missing triggers again."""
    for name in missing(db):
        db.conn.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.conn.execute(triggers()[name])


def restore(db: Database) -> None:
    """Make missing triggers again, and the index from the text."""
    retrigger(db)
    db.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


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
    {", ".join(f"articles.{name}" for name in EXACT)}, {", ".join(PLAIN)}, by_letter
FROM articles JOIN portals ON portals.id = portal_id LEFT JOIN articles_plain ON article_id = articles.id
"""


def _plain_of(article: sqlite3.Row) -> Folded:
    said = Said(published_at=None, **{name: article[name] for name in EXACT})
    return plain(said, article["slug"], article["published_at"] or article["first_seen_at"])


def plain(said: Said, slug: str, day: str) -> Folded:
    """The folded row beside what an article says; ``day`` is its date (``2020-01-08...``) for the filters."""
    return filters(slug, day) | letters(said)


def filters(slug: str, day: str) -> Folded:
    """The part of the folded row by which the articles of a portal, a month or a year are found."""
    return {"filters": f"m{day[:4]}{day[5:7]} y{day[:4]} {slug.replace('-', '')}"}


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


def _folded(text: str | None) -> str | None:
    """The folded text, or None where folding changes nothing."""
    return None if not text or (folded := fold(text)) == text else folded
