"""The links of a page as they stand in its tree: where they lead, what they say, in which part of the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.discover.canonical import PLAIN, beside, canonical
from crawler.discover.traps import Traps
from crawler.page import Page, join
from crawler.portal import Portal
from crawler.text import squash

MAX_ANCHORS = 5000
"""Links of one page that are looked at; a sane page has fewer."""

_NOT_A_PAGE = re.compile(r"^\s*(#|javascript:|mailto:|tel:|data:|sms:|skype:|zalo:|about:|blob:|fax:)", re.IGNORECASE)
_SLIP = re.compile(r"(https?)(?::/?|//|:/{3,})(?=[\w-]+(\.[\w-]+)+(/|:\d|$))", re.IGNORECASE)

_SIMPLE = re.compile(r"(?:/[\w~%,-][\w.~%,:;@!$()*+-]*)+/?(?:\?[\w=&.,:;%~()*+-]*)?|/", re.ASCII)
"""Links from the root that need no repair and no joining."""
_BESIDE = re.compile(
    r"((?:\.\./)*)([\w~%][\w.~%,;@!$()*+-]*(?:/[\w~%,-][\w.~%,:;@!$()*+-]*)*/?(?:\?[\w=&.,:;%~()*+-]*)?)", re.ASCII
)
"""Links from the page's own folder that need no repair."""
_ORIGIN = re.compile(r"(https?://[a-z0-9.-]+(?::\d+)?)(/(?!.*/\.)[^?#]*|$)")
"""Origin and path of a URL that needs no repair itself."""
_SCRIPTED = etree.XPath(
    "//body//*[not(@href)][@data-href or contains(@onclick, 'location')"
    " or (@hx-get and not(self::select or self::input))]"
)
_LOCATION = re.compile(r"location(?:\.href)?\s*(?:=|\.(?:assign|replace)\()\s*['\"]([^'\"]+)['\"]")
_HOST = re.compile(r"https?://([^/?#@]+)(?=[/?#]|$)", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"tit|headline|subject|heading|name", re.IGNORECASE)
LONG = 160
"""Characters from which a link's text is a whole entry and its headline is looked for inside."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Anchor:
    """One ``<a href>`` that leads to an admitted URL; ``text`` is what it prints (or its title or image's alt)."""

    url: str
    text: str
    rel: str
    element: HtmlElement


def anchors(page: Page, targets: "Targets") -> tuple[Anchor, ...]:
    """The in-scope links of a page in document order, without traps; links to the page itself are among them."""
    return tuple(_found(page.tree, targets))


def _found(tree: HtmlElement, targets: "Targets") -> Iterator[Anchor]:
    for element in islice(chain(tree.iter("a", "area"), _SCRIPTED(tree)), MAX_ANCHORS):
        href = element.get("href") or _scripted(element)
        if href and (url := targets.resolve(href)):
            rel = element.get("rel") or ""
            yield Anchor(url=url, text=_text(element), rel=rel, element=element)


def _scripted(element: HtmlElement) -> str | None:
    """Where an element without ``href`` leads by script: its ``data-href`` or ``hx-get``, or what ``onclick`` sets."""
    told = _LOCATION.search(element.get("onclick") or "")
    return element.get("data-href") or element.get("hx-get") or (told[1] if told else None)


class Targets:
    """Where the hrefs of the document at ``url`` lead; every distinct href is worked out once."""

    def __init__(self, url: str, portal: Portal, base: str | None = None) -> None:
        self.base = base or url
        self.here = canonical(url)
        self.scope = portal.scope
        self.traps = Traps(self.here)
        self.known: dict[str, str | None] = {}
        plain = _ORIGIN.match(self.base)
        self.origin = plain[1] if plain else ""
        self.folders = [self.origin, *plain[2].split("/")[1:-1]] if plain else []

    def resolve(self, href: str) -> str | None:
        """The canonical URL of an admitted link; None for traps and other hosts."""
        if href not in self.known:
            self.known[href] = self._resolve(href)
        return self.known[href]

    def stays(self, href: str) -> bool:
        """True for a link that leads to the page it stands on."""
        return href.startswith("#") or self.resolve(href) == self.here

    def _resolve(self, href: str) -> str | None:
        if _NOT_A_PAGE.match(href) or self._leads_away(href):
            return None
        try:
            joined = self._joined(href)
            url = canonical(beside(joined, self.here)) if joined else None
        except ValueError:
            return None
        return url if url and self.scope.admits(url) and not self.traps.reason(url) else None

    def _joined(self, href: str) -> str | None:
        if PLAIN.fullmatch(href):
            return href
        if self.origin and _SIMPLE.fullmatch(href):
            return self.origin + href
        if self.origin and (beside := _BESIDE.fullmatch(href)) and beside[1].count("/") < len(self.folders):
            return f"{'/'.join(self.folders[: len(self.folders) - beside[1].count('/')])}/{beside[2]}"
        return join(self.base, repaired(href))

    def _leads_away(self, href: str) -> bool:
        """A quick look at absolute links, of which most pages have many to other hosts."""
        host = _HOST.match(href)
        return host is not None and host[1].lower().removeprefix("www.") not in self.scope.hosts


def repaired(href: str) -> str:
    """``href`` without the slips of portals: ``http:host/path``, ``http:/host``, ``https//host``, back-slashes."""
    href = href.strip().replace("\\", "/")
    slip = _SLIP.match(href)
    return f"{slip[1]}://{href[slip.end() :]}" if slip else href


def _text(element: HtmlElement) -> str:
    text = _line(element.text_content())
    if len(text) > LONG and (heading := _heading(element)):
        return heading
    if text:
        return text
    image = next((i.get("alt") for i in element.iter("img") if i.get("alt")), None)
    return squash(element.get("title") or element.get("aria-label") or image)


def _line(text: str) -> str:
    return " ".join(text.split()) if text.isascii() else squash(text)


def _heading(element: HtmlElement) -> str:
    """The headline inside a link that wraps a whole entry."""
    for inner in element.iter("h1", "h2", "h3", "h4", "h5", "strong", "b", "p", "span", "dt"):
        if str(inner.tag)[0] == "h" or _TITLE_CLASS.search(inner.get("class") or ""):
            return _line(inner.text_content())
    return ""
