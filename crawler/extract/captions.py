"""Captions: the text that a page prints at a picture, whatever its markup, and the credit in it.

The ways of ``WAYS`` are tried in order: the unit around the picture (``<figure>``, a CMS's caption box, any element
that holds one picture and a few words), the cell below it in a table, the paragraphs that follow, its attributes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.extract import credits
from crawler.extract.below import following
from crawler.extract.blocks import Place
from crawler.extract.pictures import NONE, Caption, Picture, Surroundings, assemble, is_byline
from crawler.extract.readers import Context
from crawler.extract.units import Run, is_box, is_figure, runs, units
from crawler.extract.words import table
from crawler.text import squash

_TABLE = table("images")
_NOTHING = frozenset(_TABLE["alt"]["nothing"])
_FILE_NAME = re.compile(_TABLE["alt"]["file_name"], re.I)
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST_PLAIN = 300
"""Characters of a caption that only its place in the unit tells from the text."""
LONGEST_BOXED = 160
"""The same where no figure, table, credit or name says that the unit is a picture's."""
LAST_LINES = 3
"""Lines at the end of the text among which one may give the credit of all pictures."""
LINK = 20
"""Characters of a link beside a picture that make the two a card for another article."""
NEAR = 12
"""Blocks before or behind a picture in which the text of its unit is looked for."""


def captions(context: Context, pictures: Sequence[Picture]) -> Mapping[HtmlElement, Caption]:
    """The caption of each picture by its element; pictures without one are left out."""
    around = Surroundings(context, pictures)
    for way in WAYS:
        for picture in reversed(pictures):
            if picture.image in around.found or (picture.away and way is not in_unit):
                continue
            if caption := way(picture, around):
                around.keep(picture, caption)
    told = {picture.image: _with_credit(picture, around.found.get(picture.image, NONE)) for picture in pictures}
    return _with_common_credit(told, around)


def _with_credit(picture: Picture, caption: Caption) -> Caption:
    """The caption with the credit that only the title or the alternative text names."""
    if caption.credit or (picture.away and not caption):
        return caption
    texts = (squash(picture.image.get(name)) for name in ("title", "alt"))
    credit = next((credit for text in texts if (credit := credits.split(text, printed=False)[1])), None)
    return replace(caption, credit=credit)


def _with_common_credit(told: Mapping[HtmlElement, Caption], around: Surroundings) -> Mapping[HtmlElement, Caption]:
    """The captions, those without a credit with the one that a line at the end gives to all: ``Fotos: Jo Doe``."""
    last = [b for b in around.context.blocks if b.text and b.place is Place.CORE][-LAST_LINES:]
    line = next((b for b in last if b.index not in around.taken and credits.is_common(b.text)), None)
    if line is None:
        return told
    credit = credits.split(line.text)[1]
    return {
        image: caption if caption.credit else replace(caption, credit=credit, blocks=caption.blocks | {line.index})
        for image, caption in told.items()
    }


def in_unit(picture: Picture, around: Surroundings) -> Caption:
    """The words in the smallest element that holds the picture, some words, and nothing else of the article."""
    for unit in units(picture.image, around.elements, around.context.core, around.longest_unit):
        printed = [r for r in runs(unit, picture.image, picture.teaser) if not (picture.teaser and r.linked)]
        in_text = around.in_text(picture)
        box = is_box(unit) if in_text else is_figure(unit)
        caption = _read_unit(printed, box, in_text)
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
    return _claiming(assemble(printed, ()), printed, picture, around)


def in_attributes(picture: Picture, around: Surroundings) -> Caption:
    """What the attributes made for captions say; the title and the alternative text where they read as a caption."""
    for value, made_for_it in _attributes(picture.image):
        text = squash(re.sub(r"<[^>]+>", " ", value or ""))
        if text and not _names_nothing(text) and (made_for_it or _reads_as_caption(text, around.context)):
            caption, credit = credits.split(text, printed=False)
            printed = around.context.printed(text)
            short = (b for b in around.context.blocks if b.index in printed and len(b.text) <= LONGEST_BOXED)
            lines = frozenset(b.index for b in short if not b.level)
            return Caption(text=caption, credit=credit, blocks=lines)
    return NONE


Way = Callable[[Picture, Surroundings], Caption]
WAYS: tuple[Way, ...] = (in_unit, in_table, following, in_attributes)
"""How a caption is looked for, the surest way first."""


def _read_unit(printed: Sequence[Run], box: bool, in_text: bool) -> Caption:
    named = [run for run in printed if run.role == "caption" and not is_byline(run.text)]
    named = [run for run in named if not run.linked] or named
    credited = [run for run in printed if run.role == "credit" and not _is_prose(run.text)]
    named += [run for run in printed if run.role == "credit" and _is_prose(run.text)]
    return assemble(named or _plain(printed, box or bool(credited), in_text), credited, signed=True)


def _plain(printed: Sequence[Run], told: bool, in_text: bool) -> Sequence[Run]:
    """The runs behind the picture that nothing names as its caption; none in a card that links to another article."""
    runs = [run for run in printed if not run.role and run.behind and not is_byline(run.text)]
    if any(run.linked and len(run.text) >= LINK for run in printed) or sum(len(r.text) for r in runs) > LONGEST_PLAIN:
        return ()
    short = sum(len(run.text) for run in runs) <= LONGEST_BOXED
    told = told or (short and any(credits.is_credit(run.text) for run in runs))
    in_text = in_text and short
    return [r for r in runs if not r.linked and (told or (r.boxed and in_text) or credits.is_labelled(r.text))]


def _is_prose(text: str) -> bool:
    """True for a text of many words that no label and no agency makes a credit."""
    return text.count(" ") > 7 and not credits.is_labelled(text) and not credits.names_agency(text)


def _claiming(caption: Caption, printed: Iterable[Run], picture: Picture, around: Surroundings) -> Caption:
    """The caption with the blocks near the picture that print what its unit prints."""
    texts = " ".join(run.text for run in printed)
    near = around.context.blocks[max(0, picture.at - NEAR) : picture.at + NEAR]
    free = (b for b in near if b.text and not b.level and b.index not in around.taken)
    blocks = frozenset(b.index for b in free if b.text in texts)
    return Caption(text=caption.text, credit=caption.credit, blocks=blocks)


def _attributes(image: HtmlElement) -> Iterator[tuple[str | None, bool]]:
    """The values of attributes that may hold a caption, best first, and whether they are made to hold one."""
    link = next(image.iterancestors("a"), None)
    figure = next(image.iterancestors("figure"), None)
    for element in (e for e in (image, link, figure) if e is not None):
        yield from ((element.get(name), True) for name in _TABLE["captions"]["attributes"])
    if figure is None and next(image.iterancestors("picture"), None) is None and not image.get("srcset"):
        yield link.get("title") if link is not None else None, False
        yield image.get("title"), False
        yield image.get("alt"), False


def _names_nothing(text: str) -> bool:
    """True for file names and words that name only the kind of thing."""
    return text.casefold().strip(" .:…") in _NOTHING or _FILE_NAME.search(text) is not None


def _reads_as_caption(text: str, context: Context) -> bool:
    """False for single words, and for the headline or site name that a CMS puts there by itself."""
    if text.casefold().strip(" .:…") in str(context.found.get("headline") or "").casefold():
        return False
    if _WIDE.search(text):
        return len(text) >= 6
    keywords = text.count(",") > 3 and text.count(" ") < 2 * text.count(",")
    return text.count(" ") >= 2 and not text[0].islower() and not keywords and text != context.portal.name
