"""Run one crawl in this process: Scrapy from the first request to the row in ``crawls``."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from scrapy import Spider
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.misc import load_object
from service_identity import CertificateError
from twisted.python.failure import Failure

from crawler.archive import Archive
from crawler.crawl import finish, utc_now
from crawler.model import MunimentError
from crawler.portal import PORTALS, Portal

TLS = "scrapy.core.downloader.tls"
"""The logger that complains of every connection to a portal whose certificate is not verified, for a stated reason."""
Clock = Callable[[], datetime]


def run(  # noqa: PLR0913  (all but two by name)
    portal: Portal,
    archive: Path,
    *,
    command: str,
    recheck: bool = False,
    scheduled: bool = False,
    seconds: float = 0,
    root: Path = PORTALS,
    clock: Clock = utc_now,
) -> None:
    """Crawl until nothing is due, or for so many ``seconds`` (0: no limit); once in a process.

    A ``scheduled`` crawl may leave out seeds that are quiet. The portal files are below ``root``. ``clock`` tells the
    time, which a simulation makes pass faster.

    Raises MunimentError when it could not begin or go on.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(
        {
            "MUNIMENT_ARCHIVE": str(archive),
            "MUNIMENT_COMMAND": command,
            "MUNIMENT_RECHECK": recheck,
            "MUNIMENT_SCHEDULED": scheduled,
            "MUNIMENT_CLOCK": clock,
            "MUNIMENT_PORTALS": root,
            "CLOSESPIDER_TIMEOUT": seconds,
            "LOG_INSTALL_ROOT_HANDLER": False,
            # The portal is known: what is wrong with the files of others is not told in each of its crawls.
            "SPIDER_LOADER_CLASS": "scrapy.spiderloader.DummySpiderLoader",
        },
        priority="cmdline",
    )
    _log(settings)
    start(load_object("spiders.portal.spider_class")(portal), settings)


def start(spider: type[Spider], settings: Settings, **arguments: str) -> None:
    """Crawl with a spider and Scrapy settings until nothing is due; ``arguments`` go to the spider.

    Raises MunimentError when it could not begin or go on.
    """
    # Before Scrapy starts: an archive that cannot be used is told in one line.
    Archive.open(Path(settings["MUNIMENT_ARCHIVE"])).close()
    process = CrawlerProcess(settings)
    failures: list[Failure] = []
    crawler = process.create_crawler(spider)
    process.crawl(crawler, **arguments).addErrback(failures.append)
    for handler in logging.root.handlers:
        handler.addFilter(_is_news)
    process.start()
    finish(crawler)
    for failure in failures:
        failure.raiseException()


def _is_news(record: logging.LogRecord) -> bool:
    """False for what is told otherwise: the error that ends the crawl, and a certificate that is not valid."""
    told = record.exc_info and isinstance(record.exc_info[1], MunimentError | CertificateError)
    return not told and record.name != TLS


def _log(settings: Settings) -> None:
    """Warnings go to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(settings["LOG_FORMAT"]))
    handler.setLevel(settings["LOG_LEVEL"])
    logging.root.addHandler(handler)
