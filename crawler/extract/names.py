"""What the tag, class, id and style of an element say about it, by the tables of ``noise.toml`` and ``tags.toml``."""

import math
import re
from enum import IntFlag
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extract.words import table

INLINE = frozenset(table("tags")["inline"])
DROPPED = frozenset(table("tags")["dropped"])
UNREAD = frozenset(table("tags")["unread"])

WHOLE = 0.4
MOST = 0.8
"""What looks like noise, weakly or strongly, but holds this share of the text is none."""

_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_JOINTS = re.compile(r"[-_]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class Name(IntFlag):
    """What the class and id of an element say about it."""

    NONE = 0
    STRONG = 1
    SOFT = 2
    APART = 4
    TEXT = 8


_NAMES = tuple(
    (Name[key.upper()], frozenset(entry["words"]), re.compile("|".join(entry["phrases"])))
    for key, entry in table("noise").items()
)


def noise_share(element: HtmlElement) -> float:
    """The share of the text below which an element is noise; 0 for one that does not look like noise at all."""
    if element.tag in UNREAD or not isinstance(element.tag, str):
        return math.inf
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return MOST
    name = name_of(element)
    if element.tag == "nav" or name & Name.STRONG:
        return MOST
    return WHOLE if element.tag in DROPPED or name & Name.SOFT else 0.0


def is_text(element: HtmlElement) -> bool:
    """True for an element whose tag, itemprop, class or id names it as the text of an article."""
    if element.tag in ("article", "main") or element.get("itemprop") == "articleBody":
        return True
    return bool(name_of(element) & Name.TEXT)


def name_of(element: HtmlElement) -> Name:
    """What an element's class and id say about it."""
    return named(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=20000)
def named(names: str) -> Name:
    """What class and id values say."""
    if len(names) < 3:
        return Name.NONE
    words = {word.lower() for word in _SPLIT.split(names)}
    whole = _JOINTS.sub("", names.lower())
    found = Name.NONE
    for name, tokens, phrases in _NAMES:
        if not words.isdisjoint(tokens) or phrases.search(whole):
            found |= name
    return found
