"""Every exchange -> WARC records and a captures row, from the undecoded bytes, before any middleware touches them."""

import zlib
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urldefrag, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.headers import Headers

from crawler.crawl import Crawl
from crawler.model import ArchiveError, Capture
from crawler.warc import Exchange, Place, digest

CUT_OFF = ("dataloss", "partial")
"""Scrapy's flags of a body that is not whole."""


_CHUNK = 1 << 20


class Recorder:
    """Scrapy extension that records each response the moment it is downloaded and puts its Capture on the request."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._crawl = Crawl.of(crawler)
        self._certified: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        recorder = cls(crawler)
        crawler.signals.connect(recorder.record, signal=signals.response_downloaded)
        return recorder

    def record(self, response: Response, request: Request) -> None:
        """Write the exchange and its row; on a full disk the crawl stops and the response is not used."""
        request.meta.pop("capture", None)
        try:
            request.meta["capture"] = self._record(response, request)
        except ArchiveError as error:
            self._crawl.stop(self._crawler, error)

    def _record(self, response: Response, request: Request) -> Capture:
        # Whole seconds, so that record, row and the revisit records that refer to them name the same time.
        crawl, now = self._crawl, self._crawl.now().replace(microsecond=0)
        sha256 = digest(response.body)
        known_as = answers_form(request)
        earlier = None if known_as else crawl.archive.earlier_payload(response.url)
        same = earlier is not None and (response.status == 304 or earlier.digest == sha256)
        exchange = Exchange(
            url=response.url,
            method=request.method,
            request_headers=_request_headers(request),
            request_body=request.body,
            captured_at=now,
            status=response.status,
            headers=_pairs(response.headers),
            payload=response.body,
            protocol=response.protocol or "HTTP/1.1",
            ip=str(response.ip_address) if response.ip_address else None,
            truncated=_truncated(response),
            refers_to=(earlier.url, earlier.captured_at) if same and earlier else None,
            known_as=known_as,
        )
        capture = _capture(exchange, crawl.warc.write(exchange), sha256, request.meta.get("claimed"))
        crawl.archive.record(capture, crawl_id=crawl.id, portal_id=crawl.portal_id)
        self._certificate(response, now)
        crawl.counts["requests"] += 1
        crawl.counts["bytes"] += len(response.body)
        return capture

    def _certificate(self, response: Response, now: datetime) -> None:
        """Keep until when the host's certificate is valid, once a crawl."""
        host = urlsplit(response.url).hostname or ""
        if response.certificate is None or host in self._certified:
            return
        self._certified.add(host)
        ends = response.certificate.original.get_notAfter()
        if ends:
            expires_at = datetime.strptime(ends.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
            self._crawl.archive.keep_certificate(self._crawl.portal_id, host, expires_at, now)


def answers_form(request: Request) -> str | None:
    """The URL of the frontier that a POST was made for, unless it was led elsewhere; None for a GET."""
    claimed: str = request.meta.get("claimed", "")
    return claimed if request.method == "POST" and urldefrag(claimed).url == request.url else None


def _capture(exchange: Exchange, place: Place, sha256: str, claimed: str | None) -> Capture:
    fields = {name.lower(): value for name, value in exchange.headers}
    return Capture(
        url=exchange.known_as or exchange.url,
        captured_at=exchange.captured_at,
        status=exchange.status,
        media_type=fields.get("content-type", "").partition(";")[0].strip().lower() or None,
        digest=sha256,
        size=len(exchange.payload),
        warc=place.warc,
        offset=place.offset,
        length=place.length,
        etag=fields.get("etag"),
        last_modified=fields.get("last-modified"),
        requested_url=claimed,
        error=f"truncated: {exchange.truncated}" if exchange.truncated else None,
    )


def _truncated(response: Response) -> str | None:
    """The WARC-Truncated reason of a body that did not come whole, by its length or by its own gzip stream."""
    cut = any(flag in response.flags for flag in CUT_OFF)
    encoding = (response.headers.get("Content-Encoding") or b"").strip().lower()
    return "disconnect" if cut or (encoding in (b"gzip", b"x-gzip") and _gzip_ends_early(response.body)) else None


def _gzip_ends_early(body: bytes) -> bool:
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        while body and not stream.eof:
            stream.decompress(body, _CHUNK)
            body = stream.unconsumed_tail
    except zlib.error:
        return False
    return not stream.eof


def _request_headers(request: Request) -> tuple[tuple[str, str], ...]:
    host = ("Host", urlsplit(request.url).netloc.rpartition("@")[2])
    return (host, *(pair for pair in _pairs(request.headers) if pair[0].lower() != "host"))


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    """Name and value of every header line, repeated ones (Set-Cookie) too."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name in headers for value in headers.getlist(name)
    )
