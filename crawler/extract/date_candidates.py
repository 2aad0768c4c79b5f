"""The dates that a page prints around its article, each with its place and what its surroundings say of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.extract.date_labels import Claim, claim_before, claim_behind
from crawler.extract.date_places import LINE, Marks, Zone, machine_value, survey
from crawler.extract.names import words_of
from crawler.extract.readers import Context
from crawler.extract.timestamps import dates_in, parse_machine
from crawler.extract.words import table
from crawler.extract.zones import Reckoning
from crawler.model import Precision, Timestamp
from crawler.text import squash

_INLINE = frozenset(table("tags")["inline"])
_HINTS = {name: frozenset(words) for name, words in table("dates")["hints"].items()}

_OWN = {part: frozenset(words) for part, words in table("dates")["own"].items()}
_CLOCK = re.compile(
    r"(?<![\d.,:/-])(?:[01]?\d|2[0-4])\s?(?:[:.h]|giờ|Uhr|時|시|点)\s?(?:[0-5]\d(?![\d.,/%-]))?\D{0,12}"
)
_DATED = re.compile(r"\d{4}|\d[./-]\d")

MOST = 40
DATE = 40
"""Characters of a line that is nothing but a date, and of one with its time of day."""
FOOT = 4
"""Dates from the end of the page among which the one of the last edit may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A date of the page, perhaps ``right_above`` the headline.

    ``beside`` counts what else its line holds; ``machine`` that a ``<time>`` wrote it.
    """

    stamp: Timestamp
    zone: Zone
    line: str
    claim: Claim | None = None
    right_above: bool = False
    hinted: bool = False
    beside: int = 0
    machine: bool = False
    noise: bool = False
    clock: bool = False
    event: bool = False


def candidates(context: Context, reckoning: Reckoning) -> tuple[Candidate, ...]:
    """The dates printed around the article, in document order."""
    hits, marks = survey(context)
    lines: dict[HtmlElement, tuple[Zone, bool]] = {}
    for index, element in _nearest(hits, marks):
        lines.setdefault(_line_element(element), (marks.zone(index), marks.is_right_above(index)))
    for _, element in hits[-FOOT:]:
        lines.setdefault(_line_element(element), (Zone.ELSEWHERE, False))
    return tuple(c for element, place in lines.items() for c in _candidates(element, place, marks.shell, reckoning))


def _nearest(hits: list[tuple[int, HtmlElement]], marks: Marks) -> list[tuple[int, HtmlElement]]:
    """The dates near the article in document order: of too many, those of the best places, above it the last."""
    near = [(index, element) for index, element in hits if marks.zone(index) is not Zone.ELSEWHERE]
    if len(near) <= MOST:
        return near
    ranked = sorted(near, key=lambda hit: (zone := marks.zone(hit[0]), -hit[0] if zone is Zone.ABOVE else hit[0]))
    return sorted(ranked[:MOST], key=lambda hit: hit[0])


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
    element: HtmlElement, place: tuple[Zone, bool], shell: frozenset[HtmlElement], reckoning: Reckoning
) -> Iterator[Candidate]:
    zone, right_above = place
    line = _with_clocks(squash(" ".join(str(t) for t in element.itertext()))[:LINE], element)
    around = _around(element, shell)
    outer = frozenset(word for e in around for word in _names(e))
    strange = frozenset(word for e in around for word in _names(e) - _own(e))
    words = outer.union(*(_names(e) for e in element if e.tag in _INLINE))
    in_time = element.tag == "time" or element.find(".//time") is not None
    tags = _HINTS["tags"] - FIGURE if in_time else _HINTS["tags"]
    base = partial(
        Candidate,
        zone=zone,
        right_above=right_above,
        line=line,
        hinted=not words.isdisjoint(_HINTS["date"]),
        noise=_is_noise(strange, zone) or any(e.tag in tags and e.tag not in _own(e) for e in around),
        event=zone is not Zone.BETWEEN and not outer.isdisjoint(_HINTS["other"]),
    )
    yield from _written(element, outer, base, reckoning)
    yield from _printed(element, line, outer, base, reckoning)


def _with_clocks(line: str, element: HtmlElement) -> str:
    """A line that is a date, with the time of day that stands in the element before or behind it."""
    if len(line) > DATE or _CLOCK.search(line):
        return line
    behind = squash(element.tail) or _short_text(element.getnext())
    before = _short_text(element.getprevious())
    if _CLOCK.search(behind):
        return f"{line}, {behind}"
    return f"{before} {line}" if _CLOCK.fullmatch(before) else line


def _short_text(element: HtmlElement | None) -> str:
    text = squash(str(element.text_content())) if element is not None and len(element) < DATE else ""
    return text if len(text) <= DATE and not _DATED.search(text) else ""


def _written(
    element: HtmlElement, outer: frozenset[str], base: Callable[..., Candidate], reckoning: Reckoning
) -> Iterator[Candidate]:
    """The dates that a line has for machines."""
    for time in (element, *element.iterdescendants("time", "abbr", "span")):
        if stamp := parse_machine(machine_value(time), reckoning):
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
HEADING = 4
"""Words from which a heading is a title, not a label."""


def _names_inside(element: HtmlElement, raw: str) -> frozenset[str]:
    """The words in the names of the inline elements of a line that print a date."""
    inner = (e for e in element.iterdescendants() if e.tag in _INLINE and raw in squash(str(e.text_content())))
    return frozenset(word for e in inner for word in _names(e))


def _is_noise(names: frozenset[str], zone: Zone) -> bool:
    """True in parts of the page that belong to something else; a side bar between headline and text does not."""
    return not names.isdisjoint(_HINTS["foreign" if zone is Zone.BETWEEN else "noise"])


def _own(element: HtmlElement) -> frozenset[str]:
    """Of ``footer`` and ``aside`` what an element is, by tag or name, if its name says that it is the article's."""
    words = _names(element)
    return frozenset(part for part, own in _OWN.items() if (part == element.tag or part in words) and words & own)


def _around(element: HtmlElement, shell: frozenset[HtmlElement]) -> tuple[HtmlElement, ...]:
    """The element and those around it that hold neither headline nor text."""
    return tuple(takewhile(lambda e: e not in shell, (element, *element.iterancestors())))


def _names(element: HtmlElement) -> frozenset[str]:
    said = [value for name in ("class", "id", "itemprop", "property", "rel") if (value := element.get(name))]
    return _words(" ".join(said)) if said else frozenset()


@lru_cache(maxsize=10000)
def _words(names: str) -> frozenset[str]:
    return words_of(names).union(names.lower().replace("-", "").replace("_", "").split())


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
        if previous is not None and previous.tag in ("h1", "h2") and not squash(previous.tail):
            return ""
        if previous is not None:
            text = squash(previous.tail) or squash(str(previous.text_content()))
            titled = previous.tag in ("h3", "h4", "h5", "h6") and text.count(" ") >= HEADING
            return text if len(text) <= LABEL and not titled else ""
        if parent is None or squash(parent.text):
            return squash(parent.text) if parent is not None else ""
        node = parent
    return ""
