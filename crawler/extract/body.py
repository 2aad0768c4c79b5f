"""The body: the paragraphs, sub-headings, lists and tables of the core that no other field claimed."""

from collections.abc import Callable, Mapping
from functools import reduce
from itertools import zip_longest

from crawler.extract.blocks import Block, Place
from crawler.extract.prose import (
    LINKED,
    counts_comments,
    ended,
    ends_text,
    is_caption,
    is_full_of_links,
    is_notice,
    is_prose,
    is_related,
    is_text_place,
)
from crawler.extract.readers import Context, Reader, Reading
from crawler.extract.teasers import without_teasers
from crawler.extract.whole_text import is_cut, is_paid_for, paragraphs_for_machines
from crawler.extract.words import table

MOST = 0.4
"""The part of the text that must stand above a line for that line to end it."""
HALF = 0.5
"""A printed text that has this share of the one for machines, or less, is only its beginning."""
BEGINNING = 800
"""Characters of a text that ends in dots up to which it is a beginning, and no text that trails off."""
ENOUGH = 0.2
"""The text begins below the headline only where so much of it stands there."""
HEADLINE = 20
"""A headline has so many characters at least where a heading may print it with a kicker."""
BEGINS = 60
PORTRAIT = 2
"""So many blocks at the end may portray an author; his name stands among the first so many characters."""
_PORTRAITS = tuple(table("body")["portraits"])

Step = Callable[[list[Block]], list[Block]]


def text_in_linked_data(context: Context) -> Reading | None:
    """The text that JSON-LD carries, where the page prints half of it at most."""
    told = paragraphs_for_machines(context.page)
    printed = _printed(context) if told else None
    if not told or _size(printed) > HALF * sum(map(len, told)):
        return None
    lead = str(context.found.get("lead") or "")
    return Reading(value=told[1:] if told[0] == lead else told, blocks=printed.blocks if printed else frozenset())


def paid_text(context: Context) -> Reading | None:
    """The printed text of a page that says it is not free to read: perhaps the beginning only."""
    return _printed(context) if is_paid_for(context.page) else None


def cut_text(context: Context) -> Reading | None:
    """A short printed text that ends in dots: the rest stands on another page."""
    printed = _printed(context)
    return printed if printed and _size(printed) <= BEGINNING and is_cut(printed.value[-1]) else None


def remaining_text(context: Context) -> Reading | None:
    """What is left of the core once the other fields took their blocks and the lines around the text are gone."""
    return _printed(context)


def _size(text: Reading | None) -> int:
    return sum(map(len, text.value)) if text else 0


def _printed(context: Context) -> Reading | None:
    """The printed text, worked out once for all readers."""
    if "body" not in context.memo:
        context.memo["body"] = _text_of(context)
    found: Reading | None = context.memo["body"]
    return found


def _text_of(context: Context) -> Reading | None:
    lead = context.printed(context.found.get("lead"))
    free = [b for b in context.blocks if b.index not in context.claimed or b.index in lead]
    below = _without_headline(_below_headline(free, context), context)
    texts = reduce(lambda blocks, step: step(blocks), STEPS, below)
    kept = _without_portrait(_without_lead(texts, lead), context)
    if not kept:
        return None
    return Reading(
        value=tuple(block.text for block in kept),
        blocks=frozenset(block.index for block in kept),
        at=tuple(block.index for block in kept),
    )


def _texts(blocks: list[Block]) -> list[Block]:
    """Text in its place, without captions and what is named as apart from the text, unless all of it is."""
    placed = [b for b in blocks if b.text and is_text_place(b)]
    texts = [b for b in placed if not is_caption(b)]
    return texts if any(map(is_prose, texts)) else placed


def _without_headline(blocks: list[Block], context: Context) -> list[Block]:
    """Without the headline, and without the headings above the text that print it with a kicker or stand above it.

    Those above it name the section: "News Flash".
    """
    headline = str(context.found.get("headline") or "").casefold()
    first = next((b.index for b in blocks if is_prose(b)), 0)
    printed = max((b.index for b in context.blocks[:first] if b.text.casefold() == headline), default=-1)
    others = [b for b in blocks if b.level != 1 and b.text.casefold() != headline]
    return [b for b in others if b.index >= first or not (_prints(b, headline) or (b.level and b.index < printed))]


def _below_headline(blocks: list[Block], context: Context) -> list[Block]:
    """What stands below the h1 that prints the headline; all of it where that is little."""
    headline = str(context.found.get("headline") or "").casefold()
    at = next((b.index for b in context.blocks if b.level == 1 and b.text.casefold() == headline), -1)
    below = [b for b in blocks if b.index > at]
    return below if len(below) == len(blocks) or _prose(below) > ENOUGH * _prose(blocks) else blocks


def _prose(blocks: list[Block]) -> int:
    return sum(len(b.text) for b in blocks if is_prose(b))


def _prints(block: Block, headline: str) -> bool:
    """True for a heading that prints the headline with a kicker, and little else."""
    least = max(HEADLINE, len(block.text) // 2)
    return block.level > 1 and len(headline) >= least and headline in block.text.casefold()


def _without_lead(blocks: list[Block], lead: frozenset[int]) -> list[Block]:
    """What follows the lead: from the next running text on, with the sentences right beside the lead before it."""
    beside = {b.tag.getparent() for b in blocks if b.index in lead}
    rest = [b for b in blocks if b.index not in lead]
    text = _from_first_paragraph(rest)
    between = rest[: len(rest) - len(text)]
    return [b for b in between if ended(b.text) and b.tag.getparent() in beside] + text


def _without_notices(blocks: list[Block]) -> list[Block]:
    return [
        block
        for block, below in zip_longest(blocks, blocks[1:])
        if not is_notice(block) and (block.links < LINKED or is_full_of_links(block) or _heads(block, below))
    ]


def _heads(block: Block, below: Block | None) -> bool:
    """True for a linked heading of the text: a paragraph stands right below; one by itself leads to another article."""
    return block.level > 1 and below is not None and is_prose(below) and below.tag.getparent() is block.tag.getparent()


def _up_to_the_end(blocks: list[Block]) -> list[Block]:
    """Without what follows the line that announces comments or the author, when most of the text stands above it."""
    total = sum(len(b.text) for b in blocks)
    above = 0
    for n, block in enumerate(blocks):
        if (ends_text(block) and MOST * total < above) or (counts_comments(block) and any(map(is_prose, blocks[:n]))):
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
    """From the first running text on, with the list that it stands in and the sub-heading right above it."""
    first = next((n for n, b in enumerate(blocks) if is_prose(b)), 0)
    first = _start_of_list(blocks, first)
    if first and blocks[first - 1].level and blocks[first - 1].place is Place.CORE:
        first -= 1
    return blocks[first:]


def _start_of_list(blocks: list[Block], at: int) -> int:
    """The index of the first entry of the list that a block stands in, or of the line that announces it."""
    around = blocks[at].nearest("ol", "ul") if blocks else None
    while around is not None and at and blocks[at - 1].nearest("ol", "ul") is around:
        at -= 1
    return at - 1 if at and blocks[at - 1].name == "p" and blocks[at - 1].text.endswith((":", "：")) else at


def _to_last_paragraph(blocks: list[Block]) -> list[Block]:
    """Up to the last running text, list item or table cell; headings and labels without text below them go."""
    last = next((n for n in range(len(blocks), 0, -1) if _ends_well(blocks[n - 1])), len(blocks))
    return blocks[:last]


def _ends_well(block: Block) -> bool:
    return is_prose(block) or is_full_of_links(block) or block.inside("li", "td", "dd", "blockquote", "pre")


def _without_portrait(blocks: list[Block], context: Context) -> list[Block]:
    """Without the last lines that begin with an author's name and a verb: they tell who it is."""
    names = [name.casefold() for name in context.found.get("authors") or () if " " in name]
    said = [name + verb for name in names for verb in _PORTRAITS]
    last = blocks[-PORTRAIT:] if len(blocks) > PORTRAIT else []
    first = next((n for n, b in enumerate(last) if any(one in b.text[:BEGINS].casefold() for one in said)), None)
    return blocks if first is None else _to_last_paragraph(blocks[: first - len(last)])


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
    without_teasers,
    _without_related,
    _without_notices,
    _from_first_paragraph,
    _to_last_paragraph,
    _once,
)

READERS: Mapping[str, tuple[Reader, ...]] = {
    "body": (text_in_linked_data, paid_text, cut_text, remaining_text),
}
"""The origin says what the text is: told to machines only, paid for, cut, or simply what the page prints."""
