"""Scrapy settings: the only place where components meet, by name. A portal's own values come from its spider class."""

from os import environ

from crawler.crawl import SOFTWARE
from crawler.robots import MAX_CRAWL_DELAY
from crawler.warc import MAX_FILE

_contact = environ.get("MUNIMENT_CONTACT")

BOT_NAME = "muniment"
SPIDER_MODULES = ["spiders"]
SPIDER_LOADER_CLASS = "spiders.loader.PortalLoader"
COMMANDS_MODULE = "crawler.commands"
USER_AGENT = f"{SOFTWARE} (+{_contact})" if _contact else SOFTWARE


def headers(contact: str | None) -> dict[str, str]:
    """What every request says besides its User-Agent: From (RFC 9110 section 10.1.2) for a contact with an address."""
    address = (contact or "").removeprefix("mailto:")
    return ACCEPT | ({"From": address} if "@" in address and "/" not in address else {})


ACCEPT = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DEFAULT_REQUEST_HEADERS = headers(_contact)

# What Muniment adds to Scrapy.
SCHEDULER = "crawler.frontier.FrontierScheduler"
EXTENSIONS = {
    "crawler.recorder.Recorder": 0,
    "crawler.progress.Progress": 10,
    "scrapy.extensions.logstats.LogStats": None,
}
ITEM_PIPELINES = {
    "pipelines.validate.Validate": 100,
    "pipelines.deduplicate.Deduplicate": 200,
    "pipelines.store.Store": 300,
}
MUNIMENT_ARCHIVE = "archive.db"
MUNIMENT_WARC_SIZE = MAX_FILE

# Every answer reaches the spider and is kept, whatever its status; the frontier retries, not a middleware in memory.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
RETRY_ENABLED = False
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
REDIRECT_MAX_TIMES = 5
# A page that reloads itself is no redirect, and one that leads on is a page with a link: crawler.discover reads it.
METAREFRESH_ENABLED = False
COOKIES_ENABLED = False

# Polite: robots.txt, one connection a host, a pause that grows with the host's own slowness.
# ROBOTSTXT_OBEY is on; crawler.politeness does what Scrapy's own middleware leaves out (5xx, Crawl-delay).
ROBOTSTXT_OBEY = True
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.politeness.Politeness": 100,
}
AUTOTHROTTLE_ENABLED = True
# The host rests for as long as its answer took. No jitter: half of all pauses would be shorter than was promised.
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5
AUTOTHROTTLE_MAX_DELAY = MAX_CRAWL_DELAY
DOWNLOAD_DELAY_JITTER = 0.0
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_VERIFY_CERTIFICATES = True

# A response is kept as far as it came; what is larger than this is cut off and told.
DOWNLOAD_MAXSIZE = 256 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False

# Scrapy's consoles run code inside the crawl; an archive has no use for them.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(levelname)s: %(message)s"
WARN_ON_GENERATOR_RETURN_VALUE = False
STATS_DUMP = False
