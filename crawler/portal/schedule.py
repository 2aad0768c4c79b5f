"""When a portal is crawled: how often, and in which hours of its own day. Pure: the caller tells the time."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
SHORTEST = timedelta(minutes=5)
_DURATION = re.compile(r"(\d{1,5})\s*([smhdw])")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Crawl ``every`` so often, within ``hours`` (first and last time of the portal's day; None: at any time)."""

    every: timedelta = timedelta(hours=6)
    hours: tuple[time, time] | None = None

    def open(self, now: datetime, zone: tzinfo) -> bool:
        """True in the hours in which the portal may be asked; they may go over midnight."""
        if self.hours is None:
            return True
        first, last = self.hours
        at = now.astimezone(zone).time()
        return first <= at < last if first < last else at >= first or at < last

    def opens(self, at: datetime, zone: tzinfo) -> datetime:
        """The first moment from ``at`` on in which the portal may be asked."""
        if self.hours is None or self.open(at, zone):
            return at
        local = at.astimezone(zone)
        opening = datetime.combine(local.date(), self.hours[0], zone)
        if opening <= local:
            opening = datetime.combine(local.date() + timedelta(days=1), self.hours[0], zone)
        return opening.astimezone(at.tzinfo)

    def due(self, last: datetime | None, now: datetime, zone: tzinfo) -> datetime:
        """When the next crawl is due: ``every`` after the start of the ``last`` one (None: now), in open hours."""
        return self.opens(now if last is None else last + self.every, zone)


def duration(text: str) -> timedelta:
    """``30m``, ``6h``, ``1d`` or ``2w``: how often. Raises ValueError that says so."""
    length = _length(text)
    if length < SHORTEST:
        raise ValueError(f"{text!r} is no length of time such as '30m', '6h', '1d' or '2w', of five minutes or more")
    return length


def limit(text: str) -> timedelta:
    """``90s``, ``20m`` or ``2h``: at most how long. Raises ValueError that says so."""
    length = _length(text)
    if not length:
        unit = "; write the unit" if text.strip().isdigit() else ""
        raise ValueError(f"{text!r} is no length of time such as '90s', '20m' or '2h'{unit}")
    return length


def _length(text: str) -> timedelta:
    found = _DURATION.fullmatch(text.strip())
    return timedelta(**{UNITS[found[2]]: int(found[1])}) if found else timedelta()


def hours(text: str) -> tuple[time, time]:
    """``01:00-06:00``, also over midnight (``22:00-05:00``). Raises ValueError that says so."""
    found = _HOURS.fullmatch(text.strip())
    if found is None or found[1] + found[2] == found[3] + found[4]:
        raise ValueError(f"{text!r} are no hours of the day such as '01:00-06:00'")
    return time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
