"""Sitemaps: index, urlset, news, gzip, plain text; with lastmod, relative locations and broken ends."""

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from lxml import etree

from crawler.discover.anchors import Targets
from crawler.discover.expect import expect, looks_like_article, names_news
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import Portal
from crawler.text import squash

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of one unpacked sitemap that are read; the protocol's own limit is 50 MB."""
GZIP = b"\x1f\x8b"

_ROOT = re.compile(r"<(\w+:)?(urlset|sitemapindex)[\s>]")
_NEWS_NAME = re.compile(
    r"(post|news|article|artikel|noticia|notizi|actualite|aktuell|nachricht|tin-?tuc|blog)", re.IGNORECASE
)
_URL_LINE = re.compile(r"https?://\S+")
_W3C = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def is_sitemap(text: str, media_type: str | None = None) -> bool:
    """True for a sitemap or sitemap index, also a plain list of URLs served as text."""
    if _ROOT.search(text[:5000]):
        return True
    lines = [line for line in text[:20000].splitlines()[:50] if line.strip()]
    return (
        media_type == "text/plain" and bool(lines) and all(_URL_LINE.fullmatch(x.strip()) for x in lines[:-1] or lines)
    )


def unpacked(body: bytes) -> str | None:
    """The text of a gzip file, as far as it can be read; None for bytes that are no gzip."""
    if not body.startswith(GZIP):
        return None
    try:
        data = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_UNPACKED)
    except zlib.error:
        return None
    return data.decode("utf-8", "replace").lstrip("\ufeff")


def links(page: Page, portal: Portal, text: str) -> tuple[Link, ...]:
    """The in-scope entries of a sitemap in its order, each once, with lastmod where it is sound."""
    found: dict[str, Link] = {}
    targets = Targets(page.url, portal)
    about_news = bool(_NEWS_NAME.search(page.url))
    for location, modified, kind, title in _entries(text):
        url = targets.resolve(location)
        if url and url != targets.here and url not in found:
            likely = kind or _kind(url, portal, about_news)
            found[url] = Link(url=url, kind=likely, text=title, modified=_sound(modified, page, portal.zone))
    return tuple(found.values())


def _kind(url: str, portal: Portal, about_news: bool) -> Kind:
    kind = expect(url, portal)
    if kind is not Kind.UNKNOWN:
        return kind
    if looks_like_article(url):
        return Kind.ARTICLE
    if names_news(url):
        return Kind.LISTING
    return Kind.ARTICLE if about_news else Kind.UNKNOWN


_Entry = tuple[str, str | None, Kind | None, str | None]


def _entries(text: str) -> Iterator[_Entry]:
    if not _ROOT.search(text[:5000]):
        yield from ((line.strip(), None, None, None) for line in text.splitlines() if _URL_LINE.fullmatch(line.strip()))
        return
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    start = max(text.find("<"), 0)
    root = etree.fromstring(re.sub(r"<\?xml[^>]*\?>", "", text[start:]).lstrip().encode(), parser)
    for element in root if root is not None else ():
        if isinstance(element.tag, str) and (entry := _entry(element)):
            yield entry


def _entry(element: etree._Element) -> _Entry | None:
    said: dict[str, str] = {}
    for child in element.iter("*"):
        name = etree.QName(child).localname
        if name in ("loc", "lastmod") and child.getparent() is not element:
            continue
        said.setdefault(name, squash(child.text))
    if not said.get("loc"):
        return None
    kind = Kind.SITEMAP if etree.QName(element).localname == "sitemap" else None
    news = "news" in said or "publication_date" in said
    title = said.get("title") if news else None
    modified = said.get("lastmod") or said.get("publication_date")
    return said["loc"], modified, kind or (Kind.ARTICLE if news else None), title or None


def _sound(raw: str | None, page: Page, zone: tzinfo | None) -> datetime | None:
    when = time_of(raw, zone) if raw else None
    limit = page.captured_at + timedelta(days=1) if page.captured_at else None
    return when if when and when >= _EARLIEST and (limit is None or when <= limit) else None


def time_of(raw: str, zone: tzinfo | None) -> datetime | None:
    """The time that a W3C date (``2020-01-08``, ``2020-01-08T16:50:00+07:00``) means, in UTC."""
    match = _W3C.fullmatch(raw.strip())
    if not match:
        return None
    try:
        if match[7]:
            return datetime.fromisoformat(raw.strip().replace("Z", "+00:00")).astimezone(UTC)
        parts = [int(g or 0) for g in match.groups()[:6]]
        return datetime(*parts, tzinfo=zone or UTC).astimezone(UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
