"""Times that a page states for machines, told together with those that it prints: which of them mean the same."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from crawler.extract.timestamps import names_zone
from crawler.model import Precision, Timestamp

CLOSE = timedelta(minutes=2)
"""How far a printed time may lie from the stated one that it repeats."""
ZONES = timedelta(hours=14)
"""How far a zone may lie from UTC."""
SAME = (timedelta(0), timedelta(hours=12))
"""What lies between a time and itself, on a clock of twelve hours too."""


def undisputed(stamps: list[Timestamp]) -> Timestamp | None:
    """The time of the only day that is stated, else the minute that is stated most often."""
    if len({stamp.at.date() for stamp in stamps}) == 1:
        return stamps[0]
    said = Counter(_minute(stamp.at) for stamp in stamps).most_common(2)
    often = len(said) > 1 and said[0][1] > said[1][1]
    return next(stamp for stamp in stamps if _minute(stamp.at) == said[0][0]) if often else None


def confirmed(printed: Timestamp, stamps: list[Timestamp], updates: Callable[[], list[Timestamp]]) -> Timestamp | None:
    """The stated time that a printed one means: the same minute, or the time before it where it is that of an edit."""
    exact = [stamp for stamp in stamps if names_zone(stamp)]
    if same := next((stamp for stamp in exact if _shows(stamp, printed)), None):
        near = abs(same.at - printed.at) < CLOSE
        return replace(same, at=same.at.astimezone(printed.at.tzinfo)) if near else same
    earlier = [stamp for stamp in exact if stamp.at < printed.at and stamp.at.date() == printed.at.date()]
    edited = earlier and any(abs(edit.at - printed.at) < CLOSE for edit in updates())
    return earlier[0] if edited else None


def is_ambiguous(stamp: Timestamp, zone: tzinfo | None) -> bool:
    """True for a time that is of one day in its own zone and of another in UTC or in ``zone``."""
    return stamp.precision is not Precision.DAY and len(_by_day(stamp, zone)) > 1


def on_day(stamp: Timestamp, zone: tzinfo | None, days: Collection[date | None]) -> Timestamp:
    """A time in the zone in which it is of one of ``days``; as it was, where none or several are."""
    seen = [at for day, at in _by_day(stamp, zone).items() if day in days]
    return replace(stamp, at=seen[0]) if len(seen) == 1 else stamp


def days_anywhere(stamp: Timestamp) -> set[date]:
    """The days of which a time is somewhere on earth; of a bare day, itself."""
    reach = ZONES if stamp.precision is not Precision.DAY else timedelta(0)
    return {(stamp.at + shift).date() for shift in (-reach, timedelta(0), reach)}


def in_offset_of(told: Timestamp, stamp: Timestamp) -> Timestamp | None:
    """A time with the offset that it has to one that is ``told`` without zone; None where they are no same time."""
    if not names_zone(stamp) or names_zone(told) or told.precision is Precision.DAY:
        return None
    apart = told.at.replace(tzinfo=UTC) - stamp.at.replace(second=0, microsecond=0)
    offset = timedelta(minutes=QUARTER * (apart // timedelta(minutes=QUARTER)))
    same = apart - offset < timedelta(minutes=1) and abs(offset) <= ZONES
    return replace(stamp, at=stamp.at.astimezone(timezone(offset))) if same else None


QUARTER = 15
"""Minutes of which all offsets of zones are multiples."""


def _by_day(stamp: Timestamp, zone: tzinfo | None) -> dict[date, datetime]:
    return {at.date(): at for at in (stamp.at.astimezone(UTC), stamp.at.astimezone(zone or UTC), stamp.at)}


def _shows(stamp: Timestamp, printed: Timestamp) -> bool:
    """True for the minute that is printed, whether in the zone of the page, in UTC or without halves of the day."""
    if abs(stamp.at - printed.at) < CLOSE:
        return True
    clock = _minute(printed.at).replace(tzinfo=None)
    return any(abs(clock - at) in SAME for at in _clocks(stamp))


def _clocks(stamp: Timestamp) -> Iterator[datetime]:
    """The time as clocks show it: where it was written, and in UTC."""
    for at in (stamp.at, stamp.at.astimezone(UTC)):
        yield _minute(at).replace(tzinfo=None)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
