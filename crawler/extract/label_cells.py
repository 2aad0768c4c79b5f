"""Bylines in cells: a label in one cell of a table or list of terms, and what it says in the next."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.extract.blocks import Block
from crawler.extract.byline_labels import CREDITING, SPACELESS, TRIM, Label, meaning
from crawler.extract.name_kinds import is_organisation
from crawler.extract.persons import Credits, credits_in
from crawler.extract.prose import is_prose
from crawler.extract.readers import Context
from crawler.extract.signature import SIGNATURE, Byline

_LABELS = frozenset(("td", "th", "dt"))
_VALUES = frozenset(("td", "th", "dd"))


def in_cells(context: Context) -> Byline | None:
    """Authors, unit and source by the cells behind the first label of each: ``Autor | Jo Doe``, ``来源 | ...``."""
    found: dict[Label, tuple[Block, Block]] = {}
    for kind, label, value in _cells(context):
        found.setdefault(kind, (label, value))
    if not found:
        return None
    said = {kind: credits_in(f"{label.text}: {value.text}", sure=True) for kind, (label, value) in found.items()}
    person = Label.AUTHOR if said.get(Label.AUTHOR) else Label.ENTERED
    author, unit, source = (said.get(kind, Credits()) for kind in (person, Label.UNIT, Label.SOURCE))
    return Byline(
        line=found[person][1].text if author.authors else None,
        credits=Credits(authors=author.authors, unit=unit.unit or author.unit, source=source.source),
        blocks=frozenset(block.index for pair in found.values() for block in pair),
    )


def _cells(context: Context) -> Iterator[tuple[Label, Block, Block]]:
    """(kind, label, value) of each cell above or below the text that is a label; none of a table's head."""
    prose = [block.index for block in context.blocks if is_prose(block)]
    for label, value in pairwise(block for block in context.blocks if block.text):
        kind = _meaning(label) if _are_side_by_side(label, value) else None
        if kind is None or len(value.text) > SIGNATURE or _meaning(value) or _is_within(label.index, prose):
            continue
        if kind is not Label.UNIT or is_organisation(value.text) or SPACELESS.search(value.text):
            yield kind, label, value


def _are_side_by_side(label: Block, value: Block) -> bool:
    """True for two cells of a row, or a term and what it means."""
    one, other = label.nearest(*_LABELS), value.nearest(*_VALUES)
    if one is None or other is None or one is other or one.tag == other.tag == "th":
        return False
    return one.getparent() is other.getparent()


def _is_within(index: int, prose: Sequence[int]) -> bool:
    return bool(prose) and prose[0] < index < prose[-1]


def _meaning(block: Block) -> Label | None:
    """What a block says of the next one that is nothing but a label."""
    label = meaning(block.text.strip(TRIM))
    return label if label in CREDITING else None
