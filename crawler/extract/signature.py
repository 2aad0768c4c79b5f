"""Bylines in print: elements named so, labelled lines, and names signed below the text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from urllib.parse import urlsplit

from crawler.extract.author_elements import elements
from crawler.extract.blocks import Block, Place
from crawler.extract.byline_labels import SPACELESS, TRIM, is_author_label, may_credit, opens_like_byline, without_field
from crawler.extract.name_kinds import is_role
from crawler.extract.persons import ADDRESS, Credits, credits_in, is_whole
from crawler.extract.readers import NOTHING, Context
from crawler.text import size

LINE = 160
"""Characters a line may have to be a byline."""
SIGNATURE = 70
NAME = 40
APART = 12
"""Characters beside names that an unlabelled signature may have."""
OFFICE = 8
"""Words of an organisation that signs by itself below the text."""
TITLED = 3
"""Lines of a signature that may hold a name and what the signer is."""
LAST = 6
"""Blocks from the end of the text among which a signature is looked for."""

_CELLS = frozenset(("td", "th", "dt"))
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SENTENCE_END = re.compile(r"[.!?…。！？\"”»)]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A byline: the ``line`` as printed (None where only machines are told), whom it credits, the blocks of it."""

    credits: Credits
    line: str | None = None
    blocks: frozenset[int] = field(default=NOTHING)


def named(context: Context) -> Byline | None:
    """The lines printed by elements that are called author or byline, and follow each other."""
    found = elements(context)
    if not found:
        return None
    written = [(line, credits) for line, credits in found if not credits.entered]
    found = written if any(credits.authors for _, credits in written) else found
    names = tuple(dict.fromkeys(author for _, credits in found for author in credits.authors))
    lines = dict.fromkeys(line for line, credits in found if credits.authors or (credits.unit and not names))
    whole = min((line for line in lines if all(name in line for name in names)), key=len, default=None)
    outer = [whole] if whole else list(lines)
    blocks = _printing(context, outer)
    unit = next((credits.unit for _, credits in found if credits.unit), None)
    from_others = next((credits.source for _, credits in found if credits.source), None)
    below = _unit_below(context.blocks, blocks[-1]) if blocks and not unit else (unit, None)
    others = [line for line, credits in found if credits.source or credits.unit]
    beside = _printing(context, others)
    return Byline(
        line=", ".join(without_field(line) for line in outer) or None,
        credits=Credits(authors=names, unit=below[0], source=from_others, labelled=True),
        blocks=frozenset(b.index for b in (*blocks, *beside, below[1]) if b),
    )


def labelled(context: Context) -> Byline | None:
    """The first line around the text that opens with the label of a byline, or is it together with the next line.

    One that says who wrote the text before one that says who entered it.
    """
    entered = None
    for byline in _labelled(context):
        if not byline.credits.entered:
            return byline
        entered = entered or byline
    return entered


def _labelled(context: Context) -> Iterator[Byline]:
    core = [b.index for b in context.blocks if b.place is Place.CORE and len(b.text) > LINE]
    for block in short_lines(context):
        if core and core[min(1, len(core) - 1)] < block.index < core[-1]:
            continue
        if below := _labelled_by(context, block):
            credits = credits_in(f"{block.text}: {below.text}", sure=True)
            if credits.authors or credits.unit:
                yield _byline(context, below, credits)
            return
        credits = credits_in(_text(block)) if may_credit(block.text) else Credits()
        if credits.labelled and (credits.authors or credits.unit) and is_whole(block.text, credits):
            yield _with_next(context, _byline(context, block, credits), block)


def _with_next(context: Context, byline: Byline, block: Block) -> Byline:
    """A byline with that of the next line, where both open alike: a reporter to a line."""
    below = _next(context, block)
    if below is None or not (opens_like_byline(block.text) and opens_like_byline(below.text)):
        return byline
    credits = credits_in(_text(below))
    if not credits.authors or not is_whole(below.text, credits):
        return byline
    return Byline(
        line=f"{byline.line}, {below.text}",
        credits=replace(byline.credits, authors=tuple(dict.fromkeys((*byline.credits.authors, *credits.authors)))),
        blocks=byline.blocks | {below.index},
    )


def below_headline(context: Context, stated: Sequence[str]) -> Byline | None:
    """The line right below the headline that credits others than the ``stated``, all with their full names."""
    head = takewhile(lambda b: b.place is Place.HEAD, context.blocks)
    block = next((b for b in head if len(b.text) <= SIGNATURE and opens_like_byline(b.text)), None)
    credits = credits_in(_text(block)) if block else Credits()
    known = {name.casefold() for name in stated}
    other = known.isdisjoint(name.casefold() for name in credits.authors)
    full = all(" " in name for name in credits.authors) and not any(map(SPACELESS.search, stated))
    fits = credits.labelled and credits.authors and other and full
    return _byline(context, block, credits) if block and fits and is_whole(block.text, credits) else None


def _labelled_by(context: Context, block: Block) -> Block | None:
    """The next line, where this one is nothing but the label of an author: ``By``; cells have a reader of their own."""
    if block.name in _CELLS or not is_author_label(block.text):
        return None
    below = _next(context, block)
    return below if below and len(below.text) <= SIGNATURE else None


def _next(context: Context, block: Block) -> Block | None:
    """The block behind this one, if it is text."""
    return next((b for b in context.blocks[block.index + 1 : block.index + 2] if b.text), None)


def signed(context: Context) -> Byline | None:
    """The name that stands by itself below the text or at its right edge, with the organisation that follows it."""
    lines = _end_of_text(context)
    found = [b for at in range(len(lines) - 1, -1, -1) if _may_sign(lines, at) and (b := _signature(lines, at))]
    return next((byline for byline in found if byline.credits.authors), found[0] if found else None)


def _end_of_text(context: Context) -> list[Block]:
    """The lines of the text, and the first few behind it."""
    core = [b for b in context.blocks if b.text and b.place is Place.CORE and not b.level]
    tail = [b for b in context.blocks if b.text and b.place is Place.TAIL][:LAST]
    return core + list(takewhile(lambda b: not b.level and b.links < 0.5 and len(b.text) <= LINE, tail))


def _printing(context: Context, lines: Iterable[str]) -> list[Block]:
    """The blocks that print one of these lines, however its pieces are spaced."""
    wanted = {"".join(line.split()) for line in lines}
    longest = 2 * max(map(len, wanted), default=0)
    return [b for b in context.blocks if 0 < len(b.text) <= longest and "".join(b.text.split()) in wanted]


def source(context: Context) -> Byline | None:
    """The line that says from whom the text was taken over: ``Theo Báo ...``, ``Nguồn: ...``."""
    for block in short_lines(context):
        credits = credits_in(_text(block)) if may_credit(block.text) else Credits()
        if credits.source and len(credits.source) <= SIGNATURE:
            return Byline(credits=credits, blocks=frozenset((block.index,)))
    return _address_below(context)


def _address_below(context: Context) -> Byline | None:
    """The address of another site that stands by itself at the right edge below the text."""
    own = urlsplit(context.page.url).hostname or ""
    found = (b for b in context.blocks if b.align == "right" and b.place is Place.CORE and _ADDRESS.fullmatch(b.text))
    block = next((b for b in found if own not in b.text), None)
    return Byline(credits=Credits(source=block.text), blocks=frozenset((block.index,))) if block else None


def short_lines(context: Context) -> Iterator[Block]:
    """The short lines before, in and behind the text, running text left out."""
    return (b for b in context.blocks if b.text and size(b.text) <= LINE and not b.level and not b.inside("figcaption"))


def _text(block: Block) -> str:
    return "\n".join(block.lines) if len(block.lines) > 1 else block.text


def _byline(context: Context, block: Block, credits: Credits) -> Byline:
    """A labelled line as a byline, with the line of the organisation that follows it."""
    unit, below = (credits.unit, None) if credits.unit else _unit_below(context.blocks, block)
    line = without_field(block.lines[0] if block.lines else block.text)
    claimed = frozenset(b.index for b in (block, below) if b)
    return Byline(line=line or None, credits=replace(credits, unit=unit), blocks=claimed)


def _unit_below(blocks: Sequence[Block], block: Block) -> tuple[str | None, Block | None]:
    """The organisation printed by the next line, and that line."""
    below = next((b for b in blocks[block.index + 1 : block.index + 3] if b.text), None)
    if below is None or len(below.text) > SIGNATURE or below.level:
        return None, None
    credits = credits_in(below.text)
    return (credits.unit, below) if credits.unit and not credits.authors else (None, None)


def _may_sign(core: Sequence[Block], at: int) -> bool:
    """True for a short line at the right edge behind the first paragraph, or among the last of the text."""
    block = core[at]
    if len(block.text) > 2 * SIGNATURE or at == 0 or block.links > 0.5 or block.inside("figcaption", "th"):
        return False
    return block.align == "right" or at >= len(core) - LAST


def _signature(core: Sequence[Block], at: int) -> Byline | None:
    block = core[at]
    line = _without_titles(block)[0]
    right = block.align == "right"
    credits = credits_in(line, sure=right)
    below = _rest(core, at)
    unit = credits.unit or next((found for text in below if (found := _unit_in(text))), None)
    from_others = credits.source or next((c.source for text in below if (c := credits_in(text)).source), None)
    if not _is_signed(core, at, credits, unit):
        return None
    claimed = (block, *(b for b in core[at + 1 :] if b.text in below))
    return Byline(
        line=without_field(line) if credits.authors else None,
        credits=Credits(authors=credits.authors, unit=unit, source=from_others),
        blocks=frozenset(b.index for b in claimed),
    )


def _without_titles(block: Block) -> Sequence[str]:
    """The lines of a signature without those that say no more than what the signer is: ``Town Clerk``."""
    lines = block.lines if 1 < len(block.lines) <= TITLED else ()
    return [line for line in lines if not _is_title(line)] or block.lines or (block.text,)


def _is_title(line: str) -> bool:
    return len(line) <= NAME and any(map(is_role, line.split())) and not credits_in(line).authors


def _beside(line: str, credits: Credits) -> str:
    """What a line says beside those whom it credits, and what they are."""
    for name in (*credits.authors, credits.unit or ""):
        line = line.replace(name, " ", 1)
    return " ".join(word for word in ADDRESS.sub(" ", line).split() if word.strip(TRIM) and not is_role(word))


def _is_signed(core: Sequence[Block], at: int, credits: Credits, unit: str | None) -> bool:
    """True where place and looks make names out of what is written like names."""
    block = core[at]
    lines = _without_titles(block)
    beside = _beside(lines[0], credits)
    if not credits.labelled and len(beside) > APART:
        return False
    whole = len(lines) == 1 and len(lines[0]) <= SIGNATURE and len(beside) <= 6
    last = block.place is Place.CORE and all(b.place is Place.TAIL for b in core[at + 1 :])
    below_text = whole and last and bool(_SENTENCE_END.search(core[at - 1].text))
    if not credits.authors:
        styled = (block.italic or block.bold) and below_text and block.text.count(" ") < OFFICE
        return bool(credits.unit) and (block.align == "right" or styled)
    return block.align == "right" or bool(unit) or (credits.labelled and is_whole(block.text, credits)) or below_text


def _rest(core: Sequence[Block], at: int) -> tuple[str, ...]:
    """The short lines that follow a name: the further lines of its block and those of the next two blocks."""
    own = core[at].lines[1:]
    following = (
        b for b in core[at + 1 : at + 3] if len(b.text) <= SIGNATURE and (b.align == core[at].align or not own)
    )
    return (*own, *(b.text for b in following))


def _unit_in(text: str) -> str | None:
    credits = credits_in(text)
    return credits.unit if credits.unit and not credits.authors else None
