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

WORD = 16
"""A terminal's letters: longer words (URLs, names without spaces) are folded where there is no room."""
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
    """A table that fits the terminal: long cells are folded, those of the first column last of all.

    Days and words up to ``WORD`` letters are kept in one piece. ``None`` is empty.
    """
    cells = [["" if cell is None else printable(cell) for cell in row] for row in rows]
    made = Table(box=None, pad_edge=False, header_style="bold", show_lines=lines, padding=(0, 2, 1 if lines else 0, 0))
    columns = [(heading, *(row[at] for row in cells)) for at, heading in enumerate(headings)]
    for heading, width in zip(headings, _widths(columns, out().width - 2 * len(columns) + 2), strict=True):
        made.add_column(heading, overflow="fold", width=width)
    for row in cells:
        made.add_row(*map(Text, row))
    return made


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """The widths of columns, each with its heading in front, that have so much room together, if that can be."""
    widths = [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in columns]
    least = [max(map(_least_width, column)) for column in columns]
    for part in (range(1, len(columns)), range(1)):
        while sum(widths) > room and (wide := [at for at in part if widths[at] > least[at]]):
            widths[max(wide, key=lambda at: widths[at] - least[at])] -= 1
    widths[0] = max(_least_width(columns[0][0]), min(widths[0], widths[0] + room - sum(widths)))
    return widths


def _least_width(cell: str) -> int:
    whole = [cell] if _DAY.match(cell) else cell.split()
    return max((width for piece in whole if (width := cell_len(piece)) <= WORD), default=1)


def show_json(value: object) -> None:
    """Print ``value`` as indented JSON, readable in every language."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
