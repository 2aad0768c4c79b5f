"""The headline: the title of the article, not of the page."""

from collections.abc import Mapping

from crawler.extract.readers import Context, Reader, Reading, meta, selected


def printed_headline(context: Context) -> Reading | None:
    """The first h1 of the region."""
    block = next((b for b in context.free if b.level == 1 and b.text), None)
    return Reading(value=block.text, blocks=context.printed(block.text)) if block else None


READERS: Mapping[str, tuple[Reader, ...]] = {"headline": (selected("headline"), meta("og:title"), printed_headline)}
