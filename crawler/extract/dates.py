"""When the portal says an article was published and updated: in data for machines, in labels, in print, in the URL."""

from collections.abc import Mapping

from crawler.extract import date_printed, date_stated
from crawler.extract.date_choice import reckoning_of
from crawler.extract.date_readings import lines
from crawler.extract.readers import Context, Reader, Reading, selected_text
from crawler.extract.timestamps import parse_machine


def published_in_selection(context: Context) -> Reading | None:
    """The date that the portal's own selector finds."""
    return _selected(context, "published")


def updated_in_selection(context: Context) -> Reading | None:
    """The date of the last edit that the portal's own selector finds."""
    return _selected(context, "updated")


def _selected(context: Context, name: str) -> Reading | None:
    text = selected_text(context, name)
    stamp = parse_machine(text, reckoning_of(context)) if text else None
    return Reading(value=stamp, blocks=lines(context, stamp)) if stamp else None


READERS: Mapping[str, tuple[Reader, ...]] = {
    "published": (
        published_in_selection,
        date_stated.published_in_linked_data,
        date_stated.published_in_meta,
        date_stated.published_in_scripts,
        date_printed.labelled_date,
        date_printed.date_at_headline,
        date_stated.date_in_url,
        date_printed.relative_date,
        date_printed.date_of_first_post,
        date_printed.date_among_foreign_names,
        date_printed.date_at_end,
        date_printed.date_opening_the_text,
        date_printed.date_in_a_line,
        date_printed.date_beside_own_title,
        date_printed.only_date,
        date_printed.date_of_update_only,
    ),
    "updated": (
        updated_in_selection,
        date_stated.updated_in_linked_data,
        date_stated.updated_in_meta,
        date_printed.labelled_update,
        date_printed.update_in_a_long_line,
        date_printed.relative_update,
    ),
}
