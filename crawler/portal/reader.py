"""Reads the tables of portal and platform files; every complaint names the file and the key."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from crawler.model import Kind, Layout, PortalError, Seed
from crawler.portal.schedule import Schedule, duration, hours
from crawler.portal.values import GAP, Politeness, Scope, host, is_url

FIELDS = ("headline", "lead", "body", "byline", "published", "updated", "section", "tags", "images", "attachments")
"""Names that ``[select]`` may give CSS selectors for."""
LANGUAGE = re.compile("[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-[A-Za-z]{2})?")
SEED_KINDS = {"feed": Kind.FEED, "sitemap": Kind.SITEMAP, "listing": Kind.LISTING}

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
    "schedule": dict,
    "kinds": dict,
    "listing": dict,
}
PLATFORM_KEYS = {
    "verified": str,
    "detect": dict,
    "seeds": list,
    "kinds": dict,
    "listing": dict,
    "scope": dict,
    "select": dict,
    "politeness": dict,
}
DETECT_KEYS = {"generator": list, "url": list, "markup": list}
LISTING_KEYS = {"enumerate": list, "gap": int}
NUMBER = "{n}"
"""Stands for the running number in an ``enumerate`` template."""
KINDS_KEYS = {"article": list, "listing": list}
SCOPE_KEYS = {"hosts": list, "include": list, "exclude": list}
LAYOUT_KEYS = {"until": date, "select": dict}
NEEDED = "missing; every portal states name, url and timezone"
POLITENESS_KEYS = {
    "delay": (int, float),
    "timeout": (int, float),
    "contact": str,
    "budget": int,
    "unverified": str,
}
SCHEDULE_READERS: Mapping[str, Callable[[str], Any]] = {"every": duration, "hours": hours}
SCHEDULE_KEYS = {"every": str, "hours": str}


class Reader:
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
        if not is_url(value):
            raise self.error(prefix + key, f"{value!r} is not an absolute http(s) URL")
        return value

    def language(self, table: Mapping[str, Any]) -> str | None:
        """The declared language as its tag: ``vi``, ``de-AT``."""
        tag = self.text(table, "language")
        if tag and not LANGUAGE.fullmatch(tag):
            raise self.error("language", f"{tag!r} is no language tag of two letters such as 'vi' or 'de-AT'")
        return tag

    def zone(self, table: Mapping[str, Any]) -> str | None:
        name = self.text(table, "timezone")
        try:
            return ZoneInfo(name).key if name else None
        except (ZoneInfoNotFoundError, ValueError):
            raise self.error("timezone", f"{name!r} is no IANA zone such as 'Asia/Ho_Chi_Minh'") from None

    def scope(self, table: Mapping[str, Any], url: str) -> Scope:
        scope = table.get("scope", {})
        self.keys(scope, SCOPE_KEYS, "scope.")
        named = self.strings(scope, "hosts", "scope.")
        if wrong := next((name for name in named if not is_url(f"http://{name}") or "/" in name), None):
            raise self.error("scope.hosts", f"{wrong!r} is no host such as 'media.town.example'")
        hosts = [host(urlsplit(url).netloc), *map(host, named)]
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

    def numbered(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        values = table.get("listing", {})
        self.keys(values, LISTING_KEYS, "listing.")
        templates = self.strings(values, "enumerate", "listing.")
        for template in templates:
            if template.count(NUMBER) != 1:
                raise self.error("listing.enumerate", f"{template!r} must have {NUMBER} once, for the running number")
        return templates

    def gap(self, table: Mapping[str, Any]) -> int:
        gap: int = table.get("listing", {}).get("gap", GAP)
        if gap < 1:
            raise self.error("listing.gap", f"{gap} is no number of missing articles; 1 or more")
        return gap

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
        return {name: self.selectors(table, name, prefix) for name in table}

    def selectors(self, table: Mapping[str, Any], key: str, prefix: str) -> tuple[str, ...]:
        found = self.strings(table, key, prefix)
        for selector in found:
            try:
                CSSSelector(selector, translator="html")
            except SelectorError as wrong:
                raise self.error(f"{prefix}{key}", f"{selector!r} is no CSS selector: {wrong}") from None
        return found

    def politeness(self, table: Mapping[str, Any]) -> Politeness:
        values = table.get("politeness", {})
        self.keys(values, POLITENESS_KEYS, "politeness.")
        for key in ("delay", "timeout"):
            if not 0 <= values.get(key, 0) < inf:
                raise self.error(f"politeness.{key}", f"{values[key]} is no number of seconds")
        if values.get("budget", 1) < 1:
            raise self.error("politeness.budget", f"{values['budget']} requests a day are none")
        if not values.get("unverified", "why").strip():
            raise self.error("politeness.unverified", "state the reason why the certificate is not verified")
        return Politeness(**values)

    def schedule(self, table: Mapping[str, Any]) -> Schedule:
        values = table.get("schedule", {})
        self.keys(values, SCHEDULE_KEYS, "schedule.")
        try:
            read = {key: SCHEDULE_READERS[key](value) for key, value in values.items()}
        except ValueError as wrong:
            raise self.error("schedule", str(wrong)) from None
        return Schedule(**read)


def _type_name(expected: type | tuple[type, ...]) -> str:
    names = {str: "a string", list: "a list", dict: "a table", date: "a date", int: "a number"}
    return names.get(expected[0] if isinstance(expected, tuple) else expected, "of the right type")
