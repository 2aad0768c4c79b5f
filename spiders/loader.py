"""One spider for each portal file: ``scrapy list`` and ``scrapy crawl vn-quang-ninh-mong-cai`` work."""

import logging
from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.settings import BaseSettings

from crawler.model import PortalError
from crawler.portal import PORTALS, files, load
from spiders.portal import PortalSpider, spider_class

log = logging.getLogger(__name__)


class PortalLoader:
    """Scrapy SPIDER_LOADER_CLASS over the TOML files of ``spiders/``; a broken file is told and stops no other."""

    def __init__(self, root: Path = PORTALS) -> None:
        self._spiders: dict[str, type[PortalSpider]] = {}
        for path in files(root):
            try:
                portal = load(path, root)
            except PortalError as wrong:
                log.error("%s", wrong)
            else:
                self._spiders[portal.slug] = spider_class(portal)

    @classmethod
    def from_settings(cls, _settings: BaseSettings) -> Self:
        return cls()

    def load(self, spider_name: str) -> type[PortalSpider]:
        """The spider of a slug. Raises KeyError for a slug nobody declared."""
        try:
            return self._spiders[spider_name]
        except KeyError:
            raise KeyError(f"no portal {spider_name!r}; 'scrapy list' shows the declared ones") from None

    def find_by_request(self, request: Request) -> list[str]:
        """The slugs whose scope admits a request."""
        return [slug for slug, spider in self._spiders.items() if spider.portal.scope.admits(request.url)]

    def list(self) -> list[str]:
        """Every declared slug."""
        return sorted(self._spiders)
