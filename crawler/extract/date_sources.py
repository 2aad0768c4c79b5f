"""Dates written for machines: JSON-LD, ``<meta>``, data of scripts, the URL (``dates.toml``)."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.extract.timestamps import parse, parse_machine
from crawler.extract.words import table
from crawler.extract.zones import Reckoning
from crawler.model import Timestamp
from crawler.page import Page

_TABLE = table("dates")
_TYPES = tuple(_TABLE["linked_data"]["types"])
_IN_URL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<s>[/_.-]?)(?P<month>0?[1-9]|1[0-2]|[a-z]{3})(?P=s)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|(?<=[/])[1-9])(?!\d)"
)


def from_linked_data(page: Page, name: str, way: Reckoning) -> Timestamp | None:
    """The time that JSON-LD gives the article as ``published`` or ``updated``."""
    for node in sorted(page.linked_data, key=_rank):
        if _rank(node) < len(_TYPES):
            for key in _TABLE["linked_data"][name]:
                if stamp := parse_machine(_text(node.get(key)), way):
                    return stamp
    return None


def from_meta(page: Page, name: str, way: Reckoning) -> Timestamp | None:
    """The time that ``<meta>`` elements give as ``published`` or ``updated``."""
    meta = page.meta
    values = (value for key in _TABLE["meta"][name] for value in meta.get(key, ()))
    return next((stamp for value in values if (stamp := parse_machine(value, way))), None)


def from_scripts(page: Page, way: Reckoning) -> list[Timestamp]:
    """The times of publication that scripts and data attributes name, in order."""
    text = page.text
    found = sorted((m for pattern in _IN_SCRIPT for m in pattern.finditer(text)), key=lambda m: m.start())
    named = (m["value"] for m in found if _names_publication(_key_start(text, m.start()) + m["key"]))
    return [stamp for value in named if (stamp := parse_machine(value, way))]


def _key_start(text: str, at: int) -> str:
    """What of a key stands before the place where ``pub`` was found in it."""
    start = _KEY_START.search(text[max(0, at - 24) : at])
    return start.group() if start else ""


def _names_publication(key: str) -> bool:
    letters = re.sub(r"[^a-z]", "", key.lower())
    return letters in _KEYS or any(letters.startswith(o) and letters.removeprefix(o) in _KEYS for o in _OPENINGS)


_KEYS = frozenset(_TABLE["scripts"]["published"])
_OPENINGS = tuple(_TABLE["scripts"]["openings"])
_KEY_START = re.compile(r"[\w.:-]*$")
_IN_SCRIPT = tuple(
    re.compile(
        rf"""(?P<key>{start}[\w.:-]{{0,28}})\\?["']?\s*[:=]\s*\\?["']?(?P<value>(?:19|20)\d\d-?\d\d-?\d\d"""
        r"""(?:[T ]\d\d:?\d\d[^"'\\<]{0,20})?|1\d{9}(?:\d{3})?)(?=\\?["',}])"""
    )
    for start in ("pub", "Pub", "PUB")
)
"""Keys and values; each pattern begins with plain letters, which makes the search over a large page fast."""


def from_url(url: str, way: Reckoning) -> Timestamp | None:
    """The day that stands in the path of a URL."""
    path = unquote(urlsplit(url).path).lower()
    stamps = (parse(f"{m['year']}-{m['month']}-{m['day']}", way) for m in _IN_URL.finditer(path))
    return next((stamp for stamp in stamps if stamp), None)


def _rank(node: Mapping[str, Any]) -> int:
    """The place of a node's type among those that speak of the article."""
    kinds = str(node.get("@type")).lower()
    return next((rank for rank, kind in enumerate(_TYPES) if kind in kinds), len(_TYPES))


def _text(value: Any) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    return str(first.get("@value", "")) if isinstance(first, dict) else str(first) if first else None
