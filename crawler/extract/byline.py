"""Who wrote an article: in data for machines, in elements of that name, in labelled lines, signed at the end."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from crawler.extract import author_elements, contact, initials
from crawler.extract.author_icons import behind_icon
from crawler.extract.author_sources import from_linked_data, from_meta, is_login_of_site, is_own
from crawler.extract.han_bylines import above_text, in_brackets, on_a_day
from crawler.extract.label_cells import in_cells
from crawler.extract.name_kinds import is_organisation, is_person
from crawler.extract.name_lists import VIETNAMESE
from crawler.extract.names_at_date import beside_date, near_date
from crawler.extract.persons import Credits, credits_in
from crawler.extract.readers import Context, Reader, Reading, selected_text
from crawler.extract.signature import Byline, below_headline, labelled, named, signed, source
from crawler.page import Page
from crawler.text import squash

Finder = Callable[[Context], Byline | None]


def byline_in_selection(context: Context) -> Byline | None:
    """The byline that the portal's own selector finds."""
    text = selected_text(context, "byline")
    return Byline(line=text, credits=credits_in(text, sure=True), blocks=context.printed(text)) if text else None


def _linked(context: Context) -> Credits:
    return _once(context, from_linked_data)


def _meta(context: Context) -> Credits:
    return _once(context, from_meta)


def _once(context: Context, read: Callable[[Page], Credits]) -> Credits:
    """What is stated for machines, worked out once for all ways."""
    known: dict[str, Credits] = context.memo.setdefault("stated", {})
    if read.__name__ not in known:
        known[read.__name__] = read(context.page)
    return known[read.__name__]


def labelled_below_headline(context: Context) -> Byline | None:
    """The labelled line below the headline, where machines are told of others: of who entered the text."""
    stated = _linked(context).authors or _meta(context).authors
    return below_headline(context, stated) if stated else None


def author_in_linked_data(context: Context) -> Byline | None:
    """The persons that JSON-LD names as authors."""
    return _persons(Byline(credits=_linked(context)))


def author_in_meta(context: Context) -> Byline | None:
    """The persons that ``<meta>`` elements name as authors."""
    return _persons(Byline(credits=_meta(context)))


def organisation_in_linked_data(context: Context) -> Byline | None:
    """The organisation that JSON-LD names as author, where nobody signed in print."""
    if context.found.get("byline"):
        return None
    credits = _linked(context)
    others = is_own(context.page, credits.unit) and _meta(context).unit
    return None if others else Byline(credits=credits)


def organisation_in_meta(context: Context) -> Byline | None:
    """The organisation that ``<meta>`` elements name as author, where nobody signed in print."""
    return None if context.found.get("byline") else Byline(credits=_meta(context))


def named_byline(context: Context) -> Byline | None:
    """The line printed by an element that is called author or byline."""
    return named(context)


def name_behind_icon(context: Context) -> Byline | None:
    """The name behind the icon of a person below the headline."""
    found = behind_icon(context)
    return Byline(line=found[0], credits=found[1], blocks=context.printed(found[0])) if found else None


def byline_in_cells(context: Context) -> Byline | None:
    """What the cells behind labels name: ``Autor``, ``来源``, ``Đơn vị``."""
    return in_cells(context)


def labelled_byline(context: Context) -> Byline | None:
    """A printed line that opens with a label: ``Tác giả:``, ``Von``, ``By``."""
    return labelled(context)


def signed_at_the_end(context: Context) -> Byline | None:
    """A name, and perhaps an organisation, printed below the text."""
    return signed(context)


def name_beside_date(context: Context) -> Byline | None:
    """The name in the line below the headline that also prints the date."""
    return beside_date(context)


def name_near_date(context: Context) -> Byline | None:
    """The line of names that stands beside the line of the date."""
    return near_date(context)


def names_above_text(context: Context) -> Byline | None:
    """The line of names, and nothing else, between headline and text."""
    return above_text(context)


def initials_below_text(context: Context) -> Byline | None:
    """The initials at the end of the text: ``(nb)``, ``– mse``, ``N.T.H.``."""
    return initials.below_text(context)


def initials_at_the_date(context: Context) -> Byline | None:
    """The initials with dots beside the date."""
    return initials.at_the_date(context)


def reporter_in_brackets(context: Context) -> Byline | None:
    """The reporter named in brackets at the end of a paragraph."""
    return in_brackets(context)


def pen_name(context: Context) -> Byline | None:
    """What an element for the author prints where nothing on the page is written like a name."""
    name = None if context.found.get("byline") else author_elements.pen_name(context)
    return Byline(line=name, credits=Credits(authors=(name,))) if name else None


def wrote_on_a_day(context: Context) -> Byline | None:
    """Who a line says to have written on a day, as Chinese pages sign."""
    return on_a_day(context)


def contact_office(context: Context) -> Byline | None:
    """The office of the contact block, as Japanese pages name it."""
    return contact.office(context)


def source_line(context: Context) -> Byline | None:
    """The line that says from whom the text was taken over."""
    return source(context)


WAYS: tuple[Finder, ...] = (
    byline_in_selection,
    labelled_below_headline,
    author_in_linked_data,
    byline_in_cells,
    named_byline,
    labelled_byline,
    name_behind_icon,
    author_in_meta,
    signed_at_the_end,
    name_beside_date,
    name_near_date,
    initials_below_text,
    initials_at_the_date,
    reporter_in_brackets,
    names_above_text,
    wrote_on_a_day,
    organisation_in_linked_data,
    organisation_in_meta,
    pen_name,
    contact_office,
    source_line,
)
"""The ways to a byline, best first: persons in metadata, persons in print, organisations in metadata."""


def _part(name: str, way: Finder) -> Reader:
    """The reader of one field of the byline that a way finds; its name is the way's."""

    def part(context: Context) -> Reading | None:
        byline = _found(context, way)
        value = _PARTS[name](byline) if byline else None
        return Reading(value=value, blocks=byline.blocks) if byline and value else None

    part.__name__ = way.__name__
    return part


_PARTS: Mapping[str, Callable[[Byline], object]] = {
    "byline": lambda byline: byline.line,
    "authors": lambda byline: byline.credits.authors,
    "unit": lambda byline: byline.credits.unit,
    "source": lambda byline: byline.credits.source,
}


def _found(context: Context, way: Finder) -> Byline | None:
    """What a way finds on the page, worked out once for all fields."""
    known: dict[str, Byline | None] = context.memo.setdefault("byline", {})
    if way.__name__ not in known:
        known[way.__name__] = _accepted(context, way(context))
    return known[way.__name__]


def _accepted(context: Context, byline: Byline | None) -> Byline | None:
    """The byline without the portal's own name and its accounts among its authors."""
    if byline is None:
        return None
    byline = _with_given_name(context, byline)
    own = squash(context.portal.name).casefold()
    others = (a for a in byline.credits.authors if a.casefold() != own or "." in own)
    authors = tuple(a for a in others if not is_login_of_site(context.page, a))
    return replace(byline, credits=replace(byline.credits, authors=authors))


def _with_given_name(context: Context, byline: Byline) -> Byline:
    """``Theo Marsh`` as a person where nothing is written in Vietnamese, in which ``theo`` opens a source."""
    name = f"Theo {byline.credits.source}"
    if byline.credits.authors or not name.isascii() or not is_person(name) or is_organisation(name):
        return byline
    if not context.printed(name) or any(map(VIETNAMESE.search, (b.text for b in context.blocks))):
        return byline
    return replace(byline, line=name, credits=Credits(authors=(name,), unit=byline.credits.unit))


def _persons(byline: Byline) -> Byline | None:
    return byline if byline.credits.authors else None


READERS: Mapping[str, tuple[Reader, ...]] = {
    name: tuple(_part(name, way) for way in WAYS) for name in ("byline", "authors", "unit", "source")
}
