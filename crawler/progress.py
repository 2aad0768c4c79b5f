"""One line of progress on a terminal while a crawl runs; silence where standard error is no terminal."""

from typing import Self

from rich.console import Console
from rich.status import Status
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.crawl import Crawl
from crawler.model import Kind


class Progress:
    """Scrapy extension that shows what the crawl has brought so far."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._crawl = Crawl.of(crawler)
        self._status = Status(f"{self._crawl.portal.slug}: starting", console=console)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        console = Console(stderr=True)
        if not console.is_terminal:
            raise NotConfigured
        progress = cls(crawler, console)
        crawler.signals.connect(progress.started, signal=signals.spider_opened)
        crawler.signals.connect(progress.visited, signal=signals.item_scraped)
        crawler.signals.connect(progress.closed, signal=signals.spider_closed)
        return progress

    def started(self) -> None:
        """Begin to show the line."""
        self._status.start()

    def visited(self) -> None:
        """Show the counts after one more visit."""
        counts, frontier = self._crawl.counts, self._crawl.frontier.counts()
        self._status.update(
            f"{self._crawl.portal.slug}: {counts['requests']} requests, {counts['new']} new and {counts['changed']} "
            f"changed articles, {counts[f'{Kind.LISTING} pages']} listings, {frontier.get('waiting', 0)} known URLs"
        )

    def closed(self) -> None:
        """Take the line away."""
        self._status.stop()
