"""What a robots.txt allows, by RFC 9309: which answers speak, for how long, and what silence means. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

MOST = 500 * 1024
"""Bytes of robots.txt that are read (section 2.5)."""
MAX_AGE = timedelta(hours=24)
"""How long an answer holds (section 2.4)."""
UNREACHABLE_FOR = timedelta(days=30)
"""After which an error is no reason any more to ask for nothing (section 2.3.1.4)."""
MAX_CRAWL_DELAY = 120.0
"""Seconds; a longer Crawl-delay is taken for a mistake and cut."""
DISALLOWED = "robots.txt disallows"
"""How it is said of a URL that a robots.txt forbids it; no request is sent."""
_TOO_MANY_REQUESTS = 429

ALLOW_ALL = Protego.parse("")
DISALLOW_ALL = Protego.parse("User-agent: *\nDisallow: /")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An answer to a request for robots.txt, and the first and last time it was given."""

    status: int
    text: str
    first_at: datetime
    last_at: datetime


def speaks(status: int) -> bool:
    """True for an answer that decides: a text, or that there is none (sections 2.3.1.1 to 2.3.1.3).

    3xx are redirects that lead nowhere, which count as none. 429 asks for patience, as an error does.
    """
    return 200 <= status < 500 and status != _TOO_MANY_REQUESTS


def rules(status: int, text: str) -> Protego:
    """What an answer allows: the text decides; without one all is allowed; with an error nothing is."""
    if not speaks(status):
        return DISALLOW_ALL
    return Protego.parse(text[:MOST].removeprefix("\ufeff")) if status < 300 else ALLOW_ALL


def rules_by(past: Sequence[Dated], now: datetime) -> Protego:
    """What holds after all answers so far, oldest first (section 2.3.1.4).

    Nothing is allowed while the last one is an error. After errors for 30 days the last text that came holds again,
    or all is allowed where none ever did.
    """
    good = next((answer for answer in reversed(past) if speaks(answer.status)), None)
    if past and past[-1] is good:
        return rules(good.status, good.text)
    bad = past[past.index(good) + 1 :] if good else past
    if not bad or now - bad[0].first_at < UNREACHABLE_FOR:
        return DISALLOW_ALL
    return rules(good.status, good.text) if good else ALLOW_ALL


def holds(asked_at: datetime, now: datetime) -> bool:
    """True while an answer of that time may be used."""
    return now - asked_at < MAX_AGE
