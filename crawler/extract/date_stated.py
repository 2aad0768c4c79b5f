"""Dates that a page states for machines, held against those that it prints."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, takewhile

from crawler.extract.date_agreement import confirmed, days_anywhere, is_ambiguous, undisputed
from crawler.extract.date_candidates import Candidate
from crawler.extract.date_choice import BARELY, BESIDE, doubtful, printed_dates, reckoning_of, sound, stands_at_headline
from crawler.extract.date_labels import Claim, claim_before
from crawler.extract.date_places import Zone
from crawler.extract.date_readings import LONGEST_LINE, as_seen, reading, refined
from crawler.extract.date_sources import from_linked_data, from_meta, from_scripts, from_url
from crawler.extract.readers import Context, Reading
from crawler.extract.timestamps import dates_in
from crawler.extract.zones import Reckoning
from crawler.model import Precision, Timestamp


def published_in_linked_data(context: Context) -> Reading | None:
    """The date of publication in JSON-LD; where ``<meta>`` names another day, the one that is printed."""
    stamp = from_linked_data(context.page, "published", reckoning_of(context))
    other = from_meta(context.page, "published", reckoning_of(context)) if stamp else None
    if stamp and other and other.at.date() != stamp.at.date():
        printed = {c.stamp.at.date() for c in _beside_headline(context) if c.claim is not Claim.UPDATED}
        stamp = other if printed == {other.at.date()} else stamp
    return _unless_printed_otherwise(context, stamp)


def published_in_meta(context: Context) -> Reading | None:
    """The date of publication in ``<meta>`` elements, which often is that of the page: a printed day refutes it."""
    way = reckoning_of(context)
    stamp = _as_printed(context, from_meta(context.page, "published", way))
    reading = None if stamp and _edited_before(context, stamp) else _unless_printed_otherwise(context, stamp)
    printed = _days_beside_headline(context) if reading else frozenset()
    update = _update(context)
    known = {update.at.date()} if update else set()
    return reading if reading and (len(printed) != 1 or printed & (known | days_anywhere(reading.value))) else None


def published_in_scripts(context: Context) -> Reading | None:
    """The date of publication in data that scripts work with; where the page prints a date, one that agrees with it."""
    near = (c for c in sound(context) if c.zone <= Zone.ABOVE and c.beside <= BESIDE)
    printed = [c.stamp for c in near if c.claim is not Claim.UPDATED]
    stamps = sorted(_in_scripts(context, "published"), key=lambda stamp: stamp.precision is Precision.DAY)
    if timed := [stamp for stamp in printed if stamp.precision is not Precision.DAY]:
        return reading(confirmed(timed[0], stamps, lambda: _in_scripts(context, "updated")))
    agreeing = [stamp for stamp in stamps if stamp.at.date() in {p.at.date() for p in printed}]
    return refined(context, next(iter(agreeing), None if printed else undisputed(stamps)))


def _in_scripts(context: Context, name: str) -> list[Timestamp]:
    stamps = from_scripts(context.page, name, reckoning_of(context))
    return [stamp for stamp in stamps if not _names_year_only(context, stamp)]


def date_in_url(context: Context) -> Reading | None:
    """The day that the URL names."""
    return refined(context, from_url(context.page.url, reckoning_of(context)))


def updated_in_linked_data(context: Context) -> Reading | None:
    """The date of the last edit in JSON-LD."""
    return reading(from_linked_data(context.page, "updated", reckoning_of(context)))


def updated_in_meta(context: Context) -> Reading | None:
    """The date of the last edit in ``<meta>`` elements."""
    return reading(from_meta(context.page, "updated", reckoning_of(context)))


def _unless_printed_otherwise(context: Context, stamp: Timestamp | None) -> Reading | None:
    """Nothing where the reader of the page sees another day, alone between headline and text, that is no update."""
    if stamp is None or _names_year_only(context, stamp):
        return None
    printed = set(_days_at_headline(context, replace(reckoning_of(context), day=stamp.at.date())))
    update = _update(context)
    known = {stamp.at.date(), update.at.date() if update else None}
    return refined(context, as_seen(context, stamp)) if len(printed) != 1 or printed & known else None


def _edited_before(context: Context, stamp: Timestamp) -> bool:
    """True where a line at the headline prints an edit of an earlier day: the stated one is not that of publication."""
    edits = [c.stamp for c in sound(context) if c.claim is Claim.UPDATED and stands_at_headline(c)]
    earlier = any(edit.at.date() < stamp.at.date() for edit in edits)
    return earlier and not is_ambiguous(stamp, reckoning_of(context).zone)


def _names_year_only(context: Context, stamp: Timestamp) -> bool:
    """True for a bare first of January that no line prints while others are printed: software that knew the year."""
    if stamp.precision is not Precision.DAY or (stamp.at.month, stamp.at.day) != (1, 1):
        return False
    days = {c.stamp.at.date() for c in printed_dates(context) if not (c.noise or c.clock or c.event)}
    return bool(days) and stamp.at.date() not in days


def _update(context: Context) -> Timestamp | None:
    """The time of the last edit that is stated for machines."""
    way = reckoning_of(context)
    return from_linked_data(context.page, "updated", way) or from_meta(context.page, "updated", way)


def _as_printed(context: Context, stamp: Timestamp | None) -> Timestamp | None:
    """A time whose day and month may be read either way (11/01/2023) in the way in which its day is printed."""
    if stamp is None or not _EITHER_WAY.match(stamp.raw):
        return stamp
    days = (c.stamp.at.date() for c in sound(context) if c.claim is Claim.PUBLISHED or stands_at_headline(c))
    ways = (replace(reckoning_of(context), day=day) for day in days)
    read = ((way.day, from_meta(context.page, "published", way)) for way in ways)
    return next((other for day, other in read if other and other.at.date() == day), stamp)


_EITHER_WAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


def _beside_headline(context: Context) -> list[Candidate]:
    """The dates in lines of dates between headline and text, and those right above it that are called so."""
    labelled = (c for c in doubtful(context) if c.claim is Claim.PUBLISHED)
    near = (c for c in chain(sound(context), labelled) if c.beside <= BESIDE)
    return [c for c in near if c.zone is Zone.BETWEEN or (c.right_above and c.hinted)]


def _days_beside_headline(context: Context) -> frozenset[date]:
    """The days printed beside the headline, those of edits left out."""
    near = _beside_headline(context)
    edits = {c.stamp.at.date() for c in near if c.claim is Claim.UPDATED}
    return frozenset(c.stamp.at.date() for c in near) - edits


def _days_at_headline(context: Context, way: Reckoning) -> Iterator[date]:
    before = ""
    for block in takewhile(lambda b: len(b.text) < LONGEST_LINE or b.level, context.blocks):
        if block.text and not block.level and len(block.text) <= SHORTEST:
            found = list(dates_in(block.text, way))
            beside = len(block.text) - sum(printed.end - printed.start for printed, _ in found)
            if found and beside <= BARELY and claim_before(before + " " + block.text[: found[0][0].start]) is None:
                yield from (stamp.at.date() for _, stamp in found)
        before = block.text if len(block.text) <= SHORTEST else ""


SHORTEST = 60
