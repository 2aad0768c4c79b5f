"""How dates of a page are to be understood: zone, language, order of day and month (``zones.toml``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.extract.words import table
from crawler.page import Page
from crawler.portal import Portal

_OFFSET = re.compile(r"(?:GMT|UTC)?\s?(?P<sign>[+\-−])\s?(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """How dates are read: ``zone`` for texts that name none (None: UTC), ``captured_at`` as their upper bound.

    A ``guessed`` zone is taken for texts that name none, and is no reason to turn other offsets into it.
    ``day`` is one that is known already: of two ways to read 06/01/2026 the one that gives it is right.
    """

    language: str | None = None
    zone: ZoneInfo | None = None
    guessed: bool = False
    month_first: bool = False
    captured_at: datetime | None = None
    day: date | None = None


def reckoning(page: Page, portal: Portal, written: str | None = None) -> Reckoning:
    """How the dates of a page of this portal are read; ``written`` is the language of its text, where it is known."""
    tag = portal.language or tag_of(page, written) or ""
    language = tag.partition("-")[0].lower() or None
    host = urlsplit(page.url).hostname or ""
    own = portal.zone or zone_of(host)
    return Reckoning(
        language=language,
        zone=own or zone_of(host, tag),
        guessed=own is None,
        month_first=month_first(host, tag),
        captured_at=page.captured_at,
    )


def tag_of(page: Page, written: str | None) -> str | None:
    """The language tag that a page claims, one with a region first; ``written`` for a text in another language."""
    claims = (page.language_attribute, *page.meta.get("og:locale", ())[:1], *page.meta.get("content-language", ())[:1])
    tags = [claim.replace("_", "-") for claim in claims if claim]
    language = written or next(map(_language, tags), "")
    honest = [tag for tag in tags if _language(tag) == language]
    return next((tag for tag in honest if _region(tag)), next(iter(honest), written)) or None


def _language(tag: str) -> str:
    return tag.lower().partition("-")[0]


def _region(tag: str) -> str | None:
    """The region that a language tag names, behind a script too (``zh-Hant-TW``); None where it names a continent."""
    if tag.lower() in _tables()["tags"]:
        return None
    return next((part for part in tag.lower().split("-")[1:] if len(part) == 2), None)


def zone_of(host: str, language: str | None = None) -> ZoneInfo | None:
    """The zone that a host's top-level domain names, else the region of a language tag, else the language itself."""
    tag = (language or "").lower()
    hosts, languages, tags = _tables()["hosts"], _tables()["languages"], _tables()["tags"]
    name = hosts.get(host.lower().rpartition(".")[2]) or _zone_of_region(_region(tag))
    name = name or tags.get(tag, languages.get(_language(tag)))
    if not name and _language(tag) == "en" and month_first(host, "en"):
        name = hosts["us"]
    return ZoneInfo(name) if name else None


def month_first(host: str, language: str | None) -> bool:
    """True where 03/04/2024 is the fourth of March: on such a host, unless the language's tag names another region."""
    order = _tables()["order"]
    domain = host.lower().rpartition(".")[2]
    language, region = _language(language or ""), _region(language or "")
    if region in order["day_first_regions"]:
        return False
    return language in order["month_first_languages"] and (domain in order["month_first_hosts"] or not domain.isalpha())


def offset_of(name: str | None, at: datetime, zone: ZoneInfo | None) -> tzinfo | None:
    """The zone a text names beside a time of day: an offset, or an abbreviation (``zone`` tells of several which)."""
    if not name:
        return None
    if offset := _OFFSET.fullmatch(name.strip()):
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        return (
            timezone(timedelta(minutes=minutes if offset["sign"] == "+" else -minutes)) if minutes < 15 * 60 else None
        )
    if zone and at.replace(tzinfo=zone).tzname() == name:
        return zone
    if region := _tables()["regions"].get(name):
        return ZoneInfo(region)
    minutes = _tables()["abbreviations"].get(name)
    return None if minutes is None else (timezone(timedelta(minutes=minutes)) if minutes else UTC)


def _zone_of_region(region: str | None) -> str | None:
    name: str | None = _tables()["hosts"].get({"gb": "uk"}.get(region, region)) if region else None
    return name


def _tables() -> Mapping[str, Any]:
    return table("zones")
