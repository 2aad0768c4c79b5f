"""Run one crawl in this process: Scrapy from the first request to the row in ``crawls``."""

from pathlib import Path

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from crawler.archive import Archive
from crawler.crawl import finish_all
from crawler.portal import Portal


def run(portal: Portal, archive: Path, *, command: str, recheck: bool) -> None:
    """Crawl until nothing is due; once in a process. Raises MunimentError when the crawl could not begin."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(
        {"MUNIMENT_ARCHIVE": str(archive), "MUNIMENT_COMMAND": command, "MUNIMENT_RECHECK": recheck},
        priority="cmdline",
    )
    # Before Scrapy starts: an archive that cannot be used is told in one line.
    Archive.open(archive).close()
    process = CrawlerProcess(settings)
    failures: list[Failure] = []
    spider = load_object("spiders.portal.spider_class")(portal)
    process.crawl(spider).addErrback(failures.append)
    process.start()
    finish_all()
    for failure in failures:
        failure.raiseException()
