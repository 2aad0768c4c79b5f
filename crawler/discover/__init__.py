"""Discovery: what kind of page a page is, and where its links lead. Pure; knows nothing of extraction."""

from crawler.discover.discovery import Discovery, discover
from crawler.discover.intruders import intruders
from crawler.discover.platforms import platform
from crawler.discover.starts import from_robots, starts

__all__ = ["Discovery", "discover", "from_robots", "intruders", "platform", "starts"]
