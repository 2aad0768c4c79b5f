"""Pagers: which links of a listing lead to its other pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from crawler.discover.anchors import Anchor
from crawler.discover.words import plain, words

MARK = re.compile(
    r"(^|[\s_-])(pag(er|inat\w*|ing|es?|e-?n[au]\w*)|phan-?trang|wp-pagenavi|nav-?links|seitennav\w*|blaettern|lfr-pagination\w*)"
    r"|pagenavi|pagination",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\D{0,12}\s)?(\d{1,5})")
_CLIMB = 4
CALENDAR = 20
"""Numbered links in one table from which it is a calendar and no pager."""


def pages(found: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """The links to other pages of this listing, without the ones back to the first page."""
    numbered: dict[HtmlElement, list[tuple[int, Anchor]]] = defaultdict(list)
    worded: list[Anchor] = []
    for anchor in found:
        if len(anchor.text) <= 30 and (number := _number(anchor.text)) is not None:
            numbered[_holder(anchor.element)].append((number, anchor))
        elif _is_next(anchor):
            worded.append(anchor)
    kept = {a.url: a for holder, links in numbered.items() for a in _pager(holder, links)}
    kept.update({a.url: a for a in worded if a.url not in kept})
    return tuple(kept.values())


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _is_next(anchor: Anchor) -> bool:
    if "next" in anchor.rel.lower().split():
        return True
    if len(anchor.text) > 30:
        return False
    said = plain(anchor.text).strip(" .…>»›→[]()")
    return (bool(said in words("next") or said in words("last")) and _is_marked(anchor.element)) or (
        plain(anchor.text) in words("next") and _is_marked(anchor.element)
    )


def _holder(element: HtmlElement) -> HtmlElement:
    """The element whose children are the numbers: the list or box around the ``li`` or ``span`` of each link."""
    parent = element.getparent()
    while parent is not None and parent.tag in ("li", "span", "b", "strong", "td", "tr", "tbody"):
        parent = parent.getparent()
    return element if parent is None else parent


def _pager(holder: HtmlElement, links: list[tuple[int, Anchor]]) -> Iterator[Anchor]:
    numbers = [n for n, _ in links]
    if holder.tag == "table" and len(numbers) >= CALENDAR and max(numbers) <= 31:
        return
    if len(numbers) > 1 or _is_marked(links[0][1].element):
        yield from (a for n, a in links if n != 1)


def _is_marked(element: HtmlElement) -> bool:
    """True when the link or an ancestor near it is named as a pager."""
    steps = [element, *(a for _, a in zip(range(_CLIMB), element.iterancestors(), strict=False))]
    return any(MARK.search(f"{e.get('class') or ''} {e.get('id') or ''} {e.get('aria-label') or ''}") for e in steps)
