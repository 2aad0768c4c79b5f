"""Exact and near duplicates of a visit's article: named on the visit, stored with it."""

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawler.crawl import Crawl
from crawler.duplicates import fingerprint
from crawler.model import Visit


class Deduplicate:
    """Scrapy item pipeline that adds the fingerprint of the article and the stored articles it repeats."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Crawl.of(crawler))

    def process_item(self, item: Visit) -> Visit:
        """The visit with ``fingerprint`` and ``duplicates`` filled."""
        if item.article is None:
            return item
        own = fingerprint(item.article)
        return replace(item, fingerprint=own, duplicates=self._crawl.archive.near(own, item.article))
