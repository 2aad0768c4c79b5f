"""Elements of the page that are called author or byline, whatever part of it they stand in."""

import re
from collections.abc import Iterator
from itertools import takewhile

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.persons import Credits, credits_in
from crawler.extract.readers import Context
from crawler.extract.words import table
from crawler.text import squash

LINE = 200
"""Characters an element may print to be a byline."""
NEAR = 1500
"""Characters of text that may stand between the first and a further element of a byline."""
LOOKED_AT = 12

_HINTS = {name: frozenset(words) for name, words in table("bylines")["hints"].items()}
_TAGS = frozenset(("aside", "footer", "nav", "figcaption", "figure", "form", "blockquote"))
_SPLIT = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=[A-Z])")
_MAY_BE = etree.XPath(
    "|".join(
        f"{axis}::*[@rel='author' or @itemprop='author' or contains(@class,'uthor') or contains(@class,'yline') or "
        "contains(@class,'utor') or contains(@class,'riter') or contains(@class,'eporter') or contains(@class,'tacgia')"
        " or contains(@class,'tac-gia') or contains(@class,'erfasser') or contains(@class,'vcard') or "
        "contains(@class,'edakt') or contains(@class,'signature') or contains(@data-testid,'uthor') or "
        "contains(@data-testid,'yline') or contains(@class,'ontributor') or contains(@id,'uthor')]"
        for axis in ("following", "descendant")
    )
)


def elements(context: Context) -> list[tuple[str, Credits]]:
    """Line and credits of the first element so called, and of those that follow beside it."""
    headline = _headline(context)
    start = context.page.tree if headline is None else headline
    shell = frozenset(start.iterancestors())
    found: list[tuple[HtmlElement, str, Credits]] = []
    for element in [e for e in _MAY_BE(start) if isinstance(e, HtmlElement) and _is_called(e, shell)][:LOOKED_AT]:
        if found and not _beside(found[0][0], element):
            break
        line = "\n".join(_pieces(element))
        credits = credits_in(line, sure=True) if len(line) <= LINE else Credits()
        if credits.authors or (credits.unit and not found):
            found.append((element, squash(" ".join(_pieces(element))), credits))
    return [(line, credits) for _, line, credits in found]


def _headline(context: Context) -> HtmlElement | None:
    wanted = squash(context.found.get("headline"))
    heads = [e for e in context.page.tree.iter("h1", "h2") if squash(str(e.text_content()))]
    exact = [e for e in heads if squash(str(e.text_content())) == wanted]
    return next(iter(exact or [e for e in heads if e.tag == "h1"]), None)


def _is_called(element: HtmlElement, shell: frozenset[HtmlElement]) -> bool:
    around = tuple(takewhile(lambda e: e not in shell, (element, *element.iterancestors())))
    if any(e.tag in _TAGS for e in around):
        return False
    own = _words(element)
    outer = frozenset(word for e in around[1:] for word in _words(e))
    return not own.isdisjoint(_HINTS["author"]) and (own | outer).isdisjoint(_HINTS["noise"])


def _words(element: HtmlElement) -> frozenset[str]:
    names = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "rel", "data-testid"))
    return frozenset(word.lower() for word in _SPLIT.split(names) if word)


def _pieces(element: HtmlElement) -> Iterator[str]:
    return (text for t in element.itertext() if (text := squash(str(t))))


def _beside(first: HtmlElement, other: HtmlElement) -> bool:
    """True where both hang on the same element, a few levels up."""
    near = [e for e, _ in zip(first.iterancestors(), range(4), strict=False)]
    return first in other.iterancestors() or any(
        e in near for e, _ in zip(other.iterancestors(), range(4), strict=False)
    )
