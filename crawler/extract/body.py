"""The body: the paragraphs, sub-headings, lists and tables of the core that no other field claimed."""

from collections.abc import Callable, Mapping
from functools import reduce

from crawler.extract.blocks import Block, Place
from crawler.extract.prose import LINKED, ends_text, is_caption, is_notice, is_prose, is_related, is_text_place
from crawler.extract.readers import Context, Reader, Reading

MOST = 0.4
"""The part of the text that must stand above a line for that line to end it."""

Step = Callable[[list[Block]], list[Block]]


def remaining_text(context: Context) -> Reading | None:
    """What is left of the core once the other fields took their blocks and the lines around the text are gone."""
    texts = _without_headline(list(context.free), context)
    kept = reduce(lambda blocks, step: step(blocks), STEPS, texts)
    if not kept:
        return None
    return Reading(
        value=tuple(block.text for block in kept),
        blocks=frozenset(block.index for block in kept),
        at=tuple(block.index for block in kept),
    )


def _texts(blocks: list[Block]) -> list[Block]:
    """Text in its place, without captions and what is named as apart from the text."""
    return [b for b in blocks if b.text and is_text_place(b) and not is_caption(b)]


def _without_headline(blocks: list[Block], context: Context) -> list[Block]:
    said = {str(context.found.get(name) or "").casefold() for name in ("headline", "lead")} - {""}
    return [b for b in blocks if b.level != 1 and b.text.casefold() not in said]


def _without_notices(blocks: list[Block]) -> list[Block]:
    return [b for b in blocks if not is_notice(b) and (b.links < LINKED or _linked_in_text(b))]


def _linked_in_text(block: Block) -> bool:
    return block.level > 1


def _up_to_the_end(blocks: list[Block]) -> list[Block]:
    """Without what follows the line that announces comments or the author, when most of the text stands above it."""
    total = sum(len(b.text) for b in blocks)
    above = 0
    for n, block in enumerate(blocks):
        if ends_text(block) and MOST * total < above:
            return blocks[:n]
        above += len(block.text)
    return blocks


def _without_related(blocks: list[Block]) -> list[Block]:
    """Without the lines that announce other articles, and what stands below each up to the next paragraph."""
    kept: list[Block] = []
    below = False
    for block in blocks:
        below = is_related(block) or (below and not is_prose(block))
        if not below:
            kept.append(block)
    return kept


def _from_first_paragraph(blocks: list[Block]) -> list[Block]:
    """From the first running text on, with the sub-heading right above it."""
    first = next((n for n, b in enumerate(blocks) if is_prose(b)), 0)
    if first and blocks[first - 1].level and blocks[first - 1].place is Place.CORE:
        first -= 1
    return blocks[first:]


def _to_last_paragraph(blocks: list[Block]) -> list[Block]:
    """Up to the last running text, list item or table cell; headings and labels without text below them go."""
    last = next((n for n in range(len(blocks), 0, -1) if _ends_well(blocks[n - 1])), len(blocks))
    return blocks[:last]


def _ends_well(block: Block) -> bool:
    return is_prose(block) or block.inside("li", "td", "dd", "blockquote", "pre")


def _once(blocks: list[Block]) -> list[Block]:
    """Without paragraphs that were printed before: pages carry one for phones and one for screens."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if block.text not in seen or not is_prose(block):
            kept.append(block)
        seen.add(block.text)
    return kept


STEPS: tuple[Step, ...] = (
    _texts,
    _up_to_the_end,
    _without_related,
    _without_notices,
    _from_first_paragraph,
    _to_last_paragraph,
    _once,
)

READERS: Mapping[str, tuple[Reader, ...]] = {"body": (remaining_text,)}
