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
