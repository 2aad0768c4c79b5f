"""A portal as a value: what it is called, where it starts, what belongs to it and how politely it is asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.model import Kind, Layout, Seed
from crawler.portal.schedule import Schedule

GENERIC = "generic"
"""The platform of a portal whose CMS nobody named or recognised."""
MAX_URL = 2000
LANGUAGES = frozenset(
    re.findall(
        r"\w+", "ar bg cn cs da de el en es fi fr hu id it ja jp km ko kr lo ms nl no pl pt ro ru sv th tr tw uk vi zh"
    )
)
"""Path segments by which portals switch the language; a switch that appends never ends."""
_HOST = re.compile(r"[\w.-]*\w\.?|[\da-f:.]+:[\da-f:.]*", re.IGNORECASE)
_PARTS = re.compile(r"https?://([^/?#]*)([^?#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The rule that admits a URL: on one of ``hosts`` (host or host:port), matching no ``exclude`` pattern.

    ``include`` patterns, when there are any, must match too. Path segments that repeat endlessly are refused.
    """

    hosts: tuple[str, ...]
    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()

    def admits(self, url: str) -> bool:
        """True when a crawl of this portal may fetch ``url``."""
        return self.refusal(url) is None

    def refusal(self, url: str) -> str | None:
        """Why ``url`` is out of scope, in a few words; None when it is admitted."""
        parts = _PARTS.match(url)
        if parts is None or host(parts[1]) not in self.hosts:
            return "other host"
        if len(url) > MAX_URL or _runs_in_circles(parts[2]):
            return "endless URL space"
        if any(p.search(url) for p in self.exclude):
            return "excluded by pattern"
        return "not included by pattern" if self.include and not any(p.search(url) for p in self.include) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How a portal is asked: ``delay`` between requests and ``timeout``, in seconds; ``contact`` for the User-Agent.

    ``budget`` is the most requests in 24 hours (None: no limit); ``unverified`` is the reason why the portal's
    certificate is not verified (None: it is).
    """

    delay: float = 1.0
    timeout: float = 60.0
    contact: str | None = None
    budget: int | None = None
    unverified: str | None = None


GAP = 30
"""Running numbers without an article behind which no more are tried, where a portal or platform says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """The news site of one local government, as declared (or as far as a bare URL tells)."""

    slug: str
    name: str
    url: str
    scope: Scope
    timezone: str | None = None
    place: str | None = None
    language: str | None = None
    platform: str = GENERIC
    seeds: tuple[Seed, ...] = ()
    layouts: tuple[Layout, ...] = ()
    politeness: Politeness = field(default_factory=Politeness)
    schedule: Schedule = field(default_factory=Schedule)
    kinds: Mapping[Kind, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    numbered: tuple[str, ...] = ()
    gap: int = GAP

    @property
    def host(self) -> str:
        """The host (or host:port) of the portal's own URL, without ``www.``; other portals may live on it too."""
        return self.scope.hosts[0]

    @property
    def declared(self) -> bool:
        """True when somebody wrote the portal down, and False for one that is known by its URL alone."""
        return self.timezone is not None

    @property
    def zone(self) -> ZoneInfo | None:
        """The declared time zone, or None when the portal was not declared with one."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def selectors(self, name: str, on: date | None = None) -> tuple[str, ...]:
        """The CSS selectors declared for field ``name`` in the layout that was valid on a date (None: now)."""
        return next((layout.select.get(name, ()) for layout in self.layouts if _valid(layout, on)), ())


def is_url(text: str) -> bool:
    """True for an absolute http(s) URL whose host and port can exist, as far as their form tells."""
    try:
        parts = urlsplit(text)
        reachable = _HOST.fullmatch(parts.hostname or "") is not None and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and reachable


def _valid(layout: Layout, on: date | None) -> bool:
    return layout.until is None or (on is not None and on < layout.until)


def host(netloc: str) -> str:
    """The host and port of a network location, without ``www.``, by which URLs are compared.

    Names in other scripts are given as they go over the wire, which is how answers and canonical URLs have them.
    """
    named = netloc.rpartition("@")[2].lower().removeprefix("www.")
    return named if named.isascii() else _on_the_wire(named)


def address(url: str) -> str:
    """The host and path of a portal's URL, by which it is the same portal: scheme, ``www.`` and a last slash aside."""
    parts = urlsplit(url)
    return f"{host(parts.netloc)}{parts.path.rstrip('/')}{'?' if parts.query else ''}{parts.query}"


def _on_the_wire(named: str) -> str:
    try:
        return named.encode("idna").decode("ascii")
    except UnicodeError:
        return named


def _runs_in_circles(path: str) -> bool:
    """True for paths made by appending the same segments again and again: /a/b/a/b/a, /x/en/vi, /x/en/en."""
    segments = [s for s in path.split("/") if s]
    if len(segments) > 1 and all(s.removesuffix(".html").lower() in LANGUAGES for s in segments[-2:]):
        return True
    if len(set(segments)) == len(segments):
        return len(segments) > 20
    return any(segments.count(s) > 2 for s in segments) or _repeats_pair(segments)


def _repeats_pair(segments: list[str]) -> bool:
    pairs = list(pairwise(segments))
    return len(pairs) > 2 and len(set(pairs)) < len(pairs)
