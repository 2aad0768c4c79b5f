"""Portals: TOML in, values out, with the cascade generic < platform < portal.

A portal file states only how the portal differs from its platform. Three keys suffice: ``name``, ``url`` and
``timezone``; ``from_url`` needs none. A wrong file raises :class:`PortalError` naming file, key and reason.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.model import PortalError
from crawler.portal.reader import DETECT_KEYS, FIELDS, NUMBER, PLATFORM_KEYS, PORTAL_KEYS, SEED_KINDS, Reader
from crawler.portal.schedule import Schedule, duration
from crawler.portal.values import GENERIC, LANGUAGES, MAX_URL, Politeness, Portal, Scope, address, host, is_url

__all__ = [
    "FIELDS", "GENERIC", "LANGUAGES", "LOOPBACK", "MAX_URL", "NUMBER", "PLATFORMS", "PORTALS", "SEED_KINDS",
    "Politeness", "Portal", "Schedule", "Scope", "address", "duration", "files", "from_table", "from_url", "host",
    "is_url", "load", "platforms", "slug_of", "verified",
]  # fmt: skip

PLATFORMS = Path(__file__).parent.parent / "platforms"
PORTALS = Path(__file__).parent.parent.parent / "spiders"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Hosts that are this machine: nobody is bothered by being asked without pause."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load(path: Path, root: Path = PORTALS) -> Portal:
    """The portal declared in ``path``; its slug is the path below ``root``. Raises PortalError."""
    table, slug = _read(path), slug_of(path, root)
    if not _SLUG.fullmatch(slug):
        raise PortalError(f"{path}: the path must be lower-case letters, digits and hyphens, not {slug!r}")
    return from_table(table, path, slug)


def files(root: Path = PORTALS) -> Iterator[Path]:
    """Every portal file below ``root``, in order of path."""
    yield from sorted(root.rglob("*.toml"))


def slug_of(path: Path, root: Path = PORTALS) -> str:
    """The slug that the place of a portal file gives it."""
    return "-".join(path.relative_to(root).with_suffix("").parts)


def from_url(url: str, platform: str = GENERIC) -> Portal:
    """A portal nobody declared: all but its host is to be detected. Raises PortalError for what is no http(s) URL."""
    if not is_url(url):
        meant = f"https://{url}"
        hint = f"; did you mean {meant!r}?" if "://" not in url and is_url(meant) else ""
        raise PortalError(f"{url!r} is not an http(s) URL{hint}")
    parts = urlsplit(url)
    slug = re.sub(r"[^a-z0-9]+", "-", host(parts.netloc)).strip("-")
    table: dict[str, Any] = {"name": parts.netloc, "url": url if parts.path else f"{url}/", "platform": platform}
    if parts.hostname in LOOPBACK:
        table["politeness"] = {"delay": 0.0}
    return from_table(table, Path(url), slug, required=("name", "url"))


def from_table(
    table: Mapping[str, Any], file: Path, slug: str, required: tuple[str, ...] = ("name", "url", "timezone")
) -> Portal:
    """The portal that a parsed TOML table declares. Raises PortalError that names ``file`` and the key."""
    reader = Reader(file)
    reader.keys(table, PORTAL_KEYS)
    reader.required(table, required)
    name = reader.text(table, "platform") or GENERIC
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
        language=reader.language(merged),
        platform=name,
        seeds=reader.seeds(merged),
        layouts=reader.layouts(merged),
        politeness=reader.politeness(merged),
        schedule=reader.schedule(merged),
        kinds=reader.kinds(merged),
        numbered=reader.numbered(merged),
        gap=reader.gap(merged),
    )


@cache
def platforms(root: Path = PLATFORMS) -> Mapping[str, Mapping[str, Any]]:
    """Every platform's checked TOML table by name. Raises PortalError."""
    return {path.stem: _platform(path) for path in sorted(root.glob("*.toml"))}


def verified(platform: str) -> str:
    """With which captures the rules of a platform were tried; it begins with "no: " where there were none."""
    return str(platforms()[platform]["verified"])


def _platform(path: Path) -> Mapping[str, Any]:
    table = _read(path)
    reader = Reader(path)
    reader.keys(table, PLATFORM_KEYS)
    reader.required(table, ("verified",), "missing; name the capture, or write 'no: documentation only'")
    reader.keys(table.get("detect", {}), DETECT_KEYS, "detect.")
    for key in table.get("detect", {}):
        reader.patterns(table["detect"], key, "detect.")
    reader.numbered(table)
    reader.gap(table)
    for i, entry in enumerate(table.get("seeds", ())):
        reader.seed_key(entry, f"seeds[{i}].")
    return table


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
