"""Elements of the page that are called author or byline, whatever part of it they stand in."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import dropwhile, islice, takewhile

from lxml.html import HtmlElement

from crawler.extract.names import INLINE
from crawler.extract.persons import Credits, credits_in, opens_with_label
from crawler.extract.readers import Context
from crawler.extract.words import table
from crawler.text import squash

LINE = 200
"""Characters an element may print to be a byline."""
NEAR = 1500
"""Characters of text that may stand between the first and a further element of a byline."""
LOOKED_AT = 12

_HINTS = {name: frozenset(words) for name, words in table("bylines")["hints"].items()}
_TAGS = frozenset(("aside", "footer", "nav", "form", "blockquote"))
_SPLIT = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])")
_PROFILE = re.compile(rf"/(?:{'|'.join(table('bylines')['profiles']['words'])})[/_-]+[^/?#]*[a-z]{{3}}", re.I)


def elements(context: Context) -> list[tuple[str, Credits]]:
    """Line and credits of the first element so called, and of those that follow beside it."""
    headline = _headline(context)
    start = context.page.tree if headline is None else headline
    shell = frozenset(start.iterancestors())
    found: list[tuple[HtmlElement, str, Credits]] = []
    for element in islice((e for e in _following(context.page.tree, start) if _is_free(e, shell)), LOOKED_AT):
        persons = [e for e, _, credits in found if credits.authors]
        if persons and not _beside(persons[0], element):
            break
        line = "\n".join(_pieces(element))
        credits = credits_in(line, sure=True) if len(line) <= LINE else Credits()
        if credits and (credits.authors or credits.source or not persons or _beside(persons[0], element)):
            found.append((element, squash(" ".join(_pieces(element))), credits))
    return [(line, credits) for _, line, credits in found]


def _headline(context: Context) -> HtmlElement | None:
    wanted = squash(context.found.get("headline"))
    heads = [e for e in context.page.tree.iter("h1", "h2") if squash(str(e.text_content()))]
    exact = [e for e in heads if squash(str(e.text_content())) == wanted]
    return next(iter(exact or [e for e in heads if e.tag == "h1"]), None)


def _following(tree: HtmlElement, start: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind the headline that are called author, lead to the page of one, or open with such a label."""
    for element in dropwhile(lambda e: e is not start, tree.iter()):
        names, own = _names(element), element.text
        leads = element.tag == "a" and _PROFILE.search(element.get("href") or "")
        if leads or element.tag == "address" or (names and _is_author(names)):
            yield element
        elif own and _COLON.search(own) and opens_with_label(squash(own)):
            yield next((e for e in (element, *element.iterancestors()) if e.tag not in INLINE), element)


_COLON = re.compile(r"^[^:：]{2,40}[:：]")


def _is_free(element: HtmlElement, shell: frozenset[HtmlElement]) -> bool:
    """False for what belongs to other articles, comments and the like."""
    around = tuple(takewhile(lambda e: e not in shell, (element, *element.iterancestors())))
    outer = frozenset(word for e in around for word in _words(_names(e)))
    return not any(e.tag in _TAGS for e in around) and outer.isdisjoint(_HINTS["foreign"])


def _names(element: HtmlElement) -> str:
    return " ".join(filter(None, map(element.get, ("class", "itemprop", "rel", "data-testid", "id"))))


@lru_cache(maxsize=20000)
def _is_author(names: str) -> bool:
    words = _words(names)
    return not words.isdisjoint(_HINTS["author"]) and words.isdisjoint(_HINTS["noise"])


@lru_cache(maxsize=20000)
def _words(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _SPLIT.split(names) if word)


def _pieces(element: HtmlElement) -> Iterator[str]:
    return (text for t in element.itertext() if (text := squash(str(t))))


def _beside(first: HtmlElement, other: HtmlElement) -> bool:
    """True where both hang on the same element, a few levels up."""
    near = [e for e, _ in zip(first.iterancestors(), range(4), strict=False)]
    return first in other.iterancestors() or any(
        e in near for e, _ in zip(other.iterancestors(), range(4), strict=False)
    )
