"""What is wrong with a portal, judged from what its archive knows. Pure: the caller tells the time and the facts.

A portal is unhealthy when it has a grave symptom. A symptom that is not grave is told and changes no exit code.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil, comb

from crawler.text import fold

SURPRISE = 0.001
"""Probability below which what was observed is no accident."""
FEWEST_DAYS = 5
"""Days with news from which a portal has a habit."""
SHORTEST_SILENCE = 7
"""Days without news that alarm nobody, however busy the portal."""
FAILING = 0.25
"""Share of failing requests from which a portal is in trouble (the rule of EDGI's web monitoring)."""
FEWEST = 4
FEWEST_PAGES = 8
OVERDUE = timedelta(days=2)
RECENT = timedelta(days=30)

_WORD = re.compile(r"\w+")

REMEDIES: Mapping[str, str] = {
    "nothing found": "the last crawl brought nothing: has it moved or changed? Try 'muniment portal check'",
    "rate limited": "refused the last crawl as too fast; raise 'delay' in its file",
    "portal down": "did not answer the last crawl",
    "robots.txt unavailable": "robots.txt could not be read in the last crawl, so nothing was asked for",
    "certificate refused": "its certificate was refused in the last crawl, so nothing was asked for",
    "failed": "the last crawl failed: the archive could not be written",
}
"""Outcomes of a last crawl that need a person, and what to say of them."""
GOES_ON: Mapping[str | None, str] = {
    "interrupted": "interrupted",
    "out of hours": "stopped because its hours were over",
    "budget spent": "stopped because the day's requests were spent",
}
"""Outcomes of a last crawl that the next one mends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """How often a field was there: in the newest ``recent`` fresh articles, and in the ``before`` ones before them."""

    recent: int
    recent_with: int
    before: int
    before_with: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the archive knows of one portal.

    ``days`` maps the latest days on which it had news to the number of articles; ``watched_since`` is the start of its
    first crawl, ``answered_at`` the last time it answered. ``requests`` and ``failures`` are those of the last crawl,
    ``pages`` its article pages, ``rejected`` those of them that gave no article; ``lost`` maps a field to the pages on
    which its declared selectors matched nothing. ``unsettled`` counts articles that are unknown;
    ``suspicions`` are links put in by others, ``titles`` what the home page called itself, oldest first;
    ``gambling`` counts recent headlines that speak of it; ``astray`` tells why a seed is not fetched,
    where the last crawl found nothing.
    """

    outcome: str | None = None
    running: bool = False
    last_crawl_at: datetime | None = None
    watched_since: datetime | None = None
    answered_at: datetime | None = None
    next_due: datetime | None = None
    days: Mapping[date, int] = field(default_factory=dict)
    requests: int = 0
    failures: int = 0
    pages: int = 0
    rejected: int = 0
    lost: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, Presence] = field(default_factory=dict)
    languages: Mapping[str, Presence] = field(default_factory=dict)
    robots_changed_at: datetime | None = None
    robots_refuses: int = 0
    certificate_ends: datetime | None = None
    unsettled: int = 0
    suspicions: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    gambling: int = 0
    astray: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """One thing to tell of a portal: its name, a sentence, and whether a person must look at it."""

    name: str
    text: str
    grave: bool


def symptoms(facts: Facts, now: datetime) -> tuple[Symptom, ...]:
    """Everything that is to be told of a portal, grave ones first."""
    found = (Symptom(name=name, text=text, grave=grave) for name, grave, read in SYMPTOMS if (text := read(facts, now)))
    return tuple(sorted(found, key=lambda symptom: not symptom.grave))


def habit(days: Mapping[date, int]) -> float | None:
    """Articles a week over the days told, up to the last of them; None when the portal has no habit yet."""
    if len(days) < FEWEST_DAYS:
        return None
    return sum(days.values()) * 7 / ((max(days) - min(days)).days + 1)


def patience(days: Mapping[date, int]) -> int | None:
    """Days without news after which a portal of this habit is silent; None when it has no habit yet.

    Days with news are taken for a Poisson process, which has no such gap by accident, and a longer gap than any before
    must have been seen, since portals rest over holidays.
    """
    if len(days) < FEWEST_DAYS:
        return None
    ordered = sorted(days)
    rate = len(ordered) / ((ordered[-1] - ordered[0]).days + 1)
    improbable = ceil(6.9 / rate)  # exp(-6.9) is SURPRISE
    longest = max((b - a).days for a, b in pairwise(ordered))
    return max(improbable, ceil(1.5 * longest), SHORTEST_SILENCE)


def silence(facts: Facts) -> int | None:
    """Days between the last news and the portal's last answer; None when there was never any of both."""
    if not facts.days or facts.answered_at is None:
        return None
    return max(0, (facts.answered_at.date() - max(facts.days)).days)


def vanished(presence: Presence) -> bool:
    """True when what most articles had is missing in nearly all recent ones, and not by accident."""
    if presence.recent < FEWEST_PAGES or presence.before < FEWEST_PAGES:
        return False
    before = presence.before_with / presence.before
    if before < 0.5 or presence.recent_with / presence.recent > before / 4:
        return False
    return _at_most(presence.recent_with, presence.recent, before) < SURPRISE


def _at_most(successes: int, trials: int, probability: float) -> float:
    """The binomial probability of so few successes."""
    rate = min(probability, 0.99)
    return sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(successes + 1))


def _outcome(facts: Facts, _now: datetime) -> str | None:
    if facts.last_crawl_at is None:
        return "was never crawled"
    if facts.outcome is None and not facts.running:
        return "the last crawl was killed; the next one goes on from there, and nothing stored is lost"
    remedy = REMEDIES.get(facts.outcome or "")
    return f"{remedy}; {facts.astray}" if remedy and facts.astray else remedy


def _under_way(facts: Facts, _now: datetime) -> str | None:
    if facts.outcome in GOES_ON:
        return f"the last crawl was {GOES_ON[facts.outcome]}; the next one goes on from there"
    return "is being crawled" if facts.running else None


def _silent(facts: Facts, _now: datetime) -> str | None:
    quiet, patient = silence(facts), patience(facts.days)
    if quiet is None or patient is None or quiet <= patient or _dormant(facts, patient):
        return None
    usual = f"its habit is {habit(facts.days):.1f} articles a week"
    return f"nothing new for {quiet} days, since {max(facts.days)}; {usual}"


def _asleep(facts: Facts, _now: datetime) -> str | None:
    patient = patience(facts.days)
    asleep = patient is not None and _dormant(facts, patient)
    return f"had nothing new since {max(facts.days)} when it was first crawled" if asleep else None


def _dormant(facts: Facts, patient: int) -> bool:
    """True when the portal had fallen silent before anybody watched it, which is history and no alarm."""
    watched = facts.watched_since.date() if facts.watched_since else date.min
    return (watched - max(facts.days)).days > patient


def _failing(facts: Facts, _now: datetime) -> str | None:
    if facts.failures < FEWEST or facts.failures < FAILING * facts.requests:
        return None
    return f"{facts.failures} of {facts.requests} requests of the last crawl failed"


def _rejected(facts: Facts, _now: datetime) -> str | None:
    if facts.rejected < FEWEST or facts.rejected < facts.pages / 2:
        return None
    return f"{facts.rejected} of {facts.pages} article pages of the last crawl gave no article: was it redesigned?"


def _drift(facts: Facts, _now: datetime) -> str | None:
    lost = [f"{name} ({count})" for name, count in facts.lost.items() if 2 * count >= facts.pages > 0]
    said = f"declared selectors match nothing on most of {facts.pages} article pages"
    return f"{said}: {', '.join(lost)}; correct [select] in its file" if lost else None


def _fields(facts: Facts, _now: datetime) -> str | None:
    gone = [name for name, presence in facts.fields.items() if vanished(presence)]
    return f"recent articles have no {', no '.join(gone)}, as they used to: was it redesigned?" if gone else None


def _unsettled(facts: Facts, _now: datetime) -> str | None:
    if facts.unsettled <= FEWEST:
        return None
    return f"{facts.unsettled} articles vanished at once; they count as unknown, not as removed, until that lasts"


def _unknown(facts: Facts, _now: datetime) -> str | None:
    if not 0 < facts.unsettled <= FEWEST:
        return None
    return f"{facts.unsettled} articles did not come, and where they are is unknown; they are asked for again"


def _hijacked(facts: Facts, _now: datetime) -> str | None:
    changed = [name for name, presence in facts.languages.items() if vanished(presence)]
    said = [*facts.suspicions, *(f"articles are no longer in {name!r}" for name in changed)]
    if len(facts.titles) > 1 and not tokens(facts.titles[-1]) & tokens(" ".join(facts.titles[:-1])):
        said.append(f"the home page calls itself {facts.titles[-1]!r}, and used to be {facts.titles[-2]!r}")
    if facts.gambling >= FEWEST:
        said.append(f"{facts.gambling} recent headlines speak of gambling")
    return "; ".join(said) or None


def tokens(text: str) -> frozenset[str]:
    """The words of ``text``, folded, that can tell one owner from another."""
    return frozenset(word for word in _WORD.findall(fold(text).casefold()) if len(word) > 1)


def _closed(facts: Facts, now: datetime) -> str | None:
    if facts.robots_changed_at is None or now - facts.robots_changed_at > RECENT:
        return None
    refused = f"; it forbids {facts.robots_refuses} known URLs" if facts.robots_refuses else ""
    return f"robots.txt changed on {facts.robots_changed_at:%Y-%m-%d}{refused}"


def _certificate(facts: Facts, now: datetime) -> str | None:
    if facts.certificate_ends is None or facts.certificate_ends - now > RECENT:
        return None
    return f"its certificate ends on {facts.certificate_ends:%Y-%m-%d}; later it is refused"


def _overdue(facts: Facts, now: datetime) -> str | None:
    if facts.next_due is None or facts.last_crawl_at is None or now - facts.next_due <= OVERDUE:
        return None
    return f"has been due since {facts.next_due:%Y-%m-%d} and nobody crawled it since {facts.last_crawl_at:%Y-%m-%d}"


Read = Callable[[Facts, datetime], str | None]
SYMPTOMS: tuple[tuple[str, bool, Read], ...] = (
    ("hijacked?", True, _hijacked),
    ("outcome", True, _outcome),
    ("silent", True, _silent),
    ("fields lost", True, _fields),
    ("drift", True, _drift),
    ("rejected", True, _rejected),
    ("failing", True, _failing),
    ("vanished", True, _unsettled),
    ("overdue", True, _overdue),
    ("under way", False, _under_way),
    ("robots.txt", False, _closed),
    ("unknown", False, _unknown),
    ("certificate", False, _certificate),
    ("dormant", False, _asleep),
)
"""Name, whether it is grave, and how it is read off the facts (a sentence, or None where all is well)."""
