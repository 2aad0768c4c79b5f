"""Portals: TOML in, values out, with the cascade generic < platform < portal.

A portal file states only how the portal differs from its platform. Three keys suffice: ``name``, ``url`` and
``timezone``; ``from_url`` needs none. A wrong file raises :class:`PortalError` naming file, key and reason.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.model import Kind, Layout, PortalError, Seed

PLATFORMS = Path(__file__).parent / "platforms"
PORTALS = Path(__file__).parent.parent / "spiders"

FIELDS = ("headline", "lead", "body", "byline", "published", "updated", "section", "tags", "images", "attachments")
"""Names that ``[select]`` may give CSS selectors for."""

SEED_KINDS = {"feed": Kind.FEED, "sitemap": Kind.SITEMAP, "listing": Kind.LISTING}
MAX_URL = 2000
LANGUAGES = frozenset(
    re.findall(
        r"\w+", "ar bg cn cs da de el en es fi fr hu id it ja jp km ko kr lo ms nl no pl pt ro ru sv th tr tw uk vi zh"
    )
)
"""Path segments by which portals switch the language; a switch that appends never ends."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Hosts that are this machine: nobody is bothered by being asked without pause."""

_PARTS = re.compile(r"https?://([^/?#]*)([^?#]*)", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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
        if parts is None or _host(parts[1]) not in self.hosts:
            return "other host"
        if len(url) > MAX_URL or _runs_in_circles(parts[2]):
            return "endless URL space"
        if any(p.search(url) for p in self.exclude):
            return "excluded by pattern"
        return "not included by pattern" if self.include and not any(p.search(url) for p in self.include) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How a portal is asked: ``delay`` between requests and ``timeout``, in seconds; ``contact`` for the User-Agent."""

    delay: float = 1.0
    timeout: float = 60.0
    contact: str | None = None


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
    platform: str = "generic"
    seeds: tuple[Seed, ...] = ()
    layouts: tuple[Layout, ...] = ()
    politeness: Politeness = field(default_factory=Politeness)
    kinds: Mapping[Kind, tuple[re.Pattern[str], ...]] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo | None:
        """The declared time zone, or None when the portal was not declared with one."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def selectors(self, name: str, on: date | None = None) -> tuple[str, ...]:
        """The CSS selectors declared for field ``name`` in the layout that was valid on a date (None: now)."""
        return next((layout.select.get(name, ()) for layout in self.layouts if _valid(layout, on)), ())


def load(path: Path, root: Path = PORTALS) -> Portal:
    """The portal declared in ``path``; its slug is the path below ``root``. Raises PortalError."""
    table = _read(path)
    slug = "-".join(path.relative_to(root).with_suffix("").parts)
    if not _SLUG.fullmatch(slug):
        raise PortalError(f"{path}: the path must be lower-case letters, digits and hyphens, not {slug!r}")
    return from_table(table, path, slug)


def files(root: Path = PORTALS) -> Iterator[Path]:
    """Every portal file below ``root``, in order of path."""
    yield from sorted(root.rglob("*.toml"))


def from_url(url: str) -> Portal:
    """A portal nobody declared: all but its host is to be detected. Raises PortalError for what is no http(s) URL."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PortalError(
            f"{url!r} is neither a portal slug nor an http(s) URL; 'muniment portal list' shows the slugs"
        )
    slug = re.sub(r"[^a-z0-9]+", "-", parts.netloc.lower().removeprefix("www.")).strip("-")
    table: dict[str, Any] = {"name": parts.netloc, "url": url if parts.path else f"{url}/"}
    if parts.hostname in LOOPBACK:
        table["politeness"] = {"delay": 0.0}
    return from_table(table, Path(url), slug, required=("name", "url"))


def from_table(
    table: Mapping[str, Any], file: Path, slug: str, required: tuple[str, ...] = ("name", "url", "timezone")
) -> Portal:
    """The portal that a parsed TOML table declares. Raises PortalError that names ``file`` and the key."""
    reader = _Reader(file)
    reader.keys(table, PORTAL_KEYS)
    reader.required(table, required)
    name = reader.text(table, "platform") or "generic"
    if name not in platforms():
        raise reader.error("platform", f"no platform {name!r}; there are {', '.join(platforms())}")
    platform = platforms()[name] if name != "generic" else {}
    merged = {"seeds": [], **_cascade(_cascade(_shared(platforms()["generic"]), _shared(platform)), table)}
    url = reader.url(merged, "url")
    return Portal(
        slug=slug,
        name=reader.text(merged, "name") or slug,
        url=url,
        scope=reader.scope(merged, url),
        timezone=reader.zone(merged),
        place=reader.text(merged, "place"),
        language=reader.text(merged, "language"),
        platform=name,
        seeds=reader.seeds(merged),
        layouts=reader.layouts(merged),
        politeness=reader.politeness(merged),
        kinds=reader.kinds(merged),
    )


@cache
def platforms(root: Path = PLATFORMS) -> Mapping[str, Mapping[str, Any]]:
    """Every platform's checked TOML table by name. Raises PortalError."""
    return {path.stem: _platform(path) for path in sorted(root.glob("*.toml"))}


def _platform(path: Path) -> Mapping[str, Any]:
    table = _read(path)
    reader = _Reader(path)
    reader.keys(table, PLATFORM_KEYS)
    reader.required(table, ("verified",), "missing; name the capture, or write 'no: documentation only'")
    reader.keys(table.get("detect", {}), DETECT_KEYS, "detect.")
    for key in table.get("detect", {}):
        reader.patterns(table["detect"], key, "detect.")
    for i, entry in enumerate(table.get("seeds", ())):
        reader.seed_key(entry, f"seeds[{i}].")
    return table


PORTAL_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "name": str,
    "url": str,
    "place": str,
    "timezone": str,
    "language": str,
    "platform": str,
    "seeds": list,
    "scope": dict,
    "select": dict,
    "layouts": list,
    "politeness": dict,
    "kinds": dict,
}
PLATFORM_KEYS = {
    "verified": str,
    "detect": dict,
    "seeds": list,
    "kinds": dict,
    "scope": dict,
    "select": dict,
    "politeness": dict,
}
DETECT_KEYS = {"generator": list, "url": list, "markup": list}
KINDS_KEYS = {"article": list, "listing": list}
SCOPE_KEYS = {"hosts": list, "include": list, "exclude": list}
LAYOUT_KEYS = {"until": date, "select": dict}
NEEDED = "missing; every portal states name, url and timezone"
POLITENESS_KEYS = {"delay": (int, float), "timeout": (int, float), "contact": str}


class _Reader:
    """Reads one file's table; every complaint names the file and the key."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def error(self, key: str, reason: str) -> PortalError:
        return PortalError(f"{self.file}: {key}: {reason}")

    def keys(self, table: Mapping[str, Any], known: Mapping[str, Any], prefix: str = "") -> None:
        for key, value in table.items():
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
                raise self.error(prefix + key, f"unknown key; {hint}")
            if not isinstance(value, known[key]) or isinstance(value, bool):
                raise self.error(prefix + key, f"{value!r} is not {_type_name(known[key])}")

    def required(self, table: Mapping[str, Any], names: tuple[str, ...], reason: str = NEEDED) -> None:
        for name in names:
            if not table.get(name):
                raise self.error(name, reason)

    def text(self, table: Mapping[str, Any], key: str) -> str | None:
        value = table.get(key)
        return value.strip() or None if isinstance(value, str) else None

    def url(self, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
        value = str(table.get(key, ""))
        if not re.match(r"https?://[^/\s]+", value):
            raise self.error(prefix + key, f"{value!r} is not an absolute http(s) URL")
        return value

    def zone(self, table: Mapping[str, Any]) -> str | None:
        name = self.text(table, "timezone")
        try:
            return ZoneInfo(name).key if name else None
        except (ZoneInfoNotFoundError, ValueError):
            raise self.error("timezone", f"{name!r} is no IANA zone such as 'Asia/Ho_Chi_Minh'") from None

    def scope(self, table: Mapping[str, Any], url: str) -> Scope:
        scope = table.get("scope", {})
        self.keys(scope, SCOPE_KEYS, "scope.")
        hosts = [_host(urlsplit(url).netloc), *(_host(h) for h in self.strings(scope, "hosts", "scope."))]
        return Scope(
            hosts=tuple(dict.fromkeys(hosts)),
            include=self.patterns(scope, "include", "scope."),
            exclude=self.patterns(scope, "exclude", "scope."),
        )

    def strings(self, table: Mapping[str, Any], key: str, prefix: str) -> tuple[str, ...]:
        values = table.get(key, ())
        if isinstance(values, str):
            return (values,)
        if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
            raise self.error(prefix + key, f"{values!r} is not a string or a list of strings")
        return tuple(values)

    def patterns(self, table: Mapping[str, Any], key: str, prefix: str) -> tuple[re.Pattern[str], ...]:
        try:
            return tuple(re.compile(p, re.IGNORECASE) for p in self.strings(table, key, prefix))
        except re.error as wrong:
            raise self.error(f"{prefix}{key}", f"not a regular expression: {wrong}") from None

    def kinds(self, table: Mapping[str, Any]) -> Mapping[Kind, tuple[re.Pattern[str], ...]]:
        values = table.get("kinds", {})
        self.keys(values, KINDS_KEYS, "kinds.")
        return {Kind(key): self.patterns(values, key, "kinds.") for key in values}

    def seeds(self, table: Mapping[str, Any]) -> tuple[Seed, ...]:
        return tuple(self.seed(entry, f"seeds[{i}].") for i, entry in enumerate(table.get("seeds", ())))

    def seed(self, entry: Any, prefix: str) -> Seed:
        kind = self.seed_key(entry, prefix)
        return Seed(url=self.url(entry, kind, prefix), kind=SEED_KINDS[kind])

    def seed_key(self, entry: Any, prefix: str) -> str:
        if not isinstance(entry, dict) or len(entry) != 1 or (kind := str(next(iter(entry)))) not in SEED_KINDS:
            raise self.error(prefix.rstrip("."), f"{entry!r} must have one key of {', '.join(SEED_KINDS)}")
        return kind

    def layouts(self, table: Mapping[str, Any]) -> tuple[Layout, ...]:
        dated = [self.layout(entry, f"layouts[{i}].") for i, entry in enumerate(table.get("layouts", ()))]
        current = Layout(select=self.select(table.get("select", {}), "select."))
        return (*sorted(dated, key=lambda layout: layout.until or date.max), current)

    def layout(self, entry: Any, prefix: str) -> Layout:
        if not isinstance(entry, dict):
            raise self.error(prefix.rstrip("."), f"{entry!r} is not a table")
        self.keys(entry, LAYOUT_KEYS, prefix)
        if "until" not in entry:
            raise self.error(f"{prefix}until", "missing; the current layout stands in [select]")
        return Layout(until=entry["until"], select=self.select(entry.get("select", {}), f"{prefix}select."))

    def select(self, table: Mapping[str, Any], prefix: str) -> Mapping[str, tuple[str, ...]]:
        self.keys(table, dict.fromkeys(FIELDS, (str, list)), prefix)
        return {name: self.strings(table, name, prefix) for name in table}

    def politeness(self, table: Mapping[str, Any]) -> Politeness:
        values = table.get("politeness", {})
        self.keys(values, POLITENESS_KEYS, "politeness.")
        for key in ("delay", "timeout"):
            if values.get(key, 0) < 0:
                raise self.error(f"politeness.{key}", f"{values[key]} is negative")
        return Politeness(**values)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise PortalError(f"{path}: not TOML: {wrong}") from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise PortalError(f"{path}: cannot be read: {wrong}") from None


def _shared(platform: Mapping[str, Any]) -> dict[str, Any]:
    """What a platform hands down to its portals; its seeds are guesses that :mod:`crawler.discover` tries."""
    return {key: value for key, value in platform.items() if key in PORTAL_KEYS and key != "seeds"}


def _cascade(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``below`` with what ``above`` states differently; ``exclude`` lists add up, ``detect`` is the platform's own."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            merged[key] = _cascade(under, value)
        elif key == "exclude" and isinstance(value, list) and isinstance(under, list):
            merged[key] = [*under, *value]
        else:
            merged[key] = value
    return merged


def _valid(layout: Layout, on: date | None) -> bool:
    return layout.until is None or (on is not None and on < layout.until)


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2].lower().removeprefix("www.")


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


def _type_name(expected: type | tuple[type, ...]) -> str:
    names = {str: "a string", list: "a list", dict: "a table", date: "a date", int: "a number"}
    return names.get(expected[0] if isinstance(expected, tuple) else expected, "of the right type")
