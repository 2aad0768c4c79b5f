"""A page becomes an article: the table of all readers, and what runs it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.extract import attachments, body, byline, dateline, dates, headline, images, language, lead, section
from crawler.extract.blocks import blocks
from crawler.extract.readers import Context, Reader, Reading, read, selected_elements
from crawler.extract.region import find
from crawler.model import Article, Image
from crawler.page import Page
from crawler.portal import FIELDS, Portal

READERS: Mapping[str, tuple[Reader, ...]] = {
    **headline.READERS,
    **dates.READERS,
    **section.READERS,
    **images.READERS,
    **attachments.READERS,
    **byline.READERS,
    **lead.READERS,
    **body.READERS,
    **dateline.READERS,
    **language.READERS,
}
"""The readers of every field, in the order in which the fields are read."""


def extract(page: Page, portal: Portal) -> Article:
    """What the page says as an article; a field nobody could read is None or empty."""
    readings = read(context_of(page, portal), READERS)
    values: dict[str, Any] = {field: reading.value for field, (_, reading) in readings.items()}
    origins = {field: origin for field, (origin, _) in readings.items()}
    if "images" in readings:
        values["images"] = _placed(readings["images"][1], readings["body"][1] if "body" in readings else None)
    return Article(url=page.url, portal=portal.slug, origins=origins, **values)


def context_of(page: Page, portal: Portal) -> Context:
    """What the readers of a page are given."""
    captured = page.captured_at.date() if page.captured_at else None
    region = find(page, portal.selectors("body", captured))
    if region is None:
        return Context(page=page, portal=portal, captured=captured)
    return Context(
        page=page,
        portal=portal,
        captured=captured,
        core=region.core,
        blocks=blocks(region),
        headings=region.headings,
    )


def drift(page: Page, portal: Portal) -> tuple[str, ...]:
    """The fields whose declared CSS selectors match nothing on the page, in the order of ``portal.FIELDS``."""
    captured = page.captured_at.date() if page.captured_at else None
    declared = (field for field in FIELDS if portal.selectors(field, captured))
    return tuple(field for field in declared if not selected_elements(page, portal.selectors(field, captured)))


def _placed(images: Reading, text: Reading | None) -> tuple[Image, ...]:
    paragraphs = text.at if text else ()
    return tuple(
        replace(image, position=sum(1 for at in paragraphs if at < place))
        for image, place in zip(images.value, images.at or (0,) * len(images.value), strict=True)
    )
