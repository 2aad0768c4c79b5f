"""``make bench``: what the steps of reading a page cost, as ratios to its lxml parse, on our gold pages."""

import statistics
import time
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup

from crawler.discover import discover
from crawler.extract import extract
from crawler.page import Page, parse
from crawler.portal import Portal, from_url
from tests.gold import Gold, pages

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
    gold = tuple(pages())
    medians = {name: statistics.median(milliseconds(each, step) for each in gold) for name, step in STEPS.items()}
    unit = next(iter(medians.values()))
    print(f"Median of {len(gold)} gold pages, the best of {ROUNDS} rounds each:")
    for name, median in medians.items():
        print(f"  {name:<20} {median:8.2f} ms  {median / unit:6.1f} x lxml")


def milliseconds(gold: Gold, step: Step) -> float:
    """The shortest time a step took for a page; each round reads the page anew, outside the measured time."""
    portal = from_url(gold.url)
    taken = []
    for _ in range(ROUNDS):
        page = Page(url=gold.url, body=gold.html.encode(), captured_at=gold.captured_at)
        started = time.perf_counter()
        step(page, portal)
        taken.append((time.perf_counter() - started) * 1000)
    return min(taken)


if __name__ == "__main__":
    main()
