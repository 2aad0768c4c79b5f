"""The links of a page as they stand in its tree: where they lead, what they say, in which part of the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml.html import HtmlElement

from crawler.discover.canonical import beside, canonical
from crawler.discover.traps import trap
from crawler.page import Page, join
from crawler.portal import Portal
from crawler.text import squash

MAX_ANCHORS = 5000
"""Links of one page that are looked at; a sane page has fewer."""

FRAME = re.compile(
    r"(^|[\s_-])(nav\w*|menu\w*|gnb|lnb|snb|footer|topbar|breadcrumbs?|crumbs?|pathway|toolbar|skip\w*|share\w*|social\w*|"
    r"sns|languages?|cookie\w*|dropdown\w*|mega\w*|lien-?ket|weblinks?|family\w*|quick\w*)"
    r"|(^|\s)((site|page|main|top)[_-]?)?header(\s|$)",
    re.IGNORECASE,
)
FRAME_TAGS = frozenset({"nav", "footer"})
_NOT_A_PAGE = re.compile(r"^\s*(#|javascript:|mailto:|tel:|data:|sms:|skype:|zalo:|about:|blob:|fax:)", re.IGNORECASE)
_SLIP = re.compile(r"(https?)(?::/?|//|:/{3,})(?=[\w-]+(\.[\w-]+)+(/|:\d|$))", re.IGNORECASE)


class Part(StrEnum):
    """Which part of the page a link stands in."""

    FRAME = "frame"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Anchor:
    """One ``<a href>`` that leads to an admitted URL; ``text`` is what it prints (or its title or image's alt)."""

    url: str
    text: str
    rel: str
    part: Part
    element: HtmlElement
    raw: str


def anchors(page: Page, portal: Portal) -> tuple[Anchor, ...]:
    """The in-scope links of a page in document order, without traps and without links to the page itself."""
    targets = _Targets(page, portal)
    parts: dict[HtmlElement, Part] = {}
    return tuple(_found(page.tree, targets, parts))


def _found(tree: HtmlElement, targets: "_Targets", parts: dict[HtmlElement, Part]) -> Iterator[Anchor]:
    for count, element in enumerate(tree.iter("a", "area")):
        if count >= MAX_ANCHORS:
            return
        href = element.get("href")
        if href and (url := targets.resolve(href)):
            yield Anchor(
                url=url,
                text=_text(element),
                rel=element.get("rel") or "",
                part=_part(element, parts),
                element=element,
                raw=href,
            )


class _Targets:
    """Where hrefs of one page lead; every distinct href is worked out once."""

    def __init__(self, page: Page, portal: Portal) -> None:
        self.base = page.base_url
        self.page_url = page.url
        self.here = canonical(page.url)
        self.scope = portal.scope
        self.known: dict[str, str | None] = {}

    def resolve(self, href: str) -> str | None:
        if href not in self.known:
            self.known[href] = self._resolve(href)
        return self.known[href]

    def _resolve(self, href: str) -> str | None:
        if _NOT_A_PAGE.match(href):
            return None
        url = self.admitted(join(self.base, repaired(href)))
        return None if url is None or url == self.here else url

    def admitted(self, joined: str | None) -> str | None:
        if joined is None:
            return None
        url = canonical(beside(joined, self.page_url))
        return url if self.scope.admits(url) and not trap(url, self.here) else None


def admitted(page: Page, portal: Portal, href: str | None) -> str | None:
    """The canonical URL that ``href`` of this page means; None when it is out of scope, a trap or no URL."""
    return _Targets(page, portal).resolve(href) if href else None


def repaired(href: str) -> str:
    """``href`` without the slips of portals: ``http:host/path``, ``http:/host``, ``https//host``, back-slashes."""
    href = href.strip().replace("\\", "/")
    slip = _SLIP.match(href)
    return f"{slip[1]}://{href[slip.end() :]}" if slip else href


def _text(element: HtmlElement) -> str:
    text = squash(element.text_content())
    if text:
        return text
    image = next((i.get("alt") for i in element.iter("img") if i.get("alt")), None)
    return squash(element.get("title") or element.get("aria-label") or image)


def _part(element: HtmlElement, parts: dict[HtmlElement, Part]) -> Part:
    """The part of the nearest ancestor that says so; an ancestor once judged is not judged again."""
    path = []
    found = Part.CONTENT
    for ancestor in element.iterancestors():
        if ancestor in parts:
            found = parts[ancestor]
            break
        path.append(ancestor)
        if ancestor.tag in ("body", "article", "main"):
            break
        if _is_frame(ancestor):
            found = Part.FRAME
            break
    parts.update(dict.fromkeys(path, found))
    return found


def _is_frame(element: HtmlElement) -> bool:
    if element.tag in FRAME_TAGS:
        return True
    if element.tag == "header":
        return not any(a.tag in ("article", "li", "main") for a in element.iterancestors())
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 2 and bool(FRAME.search(names))
