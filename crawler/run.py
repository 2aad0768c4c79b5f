"""Run one crawl in this process: Scrapy from the first request to the row in ``crawls``."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from crawler.archive import Archive
from crawler.crawl import finish, utc_now
from crawler.model import MunimentError
from crawler.portal import Portal

Clock = Callable[[], datetime]


def run(  # noqa: PLR0913  (all but two by name)
    portal: Portal, archive: Path, *, command: str, recheck: bool, seconds: float = 0, clock: Clock = utc_now
) -> None:
    """Crawl until nothing is due, or for so many ``seconds`` (0: no limit); once in a process.

    ``clock`` tells the time, which a simulation makes pass faster.

    Raises MunimentError when it could not begin or go on.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(
        {
            "MUNIMENT_ARCHIVE": str(archive),
            "MUNIMENT_COMMAND": command,
            "MUNIMENT_RECHECK": recheck,
            "MUNIMENT_CLOCK": clock,
            "CLOSESPIDER_TIMEOUT": seconds,
            "LOG_INSTALL_ROOT_HANDLER": False,
        },
        priority="cmdline",
    )
    # Before Scrapy starts: an archive that cannot be used is told in one line.
    Archive.open(archive).close()
    process = CrawlerProcess(settings)
    _log(settings)
    failures: list[Failure] = []
    crawler = process.create_crawler(load_object("spiders.portal.spider_class")(portal))
    process.crawl(crawler).addErrback(failures.append)
    process.start()
    finish(crawler)
    for failure in failures:
        failure.raiseException()


def _log(settings: Settings) -> None:
    """Warnings go to standard error. The error that ends the crawl does not: whoever runs it tells it, in one line."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(settings["LOG_FORMAT"]))
    handler.setLevel(settings["LOG_LEVEL"])
    handler.addFilter(lambda record: not (record.exc_info and isinstance(record.exc_info[1], MunimentError)))
    logging.root.addHandler(handler)
