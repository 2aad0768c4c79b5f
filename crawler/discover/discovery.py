"""The entry of discovery: from a page to its kind, its links and what became of it."""

import re
from dataclasses import dataclass

from crawler.discover import feeds, html, json_lists, sitemaps
from crawler.discover.canonical import canonical
from crawler.discover.expect import file_kind
from crawler.discover.platforms import guesses, platform
from crawler.model import Kind, Link, Seed, Verdict
from crawler.page import Page
from crawler.portal import GENERIC, Portal

MAGIC = (
    (b"%PDF-", Kind.ATTACHMENT),
    (b"PK\x03\x04", Kind.ATTACHMENT),
    (b"\xd0\xcf\x11\xe0", Kind.ATTACHMENT),
    (b"{\\rtf", Kind.ATTACHMENT),
    (b"Rar!", Kind.ATTACHMENT),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"\x89PNG", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
)
MARKUP = re.compile(
    rb"<(!doctype|html|head|body|rss|feed|urlset|sitemapindex|rdf|\?xml|div|meta|title|table|p|ul|h1|main|article)\b",
    re.IGNORECASE,
)
TEXTS = ("html", "xml", "text/plain", "json", "javascript")
FILES = ("application/", "audio/", "video/", "text/csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What a page is and where it leads.

    ``seeds`` are the feeds, sitemaps and listings worth declaring, ``pages`` the links to other pages of this listing.
    """

    kind: Kind
    reason: str
    links: tuple[Link, ...] = ()
    verdict: Verdict = Verdict.LIVE
    seeds: tuple[Seed, ...] = ()
    pages: tuple[Link, ...] = ()


def discover(page: Page, portal: Portal, *, expected: Kind = Kind.UNKNOWN) -> Discovery:
    """The kind of a page, named from the page itself, and its in-scope links with the kind to expect of each."""
    if file := _file_kind(page):
        return Discovery(kind=file[0], reason=file[1])
    text = sitemaps.unpacked(page.body) or page.text
    if sitemaps.is_sitemap(text, page.media_type):
        return _listed(Kind.SITEMAP, sitemaps.links(page, portal, text))
    if feeds.is_feed(text):
        return _listed(Kind.FEED, feeds.links(page, portal))
    if data := json_lists.data_of(page):
        return _from_json(page, portal, data, expected)
    if not _is_html(page):
        return Discovery(kind=Kind.OTHER, reason=f"no document: {page.media_type or 'unknown type'}")
    kind, reason, links, verdict, turning = html.read(page, portal, expected)
    if verdict is Verdict.LIVE and expected in (Kind.FEED, Kind.SITEMAP):
        reason = f"{reason}; no {expected}"
    guessed = _guessed(page, portal)
    known = {link.url for link in links}
    links = (*links, *(g for g in guessed if g.url not in known))
    pages = tuple(link for link in links if link.url in turning) if kind is Kind.LISTING else ()
    seeds = _seeds(page, kind, links)
    return Discovery(kind=kind, reason=reason, links=links, verdict=verdict, seeds=seeds, pages=pages)


def _from_json(page: Page, portal: Portal, data: object, expected: Kind) -> Discovery:
    """A list as JSON: a feed where one is declared, a part of a listing where a listing leads to it."""
    links = json_lists.links(page, portal, data)
    if not links and (markup := json_lists.fragments(data)):
        inside = Page(url=page.url, body=markup.encode(), media_type="text/html", charset="utf-8")
        links = html.read(inside, portal, Kind.LISTING)[2]
    kind = (Kind.LISTING if expected is Kind.LISTING else Kind.FEED) if links else Kind.OTHER
    pages = tuple(link for link in links if link.kind is Kind.LISTING)
    return Discovery(kind=kind, reason=f"JSON with {len(links)} links in scope", links=links, pages=pages)


def _listed(kind: Kind, links: tuple[Link, ...]) -> Discovery:
    return Discovery(kind=kind, reason=f"{kind} with {len(links)} links in scope", links=links)


def _file_kind(page: Page) -> tuple[Kind, str] | None:
    """Images and documents, by their first bytes, else by the type the server names, else by the URL."""
    for magic, kind in MAGIC:
        if page.body.startswith(magic):
            return kind, f"starts like {magic[:4]!r}"
    if not page.body or page.body.startswith(sitemaps.GZIP) or MARKUP.search(page.body[:1000]):
        return None
    media, named = (page.media_type or "").lower(), file_kind(page.url.partition("?")[0])
    if media.startswith("image/"):
        return Kind.IMAGE, media
    if any(t in media for t in TEXTS) or page.url.endswith("/robots.txt"):
        return None
    return (Kind.ATTACHMENT, media or "file name") if media.startswith(FILES) or named is Kind.ATTACHMENT else None


def _is_html(page: Page) -> bool:
    if not page.body or page.body.lstrip()[:1] in (b"{", b"["):
        return False
    return "html" in (page.media_type or "") or bool(MARKUP.search(page.body[:4000]))


def _guessed(page: Page, portal: Portal) -> tuple[Link, ...]:
    """On the home page of an undeclared platform: the places where the platform that it shows has its feeds."""
    chosen = portal.declared and portal.platform != GENERIC
    if chosen or portal.seeds or page.url.rstrip("/") != portal.url.rstrip("/"):
        return ()
    name = platform(page)
    found = guesses(name, page.url) if name != GENERIC else ()
    return tuple(g for g in found if portal.scope.admits(g.url))


def _seeds(page: Page, kind: Kind, links: tuple[Link, ...]) -> tuple[Seed, ...]:
    here = [Seed(url=canonical(page.url), kind=kind)] if kind is Kind.LISTING else []
    told = [Seed(url=link.url, kind=link.kind) for link in links if link.kind in (Kind.FEED, Kind.SITEMAP)]
    return (*here, *told)
