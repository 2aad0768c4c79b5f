"""docs/schema.md says what the real schema says."""

from pathlib import Path

from crawler.archive import Archive
from crawler.archive.schema import markdown

DOCS = Path(__file__).parent.parent.parent / "docs" / "schema.md"


def test_the_documentation_is_the_schema(archive: Archive) -> None:
    assert DOCS.read_text(encoding="utf-8") == markdown(archive.db)


def test_every_table_and_view_says_what_a_row_is(archive: Archive) -> None:
    said = markdown(archive.db).split("\n### ")[1:]
    silent = [text.split("\n")[0] for text in said if not text.split("\n")[2].endswith((".", "20"))]
    assert len(said) > 30 and silent == []


def test_what_refers_to_an_article_is_found_by_an_index(archive: Archive) -> None:
    """Without one SQLite reads the whole table for every article that is entered."""
    slow = [
        f"{table.name}.{key.column}"
        for table in archive.db.tables
        for key in table.foreign_keys
        if key.other_table == "articles" and not _is_found(archive, table.name, key.column)
    ]
    assert slow == []


def _is_found(archive: Archive, table: str, column: str) -> bool:
    plan = archive.db.conn.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 1").fetchone()[-1]
    return str(plan).startswith("SEARCH")
