"""Pictures and captions as the readers of captions hand them around, and how a caption is put together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extract import credits
from crawler.extract.blocks import Block, Place
from crawler.extract.readers import Context
from crawler.extract.units import LONGEST, Run
from crawler.extract.words import table

_BYLINE = re.compile(table("images")["captions"]["byline"], re.I)
_BY = re.compile(table("images")["captions"]["by"], re.I)
SIGNATURE = 40
"""Characters of a name that signs a caption."""
SHORTEST_UNIT = 30
"""Characters that a unit may always print, however short the text is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """A picture of the article: its element, the URL of its file, its block (if the region kept it) and its place.

    ``at`` is the index of the block it stands at; the text behind it begins at index ``behind``; ``away`` is true for
    a picture that is a link to another page, ``teaser`` where that page is of the same site: then the words in the
    link are the other page's.
    """

    image: HtmlElement
    url: str
    block: Block | None
    at: int
    behind: int
    away: bool
    teaser: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What is printed at a picture, and the blocks that print it."""

    text: str | None = None
    credit: str | None = None
    blocks: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.text is not None or self.credit is not None


NONE = Caption()


class Surroundings:
    """What the ways of reading know of a page: its pictures, and the captions and blocks found so far."""

    def __init__(self, context: Context, pictures: Sequence[Picture]) -> None:
        self.context = context
        self.elements = {picture.image for picture in pictures}
        self.by_block = {picture.block.index: picture for picture in pictures if picture.block is not None}
        self.found: dict[HtmlElement, Caption] = {}
        self.taken = set(context.claimed)
        self.centred = _mostly_centred(context.blocks)
        text = sum(len(block.text) for block in context.blocks if block.place is Place.CORE)
        self.longest_unit = min(LONGEST, max(text // 2, SHORTEST_UNIT))

    def in_text(self, picture: Picture) -> bool:
        """False for a picture in front of the text and for one that is a link to another page."""
        core = self.context.core
        return not picture.away and (core is None or core in picture.image.iterancestors())

    def keep(self, picture: Picture, caption: Caption) -> None:
        self.found[picture.image] = caption
        self.taken |= caption.blocks


def assemble(named: Iterable[Run], credited: Iterable[Run], signed: bool = False) -> Caption:
    """The caption that runs print: their texts joined, and the credits that elements or words in them name.

    ``signed``: a last run that is nothing but a name is a credit, as it stands in boxes below the caption.
    """
    given = [credit for run in credited if (credit := credits.clean(run.text))]
    pieces = list(dict.fromkeys(run.text for run in named))
    if len(pieces) > 1 and not given and (credits.looks_like_credit(pieces[-1]) or (signed and _signs(pieces))):
        given.append(credits.clean(pieces.pop()) or "")
    text, credit = credits.split(" ".join(pieces))
    if credit and not given:
        given.append(credit)
    return Caption(text=text, credit=" | ".join(dict.fromkeys(filter(None, given))) or None)


def _signs(pieces: Sequence[str]) -> bool:
    return len(pieces[-1]) <= SIGNATURE and credits.is_name(pieces[-1]) and not credits.is_name(pieces[-2])


def is_byline(text: str) -> bool:
    """True for a line that credits the writer: ``Tin, ảnh: Jo Doe``, ``Von Jo Doe``."""
    by = _BY.match(text)
    return _BYLINE.match(text) is not None or (by is not None and credits.is_name(text[by.end() :]))


def _mostly_centred(blocks: Sequence[Block]) -> bool:
    texts = [b for b in blocks if len(b.text) > 100]
    return len(texts) > 1 and 2 * sum(b.align == "center" for b in texts) > len(texts)
