"""Captions: the text that a page prints at a picture, whatever its markup, and the credit in it.

The ways of ``WAYS`` are tried in order: the unit around the picture (``<figure>``, a CMS's caption box, any element
that holds one picture and a few words), the cell below it in a table, the paragraphs that follow, its attributes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from crawler.extract import credits
from crawler.extract.blocks import Block, Place
from crawler.extract.readers import Context
from crawler.extract.units import LONGEST, Run, is_box, is_noise, runs, says_caption, units
from crawler.extract.words import table
from crawler.text import squash

_TABLE = table("images")
_NOTHING = frozenset(_TABLE["alt"]["nothing"])
_FILE_NAME = re.compile(_TABLE["alt"]["file_name"], re.I)
_BYLINE = re.compile(_TABLE["captions"]["byline"], re.I)
_BY = re.compile(_TABLE["captions"]["by"], re.I)
_ENDED = re.compile(r"[.!?…。！？]['\"”»)]*$")
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST_STYLED = 400
"""Characters of a caption that only its style (italic, centred) tells from the text."""
LONGEST_PLAIN = 300
"""Characters of a caption that only its place in the unit tells from the text."""
LEAD = 180
"""Characters from which a sentence below a picture that is not centred is a lead and no caption."""
NEAR = 12
"""Blocks before or behind a picture in which the text of its unit is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """A picture of the article: its element, the URL of its file, its block (if the region kept it) and its place.

    ``at`` is the index of the block it stands at; the text behind it begins at index ``behind``; ``away`` is true for
    a picture that is a link to another page, which is a teaser unless it has a caption outside that link.
    """

    image: HtmlElement
    url: str
    block: Block | None
    at: int
    behind: int
    away: bool


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
        self.longest_unit = min(LONGEST, max(text // 2, LONGEST_PLAIN // 10))

    def keep(self, picture: Picture, caption: Caption) -> None:
        self.found[picture.image] = caption
        self.taken |= caption.blocks


def captions(context: Context, pictures: Sequence[Picture]) -> Mapping[HtmlElement, Caption]:
    """The caption of each picture by its element; pictures without one are left out."""
    around = Surroundings(context, pictures)
    for way in WAYS:
        for picture in reversed(pictures):
            if picture.image in around.found or (picture.away and way is not in_unit):
                continue
            if caption := way(picture, around):
                around.keep(picture, caption)
    return {picture.image: _with_credit(picture, around.found.get(picture.image, NONE)) for picture in pictures}


def _with_credit(picture: Picture, caption: Caption) -> Caption:
    """The caption with the credit that only the title or the alternative text names."""
    if caption.credit or (picture.away and not caption):
        return caption
    texts = (squash(picture.image.get(name)) for name in ("title", "alt"))
    credit = next((credit for text in texts if (credit := credits.split(text, printed=False)[1])), None)
    return replace(caption, credit=credit)


def in_unit(picture: Picture, around: Surroundings) -> Caption:
    """The words in the smallest element that holds the picture, some words, and nothing else of the article."""
    for unit in units(picture.image, around.elements, around.context.core, around.longest_unit):
        printed = [r for r in runs(unit, picture.image, picture.away) if not (picture.away and r.linked)]
        caption = _read_unit(printed, is_box(unit), _holds(around.context.core, picture.image))
        if caption:
            return _claiming(caption, printed, picture, around)
    return NONE


def in_table(picture: Picture, around: Surroundings) -> Caption:
    """The cell below the picture's cell; one cell below several pictures is the caption of each."""
    cell = next(picture.image.iterancestors("td", "th"), None)
    row = cell.getparent() if cell is not None else None
    below = next(row.itersiblings("tr"), None) if row is not None else None
    if cell is None or row is None or below is None or any(e in around.elements for e in below.iter("img")):
        return NONE
    cells, texts = list(row.iterchildren("td", "th")), list(below.iterchildren("td", "th"))
    target = texts[cells.index(cell)] if len(texts) == len(cells) else below
    printed = [run for run in runs(target, picture.image) if not run.linked]
    if sum(len(run.text) for run in printed) > LONGEST_PLAIN:
        return NONE
    return _claiming(_assemble(printed, ()), printed, picture, around)


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


def in_attributes(picture: Picture, around: Surroundings) -> Caption:
    """What the attributes made for captions say; the title and the alternative text where they read as a caption."""
    for value in _attributes(picture.image):
        text = squash(re.sub(r"<[^>]+>", " ", value or ""))
        if text and _reads_as_caption(text, around.context):
            caption, credit = credits.split(text, printed=False)
            return Caption(text=caption, credit=credit, blocks=around.context.printed(text))
    return NONE


Way = Callable[[Picture, Surroundings], Caption]
WAYS: tuple[Way, ...] = (in_unit, in_table, following, in_attributes)
"""How a caption is looked for, the surest way first."""


def _holds(core: HtmlElement | None, image: HtmlElement) -> bool:
    return core is not None and core in image.iterancestors()


def _read_unit(printed: Sequence[Run], box: bool, in_text: bool) -> Caption:
    named = [run for run in printed if run.role == "caption" and not _is_byline(run.text)]
    credited = [run for run in printed if run.role == "credit" and not _is_prose(run.text)]
    named += [run for run in printed if run.role == "credit" and _is_prose(run.text)]
    plain = [run for run in printed if not run.role and run.behind and not run.linked and not _is_byline(run.text)]
    told = box or bool(credited) or any(credits.is_credit(run.text) for run in plain)
    plain = [run for run in plain if told or (run.boxed and in_text) or credits.is_labelled(run.text)]
    if sum(len(run.text) for run in plain) > LONGEST_PLAIN:
        plain = []
    return _assemble(named or plain, credited)


def _is_prose(text: str) -> bool:
    """True for a text of many words that no label and no agency makes a credit."""
    return text.count(" ") > 7 and not credits.is_labelled(text) and not credits.names_agency(text)


def _is_byline(text: str) -> bool:
    by = _BY.match(text)
    return _BYLINE.match(text) is not None or (by is not None and credits.is_name(text[by.end() :]))


def _claiming(caption: Caption, printed: Iterable[Run], picture: Picture, around: Surroundings) -> Caption:
    """The caption with the blocks near the picture that print what its unit prints."""
    texts = " ".join(run.text for run in printed)
    near = around.context.blocks[max(0, picture.at - NEAR) : picture.at + NEAR]
    blocks = frozenset(b.index for b in near if b.text and b.text in texts and b.index not in around.taken)
    return Caption(text=caption.text, credit=caption.credit, blocks=blocks)


def _assemble(named: Iterable[Run], credited: Iterable[Run]) -> Caption:
    """The caption that runs print: their texts joined, and the credits that elements or words in them name."""
    given = [credit for run in credited if (credit := credits.clean(run.text))]
    pieces = list(dict.fromkeys(run.text for run in named))
    if len(pieces) > 1 and not given and credits.looks_like_credit(pieces[-1]):
        given.append(credits.clean(pieces.pop()) or "")
    text, credit = credits.split(" ".join(pieces))
    if credit and not given:
        given.append(credit)
    return Caption(text=text, credit=" | ".join(dict.fromkeys(filter(None, given))) or None)


def _is_styled(block: Block, around: Surroundings) -> bool:
    centred = block.align == "center" and not around.centred
    return block.italic or centred or says_caption(block.own) or block.tag.find("small") is not None


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
    if _is_byline(block.text) or block.align == "right" or _is_lead(block):
        return False
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
    caption = _assemble((Run(text=b.text, role="", behind=True, linked=False, boxed=False) for b in blocks), ())
    return Caption(text=caption.text, credit=caption.credit, blocks=frozenset(b.index for b in blocks))


def _attributes(image: HtmlElement) -> Iterator[str | None]:
    """The values of attributes that may hold a caption, best first."""
    link = next(image.iterancestors("a"), None)
    figure = next(image.iterancestors("figure"), None)
    for element in (e for e in (image, link, figure) if e is not None):
        yield from (element.get(name) for name in _TABLE["captions"]["attributes"])
    if figure is None and next(image.iterancestors("picture"), None) is None and not image.get("srcset"):
        yield link.get("title") if link is not None else None
        yield image.get("title")
        yield image.get("alt")


def _reads_as_caption(text: str, context: Context) -> bool:
    """False for file names, single words, and the headline or site name that a CMS puts there by itself."""
    headline = str(context.found.get("headline") or "")
    if text.casefold().strip(" .:") in _NOTHING or _FILE_NAME.search(text) or text.casefold() in headline.casefold():
        return False
    if _WIDE.search(text):
        return len(text) >= 6
    return text.count(" ") >= 2 and not text[0].islower() and text != context.portal.name


def _mostly_centred(blocks: Sequence[Block]) -> bool:
    texts = [b for b in blocks if len(b.text) > 100]
    return len(texts) > 1 and 2 * sum(b.align == "center" for b in texts) > len(texts)
