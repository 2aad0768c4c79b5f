"""How a portal is asked: robots.txt as RFC 9309 says, Crawl-delay, Retry-After, back-off, and a circuit breaker.

Scrapy alone crawls on when robots.txt answers 503, ignores Crawl-delay, and repeats a 429 at once.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.internet.error import ConnectError, ConnectionLost

from crawler import robots
from crawler.crawl import Crawl
from crawler.discover import from_robots
from crawler.model import Capture

AGENT = "muniment"
UNREACHABLE = "robots.txt unreachable, so nothing may be fetched"
CERTIFICATE_FAULTS = ("certificate verify failed", "VerificationError")
"""How OpenSSL and service_identity, beneath Twisted, say that a certificate is refused."""
MAX_RETRY_AFTER = timedelta(days=30)

NO_ANSWER = (
    CannotResolveHostError,
    ConnectError,
    ConnectionLost,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    TunnelError,
)
"""What Scrapy raises when no response came."""


class Politeness:
    """Downloader middleware: asks robots.txt before the first request of a host and keeps the portal's pace."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._crawl = Crawl.of(crawler)
        self._rules: dict[str, tuple[Protego, datetime]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass that robots.txt allows. Raises IgnoreRequest for one that it does not."""
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        host = f"{parts.scheme}://{parts.netloc}"
        rules = self._known(host) or await self._ask(host)
        if rules is robots.DISALLOW_ALL:
            self._rules.pop(host, None)
            raise IgnoreRequest(UNREACHABLE)
        if not rules.can_fetch(request.url, AGENT):
            raise IgnoreRequest(robots.DISALLOWED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response, its status noted."""
        now = self._crawl.now()
        self._crawl.pace.answered(response.status, retry_at(response.headers.get("Retry-After"), now), now)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no response came."""
        if isinstance(exception, NO_ANSWER):
            self._crawl.pace.unanswered(self._crawl.now())
            if certificate_fault(exception):
                self._crawl.counts["certificate refused"] += 1
                self._crawl.pace.stop(self._crawl.now())

    def _known(self, host: str) -> Protego | None:
        rules, asked_at = self._rules.get(host, (None, self._crawl.now()))
        return rules if robots.holds(asked_at, self._crawl.now()) else None

    async def _ask(self, host: str) -> Protego:
        assert self._crawler.engine is not None
        url = f"{host}/robots.txt"
        request = Request(url, callback=NO_CALLBACK, meta={"robots": True}, dont_filter=True)
        try:
            response = await self._crawler.engine.download_async(request)
        except NO_ANSWER:
            rules = robots.DISALLOW_ALL
        except IgnoreRequest:
            # More than five redirects: as if there were none (RFC 9309 section 2.3.1.2).
            rules = robots.ALLOW_ALL
        else:
            rules = self._answered(url, response)
        self._rules[host] = rules, self._crawl.now()
        self._slow_down(rules, urlsplit(host).hostname or "")
        return rules

    def _answered(self, url: str, response: Response) -> Protego:
        text = response.body.decode("utf-8", "replace")
        capture: Capture | None = response.meta.get("capture")
        if capture is not None:
            self._keep(url, capture, text)
        if robots.speaks(response.status):
            return robots.rules(response.status, text)
        rules = robots.rules_by(self._crawl.archive.robots_of(self._crawl.portal_id, url), self._crawl.now())
        self._crawl.counts["closed by robots.txt"] += rules is robots.DISALLOW_ALL
        return rules

    def _keep(self, url: str, capture: Capture, text: str) -> None:
        """Keep robots.txt as it was that day, wherever redirects found it, and take up the sitemaps it names."""
        crawl = self._crawl
        capture_id = crawl.archive.record(capture, crawl_id=crawl.id, portal_id=crawl.portal_id)
        crawl.archive.robots(capture_id, crawl.portal_id, replace(capture, url=url), text)
        if capture.status == 200:
            named = (link for link in from_robots(text, url) if crawl.portal.scope.admits(link.url))
            crawl.frontier.add(named, capture.captured_at, via=url)

    def _slow_down(self, rules: Protego, host: str) -> None:
        """Heed a Crawl-delay that is longer than the portal's own, from the next request on."""
        throttle = self._crawler.get_extension(AutoThrottle)
        delay = min(float(rules.crawl_delay(AGENT) or 0), robots.MAX_CRAWL_DELAY)
        if throttle is None or delay <= throttle.mindelay:
            return
        assert self._crawler.engine is not None
        throttle.mindelay = delay
        slot = self._crawler.engine.downloader.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, delay)


def certificate_fault(error: Exception) -> bool:
    """True when a connection was ended because the certificate is not valid, or is that of another host."""
    return any(mark in str(error) for mark in CERTIFICATE_FAULTS)


def retry_at(header: bytes | None, now: datetime) -> datetime | None:
    """When a Retry-After header (seconds or HTTP date, RFC 9110 section 10.2.3) asks to come back; None: unsaid."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), MAX_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return min(at if at.tzinfo else at.replace(tzinfo=UTC), now + MAX_RETRY_AFTER)
