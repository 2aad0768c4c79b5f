"""Elements of the page that are called author or byline, whatever part of it they stand in."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from crawler.extract.byline_labels import is_author_label, is_field, opens_like_byline, opens_with_label
from crawler.extract.name_kinds import is_account, is_no_name
from crawler.extract.names import INLINE, words_of
from crawler.extract.persons import Credits, credits_in, is_whole, named_label
from crawler.extract.readers import Context
from crawler.extract.words import table
from crawler.page import Page
from crawler.text import squash

LINE = 200
"""Characters an element may print to be a byline."""
FAR = 80
"""Elements behind the last author among which a further one may follow."""
LABEL = 60

_HINTS = {name: frozenset(words) for name, words in table("bylines")["hints"].items()}
_TELLING = ("class", "rel", "itemprop", "data-testid")
_TAGS = frozenset(("footer", "nav", "form", "blockquote"))
_TITLES = frozenset(("h2", "h3", "h4", "h5", "h6", "dt"))
"""Elements that may hold nothing but the label of the names in the next one."""
_PROFILE = re.compile(rf"/(?:{'|'.join(table('bylines')['profiles']['words'])})[/_-]+[^/?#]*[a-z]{{3}}")


def elements(context: Context) -> list[tuple[str, Credits]]:
    """Line and credits of the first element so called behind the headline, and of those that follow beside it."""
    start, shell = beginning(context)
    lines = tuple(_lines(context.page))
    behind = (start and _found([line for line in lines if line[0] >= start], shell, start)) or []
    return behind or _found(lines, shell, 0)


def pen_name(context: Context) -> str | None:
    """What the element for the author behind the headline prints where it is written unlike a name.

    ``littlefox`` and ``der Karl`` are how a page calls its author; accounts of the CMS and words of a site are not.
    """
    start, shell = beginning(context)
    for number, element in enumerate(context.page.elements):
        if (element.get("rel") or element.get("itemprop") or "") != "author" or number < start:
            continue
        said = named_label(squash(str(element.text_content())))
        if is_free(element, shell, near=number - start < FAR) and _is_pen_name(said):
            return said
    return None


def _is_pen_name(said: str) -> bool:
    words = said.split()
    plain = all(word.replace("'", "").isalnum() for word in words)
    return plain and 0 < len(words) <= PEN_NAME and len(said) > 2 and not (is_account(said) or is_no_name(said))


PEN_NAME = 3
"""Words that a name has at most which is not written like one."""


def _lines(page: Page) -> Iterator[tuple[int, HtmlElement]]:
    """The elements that may print a byline, each with the place on the page of what says so."""
    called = _called(page)
    for number, element in enumerate(page.elements):
        if number in called:
            yield number, element
        elif element.tag == "a":
            if _PROFILE.search((element.get("href") or "").lower()):
                yield number, element
        elif (own := element.text) and not own.isspace() and (line := _opened(element, own)) is not None:
            yield number, line


def _called(page: Page) -> frozenset[int]:
    """The places of the elements that ``_is_called`` says are called author."""
    named = chain.from_iterable(page.having(attribute, _is_author) for attribute in _TELLING)
    return frozenset(chain(named, map(page.elements.index, page.tree.iter("address"))))


def _found(
    lines: Iterable[tuple[int, HtmlElement]], shell: frozenset[HtmlElement], start: int
) -> list[tuple[str, Credits]]:
    found: list[tuple[HtmlElement, str, Credits]] = []
    last = None
    for number, line in lines:
        if last is not None and number - last > FAR:
            break
        if not is_free(line, shell, near=number - start < FAR) or _is_of_picture(line):
            continue
        persons = next((e for e, _, credits in found if credits.authors), None)
        if persons is not None and not _beside(persons, line):
            continue
        pieces = list(_pieces(line))
        credits = credits_in("\n".join(pieces), sure=True) if sum(map(len, pieces)) <= LINE else Credits()
        if credits and (_is_called(line) or is_whole(" ".join(pieces), credits)):
            found.append((line, squash(" ".join(pieces)), credits))
            last = number if credits.authors else last
    return [(line, credits) for _, line, credits in found]


def beginning(context: Context) -> tuple[int, frozenset[HtmlElement]]:
    """The place of the headline on the page (0 without one), and the elements around it."""
    headline = _headline(context)
    if headline is None:
        return 0, frozenset()
    return context.page.elements.index(headline), frozenset(headline.iterancestors())


def _headline(context: Context) -> HtmlElement | None:
    wanted = squash(context.found.get("headline"))
    heads = [(e, text) for e in context.page.tree.iter("h1", "h2") if (text := squash(str(e.text_content())))]
    exact = [e for e, text in heads if text == wanted]
    return next(iter(exact or [e for e, _ in heads if e.tag == "h1"]), None)


def _opened(element: HtmlElement, own: str) -> HtmlElement | None:
    """The element that prints a byline, where the text of this one opens with such a label."""
    if element.tag in _TITLES and is_author_label(own):
        return element.getparent()
    if element.tag in INLINE and len(own) < LABEL and is_field(own):
        return next((e for e in element.iterancestors() if e.tag not in INLINE), None)
    if (":" in own[:LABEL] or "：" in own[:LABEL]) and opens_with_label(squash(own)):
        return next((e for e in (element, *element.iterancestors()) if e.tag not in INLINE), element)
    return element if len(own) < LABEL and opens_like_byline(own) else None


def _is_called(element: HtmlElement) -> bool:
    for name in _TELLING:
        if (said := element.get(name)) and _is_author(said):
            return True
    return element.tag == "address"


def _is_of_picture(line: HtmlElement) -> bool:
    """True for a line of a caption that nothing calls author: ``Von links: Jo Doe und Al Roe``."""
    return not _is_called(line) and (
        line.tag == "figcaption" or next(line.iterancestors("figcaption"), None) is not None
    )


def is_free(element: HtmlElement, shell: frozenset[HtmlElement], *, near: bool = True) -> bool:
    """False for what belongs to other articles, comments and the like."""
    around = tuple(takewhile(lambda e: e not in shell, (element, *element.iterancestors())))
    outer = [e for e in around if not _is_own_footer(e)]
    words = frozenset(word for e in outer for word in words_of(_names(e)))
    foreign = _HINTS["foreign"] if near else _HINTS["foreign"] | _HINTS["distant"]
    tags = _TAGS if near else _TAGS | {"aside"}
    return words.isdisjoint(foreign) and not any(e.tag in tags and not _is_called(e) for e in outer)


def _is_own_footer(element: HtmlElement) -> bool:
    """True for the foot of an article, where blogs print the author: ``footer.entry-meta``."""
    words = words_of(_names(element))
    return (element.tag == "footer" or "footer" in words) and not words.isdisjoint(_HINTS["own"])


def _names(element: HtmlElement) -> str:
    return " ".join(filter(None, map(element.get, ("class", "itemprop", "rel", "data-testid", "id"))))


def _is_author(names: str) -> bool:
    words, joined = words_of(names), names.lower().replace("-", "").replace("_", "").split()
    author, noise = _HINTS["author"], _HINTS["noise"]
    called = not (author.isdisjoint(words) and author.isdisjoint(joined))
    return called and noise.isdisjoint(words) and noise.isdisjoint(joined)


def _pieces(element: HtmlElement) -> Iterator[str]:
    return (text for t in element.itertext() if (text := squash(str(t))))


def _beside(first: HtmlElement, other: HtmlElement) -> bool:
    """True for an element around or in the first, or of the same name and close to it."""
    if first in other.iterancestors() or other in first.iterancestors():
        return True
    near = list(islice(first.iterancestors(), 4))
    return _names(first) == _names(other) and any(e in near for e in islice(other.iterancestors(), 4))
