"""Where the text of a page is: every block-level element weighed by the running text and the link lists in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extract.names import INLINE, UNREAD, noise_words
from crawler.page import Page

PARAGRAPH = 80
SENTENCE = 40
LINK_LIST = -20.0
LABEL = -5.0
ASIDE = 0.2
"""What running text still weighs before the headline and behind the end of the article."""
PATIENCE = 200.0
SHARE = 0.3
"""The text has ended when links and labels outweigh ``PATIENCE`` and this share of what was read."""

_SENTENCE = re.compile(r"[.!?…:;。！？”\"»’]\s*$")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PARTS = frozenset(("li", "td", "th", "dt", "dd", "h2", "h3", "h4", "h5", "h6"))
"""Elements that are short in an article too."""

_RIGHTS = re.compile("©|all rights reserved|版权|著作权|権利|reservados|riservat|vorbehalten|zastrzeżone|права", re.I)
SHORTEST_TITLE = 8
TITLE_PART = 0.35
"""A printed title has so much of the page's title, which often has the site's name too."""


@dataclass(slots=True)
class _Node:
    """An element on the way to its weight.

    ``gross`` counts running text only, noise too; ``read`` running text without noise; ``net`` link lists against it.
    """

    element: HtmlElement
    parent: int
    text: str
    weight: float
    gross: float
    net: float = 0.0
    read: float = 0.0
    out: bool = False


class Landscape:
    """By element the ``weights`` of its text less its link lists, and the running text ``read`` in it.

    ``headline`` is the element that prints the page's title; ``is_noise`` says what is noise on this page.
    """

    def __init__(self, page: Page) -> None:
        nodes = list(_nodes(page.tree))
        for node in reversed(nodes[1:]):
            nodes[node.parent].gross += node.gross
        self._total = nodes[0].gross
        self._under = _text_under(nodes)
        start = _title_at(nodes, page)
        self.headline = nodes[start].element if start else None
        self._titled = frozenset(self.headline.iterancestors()) if start else frozenset()
        for node in nodes[1:]:
            node.out = nodes[node.parent].out or self.is_noise(node.element)
        _narrow(nodes, start)
        for node in reversed(nodes):
            node.net += 0.0 if node.out else node.weight
            node.read += 0.0 if node.out else max(node.weight, 0.0)
            if node.parent >= 0:
                nodes[node.parent].net += node.net
                nodes[node.parent].read += node.read
        self.weights = {node.element: node.net for node in nodes}
        self.read = {node.element: node.read for node in nodes}

    def is_noise(self, element: HtmlElement) -> bool:
        """True when the element looks like noise by a word under which only a small part of the text stands.

        What holds the headline is none.
        """
        if element in self._titled:
            return False
        return any(self._under.get(word, 0.0) < share * self._total for word, share in noise_words(element))


def _title_at(nodes: list[_Node], page: Page) -> int:
    """The index of the first h1, else of the first element, that prints a good part of the page's title; else 0."""
    titles = {title.casefold() for title in (page.title, *page.meta.get("og:title", ())) if title}
    found = [n for n, node in enumerate(nodes) if node.text and _is_title(node, titles)]
    return next((n for n in found if nodes[n].element.tag == "h1"), found[0] if found else 0)


def _is_title(node: _Node, titles: set[str]) -> bool:
    text = node.text.casefold()
    return len(text) >= SHORTEST_TITLE and any(len(text) >= TITLE_PART * len(t) and text in t for t in titles)


def _narrow(nodes: list[_Node], start: int) -> None:
    """Takes weight from the text before the headline and from all behind the first long stretch of other matter."""
    if not start:
        return
    reached = best = 0.0
    over = False
    for n, node in enumerate(nodes):
        if n < start or over:
            node.weight *= ASIDE if node.weight > 0 else 1.0
        elif not node.out:
            reached += node.weight
            best = max(best, reached)
            over = best > 0 and reached < best - PATIENCE - SHARE * best


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


def _weight(text: str, linked: int, tag: str) -> float:
    size = len(text) + (2 * len(_WIDE.findall(text)) if not text.isascii() else 0)
    if 2 * linked > len(text):
        return LINK_LIST - min(linked, 100) / 2
    if _RIGHTS.search(text):
        return LABEL
    if size >= PARAGRAPH or (size >= SENTENCE and _SENTENCE.search(text)):
        return float(size - 2 * linked)
    return size / 2 if tag == "p" else 0.0 if tag in PARTS else LABEL


def _nodes(tree: HtmlElement) -> Iterator[_Node]:
    """Every block-level element of the body in document order with its own text and the weight of that."""
    body = tree.find("body")
    stack = [(tree if body is None else body, -1)]
    count = 0
    while stack:
        element, parent = stack.pop()
        pieces = [element.text or ""]
        linked = 0
        inner: list[HtmlElement] = []
        for child in element:
            if child.tag in INLINE and (not len(child) or not _holds_blocks(child)):
                text, links = _inline(child)
                linked += links
                pieces.append(text)
            elif child.tag not in UNREAD:
                inner.append(child)
            pieces.append(child.tail or "")
        text = " ".join("".join(pieces).split())
        weight = _weight(text, linked, element.tag) if text else 0.0
        yield _Node(element, parent, text, weight, max(weight, 0.0))
        stack.extend((child, count) for child in reversed(inner))
        count += 1


def _inline(element: HtmlElement) -> tuple[str, int]:
    """The text of an inline element and how much of it is linked."""
    text = str(element.text_content()) if len(element) else element.text or ""
    if element.tag == "a":
        return text, len(text)
    return text, sum(len(a.text_content()) for a in element.iter("a")) if len(element) else 0


def _holds_blocks(element: HtmlElement) -> bool:
    return any(inner.tag not in INLINE for inner in element.iterdescendants())
