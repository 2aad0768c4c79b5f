"""What the steps of reading a page cost, as ratios to the lxml parse of the same page, on the sample portal's articles.

python -m benchmarks.reading
"""

import statistics
import time
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup

from crawler.cli.fetch import Answer, Fetcher
from crawler.discover import discover
from crawler.extract import extract
from crawler.page import Page, parse
from crawler.portal import Portal, from_url
from crawler.sample.server import SamplePortal

ROUNDS = 5

Step = Callable[[Page, Portal], object]

STEPS: Mapping[str, Step] = {
    "lxml parse": lambda page, _: parse(page.text),
    "BeautifulSoup parse": lambda page, _: BeautifulSoup(page.text, "lxml"),
    "discover": discover,
    "extract": extract,
}


def main() -> None:
    """Print a line for each step: median milliseconds a page and the ratio to the first step."""
    with SamplePortal(articles=60) as sample:
        portal, fetcher = from_url(sample.url), Fetcher()
        answers = [fetcher.get(article.url) for article in sample.articles()]
    medians = {n: statistics.median(milliseconds(a, portal, step) for a in answers) for n, step in STEPS.items()}
    unit = next(iter(medians.values()))
    size = statistics.median(len(answer.body) for answer in answers) / 1000
    print(f"Median of {len(answers)} article pages of {size:.0f} kB, the best of {ROUNDS} rounds each:")
    for name, median in medians.items():
        print(f"  {name:<20} {median:8.2f} ms  {median / unit:6.1f} x lxml")


def milliseconds(answer: Answer, portal: Portal, step: Step) -> float:
    """The shortest time a step took for a page; each round reads the page anew, outside the measured time."""
    taken = []
    for _ in range(ROUNDS):
        page = answer.page
        started = time.perf_counter()
        step(page, portal)
        taken.append((time.perf_counter() - started) * 1000)
    return min(taken)


if __name__ == "__main__":
    main()
