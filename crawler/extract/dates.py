"""When the portal says an article was published and updated: in data for machines, in labels, in print, in the URL."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain, takewhile

from crawler.extract.blocks import Place
from crawler.extract.date_agreement import confirmed, days_anywhere, is_ambiguous, on_day, undisputed
from crawler.extract.date_candidates import Candidate
from crawler.extract.date_choice import (
    BARELY,
    BESIDE,
    doubtful,
    finest,
    is_clock,
    of_one_day,
    printed_dates,
    reckoning_of,
    sound,
    stands_at_headline,
)
from crawler.extract.date_labels import Claim, claim_before
from crawler.extract.date_places import Zone
from crawler.extract.date_sources import from_linked_data, from_meta, from_scripts, from_url
from crawler.extract.readers import Context, Reader, Reading, selected_text
from crawler.extract.timestamps import dates_in, parse_machine
from crawler.extract.words import table
from crawler.extract.zones import Reckoning
from crawler.model import Precision, Timestamp

_TABLE = table("dates")


def published_in_selection(context: Context) -> Reading | None:
    """The date that the portal's own selector finds."""
    return _selected(context, "published")


def updated_in_selection(context: Context) -> Reading | None:
    """The date of the last edit that the portal's own selector finds."""
    return _selected(context, "updated")


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
    reading = _unless_printed_otherwise(context, _as_printed(context, from_meta(context.page, "published", way)))
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
        return _reading(confirmed(timed[0], stamps, lambda: _in_scripts(context, "updated")))
    agreeing = [stamp for stamp in stamps if stamp.at.date() in {p.at.date() for p in printed}]
    return _refined(context, next(iter(agreeing), None if printed else undisputed(stamps)))


def _in_scripts(context: Context, name: str) -> list[Timestamp]:
    return from_scripts(context.page, name, reckoning_of(context))


def labelled_date(context: Context) -> Reading | None:
    """A printed date that a label or the name of its element calls the date of publication."""
    claimed = list(sound(context, aside=Zone.BEHIND))
    labelled = [c for c in claimed if c.claim is Claim.PUBLISHED] or [c for c in claimed if c.claim is Claim.ISSUED]
    if labelled and labelled[0].zone > Zone.ABOVE and len({c.stamp.at.date() for c in labelled}) > 1:
        at_headline = (c for c in sound(context) if c.claim is None and stands_at_headline(c))
        labelled = [] if next(at_headline, None) else labelled
    others = [c for c in doubtful(context) if c.claim is Claim.PUBLISHED]
    return _printed(context, labelled or of_one_day(others))


def date_at_headline(context: Context) -> Reading | None:
    """A date printed by itself between headline and text, or right above the headline."""
    return _printed(context, (c for c in sound(context) if c.claim is None and stands_at_headline(c)))


def date_in_url(context: Context) -> Reading | None:
    """The day that the URL names."""
    return _refined(context, from_url(context.page.url, reckoning_of(context)))


def date_among_foreign_names(context: Context) -> Reading | None:
    """The only day that is printed by itself around the headline, though the names around it speak against it."""
    return _printed(context, of_one_day(list(doubtful(context))))


def date_at_end(context: Context) -> Reading | None:
    """A date printed by itself in or behind the text, unless there are several: those are of other articles."""
    others = (c for c in sound(context) if c.claim is not Claim.UPDATED and not stands_at_headline(c))
    alone = [c for c in others if c.beside <= BARELY]
    return _printed(context, alone if len({c.line for c in alone}) == 1 else ())


def date_in_a_line(context: Context) -> Reading | None:
    """A date printed among other things between headline and text, or in the text in a line that is none of it."""
    near = (c for c in sound(context) if c.claim is not Claim.UPDATED and c.zone in (Zone.BETWEEN, Zone.INSIDE))
    return _printed(context, (c for c in near if c.zone is Zone.BETWEEN or (c.hinted and c.beside <= BESIDE)))


def date_opening_the_text(context: Context) -> Reading | None:
    """The date with which the first paragraph begins."""
    headline = str(context.found.get("headline") or "\0")
    core = (b.text for b in context.blocks if b.place is Place.CORE and not (b.level or b.text.startswith(headline)))
    first = next((text for text in core if len(text) > LONGEST_LINE), "")
    found = next(dates_in(first[:LONGEST_LINE], reckoning_of(context)), None)
    return _reading(found[1]) if found and found[0].start <= 1 else None


def date_beside_own_title(context: Context) -> Reading | None:
    """The date that a list of articles prints beside the headline of this one."""
    headline = str(context.found.get("headline") or "")
    own = [c for c in printed_dates(context) if len(headline) >= BARELY and headline in c.line]
    days = {c.stamp.at.date() for c in own if len(c.line) <= len(headline) + BESIDE and c.stamp.raw not in headline}
    return _printed(context, own if len(days) == 1 else ())


def only_date(context: Context) -> Reading | None:
    """The only day that is printed near the article, though the names of its surroundings speak against it."""
    near = [c for c in printed_dates(context) if c.zone is not Zone.ELSEWHERE and c.beside <= BESIDE]
    fits = [c for c in near if c.claim in (Claim.PUBLISHED, None) and not (is_clock(c) or c.event)]
    labelled = [c for c in fits if c.claim is Claim.PUBLISHED]
    chosen = labelled or [c for c in fits if c.zone is not Zone.BEHIND]
    days = {c.stamp.at.date() for c in (labelled or near)}
    return _reading(finest(chosen[0].stamp, (c.stamp for c in chosen))) if chosen and len(days) == 1 else None


def date_of_update_only(context: Context) -> Reading | None:
    """The date of the last edit, where the page prints no other."""
    return labelled_update(context)


def updated_in_linked_data(context: Context) -> Reading | None:
    """The date of the last edit in JSON-LD."""
    return _reading(from_linked_data(context.page, "updated", reckoning_of(context)))


def updated_in_meta(context: Context) -> Reading | None:
    """The date of the last edit in ``<meta>`` elements."""
    return _reading(from_meta(context.page, "updated", reckoning_of(context)))


def labelled_update(context: Context) -> Reading | None:
    """A printed date that a label or the name of its element calls the date of the last edit."""
    return _printed(context, sorted(_updates(context, BESIDE), key=lambda c: c.zone))


def update_in_a_long_line(context: Context) -> Reading | None:
    """The same in a line between headline and text that also names the author, the section and the like."""
    return _printed(context, (c for c in _updates(context, 2 * BESIDE) if c.zone is Zone.BETWEEN))


def _updates(context: Context, beside: int) -> list[Candidate]:
    claimed = (c for c in printed_dates(context) if c.claim is Claim.UPDATED and c.beside <= beside)
    return [c for c in claimed if not c.clock]


READERS: Mapping[str, tuple[Reader, ...]] = {
    "published": (
        published_in_selection,
        published_in_linked_data,
        published_in_meta,
        published_in_scripts,
        labelled_date,
        date_at_headline,
        date_in_url,
        date_among_foreign_names,
        date_at_end,
        date_opening_the_text,
        date_in_a_line,
        date_beside_own_title,
        only_date,
        date_of_update_only,
    ),
    "updated": (updated_in_selection, updated_in_linked_data, updated_in_meta, labelled_update, update_in_a_long_line),
}


def _as_seen(context: Context, stamp: Timestamp) -> Timestamp:
    """A stated time in the zone in which its day is the one that the reader of the page sees."""
    if not is_ambiguous(stamp, reckoning_of(context).zone):
        return stamp
    near = (c for c in sound(context) if c.zone is Zone.BETWEEN or c.claim is Claim.PUBLISHED)
    days = {c.stamp.at.date() for c in near if c.claim is not Claim.UPDATED and not c.machine}
    return on_day(stamp, reckoning_of(context).zone, {*days, reckoning_of(context).day})


def _reading(stamp: Timestamp | None) -> Reading | None:
    return Reading(value=stamp) if stamp else None


def _selected(context: Context, name: str) -> Reading | None:
    text = selected_text(context, name)
    stamp = parse_machine(text, reckoning_of(context)) if text else None
    return Reading(value=stamp, blocks=_lines(context, stamp)) if stamp else None


def _printed(context: Context, found: Iterable[Candidate]) -> Reading | None:
    best = next(iter(found), None)
    if best is None:
        return None
    stamp = finest(best.stamp, (c.stamp for c in sound(context) if c.claim in (best.claim, None)))
    stamp = _as_seen(context, stamp) if best.machine else stamp
    return Reading(value=stamp, blocks=_lines(context, stamp))


def _refined(context: Context, stamp: Timestamp | None) -> Reading | None:
    """A day from elsewhere with the time of day that the page prints beside the same day."""
    if stamp and stamp.precision is Precision.DAY:
        others = chain(sound(context), doubtful(context))
        stamp = finest(stamp, (c.stamp for c in others if c.claim is not Claim.UPDATED))
    return Reading(value=stamp, blocks=_lines(context, stamp)) if stamp else None


def _unless_printed_otherwise(context: Context, stamp: Timestamp | None) -> Reading | None:
    """Nothing where the reader of the page sees another day, alone between headline and text, that is no update."""
    if stamp is None:
        return None
    printed = set(_days_at_headline(context, replace(reckoning_of(context), day=stamp.at.date())))
    update = _update(context)
    known = {stamp.at.date(), update.at.date() if update else None}
    return _refined(context, _as_seen(context, stamp)) if len(printed) != 1 or printed & known else None


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


def _lines(context: Context, stamp: Timestamp | None) -> frozenset[int]:
    """The blocks that print little else than the date."""
    short = (b for b in context.blocks if 0 < len(b.text) <= LONGEST_LINE and any(map(str.isdigit, b.text)))
    return frozenset(block.index for block in short if stamp and _prints(block.text, stamp, reckoning_of(context)))


LONGEST_LINE = 120
LABEL = 20
"""Characters beside its date that a label with a full stop may have; a longer one is a sentence of the text."""


def _prints(text: str, stamp: Timestamp, way: Reckoning) -> bool:
    found = list(dates_in(text, way))
    beside = len(text) - sum(printed.end - printed.start for printed, _ in found)
    sentence = beside > LABEL and text.endswith((".", "。"))
    return beside <= BESIDE and not sentence and any(other.at.date() == stamp.at.date() for _, other in found)
