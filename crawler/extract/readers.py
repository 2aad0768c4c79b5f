"""What a field reader is given (:class:`Context`) and gives back (:class:`Reading`), and how a table of them runs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

import lxml.html

from crawler.extract.blocks import Block
from crawler.extract.headings import Heading
from crawler.extract.selectors import selected_elements
from crawler.page import Page
from crawler.portal import Portal
from crawler.text import squash

__all__ = [
    "Context",
    "Reader",
    "Reading",
    "element_text",
    "meta",
    "read",
    "selected",
    "selected_elements",
    "selected_text",
]

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A field's value and the indexes of the blocks that carry it; ``at``: the block of each part of a tuple value."""

    value: Any
    blocks: frozenset[int] = NOTHING
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The page, its portal, the blocks of the article region, and what other readers found and claimed so far.

    ``core`` is the text's element on the page's tree, which is not pruned and never changed; ``headings`` are the
    headings printed above and in it, anywhere on the page.
    ``memo`` keeps what a module works out once for several of its readers, by the module's own key.
    """

    page: Page
    portal: Portal
    captured: date | None = None
    core: lxml.html.HtmlElement | None = None
    blocks: tuple[Block, ...] = ()
    headings: tuple[Heading, ...] = ()
    claimed: frozenset[int] = NOTHING
    found: Mapping[str, Any] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def free(self) -> tuple[Block, ...]:
        """The blocks that no field claimed yet."""
        return tuple(block for block in self.blocks if block.index not in self.claimed)

    def selectors(self, name: str) -> tuple[str, ...]:
        """The CSS selectors declared for a field on the day of the capture."""
        return self.portal.selectors(name, self.captured)

    def printed(self, *texts: str | None) -> frozenset[int]:
        """The indexes of the blocks that print exactly one of ``texts``."""
        known: dict[str, list[int]] | None = self.memo.get("printed")
        if known is None:
            known = self.memo["printed"] = {}
            for block in self.blocks:
                known.setdefault(block.text.casefold(), []).append(block.index)
        wanted = {squash(text).casefold() for text in texts if text} - {""}
        return frozenset(index for text in wanted for index in known.get(text, ()))


class Reader(Protocol):
    """A function that reads one field; its name is the field's origin."""

    @property
    def __name__(self) -> str: ...

    def __call__(self, context: Context, /) -> Reading | None: ...


def read(context: Context, table: Mapping[str, tuple[Reader, ...]]) -> dict[str, tuple[str, Reading]]:
    """By field, in the order of the table: the name of the reader that answered first, and its reading."""
    readings: dict[str, tuple[str, Reading]] = {}
    for name, readers in table.items():
        answer = next(_answers(context, readers), None)
        if answer is not None:
            readings[name] = answer
            reading = answer[1]
            context = replace(
                context, claimed=context.claimed | reading.blocks, found={**context.found, name: reading.value}
            )
    return readings


def _answers(context: Context, readers: Iterable[Reader]) -> Iterator[tuple[str, Reading]]:
    for reader in readers:
        reading = reader(context)
        if reading is not None and reading.value:
            yield reader.__name__, reading


def selected_text(context: Context, name: str) -> str | None:
    """The text of the first element that the declared selectors of a field find, a machine value before the text."""
    elements = selected_elements(context.page, context.selectors(name))
    return next((text for element in elements if (text := element_text(element))), None)


def element_text(element: lxml.html.HtmlElement) -> str:
    """``datetime`` or ``content`` where the element has it, else its printed text."""
    machine = element.get("content") if element.tag == "meta" else element.get("datetime")
    return squash(machine or str(element.text_content()))


def selected(name: str) -> Reader:
    """A reader of the text that the declared selectors of a field find."""

    def selected(context: Context) -> Reading | None:
        text = selected_text(context, name)
        return Reading(value=text, blocks=context.printed(text)) if text else None

    return selected


def meta(*names: str) -> Reader:
    """A reader of the first of these ``<meta>`` names that the page has."""

    def meta(context: Context) -> Reading | None:
        value = next((v for name in names for v in context.page.meta.get(name, ())), None)
        return Reading(value=value, blocks=context.printed(value)) if value else None

    return meta
