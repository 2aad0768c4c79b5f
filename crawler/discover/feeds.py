"""RSS and Atom as portals really serve them: dirty bytes, slips in links, dates without zone."""

import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from io import BytesIO
from typing import Any

import feedparser

from crawler.discover.anchors import Targets
from crawler.discover.expect import file_kind
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import Portal
from crawler.text import squash

ROOT = re.compile(r"<(rss|feed|(rdf:)?RDF)[\s>]", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)", re.IGNORECASE)
_NO_ZONE = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?")
MAX_FEED = 4_000_000
"""Characters of a feed that are read; feeds of 500 items have a tenth of it."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def is_feed(text: str) -> bool:
    """True for RSS, RDF and Atom documents, also behind junk; false for HTML that has a feed-like name."""
    head = text[:3000]
    root = ROOT.search(head)
    html = re.search(r"<(!doctype\s+html|html|body|head)[\s>]", head[: root.start() if root else None], re.IGNORECASE)
    return root is not None and html is None


def links(page: Page, portal: Portal) -> tuple[Link, ...]:
    """The in-scope items of a feed in its order, each once, with the time they say they last changed."""
    found: dict[str, Link] = {}
    targets = Targets(page.url, portal)
    for entry in entries(page.text):
        href = _href(entry)
        url = targets.resolve(href) if href else None
        if url and url != targets.here and url not in found:
            kind = Kind.ATTACHMENT if file_kind(url.partition("?")[0]) is Kind.ATTACHMENT else Kind.ARTICLE
            title = squash(str(entry.get("title") or "")) or None
            found[url] = Link(url=url, kind=kind, text=title, modified=_modified(entry, page, portal))
    return tuple(found.values())


def entries(text: str) -> Iterator[Mapping[str, Any]]:
    """The items of a feed given as decoded text; none for an empty or unreadable one."""
    parsed = feedparser.parse(BytesIO(cleaned(text)), sanitize_html=False, resolve_relative_uris=False)
    yield from parsed.entries


def cleaned(text: str) -> bytes:
    """UTF-8 bytes of a feed from its root element on, without what XML forbids."""
    root = ROOT.search(text)
    start = root.start() if root else 0
    body = _DECLARATION.sub("", text[start : start + MAX_FEED])
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + _BARE_AMPERSAND.sub("&amp;", _UNFIT.sub("", body)).encode()


def _href(entry: Mapping[str, Any]) -> str | None:
    link = entry.get("link")
    if link:
        return str(link)
    guid = str(entry.get("id") or "")
    return guid if guid.startswith(("http://", "https://")) else None


def _modified(entry: Mapping[str, Any], page: Page, portal: Portal) -> datetime | None:
    times = [_time(entry, name, portal.zone) for name in ("updated", "published")]
    limit = page.captured_at + timedelta(days=1) if page.captured_at else None
    return next((t for t in times if t and t >= _EARLIEST and (limit is None or t <= limit)), None)


def _time(entry: Mapping[str, Any], name: str, zone: tzinfo | None) -> datetime | None:
    raw = squash(str(entry[name])) if name in entry else ""
    if (local := _local(raw)) is not None:
        return local.replace(tzinfo=zone).astimezone(UTC) if zone else None
    parsed = entry.get(f"{name}_parsed") if raw else None
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def _local(raw: str) -> datetime | None:
    """A time that was printed without a zone: ``8/12/2026 2:55:37 PM`` (month first) or ``2026-08-12 14:55``."""
    try:
        if us := _US_DATE.fullmatch(raw):
            month, day, year, hour, minute = (int(g) for g in us.groups()[:5])
            hour = hour % 12 + (12 if us[7].upper() == "PM" else 0)
            return datetime(year, month, day, hour, minute, int(us[6] or 0))  # noqa: DTZ001 - the zone follows
        if iso := _NO_ZONE.fullmatch(raw):
            return datetime(*(int(g or 0) for g in iso.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    return None
