"""Entries: the repeated siblings of a listing, each with a titled link and often a date."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.discover.anchors import Anchor, Frame
from crawler.discover.expect import looks_like_article

TITLE = 22
"""UTF-8 bytes from which a link's text can be the headline of an article."""

DATE = re.compile(
    r"(?<!\d)\d{1,4}(?:\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}(?!\d)|\s?[年년]\s?\d{1,2}\s?[月월]|\s+tháng\s+\d"
    r"|\.?(?:\s+de)?\s+[^\W\d_]{3,12}\.?,?(?:\s+de)?\s+(?:19|20)\d\d|(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\s+\S{2,12}\s+25\d\d)"
)
"""A printed date in any of the forms of portals; the month's name need not be known."""

_DEPTH = 5
_BOX = 7
MAX_BOX = 4000
SAMPLE = 12
"""Entries of a group that are looked at for dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Links that stand in the same structure; ``dated`` counts the entries that print a date of their own."""

    anchors: tuple[Anchor, ...]
    boxes: tuple[HtmlElement, ...]
    dated: int
    headings: int

    @property
    def size(self) -> int:
        """How many different URLs the group leads to."""
        return len({a.url for a in self.anchors})

    @property
    def sound(self) -> bool:
        """True for entries: dated, headed or with an article's URLs; a mere menu has none of these."""
        by_url = sum(1 for a in self.anchors if looks_like_article(a.url))
        return max(self.dated, self.headings, by_url) * 2 >= self.size


def titled(text: str) -> bool:
    """True when ``text`` is long enough for a headline: three words, or as much in a script without spaces."""
    return len(text) >= 8 and len(text.encode()) >= TITLE and (not text.isascii() or text.count(" ") >= 2)


def groups(found: Iterable[Anchor]) -> tuple[Group, ...]:
    """Groups of at least three titled links outside the page's frame, the largest first."""
    alike: dict[tuple[str, ...], list[Anchor]] = defaultdict(list)
    frame = Frame()
    for anchor in found:
        if titled(anchor.text) and not frame.holds(anchor.element):
            alike[signature(anchor.element)].append(anchor)
    made = [_group(members) for members in alike.values() if len({a.url for a in members}) > 2]
    return tuple(sorted(made, key=lambda g: (-g.size, -g.dated)))


def signature(element: HtmlElement) -> tuple[str, ...]:
    """Tag and first class of an element and the ancestors that decide in which list it stands."""
    marks = []
    for _, ancestor in zip(range(_DEPTH), _upwards(element), strict=False):
        first = (ancestor.get("class") or "").strip().partition(" ")[0]
        marks.append(f"{ancestor.tag!s}.{_bare(first)}")
    return tuple(marks)


def _bare(name: str) -> str:
    """A class name without its counter: ``item-12`` and ``item-13`` are the same."""
    return name.rstrip("0123456789").rstrip("-_")


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _group(members: list[Anchor]) -> Group:
    boxes = tuple(_boxes(members))
    sample = boxes[:SAMPLE]
    return Group(
        anchors=tuple(members),
        boxes=boxes,
        dated=sum(map(_is_dated, sample)) * len(boxes) // len(sample),
        headings=sum(1 for a in members if _in_heading(a.element)),
    )


def _boxes(members: list[Anchor]) -> Iterator[HtmlElement]:
    """For every entry the largest ancestor that holds no other entry of the group."""
    holders: Counter[HtmlElement] = Counter()
    first: dict[str, Anchor] = {}
    for anchor in members:
        if first.setdefault(anchor.url, anchor) is anchor:
            holders.update(e for _, e in zip(range(_BOX), _upwards(anchor.element), strict=False))
    for anchor in first.values():
        box = anchor.element
        for ancestor in _upwards(anchor.element):
            if holders[ancestor] != 1:
                break
            box = ancestor
        yield box


def _is_dated(box: HtmlElement) -> bool:
    if next(box.iter("time"), None) is not None:
        return True
    text = box.text_content()
    return len(text) <= MAX_BOX and bool(DATE.search(text))


def _in_heading(element: HtmlElement) -> bool:
    return any(e.tag in ("h2", "h3", "h4", "h5") for _, e in zip(range(3), _upwards(element), strict=False)) or any(
        c.tag in ("h2", "h3", "h4", "h5") for c in element
    )
