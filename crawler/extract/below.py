"""Captions that stand as paragraphs below their picture, told from the text by style, name or label."""

import re
from collections.abc import Sequence

from crawler.extract import credits
from crawler.extract.blocks import Block
from crawler.extract.pictures import NONE, Caption, Picture, Surroundings, assemble, is_byline
from crawler.extract.units import Run, is_noise, says_caption
from crawler.text import squash

_ENDED = re.compile(r"[.!?…。！？]['\"”»)]*$")
LONGEST_STYLED = 400
"""Characters of a caption that only its style (italic, centred) tells from the text."""
LEAD = 180
"""Characters from which a sentence below a picture that is not centred is a lead and no caption."""


def following(picture: Picture, around: Surroundings) -> Caption:
    """The italic, centred or caption-classed paragraphs behind the picture, or behind the pictures after it."""
    captioned: list[Block] = []
    for block in around.context.blocks[picture.behind :]:
        after = around.by_block.get(block.index)
        if after is not None:
            return _shared(picture, after, around) if not captioned else _end(captioned)
        if block.image is not None or is_noise(block.text):
            continue
        if not _continues(captioned, block, picture, around):
            break
        captioned.append(block)
    return _end(captioned)


def _continues(captioned: Sequence[Block], block: Block, picture: Picture, around: Surroundings) -> bool:
    """True when a block behind a picture is its caption, or goes on with it."""
    if not _may_be_caption(block, picture, around):
        return False
    if not captioned or credits.is_credit(block.text):
        return True
    before = captioned[-1]
    alike = (before.italic, before.align, before.bold) == (block.italic, block.align, block.bold)
    return alike and len(captioned) < 2 and _is_styled(block, around) and not _ENDED.search(before.text)


def _may_be_caption(block: Block, picture: Picture, around: Surroundings) -> bool:
    if block.index in around.taken or block.level or len(block.text) > LONGEST_STYLED or block.links > 0.5:
        return False
    if is_byline(block.text) or block.align == "right" or _is_lead(block):
        return False
    if not around.in_text(picture):  # what follows is headline and lead
        return says_caption(block.own)
    same = block.text == squash(picture.image.get("alt"))
    return same or _is_styled(block, around) or credits.is_labelled(block.text)


def _is_lead(block: Block) -> bool:
    return block.align != "center" and len(block.text) > LEAD and bool(_ENDED.search(block.text))


def _shared(picture: Picture, after: Picture, around: Surroundings) -> Caption:
    """The caption of the next picture where that stands directly behind this one, alike, and has its caption below."""
    caption = around.found.get(after.image, NONE)
    one, other = picture.block, after.block
    alike = one is not None and other is not None and (one.name, one.align) == (other.name, other.align)
    return caption if alike and caption.blocks and min(caption.blocks) > after.at else NONE


def _end(blocks: Sequence[Block]) -> Caption:
    if not blocks:
        return NONE
    caption = assemble((Run(text=b.text, role="", behind=True, linked=False, boxed=False) for b in blocks), ())
    return Caption(text=caption.text, credit=caption.credit, blocks=frozenset(b.index for b in blocks))


def _is_styled(block: Block, around: Surroundings) -> bool:
    centred = block.align == "center" and not around.centred
    return block.italic or centred or says_caption(block.own) or block.tag.find(".//small") is not None
