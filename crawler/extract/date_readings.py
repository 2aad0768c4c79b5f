"""A time becomes the reading of a field: with the time of day printed beside its day, and the blocks that print it."""

from collections.abc import Iterable
from itertools import chain

from crawler.extract.date_agreement import days_anywhere, in_offset_of, is_ambiguous, on_day
from crawler.extract.date_candidates import Candidate
from crawler.extract.date_choice import BESIDE, doubtful, finest, reckoning_of, sound
from crawler.extract.date_labels import Claim, claim_before
from crawler.extract.date_patterns import Printed
from crawler.extract.date_places import Zone
from crawler.extract.date_sources import from_scripts
from crawler.extract.readers import Context, Reading
from crawler.extract.timestamps import dates_in
from crawler.extract.zones import Reckoning
from crawler.model import Precision, Timestamp


def reading(stamp: Timestamp | None) -> Reading | None:
    """The reading of a time that no block prints; None of none."""
    return Reading(value=stamp) if stamp else None


def printed(context: Context, found: Iterable[Candidate]) -> Reading | None:
    """The reading of the first of these dates, with the blocks that print it."""
    best = next(iter(found), None)
    if best is None:
        return None
    stamp = finest(best.stamp, (c.stamp for c in sound(context) if c.claim in (best.claim, None)))
    stamp = as_seen(context, stamp) if best.machine else stamp
    return Reading(value=stamp, blocks=lines(context, stamp))


def refined(context: Context, stamp: Timestamp | None) -> Reading | None:
    """A day from elsewhere with the time of day that the page prints beside the same day."""
    if stamp and stamp.precision is Precision.DAY:
        others = chain(sound(context), doubtful(context))
        stamp = finest(stamp, (c.stamp for c in others if c.claim is not Claim.UPDATED))
    return Reading(value=stamp, blocks=lines(context, stamp)) if stamp else None


def as_seen(context: Context, stamp: Timestamp) -> Timestamp:
    """A stated time in the zone in which its day is the one that the reader of the page sees."""
    way = reckoning_of(context)
    if not is_ambiguous(stamp, way.zone):
        return as_told_twice(context, stamp) if way.guessed and way.day in days_anywhere(stamp) else stamp
    near = (c for c in sound(context) if c.zone is Zone.BETWEEN or c.claim is Claim.PUBLISHED)
    days = {c.stamp.at.date() for c in near if c.claim is not Claim.UPDATED and not c.machine}
    return on_day(stamp, way.zone, {*days, way.day})


def as_told_twice(context: Context, stamp: Timestamp) -> Timestamp:
    """A stated time of another day than the URL's, in the offset in which scripts or print tell it once more."""
    way = reckoning_of(context)
    if way.day == stamp.at.date():
        return stamp
    told = chain(from_scripts(context.page, "published", way), (c.stamp for c in sound(context)))
    return next(
        (moved for other in told if (moved := in_offset_of(other, stamp)) and moved.at.date() == way.day), stamp
    )


def lines(context: Context, stamp: Timestamp | None) -> frozenset[int]:
    """The blocks that print little else than the date."""
    short = (b for b in context.blocks if 0 < len(b.text) <= LONGEST_LINE and any(map(str.isdigit, b.text)))
    return frozenset(block.index for block in short if stamp and _prints(block.text, stamp, reckoning_of(context)))


LONGEST_LINE = 120
LABEL = 20
"""Characters beside its date that a label with a full stop may have; a longer one is a sentence of the text."""


def _prints(text: str, stamp: Timestamp, way: Reckoning) -> bool:
    found = list(dates_in(text, way))
    beside = len(text) - sum(one.end - one.start for one, _ in found)
    sentence = text.endswith((".", "。")) and _unlabelled(text, [one for one, _ in found]) > LABEL
    return beside <= BESIDE and not sentence and any(other.at.date() == stamp.at.date() for _, other in found)


def _unlabelled(text: str, dates: list[Printed]) -> int:
    """The characters of a line that are neither dates nor the labels in front of them."""
    starts = (0, *(one.end for one in dates))
    before = (text[start : one.start] for start, one in zip(starts, dates, strict=False))
    return len(text) - starts[-1] + sum(len(words) for words in before if claim_before(words) is None)
