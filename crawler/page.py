"""One captured document, decoded once and parsed once.

Decoding follows the order of the WHATWG Encoding Standard (byte order mark, HTTP header, ``<meta>``) with one
exception that real portals ask for: bytes that are valid UTF-8 are UTF-8, whatever the page declares.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree
from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from crawler.mend import mend
from crawler.text import squash

MAX_PARSED = 4 * 1024 * 1024
"""Bytes of one document that are read; what lies behind stays in the WARC and ``Page.truncated`` says so."""

_EMBEDDED = re.compile(rb"(data:[\w/+.-]{1,60};base64,)[A-Za-z0-9+/=]{200,}")
"""Pictures pasted into the markup: megabytes that print nothing."""

SILENT = ("script", "style", "template", "svg", "link")
"""Elements that print nothing; pruned once their data is taken."""

_ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""Every element is an ``HtmlElement``. lxml's look-up by tag is a Python call for each element."""

_BROKEN = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROLS = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)))
_BREAKS = re.compile(r"[\t\r\n]")
_DETECTED_FROM = 64 * 1024
_BEYOND_ASCII = re.compile(rb"[^<>\x80-\xff]{0,99}[\x80-\xff][^<>]{0,99}")


class Page:
    """A capture, read. Its parts are built once and only when asked for; it has no clock and no network."""

    def __init__(
        self,
        *,
        url: str,
        body: bytes,
        media_type: str | None = None,
        charset: str | None = None,
        captured_at: datetime | None = None,
    ) -> None:
        """``body`` has its Content-Encoding removed; ``charset`` is the one of the HTTP header, if any."""
        self.url = url
        self.body = body
        self.media_type = media_type
        self.captured_at = captured_at
        read = _EMBEDDED.sub(rb"\1", body) if len(body) > MAX_PARSED else body
        self.truncated = len(read) > MAX_PARSED
        self.charset, self.text = decode(read[:MAX_PARSED], charset)
        self._values: dict[str, dict[str, list[int]]] = {}

    @cached_property
    def _parsed(self) -> tuple[tuple[lxml.html.HtmlElement, ...], tuple[str, ...], tuple[Mapping[str, str], ...]]:
        root = parse(self.text)
        scripts = tuple(e.text or "" for e in root.iter("script") if "ld+json" in (e.get("type") or "").lower())
        relations = tuple(dict(e.items()) for e in root.iter("link") if e.get("rel") and e.get("href"))
        mend(root, self.text)
        etree.strip_elements(root, *SILENT, with_tail=False)
        # While these are held, lxml hands out the same objects: made anew at every visit they cost more than the walk.
        return tuple(root.iter(etree.Element)), scripts, relations

    @property
    def tree(self) -> lxml.html.HtmlElement:
        """The root ``<html>`` element, without comments, scripts, styles and other silent elements. Never change it."""
        return self._parsed[0][0]

    @property
    def elements(self) -> tuple[lxml.html.HtmlElement, ...]:
        """Every element of ``tree`` in document order."""
        return self._parsed[0]

    def having(self, attribute: str, tells: Callable[[str], bool]) -> list[int]:
        """The indexes in ``elements`` of those whose attribute ``tells``, in document order; each value is asked once.

        A page has a few values for many elements.
        """
        values = self._values.get(attribute)
        if values is None:
            values = self._values[attribute] = {}
            for index, element in enumerate(self.elements):
                if value := element.get(attribute):
                    values.setdefault(value, []).append(index)
        return sorted(index for value, indexes in values.items() if tells(value) for index in indexes)

    @cached_property
    def linked_data(self) -> tuple[Mapping[str, Any], ...]:
        """Every JSON-LD object of the page in document order, ``@graph`` and lists flattened, without broken blocks."""
        return tuple(
            node for script in (*self._parsed[1], *self.meta.get(MISPLACED, ())) for node in _nodes(_json(script))
        )

    @property
    def relations(self) -> tuple[Mapping[str, str], ...]:
        """The attributes of every ``<link rel href>`` in document order: feeds, canonical and next page stand there."""
        return self._parsed[2]

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """``<meta>`` contents by lower-case name, property, itemprop or http-equiv, in document order."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            content = squash(element.get("content"))
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if content and (name := element.get(attribute)):
                    found.setdefault(name.strip().lower(), []).append(content)
        return {name: tuple(contents) for name, contents in found.items()}

    @cached_property
    def title(self) -> str | None:
        """The text of the first ``<title>`` of the head."""
        return next((t for e in self.tree.iter("title") if (t := squash(e.text_content()))), None)

    @cached_property
    def language_attribute(self) -> str | None:
        """What ``<html lang>`` claims, which is often wrong on portals."""
        return squash(self.tree.get("lang") or self.tree.get("xml:lang")) or None

    @cached_property
    def base_url(self) -> str:
        """The URL that relative links resolve against: ``<base href>``, else the page's own."""
        base = next((e.get("href") for e in self.tree.iter("base") if e.get("href")), None)
        return join(self.url, base) or self.url if base else self.url

    def join(self, href: str | None) -> str | None:
        """The absolute http(s) URL of a link of this page, without fragment; None when it is not one."""
        return join(self.base_url, href)


MISPLACED = "script:ld+json"
"""The ``<meta>`` name under which some frameworks write JSON-LD that they fail to write as a script."""


def join(base: str, href: str | None) -> str | None:
    """``href`` made absolute against ``base``, without fragment; None unless it is a sound http(s) URL."""
    if not href or not (href := href.strip()):
        return None
    try:
        href = _BREAKS.sub("", href)
        parts = urlsplit(href if href.startswith(("http://", "https://")) else urljoin(base, href))
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts._replace(fragment="").geturl() if sound else None


def parse(text: str) -> lxml.html.HtmlElement:
    """The ``<html>`` element of any text at all; an empty document for text that holds no element."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    source = text.encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(source or b"<html></html>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = lxml.html.document_fromstring(b"<html><body></body></html>", parser=parser)
    return root


def decode(body: bytes, header_charset: str | None = None) -> tuple[str, str]:
    """(charset that was used, text); never fails: undecodable bytes become U+FFFD, control characters go."""
    bom, marked = read_bom(body)
    if bom is not None and marked is not None:
        return bom, _clean(body[len(marked) :].decode(bom, "replace"))
    declared = [resolve_encoding(c) for c in (header_charset, html_body_declared_encoding(body[:8192])) if c]
    candidates = [c for c in declared if c]
    if not any(c.startswith("iso2022") for c in candidates):
        # Control characters are the same bytes in UTF-8, and much faster gone from bytes than from text.
        text = body.translate(None, _CONTROLS).decode("utf-8", "replace")
        if _was_utf8(text):
            return "utf-8", text
    for charset in candidates:
        text = body.decode(charset, "replace")
        if text.count(_BROKEN) <= len(text) // 200:
            return charset, _clean(text)
    return _detected(body)


def _was_utf8(text: str) -> bool:
    """True for valid UTF-8, also with the odd broken byte (cut or mixed pages) when valid sequences outnumber it."""
    broken = text.count(_BROKEN)
    return broken == 0 or broken * 20 < len(text) - len(text.encode("ascii", "ignore")) - broken


def _detected(body: bytes) -> tuple[str, str]:
    # Only the runs that hold such bytes: detection drowns in the ASCII of markup.
    printed = b" ".join(_BEYOND_ASCII.findall(body))[:_DETECTED_FROM]
    charset = _multibyte(body[: 4 * _DETECTED_FROM])
    if charset is None:
        best = from_bytes(printed).best()
        charset = best.encoding if best else "cp1252"
    return charset, _clean(body.decode(charset, "replace"))


def _multibyte(body: bytes) -> str | None:
    """The East Asian charset in which the everyday characters of its language are frequent, as they are in any text."""
    shares = {charset: _share(body, charset, everyday) for charset, everyday in _EVERYDAY.items()}
    best = max(shares, key=lambda charset: shares[charset])
    return best if shares[best] >= _FREQUENT else None


def _share(body: bytes, charset: str, everyday: str) -> float:
    text = body.decode(charset, "replace")
    broken = text.count(_BROKEN) > len(text) // 200
    return 0.0 if broken else sum(text.count(c) for c in everyday) / max(1, sum(1 for c in text if c > "\x7f"))


_EVERYDAY = {
    "gb18030": "的一是不了在人有这个中来上大为和国地到以说时要就出会",
    "big5hkscs": "的一是不了在人有這個中來上大為和國地到以說時要就出會",
    "cp932": "のにはをたがでてとしれさいか",
    "euc_jp": "のにはをたがでてとしれさいか",
    "cp949": "이다의는에가을를한지고하로",
}
"""Frequent characters by charset: the detector for single-byte charsets takes these for Latin letters."""
_FREQUENT = 0.06


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _json(script: str) -> Any:
    text = _CONTROL.sub(" ", script).strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list) and depth < 8:
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"), depth + 1)
