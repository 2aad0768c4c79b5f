"""The section that the portal files the article under, and its tags."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.readers import Context, Reader, Reading, element_text, meta, selected, selected_elements
from crawler.page import Page
from crawler.text import squash

LONGEST = 60
"""A longer text is no section and no tag."""
_NAMED = etree.XPath(".//*[contains(@id,'readcrumb')]")
_LABELLED = re.compile(
    r"(?:^|[-–|•]\s*)(?:Chuyên mục|Category|Categoria|Categoría|Catégorie|Kategorie|Rubrik|Rubrique|Kategoria|Rubryka"
    r"|Sección|Seção|Sezione|分类|栏目|カテゴリー?|카테고리|분류|หมวดหมู่)\s*[:：]\s*([^|•]+?)(?:\s+[-–|•]\s.*)?$"
)
LABELLED_LINE = 200
"""A longer line is text, not a label with its value."""


def linked_section(context: Context) -> Reading | None:
    """``articleSection`` of linked data."""
    said = (text for node in context.page.linked_data for text in _strings(node.get("articleSection")))
    return _short(next(said, None))


def folder_title(context: Context) -> Reading | None:
    """The cell that SharePoint portals print the section in, above the article."""
    named = _classed(context.page, lambda classes: "FolderTitle" in classes)
    return _short(next((squash(element.text_content()) for element in named), None))


def labelled_section(context: Context) -> Reading | None:
    """``Categoria: Obras`` in the lines around the text."""
    found = (_LABELLED.search(block.text) for block in context.blocks if len(block.text) < LABELLED_LINE)
    return _short(next((match[1] for match in found if match), None))


def breadcrumb(context: Context) -> Reading | None:
    """The last part of the printed breadcrumb that is not the headline."""
    headline = str(context.found.get("headline") or "").casefold()
    for element in _breadcrumbs(context.page):
        links = [squash(part.text_content()) for part in list(element.iter("li")) or element.iter("a")]
        said = links or [squash(element.text_content())]
        parts = [p for p in said if p.casefold() != headline and any(map(str.isalnum, p))]
        if len(parts) > 1 or (parts and not links):
            return _short(parts[-1])
    return None


def _breadcrumbs(page: Page) -> Iterator[HtmlElement]:
    yield from _classed(page, lambda classes: "readcrumb" in classes or "crumbs" in classes)
    yield from _NAMED(page.tree) if "readcrumb" in page.text else ()


def path_line(context: Context) -> Reading | None:
    """The one link of a line that a portal names as the path to the article."""
    for element in _classed(context.page, lambda classes: "crumb" in classes or "path" in classes.split()):
        links = [a for a in element.iter("a") if _path(a.get("href") or "").strip("/.")]
        if len(links) == 1 and squash(links[0].text_content()) == squash(element.text_content()):
            return _short(links[0].text_content())
    return None


def site_heading(context: Context) -> Reading | None:
    """An ``<h1>`` that is not the headline and says what a link of the menu says, or is the title of a portlet."""
    headline = str(context.found.get("headline") or "").casefold()
    named = {squash(h.text_content()): h for h in context.page.tree.iter("h1")}
    wanted = {text: h for text, h in named.items() if 0 < len(text) <= LONGEST and text.casefold() != headline}
    if not wanted:
        return None
    if portlet := next((text for text, h in wanted.items() if "portlet-title" in (h.get("class") or "")), None):
        return _short(portlet)
    links = (a for a in context.page.tree.iter("a") if not any(True for _ in a.iterancestors("h1")))
    return _short(next((text for a in links if (text := squash(a.text_content())) in wanted), None))


def section_in_url(context: Context) -> Reading | None:
    """The text of the menu's link to a folder that the article's URL stands in."""
    folders = {part for part in _path(context.page.url).split("/")[3:-1] if len(part) > 2 and not part.isdigit()}
    for link in context.page.tree.iter("a"):
        last = _path(link.get("href") or "").rstrip("/").rpartition("/")[2]
        if last in folders and (text := squash(link.text_content())):
            return _short(text)
    return None


def selected_tags(context: Context) -> Reading | None:
    """The text of every element that the declared selectors find."""
    elements = selected_elements(context.page, context.selectors("tags"))
    return _tags(tuple(element_text(element) for element in elements))


def stated_tags(context: Context) -> Reading | None:
    """``keywords`` of linked data, else ``article:tag`` or ``news_keywords``."""
    linked = tuple(text for node in context.page.linked_data for text in _strings(node.get("keywords")))
    stated = (*context.page.meta.get("article:tag", ()), *context.page.meta.get("news_keywords", ()))
    return _tags(tuple(html.unescape(part) for text in linked or stated for part in text.split(",")))


def printed_tags(context: Context) -> Reading | None:
    """Links with ``rel="tag"``."""
    links = (a for a in context.page.tree.iter("a") if "tag" in (a.get("rel") or "").split())
    return _tags(tuple(squash(a.text_content()) for a in links))


def _classed(page: Page, tells: Callable[[str], bool]) -> Iterator[HtmlElement]:
    return (page.elements[index] for index in page.having("class", tells))


def _path(url: str) -> str:
    """A URL without query and fragment, whatever else may be wrong with it."""
    return url.partition("#")[0].partition("?")[0].lower()


def _short(text: str | None) -> Reading | None:
    section = squash(html.unescape(text or ""))
    return Reading(value=section) if 0 < len(section) <= LONGEST else None


def _tags(texts: tuple[str, ...]) -> Reading | None:
    tags = tuple(dict.fromkeys(tag for text in texts if 0 < len(tag := squash(text)) <= LONGEST))
    return Reading(value=tags) if tags else None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


READERS: Mapping[str, tuple[Reader, ...]] = {
    "section": (
        selected("section"),
        linked_section,
        meta("article:section"),
        folder_title,
        labelled_section,
        breadcrumb,
        path_line,
        site_heading,
        section_in_url,
    ),
    "tags": (selected_tags, stated_tags, printed_tags),
}
