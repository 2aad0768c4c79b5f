"""Teasers of other articles between and behind the paragraphs: a small box with a linked title and one short text."""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.blocks import Block
from crawler.extract.prose import is_prose, is_related, opens_related

TITLE = 15
LINKED = 0.7
"""A title has so many characters at least, and so much of it is linked."""
TEXT = 350
"""So many characters at most has the text of a teaser."""
BLOCKS = 6
LEVELS = 4
"""A box has so many blocks at most, and stands so many elements around them at most."""
ENTRIES = 0.4
BETWEEN = 0.15
"""Boxes with more of the whole text are the article's own entries: all of them, or those with text behind them."""

_NO_BOXES = frozenset(("p", "tr", "table", "tbody", "ul", "ol", "dl"))


def without_teasers(blocks: list[Block]) -> list[Block]:
    """The blocks of a text without those of teasers."""
    boxes = [box for box in _boxes(blocks) if _is_teaser([blocks[n] for n in box])]
    sure = {n for box in boxes for n in box if opens_related(blocks[box[0]])}
    if sure:
        return without_teasers([block for n, block in enumerate(blocks) if n not in sure])
    found = {n for box in boxes for n in box}
    announced = _announced(blocks, found)
    if announced < len(blocks):
        return without_teasers(blocks[:announced])
    share = _size(blocks[n] for n in found) / max(1, _size(blocks))
    if not found or share > ENTRIES:
        return blocks
    last = -1
    if share > BETWEEN:
        last = max((n for n, block in enumerate(blocks) if n not in found and is_prose(block)), default=-1)
    return [block for n, block in enumerate(blocks) if n not in found or n < last]


def _announced(blocks: Sequence[Block], found: Set[int]) -> int:
    """Where nothing but teasers follows a line that announces other articles; the end where there is no such line."""
    for n, block in enumerate(blocks):
        if is_related(block) and any(map(is_prose, blocks[:n])):
            behind = [m for m in range(n + 1, len(blocks)) if is_prose(blocks[m])]
            if behind and found >= frozenset(behind):
                return n
    return len(blocks)


def _boxes(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The indexes of the blocks in each small element, where a linked title stands in the text at all."""
    inside: dict[HtmlElement, list[int]] = {}
    for n, block in enumerate(blocks if any(map(_is_title, blocks)) else ()):
        for element in (block.tag, *islice(block.tag.iterancestors(), LEVELS - 1)):
            inside.setdefault(element, []).append(n)
    for element, box in inside.items():
        if 2 <= len(box) <= BLOCKS and box[-1] - box[0] < len(box) and element.tag not in _NO_BOXES:
            yield box


def _is_title(block: Block) -> bool:
    return block.links >= LINKED and len(block.text) >= TITLE


def _is_teaser(box: Sequence[Block]) -> bool:
    texts = [n for n, block in enumerate(box) if is_prose(block)]
    if len(texts) != 1 or len(box[texts[0]].text) > TEXT:
        return False
    return any(map(_is_title, box[: texts[0]]))


def _size(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)
