"""Two days of the sample town, crawled by schedule: ``python -m benchmarks.two_days``.

The town lives by a clock that runs ahead: it publishes, edits, removes and fails. It is crawled every two hours of that
time, as ``crawl --due`` does. Nothing of what it did may be missed, and nothing may be told that it did not do.
"""

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin

from crawler.portal import Portal, from_table
from crawler.run import run
from crawler.sample.content import ZONE
from crawler.sample.editions import Deed, Event
from crawler.sample.faults import Faults, Switch
from crawler.sample.server import SamplePortal
from crawler.sample.town import SECTIONS, Town
from tests.crawling import column, rows

START = datetime(2025, 10, 23, 16, tzinfo=ZONE)
"""After the last story of the town's first day."""
HOUR = timedelta(hours=1)
ARTICLES = 121
EDITED = {2: 9, 5: 31, -1: 20, -8: 15}
"""Number of a story (0: the first that is added) -> the hour in which it is edited."""
REMOVED = {1: 26, -2: 12}
OUTAGES = {
    range(20, 24): Faults(throttled=Switch(seconds=3600)),
    range(33, 37): Faults(unavailable=Switch(pattern="/")),
}
"""Hours -> what is wrong in them: the town asks for a pause of an hour, and then nothing of it can be had."""
FOUND = {
    Deed.ADDED: "SELECT url, first_seen_at AS at FROM articles",
    Deed.EDITED: "SELECT url, seen_from AS at FROM versions JOIN articles ON id = article_id WHERE number = 2",
    Deed.REMOVED: "SELECT url, min(seen_at) AS at FROM verdicts JOIN articles ON id = article_id"
    " WHERE verdicts.verdict <> 'live' GROUP BY url",
}
"""What the archive knows of each kind of event, and since when."""
CRAWLS = multiprocessing.get_context("forkserver")
"""Crawls are processes of their own; what they import is imported once."""
CRAWLS.set_forkserver_preload(["crawler.politeness", "spiders.portal"])
PAGES = "SELECT count(*) FROM frontier WHERE last_status IN (200, 304) AND kind NOT IN ('image', 'attachment')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event, and when the archive came to know of it; None: it never did."""

    deed: Deed
    url: str
    at: datetime
    found_at: datetime | None


def events(hours: int, news_every: int = 3) -> tuple[Event, ...]:
    """What the town does in so many hours, with a new story every ``news_every``; none is edited before it is there."""
    added = {number: news_every * number + 1 for number in range((hours + news_every - 2) // news_every)}
    deeds = {Deed.ADDED: added, Deed.EDITED: EDITED, Deed.REMOVED: REMOVED}
    every = (
        Event(at=START + hour * HOUR, deed=deed, story=story)
        for deed, hours_of in deeds.items()
        for story, hour in hours_of.items()
        if story < len(added) and hour < hours and (deed is Deed.ADDED or hour > added.get(story, 0))
    )
    return tuple(sorted(every, key=lambda event: event.at))


def fault_in(hour: int) -> Faults | None:
    """What is wrong with the town at that hour."""
    return next((faults for hours, faults in OUTAGES.items() if hour in hours), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the town is crawled: every so many hours, in turns that leave out quiet seeds or as when a person asks.

    Its seeds are the home page and the ``sections``, or the home page and the usual feeds.
    """

    scheduled: bool
    every: int
    sections: bool


def portal_at(url: str, manner: Manner) -> Portal:
    """The portal as an archivist declares it."""
    table: dict[str, Any] = {
        "name": "Town",
        "url": url,
        "timezone": "Asia/Ho_Chi_Minh",
        "language": "vi",
        "politeness": {"delay": 0.0},
        "schedule": {"every": f"{manner.every}h"},
    }
    if manner.sections:
        paths = ("", *(f"vi-vn/tin-tuc/{section.slug}" for section in SECTIONS))
        table["seeds"] = [{"listing": url + path} for path in paths]
    return from_table(table, Path("town.toml"), "xx-town")


def now_after(start: datetime, begun: datetime) -> datetime:
    """The clock of one crawl: it starts at ``start`` and runs like ours."""
    return start + (datetime.now(UTC) - begun)


def crawl(url: str, archive: Path, start: datetime, manner: Manner) -> None:
    """One crawl, in a process of its own, at ``start`` of the simulated time."""
    clock = partial(now_after, start.astimezone(UTC), datetime.now(UTC))
    run(portal_at(url, manner), archive, command="simulated", scheduled=manner.scheduled, clock=clock)


def live(town: SamplePortal, happening: Sequence[Event], archive: Path, hours: int, manner: Manner) -> Iterator[str]:
    """Crawl the town for so many hours, and print how many requests that took; outages that were not told."""
    for hour in range(0, hours + 1, manner.every):
        now, before = START + hour * HOUR, len(town.requests)
        town.edition = sum(event.at <= now for event in happening)
        fault = fault_in(hour)
        town.faults = fault or Faults()
        child = CRAWLS.Process(target=crawl, args=(town.url, archive, now, manner))
        child.start()
        child.join()
        outcome = column(archive, "SELECT outcome FROM crawls ORDER BY id DESC LIMIT 1")[0]
        print(f"hour {hour:4}: {len(town.requests) - before:4} requests, {outcome}", flush=True)
        if (outcome == "done") != (fault is None):
            yield f"hour {hour}: {outcome}"


def told(archive: Path, base: str, town: Town, happening: Sequence[Event]) -> list[Told]:
    """Every event with when it was found."""
    known = {deed: {row["url"]: row["at"] for row in rows(archive, sql)} for deed, sql in FOUND.items()}
    found = []
    for event in happening:
        url = urljoin(base, town.story(town.before + event.story).path)
        at = known[event.deed].get(url)
        found.append(Told(deed=event.deed, url=url, at=event.at, found_at=datetime.fromisoformat(at) if at else None))
    return found


def wrong(archive: Path, base: str, first_day: Town, events_told: Sequence[Told]) -> Iterator[str]:
    """Everything that was missed or made up."""
    yield from (f"{one.deed} and not found: {one.url}" for one in events_told if one.found_at is None)
    told_of = {deed: {one.url for one in events_told if one.deed is deed} for deed in Deed}
    there = {urljoin(base, story.path) for story in first_day.stories()} | told_of[Deed.ADDED]
    kept = {row["url"] for row in rows(archive, FOUND[Deed.ADDED])}
    yield from (f"missed: {url}" for url in there - kept)
    yield from (f"made up: {url}" for url in kept - there)
    for deed in (Deed.EDITED, Deed.REMOVED):
        yield from (
            f"not {deed}: {row['url']}" for row in rows(archive, FOUND[deed]) if row["url"] not in told_of[deed]
        )


def report(archive: Path, events_told: Sequence[Told], requests: int, days: float) -> None:
    """The figures: how late things were found, how many requests it took."""
    print("\n| | events | found | after, half of them | at the latest |\n|---|---|---|---|---|")
    for deed in Deed:
        late = [(one.found_at - one.at) / HOUR for one in events_told if one.deed is deed and one.found_at]
        count = sum(one.deed is deed for one in events_told)
        delay = f"{median(late):.1f} h | {max(late):.1f} h" if late else "- | -"
        print(f"| {deed} | {count} | {len(late)} | {delay} |")
    first = column(archive, "SELECT counts ->> 'requests' FROM crawls ORDER BY id LIMIT 1")[0]
    pages, crawls = column(archive, PAGES)[0], column(archive, "SELECT count(*) FROM crawls")[0]
    print(f"\nrequests: {requests - first} in {crawls - 1} crawls, after the first one of {first}")
    print(f"every page once a day: {pages * days:.0f}; with every crawl: {pages * (crawls - 1)}")


def main() -> None:
    """Print what was found and what it took; exit with 1 when something was missed or made up."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--hours", type=int, default=48, help="of simulated time (default: 48)")
    arguments.add_argument("--every", type=int, default=2, help="hours between two crawls (default: 2)")
    arguments.add_argument("--news-every", type=int, default=3, help="hours between two stories (default: 3)")
    arguments.add_argument("--sections", action="store_true", help="name the eight sections as seeds")
    arguments.add_argument("--all-seeds", action="store_true", help="ask every seed and feed in every crawl")
    options = arguments.parse_args()
    manner = Manner(scheduled=not options.all_seeds, every=options.every, sections=options.sections)
    happening = events(options.hours, options.news_every)
    editions = tuple((event,) for event in happening)
    with tempfile.TemporaryDirectory() as folder, SamplePortal(articles=ARTICLES, editions=editions) as town:
        archive = Path(folder) / "archive.db"
        first_day = town.town
        mistakes = list(live(town, happening, archive, options.hours, manner))
        events_told = told(archive, town.url, town.town, happening)
        mistakes += wrong(archive, town.url, first_day, events_told)
        report(archive, events_told, len(town.requests), options.hours / 24)
    print("\n".join(mistakes) or "everything was found, and nothing was made up")
    sys.exit(bool(mistakes))


if __name__ == "__main__":
    main()
