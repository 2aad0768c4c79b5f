"""What the pages of a portal ask of the newsroom behind them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crawler.sample.content import Section, Story

FIRST_DAY = date(2025, 10, 23)
"""The day of edition 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What every page of a portal prints of its publisher."""

    name: str
    publisher: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a section, newest first; ``pages`` is how many there are."""

    section: Section
    page: int
    pages: int
    stories: tuple[Story, ...]


class Newsroom(Protocol):
    """The stories of one portal on one day."""

    masthead: Masthead
    sections: tuple[Section, ...]
    english: tuple[Story, ...]
    today: date

    def find(self, number: int) -> Story | None:
        """The story with that number, if there is (still) one."""

    def latest(self, count: int) -> tuple[Story, ...]:
        """The newest stories."""

    def related(self, story: Story) -> tuple[Story, ...]:
        """A few stories of the same section, the story itself among them."""

    def listing(self, section: Section, page: int) -> Listing | None:
        """One page of a section; None when there is no such page."""

    @property
    def mapped_count(self) -> int:
        """How many stories the sitemap names, about."""

    def mapped(self, start: int = 0) -> Iterator[Story]:
        """The stories that the sitemap names, from the ``start``-th on."""

    def stories(self) -> Iterator[Story]:
        """Every story there is, made one at a time."""


def slug(text: str) -> str:
    """``text`` as portals put it into addresses: without accents, in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:90].rstrip("-")


def address(slugged: str, section: Section, number: int, form: str) -> str:
    """The path of an article in one of the town's three systems: ``vnpt``, ``sharepoint`` or ``nukeviet``."""
    if form == "sharepoint":
        return f"/vn/tin-tuc/{section.slug}/{number}/{slugged}.aspx"
    if form == "nukeviet":
        return f"/news/{section.slug}/{slugged}-{number}.html"
    return f"/vi-vn/tin/{slugged}-p16129-c{section.category}-n{number}"
