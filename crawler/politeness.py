"""How a portal is asked: robots.txt as RFC 9309 says, Crawl-delay, Retry-After, back-off, and a circuit breaker.

Scrapy alone crawls on when robots.txt answers 503, ignores Crawl-delay, and repeats a 429 at once.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.internet.error import ConnectError, ConnectionLost, DNSLookupError
from twisted.internet.error import TimeoutError as TimedOut
from twisted.web.client import ResponseFailed

from crawler.crawl import Crawl

AGENT = "muniment"
DISALLOWED = "robots.txt disallows"
UNREACHABLE = "robots.txt unreachable, so nothing may be fetched"
MAX_ROBOTS = 500 * 1024
"""Bytes of robots.txt that are read (RFC 9309 section 2.5)."""
MAX_AGE = timedelta(hours=24)
MAX_CRAWL_DELAY = 120.0
"""Seconds; a longer Crawl-delay is taken for a mistake and cut."""
MAX_RETRY_AFTER = timedelta(days=30)

NO_ANSWER = (ConnectError, ConnectionLost, DNSLookupError, TimedOut, ResponseFailed)
"""What Scrapy raises when no response came."""

ALLOW_ALL = Protego.parse("")
DISALLOW_ALL = Protego.parse("User-agent: *\nDisallow: /")


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
        if rules is DISALLOW_ALL:
            self._rules.pop(host, None)
            raise IgnoreRequest(UNREACHABLE)
        if not rules.can_fetch(request.url, AGENT):
            raise IgnoreRequest(DISALLOWED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response, its status noted."""
        now = self._crawl.now()
        self._crawl.pace.answered(response.status, retry_at(response.headers.get("Retry-After"), now), now)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no response came."""
        if isinstance(exception, NO_ANSWER):
            self._crawl.pace.unanswered(self._crawl.now())

    def _known(self, host: str) -> Protego | None:
        """The rules of a host, unless they are older than RFC 9309 section 2.4 allows."""
        rules, asked = self._rules.get(host, (None, self._crawl.now()))
        return rules if self._crawl.now() - asked < MAX_AGE else None

    async def _ask(self, host: str) -> Protego:
        assert self._crawler.engine is not None
        request = Request(f"{host}/robots.txt", callback=NO_CALLBACK, meta={"robots": True}, dont_filter=True)
        try:
            response = await self._crawler.engine.download_async(request)
        except (*NO_ANSWER, IgnoreRequest):
            rules = DISALLOW_ALL
        else:
            rules = robots_rules(response.status, response.body)
            self._crawl.counts["closed by robots.txt"] += rules is DISALLOW_ALL
        self._rules[host] = rules, self._crawl.now()
        self._slow_down(rules)
        return rules

    def _slow_down(self, rules: Protego) -> None:
        delay = rules.crawl_delay(AGENT)
        throttle = self._crawler.get_extension(AutoThrottle)
        if delay and throttle is not None:
            # AutoThrottle never goes below its smallest delay; a declared delay that is longer stands.
            throttle.mindelay = max(throttle.mindelay, min(float(delay), MAX_CRAWL_DELAY))


def robots_rules(status: int, body: bytes) -> Protego:
    """The rules a robots.txt answer means (RFC 9309 section 2.3.1): 4xx allows all, any other failure nothing."""
    if status == 200:
        return Protego.parse(body[:MAX_ROBOTS].decode("utf-8", "replace"))
    return ALLOW_ALL if 400 <= status < 500 and status != 429 else DISALLOW_ALL


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
