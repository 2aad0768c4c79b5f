"""The lead: the opening paragraph that layouts set apart (sapo, standfirst, Vorspann, chapô)."""

import re
from collections.abc import Mapping
from itertools import islice

from crawler.extract.blocks import Block, Place, hints
from crawler.extract.prose import LINKED, SENTENCE, is_caption, is_notice, is_prose
from crawler.extract.readers import Context, Reader, Reading, selected
from crawler.extract.words import table
from crawler.text import size, squash

_WORDS = frozenset(table("lead")["words"])
_PHRASES = re.compile("|".join(table("lead")["phrases"]))
_SPLIT = re.compile(r"[^a-z0-9]+")
OPENING = 3
"""So many of the core's first text blocks may be the lead."""
LONGEST = 800
BOXES = 3
"""So many elements around a block may be called the lead."""
SAME = 60
"""So many characters in common at the start make two texts the same."""


def named_lead(context: Context) -> Reading | None:
    """The first opening block that a class, id or itemprop calls the lead; all blocks of a box that is called so."""
    opening = _opening(context)
    first = next((b for b in opening if size(b.text) >= SENTENCE and (_is_one(b) or _in_box(b))), None)
    if first is None or _is_one(first):
        return _reading(context, [first]) if first else None
    return _reading(context, [b for b in opening if b.tag.getparent() is first.tag.getparent()])


def _is_one(block: Block) -> bool:
    """True when the block, or an element with nothing else in it, is called the lead."""
    around = islice(block.tag.iterancestors(), BOXES)
    return _is_named(block.own) or any(_is_named(hints(e)) and squash(e.text_content()) == block.text for e in around)


def _in_box(block: Block) -> bool:
    """True when the element right around the block is called the lead and is no longer than one."""
    around = block.tag.getparent()
    return around is not None and _is_named(hints(around)) and len(around.text_content()) < LONGEST


def described_lead(context: Context) -> Reading | None:
    """The opening block that the page also gives as its description."""
    said = [text for name in ("og:description", "description") for text in context.page.meta.get(name, ())]
    starts = {text[:SAME].casefold() for text in said if len(text) >= SENTENCE}
    first = next((b for b in _opening(context) if b.text[:SAME].casefold() in starts), None)
    return _reading(context, [first]) if first else None


def head_lead(context: Context) -> Reading | None:
    """The first running text between the headline and the text."""
    first = next((b for b in _opening(context) if b.place is Place.HEAD and is_prose(b)), None)
    return _reading(context, [first]) if first else None


def emphasised_lead(context: Context) -> Reading | None:
    """The first paragraph of the text where it alone is bold or italic."""
    prose = [b for b in _text(context) if is_prose(b)]
    if len(prose) < 2 or not (prose[0].bold or prose[0].italic):
        return None
    alike = prose[1].bold == prose[0].bold and prose[1].italic == prose[0].italic
    return None if alike else _reading(context, prose[:1])


def lead_above_pictures(context: Context) -> Reading | None:
    """The first paragraph of the text where pictures stand between it and the rest."""
    blocks = [b for b in context.blocks if b.place is Place.CORE]
    free = {b.index for b in _text(context)}
    first = next((n for n, b in enumerate(blocks) if b.image is not None or (b.index in free and is_prose(b))), None)
    if first is None or blocks[first].image is not None or first + 1 >= len(blocks) or blocks[first + 1].image is None:
        return None
    return _reading(context, [blocks[first]])


def _text(context: Context) -> list[Block]:
    return [b for b in context.free if b.text and b.place is Place.CORE and not is_caption(b)]


def _opening(context: Context) -> list[Block]:
    """The free blocks from the headline to the first of the text, that could be the lead."""
    free = [b for b in context.free if b.text and b.level != 1 and b.links < LINKED]
    head = (b for b in free if b.place is Place.HEAD)
    core = (b for b in free if b.place is Place.CORE)
    return [*filter(_is_text, head), *islice(filter(_is_text, core), OPENING)]


def _is_text(block: Block) -> bool:
    return not is_caption(block) and not is_notice(block)


def _is_named(names: str) -> bool:
    return not _WORDS.isdisjoint(_SPLIT.split(names)) or bool(_PHRASES.search(re.sub(r"[-_]", "", names)))


def _reading(context: Context, blocks: list[Block]) -> Reading:
    text = " ".join(block.text for block in blocks)
    return Reading(value=text, blocks=context.printed(text) | {block.index for block in blocks})


READERS: Mapping[str, tuple[Reader, ...]] = {
    "lead": (
        selected("lead"),
        named_lead,
        described_lead,
        head_lead,
        emphasised_lead,
        lead_above_pictures,
    )
}
