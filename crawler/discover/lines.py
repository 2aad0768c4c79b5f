"""The lines of a page as a reader sees them: what stands in one block, between two breaks."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

MOST = 600
"""Lines of a page that are looked at."""

_TEXTS = etree.XPath("//body//text()[normalize-space()][not(parent::option or parent::button or parent::textarea)]")
_INLINE = frozenset(("a", "abbr", "b", "big", "em", "font", "i", "ins", "label", "mark", "o:p", "s", "small", "span"))
_INLINE |= {"strike", "strong", "sub", "sup", "time", "u"}
_BOLD = frozenset(("b", "strong"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "th"))
_TITLE_CLASS = re.compile(
    r"(?<!sub)(?<!sub[-_])tit(le(?!s\b)|(ulo|re|olo|el)\b)|tieu-?de|headline|subject|\bh-?title", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """One line: its text, its block, whether it is a link, whether it is set as a title."""

    block: HtmlElement
    text: str
    linked: bool
    head: bool

    @property
    def size(self) -> int:
        """Its length in UTF-8 bytes: a character of a script without spaces says as much as three letters."""
        return len(self.text) if self.text.isascii() else len(self.text.encode())


def lines(tree: HtmlElement, left_out: Callable[[HtmlElement], bool], stays: Callable[[str], bool]) -> tuple[Line, ...]:
    """The lines of a page in document order, but for those of blocks that are ``left_out``.

    A link that ``stays`` on the page is none: headlines often lead to themselves.
    """
    runs = groupby(_placed(_TEXTS(tree)), key=lambda placed: placed[0])
    read = (_line(block, [p[1] for p in run], stays) for (block, _), run in runs if not left_out(block))
    return tuple(islice(read, MOST))


def _placed(texts: Iterable[Any]) -> Iterator[tuple[tuple[HtmlElement, int], Any]]:
    """Every text with its block and how many breaks came before it."""
    breaks = 0
    for text in texts:
        parent = text.getparent()
        breaks += bool(text.is_tail and parent.tag == "br")
        yield (_block(parent.getparent() if text.is_tail else parent), breaks), text


def _block(element: HtmlElement) -> HtmlElement:
    while element.tag in _INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element


def _line(block: HtmlElement, texts: list[Any], stays: Callable[[str], bool]) -> Line:
    within = [list(_within(text, block)) for text in texts]
    leading = [any(_leads_away(e, stays) for e in around) for around in within]
    linked = sum(len(text) for text, away in zip(texts, leading, strict=True) if away)
    return Line(
        block=block,
        text=" ".join(" ".join(texts).split()),
        linked=2 * linked > sum(map(len, texts)) or any(_leads_away(e, stays) for e in block.iterancestors("a")),
        head=block.tag in _HEADINGS or _is_named_title(block) or all(map(_has_bold, within)),
    )


def _within(text: Any, block: HtmlElement) -> Iterator[HtmlElement]:
    """The inline elements around a text."""
    element = text.getparent().getparent() if text.is_tail else text.getparent()
    while element is not block and element is not None:
        yield element
        element = element.getparent()


def _leads_away(element: HtmlElement, stays: Callable[[str], bool]) -> bool:
    href = element.get("href") if element.tag == "a" else None
    return href is not None and not stays(href)


def _has_bold(around: list[HtmlElement]) -> bool:
    return any(e.tag in _BOLD or (e.tag == "span" and _is_named_title(e)) for e in around)


def _is_named_title(block: HtmlElement) -> bool:
    return bool(_TITLE_CLASS.search(block.get("class") or ""))
