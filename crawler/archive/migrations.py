"""The schema of ``archive.db``, step by step. A released step is never edited: a change is a new step below it."""

from pathlib import Path

from sqlite_utils import Database, Migrations

from crawler.archive import history, index, refusing

APPLICATION_ID = 0x4D554E49
"""Stands in the header of every archive ("MUNI"): by it we know our own."""

migrations = Migrations("muniment")

_SQL = Path(__file__).parent / "sql"


@migrations()
def first_schema(db: Database) -> None:
    """Tables, the full-text index and the views for readers."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.executescript((_SQL / "tables.sql").read_text(encoding="utf-8"))
    db.executescript((_SQL / "first_index.sql").read_text(encoding="utf-8"))
    db.executescript((_SQL / "views.sql").read_text(encoding="utf-8"))


@migrations()
def watch_portals(db: Database) -> None:
    """Titles of home pages, suspicions, and removals without what is only unknown or blocked."""
    db.executescript((_SQL / "watching.sql").read_text(encoding="utf-8"))


@migrations()
def keep_forms(db: Database) -> None:
    """Pages that are asked for by sending a form."""
    db.executescript((_SQL / "forms.sql").read_text(encoding="utf-8"))


@migrations()
def schedule_portals(db: Database) -> None:
    """When portals are due, until when they asked to be left alone, and their certificates."""
    db.executescript((_SQL / "scheduling.sql").read_text(encoding="utf-8"))


@migrations()
def lean_index(db: Database) -> None:
    """An index that is smaller, and no stored copy of a text that a view can fold."""
    db.executescript((_SQL / "lean_index.sql").read_text(encoding="utf-8"))
    for (article_id,) in db.execute("SELECT id FROM articles").fetchall():
        index.refold(db, article_id)
    index.restore(db)


@migrations()
def withhold_articles(db: Database) -> None:
    """Articles that must not be shown."""
    db.executescript((_SQL / "withholding.sql").read_text(encoding="utf-8"))


@migrations()
def learn_intervals(db: Database) -> None:
    """What lists bring, how often articles are edited, and how far a crawl has come."""
    db.executescript((_SQL / "learning.sql").read_text(encoding="utf-8"))


@migrations()
def follow_edits(db: Database) -> None:
    """Edits by other programs are known, so that folded text can follow them."""
    db.executescript((_SQL / "edits.sql").read_text(encoding="utf-8"))
    index.retrigger(db)


@migrations()
def tell_edits(db: Database) -> None:
    """Versions keep their date as printed, and what the edit was that made them."""
    db.executescript((_SQL / "differences.sql").read_text(encoding="utf-8"))
    history.tell_differences(db)


@migrations()
def gather_sketches(db: Database) -> None:
    """A small table in which bulk import enters sketches first."""
    db.executescript((_SQL / "recent_sketches.sql").read_text(encoding="utf-8"))


@migrations()
def learn_shapes(db: Database) -> None:
    """What pages whose URLs differ in numbers alone have brought."""
    db.executescript((_SQL / "shapes.sql").read_text(encoding="utf-8"))


@migrations()
def refuse_queries(db: Database) -> None:
    """A saved search that is no query is refused when it is entered, by whatever program."""
    db.executescript((_SQL / "saved.sql").read_text(encoding="utf-8"))


@migrations()
def find_edits(db: Database) -> None:
    """What changed since a day is found without reading all versions."""
    db.executescript((_SQL / "edits_by_time.sql").read_text(encoding="utf-8"))


@migrations()
def set_aside_queries(db: Database) -> None:
    """A saved search that is no query, from before they were tried, is set aside, so that the others answer."""
    db.executescript((_SQL / "refused.sql").read_text(encoding="utf-8"))
    refusing.set_aside(db)


@migrations()
def find_heads(db: Database) -> None:
    """A new article is entered without reading all stories."""
    db.executescript((_SQL / "heads.sql").read_text(encoding="utf-8"))


@migrations()
def index_captions(db: Database) -> None:
    """Captions have an index of their own."""
    db.executescript((_SQL / "captions_index.sql").read_text(encoding="utf-8"))
    index.retrigger(db)
    db.execute("INSERT INTO captions_fts (captions_fts) VALUES ('rebuild')")


@migrations()
def count_signers(db: Database) -> None:
    """Who signs most is told without reading all articles."""
    db.executescript((_SQL / "signers.sql").read_text(encoding="utf-8"))


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
    )
)
"""The names of all steps: an archive that has others was made by a newer software."""
