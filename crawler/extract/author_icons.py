"""Names behind the icon of a person, as blogs and town portals print them below the headline."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extract.author_elements import FAR, LINE, beginning, is_free
from crawler.extract.persons import Credits, credits_in, is_whole
from crawler.extract.readers import Context
from crawler.extract.words import table
from crawler.text import squash

LETTERS = 20
"""Characters that an icon's element may hold: fonts draw an icon for its name (``account_circle``)."""
CLIMB = 3
"""Elements around an icon behind which the name may stand."""

_WORDS = table("bylines")["icons"]
_TAGS = frozenset(_WORDS["tags"])
_PERSONS = frozenset(_WORDS["persons"])
_FAMILIES = frozenset(_WORDS["families"])
_NAMING = ("class", "data-icon", "data-lucide", "data-feather", "icon", "name")
_SPLIT = re.compile(r"[^a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def behind_icon(context: Context) -> tuple[str, Credits] | None:
    """The text behind the first icon of a person below the headline, and whom it credits."""
    start, shell = beginning(context)
    for element in context.page.elements[start : min(start + FAR, _end(context))] if start else ():
        if element.tag in _TAGS and _PERSONS & _names(element) and _is_icon(element) and is_free(element, shell):
            pieces = list(_behind(element))
            credits = credits_in("\n".join(pieces), sure=True) if sum(map(len, pieces)) <= LINE else Credits()
            if credits.authors and is_whole(" ".join(pieces), credits):
                return " ".join(pieces), credits
    return None


def _end(context: Context) -> int:
    """The place on the page behind the text."""
    core = context.core
    return context.page.elements.index(core) + sum(1 for _ in core.iter()) if core is not None else 0


def _is_icon(element: HtmlElement) -> bool:
    """True for an element without text of its own that is named or drawn as an icon."""
    text = squash(str(element.text_content()))
    drawn = element.tag == "img" or not _FAMILIES.isdisjoint(_names(element))
    return drawn and len(text) <= LETTERS and " " not in text


def _names(element: HtmlElement) -> set[str]:
    """The words of an icon's class and of the file that it shows, and the letters that stand for it."""
    file = (element.get("src") or "").rpartition("/")[2] if element.tag == "img" else ""
    said = filter(None, (*map(element.get, _NAMING), file, squash(str(element.text_content()))[:LETTERS]))
    return set(_SPLIT.split(_CAMEL.sub("-", " ".join(said)).lower()))


def _behind(icon: HtmlElement) -> Iterator[str]:
    """The pieces of text behind an icon, up to the next icon; of the elements around it the first with any."""
    around = [icon, *(e for e, _ in zip(icon.iterancestors(), range(CLIMB), strict=False))]
    return iter(next(filter(None, (list(_following(element)) for element in around)), []))


def _following(element: HtmlElement) -> Iterator[str]:
    texts = [element.tail]
    for sibling in element.itersiblings():
        if any(e.tag in _TAGS and _is_icon(e) for e in sibling.iter() if isinstance(e.tag, str)):
            break
        texts += [*map(str, sibling.itertext()), sibling.tail]
    return (text for t in texts if (text := squash(t)))
