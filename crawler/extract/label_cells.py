"""Bylines in cells: a label in one cell of a table or list of terms, and what it says in the next."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from crawler.extract.author_elements import is_free
from crawler.extract.blocks import Block
from crawler.extract.byline_labels import CREDITING, SPACELESS, TRIM, Label, meaning
from crawler.extract.name_kinds import is_organisation
from crawler.extract.persons import Credits, credits_in
from crawler.extract.prose import is_prose
from crawler.extract.readers import NOTHING, Context
from crawler.extract.signature import SIGNATURE, Byline
from crawler.text import squash

_LABELS = frozenset(("td", "th", "dt"))
_VALUES = frozenset(("td", "th", "dd"))
CLIMB = 3
"""Elements around the text behind which a table or list of terms may belong to the article."""


class _Cell(NamedTuple):
    """What a label says of the cell behind it, both texts, and the blocks that print them."""

    kind: Label
    label: str
    value: str
    blocks: frozenset[int] = NOTHING


def in_cells(context: Context) -> Byline | None:
    """Authors, unit and source by the cells behind the first label of each: ``Autor | Jo Doe``, ``来源 | ...``."""
    found: dict[Label, _Cell] = {}
    for cell in (*_cells(context), *_behind(context)):
        found.setdefault(cell.kind, cell)
    if not found:
        return None
    said = {kind: credits_in(f"{cell.label}: {cell.value}", sure=True) for kind, cell in found.items()}
    person = Label.AUTHOR if said.get(Label.AUTHOR) else Label.ENTERED
    author, unit, source = (said.get(kind, Credits()) for kind in (person, Label.UNIT, Label.SOURCE))
    return Byline(
        line=found[person].value if author.authors else None,
        credits=Credits(authors=author.authors, unit=unit.unit or author.unit, source=source.source),
        blocks=frozenset(index for cell in found.values() for index in cell.blocks),
    )


def _cells(context: Context) -> Iterator[_Cell]:
    """Each cell above or below the text that is a label, with its value; none of a table's head."""
    prose = [block.index for block in context.blocks if is_prose(block)]
    for label, value in pairwise(block for block in context.blocks if block.text):
        if _are_side_by_side(label, value) and not _is_within(label.index, prose):
            yield from _cell(label.text, value.text, frozenset((label.index, value.index)))


def _behind(context: Context) -> Iterator[_Cell]:
    """The same of the tables and lists of terms behind the text that the article's region does not hold."""
    core = context.core
    around = (core, *islice(core.iterancestors(), CLIMB)) if core is not None else ()
    shell = frozenset(around[-1].iterancestors()) if around else frozenset()
    tables = (t for e in around for s in e.itersiblings() for t in s.iter("table", "dl") if is_free(t, shell))
    for label in (cell for table in tables for cell in table.iter(*_LABELS)):
        value = label.getnext()
        if value is not None and value.tag in _VALUES and not label.tag == value.tag == "th":
            yield from _cell(squash(str(label.text_content())), squash(str(value.text_content())))


def _cell(label: str, value: str, blocks: frozenset[int] = NOTHING) -> Iterator[_Cell]:
    kind = _meaning(label)
    if kind is None or not 0 < len(value) <= SIGNATURE or _meaning(value):
        return
    if kind is not Label.UNIT or is_organisation(value) or SPACELESS.search(value):
        yield _Cell(kind, label, value, blocks)


def _are_side_by_side(label: Block, value: Block) -> bool:
    """True for two cells of a row, or a term and what it means."""
    one, other = label.nearest(*_LABELS), value.nearest(*_VALUES)
    if one is None or other is None or one is other or one.tag == other.tag == "th":
        return False
    return one.getparent() is other.getparent()


def _is_within(index: int, prose: Sequence[int]) -> bool:
    return bool(prose) and prose[0] < index < prose[-1]


def _meaning(text: str) -> Label | None:
    """What a text says of the next one that is nothing but a label."""
    label = meaning(text.strip(TRIM))
    return label if label in CREDITING else None
