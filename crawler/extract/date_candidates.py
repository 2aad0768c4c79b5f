"""The dates that a page prints around its article, each with its place and what its surroundings say of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from functools import lru_cache, partial
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.extract.blocks import Place
from crawler.extract.date_labels import Claim, claim_before, claim_behind
from crawler.extract.readers import Context
from crawler.extract.timestamps import dates_in, parse_machine
from crawler.extract.words import table
from crawler.extract.zones import Reckoning
from crawler.model import Precision, Timestamp
from crawler.text import squash

_DATED = re.compile(r"(?<!\d)\d{4}(?!\d)|\d\s?[./-]\s?\d\d?\s?[./-]\s?['’]?\d\d|[\d元]\s?[年년]")
_SPLIT = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])")
_INLINE = frozenset(table("tags")["inline"])
_HINTS = {name: frozenset(words) for name, words in table("dates")["hints"].items()}

LINE = 300
"""Characters of a line in which dates are looked for; what is longer is text."""
ABOVE = 120
BEHIND = 120
"""Elements before the headline and behind the text that still belong to the article."""
MOST = 40
FOOT = 4
"""Dates from the end of the page among which the one of the last edit may be."""


class Zone(IntEnum):
    """Where a date stands, the best place first."""

    BETWEEN = 0
    ABOVE = 1
    BEHIND = 2
    INSIDE = 3
    ELSEWHERE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A date of the page; ``beside`` counts what else its line holds; ``machine`` that a ``<time>`` wrote it."""

    stamp: Timestamp
    zone: Zone
    line: str
    claim: Claim | None = None
    hinted: bool = False
    beside: int = 0
    machine: bool = False
    noise: bool = False
    clock: bool = False
    event: bool = False


@dataclass(frozen=True, slots=True)
class _Marks:
    """Document-order indexes of headline, first and last paragraph of the text; ``shell``: the elements around them."""

    headline: int | None
    start: int | None
    end: int | None
    shell: frozenset[HtmlElement] = frozenset()

    def zone(self, index: int) -> Zone:
        if self.start is not None and self.end is not None and self.start <= index <= self.end:
            return Zone.INSIDE
        if self.headline is not None and index < self.headline:
            return Zone.ABOVE if index > self.headline - ABOVE else Zone.ELSEWHERE
        if self.start is not None and index < self.start:
            return Zone.BETWEEN if self.headline is not None or index > self.start - ABOVE else Zone.ELSEWHERE
        if self.end is not None:
            return Zone.BEHIND if index < self.end + BEHIND else Zone.ELSEWHERE
        return Zone.BETWEEN if self.headline is not None and index < self.headline + ABOVE else Zone.ELSEWHERE


def candidates(context: Context, reckoning: Reckoning) -> tuple[Candidate, ...]:
    """The dates printed around the article, in document order."""
    hits, marks = _survey(context)
    lines: dict[HtmlElement, Zone] = {}
    for index, element in hits:
        if (zone := marks.zone(index)) is not Zone.ELSEWHERE and len(lines) < MOST:
            lines.setdefault(_line_element(element), zone)
    for _, element in hits[-FOOT:]:
        lines.setdefault(_line_element(element), Zone.ELSEWHERE)
    return tuple(c for element, zone in lines.items() for c in _candidates(element, zone, marks.shell, reckoning))


def _survey(context: Context) -> tuple[list[tuple[int, HtmlElement]], _Marks]:
    """The elements that hold a date in their own text, and where headline and text stand, in one pass."""
    paragraphs = _beginnings(context)
    headline = (squash(context.found.get("headline")) or "\0")[:PREFIX]
    hits: list[tuple[int, HtmlElement]] = []
    heads: list[tuple[int, int, HtmlElement]] = []
    text: list[tuple[int, HtmlElement]] = []
    body = context.page.tree.find("body")
    for index, element in enumerate(body.iter() if body is not None else ()):
        for own, holder in ((element.text, element), (element.tail, element.getparent())):
            if not own or own.isspace():
                continue
            begin = own.lstrip()[:PREFIX]
            if begin == headline:
                heads.append((0 if element.tag == "h1" else 1, index, element))
            elif begin in paragraphs and _begins(own, str(element.tag), paragraphs[begin]):
                text.append((index, element))
            if _DATED.search(own[:LINE]) and holder is not None:
                hits.append((index, holder))
        if element.tag == "time":
            hits.append((index, element))
        elif element.tag == "h1":
            heads.append((2, index, element))
    return hits, _marks(heads, text)


def _marks(heads: list[tuple[int, int, HtmlElement]], text: list[tuple[int, HtmlElement]]) -> _Marks:
    """The headline is the surest one before the text, of equally sure ones the last; the text begins behind it."""
    start = text[0][0] if text else None
    sure = [head for head in heads if head[0] < 2 and any(index >= head[1] for index, _ in text)]
    before = sure or [head for head in heads if start is None or head[1] <= start]
    head = min(before or heads, default=None, key=lambda h: (h[0], -h[1]))
    after = [(index, element) for index, element in text if head is None or index >= head[1]] or text
    anchors = [*([head[2]] if head else []), *(element for _, element in after[:1])]
    shell = frozenset(around for anchor in anchors for around in anchor.iterancestors())
    start, end = (after[0][0], after[-1][0]) if after else (None, None)
    return _Marks(head[1] if head else None, start, end, shell)


PREFIX = 16
"""Characters by which headline and paragraphs are recognised."""
PARAGRAPH = 80


def _beginnings(context: Context) -> dict[str, str]:
    """The long paragraphs of the text by their first characters."""
    core = (b.text for b in context.blocks if b.place is Place.CORE and not b.level)
    long = (text for text in core if len(text) >= (PARAGRAPH if text.isascii() or " " in text else PARAGRAPH // 3))
    return {text[:PREFIX]: text for text in long}


def _begins(own: str, tag: str, paragraph: str) -> bool:
    """True for the first words of a paragraph; a short text that is also an entry of a menu is none."""
    begin = squash(own[:LINE])
    return paragraph.startswith(begin[:40]) and (len(begin) >= 30 or tag not in ("a", "li", "span"))


def _line_element(element: HtmlElement) -> HtmlElement:
    """The block-level element that prints the line; of one that holds more than a line, the inline part of it."""
    inline = list(takewhile(lambda e: e.tag in _INLINE, (element, *element.iterancestors())))
    block = inline[-1].getparent() if inline else element
    if block is None or (
        inline and (len(str(block.text_content())) > LINE or any(e.tag not in _INLINE for e in block))
    ):
        return inline[-1]
    return block


def _candidates(
    element: HtmlElement, zone: Zone, shell: frozenset[HtmlElement], reckoning: Reckoning
) -> Iterator[Candidate]:
    line = squash(" ".join(str(t) for t in element.itertext()))[:LINE]
    around = _around(element, shell)
    outer = frozenset(word for e in around for word in _names(e))
    words = outer.union(*(_names(e) for e in element if e.tag in _INLINE))
    tags = _HINTS["tags"] - FIGURE if element.find(".//time") is not None else _HINTS["tags"]
    base = partial(
        Candidate,
        zone=zone,
        line=line,
        hinted=not words.isdisjoint(_HINTS["date"]),
        noise=_is_noise(outer, zone) or any(e.tag in tags for e in around),
        event=zone is not Zone.BETWEEN and not outer.isdisjoint(_HINTS["other"]),
    )
    yield from _written(element, outer, base, reckoning)
    yield from _printed(element, line, outer, base, reckoning)


def _written(
    element: HtmlElement, outer: frozenset[str], base: Callable[..., Candidate], reckoning: Reckoning
) -> Iterator[Candidate]:
    """The dates in ``datetime`` attributes of a line."""
    for time in element.iter("time"):
        if stamp := parse_machine(time.get("datetime"), reckoning):
            label = claim_before(_text_before(time, element)) or _claimed_by(_names(time)) or _claimed_by(outer)
            yield base(stamp=stamp, machine=True, claim=label, clock=_is_clock(outer, stamp, reckoning))


def _printed(
    element: HtmlElement, line: str, outer: frozenset[str], base: Callable[..., Candidate], reckoning: Reckoning
) -> Iterator[Candidate]:
    """The dates in the text of a line, each with the label between it and the one before."""
    found = list(dates_in(line, reckoning))
    beside = len(line) - sum(printed.end - printed.start for printed, _ in found)
    last = 0
    for printed, stamp in found:
        before = line[last : printed.start]
        if not before.strip() and not last:
            before = _line_before(element)
        inner = _names_inside(element, stamp.raw)
        label = claim_before(before) or claim_behind(line[printed.end :]) or _claimed_by(inner) or _claimed_by(outer)
        names = outer if not inner.isdisjoint(_HINTS["icons"]) else outer | inner
        yield base(stamp=stamp, claim=label, beside=beside, clock=_is_clock(names, stamp, reckoning))
        last = printed.end


def _is_clock(names: frozenset[str], stamp: Timestamp, reckoning: Reckoning) -> bool:
    """True for a clock of the page, by name or because it shows the time of the capture."""
    now = reckoning.captured_at
    ticks = now is not None and stamp.precision is not Precision.DAY and abs(now - stamp.at) < TICK
    return ticks or not names.isdisjoint(_HINTS["clock"])


TICK = timedelta(minutes=10)
FIGURE = frozenset(("figure", "figcaption"))
"""Elements whose dates are those of a picture, unless a ``<time>`` prints them."""
LABEL = 32
"""Characters of a line that may be the label of the date in the next one."""


def _names_inside(element: HtmlElement, raw: str) -> frozenset[str]:
    """The words in the names of the inline elements of a line that print a date."""
    inner = (e for e in element.iterdescendants() if e.tag in _INLINE and raw in squash(str(e.text_content())))
    return frozenset(word for e in inner for word in _names(e))


def _is_noise(names: frozenset[str], zone: Zone) -> bool:
    """True in parts of the page that belong to something else; a side bar between headline and text does not."""
    return not names.isdisjoint(_HINTS["foreign" if zone is Zone.BETWEEN else "noise"])


def _around(element: HtmlElement, shell: frozenset[HtmlElement]) -> tuple[HtmlElement, ...]:
    """The element and those around it that hold neither headline nor text."""
    return tuple(takewhile(lambda e: e not in shell, (element, *element.iterancestors())))


def _names(element: HtmlElement) -> frozenset[str]:
    return _words(" ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "rel")))


@lru_cache(maxsize=10000)
def _words(names: str) -> frozenset[str]:
    parts = [part.lower() for part in _SPLIT.split(names) if part]
    return frozenset((*parts, *names.lower().replace("-", "").replace("_", "").split()))


def _claimed_by(words: frozenset[str]) -> Claim | None:
    if not words.isdisjoint(_HINTS["published"]):
        return Claim.PUBLISHED
    return Claim.UPDATED if not words.isdisjoint(_HINTS["updated"]) else None


def _text_before(inner: HtmlElement, line: HtmlElement) -> str:
    """The text of a line in front of an element in it."""
    pieces: list[str] = []
    for e in line.iter():
        if e is inner:
            break
        pieces += [e.text or "", e.tail or ""] if e not in inner.iterancestors() else [e.text or ""]
    return squash(" ".join(pieces)) or _line_before(line)


def _line_before(element: HtmlElement) -> str:
    """The short text printed directly before an element: a cell, a term, a label in an element of its own."""
    node = element
    for _ in range(3):
        previous, parent = node.getprevious(), node.getparent()
        if previous is not None:
            text = squash(previous.tail) or squash(str(previous.text_content()))
            return text if len(text) <= LABEL else ""
        if parent is None or squash(parent.text):
            return squash(parent.text) if parent is not None else ""
        node = parent
    return ""
