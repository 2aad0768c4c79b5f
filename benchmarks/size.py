"""Memory and cost of a large crawl: ``python -m benchmarks.size --articles 100000``.

The sample town, scaled, is crawled by us and by a plain Scrapy spider that only follows links, both over loopback with
one request at a time. What we add to it is told as a ratio of processor time a page.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from crawler.sample.server import SamplePortal
from tests.crawling import column, command, environment

PLAIN = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

class Plain(scrapy.Spider):
    name = "plain"
    start_urls = [sys.argv[1]]
    allowed_domains = ["127.0.0.1"]
    links = LinkExtractor(deny=r"tu-khoa|quan-tri|chia-se")

    def parse(self, response):
        if isinstance(response, scrapy.http.HtmlResponse):
            for link in self.links.extract_links(response):
                yield response.follow(link)

process = CrawlerProcess({
    "LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS": 1, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
    "CLOSESPIDER_PAGECOUNT": int(sys.argv[2]), "COOKIES_ENABLED": False,
})
process.crawl(Plain)
process.start()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a crawl took: requests, seconds of processor and of wall time, and MB in memory at 10 % and at its end."""

    requests: int
    cpu: float
    wall: float
    early: float
    late: float

    def line(self, name: str) -> str:
        """One row of the table."""
        each = 1000 / max(self.requests, 1)
        return (
            f"| {name} | {self.requests} | {self.cpu * each:.1f} ms | {self.wall * each:.1f} ms |"
            f" {self.early:.0f} MB | {self.late:.0f} MB |"
        )


def main() -> None:
    """Print a table of both crawls, and their ratio."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=2000, help="of the town that we crawl")
    arguments.add_argument("--plain", type=int, default=2000, help="pages that the plain spider crawls")
    options = arguments.parse_args()
    with SamplePortal(articles=options.articles) as town, tempfile.TemporaryDirectory() as folder:
        ours = watched(town, command("crawl", town.url), Path(folder), options.articles)
        kept = column(Path(folder) / "archive.db", "SELECT count(*) FROM articles")[0]
        plain = watched(town, [sys.executable, "-c", PLAIN, town.url, str(options.plain)], Path(folder), options.plain)
    print(f"{kept} of {options.articles} articles archived\n")
    print("| crawl | requests | processor a request | wall time a request | memory at 10 % | at the end |")
    print("|---|---|---|---|---|---|")
    print(f"{ours.line('muniment')}\n{plain.line('plain spider')}")
    ratio = ours.cpu / ours.requests / (plain.cpu / plain.requests)
    print(f"\nprocessor time a request: {ratio:.1f} x the plain spider's")


def watched(town: SamplePortal, crawl: list[str], folder: Path, expected: int) -> Cost:
    """Run a crawl and look at its memory while it goes on."""
    asked, begun = len(town.requests), time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(crawl, cwd=folder, env=environment(), stdout=subprocess.DEVNULL)
    early = late = 0.0
    while process.poll() is None:
        late = _memory(process.pid) or late
        requests = len(town.requests) - asked
        early = early or (late if requests >= expected / 10 else 0.0)
        print(f"\r{requests} requests, {late:.0f} MB", end="", file=sys.stderr, flush=True)
        time.sleep(0.5)
    print(file=sys.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(
        requests=len(town.requests) - asked,
        cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        wall=time.monotonic() - begun,
        early=early,
        late=late,
    )


def _memory(pid: int) -> float | None:
    """MB that a process has in memory; None when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), None)


if __name__ == "__main__":
    main()
