"""The schema of ``archive.db``, step by step. A released step is never edited: a change is a new step below it."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from crawler.archive import history, index, refusing

APPLICATION_ID = 0x4D554E49
"""Stands in the header of every archive ("MUNI"): by it we know our own."""

migrations = Migrations("muniment")

_SQL = Path(__file__).parent / "sql"


def _run(db: Database, script: str) -> None:
    """Execute the statements of a file, each of which ends with its line, in the transaction of the migration.

    The script methods of sqlite3 and sqlite-utils do not serve: one commits first, the other takes 0.3 s for all steps.
    """
    statement = ""
    for line in (_SQL / script).read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


@migrations()
def first_schema(db: Database) -> None:
    """Tables, the full-text index and the views for readers."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _run(db, "tables.sql")
    _run(db, "first_index.sql")
    _run(db, "views.sql")


@migrations()
def watch_portals(db: Database) -> None:
    """Titles of home pages, suspicions, and removals without what is only unknown or blocked."""
    _run(db, "watching.sql")


@migrations()
def keep_forms(db: Database) -> None:
    """Pages that are asked for by sending a form."""
    _run(db, "forms.sql")


@migrations()
def schedule_portals(db: Database) -> None:
    """When portals are due, until when they asked to be left alone, and their certificates."""
    _run(db, "scheduling.sql")


@migrations()
def lean_index(db: Database) -> None:
    """An index that is smaller, and no stored copy of a text that a view can fold."""
    _run(db, "lean_index.sql")
    for (article_id,) in db.execute("SELECT id FROM articles").fetchall():
        index.refold(db, article_id)
    index.restore(db)


@migrations()
def withhold_articles(db: Database) -> None:
    """Articles that must not be shown."""
    _run(db, "withholding.sql")


@migrations()
def learn_intervals(db: Database) -> None:
    """What lists bring, how often articles are edited, and how far a crawl has come."""
    _run(db, "learning.sql")


@migrations()
def follow_edits(db: Database) -> None:
    """Edits by other programs are known, so that folded text can follow them."""
    _run(db, "edits.sql")
    index.retrigger(db)


@migrations()
def tell_edits(db: Database) -> None:
    """Versions keep their date as printed, and what the edit was that made them."""
    _run(db, "differences.sql")
    history.tell_differences(db)


@migrations()
def gather_sketches(db: Database) -> None:
    """A small table in which bulk import enters sketches first."""
    _run(db, "recent_sketches.sql")


@migrations()
def learn_shapes(db: Database) -> None:
    """What pages whose URLs differ in numbers alone have brought."""
    _run(db, "shapes.sql")


@migrations()
def refuse_queries(db: Database) -> None:
    """A saved search that is no query is refused when it is entered, by whatever program."""
    _run(db, "saved.sql")


@migrations()
def find_edits(db: Database) -> None:
    """What changed since a day is found without reading all versions."""
    _run(db, "edits_by_time.sql")


@migrations()
def set_aside_queries(db: Database) -> None:
    """A saved search that is no query, from before they were tried, is set aside, so that the others answer."""
    _run(db, "refused.sql")
    refusing.set_aside(db)


@migrations()
def find_heads(db: Database) -> None:
    """A new article is entered without reading all stories."""
    _run(db, "heads.sql")


@migrations()
def index_captions(db: Database) -> None:
    """Captions have an index of their own."""
    _run(db, "captions_index.sql")
    index.retrigger(db)
    db.execute("INSERT INTO captions_fts (captions_fts) VALUES ('rebuild')")


@migrations()
def count_signers(db: Database) -> None:
    """Who signs most is told without reading all articles."""
    _run(db, "signers.sql")


@migrations()
def part_readings(db: Database) -> None:
    """An edit by the portal is told apart from what an extractor has read anew since."""
    _run(db, "readings.sql")


@migrations()
def tell_scripts(db: Database) -> None:
    """Figures of every script and width, Arabic, Thai and Korean words are found as they are typed."""
    for article_id in list(index.stale(db)):
        index.refold(db, article_id)
    _run(db, "scripts.sql")
    index.restore(db)


@migrations()
def search_by_id(db: Database) -> None:
    """The latest hits of a frequent word are read from the view without reading all of them."""
    _run(db, "search_by_id.sql")


STEPS = frozenset(
    step.__name__
    for step in (
        first_schema,
        watch_portals,
        keep_forms,
        schedule_portals,
        lean_index,
        withhold_articles,
        learn_intervals,
        follow_edits,
        tell_edits,
        refuse_queries,
        gather_sketches,
        find_edits,
        learn_shapes,
        set_aside_queries,
        find_heads,
        index_captions,
        count_signers,
        part_readings,
        tell_scripts,
        search_by_id,
    )
)
"""The names of all steps: an archive that has others was made by a newer software."""
