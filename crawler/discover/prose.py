"""How much running text a page has, and how much of it stands in one place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from crawler.discover.frame import Frame

FRAGMENT = 25
"""UTF-8 bytes from which a piece of text counts as running text and not as a label."""

FLOWING = frozenset(
    ("p", "span", "b", "strong", "i", "em", "u", "font", "br", "blockquote", "sup", "sub", "mark", "small")
)
FLOWING |= {"h1", "h2", "h3", "h4", "h5", "h6", "center", "o:p", "st1:place"}
"""Elements whose text belongs to the block around them."""

_TEXTS = etree.XPath(
    "//body//text()[string-length() > 8][string-length(normalize-space()) > 8]"
    "[not(ancestor::a or ancestor::nav or ancestor::footer or ancestor::select or ancestor::button)]"
)
_HEADLINED = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """``main`` is the text of the block with most of it, ``total`` all of it outside links, entries and frame."""

    main: int
    total: int


def text_blocks(tree: HtmlElement) -> dict[HtmlElement, int]:
    """The blocks that hold running text outside links, with its size in UTF-8 bytes."""
    own: dict[HtmlElement, int] = defaultdict(int)
    for text in _TEXTS(tree):
        size = len(text.strip()) if text.isascii() else len(text.strip().encode())
        if size >= FRAGMENT:
            own[_block(text)] += size
    return own


def prose(blocks: Mapping[HtmlElement, int], frame: Frame, entries: Iterable[HtmlElement]) -> Prose:
    """How much of the text stands outside the frame, and outside the entries of lists."""
    inside = Inside(entries)
    kept = {block: size for block, size in blocks.items() if not frame.holds(block) and not inside.holds(block)}
    return Prose(main=max(_with_parts(kept).values(), default=0), total=sum(kept.values()))


class Inside:
    """Which elements stand inside one of some others."""

    def __init__(self, roots: Iterable[HtmlElement]) -> None:
        self.known = dict.fromkeys(roots, True)

    def holds(self, element: HtmlElement) -> bool:
        path = []
        for ancestor in (element, *element.iterancestors()):
            if ancestor in self.known:
                break
            path.append(ancestor)
        else:
            ancestor = path[-1]
        found = self.known.get(ancestor, False)
        self.known.update(dict.fromkeys(path, found))
        return found


def _block(text: Any) -> HtmlElement:
    """The element whose text this is, beyond elements that only flow in it."""
    element: HtmlElement = text.getparent().getparent() if text.is_tail else text.getparent()
    while element.tag in FLOWING and (parent := element.getparent()) is not None:
        element = parent
    return element


def _with_parts(own: dict[HtmlElement, int]) -> dict[HtmlElement, int]:
    """Every block with the text of its child blocks, unless a child is an entry of its own (holds a titled link)."""
    sums: dict[HtmlElement, int] = defaultdict(int, own)
    for block, size in own.items():
        parent = block.getparent()
        if parent is not None and not _is_entry(block):
            sums[parent] += size
    return sums


def _is_entry(block: HtmlElement) -> bool:
    return any(len(a.text_content().strip()) >= _HEADLINED for a in block.iter("a"))
