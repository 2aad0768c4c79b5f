"""Extraction: one page in, one :class:`Article` out. Pure and deterministic; no page makes it raise.

How a field is read
-------------------
``region.find`` names the article region on the lxml tree, ``blocks.blocks`` turns a pruned copy of it into a tuple of
:class:`~crawler.extract.blocks.Block` in document order. Every block belongs to exactly one field. The fields are read
in the order of ``READERS``; a reader is a function ``(context: Context) -> Reading | None`` and the first one that
answers wins: its ``__name__`` becomes the field's origin and the blocks of its ``Reading`` are claimed, so that later
readers no longer see them in ``context.free``. The body comes last and takes what is left.

The contract for the module of a field
--------------------------------------
* It exports ``READERS: Mapping[str, tuple[Reader, ...]]`` for its own fields, best reader first. Declared CSS
  selectors come first in every tuple (``readers.selected_text`` and ``readers.selected_elements`` evaluate them).
* A reader returns ``None`` when it finds nothing or does not trust what it found (a veto); it never guesses.
* ``Reading.value`` has the type of the field in :class:`Article`; ``Reading.blocks`` are the indexes of the blocks that
  carry it, to be kept out of the body. Metadata readers claim too, when the same text is printed: ``context.printed``.
* ``context.found`` holds the values of the fields that were read before; ``context.free`` the blocks nobody claimed;
  ``context.blocks`` all of them.
* For tuples whose parts have a place in the text (images, body) ``Reading.at`` gives the block index of each part;
  ``extract`` turns it into ``Image.position``.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.extract import attachments, body, byline, dates, headline, images, language, lead, section
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
    return Context(page=page, portal=portal, captured=captured, blocks=blocks(region))


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
