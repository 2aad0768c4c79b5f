"""Listings that a portal serves as JSON: JSON Feed, WordPress, Plone and plain arrays of objects with a link."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from crawler.discover.anchors import Targets
from crawler.discover.canonical import canonical
from crawler.discover.sitemaps import time_of
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import Portal
from crawler.text import squash

LINKS = ("link", "url", "permalink", "href", "@id")
TITLES = ("title", "headline", "name", "titulo", "judul", "title_plain")
TIMES = ("modified_gmt", "date_modified", "modified", "updated_at", "updated", "date_published", "published_at", "date")
NEXT = ("next_url", "next", "@odata.nextLink", "nextPage", "next_page_url")
_COUNTER = re.compile(
    r"(?:_?page_?(?:index|no|num|number)?|paged|p|pg|trang|halaman|pagina|seite)=\d{1,5}", re.IGNORECASE
)
"""Query parts that count pages, and such that count items."""
_OFFSET = re.compile(r"(?:offset|skip|start|from|b_start|limitstart)=\d{1,6}", re.IGNORECASE)
_SIZE = re.compile(r"(?:per_?page|limit|(?:page|b)?_?size|take|rows|count|pagesize)=(\d{1,4})", re.IGNORECASE)
"""Query parts that say how many items a part has."""
MOST = 5000
_DEPTH = 6


def data_of(page: Page) -> Any:
    """What a JSON document holds; None for any other document."""
    if page.body.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(page.text)
    except (ValueError, RecursionError):
        return None


def links(page: Page, portal: Portal, data: Any) -> tuple[Link, ...]:
    """The in-scope items of the lists in ``data``, each once, and the address of the next part."""
    targets, home = Targets(page.url, portal), canonical(portal.url)
    found: dict[str, Link] = {}
    for item in _objects(data):
        href, title = _first(item, LINKS), _first(item, TITLES)
        url = targets.resolve(href) if href and title else None
        if url and url not in (targets.here, home) and len(found) < MOST:
            text, modified = squash(unescape(title or "")), _modified(item, page, portal)
            found.setdefault(url, Link(url=url, kind=Kind.ARTICLE, text=text, modified=modified))
        onward = _first(item, NEXT)
        if onward and (url := targets.resolve(onward)):
            found.setdefault(url, Link(url=url, kind=Kind.LISTING))
    listed = sum(1 for link in found.values() if link.kind is Kind.ARTICLE)
    following = following_part(page.url, listed) if listed == len(found) else None
    if following and (url := targets.resolve(following)):
        found.setdefault(url, Link(url=url, kind=Kind.LISTING))
    return tuple(found.values())


def following_part(url: str, listed: int) -> str | None:
    """The URL of the next part of a list that counts its parts in its query, and listed as many items here.

    None where nothing is counted, nothing was listed, or fewer items than the query asks for.
    """
    path, _, query = url.partition("?")
    parts = query.split("&")
    counted = next((part for part in parts if _COUNTER.fullmatch(part) or _OFFSET.fullmatch(part)), None)
    sizes = [int(match[1]) for part in parts if (match := _SIZE.fullmatch(part))]
    if counted is None or not listed or any(listed < size for size in sizes):
        return None
    key, _, number = counted.partition("=")
    onward = f"{key}={int(number) + (1 if _COUNTER.fullmatch(counted) else listed)}"
    return f"{path}?{'&'.join(onward if part is counted else part for part in parts)}"


def fragments(data: Any) -> str:
    """The HTML that a JSON document carries in its strings, as scripts that load more entries are answered."""
    return "\n".join(text for item in _objects(data) for text in item.values() if _has_links(text))


def _has_links(text: object) -> bool:
    return isinstance(text, str) and "<a " in text and "href" in text


def _objects(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Every object, outer before inner; linked resources of an item (``_links``) are no items."""
    if depth > _DEPTH:
        return
    if isinstance(data, dict):
        yield data
        for key, value in data.items():
            if not key.startswith("_"):
                yield from _objects(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, depth + 1)


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = item.get(name)
        if isinstance(value, dict):
            value = value.get("rendered")
        if isinstance(value, str) and value.strip():
            return value
    return None


def _modified(item: Mapping[str, Any], page: Page, portal: Portal) -> datetime | None:
    raw = _first(item, TIMES)
    gmt = raw is not None and raw == item.get("modified_gmt")
    when = time_of(raw, UTC if gmt else portal.zone) if raw else None
    limit = page.captured_at + timedelta(days=1) if page.captured_at else None
    return when if when and (limit is None or when <= limit) else None
