"""The section that the portal files the article under, and its tags."""

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.extract.readers import Context, Reader, Reading, element_text, meta, selected, selected_elements
from crawler.text import squash

LONGEST = 60
"""A longer text is no section and no tag."""
_CRUMBS = (
    ".//*[contains(@class,'readcrumb') or contains(@id,'readcrumb') or contains(@class,'crumbs')"
    " or contains(@class,'FolderTitle')]"
)
_TAG_LINKS = ".//a[contains(concat(' ', @rel, ' '), ' tag ')]"


def linked_section(context: Context) -> Reading | None:
    """``articleSection`` of linked data."""
    said = (text for node in context.page.linked_data for text in _strings(node.get("articleSection")))
    return _short(next(said, None))


def breadcrumb(context: Context) -> Reading | None:
    """The last part of the printed breadcrumb that is not the headline."""
    headline = str(context.found.get("headline") or "").casefold()
    for element in context.page.tree.xpath(_CRUMBS):
        links = [squash(a.text_content()) for a in element.iter("a")]
        parts = [p for p in links or [squash(element.text_content())] if p and p.casefold() != headline]
        if len(parts) > 1 or (parts and not links):
            return _short(parts[-1])
    return None


def selected_tags(context: Context) -> Reading | None:
    """The text of every element that the declared selectors find."""
    elements = selected_elements(context.page, context.selectors("tags"))
    return _tags(tuple(element_text(element) for element in elements))


def stated_tags(context: Context) -> Reading | None:
    """``keywords`` of linked data, else ``article:tag`` or ``news_keywords``."""
    linked = tuple(text for node in context.page.linked_data for text in _strings(node.get("keywords")))
    stated = (*context.page.meta.get("article:tag", ()), *context.page.meta.get("news_keywords", ()))
    return _tags(tuple(part for text in linked or stated for part in text.split(",")))


def printed_tags(context: Context) -> Reading | None:
    """Links with ``rel="tag"``."""
    return _tags(tuple(squash(a.text_content()) for a in context.page.tree.xpath(_TAG_LINKS)))


def _short(text: str | None) -> Reading | None:
    section = squash(text)
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
    "section": (selected("section"), linked_section, meta("article:section"), breadcrumb),
    "tags": (selected_tags, stated_tags, printed_tags),
}
