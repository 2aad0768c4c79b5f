"""Text that a page tells machines only, and what a page says of text it keeps back: paid for, or cut."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup

from crawler.extract.author_sources import TYPES
from crawler.page import Page
from crawler.text import squash

SHORTEST = 250
"""Characters from which a text for machines may stand for the printed one."""
_BREAKS = ("p", "br", "div", "li", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol")
_CUT = re.compile(r"(?:…|\.\.\.)\s*[)\]]?$")
_LINES = re.compile(r"\s*\n\s*")


def paragraphs_for_machines(page: Page) -> tuple[str, ...]:
    """The paragraphs of the longest ``articleBody`` in JSON-LD, without markup; none when it is too short."""
    texts = (node.get("articleBody") for node in page.linked_data)
    longest = max((text for text in texts if isinstance(text, str)), key=len, default="")
    paragraphs = tuple(text for line in _LINES.split(_plain(longest)) if (text := squash(line)))
    return paragraphs if sum(map(len, paragraphs)) >= SHORTEST else ()


def is_paid_for(page: Page) -> bool:
    """True when JSON-LD says of the article that it is not free to read."""
    return any(str(node.get("isAccessibleForFree")).casefold() == "false" for node in _articles(page))


def is_cut(paragraph: str) -> bool:
    """True for a last paragraph that ends in dots: the rest stands elsewhere."""
    return _CUT.search(paragraph) is not None


def _articles(page: Page) -> Iterator[Mapping[str, Any]]:
    return (node for node in page.linked_data if any(kind in str(node.get("@type")).lower() for kind in TYPES))


def _plain(text: str) -> str:
    """Text with its entities resolved, also those encoded twice, and a line feed for each tag that ends a paragraph."""
    soup = BeautifulSoup(html.unescape(text), "html.parser")
    for tag in soup.find_all(_BREAKS):
        tag.insert_before("\n")
        tag.insert_after("\n")
    return soup.get_text()
