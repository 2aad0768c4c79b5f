"""Scrapy SCHEDULER over the archive's frontier table, so that the state of a crawl survives a kill.

A URL is claimed (leased) when Scrapy asks for work and done when its visit is stored, in the same transaction. What a
killed process had claimed goes back at the next start. Only redirects under way are held in memory: they continue a
claim, and a kill gives that claim back.
"""

import os
import socket
from collections import deque
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urldefrag

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred

from crawler import discover
from crawler.archive import Claimed
from crawler.crawl import Crawl
from crawler.discover.shape import shape
from crawler.model import ArchiveError, Capture, Kind
from crawler.recheck import TELLING

PATIENCE = timedelta(minutes=2)
"""How long a crawl waits for URLs that shall be tried again, before it leaves them to the next crawl."""

OUTAGE = timedelta(seconds=30)
"""How long it waits for a portal that is down: the next crawl comes soon enough."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CONDITIONS = ("If-None-Match", "If-Modified-Since")


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    return {name: value for name, value in zip(CONDITIONS, (etag, last_modified), strict=True) if value}


PAGES = tuple(kind for kind in Kind if kind not in (Kind.IMAGE, Kind.ATTACHMENT))
"""Kinds that a recheck asks again: files are kept once."""


def _dead(_owner: str) -> bool:
    return False


class FrontierScheduler(BaseScheduler):
    """Gives Scrapy the most valuable due URL of the portal, and keeps the crawl open while retries are near."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._crawl = Crawl.of(crawler)
        self._continued: deque[Request] = deque()
        self._spider: Spider | None = None
        self._resting: list[str] = []
        self._owner = f"{socket.gethostname()}:{os.getpid()}"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Take back what a killed crawl had claimed (this portal is locked, so nobody else has a claim); add seeds."""
        self._spider = spider
        crawl, now = self._crawl, self._crawl.now()
        crawl.frontier.give_back(_dead, now)
        starts = discover.starts(crawl.portal)
        crawl.frontier.add(starts, now, via=None)
        urls = [start.url for start in starts]
        # What redirected away or was forbidden may have been so for a day only.
        crawl.frontier.readmit(urls, now, doubted=crawl.recheck)
        if crawl.scheduled:
            self._resting = crawl.frontier.begin_turn(TELLING, now, crawl.portal.schedule.every, urls)
        else:
            crawl.frontier.make_due(PAGES if crawl.recheck else TELLING, now, urls=urls)

    def close(self, _reason: str) -> Deferred[None] | None:
        """Give back what was claimed and not visited."""
        if self._crawl.fatal is None:
            self._crawl.frontier.release(self._owner, self._crawl.now())
        return None

    def has_pending_requests(self) -> bool:
        """True while there is work, or work will fall due within PATIENCE."""
        now, pace = self._crawl.now(), self._crawl.pace
        horizon = now + PATIENCE
        if self._crawl.fatal or self._crawl.closed() or pace.paused(horizon if pace.limited else now + OUTAGE):
            return False
        if self._continued:
            return True
        due = self._crawl.frontier.next_due()
        return (due is not None and due <= horizon) or (bool(self._resting) and self._doubts(now))

    def _doubts(self, now: datetime) -> bool:
        """True when none of the lists that a turn asked had articles: now the seeds and feeds that rested are due."""
        frontier = self._crawl.frontier
        if self._crawl.heard or frontier.holds():
            return False
        resting, self._resting = self._resting, []
        return frontier.make_due((), now, urls=resting) > 0

    def enqueue_request(self, request: Request) -> bool:
        """Continue a claim through a redirect, unless it leaves the portal or leads where this crawl has been."""
        crawl, claimed = self._crawl, request.meta.get("claimed", request.url)
        # What could not be recorded, on a full disk, was not seen.
        hop: Capture | None = request.meta.get("capture")
        if refusal := crawl.portal.scope.refusal(request.url):
            if hop:
                reason = f"redirects out of scope ({refusal}): {request.url}"
                crawl.frontier.led_off(hop, request.url, reason, crawl.now())
            crawl.counts["redirects out of scope"] += 1
            crawl.leads_nowhere(claimed)
            return False
        if hop and crawl.frontier.leads_to(hop, request.url, since=crawl.started, now=crawl.now()):
            return False
        form = shape(request.url)
        if form and form in map(shape, request.meta.get("redirect_urls", ())):
            # A number that grows with every hop: one more may be asked for, but not where it leads.
            request.meta["redirect_ttl"] = 0
        # What the first URL said of itself proves nothing of the one it leads to.
        for name in CONDITIONS:
            request.headers.pop(name, None)
        request.headers.update(_conditions(*crawl.frontier.validators(request.url)))
        self._continued.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request, or None when nothing is due now. An archive that fails ends the crawl."""
        if self._crawl.fatal or self._crawl.closed() or self._crawl.pace.paused(self._crawl.now()):
            return None
        if self._continued:
            return self._continued.popleft()
        try:
            return self._claim()
        except ArchiveError as error:
            self._crawl.stop(self._crawler, error)
            return None

    def _claim(self) -> Request | None:
        while (claimed := self._crawl.frontier.claim(self._owner, self._crawl.now())) is not None:
            if refusal := self._crawl.portal.scope.refusal(urldefrag(claimed.url).url):
                self._crawl.frontier.exclude(claimed.url, refusal, self._crawl.now())
                continue
            return self._request(claimed)
        return None

    def _request(self, claimed: Claimed) -> Request:
        assert self._spider is not None
        return Request(
            urldefrag(claimed.url).url,
            method="GET" if claimed.form is None else "POST",
            body=claimed.form or "",
            callback=self._spider.parse,
            errback=self._spider.failed,  # type: ignore[attr-defined]
            headers=FORM if claimed.form else _conditions(claimed.etag, claimed.last_modified),
            meta={"claimed": claimed.url, "kind": claimed.kind, "tries": claimed.tries},
            dont_filter=True,
        )
