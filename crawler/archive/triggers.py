"""The triggers that keep the full-text indexes: old values are taken out before a change, new ones put in after it.

There are two indexes over one view: of everything, and of captions alone, because a phrase of names in captions reads a
tenth as much there.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlite_utils import Database


class Index(NamedTuple):
    """A table of FTS5: the columns as they are printed, then those in ``articles_plain``."""

    table: str
    triggers: str
    """How the names of its triggers begin."""
    exact: tuple[str, ...]
    plain: tuple[str, ...]
    selected: str
    """What of ``articles_indexed`` it holds."""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in order."""
        return (*self.exact, *self.plain)


ARTICLES = Index(
    table="articles_fts",
    triggers="articles",
    exact=("body", "headline", "lead", "captions", "byline"),
    plain=("headline_plain", "text_plain", "captions_plain", "byline_plain", "spellings", "filters"),
    selected="*",
)
CAPTIONS = Index(
    table="captions_fts",
    triggers="captions",
    exact=("captions",),
    plain=("captions_plain", "filters"),
    selected="id, captions, captions_plain, filters",
)
INDEXES = (ARTICLES, CAPTIONS)

_PARTS = (
    "articles_plain",
    "versions",
    "verdicts",
    "addresses",
    "images",
    "attachments",
    "bylines",
    "article_tags",
)


def _keeping(index: Index) -> dict[str, tuple[str, str]]:
    """When the triggers of an index act, and what they do."""
    name, exact, columns = index.table, ", ".join(index.exact), ", ".join(index.columns)
    put_in = f"INSERT INTO {name} (rowid, {columns}) SELECT {index.selected} FROM articles_indexed"
    taking_out = f"INSERT INTO {name} ({name}, rowid, {columns}) SELECT 'delete'"
    take_out = f"{taking_out}, {index.selected} FROM articles_indexed"
    take_out_exact = f"{taking_out}, id, {exact}, {', '.join('NULL' for _ in index.plain)} FROM articles"
    acts = {
        "insert": ("AFTER INSERT ON articles", f"{put_in} WHERE id = new.id"),
        "before_update": (f"BEFORE UPDATE OF id, {exact} ON articles", f"{take_out} WHERE id = old.id"),
        "after_update": (f"AFTER UPDATE OF id, {exact} ON articles", f"{put_in} WHERE id = new.id"),
        "before_delete": ("BEFORE DELETE ON articles", f"{take_out} WHERE id = old.id"),
        # A folded row written before its article is indexed with it. Written later, the article is indexed again.
        "plain_insert": (
            "AFTER INSERT ON articles_plain",
            f"{take_out_exact} WHERE id = new.article_id; {put_in} WHERE id = new.article_id",
        ),
        "plain_before_update": ("BEFORE UPDATE ON articles_plain", f"{take_out} WHERE id = old.article_id"),
        "plain_after_update": ("AFTER UPDATE ON articles_plain", f"{put_in} WHERE id = new.article_id"),
        "plain_before_delete": ("BEFORE DELETE ON articles_plain", f"{take_out} WHERE id = old.article_id"),
        "plain_after_delete": ("AFTER DELETE ON articles_plain", f"{put_in} WHERE id = old.article_id"),
    }
    return {f"{index.triggers}_{act}": what for act, what in acts.items()}


_FOLLOWING = {
    # We take an article's folded row away before we edit it, and write it before we enter a new one: whoever does not
    # is another program, and leaves folded text behind that is no longer the article's.
    "articles_edited": (
        f"AFTER UPDATE OF {', '.join(ARTICLES.exact)} ON articles"
        " WHEN EXISTS (SELECT 1 FROM articles_plain WHERE article_id = new.id)",
        "INSERT OR IGNORE INTO articles_unfolded VALUES (new.id)",
    ),
    "articles_replaced": (
        "AFTER INSERT ON articles WHEN EXISTS (SELECT 1 FROM versions WHERE article_id = new.id)"
        " OR NOT EXISTS (SELECT 1 FROM articles_plain WHERE article_id = new.id)",
        "INSERT OR IGNORE INTO articles_unfolded VALUES (new.id)",
    ),
}
_LEAVING = {
    # Whatever tool deletes an article (many switch foreign keys off), nothing of it is left behind.
    "articles_after_delete": (
        "AFTER DELETE ON articles",
        "; ".join(f"DELETE FROM {table} WHERE article_id = old.id" for table in _PARTS)
        + "; DELETE FROM story_matches WHERE article_id = old.id OR other_id = old.id"
        + "; UPDATE stories SET head_id = NULL WHERE head_id = old.id",
    ),
}

_BY_TABLE = {
    ARTICLES.table: _keeping(ARTICLES) | _LEAVING,
    CAPTIONS.table: _keeping(CAPTIONS),
    "articles_unfolded": _FOLLOWING,
}
"""The triggers that came with a table of a later schema, which older archives lack."""

ENTERING = (*(f"{index.triggers}_insert" for index in INDEXES), "articles_replaced")
"""The triggers that act when an article is entered. Bulk import does without: it tells the indexes itself, and what it
enters is folded. With none at all, SQLite keeps no copies of the pages that a row changes."""


def created(db: Database) -> Mapping[str, str]:
    """The CREATE TRIGGER statements of an archive of this schema or an older one, by name."""
    tables = {name for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name: f"CREATE TRIGGER {name} {when} BEGIN {what}; END"
        for table, triggers in _BY_TABLE.items()
        if table in tables
        for name, (when, what) in triggers.items()
    }


def present(db: Database) -> Mapping[str, str]:
    """The CREATE TRIGGER statements of all triggers that are there, by name."""
    return dict(db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
