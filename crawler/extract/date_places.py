"""Where the dates of a page stand: before, between and behind headline and text, found in one pass over its tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

from lxml.html import HtmlElement

from crawler.extract.blocks import Place
from crawler.extract.date_words import HAN
from crawler.extract.readers import Context
from crawler.extract.words import table
from crawler.text import size, squash

_DATED = re.compile(
    r"(?<!\d)\d{4}(?!\d)|\d\s?[./／．－-]\s?\d\d?\s?[./／．－-]\s?['’]?\d\d|[\d元]\s?[年년]"
    rf"|[{HAN}十]年[{HAN}十]{{1,2}}月|(?:[RHSＲＨＳ]|[令平昭][和成])\s?\d\d?[./．／]\d"
    r"|\d\s?[\u0e00-\u0eff.]{3,20}\s?[4-7]\d(?!\d)"
)
_DIGIT = re.compile(r"[\d年]")
"""What every date has: a quick look."""
_ISO = re.compile(r"\s*(?:19|20)\d\d-\d\d-\d\d")
_TITLE = re.compile(
    r"(?:\d\d?[:h]\d\d(?::\d\d)?\W{1,3})?"
    r"(?:\d{4}-\d\d-\d\d|\d\d?([./-])\d\d?\1\d{4}|\d\d?\.? (?:de )?[^\W\d_]{3,12}\.? (?:de )?\d{4})"
    r"(?:[T\s,|-]{1,3}\d\d?[:h]\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|[+-]\d\d:?\d\d|[AP]M)?)?"
)
"""A tooltip that is nothing but a date: what stands behind ``2 hours ago``."""

_MACHINE = table("dates")["machine"]["time"]

LINE = 300
"""Characters of a line in which dates are looked for; what is longer is text."""
RELATIVE = 80
"""Characters of a line that tells a day by that of the capture, blanks of the markup included."""
ABOVE = 120
BEHIND = 120
"""Elements before the headline and behind the text that still belong to the article."""
NEAR = 15
"""Elements before the headline that stand right above it."""
PREFIX = 16
"""Characters by which headline and paragraphs are recognised."""
PARAGRAPH = 80
"""Characters that make a paragraph of the text."""


class Zone(IntEnum):
    """Where a date stands, the best place first."""

    BETWEEN = 0
    ABOVE = 1
    BEHIND = 2
    INSIDE = 3
    ELSEWHERE = 4


@dataclass(frozen=True, slots=True)
class Marks:
    """Document-order indexes of headline, first and last paragraph of the text; ``shell``: the elements around them."""

    headline: int | None
    start: int | None
    end: int | None
    shell: frozenset[HtmlElement] = frozenset()

    def zone(self, index: int) -> Zone:
        """The place of an element by its index."""
        if self.start is not None and self.end is not None and self.start <= index <= self.end:
            return Zone.INSIDE
        if self.headline is not None and index < self.headline:
            return Zone.ABOVE if index > self.headline - ABOVE else Zone.ELSEWHERE
        if self.start is not None and index < self.start:
            return Zone.BETWEEN if self.headline is not None or index > self.start - ABOVE else Zone.ELSEWHERE
        if self.end is not None:
            return Zone.BEHIND if index < self.end + BEHIND else Zone.ELSEWHERE
        return Zone.BETWEEN if self.headline is not None and index < self.headline + ABOVE else Zone.ELSEWHERE

    def is_right_above(self, index: int) -> bool:
        """True for the last few elements before the headline."""
        return self.headline is not None and 0 < self.headline - index <= NEAR


def machine_value(element: HtmlElement) -> str | None:
    """The time that an element has for machines beside what it prints: ``<time datetime>``, RDFa, microdata, hAtom."""
    if element.tag == "time":
        return next((value for name in _MACHINE if (value := element.get(name))), None)
    value = element.get("content")
    if value and element.tag != "meta" and _ISO.match(value):
        return value
    title = element.get("title")
    return title if title and title[0].isdigit() and _TITLE.fullmatch(title) else None


@dataclass(frozen=True, slots=True)
class Survey:
    """The elements that hold a date in their own text, those that tell a day by that of the capture, and the marks."""

    dated: list[tuple[int, HtmlElement]]
    relative: list[tuple[int, HtmlElement]]
    marks: Marks


def survey(context: Context, relative: re.Pattern[str] | None) -> Survey:
    """Where dates, headline and text stand, in one pass; ``relative``: what tells a day by that of the capture."""
    paragraphs = _beginnings(context)
    headline = (squash(context.found.get("headline")) or "\0")[:PREFIX]
    hits: list[tuple[int, HtmlElement]] = []
    told: list[tuple[int, HtmlElement]] = []
    heads: list[tuple[int, int, HtmlElement]] = []
    text: list[tuple[int, HtmlElement]] = []
    body = context.page.tree.find("body")
    for index, element in enumerate(body.iter() if body is not None else ()):
        for own, holder in _texts(element):
            begin = squash(own.lstrip()[: 2 * PREFIX])[:PREFIX]
            if begin == headline:
                heads.append((0 if element.tag == "h1" else 1, index, element))
            elif begin in paragraphs and _begins(own, str(element.tag), paragraphs[begin]):
                text.append((index, element))
            if _DIGIT.search(own, 0, LINE) and _DATED.search(own[:LINE]):
                hits.append((index, holder))
            elif relative and len(own) < RELATIVE and relative.search(own):
                told.append((index, holder))
        if element.tag == "time" or machine_value(element):
            hits.append((index, element))
        elif element.tag == "h1":
            heads.append((2, index, element))
    marks = _marks(heads, [hit for hit in text if any(e is context.core for e in _upwards(hit[1]))])
    return Survey(hits, told, marks)


def _texts(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """The text in front of an element's first child and the text behind the element, each with what prints it."""
    for own, holder in ((element.text, element), (element.tail, element.getparent())):
        if own and not own.isspace() and holder is not None:
            yield own, holder


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    return chain((element,), element.iterancestors())


def _marks(heads: list[tuple[int, int, HtmlElement]], text: list[tuple[int, HtmlElement]]) -> Marks:
    """The headline is the surest one before the text, of equally sure ones the last; the text begins behind it."""
    start = text[0][0] if text else None
    sure = [head for head in heads if head[0] < 2 and any(index >= head[1] for index, _ in text)]
    before = sure or [head for head in heads if start is None or head[1] <= start]
    head = min(before or heads, default=None, key=lambda h: (h[0], -h[1]))
    after = [(index, element) for index, element in text if head is None or index >= head[1]] or text
    anchors = [*([head[2]] if head else []), *(element for _, element in after[:1])]
    shell = frozenset(around for anchor in anchors for around in anchor.iterancestors())
    start, end = (after[0][0], after[-1][0]) if after else (None, None)
    return Marks(head[1] if head else None, start, end, shell)


def _beginnings(context: Context) -> dict[str, str]:
    """The long paragraphs of the text by their first characters."""
    core = (b.text for b in context.blocks if b.place is Place.CORE and not b.level)
    return {text[:PREFIX]: text for text in core if size(text) >= PARAGRAPH}


def _begins(own: str, tag: str, paragraph: str) -> bool:
    """True for the first words of a paragraph; a short text that is also an entry of a menu is none."""
    begin = squash(own[:LINE])
    return paragraph.startswith(begin[:40]) and (len(begin) >= 30 or tag not in ("a", "li", "span"))
