"""The article region: where on the page headline, byline, text and pictures stand, pruned of everything else.

The text's element (the *core*) is the declared one, or the subtree whose text outweighs its link lists most. The region
goes from the headline above it to what follows the core. The page's tree is never changed: only the region is copied.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.words import table
from crawler.page import Page

CORE = "data-core"
"""Attribute that marks the core in the region's copy."""

_WORDS = frozenset(table("noise")["words"])
_PHRASES = re.compile("|".join(map(re.escape, table("noise")["phrases"])))
_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SENTENCE = re.compile(r"[.!?…:;。！？”\"»’]\s*$")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

DROPPED = frozenset(table("tags")["dropped"])
INLINE = frozenset(table("tags")["inline"])
HEADLINES = frozenset(("h1", "h2", "h3"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The pruned copy as markup; the core carries the attribute ``CORE``."""

    html: str


def find(page: Page, selectors: Iterable[str] = ()) -> Region | None:
    """The article region of a page, around the first element that ``selectors`` find or the heaviest text; or None."""
    core = _declared(page, selectors) or _heaviest(page.tree)
    if core is None:
        return None
    copied = _slice(core, _headline_above(core))
    _prune(copied)
    return Region(html=etree.tostring(copied, encoding="unicode", method="html"))


def _declared(page: Page, selectors: Iterable[str]) -> HtmlElement | None:
    found = (e for s in selectors for e in page.tree.cssselect(s))
    return next(iter(found), None)


def _heaviest(tree: HtmlElement) -> HtmlElement | None:
    weights = _weights(tree)
    if not weights:
        return None
    best = max(weights, key=lambda e: weights[e])
    if weights[best] <= 0:
        return None
    while True:
        inner = max(best, key=lambda e: weights.get(e, 0.0), default=None)
        if inner is None or weights.get(inner, 0.0) < DESCEND * weights[best] or inner.tag in ("p", "tr", "td"):
            return best
        best = inner


DESCEND = 0.9
"""A child that holds this share of its parent's weight holds the text."""


def _weights(tree: HtmlElement) -> dict[HtmlElement, float]:
    """By element: the sum of the weights of the runs of text in it."""
    totals: dict[HtmlElement, float] = {}
    for element, text, linked in _runs(tree):
        weight = _weight(text, linked)
        node: HtmlElement | None = element
        while node is not None:
            totals[node] = totals.get(node, 0.0) + weight
            node = node.getparent()
    return totals


def _weight(text: str, linked: int) -> float:
    size = len(text) + 2 * len(_WIDE.findall(text))
    if 2 * linked > len(text):
        return -20.0 - min(linked, 100) / 2
    if size >= 80 or (size >= 40 and _SENTENCE.search(text)):
        return float(size - 2 * linked)
    return -5.0


def _runs(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str, int]]:
    """(block-level element, its own text, linked characters in it) of all visible elements that are no noise."""
    body = tree.find("body")
    stack = [tree if body is None else body]
    while stack:
        element = stack.pop()
        pieces = [element.text or ""]
        linked = 0
        for child in element:
            if child.tag in INLINE:
                text = child.text_content()
                linked += len(text) if child.tag == "a" else sum(len(a.text_content()) for a in child.iter("a"))
                pieces.append(text)
            elif not is_noise(child):
                stack.append(child)
            pieces.append(child.tail or "")
        text = " ".join("".join(pieces).split())
        if text:
            yield element, text, linked


def is_noise(element: HtmlElement) -> bool:
    """True for an element that no field is read from: navigation, forms, share bars, hidden parts and the like."""
    if element.tag in DROPPED or not isinstance(element.tag, str):
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _noisy(names)


@lru_cache(maxsize=20000)
def _noisy(names: str) -> bool:
    words = {w.lower() for w in _SPLIT.split(names)}
    return not words.isdisjoint(_WORDS) or bool(_PHRASES.search(re.sub(r"[-_]", "", names.lower())))


def _headline_above(core: HtmlElement) -> HtmlElement | None:
    """The last h1 before the core, else the last heading."""
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


def _prune(root: HtmlElement) -> None:
    cores = root.xpath(f"descendant-or-self::*[@{CORE}]")
    kept = {e for core in cores for e in (core, *core.iterancestors())}
    doomed = [e for e in root.iter() if e not in kept and isinstance(e.tag, str) and e is not root and is_noise(e)]
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()
