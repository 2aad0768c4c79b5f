"""How much running text a page has, and how much of it stands in one place."""

from collections import defaultdict
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.discover.anchors import FRAME, FRAME_TAGS

FRAGMENT = 25
"""UTF-8 bytes from which a piece of text counts as running text and not as a label."""

FLOWING = frozenset(
    [
        "p",
        "span",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "font",
        "br",
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "sup",
        "sub",
        "mark",
        "small",
        "center",
        "o:p",
        "st1:place",
    ]
)
"""Elements whose text belongs to the block around them."""

HEADLINED = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """``main`` is the text of the block with most of it, ``total`` all of it outside links and the page's frame."""

    main: int
    total: int


def prose(tree: HtmlElement) -> Prose:
    """The running text of a page, in UTF-8 bytes."""
    own: dict[HtmlElement, int] = defaultdict(int)
    for element in tree.iter("*"):
        _count(element, own)
    kept = {block: size for block, size in own.items() if not _in_frame(block)}
    return Prose(main=max(_with_parts(kept).values(), default=0), total=sum(kept.values()))


def _count(element: HtmlElement, own: dict[HtmlElement, int]) -> None:
    text, tail = element.text, element.tail
    if text and len(text) >= 8 and element.tag not in ("a", "title", "option", "button", "label", "textarea"):
        _credit(element, text, own)
    if tail and len(tail) >= 8 and (parent := element.getparent()) is not None:
        _credit(parent, tail, own)


def _credit(element: HtmlElement, text: str, own: dict[HtmlElement, int]) -> None:
    size = len(text) if text.isascii() else len(text.encode())
    if size < FRAGMENT or text.isspace():
        return
    while element.tag in FLOWING:
        parent = element.getparent()
        if element.tag == "a" or parent is None:
            return
        element = parent
    own[element] += size


def _with_parts(own: dict[HtmlElement, int]) -> dict[HtmlElement, int]:
    """Every block with the text of its child blocks, unless a child is an entry of its own (holds a titled link)."""
    sums: dict[HtmlElement, int] = defaultdict(int, own)
    for block, size in own.items():
        parent = block.getparent()
        if parent is not None and not _is_entry(block):
            sums[parent] += size
    return sums


def _is_entry(block: HtmlElement) -> bool:
    return any(len(a.text_content().strip()) >= HEADLINED for a in block.iter("a"))


def _in_frame(block: HtmlElement) -> bool:
    for ancestor in (block, *block.iterancestors()):
        if ancestor.tag in FRAME_TAGS:
            return True
        if ancestor.tag in ("article", "main", "body"):
            return False
        if FRAME.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
            return True
    return False
