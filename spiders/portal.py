"""PortalSpider: the one spider. A response becomes one Visit; requests come from the frontier, never from here."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import discover
from crawler.crawl import SOFTWARE, Crawl
from crawler.discover.canonical import canonical
from crawler.extract import drift, extract
from crawler.model import Capture, Kind, Verdict, Visit
from crawler.page import Page
from crawler.politeness import retry_at
from crawler.portal import Portal
from crawler.recheck import LISTS
from crawler.recorder import answers_form
from crawler.replay import files_of, page_of
from crawler.robots import MAX_CRAWL_DELAY
from crawler.settings import headers

VERDICTS = {401: Verdict.BLOCKED, 403: Verdict.BLOCKED, 404: Verdict.GONE, 410: Verdict.GONE, 304: Verdict.LIVE}
"""What a status alone says of a URL; every other failure says nothing."""


READ = (Kind.ARTICLE, Kind.LISTING, Kind.OTHER)
"""Kinds of pages that people read."""

PATIENT_TRIES = 3
"""Tries of a response that came cut off, before what came is taken for all there is."""


class PortalSpider(Spider):
    """Visits the pages of one portal. Subclasses, one for each portal file, are made by :func:`spider_class`."""

    name = "portal"
    portal: Portal

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the frontier holds the seeds."""
        return
        yield

    def parse(self, response: Response, **_: Any) -> Iterator[Visit]:
        """The one visit that a response is."""
        capture: Capture | None = response.meta.get("capture")
        if capture is None:
            return
        expected = Kind(response.meta["kind"])
        if response.status != 200:
            yield self._refused(response, capture, expected)
        elif capture.error and response.meta["tries"] < PATIENT_TRIES:
            # What came is recorded; a status of 0 asks the frontier for another try.
            yield Visit(capture=replace(capture, status=0), kind=expected, reason=capture.error)
        else:
            yield self._visit(page_of(response, capture), capture, expected)

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """The visit of a request that brought no response."""
        request = failure.request  # type: ignore[attr-defined]
        ignored = isinstance(failure.value, IgnoreRequest)
        error = str(failure.value) if ignored else f"{type(failure.value).__name__}: {failure.value}"[:300]
        hop: Capture | None = request.meta.get("capture") if ignored else None
        capture = hop or Capture(
            url=answers_form(request) or request.url,
            requested_url=request.meta.get("claimed"),
            captured_at=Crawl.of(self.crawler).now(),
            status=0,
            error=error,
        )
        yield Visit(capture=capture, kind=Kind(request.meta["kind"]), reason=error)

    def _visit(self, page: Page, capture: Capture, expected: Kind) -> Visit:
        crawl = Crawl.of(self.crawler)
        # Wherever it redirects to: a home page often stands at another path, such as /vi-vn/.
        is_home = canonical(capture.requested_url or capture.url) == canonical(self.portal.url)
        if is_home and not self.portal.declared:
            crawl.recognise(discover.platform(page))
        portal = crawl.portal
        found = discover.discover(page, portal, expected=expected)
        if expected in LISTS:
            crawl.watch_list(capture.requested_url or capture.url, found.links)
        article = extract(page, portal) if found.kind is Kind.ARTICLE else None
        return Visit(
            capture=capture,
            kind=found.kind,
            reason=found.reason,
            article=article,
            links=found.links + (files_of(article, portal) if article else ()),
            drift=drift(page, portal) if article else (),
            verdict=found.verdict,
            title=page.title if is_home and found.verdict is Verdict.LIVE else None,
            suspicions=discover.intruders(page, portal) if found.kind in READ else (),
        )

    def _refused(self, response: Response, capture: Capture, expected: Kind) -> Visit:
        return Visit(
            capture=capture,
            kind=expected,
            reason=f"HTTP {response.status}",
            verdict=VERDICTS.get(response.status, Verdict.UNKNOWN),
            retry_at=retry_at(response.headers.get("Retry-After"), capture.captured_at),
        )


def spider_class(portal: Portal) -> type[PortalSpider]:
    """The spider of one portal, with the Scrapy settings that its politeness asks for."""
    polite = portal.politeness
    settings: dict[str, Any] = {
        "DOWNLOAD_DELAY": polite.delay,
        "AUTOTHROTTLE_START_DELAY": polite.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(polite.delay, MAX_CRAWL_DELAY),
        "DOWNLOAD_TIMEOUT": polite.timeout,
    }
    if polite.contact:
        settings["USER_AGENT"] = f"{SOFTWARE} (+{polite.contact})"
        settings["DEFAULT_REQUEST_HEADERS"] = headers(polite.contact)
    if polite.unverified:
        settings["DOWNLOAD_VERIFY_CERTIFICATES"] = False
    return type("DeclaredSpider", (PortalSpider,), {"name": portal.slug, "portal": portal, "custom_settings": settings})
