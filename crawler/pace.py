"""When a portal that refuses, or is down, may be asked again. Pure: the caller tells the time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

OVERLOADED = (429, 503)
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
DOWN_AFTER = 5
"""Failures in a row after which the portal itself, not one of its pages, is taken to be down."""


@dataclass(slots=True)
class Pace:
    """The circuit breaker of one portal: every refusal or run of failures doubles the pause, an answer ends it.

    After a pause one request is let through; how it goes decides. ``limited`` tells a pause that the portal asked for
    (429, or Retry-After) from an outage.
    """

    paused_until: datetime | None = None
    limited: bool = False
    refusals: int = 0
    failures: int = 0

    def paused(self, now: datetime) -> bool:
        """True while nothing may be asked."""
        return self.paused_until is not None and now < self.paused_until

    def answered(self, status: int, retry_at: datetime | None, now: datetime) -> None:
        """Take note of a response; ``retry_at`` is what its Retry-After said."""
        if status in OVERLOADED:
            self.refusals += 1
            self.limited = status == 429 or retry_at is not None
            self.paused_until = retry_at or now + _pause(self.refusals)
        elif status >= 500:
            self.unanswered(now)
        else:
            self.paused_until, self.limited, self.refusals, self.failures = None, False, 0, 0

    def stop(self, now: datetime) -> None:
        """Ask for nothing more for the longest pause: waiting a little mends nothing."""
        self.paused_until = now + LONGEST_PAUSE

    def unanswered(self, now: datetime) -> None:
        """Take note of a request that brought no response, or a server error."""
        self.failures += 1
        if self.failures >= DOWN_AFTER:
            self.paused_until = now + _pause(self.failures - DOWN_AFTER + 1)


def _pause(times: int) -> timedelta:
    return min(FIRST_PAUSE * float(2 ** min(times - 1, 20)), LONGEST_PAUSE)
