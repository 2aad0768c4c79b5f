"""One visit, one transaction."""

from typing import Self

from scrapy.crawler import Crawler

from crawler.crawl import Crawl
from crawler.model import Visit


class Store:
    """Scrapy item pipeline that writes the visit to archive.db; a failure of the archive stops the crawl."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Crawl.of(crawler))

    def process_item(self, item: Visit) -> Visit:
        """The visit, stored."""
        self._crawl.store(item)
        return item
