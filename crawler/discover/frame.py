"""The frame of a page: menus, footer, breadcrumbs, share bars. What is repeated on every page of a portal."""

import re
from collections import Counter
from collections.abc import Mapping

from lxml.html import HtmlElement

NAMES = re.compile(
    r"(^|[\s_-])(nav\w*|menu\w*|gnb|lnb|snb|footer|topbar|breadcrumbs?|crumbs?|pathway|toolbar|skip\w*|share\w*|social\w*|"
    r"sns|languages?|cookie\w*|dropdown\w*|mega\w*|lien-?ket|weblinks?|family\w*|quick\w*)"
    r"|(^|\s)((site|page|main|top)[_-]?)?header(\s|$)",
    re.IGNORECASE,
)
"""Classes and ids of the parts of the frame."""
TAGS = frozenset({"nav", "header", "footer"})
_OWN_HEADER = re.compile(r"(^|\s)(page[_-]?)?header(\s|$)", re.IGNORECASE)
OWNERS = {"header": frozenset({"article", "main", "li"}), "footer": frozenset({"article"})}
"""Where a header or footer belongs to an article or an entry, not to the page."""
WHOLE_TAGS = frozenset({"nav", "footer"})
"""Part of the frame, however much text they hold."""
CONTENT_TAGS = frozenset({"article", "main", "body"})
FOOT = re.compile(r"foot|copyright|ban-?quyen", re.IGNORECASE)
WRAPPER = 0.4
LEAST = 600
"""Share of a page's text from which an element is no part of the frame, whatever it is named."""


class Frame:
    """Which elements stand in the frame; every ancestor is judged once."""

    def __init__(self, blocks: Mapping[HtmlElement, int]) -> None:
        """``blocks`` are the elements that hold running text, with its size: the frame has little of it."""
        self.known: dict[HtmlElement, bool] = {}
        self.wrappers = _wrappers(blocks)

    def holds(self, element: HtmlElement) -> bool:
        """True when an ancestor says that it is part of the frame, before one says that it is the content."""
        path: list[HtmlElement] = []
        found = False
        ancestor: HtmlElement | None = element
        while ancestor is not None:
            if ancestor in self.known:
                found = self.known[ancestor]
                break
            path.append(ancestor)
            if (judged := self._judge(ancestor)) is not None:
                found = judged
                break
            ancestor = ancestor.getparent()
        self.known.update(dict.fromkeys(path, found))
        return found

    def _judge(self, element: HtmlElement) -> bool | None:
        """True for a part of the frame, False for the content, None for elements that say neither."""
        tag = element.tag
        if tag in CONTENT_TAGS:
            return False
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if FOOT.search(names):
            return True
        if element in self.wrappers:
            return None
        if tag in TAGS and not any(a.tag in OWNERS.get(tag, ()) for a in element.iterancestors()):
            return True
        if len(names) <= 3 or not NAMES.search(names):
            return None
        owned = any(a.tag in OWNERS["header"] for a in element.iterancestors())
        return None if owned and not NAMES.search(_OWN_HEADER.sub(" ", names)) else True


def _wrappers(blocks: Mapping[HtmlElement, int]) -> frozenset[HtmlElement]:
    """Elements that hold so much of the text that they wrap the content."""
    enough = max(sum(blocks.values()) * WRAPPER, LEAST)
    sums: Counter[HtmlElement] = Counter()
    for block, size in sorted(blocks.items(), key=lambda item: -item[1])[:40]:
        for element in (block, *block.iterancestors()):
            sums[element] += size
    return frozenset(element for element, size in sums.items() if size >= enough and element.tag not in WHOLE_TAGS)
