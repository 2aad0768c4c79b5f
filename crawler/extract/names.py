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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STATE = re.compile(r"(?:has|is|no|not|with|without|tag|category|tweak|js|page|post-type|label)-")
_LEVELS = {"large": MOST, "strong": WHOLE, "soft": WHOLE}


@dataclass(frozen=True, slots=True)
class Name:
    """What class and id values say: ``noise`` by word the share of the text below which it is noise."""

    noise: tuple[tuple[str, float], ...] = ()
    apart: bool = False
    text: bool = False


UNNAMED = Name()
HIDDEN = ("hidden", MOST)
FORM = ("form", MOST)
NEVER = ("unread", math.inf)
FOOT = ("foot", math.inf)
_SECTIONS = frozenset(("article", "main", "section", "li", "blockquote"))
"""Elements that have a footer of their own; any other is the page's."""

ASKED = 3
"""Fields to fill in that make a form more than a search box."""
_UNSEEN = frozenset(("hidden", "submit", "button", "image", "reset"))


def noise_words(element: HtmlElement) -> tuple[tuple[str, float], ...]:
    """Why an element looks like noise: words of its class and id, or its tag, with the share that clears each."""
    tag, get = str(element.tag), element.get
    if tag in UNREAD:
        return (NEVER,)
    words = name_of(element).noise
    style = get("style")
    if get("hidden") is not None or (style and _HIDDEN.search(style)):
        words = (*words, HIDDEN)
    if tag == "form" and _asks(element):
        words = (*words, FORM)
    if tag == "footer" and not any(e.tag in _SECTIONS for e in element.iterancestors()):
        return (*words, FOOT)
    return (*words, (f"<{tag}>", WHOLE)) if tag in DROPPED else words


def _asks(form: HtmlElement) -> bool:
    """True for a form to be filled in; one that WebForms put around a whole page is none."""
    fields = [e for e in form.iter("input", "select", "textarea") if (e.get("type") or "").lower() not in _UNSEEN]
    return len(fields) >= ASKED and not any(e.get("name") == "__VIEWSTATE" for e in form.iter("input"))


def is_text(element: HtmlElement) -> bool:
    """True for an element whose tag, itemprop, class or id names it as the text of an article."""
    return element.tag in ("article", "main") or element.get("itemprop") == "articleBody" or name_of(element).text


def name_of(element: HtmlElement) -> Name:
    """What an element's class and id say about it; the id of a heading is its own words, for links to jump to."""
    classes, identity = element.get("class"), None if element.tag in HEADINGS else element.get("id")
    return named(f"{classes or ''} {identity or ''}") if classes or identity else UNNAMED


@lru_cache(maxsize=20000)
def named(names: str) -> Name:
    """What class and id values say; state and taxonomy classes (``has-sidebar``, ``print:hidden``) say nothing."""
    telling = [name for value in names.split() if (name := _said_by(value)) is not UNNAMED]
    if len(telling) < 2:
        return telling[0] if telling else UNNAMED
    noise = frozenset([pair for name in telling for pair in name.noise])
    return _name(noise, any(name.apart for name in telling), any(name.text for name in telling))


@lru_cache(maxsize=5000)
def _name(noise: frozenset[tuple[str, float]], apart: bool, text: bool) -> Name:
    """One object for all names that say the same: the fewer there are, the less the garbage collector looks at."""
    return Name(tuple(noise), apart, text)


@lru_cache(maxsize=50000)
def _said_by(value: str) -> Name:
    lower = value.lower()
    if ":" in value or _STATE.match(lower):
        return UNNAMED
    said = _words_of(value) & _WORDS
    whole = lower.replace("-", "").replace("_", "")
    # Nearly every class holds none of the many phrases: a quick look.
    if not _STARTS.isdisjoint([whole[at : at + _START] for at in range(len(whole) - _START + 1)]):
        said = said.union(*(pattern.findall(whole) for pattern in _PHRASES))
    if not said:
        return UNNAMED
    noise = frozenset([(word, _SHARES[word]) for word in said if word in _SHARES])
    return _name(noise, not said.isdisjoint(_APART), not said.isdisjoint(_TEXT))


@lru_cache(maxsize=20000)
def words_of(names: str) -> frozenset[str]:
    """The telling words of class, id and other values: of those cut at capitals, signs and spaces the ones in a table.

    In lower case; which tables, ``_TELLING`` says.
    """
    telling = [words for value in names.split() if (words := _words_of(value))]
    return _SILENT.union(*telling) if len(telling) > 1 else next(iter(telling), _SILENT)


@lru_cache(maxsize=50000)
def _words_of(value: str) -> frozenset[str]:
    plain = value.islower() and value.isascii()  # nothing to cut but at signs
    words = _TELLING.intersection((value.translate(_SIGNS) if plain else _SPLIT.sub(" ", value).lower()).split())
    return (words - _PARTS_OF_ALL if value.startswith(_BUILDERS) else words) or _SILENT


def _all(*keys: str) -> frozenset[str]:
    return frozenset(word for key in keys for word in (*table("noise")[key]["words"], *table("noise")[key]["phrases"]))


_BUILDERS = tuple(table("tags")["builders"])
_PARTS_OF_ALL = frozenset(table("tags")["builder_words"])
_SHARES = {word: share for key, share in _LEVELS.items() for word in _all(key)}
_APART, _TEXT = _all("apart"), _all("text")
_WORDS = frozenset(word for entry in table("noise").values() for word in entry["words"])
_HINTS = (table("bylines")["hints"], table("dates")["hints"], table("dates")["own"])
_TELLING = _WORDS.union(table("dates")["own"], *(words for hints in _HINTS for words in hints.values()))
"""The words that any reader asks for; all others are forgotten at once, as most classes hold nothing else."""
_SILENT: frozenset[str] = frozenset()
"""One object for all values that say nothing."""
_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
_PHRASES = tuple(re.compile("|".join(entry["phrases"])) for entry in table("noise").values())
_START = min(len(phrase) for entry in table("noise").values() for phrase in entry["phrases"])
_STARTS = frozenset(phrase[:_START] for entry in table("noise").values() for phrase in entry["phrases"])
