"""What the tag, class, id and style of an element say about it, by the tables of ``noise.toml`` and ``tags.toml``."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extract.words import table

INLINE = frozenset(table("tags")["inline"])
DROPPED = frozenset(table("tags")["dropped"])
UNREAD = frozenset(table("tags")["unread"])

WHOLE = 0.4
MOST = 0.95
"""What looks like noise, weakly or strongly, but holds this share of the text is none."""

_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_JOINTS = re.compile(r"[-_]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


_STATE = re.compile(r"(?:has|is|no|not|with|without|tag|category|tweak|js|page|post-type|label)-", re.I)
_LEVELS = {"large": MOST, "strong": WHOLE, "soft": WHOLE}


@dataclass(frozen=True, slots=True)
class Name:
    """What class and id values say: ``noise`` by word the share of the text below which it is noise."""

    noise: tuple[tuple[str, float], ...] = ()
    apart: bool = False
    text: bool = False


UNNAMED = Name()
HIDDEN = ("hidden", MOST)
NEVER = ("unread", math.inf)


def noise_words(element: HtmlElement) -> tuple[tuple[str, float], ...]:
    """Why an element looks like noise: words of its class and id, or its tag, with the share that clears each."""
    tag = element.tag
    if tag in UNREAD or not isinstance(tag, str):
        return (NEVER,)
    words = name_of(element).noise
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
        words = (*words, HIDDEN)
    return (*words, (f"<{tag}>", WHOLE)) if tag in DROPPED else words


def is_text(element: HtmlElement) -> bool:
    """True for an element whose tag, itemprop, class or id names it as the text of an article."""
    return element.tag in ("article", "main") or element.get("itemprop") == "articleBody" or name_of(element).text


def name_of(element: HtmlElement) -> Name:
    """What an element's class and id say about it."""
    classes, identity = element.get("class"), element.get("id")
    return named(f"{classes or ''} {identity or ''}") if classes or identity else UNNAMED


@lru_cache(maxsize=20000)
def named(names: str) -> Name:
    """What class and id values say; state and taxonomy classes (``has-sidebar``, ``print:hidden``) say nothing."""
    values = [value for value in names.split() if ":" not in value and not _STATE.match(value)]
    words = {word.lower() for value in values for word in _SPLIT.split(value)}
    whole = " ".join(_JOINTS.sub("", value.lower()) for value in values)
    if words.isdisjoint(_ALL_WORDS) and not _ANY_PHRASE.search(whole):
        return UNNAMED
    noise = {word: share for key, share in _LEVELS.items() for word in _found(key, words, whole)}
    return Name(tuple(noise.items()), bool(_found("apart", words, whole)), bool(_found("text", words, whole)))


def _found(key: str, words: set[str], whole: str) -> set[str]:
    known, phrases = _TABLES[key]
    return (words & known) | set(phrases.findall(whole))


_TABLES = {
    key: (frozenset(entry["words"]), re.compile("|".join(entry["phrases"]))) for key, entry in table("noise").items()
}
_ALL_WORDS = frozenset().union(*(words for words, _ in _TABLES.values()))
_ANY_PHRASE = re.compile("|".join(phrases.pattern for _, phrases in _TABLES.values()))
