"""What ``muniment status`` says of a portal in trouble: ``python -m benchmarks.health``.

The sample town is crawled while it is well, and crawled again (everything re-checked) with one fault switched on.
"""

import json
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from crawler.sample.faults import Faults, Switch
from crawler.sample.server import SamplePortal
from tests.crawling import checkout, declare, muniment

ARTICLES = 40
LISTS = "^/$|rss|sitemap|^/vi-vn/tin-tuc|^/en/$|tim-kiem|trang-chu"
PAGES = r"\d\d+(\.html|\.aspx)?$|-n\d+$"

TROUBLES: Mapping[str, Mapping[str, Switch]] = {
    "none": {},
    "robots.txt answers 503": {"robots": Switch(pattern="robots")},
    "every page answers 503": {"unavailable": Switch()},
    "too many requests, come back in a day": {"throttled": Switch(seconds=86400)},
    "every page is a login": {"login": Switch()},
    "every page is a soft 404": {"soft_404": Switch(pattern="/")},
    "every article answers 404": {"gone": Switch(pattern=PAGES)},
    "every article leads to the home page": {"sent_home": Switch(pattern=PAGES)},
    "two articles answer 404": {"gone": Switch(pattern="-500000[12].html")},
    "lists link by script, feeds are empty": {"scripted": Switch(pattern=LISTS)},
    "hidden gambling links, another title": {"hijacked": Switch(pattern="^/$")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the second crawl and ``muniment status`` said."""

    trouble: str
    crawl_code: int
    outcome: str
    status_code: int
    symptoms: tuple[str, ...]
    removed: int


def main() -> None:
    """Print a table; exit with 1 when a portal in trouble is called well, or one without trouble is not."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
        source = checkout(Path(folder) / "software")
        jobs = [
            pool.submit(observed, trouble, f"xx-{number}", source, Path(folder))
            for number, trouble in enumerate(TROUBLES)
        ]
        told = [job.result() for job in jobs]
    print("| trouble | crawl: exit, outcome | status: exit | removed | symptoms |\n|---|---|---|---|---|")
    for one in told:
        crawl = f"{one.crawl_code}, {one.outcome}"
        print(f"| {one.trouble} | {crawl} | {one.status_code} | {one.removed} | {'<br>'.join(one.symptoms) or '-'} |")
    harmless = ("none", "two articles answer 404")
    sys.exit(any((one.status_code == 0) != (one.trouble in harmless) for one in told))


def observed(trouble: str, slug: str, source: Path, folder: Path) -> Told:
    """Crawl the town well and then in ``trouble``."""
    with SamplePortal(articles=ARTICLES) as town:
        declare(source, slug, town.url)
        archive = f"{slug}.db"
        muniment("crawl", slug, "--archive", archive, cwd=folder, source=source, timeout=300)
        town.faults = Faults(**TROUBLES[trouble])  # type: ignore[arg-type]
        crawl = muniment("crawl", slug, "--recheck", "--archive", archive, cwd=folder, source=source, timeout=600)
    status = muniment("status", "--json", "--archive", archive, cwd=folder, source=source)
    health = json.loads(status.stdout)[0]
    return Told(
        trouble=trouble,
        crawl_code=crawl.returncode,
        outcome=health["last_outcome"],
        status_code=status.returncode,
        symptoms=tuple(f"{symptom['name']}: {symptom['text']}" for symptom in health["symptoms"]),
        removed=health["removed"],
    )


if __name__ == "__main__":
    main()
