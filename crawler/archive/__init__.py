"""archive.db: everything the portals published, searchable; and the state of their crawls. The only user of SQLite."""

from crawler.archive.archive import Archive
from crawler.archive.crawls import Crawl, Turn
from crawler.archive.frontier import Claimed, Frontier
from crawler.archive.store import Outcome, Stored

__all__ = ["Archive", "Claimed", "Crawl", "Frontier", "Outcome", "Stored", "Turn"]
