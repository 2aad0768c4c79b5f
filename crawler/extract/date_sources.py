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


def from_scripts(page: Page, name: str, way: Reckoning) -> list[Timestamp]:
    """The times that scripts and data attributes name as ``published`` or ``updated``, in order.

    A key with several values is that of a list; it counts where no key has one value.
    """
    text = page.text
    patterns = (pattern for part, pattern in _IN_SCRIPT[name].items() if part in text)
    found = sorted((m for pattern in patterns for m in pattern.finditer(text)), key=lambda m: m.start())
    values: dict[str, dict[str, None]] = {}
    for match in found:
        key = _NO_LETTERS.sub("", (_key_start(text, match.start()) + match["key"]).rpartition(".")[2].lower())
        if _names(name, key):
            values.setdefault(key, {})[match["value"]] = None
    single = [value for those in values.values() if len(those) == 1 for value in those]
    named = single or [value for those in values.values() for value in those]
    return [stamp for value in dict.fromkeys(named) if (stamp := parse_machine(value, way))]


def _key_start(text: str, at: int) -> str:
    """What of a key stands before the place where a part of it was found."""
    start = _KEY_START.search(text[max(0, at - 24) : at])
    return start.group() if start else ""


def _names(name: str, letters: str) -> bool:
    """True for a key that is one of the table, whatever openings it has in front."""
    while letters not in _KEYS[name]:
        opening = next((o for o in _OPENINGS if letters.startswith(o)), None)
        if opening is None:
            return False
        letters = letters.removeprefix(opening)
    return True


_KEYS = {name: frozenset(_TABLE["scripts"][name]) for name in ("published", "updated")}
_OPENINGS = tuple(_TABLE["scripts"]["openings"])
_NO_LETTERS = re.compile(r"[^a-z]")
_KEY_START = re.compile(r"[\w.:-]*$")
_IN_SCRIPT = {
    name: {
        part: re.compile(
            rf"""(?P<key>{part}[\w.:-]{{0,28}})\\?["']?\s*[:=,]\s*\\?["']?(?P<value>(?:19|20)\d\d-?\d\d-?\d\d"""
            r"""(?:[T ]\d\d:?\d\d[^"'\\<]{0,20})?|[A-Z][a-z]{2},\s\d\d?\s[A-Z][a-z]{2}\s20\d\d[\s\d:+-]{0,16}"""
            r"""|1\d{9}(?:\d{3})?)(?=\\?["',}])"""
        )
        for part in _TABLE["scripts"]["parts"][name]
    }
    for name in ("published", "updated")
}
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
