"""Names that stand beside a date, in its line or the next one, between headline and text."""

import re
from collections.abc import Sequence
from itertools import takewhile

from crawler.extract.blocks import Block, Place
from crawler.extract.byline_labels import opens_like_byline
from crawler.extract.date_patterns import scan
from crawler.extract.name_lists import PREPOSITION
from crawler.extract.persons import Credits, credits_in, is_whole
from crawler.extract.readers import Context
from crawler.extract.signature import APART, SIGNATURE, Byline, short_lines
from crawler.extract.words import table

_SIGNS = " |,-–—·•."
_DASH = re.compile(r"\s*\s[-–—]\s\s*")
_DATED = re.compile(
    "|".join(map(re.escape, sorted(table("dates")["labels"]["published"], key=len, reverse=True))), re.I
)
"""What is printed before a date."""
_BAR = re.compile(r"\s*[|·•]\s*")


def beside_date(context: Context) -> Byline | None:
    """The name in the line between headline and text that also prints the date."""
    for block in short_lines(context):
        if block.place is Place.CORE and len(block.text) > SIGNATURE:
            return None
        date = next(scan(block.text), None) if len(block.text) <= 2 * SIGNATURE else None
        if date and "©" not in block.text:
            if credits := _opened_beside(block.text[: date.start], block.text[date.end :]):
                return Byline(line=block.text, credits=credits, blocks=frozenset((block.index,)))
            rest = f"{block.text[: date.start]}|{block.text[date.end :]}".strip(_SIGNS)
            credits = _named_beside(_BAR.split(rest))
            if len(credits.authors) and (credits.labelled or is_whole(rest, credits)):
                return Byline(line=block.text, credits=credits, blocks=frozenset((block.index,)))
    return None


def _opened_beside(before: str, behind: str) -> Credits | None:
    """Whom the text behind or before a date credits that opens like a byline: ``Posted on May 3 by Jo Doe``."""
    for text in (behind.strip(_SIGNS), PREPOSITION.sub("", before.strip(_SIGNS))):
        if opens_like_byline(text):
            credits = credits_in(_BAR.split(text)[0])
            return credits if (credits.authors or credits.unit) and is_whole(text, credits) else None
    return None


def _named_beside(parts: Sequence[str]) -> Credits:
    """Whom the parts of a line beside its date credit: the first part, and before it one that opens like a byline."""
    pieces = (piece for part in parts for piece in _DASH.split(part) if not _counts(piece))
    opened = (credits for piece in pieces if (credits := credits_in(piece)).labelled and credits.authors)
    first = next((part for part in parts if not _counts(part) and not _DATED.fullmatch(part)), "")
    return next(opened, credits_in(first))


def _counts(part: str) -> bool:
    return any(map(str.isdigit, part))


def near_date(context: Context) -> Byline | None:
    """The line of names alone that stands beside the line of the date, between headline and text."""
    printed = (block for block in context.blocks if block.text)
    lines = list(takewhile(lambda b: b.place is Place.HEAD or len(b.text) <= SIGNATURE, printed))
    known = context.printed(context.found.get("headline"), context.found.get("section"))
    dated = {n for n, b in enumerate(lines) if len(b.text) <= 2 * SIGNATURE and next(scan(b.text), None)}
    for at, block in enumerate(lines):
        names = _alone(block) if at not in dated and not dated.isdisjoint((at - 1, at + 1)) else None
        if names and block.index not in known:
            return Byline(line=block.text, credits=names, blocks=frozenset((block.index,)))
    return None


def _alone(block: Block) -> Credits | None:
    """Whom a short line credits that holds nothing but names of two words or more."""
    if len(block.text) > SIGNATURE or block.level or block.links or block.inside("figcaption", "nav"):
        return None
    credits = credits_in(block.text)
    said = sum(map(len, (*credits.authors, credits.unit or "")))
    return credits if credits.authors and len(block.text) - said <= APART / 2 else None
