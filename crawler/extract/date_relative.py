"""Days that are told by the time of the capture: ``Hôm nay, 08:15``, ``gestern``, ``il y a 2 heures``, ``3日前``."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from crawler.extract.date_patterns import AFTER, BEFORE, Printed, clock_of, digits
from crawler.extract.date_words import calendar
from crawler.extract.timestamps import stamp_of
from crawler.extract.zones import Reckoning
from crawler.model import Timestamp

_DAYS = {"today": 0, "yesterday": 1, "before": 2}
_UNITS = ("minutes", "hours", "days")
_MOST = {"minutes": 90, "hours": 48, "days": 31}
"""How many of a unit are told; more are no time of the day, or another calendar's business."""


def relative_in(text: str, way: Reckoning) -> Iterator[tuple[Printed, Timestamp]]:
    """The days that a text tells by the time of the capture, with their place in it; none behind the capture.

    Of hours and minutes that have passed the day is told: the time of day is not printed.
    """
    pattern = relative_words(way.language)
    if pattern is None or way.captured_at is None:
        return
    now = way.captured_at.astimezone(way.zone)
    for match in pattern.finditer(digits(text)):
        if (day := _day(match, now)) and (printed := _printed(match, day)):
            stamp = stamp_of(printed, text, way)
            if stamp and stamp.at <= way.captured_at:
                yield printed, stamp


@cache
def relative_words(language: str | None) -> re.Pattern[str] | None:
    """What tells a day by the time of the capture in a language; None where nothing is known of it."""
    words = calendar()["relative"].get(language)
    if isinstance(words, str):
        return relative_words(words)
    if words is None:
        return None
    named = "|".join(f"(?P<{name}>{words[name]})" for name in _DAYS if words[name])
    number = rf"(?P<number>\d{{1,2}}{'|' + words['one'] if words['one'] else ''}){'' if words['one'] else '?'}"
    unit = "|".join(f"(?P<{name}>{words[name]})" for name in _UNITS)
    ago = words["ago"].replace("N", number).replace("U", f"(?:{unit})").replace(" ", r"\s?")
    return re.compile(rf"(?<![^\W\d_])(?:{ago}|{named})(?![^\W\d_])" if named else rf"(?<![^\W\d_]){ago}", re.I)


def _day(match: re.Match[str], now: datetime) -> datetime | None:
    for name, days in _DAYS.items():
        if match.groupdict().get(name):
            return now - timedelta(days=days)
    unit = next(name for name in _UNITS if match[name])
    number = int(match["number"]) if (match["number"] or "").isdecimal() else 1
    return now - timedelta(**{unit: number}) if number <= _MOST[unit] else None


def _printed(match: re.Match[str], day: datetime) -> Printed | None:
    """The day with its span, and with the time of day that stands beside its name."""
    named = any(match.groupdict().get(name) for name in _DAYS)
    clock = AFTER.match(match.string, match.end()) or BEFORE.search(match.string[: match.start()]) if named else None
    before = clock is not None and clock.end() <= match.start() and clock.string != match.string
    return Printed(
        form="named day" if named else "ago",
        year=day.year,
        month=day.month,
        day=day.day,
        start=clock.start() if clock and before else match.start(),
        end=clock.end() if clock and not before else match.end(),
        clock=clock_of(clock),
        zone=clock["zone"] if clock else None,
    )
