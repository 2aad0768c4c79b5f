"""What every verb prints with: a console, a spinner, plain text without control characters, and JSON."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$")


def out() -> Console:
    """The console of standard output."""
    return Console(highlight=False, markup=False, emoji=False)


def working(what: str) -> AbstractContextManager[object]:
    """A spinner with ``what`` while a block runs; nothing when standard error is no terminal."""
    console = Console(stderr=True)
    return console.status(Text(what)) if console.is_terminal else nullcontext()


def printable(text: object) -> str:
    """``text`` without control characters, which a page must not send to a terminal; line ends and tabs stay."""
    return "".join(c for c in str(text) if c in "\n\t" or unicodedata.category(c) != "Cc")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, lines: bool = False) -> Table:
    """A table that fits the terminal; long cells are folded, those of the first column only where they are too long.

    Days are never folded. ``None`` is empty.
    """
    cells = [["" if cell is None else printable(cell) for cell in row] for row in rows]
    whole = max((cell_len(row[0]) for row in cells), default=0) <= out().width * 2 // 3
    made = Table(box=None, pad_edge=False, header_style="bold", show_lines=lines, padding=(0, 2, 1 if lines else 0, 0))
    for position, heading in enumerate(headings):
        days = all(map(_DAY.match, (cell for row in cells for cell in row[position : position + 1] if cell)))
        made.add_column(heading, overflow="fold", no_wrap=days or (whole and position == 0))
    for row in cells:
        made.add_row(*map(Text, row))
    return made


def show_json(value: object) -> None:
    """Print ``value`` as indented JSON, readable in every language."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
