"""Where a crawl starts."""

import re

from crawler.discover.anchors import repaired
from crawler.discover.canonical import canonical
from crawler.discover.platforms import guesses
from crawler.model import Kind, Link
from crawler.page import join
from crawler.portal import GENERIC, Portal

_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def starts(portal: Portal) -> tuple[Link, ...]:
    """The declared seeds; without any, the home page and the feeds and sitemaps that its platform usually has."""
    if portal.seeds:
        return tuple(Link(url=canonical(s.url), kind=s.kind) for s in portal.seeds)
    names = dict.fromkeys((GENERIC, portal.platform))
    guessed = (link for name in names for link in guesses(name, portal.url))
    found = {link.url: link for link in (Link(url=canonical(portal.url), kind=Kind.LISTING), *guessed)}
    return tuple(link for link in found.values() if portal.scope.admits(link.url))


def from_robots(text: str, url: str) -> tuple[Link, ...]:
    """The sitemaps that a robots.txt names, relative ones resolved against its URL."""
    named = (join(url, repaired(line)) for line in _SITEMAP_LINE.findall(text.lstrip("\ufeff")))
    return tuple(Link(url=u, kind=Kind.SITEMAP) for u in dict.fromkeys(canonical(n) for n in named if n))
