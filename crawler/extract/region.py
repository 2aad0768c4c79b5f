"""The article region: where on the page headline, byline, text and pictures stand, pruned of everything else.

The text's element (the *core*) is the declared one, or the subtree whose text outweighs its link lists most. The region
goes from the headline above it to what follows the core. The page's tree is never changed: only the region is copied.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice, takewhile

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.headings import Heading, headings
from crawler.extract.landscape import Landscape, Node
from crawler.extract.names import HEADINGS, UNREAD, is_text
from crawler.extract.selectors import selected_elements
from crawler.extract.words import table
from crawler.page import Page

CORE = "data-core"
"""Attribute that marks the core in the region's copy."""

DESCEND = 0.9
"""A child that holds this share of its parent's weight holds the text."""
HALF = 0.5
"""An element named as the text of an article is it with this share of the weight."""
NEAR = 1
"""So many link lists at most stand between a headline and its text."""
SIBLINGS = 4
UNDIVIDED = HEADINGS | {"p", "tr", "td", "li"}
_FILE = re.compile(rf"\.(?:{'|'.join(table('attachments')['types'])})(?![a-z])")
_NAMED_INLINE = ".//*[(self::span or self::a or self::i or self::em or self::ins or self::small) and (@class or @id)]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The pruned copy, in which the core carries the attribute ``CORE``, and the core on the page's tree."""

    tree: HtmlElement
    core: HtmlElement
    headings: tuple[Heading, ...] = ()


def find(page: Page, selectors: Iterable[str] = ()) -> Region | None:
    """The article region of a page, around the first element that ``selectors`` find or the heaviest text; or None."""
    landscape = Landscape(page)
    core = next(iter(selected_elements(page, selectors)), None)
    if core is None:
        core = _heaviest(landscape.nodes)
    if core is None:
        core = _below_title(landscape)
    if core is None:
        return None
    printed = headings(landscape.nodes, core)
    copied = _slice(core, _headline_above(core, landscape.headline, printed), landscape)
    return Region(tree=copied, core=core, headings=printed)


def _heaviest(nodes: list[Node]) -> HtmlElement | None:
    """The element that holds the text: the one named so or the heaviest, and down while one child holds nearly all."""
    most = nodes[0].read
    called_text = [node for node in nodes if node.read >= HALF * most and is_text(node.element)]
    best = called_text[-1] if called_text else max(nodes, key=lambda node: node.net)
    if best.read <= 0:
        return None
    read = {node.element: node.read for node in nodes}
    if best.element.tag == "p" and _of_several(best, nodes):
        return nodes[best.parent].element
    element = best.element
    while True:
        inner = max(element, key=lambda e: read.get(e, 0.0), default=None)
        if inner is None or read.get(inner, 0.0) < DESCEND * read[element] or inner.tag in UNDIVIDED:
            return element
        element = inner


def _below_title(landscape: Landscape) -> HtmlElement | None:
    """On a page without text: the element around the printed title that has pictures or links to files too."""
    title = landscape.headline
    around = title.iterancestors() if title is not None else ()
    inside = takewhile(lambda element: element.tag != "body", around)
    return next((e for e in inside if next(e.iter("img"), None) is not None or _has_file(e)), None)


def _has_file(element: HtmlElement) -> bool:
    return any(_FILE.search((link.get("href") or "").lower()) for link in element.iter("a"))


def _of_several(paragraph: Node, nodes: list[Node]) -> bool:
    """True for one of several paragraphs, among which lists of links make every other element weigh less."""
    beside = (node for node in nodes if node.parent == paragraph.parent and node.element.tag == "p")
    return sum(node.read >= HALF * paragraph.read for node in beside) > 1


def _headline_above(core: HtmlElement, title: HtmlElement | None, printed: tuple[Heading, ...]) -> HtmlElement | None:
    """The element that prints the page's title, else the nearest heading above the text, else the last h1."""
    if title is not None and _precedes(title, core):
        return title
    near = [h for h in printed if h.opening and h.close and h.gap <= NEAR and not h.home]
    first = next((h for h in near if h.tag == "h1"), near[-1] if near else None)
    if first is not None:
        return first.element
    above = [e for e in core.xpath("preceding::h1 | .//h1") if (e.text_content() or "").strip()]
    return above[-1] if above else None


def _precedes(element: HtmlElement, core: HtmlElement) -> bool:
    """True when ``element`` stands before the core or in it."""
    ancestors = (element, *element.iterancestors())
    if core in ancestors:
        return True
    top = _common(core, element)
    return top is not core and top.index(_child_towards(top, element)) < top.index(_child_towards(top, core))


def _slice(core: HtmlElement, headline: HtmlElement | None, landscape: Landscape) -> HtmlElement:
    """A pruned copy of the core and what surrounds it, from the headline on, below one ``<div>``."""
    top = _common(core, headline)
    branch = _child_towards(top, core)
    first = _child_towards(top, headline) if headline is not None else _shortly_before(branch)
    kept = {core, *core.iterancestors()}
    noise = [node.element for node in _outermost_noise(landscape.nodes) if node.element not in kept]
    root = lxml.html.Element("div")
    for child in _from_to(top, first, branch):
        if child not in noise:
            root.append(_pruned(child, core, noise, landscape))
    return root


def _shortly_before(branch: HtmlElement) -> HtmlElement:
    """The first of the few siblings above the text, where headline, date and lead stand when nothing names them."""
    return [branch, *islice(branch.itersiblings(preceding=True), SIBLINGS)][-1]


def _outermost_noise(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node.out and not nodes[node.parent].out]


def _pruned(child: HtmlElement, core: HtmlElement, noise: list[HtmlElement], landscape: Landscape) -> HtmlElement:
    """A copy of one child without its noise, the core in it marked."""
    copied = deepcopy(child)
    copied.tail = None
    if child.tag == "body":
        copied.tag = "div"
    doomed = [_follow(copied, steps) for e in noise if (steps := _steps(child, e)) is not None]
    if (steps := _steps(child, core)) is not None:
        _follow(copied, steps).set(CORE, "1")
    for element in doomed:
        element.drop_tree()
    etree.strip_elements(copied, *UNREAD, with_tail=False)
    for element in [e for e in copied.xpath(_NAMED_INLINE) if e.get(CORE) is None and landscape.is_noise(e)]:
        element.drop_tree()
    return copied


def _from_to(top: HtmlElement, first: HtmlElement, branch: HtmlElement) -> Iterator[HtmlElement]:
    """The children of ``top`` from the headline's to the core's, and those behind it where ``top`` is the article."""
    started = False
    for child in [top] if top is branch else top:
        started = started or child in (first, branch)
        if started:
            yield child
        if child is branch and top.tag not in ("article", "main", "section"):
            return


def _child_towards(top: HtmlElement, element: HtmlElement) -> HtmlElement:
    return next((e for e in (element, *element.iterancestors()) if e.getparent() is top), top)


def _steps(top: HtmlElement, element: HtmlElement) -> list[int] | None:
    """The child indexes that lead from ``top`` down to ``element``; None when it is not below."""
    steps: list[int] = []
    while element is not top:
        parent = element.getparent()
        if parent is None:
            return None
        steps.append(parent.index(element))
        element = parent
    return steps[::-1]


def _follow(element: HtmlElement, steps: Iterable[int]) -> HtmlElement:
    for step in steps:
        element = element[step]
    return element


def _common(core: HtmlElement, headline: HtmlElement | None) -> HtmlElement:
    if headline is None:
        parent = core.getparent()
        return core if parent is None else parent
    ancestors = set(headline.iterancestors())
    return next((e for e in (core, *core.iterancestors()) if e in ancestors), core)
