"""The unit of a picture: the elements around it that hold nothing else, and the runs of text that they print.

Units are read on the page's own tree, because what is noise to a text (a caption box, a lightbox, a carousel, the
button around a picture) is where captions stand.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract import credits
from crawler.extract.words import table
from crawler.text import squash

_TABLE = table("images")
_BLOCK = frozenset(table("tags")["block"])
_CAPTION = re.compile("|".join(_TABLE["captions"]["hints"]))
_CAPTION_WORDS = frozenset(_TABLE["captions"]["words"])
_CREDIT = re.compile("|".join(_TABLE["credits"]["hints"]))
_CREDIT_WORDS = frozenset(_TABLE["credits"]["words"])
_CREDIT_TAGS = frozenset(_TABLE["credits"]["tags"])
_BOXES = frozenset(_TABLE["captions"]["boxes"])
_PICTURED = re.compile("|".join(_TABLE["captions"]["units"]))
_LETTERS = frozenset(("span", "strong", "b", "em", "i"))
_UNREAD = frozenset(_TABLE["noise"]["tags"])
_NOISE_WORDS = frozenset(_TABLE["noise"]["words"])
_NOISE_TEXTS = frozenset(_TABLE["noise"]["texts"])
_COUNTER = re.compile(_TABLE["noise"]["counters"], re.I)
_JOINTS = re.compile(r"[-_\s]")
_WORD = re.compile(r"[^a-z]+")
HEADINGS = ("h1", "h2", "h3", "h4", "time")
PICTURES = ("img", "amp-img")
CLIMB = 14
"""Elements above a picture that are tried as its unit."""
LONGEST = 900
"""Characters a unit may print around its picture."""
BUTTON = 60
"""Characters of a button's label or a counter."""
CREDIT = 100
"""Characters of an element that is taken for a credit by its name alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text of a unit between two boundaries: ``role`` is caption, credit or empty; ``boxed``: in no paragraph."""

    text: str
    role: str
    behind: bool
    linked: bool
    boxed: bool


def units(
    image: HtmlElement, others: Container[HtmlElement], core: HtmlElement | None, longest: int = LONGEST
) -> Iterator[HtmlElement]:
    """The elements around a picture from the inmost on, as long as they hold no other picture and little text."""
    printed = 0
    for climbed, element in enumerate(image.iterancestors()):
        if climbed >= CLIMB or element.tag in ("body", "html") or _holds(element, core):
            return
        if element.tag != "figure" and not _is_alone(element, image, others):
            return
        size = len("".join(str(element.text_content()).split()))
        if size > longest:
            return
        if size > printed:
            yield element
        printed = size


def runs(unit: HtmlElement, image: HtmlElement, teaser: bool = False) -> Sequence[Run]:
    """The runs of text of a unit in document order, without button labels, counters and hidden hints.

    ``teaser``: the link around the picture leads to another article, so that its text is the link's.
    """
    walk = _Walk(image, teaser)
    walk.through(unit)
    return [run for run in walk.runs if not is_noise(run.text)]


def has_caption(image: HtmlElement, others: Container[HtmlElement], core: HtmlElement | None) -> bool:
    """True for an image whose unit has an element that is named as its caption."""
    found = (element for unit in units(image, others, core) for element in unit.iter(etree.Element))
    return any(element.tag == "figcaption" or says_caption(names_of(element)) for element in found)


def is_figure(unit: HtmlElement) -> bool:
    """True for a ``<figure>`` and what is in one."""
    return unit.tag == "figure" or next(unit.iterancestors("figure"), None) is not None


def is_box(unit: HtmlElement) -> bool:
    """True for an element that exists to hold a picture and its words: a figure, a table cell, a box of that name."""
    if unit.tag in ("table", "tbody") or is_figure(unit):
        return True
    return not _BOXES.isdisjoint(_WORD.split(names_of(unit)))


def is_noise(text: str) -> bool:
    """True for counters (1/5) and the labels of a page's buttons."""
    return text.casefold().strip(" .:…") in _NOISE_TEXTS or _COUNTER.fullmatch(text) is not None


@lru_cache(maxsize=20000)
def says_caption(names: str) -> bool:
    """True for class and id values that name a caption."""
    return bool(_CAPTION.search(_JOINTS.sub("", names))) or not _CAPTION_WORDS.isdisjoint(names.split())


@lru_cache(maxsize=20000)
def says_credit(names: str) -> bool:
    """True for class and id values that name a credit."""
    if _CREDIT.search(_JOINTS.sub("", names)):
        return True
    return not _CREDIT_WORDS.isdisjoint(_WORD.split(names)) and bool(_PICTURED.search(names))


def names_of(element: HtmlElement) -> str:
    """The lower-case class, id, itemprop and test id values of an element."""
    get = element.get
    return f"{get('class') or ''} {get('id') or ''} {get('itemprop') or ''} {get('data-testid') or ''}".strip().lower()


def _holds(element: HtmlElement, core: HtmlElement | None) -> bool:
    return core is not None and (element is core or element in core.iterancestors())


def _is_alone(element: HtmlElement, image: HtmlElement, others: Container[HtmlElement]) -> bool:
    if next(element.iter(*HEADINGS), None) is not None:
        return False
    return not any(e is not image and e in others for e in element.iter(*PICTURES))


class _Walk:
    """Goes through a unit once and cuts its text into runs at block-level elements and at elements with a role."""

    def __init__(self, image: HtmlElement, teaser: bool) -> None:
        self.image = image
        self.teaser = teaser
        self.above = set(image.iterancestors())
        self.runs: list[Run] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.behind = False
        self.frames: list[tuple[str, bool, bool]] = [("", False, True)]

    def through(self, unit: HtmlElement) -> None:
        walker = etree.iterwalk(unit, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self.leave(element, element is unit)
            elif self.is_unread(element):
                walker.skip_subtree()
                self.frames.append(self.frames[-1])
            else:
                self.enter(element)
        self.flush()

    def is_unread(self, element: HtmlElement) -> bool:
        if element in self.above:
            return False
        if element.tag in _UNREAD or not _NOISE_WORDS.isdisjoint((element.get("class") or "").split()):
            return True
        text = element.text
        return text is not None and len(text) <= BUTTON and not len(element) and is_noise(squash(text))

    def enter(self, element: HtmlElement) -> None:
        role, linked, boxed = self.frames[-1]
        own = _role(element)
        if own or element.tag in _BLOCK:
            self.flush()
        if element is self.image:
            self.behind = True
        linked = linked or (element.tag == "a" and (self.teaser or element not in self.above))
        boxed = boxed and element.tag not in ("p", "li")
        self.frames.append((own or role, linked, boxed))
        self.add(" " if element.tag == "br" else element.text)

    def leave(self, element: HtmlElement, last: bool) -> None:
        if element.tag in _BLOCK or element is self.image or self.frames[-1][0] != self.frames[-2][0]:
            self.flush()
        self.frames.pop()
        if not last:
            self.add(element.tail)

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.linked += len(text.strip()) if self.frames[-1][1] else 0

    def flush(self) -> None:
        text = squash("".join(self.pieces))
        if text:
            role, _, boxed = self.frames[-1]
            linked = 2 * self.linked > len(text)
            self.runs.append(Run(text=text, role=role, behind=self.behind, linked=linked, boxed=boxed))
        self.pieces, self.linked = [], 0


def _role(element: HtmlElement) -> str:
    """``credit`` or ``caption`` where an element's name or tag says so; a credit also where its letters do."""
    if element.tag in _LETTERS and _is_credit_in_letters(element):
        return "credit"
    names = names_of(element)
    if element.tag in _CREDIT_TAGS or (names and says_credit(names)):
        return "credit" if len(element.text_content()) <= CREDIT + 20 else "caption"
    return "caption" if element.tag == "figcaption" or (names and says_caption(names)) else ""


def _is_credit_in_letters(element: HtmlElement) -> bool:
    """True for letters set apart that name an agency, or are a credit with its label: ``<span>Foto: Jo Doe</span>``."""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    said = squash(text) if 1 < len(text) <= CREDIT else ""
    return bool(said) and (credits.is_bare(said) or (":" in said and credits.is_credit(said)))
