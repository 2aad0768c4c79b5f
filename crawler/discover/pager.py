"""Pagers: which links of a listing lead to its other pages."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from crawler.discover.anchors import Anchor
from crawler.discover.words import plain, words

MARK = re.compile(
    r"(^|[\s_-])(pag(er|inat\w*|ing|es?|e-?n[au]\w*)|phan-?trang|wp-pagenavi|nav-?links|seitennav\w*|blaettern|lfr-pagin\w*)"
    r"|pagenavi|pagination",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\D{0,12}\s)?(\d{1,5})")
_COUNTED = re.compile(r"\?|/\d+/?$|[-_]\d+(\.\w+)?$")
_DATED = re.compile(r"(19|20)\d\d[-/]?\d\d|day=|date=|ngay=", re.IGNORECASE)
_HOW_MANY = re.compile(r"次の?\d{1,3}件(?:へ|を見る|を表示)?")
_PRINTED = re.compile(r"\d{1,5}")
_OTHER_TEXT = re.compile(r"[^\W\d_]{12,}|\d\s*[./:-]\s*\d")
"""Longer words than a pager has, and numbers that are a date or a time."""
_CLIMB = 4
_LONGEST = 40
_WORDS = 4
_PLAIN = 7
"""Characters from which a word for the next page needs no pager around it."""
CALENDAR = 20
"""Numbered links in one place, none above 31, from which they are days and no pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Other pages of a listing, and the URLs by which its pages call the first one, which has a URL of its own.

    ``certain`` counts the pages that stand in something that is a pager; a mere word can mean the next article.
    """

    pages: tuple[Anchor, ...] = ()
    aliases: frozenset[str] = field(default_factory=frozenset)
    certain: int = 0


def pager(found: Iterable[Anchor]) -> Pager:
    """The links to other pages of this listing."""
    numbered: dict[HtmlElement, list[tuple[int, Anchor]]] = defaultdict(list)
    worded: list[Anchor] = []
    for anchor in found:
        if len(anchor.text) > _LONGEST:
            continue
        if (number := _number(anchor.text)) is not None:
            numbered[_holder(anchor.element)].append((number, anchor))
        elif _is_next(anchor):
            worded.append(anchor)
    links = [link for holder, members in numbered.items() if _is_pager(holder, members) for link in members]
    aliases = frozenset(a.url for n, a in links if n == 1 and _COUNTED.search(a.url))
    pages = {a.url: a for a in (*(a for _, a in links), *worded) if a.url not in aliases}
    numbered_urls = {a.url for _, a in links}
    certain = sum(1 for a in pages.values() if a.url in numbered_urls or "next" in a.rel or _is_marked(a.element))
    return Pager(pages=tuple(pages.values()), aliases=aliases, certain=certain)


def leads_to_all(text: str) -> bool:
    """True when a link's text says that it leads from a selection to the whole listing."""
    if len(text) > _LONGEST:
        return False
    said = plain(text).strip(" .…>»›→+[]()").split(" ")
    return any(" ".join(said[:count]) in words("all") for count in range(1, min(len(said), _WORDS) + 1))


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _is_next(anchor: Anchor) -> bool:
    if "next" in anchor.rel.lower().split():
        return True
    onward = words("next") | words("last")
    said = plain(anchor.text)
    bare = _HOW_MANY.sub("次へ", said.strip(" .…>»›→[]()"))
    plainly = bare in words("next") and (len(bare) >= _PLAIN or " " in bare or not bare.isascii())
    return plainly or ((said in onward or bare in onward) and _is_marked(anchor.element))


def _holder(element: HtmlElement) -> HtmlElement:
    """The element whose children are the numbers: the list or box around the ``li`` or ``span`` of each link."""
    parent = element.getparent()
    while parent is not None and parent.tag in ("li", "span", "b", "strong", "td", "tr", "tbody"):
        parent = parent.getparent()
    return element if parent is None else parent


def _is_pager(holder: HtmlElement, links: list[tuple[int, Anchor]]) -> bool:
    numbers = [n for n, _ in links]
    days = len(numbers) >= CALENDAR and max(numbers) <= 31
    if days and (holder.tag == "table" or _DATED.search(links[0][1].url)):
        return False
    return len(set(numbers)) > 1 or _is_marked(links[0][1].element) or _counts(holder, numbers[0])


def _counts(holder: HtmlElement, number: int) -> bool:
    """True for a box that prints little else than this number and its neighbour, of which one is the page itself."""
    printed = " ".join(holder.itertext())
    numbers = {int(n) for n in _PRINTED.findall(printed)} if len(printed) < _LONGEST else set()
    return len(numbers) > 1 and bool({number - 1, number + 1} & numbers) and not _OTHER_TEXT.search(printed)


def _is_marked(element: HtmlElement) -> bool:
    """True when the link or an ancestor near it is named as a pager."""
    return any(
        MARK.search(f"{e.get('class') or ''} {e.get('id') or ''} {e.get('aria-label') or ''}")
        for e in (element, *islice(element.iterancestors(), _CLIMB))
    )
