"""The schema of ``archive.db`` as Markdown, read from an archive.

``python -m crawler.archive.schema > docs/schema.md`` writes the documentation.
"""

import re
import tempfile
from pathlib import Path

from sqlite_utils import Database

from crawler.archive.archive import Archive
from crawler.archive.rows import rows
from crawler.archive.triggers import INDEXES

INTRODUCTION = """\
# The tables of archive.db

Written by `python -m crawler.archive.schema > docs/schema.md`; a test compares it with the real schema.

Times are UTC with `Z`, except what a portal printed: that has the portal's own offset and is cut to what was printed.
Text is NFC. `sqlite-utils schema archive.db` prints the same schema as SQL.
"""

_INTERNAL = ("sqlite_", *(f"{index.table}_" for index in INDEXES))
_COMMENT = re.compile(r"\s*--\s*(.*)")
_COLUMN = re.compile(r'^\s+"?(\w+)"? [A-Z][^-]*?,?\s*(?:--\s*(.*))?$')


def markdown(db: Database) -> str:
    """The tables and views of ``db``, each with its columns and what they hold."""
    found = list(rows(db, "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY rowid"))
    shown = [entry for entry in found if not entry["name"].startswith(_INTERNAL) and entry["name"][0] != "_"]
    tables = [_table(db, entry["name"], entry["sql"]) for entry in shown if entry["type"] == "table"]
    views = [_view(db, entry["name"], entry["sql"]) for entry in shown if entry["type"] == "view"]
    return "\n".join((INTRODUCTION, "## Tables\n", *tables, "## Views\n", *views))


def _table(db: Database, name: str, sql: str) -> str:
    if sql.upper().startswith("CREATE VIRTUAL"):
        return f"### {name}\n\nThe full-text index of {name.removesuffix('_fts')}.\n\n```sql\n{sql}\n```\n"
    notes = {found[1]: found[2] or "" for found in map(_COLUMN.match, sql.splitlines()) if found}
    lines = ["| column | type | |", "|---|---|---|"]
    keys = {key.column: f"→ {key.other_table}" for key in db.table(name).foreign_keys}
    for column in db[name].columns:
        note = "; ".join(filter(None, (keys.get(column.name), notes.get(column.name))))
        lines.append(f"| {column.name} | {column.type} | {note} |")
    return f"### {name}\n\n{_about(sql)}\n\n" + "\n".join(lines) + "\n"


def _view(db: Database, name: str, sql: str) -> str:
    return f"### {name}\n\n{_about(sql)}\n\n" + ", ".join(f"`{column.name}`" for column in db[name].columns) + "\n"


def _about(sql: str) -> str:
    return next((found[1] for found in map(_COMMENT.fullmatch, sql.splitlines()) if found), "")


def main() -> None:
    """Print the schema of an empty archive."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive.db") as archive:
        print(markdown(archive.db), end="")


if __name__ == "__main__":
    main()
