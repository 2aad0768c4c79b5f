"""Where the text of a page is: every block-level element weighed by the running text and the link lists in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extract.names import HEADINGS, INLINE, UNREAD, noise_words
from crawler.extract.words import table
from crawler.page import Page
from crawler.text import size

PARAGRAPH = 80
SENTENCE = 40
LINK_LIST = -20.0
LABEL = -5.0
BEFORE = 0.02
BEHIND = 0.2
"""What running text still weighs before the headline, and behind the end of the article."""
ENOUGH = 0.2
"""The printed title says where the text begins only when this share of all running text follows it."""
PATIENCE = 200.0
SHARE = 0.3
"""The text has ended when links and labels outweigh ``PATIENCE`` and this share of what was read."""
PARTS = frozenset(("li", "td", "th", "dt", "dd", "h2", "h3", "h4", "h5", "h6"))
"""Elements that are short in an article too."""
POSTS = frozenset(table("tags")["posts"])
"""Classes that weblogs and discussions give to the text of each of their posts."""
SHORTEST_TITLE = 8
TITLE_PART = 0.35
"""A printed title has so much of the page's title, which often has the site's name too."""

_RIGHTS = tuple(table("body")["rights"])
_SIGN = re.compile(r"(?<![a-zà-ÿ])©")
STOPS = '.!?…:;。！？।॥؟۔።។။։」』”"»’'
"""What stands at the end of a sentence, in all scripts; a closing quotation mark too."""
_SENTENCE = re.compile(rf"[{STOPS}]\s*$")


@dataclass(slots=True)
class Node:
    """A block-level element with its own text, on the way to its weight.

    ``gross`` counts running text only, noise too; ``read`` running text without noise; ``net`` link lists against it.
    ``out`` says that it, or what is around it, is noise.
    """

    element: HtmlElement
    parent: int
    text: str
    weight: float
    gross: float
    words: tuple[tuple[str, float], ...]
    net: float = 0.0
    read: float = 0.0
    out: bool = False


class Landscape:
    """The ``nodes`` of a page in document order, weighed, and the one that prints the page's title (``start``)."""

    def __init__(self, page: Page) -> None:
        self.nodes = nodes = list(_nodes(page.tree))
        for node in reversed(nodes[1:]):
            nodes[node.parent].gross += node.gross
        self._total = nodes[0].gross
        self._under = _text_under(nodes)
        self.start = _title_at(nodes, page)
        titled = set(_upwards(nodes, self.start))
        later = _later_posts(nodes, page)
        for n, node in enumerate(nodes):
            if node.parent >= 0:
                noise = bool(node.words) and n not in titled and (self._is_noise(node.words) or self._is_foot(n))
                node.out = nodes[node.parent].out or noise or n in later
        _narrow(nodes, self.start)
        for node in reversed(nodes):
            if not node.out:
                node.net += node.weight
                node.read += max(node.weight, 0.0)
            if node.parent >= 0:
                nodes[node.parent].net += node.net
                nodes[node.parent].read += node.read

    @property
    def headline(self) -> HtmlElement | None:
        """The element that prints the page's title."""
        return self.nodes[self.start].element if self.start else None

    def is_noise(self, element: HtmlElement) -> bool:
        """True when an element looks like noise by a word under which only a small part of the text stands."""
        return self._is_noise(noise_words(element))

    def _is_foot(self, n: int) -> bool:
        """True for what is named a footer behind the printed title, however little text stands between them."""
        return 0 < self.start < n and any(word == "footer" for word, _ in self.nodes[n].words)

    def _is_noise(self, words: tuple[tuple[str, float], ...]) -> bool:
        return any(self._under.get(word, 0.0) < share * self._total for word, share in words)


def _upwards(nodes: list[Node], n: int) -> Iterator[int]:
    while n > 0:
        n = nodes[n].parent
        yield n


def _later_posts(nodes: list[Node], page: Page) -> set[int]:
    """The indexes of all posts of a weblog or a discussion on the page but the first, which the page is about."""
    if not any(name in page.text for name in POSTS):
        return set()
    posts = [
        n for n, node in enumerate(nodes) if node.gross and not POSTS.isdisjoint(node.element.get("class", "").split())
    ]
    return {n for n in posts[1:] if posts[0] not in _upwards(nodes, n)}


def _title_at(nodes: list[Node], page: Page) -> int:
    """The index of the first h1 that prints a good part of the page's title, else of what prints most of it; else 0.

    A heading goes before other elements, and an entry of a list, as in the path to the page, behind them.
    """
    titles = {title.casefold() for title in (page.title, *page.meta.get("og:title", ())) if title}
    most = max(map(len, titles), default=0)
    least = max(SHORTEST_TITLE, TITLE_PART * min(map(len, titles), default=0))
    found = [n for n, node in enumerate(nodes) if least <= len(node.text) <= most and _is_title(node, titles)]
    main = next((n for n in found if nodes[n].element.tag == "h1"), None)
    return max(found, key=lambda n: _prints(nodes[n]), default=0) if main is None else main


def _prints(node: Node) -> tuple[int, int]:
    """How much an element that prints a part of the title says that it is the headline."""
    tag = node.element.tag
    return (2 if tag in HEADINGS else 0 if tag in ("li", "title") else 1), len(node.text)


def _is_title(node: Node, titles: set[str]) -> bool:
    size = len(node.text)
    fits = [title for title in titles if TITLE_PART * len(title) <= size]
    return bool(fits) and any(node.text.casefold() in title for title in fits)


def _narrow(nodes: list[Node], start: int) -> None:
    """Takes weight from the text before the headline and from all behind the first long stretch of other matter."""
    read = [0.0 if node.out else max(node.weight, 0.0) for node in nodes]
    if not start or sum(read[start:]) < ENOUGH * sum(read):
        return
    reached = best = 0.0
    over = False
    for n, node in enumerate(nodes):
        if n < start or over:
            node.weight *= 1.0 if node.weight < 0 else BEFORE if n < start else BEHIND
        elif not node.out:
            reached += node.weight
            best = max(best, reached)
            over = best > 0 and reached < best - PATIENCE - SHARE * best


def _text_under(nodes: list[Node]) -> dict[str, float]:
    """By noise word: the running text in the outermost elements it names, all over the page."""
    under: dict[str, float] = {}
    above: list[frozenset[str]] = []
    for node in nodes:
        around = above[node.parent] if node.parent >= 0 else frozenset()
        own = [word for word, _ in node.words if word not in around] if node.words else ()
        for word in own:
            under[word] = under.get(word, 0.0) + node.gross
        above.append(around.union(own) if own else around)
    return under


def says_rights(text: str) -> bool:
    """True for a text, in lower case, that speaks of the rights in a site, or of who answers for it."""
    for words in _RIGHTS:  # no expression of alternatives: looking for one after the other takes a third of its time
        if words in text:
            return True
    return "©" in text and _SIGN.search(text) is not None


def _weight(text: str, linked: int, tag: str) -> float:
    letters = size(text)
    if 2 * linked > len(text):
        return LINK_LIST - min(linked, 100) / 2
    if says_rights(text.lower()):
        return LABEL
    if letters >= PARAGRAPH or (letters >= SENTENCE and _SENTENCE.search(text)):
        return float(letters - 2 * linked)
    return letters / 2 if tag == "p" else 0.0 if tag in PARTS else LABEL


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    """Every block-level element of the body in document order with its own text and the weight of that."""
    body = tree.find("body")
    stack = [(tree if body is None else body, -1)]
    count = 0
    while stack:
        element, parent = stack.pop()
        text, linked, inner = _own(element)
        weight = _weight(text, linked, str(element.tag)) if text else 0.0
        yield Node(element, parent, text, weight, max(weight, 0.0), noise_words(element))
        if inner:
            stack += [(child, count) for child in reversed(inner)]
        count += 1


def _own(element: HtmlElement) -> tuple[str, int, list[HtmlElement]]:
    """The text of an element outside its block-level children, how much of it is linked, and these children."""
    pieces = [element.text] if element.text else []
    linked = 0
    inner: list[HtmlElement] = []
    for child in element:
        tag = child.tag
        if tag in INLINE and not (len(child) and _holds_blocks(child)):
            text, links = _inline(child)
            linked += links
            if text:
                pieces.append(text)
        elif tag not in UNREAD:
            inner.append(child)
        if tail := child.tail:
            pieces.append(tail)
    return " ".join("".join(pieces).split()) if pieces else "", linked, inner


def _inline(element: HtmlElement) -> tuple[str, int]:
    """The text of an inline element and how much of it is linked."""
    if not len(element):
        text = element.text or ""
        return text, len(text) if element.tag == "a" else 0
    text = str(element.text_content())
    return text, len(text) if element.tag == "a" else sum([len(a.text_content()) for a in element.iter("a")])


def _holds_blocks(element: HtmlElement) -> bool:
    return any(child.tag not in INLINE or (len(child) and _holds_blocks(child)) for child in element)
