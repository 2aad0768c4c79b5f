"""Bylines of initials: ``(nb)``, ``– mse``, ``(hk/dpa)``, ``N.T.H.`` below the text or beside a date."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from crawler.extract.blocks import Block, Place
from crawler.extract.date_patterns import scan
from crawler.extract.name_kinds import is_organisation, is_role
from crawler.extract.persons import Credits
from crawler.extract.prose import is_prose
from crawler.extract.readers import NOTHING, Context
from crawler.extract.signature import Byline
from crawler.extract.words import table

SHORT = 24
"""Characters of a line that may be nothing but initials."""
ABOVE = 70
"""Characters of a line above the text that prints initials and the date."""

_AGENCIES = frozenset(table("bylines")["initials"]["agencies"])
_NOBODY = frozenset(table("bylines")["initials"]["nobody"])
_SMALL = r"[a-zäöüéčšž]{2,4}"
_DOTTED = r"(?:[^\W\d_a-zß-öø-ÿ]\.\s?){1,3}[^\W\d_a-zß-öø-ÿ](?!\w)\.?"
_CAPITALS = "[A-ZĐÄÖÜ]{2,3}"
_LIST = rf"{_SMALL}(?:\s?[/,]\s?{_SMALL}){{0,3}}"
_LINE = re.compile(
    rf"(?P<sign>[-–—(/][\s(]*)?(?:(?P<small>{_LIST})|(?P<dotted>{_DOTTED})|(?P<capitals>{_CAPITALS}))[)\s]*"
)
"""A line that is nothing but initials; small letters without a sign before them may be any word."""
_CLOSING = re.compile(
    rf"[.!?…][\"'”“»«’)]*\s*(?:\(\s*(?P<boxed>{_LIST}|{_DOTTED}|{_CAPITALS})\s*\)|\s[-–—/]\s?(?P<dashed>{_LIST}))$"
)
"""The end of a paragraph whose last sentence is followed by initials."""
_SIGNS = " |,-–—·•"
"""Signs between initials and a date."""


def below_text(context: Context) -> Byline | None:
    """The initials at the end of the last paragraph or in the short line below it."""
    lines = _end_of_text(context.blocks)
    prose = next((n for n in range(len(lines) - 1, -1, -1) if is_prose(lines[n])), None)
    if prose is None:
        return None
    if byline := _closing(lines[prose]):
        return byline
    return next((byline for block in lines[prose + 1 : prose + 3] if (byline := _alone(block))), None)


def at_the_date(context: Context) -> Byline | None:
    """The initials with dots that stand beside the date above the text."""
    for block in takewhile(lambda b: not is_prose(b), (b for b in context.blocks if b.text)):
        date = next(scan(block.text), None) if len(block.text) <= ABOVE else None
        if date is None:
            continue
        beside = (text.strip(_SIGNS) for text in (block.text[: date.start], block.text[date.end :]))
        if byline := next((_byline(text, NOTHING) for text in beside if re.fullmatch(_DOTTED, text)), None):
            return byline
    return None


def _end_of_text(blocks: Iterable[Block]) -> Sequence[Block]:
    """The blocks of the text and the short ones right behind it."""
    printed = [b for b in blocks if b.text and b.place is not Place.HEAD]
    core = [b for b in printed if b.place is Place.CORE]
    tail = (b for b in printed if b.place is Place.TAIL)
    return [*core, *takewhile(lambda b: len(b.text) <= SHORT and not b.level, tail)]


def _closing(block: Block) -> Byline | None:
    """The initials behind the last sentence of a paragraph, or in its last line."""
    found = _CLOSING.search(block.text)
    text = found["boxed"] or found["dashed"] if found else _initials(block.lines[-1], styled=False)
    return _byline(text, NOTHING) if text else None


def _alone(block: Block) -> Byline | None:
    if len(block.text) > SHORT or block.level or block.links or block.inside("table", "li", "figcaption"):
        return None
    text = _initials(block.text, styled=block.italic or block.bold or block.align == "right")
    return _byline(text, frozenset((block.index,))) if text else None


def _initials(line: str, *, styled: bool) -> str | None:
    """The initials that a line is made of; small letters only where a sign or the style of the line sets them apart."""
    found = _LINE.fullmatch(line) if len(line) <= SHORT else None
    if found is None or (found["small"] and not (found["sign"] or styled)):
        return None
    return found["small"] or found["dotted"] or found["capitals"]


def _byline(text: str, blocks: frozenset[int]) -> Byline | None:
    """The byline that initials make, agencies apart; None for abbreviations and words."""
    parts = [part.strip() for part in re.split(r"[/,]", text)]
    keys = {part.casefold().strip(". ") for part in parts}
    caseless = any("." in part and not part.isupper() for part in parts)
    if caseless or not _NOBODY.isdisjoint(keys) or any(map(is_role, parts)):
        return None
    twice = len(parts) > len(keys) == 1  # who wrote it and who read it: kna/kna
    agencies = [] if twice else [part for part in parts if part.casefold() in _AGENCIES]
    authors = list(dict.fromkeys(part.rstrip(".") for part in parts if part not in agencies))
    if any(is_organisation(part) for part in authors if part.isupper() and "." not in part):
        return None
    credits = Credits(authors=tuple(authors), unit="/".join(agencies) or None)
    return Byline(line=text if authors else None, credits=credits, blocks=blocks)
