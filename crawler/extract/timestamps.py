"""From a printed or machine-written date to a :class:`Timestamp`: no clock, and no time of day that was not written."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dateparser.data.languages_info import language_order
from dateparser.date import DateDataParser

from crawler.extract.date_patterns import Printed, scan
from crawler.extract.zones import Reckoning, offset_of
from crawler.model import Precision, Timestamp
from crawler.text import squash

LONGEST = 200
"""Characters of a text that are looked at."""

EARLIEST = 1980
LATEST = 9000
TOLERANCE = timedelta(days=1)
"""How far a claimed time may lie behind the capture: clocks and zones are not exact."""

_FALLBACK_LONGEST = 60
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_ZONED = re.compile(r"^1\d{9}|[Zz]$|[+-]\d\d:?\d\d$")
_COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_HAS_SECONDS = re.compile(r"[T ]\d\d(?::\d\d:\d\d|\d{4})")
_HAS_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_HAS_TIME = re.compile(r"\d[:.h]\d\d(?::(?P<second>\d\d))?")


def parse(text: str | None, reckoning: Reckoning) -> Timestamp | None:
    """The first date that a text prints; None when there is none that can be (16/72/2020, one after the capture)."""
    text = squash(text)[:LONGEST]
    printed = list(scan(text, reckoning.language))
    if printed:
        return next((stamp for one in printed if (stamp := stamp_of(one, text, reckoning))), None)
    return _by_dateparser(text, reckoning)


def parse_machine(text: str | None, reckoning: Reckoning) -> Timestamp | None:
    """The time that a machine-written value names: ISO 8601 and its cousins, seconds of the epoch, or as printed."""
    text = squash(text)[:LONGEST]
    if _EPOCH.fullmatch(text):
        return _stamped(datetime.fromtimestamp(int(text[:10]), UTC), Precision.SECOND, text, reckoning)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        compact = _COMPACT.fullmatch(text)
        return parse("-".join(compact.groups()) if compact else text, reckoning)
    return _stamped(at, _written_precision(at, text, reckoning), text, reckoning)


def names_zone(stamp: Timestamp) -> bool:
    """True for a time of day that was written with its zone, or counted from the epoch."""
    return stamp.precision is not Precision.DAY and bool(_ZONED.search(stamp.raw))


def dates_in(text: str, reckoning: Reckoning) -> Iterator[tuple[Printed, Timestamp]]:
    """Every date that a text prints and that can be, with its place in the text."""
    for printed in scan(text, reckoning.language):
        if stamp := stamp_of(printed, text, reckoning):
            yield printed, stamp


def stamp_of(printed: Printed, text: str, reckoning: Reckoning) -> Timestamp | None:
    """The time that a printed date means; None for impossible ones and for those behind the capture.

    The page's language decides which of two numbers is the day. The other order is taken only where the calendar
    knows no such day, or where ``reckoning.day`` is the day that it gives: a date behind the capture is no reason.
    """
    swap = printed.swappable and (reckoning.month_first or printed.american)
    orders = (swap, not swap) if printed.swappable else (False,)
    raw = text[printed.start : printed.end]
    days = [at for order in orders if (at := _written(printed, order, reckoning))]
    stamps = [_of(printed, at, raw, reckoning) for at in days]
    known = next((stamp for stamp in stamps if stamp and stamp.at.date() == reckoning.day), None)
    return known or next(iter(stamps), None)


def _written(printed: Printed, swapped: bool, reckoning: Reckoning) -> datetime | None:
    """Day and time as they stand there, day and month ``swapped`` or not; None where the calendar has no such day."""
    month, day = (printed.day, printed.month) if swapped else (printed.month, printed.day)
    hour, minute, second = printed.clock or (0, 0, None)
    try:
        return datetime(_full_year(printed, reckoning), month, day, hour, minute, second or 0)  # noqa: DTZ001
    except ValueError:
        return None


def _of(printed: Printed, at: datetime, raw: str, reckoning: Reckoning) -> Timestamp | None:
    if printed.clock is None or (at.hour, at.minute, printed.clock[2]) == (0, 0, 0):
        return _stamped(at, Precision.DAY, raw, reckoning)
    precision = Precision.MINUTE if printed.clock[2] is None else Precision.SECOND
    return _stamped(at.replace(tzinfo=offset_of(printed.zone, at, reckoning.zone)), precision, raw, reckoning)


def _full_year(printed: Printed, reckoning: Reckoning) -> int:
    if not printed.short_year:
        return printed.year
    latest = reckoning.captured_at.year if reckoning.captured_at else 2069
    return printed.year + (2000 if printed.year + 2000 <= latest else 1900)


def _stamped(at: datetime, precision: Precision, raw: str, reckoning: Reckoning) -> Timestamp | None:
    """The time in the zone of the portal, of its midnight the day; a bare day stays the day that was written."""
    if not EARLIEST <= at.year <= LATEST:
        return None
    if at.tzinfo and reckoning.zone and not reckoning.guessed and _is_midnight(at.astimezone(reckoning.zone)):
        at, precision = at.astimezone(reckoning.zone), Precision.DAY
    if precision is Precision.DAY:
        at = at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=reckoning.zone or UTC)
    elif at.tzinfo is None:
        at = at.replace(tzinfo=reckoning.zone or UTC)
    elif reckoning.zone and not reckoning.guessed:
        at = at.astimezone(reckoning.zone)
    late = reckoning.captured_at and at > reckoning.captured_at + TOLERANCE
    return None if late else Timestamp(at=at, precision=precision, raw=raw)


def _is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)


def _written_precision(at: datetime, text: str, reckoning: Reckoning) -> Precision:
    """Midnight sharp is what software writes when it knows the day only, a full minute when it knows no seconds.

    So is noon sharp of UTC, where that is no noon of the portal: it keeps the day in every zone.
    """
    if _is_midnight(at.replace(microsecond=0)) or _is_noon_of_utc(at, text, reckoning):
        return Precision.DAY
    return Precision.SECOND if _HAS_SECONDS.search(text) and (at.second or at.microsecond) else Precision.MINUTE


def _is_noon_of_utc(at: datetime, text: str, reckoning: Reckoning) -> bool:
    return text.endswith(NOON) and bool(reckoning.zone and at.astimezone(reckoning.zone).utcoffset())


NOON = "T12:00:00Z"
"""The form in which Drupal writes a day without a time."""


def _by_dateparser(text: str, reckoning: Reckoning) -> Timestamp | None:
    """What dateparser makes of a short text with a year, in the language of the page only."""
    if len(text) > _FALLBACK_LONGEST or not _HAS_YEAR.search(text) or reckoning.language not in language_order:
        return None
    base = reckoning.captured_at.replace(tzinfo=None) if reckoning.captured_at else datetime(2000, 1, 1)  # noqa: DTZ001
    parser = DateDataParser(
        languages=[reckoning.language],
        try_previous_locales=False,
        settings={
            "DATE_ORDER": "MDY" if reckoning.month_first else "DMY",
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": base,
        },
    )
    at = parser.get_date_data(text).date_obj
    if at is None:
        return None
    time = _HAS_TIME.search(text)
    precision = Precision.DAY if not time else Precision.SECOND if time["second"] else Precision.MINUTE
    return _stamped(at, precision, text, reckoning)
