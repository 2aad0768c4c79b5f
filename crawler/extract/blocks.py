"""The article region as a flat tuple of blocks: runs of text and images, in document order.

A block is either an image (``image`` set, ``text`` empty) or text (a paragraph, heading, list item, table cell,
figcaption, or a run of bare text between ``<br><br>`` or between elements). Inside one block ``lines`` keeps what
``<br>`` separates. Several blocks may share one ``tag``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from lxml.html import HtmlElement

from crawler.extract.looks import aligned, is_bold, is_italic, style_of
from crawler.extract.names import INLINE, name_of
from crawler.extract.region import CORE, Region
from crawler.text import squash


class Place(StrEnum):
    """Where a block stands: between the headline and the text, in the text, or behind it."""

    HEAD = "head"
    CORE = "core"
    TAIL = "tail"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """A run of text or an image of the article region, with what its markup says about it.

    ``name`` is the nearest block-level tag; ``within`` the names of all elements around it up to the region;
    ``hints`` the lower-case class, id, itemprop and rel values of it, its inline parts and the elements around it, the
    nearest first; ``own`` those of its nearest block-level tag and the inline elements that hold all its text;
    ``italic``/``bold``/``align`` speak of the whole text; ``links`` is the share of the text that is linked; ``apart``
    says that a name on it or around it sets it apart from the text (author, date, caption, tags).
    """

    index: int
    tag: HtmlElement
    name: str
    place: Place
    text: str = ""
    lines: tuple[str, ...] = ()
    image: HtmlElement | None = None
    within: tuple[str, ...] = ()
    hints: str = ""
    own: str = ""
    align: str | None = None
    italic: bool = False
    bold: bool = False
    level: int = 0
    links: float = 0.0
    hrefs: tuple[str, ...] = ()
    apart: bool = False

    def inside(self, *names: str) -> bool:
        """True when one of these elements is around the block (or is it)."""
        return self.name in names or not set(names).isdisjoint(self.within)

    def nearest(self, *names: str) -> HtmlElement | None:
        """The nearest element around the block with one of these names; its identity groups blocks (``is``)."""
        if not self.inside(*names):
            return None
        return self.tag if self.tag.tag in names else next(self.tag.iterancestors(*names), None)


def blocks(region: Region | None) -> tuple[Block, ...]:
    """The blocks of a region; none for no region."""
    if region is None:
        return ()
    builder = _Builder()
    frame = _Frame(tag=region.tree)
    builder.walk(region.tree, frame)
    builder.flush(frame)
    return tuple(builder.blocks)


IMAGES = ("img", "amp-img")
LEVELS = {f"h{n}": n for n in range(1, 7)}
BOXES = frozenset(("div", "td", "section", "article", "header"))
"""Elements in which a named inline element (a date, an author) is a line of its own."""
APART = 800
"""An element with more text than this is the text, whatever its names say."""
LONG_LINES = 300
LONG_LINE = 80
"""A run of so many characters in several lines, or with lines so long, is one paragraph a line."""


class _Frame(NamedTuple):
    """What the elements around a piece of text say about it."""

    tag: HtmlElement
    within: tuple[str, ...] = ()
    own: str = ""
    around: str = ""
    align: str | None = None
    italic: bool = False
    bold: bool = False
    href: str | None = None
    apart: bool = False

    def enter(self, tag: HtmlElement) -> "_Frame":
        """The frame inside a block-level element."""
        names, style = hints(tag), style_of(tag)
        return _Frame(
            tag=tag,
            within=(*self.within, str(tag.tag)),
            own=names,
            around=f"{self.own} {self.around}".strip(),
            align=aligned(tag, style, names) or (self.align if tag.tag != "table" else None),
            italic=self.italic or is_italic(tag, style, names),
            bold=self.bold or is_bold(tag, style, names),
            href=self.href,
            apart=self.apart or _is_apart(tag),
        )

    def inline(self, tag: HtmlElement) -> "_Frame":
        """The frame inside an inline element: same block, other letters."""
        href = tag.get("href") if tag.tag == "a" else None
        names, style = hints(tag), style_of(tag)
        return _Frame(
            tag=self.tag,
            within=self.within,
            own=f"{self.own} {names}".strip() if names else self.own,
            around=self.around,
            align=self.align,
            italic=self.italic or is_italic(tag, style, names),
            bold=self.bold or is_bold(tag, style, names),
            href=str(href) if href is not None else self.href,
            apart=self.apart,
        )


class _Piece(NamedTuple):
    text: str
    frame: _Frame


class _Builder:
    """Collects pieces of text into lines and lines into blocks while the region is walked."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[list[_Piece]] = [[]]
        self.place = Place.HEAD
        self.core = 0

    def walk(self, tag: HtmlElement, frame: _Frame) -> None:
        self.add(tag.text, frame)
        for child in tag:
            self.element(child, frame)
            self.add(child.tail, frame)

    def add(self, text: str | None, frame: _Frame) -> None:
        line = self.lines[-1]
        if text and (line or not text.isspace()):
            line.append(_Piece(text, frame))

    def element(self, tag: HtmlElement, frame: _Frame) -> None:
        if tag.tag == "br":
            self.lines.append([])
        elif tag.tag in IMAGES:
            self.flush(frame)
            self.add_image(tag, frame)
        elif tag.tag in INLINE and tag.get(CORE) is None and not (frame.tag.tag in BOXES and _is_apart(tag)):
            self.walk(tag, frame.inline(tag))
        else:
            self.flush(frame)
            self.enter(tag, frame.enter(tag))

    def enter(self, tag: HtmlElement, frame: _Frame) -> None:
        is_core = tag.get(CORE) is not None
        if is_core:
            self.core += 1
            self.place = Place.CORE
        self.walk(tag, frame)
        self.flush(frame)
        if is_core:
            self.core -= 1
            self.place = Place.CORE if self.core else Place.TAIL

    def add_image(self, tag: HtmlElement, frame: _Frame) -> None:
        self.blocks.append(
            Block(
                index=len(self.blocks),
                tag=frame.tag,
                name=str(frame.tag.tag),
                place=self.place,
                image=tag,
                within=frame.within,
                own=f"{frame.own} {hints(tag)}".strip(),
                hints=f"{hints(tag)} {frame.own} {frame.around}".strip(),
                align=frame.align,
                hrefs=(frame.href,) if frame.href else (),
            )
        )

    def flush(self, frame: _Frame) -> None:
        """Ends the run of text: it becomes one block, or one a paragraph."""
        if len(self.lines) == 1 and not self.lines[0]:
            return
        for paragraph in _paragraphs(self.lines):
            self.add_text(paragraph, frame)
        self.lines = [[]]

    def add_text(self, lines: list[list[_Piece]], frame: _Frame) -> None:
        printed = [text for line in lines if (text := _joined(line))]
        pieces = [(said, piece.frame) for line in lines for piece in line if (said := len(piece.text.strip()))]
        size = sum([said for said, _ in pieces])
        linked = sum([said for said, around in pieces if around.href is not None])
        frames = [around for _, around in pieces]
        own = " ".join(dict.fromkeys([around.own for around in frames if around.own]))
        inner = frame.tag
        self.blocks.append(
            Block(
                index=len(self.blocks),
                tag=inner,
                name=str(inner.tag),
                place=self.place,
                text=" ".join(printed),
                lines=tuple(printed),
                within=frame.within,
                own=own,
                hints=f"{own} {frame.around}".strip(),
                align=frame.align,
                italic=all(around.italic for around in frames),
                bold=all(around.bold for around in frames),
                level=LEVELS.get(str(inner.tag), 0),
                links=linked / size if size else 0.0,
                hrefs=tuple(dict.fromkeys([around.href for around in frames if around.href])),
                apart=frame.apart,
            )
        )


def hints(tag: HtmlElement) -> str:
    """The lower-case class, id, itemprop and rel values of an element."""
    get = tag.get
    found = [said for said in (get("class"), get("id"), get("itemprop"), get("rel")) if said]
    return " ".join(" ".join(found).lower().split()) if found else ""


def _is_apart(tag: HtmlElement) -> bool:
    return name_of(tag).apart and len(tag.text_content()) < APART


def _paragraphs(lines: list[list[_Piece]]) -> Iterator[list[list[_Piece]]]:
    """The lines between empty lines; every line by itself where a long run has several."""
    group: list[list[_Piece]] = []
    for line in [*lines, []]:
        if any(_PRINTED.search(piece.text) for piece in line):
            group.append(line)
        elif group:
            yield from ([one] for one in group) if _is_long(group) else (group,)
            group = []


_PRINTED = re.compile("[^\\s\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe]")
"""A character that is seen."""


def _is_long(group: list[list[_Piece]]) -> bool:
    size = sum(len(piece.text) for line in group for piece in line)
    return len(group) > 1 and (size >= LONG_LINES or size >= LONG_LINE * len(group))


def _joined(line: list[_Piece]) -> str:
    return squash(line[0].text if len(line) == 1 else "".join([piece.text for piece in line]))
