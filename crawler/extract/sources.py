"""Where a picture's file is: the largest source that the element, its ``<picture>`` and the link around it name."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawler.extract.words import table
from crawler.page import Page
from crawler.text import squash

_TABLE = table("images")
_SETS = frozenset(_TABLE["sources"]["sets"])
_SINGLE = tuple(_TABLE["sources"]["single"])
_FILE = re.compile(rf"\.(?:{'|'.join(_TABLE['sources']['extensions'])})$", re.I)
_EMPTY = re.compile(rf"(?:^|/)(?:index-|default[-_])?(?:{'|'.join(_TABLE['sources']['empty'])})(?![a-z])[^/]*$", re.I)
_CANDIDATE = re.compile(r"(?P<url>\S*[^\s,])(?:\s+(?P<size>[\d.]+)(?P<unit>[wx]))?\s*(?:,|$)", re.I)
_SPLIT = re.compile(r"[^a-z0-9]+")
_NAMES = frozenset(_TABLE["refused"]["names"])
_FILES = frozenset(_TABLE["refused"]["files"])
_PARTS = tuple(_TABLE["refused"]["parts"])
_ALTS = frozenset(_TABLE["refused"]["alts"])
SMALL = 70
"""Pixels: a picture that declares less height and width than this belongs to the page."""
FLAT = 32
"""Pixels: so low or narrow are buttons, counters and rules."""


def source(page: Page, image: HtmlElement) -> str | None:
    """The absolute URL of the largest file that an image element stands for; None for placeholders and data URLs."""
    return page.join(_linked(page, image) or _widest(image) or next(_single(image), None) or _unscripted(image))


def is_picture(image: HtmlElement, url: str) -> bool:
    """False for what belongs to the page: logos, icons, avatars, buttons, counters, pixels, advertisements."""
    path = unquote(urlsplit(url).path).lower()
    if path.endswith(".svg") or any(part in url.lower() for part in _PARTS) or _is_small(image):
        return False
    names = set(_SPLIT.split(f"{image.get('class') or ''} {image.get('id') or ''}".lower()))
    file = set(_SPLIT.split(path.rpartition("/")[2]))
    alt = squash(image.get("alt")).lower()
    return not names & _NAMES and not file & _FILES and alt not in _ALTS and _NAMES.isdisjoint(_SPLIT.split(alt))


def is_file(url: str | None) -> bool:
    """True for the URL of an image file."""
    return bool(url) and _FILE.search(urlsplit(str(url)).path) is not None


def _is_small(image: HtmlElement) -> bool:
    sizes = [int(m.group()) for name in ("width", "height") if (m := re.fullmatch(r"\d+", _sized(image, name)))]
    return bool(sizes) and (max(sizes) < SMALL or min(sizes) <= (FLAT if len(sizes) == 2 else 3))


def _sized(image: HtmlElement, name: str) -> str:
    return (image.get(name) or "").strip().removesuffix("px")


def _linked(page: Page, image: HtmlElement) -> str | None:
    """The file that a click on the picture opens."""
    link = next(image.iterancestors("a"), None)
    href = link.get("href") if link is not None else None
    return href if is_file(page.join(href)) else None


def _widest(image: HtmlElement) -> str | None:
    picture = next(image.iterancestors("picture"), None)
    tags = [image, *(picture.iter("source") if picture is not None else ())]
    sets = [value for tag in tags for name, value in tag.items() if name in _SETS and value]
    found = sorted((c for value in sets for c in _candidates(value)), key=lambda candidate: -candidate[0])
    return next((url for _, url in found if not _is_empty(url)), None)


def _candidates(srcset: str) -> Iterator[tuple[float, str]]:
    """(width, URL) of every source; one without a descriptor counts as the smallest."""
    for found in _CANDIDATE.finditer(srcset.strip()):
        scale = 1.0 if (found["unit"] or "w").lower() == "w" else 1000.0
        yield float(found["size"] or 0) * scale, found["url"]


def _single(image: HtmlElement) -> Iterator[str]:
    for name in _SINGLE:
        url = (image.get(name) or "").strip()
        if url and not url.startswith(("{", "[")) and not _is_empty(url):
            yield url


def _unscripted(image: HtmlElement) -> str | None:
    """The source in the ``<noscript>`` beside an image that only a script would load."""
    parents = [
        parent for parent in (image, *image.iterancestors()) if parent.tag in ("img", "picture", "a", "div", "span")
    ]
    beside = (n for e in parents[:3] for n in e.itersiblings("noscript"))
    return next((url for n in beside for img in n.iter("img") for url in _single(img)), None)


def _is_empty(url: str) -> bool:
    path = url.split("?", 1)[0].split("#", 1)[0]
    return url.startswith(("data:", "about:", "javascript:", "#")) or _EMPTY.search(path) is not None
