"""Entries: the repeated siblings of a listing, each with a titled link and often a date."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median

from lxml.html import HtmlElement

from crawler.discover.anchors import Anchor
from crawler.discover.expect import looks_like_article
from crawler.discover.frame import Frame
from crawler.discover.words import plain, words

TITLE = 22
"""UTF-8 bytes from which a link's text can be the headline of an article."""

SHORT_TITLE = 8
"""Characters from which a link in a heading can be a headline."""

DATE = re.compile(
    r"(?<!\d)\d{1,4}(?:\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}(?!\d)|\s?[年년]\s?\d{1,2}\s?[月월]|\s+tháng\s+\d"
    r"|\.?(?:\s+de)?\s+[^\W\d_]{3,12}\.?,?(?:\s+de)?\s+(?:19|20)\d\d|(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\s+\S{2,12}\s+25\d\d)"
)
"""A printed date in any of the forms of portals; the month's name need not be known."""

RELATED = re.compile(
    r"(^|[\s_-])(relat\w*|other\w*|lien-?quan|tin-?khac|tin-?cu|more-?(news|stories)|also|aussi|autres|weitere|similar|"
    r"recommend\w*|most-?(read|viewed|popular)|popular|trending|doc-?nhieu|xem-?nhieu|sidebar|aside)",
    re.IGNORECASE,
)
"""Classes and ids of lists of other articles."""
SHORTEST = 4
"""Letters of the shortest title."""
_ROW_DEPTH = 4
_NAMED_WITHIN = 5

_DEPTH = 6
_BOX = 7
MAX_BOX = 2000
ROOM = 400
"""Characters by which an entry may exceed four times the usual."""
TEASED = 0.08
LISTED = 0.4
"""Share of link text from which dated boxes, or boxes whose links look like articles, are entries."""
LABEL = 40
"""Characters of the label before an entry that prints its day."""
ROW = 300
"""Characters of a row of a list or table in which a short title stands beside its day."""
SAMPLE = 12
"""Entries of a group that are looked at for dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Links that stand in the same structure; ``dated`` counts the entries that print a date of their own.

    ``boxes`` are the entries; ``linked`` is the share of their text that the links themselves print; ``related``
    lists are announced as other articles beside one.
    """

    anchors: tuple[Anchor, ...]
    boxes: tuple[HtmlElement, ...]
    dated: int
    headings: int
    linked: float
    related: bool

    @property
    def size(self) -> int:
        """How many different URLs the group leads to."""
        return len({a.url for a in self.anchors})

    @property
    def sound(self) -> bool:
        """True for entries: headed, dated or with an article's URLs; menus and links inside a text are none."""
        if self.headings * 2 >= self.size:
            return True
        by_url = sum(1 for a in self.anchors if looks_like_article(a.url))
        dated = self.dated if self.linked >= TEASED else 0
        return max(dated, by_url if self.linked >= LISTED else 0) * 2 >= self.size


def titled(text: str) -> bool:
    """True when ``text`` is long enough for a headline: three words, or as much in a script without spaces."""
    return len(text) >= 8 and len(text.encode()) >= TITLE and (not text.isascii() or text.count(" ") >= 2)


def groups(found: Iterable[Anchor], frame: Frame) -> tuple[Group, ...]:
    """Groups of at least two titled links outside the page's frame, the largest first."""
    alike: dict[tuple[str, ...], list[Anchor]] = defaultdict(list)
    for anchor in found:
        if _can_be_entry(anchor) and not frame.holds(anchor.element):
            alike[signature(anchor.element)].append(anchor)
    made = [_group(members) for members in alike.values() if len({a.url for a in members}) > 1]
    return tuple(sorted(made, key=lambda g: (-g.size, -g.dated)))


def _can_be_entry(anchor: Anchor) -> bool:
    if titled(anchor.text):
        return True
    short = len(anchor.text) >= SHORT_TITLE and " " in anchor.text
    return (short and _in_heading(anchor.element)) or _leads_row(anchor)


def _leads_row(anchor: Anchor) -> bool:
    """True for the longest link of a row that prints a day: its title, however short."""
    row = next((e for e in islice(anchor.element.iterancestors(), _ROW_DEPTH) if e.tag in ("tr", "li", "dd")), None)
    if row is None or sum(map(str.isalpha, anchor.text)) < SHORTEST:
        return False
    text = _line(" ".join(row.itertext()))
    if len(text) > ROW or not _is_dated(row, text.replace(anchor.text, "")):
        return False
    return len(anchor.text) >= max(len(_line(a.text_content())) for a in row.iter("a"))


def signature(element: HtmlElement) -> tuple[str, ...]:
    """Tags and first classes of a link and its ancestors up to the first that has a class."""
    marks: list[str] = []
    for ancestor in islice(_upwards(element), _DEPTH):
        name = _bare((ancestor.get("class") or "").strip().partition(" ")[0])
        marks.append(f"{ancestor.tag!s}.{name}")
        if name and len(marks) > 1:
            break
    return tuple(marks)


def _bare(name: str) -> str:
    """A class name without its counter: ``item-12`` and ``item-13`` are the same."""
    return name.rstrip("0123456789").rstrip("-_")


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _group(members: list[Anchor]) -> Group:
    boxes = _without_outliers(list(_boxes(members)))
    texts = [" ".join(box.itertext()) for box in boxes[:SAMPLE]]  # a counter behind a day is no part of it
    printed = sum(len(_line(text)) for text in texts)
    dated = sum(1 for box, text in zip(boxes, texts, strict=False) if _is_dated(box, text))
    links = sum(len(_line(a.element.text_content())) for a in {a.url: a for a in members[:SAMPLE]}.values())
    return Group(
        anchors=tuple(members),
        boxes=tuple(boxes),
        dated=dated * len(boxes) // max(len(texts), 1),
        headings=sum(1 for a in members if _in_heading(a.element)),
        linked=links / max(printed, 1),
        related=bool(boxes) and _is_related(boxes[0]),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _is_related(box: HtmlElement) -> bool:
    """True when the list is named as related by an element around it, or by the line before it."""
    element: HtmlElement | None = box
    for _ in range(_NAMED_WITHIN):
        if element is None or element.tag in ("body", "main", "article"):
            return False
        if element.tag == "aside" or RELATED.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        before = element.getprevious()
        if before is not None and _announces(before):
            return True
        element = element.getparent()
    return False


def _announces(element: HtmlElement) -> bool:
    text = element.text_content().strip()
    return 0 < len(text) <= 50 and plain(text).strip(" :.·-»>") in words("related")


def _without_outliers(boxes: list[HtmlElement]) -> list[HtmlElement]:
    """Boxes of a like size: one that is far larger than the others is the page around the last entry."""
    sizes = [len(box.text_content()) for box in boxes]
    limit = 4 * median(sizes) + ROOM
    return [box for box, size in zip(boxes, sizes, strict=True) if size <= limit]


def _boxes(members: list[Anchor]) -> Iterator[HtmlElement]:
    """For every entry the largest ancestor that holds no other entry of the group."""
    holders: Counter[HtmlElement] = Counter()
    first: dict[str, Anchor] = {}
    for anchor in members:
        if first.setdefault(anchor.url, anchor) is anchor:
            holders.update(islice(_upwards(anchor.element), _BOX))
    for anchor in first.values():
        box = anchor.element
        for ancestor in _upwards(anchor.element):
            if holders[ancestor] != 1:
                break
            box = ancestor
        yield box


def _is_dated(box: HtmlElement, text: str) -> bool:
    """True for an entry that prints a day: in it, right behind it or in the label before it (``dt``)."""
    if next(box.iter("time"), None) is not None or DATE.search(text[:MAX_BOX]):
        return True
    if DATE.search((box.tail or "")[:LABEL]):
        return True
    before = box.getprevious()
    if before is None or next(before.iter("a"), None) is not None:
        return False
    return len(said := _line(before.text_content())) <= LABEL and bool(DATE.search(said))


def _in_heading(element: HtmlElement) -> bool:
    return any(e.tag in ("h2", "h3", "h4", "h5") for e in islice(_upwards(element), 3)) or any(
        c.tag in ("h2", "h3", "h4", "h5") for c in element
    )
