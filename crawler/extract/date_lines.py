"""The line that prints a date: its text, its label, and what the names of the elements around it say of it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.extract.date_labels import Claim, names_a_place
from crawler.extract.date_places import LINE, Zone
from crawler.extract.names import words_of
from crawler.extract.words import table
from crawler.text import size, squash

INLINE = frozenset(table("tags")["inline"])
HINTS = {name: frozenset(words) for name, words in table("dates")["hints"].items()}

_OWN = {part: frozenset(words) for part, words in table("dates")["own"].items()}
_CLOCK = re.compile(
    r"(?<![\d.,:/-])(?:[01]?\d|2[0-4])\s?(?:[:.h]|giờ|Uhr|時|시|点)\s?(?:[0-5]\d(?![\d.,/%-]))?\D{0,12}"
)
_DATED = re.compile(r"\d{4}|\d[./-]\d")

DATE = 40
"""Characters of a line that is nothing but a date, and of one with its time of day."""


def line_element(element: HtmlElement) -> HtmlElement:
    """The block-level element that prints the line; of one that holds more than a line, the inline part of it."""
    inline = list(takewhile(lambda e: e.tag in INLINE, (element, *element.iterancestors())))
    block = inline[-1].getparent() if inline else element
    if block is None or (inline and (len(str(block.text_content())) > LINE or any(e.tag not in INLINE for e in block))):
        return inline[-1]
    return block


def with_clocks(line: str, element: HtmlElement) -> str:
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


FIGURE = frozenset(("figure", "figcaption"))
"""Elements whose dates are those of a picture, unless a ``<time>`` prints them."""
LABEL = 32
"""Characters of a line that may be the label of the date in the next one."""
HEADING = 4
"""Words from which a heading is a title, not a label."""


def stands_beside_a_title(element: HtmlElement, headline: str = "") -> bool:
    """True for a line right above or below the linked title of another article."""
    around = (element, *takewhile(lambda e: len(e) == 1, element.iterancestors()))
    beside = (around[-1].getprevious(), around[-1].getnext())
    links = (link for e in beside if e is not None for link in e.iter("a"))
    return any(_is_title(link, headline) for link in links)


def is_linked(element: HtmlElement) -> bool:
    """True for a line in or beside the linked title of another article."""
    return any(map(_is_title, (*element.iter("a"), *element.iterancestors("a")))) or stands_beside_a_title(element)


def _is_title(link: HtmlElement, headline: str = "") -> bool:
    text = squash(str(link.text_content()))
    return text != headline and (text.count(" ") + 1 >= HEADING or size(text) >= TITLE)


TITLE = 24
"""Letters from which the text of a link is a title."""


def tells_where(element: HtmlElement, rest: str) -> bool:
    """True for the day of an event: the label of its place stands behind the day or in one of the lines around it."""
    if any(map(names_a_place, re.split(r"[|;,•·–-]", rest))):
        return True
    node = element
    while (parent := node.getparent()) is not None and len(parent) < 2:
        node = parent
    lines = [*_neighbours(node), *(_neighbours(parent) if parent is not None and node.tag in CELLS else ())]
    return any(map(names_a_place, lines))


CELLS = ("td", "th", "dd", "dt")


def _neighbours(element: HtmlElement) -> Iterator[str]:
    """The lines around an element up to the text, cells apart."""
    for siblings in (element.itersiblings(preceding=True), element.itersiblings()):
        texts = (islice(line.itertext(), NEIGHBOUR) for line in islice(siblings, AROUND))
        lines = ("|".join(squash(str(piece)) for piece in text) for text in texts)
        yield from takewhile(lambda line: len(line) <= NEIGHBOUR, lines)


NEIGHBOUR = 80
"""Characters that a line of an event has at most."""
AROUND = 3
"""Lines before and behind a day in which the place of an event may be told."""


def names_inside(element: HtmlElement, raw: str) -> frozenset[str]:
    """The words in the names of the inline elements of a line that print a date."""
    inner = (e for e in element.iterdescendants() if e.tag in INLINE and raw in squash(str(e.text_content())))
    return frozenset(word for e in inner for word in names_of(e))


def is_noise(names: frozenset[str], zone: Zone) -> bool:
    """True in parts of the page that belong to something else; a side bar between headline and text does not."""
    return not names.isdisjoint(HINTS["foreign" if zone is Zone.BETWEEN else "noise"])


def owned(element: HtmlElement) -> frozenset[str]:
    """Of ``footer`` and ``aside`` what an element is, by tag or name, if its name says that it is the article's."""
    words = names_of(element)
    return frozenset(part for part, own in _OWN.items() if (part == element.tag or part in words) and words & own)


def around_of(element: HtmlElement, shell: frozenset[HtmlElement]) -> tuple[HtmlElement, ...]:
    """The element and those around it that hold neither headline nor text."""
    return tuple(takewhile(lambda e: e not in shell, (element, *element.iterancestors())))


def names_of(element: HtmlElement) -> frozenset[str]:
    """The words in the names of an element."""
    said = [value for name in ("class", "id", "itemprop", "property", "rel") if (value := element.get(name))]
    return _words(" ".join(said)) if said else frozenset()


@lru_cache(maxsize=10000)
def _words(names: str) -> frozenset[str]:
    return words_of(names).union(names.lower().replace("-", "").replace("_", "").split())


def claimed_by(words: frozenset[str]) -> Claim | None:
    """What the names of elements call the date in them."""
    if not words.isdisjoint(HINTS["published"]):
        return Claim.PUBLISHED
    return Claim.UPDATED if not words.isdisjoint(HINTS["updated"]) else None


def text_before(inner: HtmlElement, line: HtmlElement) -> str:
    """The text of a line in front of an element in it."""
    pieces: list[str] = []
    for e in line.iter():
        if e is inner:
            break
        pieces += [e.text or "", e.tail or ""] if e not in inner.iterancestors() else [e.text or ""]
    return squash(" ".join(pieces)) or line_before(line)


def line_before(element: HtmlElement) -> str:
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
