"""The article region: where on the page headline, byline, text and pictures stand, pruned of everything else.

The text's element (the *core*) is the declared one, or the subtree whose text outweighs its link lists most. The region
goes from the headline above it to what follows the core. The page's tree is never changed: only the region is copied.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.names import INLINE, UNREAD, is_text, noise_words
from crawler.page import Page

CORE = "data-core"
"""Attribute that marks the core in the region's copy."""

DESCEND = 0.9
"""A child that holds this share of its parent's weight holds the text."""
HALF = 0.5
"""An element named as the text of an article is it with this share of the weight."""
UNDIVIDED = frozenset(("p", "tr", "td", "li"))

_SENTENCE = re.compile(r"[.!?…:;。！？”\"»’]\s*$")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The pruned copy as markup, in which the core carries the attribute ``CORE``, and the core on the page's tree."""

    html: str
    core: HtmlElement


def find(page: Page, selectors: Iterable[str] = ()) -> Region | None:
    """The article region of a page, around the first element that ``selectors`` find or the heaviest text; or None."""
    landscape = Landscape(page.tree)
    core = _declared(page, selectors)
    if core is None:
        core = _heaviest(landscape.weights)
    if core is None:
        return None
    copied = _slice(core, _headline_above(core))
    _prune(copied, landscape)
    return Region(html=etree.tostring(copied, encoding="unicode", method="html"), core=core)


def _declared(page: Page, selectors: Iterable[str]) -> HtmlElement | None:
    found = (e for s in selectors for e in page.tree.cssselect(s))
    return next(iter(found), None)


def _heaviest(weights: Mapping[HtmlElement, float]) -> HtmlElement | None:
    """The element that holds the text: from the heaviest one down while one child holds nearly all of it."""
    best = max(weights, key=lambda e: weights[e], default=None)
    if best is None or weights[best] <= 0:
        return None
    called_text = [e for e in weights if weights[e] >= HALF * weights[best] and is_text(e)]
    best = called_text[-1] if called_text else best
    while True:
        inner = max(best, key=lambda e: weights.get(e, 0.0), default=None)
        if inner is None or weights.get(inner, 0.0) < DESCEND * weights[best] or inner.tag in UNDIVIDED:
            return best
        best = inner


@dataclass(slots=True)
class _Node:
    """An element on the way to its weight: ``gross`` counts its running text only, ``net`` all, without noise."""

    element: HtmlElement
    parent: int
    weight: float
    gross: float
    net: float = 0.0
    out: bool = False


class Landscape:
    """Where the text of a page is: ``weights`` by element, and which elements are noise on this page."""

    def __init__(self, tree: HtmlElement) -> None:
        nodes = list(_nodes(tree))
        for node in reversed(nodes[1:]):
            nodes[node.parent].gross += node.gross
        self._total = nodes[0].gross
        self._under = _text_under(nodes)
        for node in nodes[1:]:
            node.out = nodes[node.parent].out or self.is_noise(node.element)
        for node in reversed(nodes):
            node.net += 0.0 if node.out else node.weight
            if node.parent >= 0:
                nodes[node.parent].net += node.net
        self.weights = {node.element: node.net for node in nodes}

    def is_noise(self, element: HtmlElement) -> bool:
        """True when the element looks like noise by a word under which only a small part of the text stands."""
        return any(self._under.get(word, 0.0) < share * self._total for word, share in noise_words(element))


def _text_under(nodes: list[_Node]) -> dict[str, float]:
    """By noise word: the running text in the outermost elements it names, all over the page."""
    under: dict[str, float] = {}
    words: list[frozenset[str]] = []
    for node in nodes:
        above = words[node.parent] if node.parent >= 0 else frozenset()
        own = {word for word, _ in noise_words(node.element)} - above
        for word in own:
            under[word] = under.get(word, 0.0) + node.gross
        words.append(above | own if own else above)
    return under


def _weight(text: str, linked: int) -> float:
    size = len(text) + 2 * len(_WIDE.findall(text))
    if 2 * linked > len(text):
        return -20.0 - min(linked, 100) / 2
    if size >= 80 or (size >= 40 and _SENTENCE.search(text)):
        return float(size - 2 * linked)
    return -5.0


def _nodes(tree: HtmlElement) -> Iterator[_Node]:
    """Every block-level element of the body in document order with the weight of its own text."""
    body = tree.find("body")
    stack = [(tree if body is None else body, -1)]
    count = 0
    while stack:
        element, parent = stack.pop()
        pieces = [element.text or ""]
        linked = 0
        inner: list[HtmlElement] = []
        for child in element:
            if child.tag in INLINE and not (len(child) and _holds_blocks(child)):
                text = child.text_content()
                linked += len(text) if child.tag == "a" else sum(len(a.text_content()) for a in child.iter("a"))
                pieces.append(text)
            elif child.tag not in UNREAD:
                inner.append(child)
            pieces.append(child.tail or "")
        text = " ".join("".join(pieces).split())
        weight = _weight(text, linked) if text else 0.0
        yield _Node(element, parent, weight, max(weight, 0.0))
        stack.extend((child, count) for child in reversed(inner))
        count += 1


def _holds_blocks(element: HtmlElement) -> bool:
    return any(inner.tag not in INLINE for inner in element.iterdescendants())


def _headline_above(core: HtmlElement) -> HtmlElement | None:
    """The last h1 before or in the core."""
    above = [e for e in core.xpath("preceding::h1 | .//h1") if (e.text_content() or "").strip()]
    return above[-1] if above else None


def _slice(core: HtmlElement, headline: HtmlElement | None) -> HtmlElement:
    """A copy of the core and what surrounds it, from the headline on; everything copied sits below one ``<div>``."""
    top = _common(core, headline)
    branch = _child_towards(top, core)
    first = _child_towards(top, headline) if headline is not None else branch
    root = lxml.html.Element("div")
    for child in _from_to(top, first, branch):
        root.append(_bare(child))
        if child is branch:
            _follow(root[-1], _steps(branch, core)).set(CORE, "1")
    return root


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


def _steps(top: HtmlElement, element: HtmlElement) -> list[int]:
    """The child indexes that lead from ``top`` down to ``element``."""
    steps: list[int] = []
    while element is not top and (parent := element.getparent()) is not None:
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


def _bare(element: HtmlElement) -> HtmlElement:
    copied = deepcopy(element)
    copied.tail = None
    return copied


def _prune(root: HtmlElement, landscape: Landscape) -> None:
    core = root.find(f".//*[@{CORE}]")
    kept = {root} if core is None else {core, *core.iterancestors()}
    for element in [e for e in root.iter() if e not in kept and landscape.is_noise(e)]:
        if element.getparent() is not None:
            element.drop_tree()
