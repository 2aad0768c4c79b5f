"""Links that a page tells without an ``<a>``: ``<link rel>``, frames, redirects of its own, pagers that send a form."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from lxml import etree
from lxml.html import HtmlElement

from crawler.discover.anchors import Targets
from crawler.discover.forms import pages_by_form
from crawler.discover.traps import ACTION_KEYS
from crawler.discover.words import plain, words
from crawler.model import Kind, Link
from crawler.page import Page

FEED_TYPES = ("rss", "atom", "rdf")

ADDRESSES = ("data-url", "data-next", "data-next-url", "data-next-page", "data-ajax-url", "data-endpoint", "data-load")
"""Attributes in which load-more buttons keep what they ask for."""
MORE = re.compile(r"(load|show|view|btn)[-_]?more|more[-_]?(btn|button|link|news)|xem[-_]?them|infinite", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?:/)?/\w|\?\w")
_WITH_ADDRESS = etree.XPath(f"//body//*[{' or '.join(f'@{name}' for name in ADDRESSES)}]")

MOST_OPTIONS = 300
"""Options of a drop-down that are read: the months of 25 years."""

_REFRESH = re.compile(r"^[\s\d.]*[;,]?\s*(url\s*=\s*)?", re.IGNORECASE)
"""What stands before the URL of a page that leads on by itself."""
_SCRIPT = re.compile(r"\blocation(?:\.href\s*=|\.replace\(|\.assign\(|\s*=)\s*['\"]([^'\"\s]+)['\"]")


def told(page: Page, targets: Targets, kind: Kind, *, alone: bool) -> Iterator[Link]:
    """The in-scope ones of these links; a page that is ``alone`` has no others, and its scripts are read too."""
    for href, expected, text in (*_related(page, kind), *_led_on(page, alone), *_framed(page), *_selected(page, kind)):
        if url := targets.resolve(href):
            yield Link(url=url, kind=expected, text=text)
    for href in (*pages_by_form(page.tree), *_loaded(page.tree)) if kind is Kind.LISTING else ():
        if url := targets.resolve(href):
            yield Link(url=url, kind=Kind.LISTING)


_Told = tuple[str, Kind, str | None]


def _related(page: Page, kind: Kind) -> Iterator[_Told]:
    for relation in page.relations:
        rel, media, href = relation["rel"].lower().split(), relation.get("type", "").lower(), relation["href"]
        if "alternate" in rel and any(t in media for t in FEED_TYPES) and "/comments/" not in href:
            yield href, Kind.FEED, relation.get("title")
        elif "next" in rel and kind is Kind.LISTING:
            yield href, Kind.LISTING, None


def _led_on(page: Page, alone: bool) -> Iterator[_Told]:
    for refresh in page.meta.get("refresh", ()):
        if href := _REFRESH.sub("", refresh).strip("'\""):
            yield href, Kind.UNKNOWN, None
    for href in _SCRIPT.findall(page.text) if alone else ():
        yield href, Kind.UNKNOWN, None


def _loaded(tree: HtmlElement) -> Iterator[str]:
    """Where a button asks for more entries by script: an address in one of its attributes."""
    for element in _WITH_ADDRESS(tree):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if MORE.search(names) or plain(element.text_content()[:60]) in words("next"):
            yield from (value for name, value in element.items() if name in ADDRESSES and _ADDRESS.match(value))


def _selected(page: Page, kind: Kind) -> Iterator[_Told]:
    """Where a drop-down leads: to a part of the list by its value, or to the address that its value is."""
    for select in page.tree.iter("select"):
        name, onward = select.get("name"), select.get("hx-get")
        values = [option.get("value") or "" for option in select.iter("option")][:MOST_OPTIONS]
        if onward and name and kind is Kind.LISTING and not ACTION_KEYS.fullmatch(name):
            mark = "&" if "?" in onward else "?"
            yield from ((f"{onward}{mark}{urlencode({name: value})}", Kind.LISTING, None) for value in values if value)
        elif "location" in (select.get("onchange") or ""):
            yield from ((value, Kind.UNKNOWN, None) for value in values if _ADDRESS.match(value))


def _framed(page: Page) -> Iterator[_Told]:
    for frame in page.tree.iter("frame", "iframe"):
        if src := frame.get("src"):
            yield src, Kind.UNKNOWN, frame.get("title")
