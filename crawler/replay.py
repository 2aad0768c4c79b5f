"""Recorded exchanges again: from a WARC record to the response, the page and the visit that it gives today.

Offline: what is read depends on the record, on the portal's declaration and on this software alone.
"""

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Headers, Response, TextResponse
from scrapy.responsetypes import responsetypes
from scrapy.settings import Settings
from scrapy.statscollectors import DummyStatsCollector
from twisted.internet.defer import maybeDeferred
from twisted.python.failure import Failure

from crawler import discover, duplicates
from crawler.archive import Archive, rereading
from crawler.archive.rereading import Listed, Reading
from crawler.extract import extract
from crawler.extract.rejection import rejection
from crawler.model import ArchiveError, Article, Capture, FixityError, Kind, Link, Visit
from crawler.page import Page
from crawler.portal import Portal
from crawler.warc import OPEN, Recorded, digest, recorded


class UnreadError(FixityError):
    """A record could not be read; ``file`` is the WARC file that has to be brought back."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"{file}: {what}")
        self.file = file
        self.what = what


class Told(NamedTuple):
    """What reading a page again came to; ``reason`` says why it is no article, or how the extractor failed."""

    reading: Reading
    url: str
    reason: str | None
    failed: bool = False


class Replay:
    """Reads the recorded pages of one portal again, out of the WARC files in ``folder``."""

    def __init__(self, archive: Archive, portal: Portal, folder: Path) -> None:
        self._archive, self._portal, self._folder = archive, portal, folder
        self._portal_id = archive.portal_id(portal.slug)
        self._decoder = _decoder()

    def read(self, page: Listed, now: datetime) -> Told:
        """Read a page and store what differs. Raises UnreadError for a record that is missing or damaged."""
        capture = rereading.capture(self._archive, page.capture_id)
        record = self._record(capture)
        sent, shown = record.capture, digest(record.payload)
        capture = replace(capture, digest=shown, etag=sent.etag, last_modified=sent.last_modified)
        visits: list[Visit] = []
        failures: list[Failure] = []
        # As in a crawl, where Scrapy does it: a page that the extractor fails on does not end the work.
        maybeDeferred(self._visit, record, capture, page.expected).addCallbacks(visits.append, failures.append)
        for failure in failures:
            if not isinstance(failure.value, Exception):
                failure.raiseException()  # Ctrl-C
            return Told(Reading.SAME, capture.url, f"{type(failure.value).__name__}: {failure.value}", failed=True)
        (visit,) = visits
        if visit.article:
            own = duplicates.fingerprint(visit.article)
            visit = replace(visit, fingerprint=own, duplicates=self._archive.near(own, visit.article))
        reading = rereading.reread(self._archive, page, visit, portal_id=self._portal_id, now=now)
        return Told(reading, capture.url, visit.rejection or visit.reason)

    def _visit(self, record: Recorded, capture: Capture, expected: Kind) -> Visit:
        page = page_of(self._response(record, capture), capture)
        found = discover.discover(page, self._portal, expected=expected)
        article = extract(page, self._portal) if found.kind is Kind.ARTICLE else None
        refused = rejection(article, found.verdict) if article else None
        kept = None if refused else article
        return Visit(
            capture=capture,
            kind=found.kind,
            reason=found.reason,
            article=kept,
            links=files_of(kept, self._portal) if kept else (),
            verdict=found.verdict,
            rejection=refused,
        )

    def _response(self, record: Recorded, capture: Capture) -> Response:
        headers = Headers()
        for name, value in record.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=capture.url, body=record.payload)
        response = kind(capture.url, status=capture.status, headers=headers, body=record.payload)
        decoded = self._decoder.process_response(Request(capture.url), response)
        assert isinstance(decoded, Response)
        return decoded

    def _record(self, capture: Capture) -> Recorded:
        """The record of a capture, with the payload that a revisit record refers to."""
        record = self._at(capture)
        if record.refers_to is None:
            return record
        first = rereading.payload_of(self._archive, *record.refers_to)
        if first is None or first == capture:
            raise UnreadError(self._path(capture), f"the record at byte {capture.offset} refers to one without a row")
        return replace(record, payload=self._at(first).payload)

    def _at(self, capture: Capture) -> Recorded:
        path, place = self._path(capture), f"the record at byte {capture.offset}"
        if not path.exists():
            raise UnreadError(path, "missing; bring the file back")
        try:
            with closing(recorded(path, since=capture.offset or 0)) as records:
                record = next(records, None)
        except ArchiveError as wrong:
            raise UnreadError(path, f"{place} is damaged; restore the file from a copy") from wrong
        if record is None or record.capture.offset != capture.offset:
            raise UnreadError(path, f"{place} is missing; restore the file from a copy")
        if record.refers_to is None and capture.digest and record.capture.digest != capture.digest:
            raise UnreadError(path, f"{place} was altered; restore the file from a copy")
        return record

    def _path(self, capture: Capture) -> Path:
        """The WARC file, under the name that it has while a crawl writes it."""
        path = self._folder / (capture.warc or "")
        being_written = path.with_name(f"{path.name}{OPEN}")
        return being_written if being_written.exists() and not path.exists() else path


def _decoder() -> HttpCompressionMiddleware:
    """What takes the Content-Encoding off in a crawl."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    crawler = Crawler(Spider, settings)
    crawler.stats = DummyStatsCollector(crawler)
    return HttpCompressionMiddleware.from_crawler(crawler)


def page_of(response: Response, capture: Capture) -> Page:
    """The document that a response is, as its capture proves it."""
    return Page(
        url=capture.url,
        body=response.body,
        media_type=capture.media_type,
        charset=_header_charset(response),
        captured_at=capture.captured_at,
    )


def files_of(article: Article, portal: Portal) -> tuple[Link, ...]:
    """The article's pictures and attachments, which are kept too where the portal's scope admits them."""
    pictures = (Link(url=image.url, kind=Kind.IMAGE) for image in article.images)
    attached = (Link(url=file.url, kind=Kind.ATTACHMENT, text=file.label) for file in article.attachments)
    return tuple(link for link in (*pictures, *attached) if portal.scope.admits(link.url))


def _header_charset(response: Response) -> str | None:
    if not isinstance(response, TextResponse):
        return None
    content_type = response.headers.get("Content-Type") or b""
    _, _, charset = content_type.decode("latin-1").lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") or None
