"""Two days of a portal, crawled by schedule: ``python -m benchmarks.two_days``.

A small portal lives by a clock that runs ahead: it publishes, edits, removes and fails. It is crawled every two hours
of that time, as ``crawl --due`` does. Nothing of what it did may be missed, and nothing may be told that it did not do.
"""

import argparse
import hashlib
import multiprocessing
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks.press import Press
from crawler.model import Article
from crawler.portal import Portal, from_table
from crawler.run import run
from tests.crawling import column, rows

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAST = 150
PER_PAGE = 10
NEWS_EVERY = 3
EDITS = {2: 9, 5: 31, -1: 20}
"""Number of a story (0: the first one of the two days) -> the hour in which it is edited."""
REMOVED = {1: 26, -2: 12}
OUTAGE = (33, 37)
DELAY = timedelta(hours=2)


def now_after(start: datetime, begun: datetime) -> datetime:
    """The clock of one crawl: it starts at ``start`` and runs like ours."""
    return start + (datetime.now(UTC) - begun)


@dataclass
class Town:
    """The portal at ``now``: what is printed where, and the requests so far."""

    now: datetime = START
    requests: int = 0
    press: Press = field(default_factory=Press)
    archive: dict[int, Article] = field(default_factory=dict)

    @property
    def hour(self) -> float:
        """Hours since the start."""
        return (self.now - START) / HOUR

    @property
    def down(self) -> bool:
        """True while every answer is 503."""
        return OUTAGE[0] <= self.hour < OUTAGE[1]

    def numbers(self) -> list[int]:
        """The stories that can be read, newest first."""
        newest = int(self.hour // NEWS_EVERY)
        return [n for n in range(newest, -PAST - 1, -1) if self.hour < REMOVED.get(n, 10**6)]

    def published(self, number: int) -> datetime:
        """When a story came out: those of the past a day apart."""
        return START + (number * NEWS_EVERY * HOUR if number >= 0 else number * timedelta(days=1))

    def answer(self, target: str) -> bytes | None:
        """The page at a path; None when there is none."""
        parts = urlsplit(target)
        if parts.path == "/":
            return self.listing(int(parse_qs(parts.query).get("page", ["1"])[0]))
        number = int(parts.path.rpartition("-")[2]) - 1000 if parts.path.startswith("/tin/bai-") else None
        return self.story(number) if number in self.numbers() else None

    def listing(self, page: int) -> bytes:
        """One page of the only list there is."""
        shown = self.numbers()[(page - 1) * PER_PAGE : page * PER_PAGE]
        entries = "".join(
            f'<div class="item"><h3><a href="/tin/bai-{n + 1000}">{self.headline(n)}</a></h3>'
            f"<span>{self.printed(n)}</span></div>"
            for n in shown
        )
        last = -(-len(self.numbers()) // PER_PAGE)
        pager = f'<div class="pager"><a href="/?page={page + 1}">Trang sau</a></div>' if page < last else ""
        return _html("Thành phố", f'<div class="list">{entries}</div>{pager}')

    def story(self, number: int) -> bytes:
        """An article, with a sentence more once it was edited."""
        body = self.written(number).body[:4]
        if self.hour >= EDITS.get(number, 10**6):
            body = (*body, "Thông tin này đã được đính chính theo báo cáo của Ủy ban nhân dân thành phố.")
        text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
        return _html(
            self.headline(number),
            f"<article><h1>{self.headline(number)}</h1><p>{self.printed(number)}</p>{text}</article>",
        )

    def written(self, number: int) -> Article:
        """A story as it was first written; the press writes none twice."""
        if number not in self.archive:
            self.archive[number] = self.press.article(PORTAL, number + PAST + 1)
        return self.archive[number]

    def headline(self, number: int) -> str:
        """The headline of a story."""
        return f"{self.written(number).headline} ({number + 1000})"

    def printed(self, number: int) -> str:
        """When a story came out, as the portal prints it."""
        return f"{self.published(number) + 7 * HOUR:%d/%m/%Y %H:%M}"


def _html(title: str, main: str) -> bytes:
    head = f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{head}<body><main>{main}</main></body></html>".encode()


def portal_at(url: str) -> Portal:
    """The portal as an archivist declares it."""
    table = {"name": "Town", "url": url, "timezone": "Asia/Ho_Chi_Minh", "language": "vi", "politeness": {"delay": 0.0}}
    return from_table(table, Path("town.toml"), "xx-town")


PORTAL = portal_at("http://127.0.0.1/")


def served(town: Town) -> ThreadingHTTPServer:
    """A server of the portal, with conditional requests."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            town.requests += 1
            body = None if town.down else town.answer(self.path)
            tag = f'"{hashlib.sha256(body or b"").hexdigest()[:16]}"'
            same = body is not None and self.headers.get("If-None-Match") == tag
            self.send_response(503 if town.down else 404 if body is None else 304 if same else 200)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            sent = b"" if body is None or same else body
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def crawl(url: str, archive: Path, start: datetime) -> None:
    """One crawl, in a process of its own, at ``start`` of the simulated time."""
    clock = partial(now_after, start, datetime.now(UTC))
    run(portal_at(url), archive, command="simulated", recheck=False, clock=clock)


def main() -> None:
    """Print what was found and what it took; exit with 1 when something was missed or made up."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--hours", type=int, default=48, help="of simulated time")
    hours = arguments.parse_args().hours
    town = Town()
    server = served(town)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        while town.hour <= hours:
            before = town.requests
            child = multiprocessing.get_context("spawn").Process(target=crawl, args=(url, archive, town.now))
            child.start()
            child.join()
            print(
                f"hour {town.hour:4.0f}: {town.requests - before:4} requests{' (down)' if town.down else ''}",
                flush=True,
            )
            town.now += DELAY
        town.now -= DELAY
        wrong = list(misses(archive, town))
        report(archive, town)
    server.shutdown()
    print("\n".join(wrong) or "everything was found, and nothing was made up")
    sys.exit(bool(wrong))


def misses(archive: Path, town: Town) -> Iterator[str]:
    """Everything that was missed or made up."""
    kept = {row["n"]: row for row in rows(archive, _KEPT)}
    for number in range(int(town.hour // NEWS_EVERY), -PAST - 1, -1):
        if number not in kept:
            yield f"story {number} was missed"
    for number, row in kept.items():
        edited = EDITS.get(number, 10**6) <= town.hour and EDITS.get(number, 0) < REMOVED.get(number, 10**6)
        if (row["versions"] > 1) != edited:
            yield f"story {number} has {row['versions']} versions, edited: {edited}"
        gone = REMOVED.get(number, 10**6) <= town.hour
        if (row["verdict"] == "gone") != gone:
            yield f"story {number} is {row['verdict']}, removed: {gone}"


_KEPT = """
SELECT CAST(substr(url, instr(url, 'bai-') + 4) AS INTEGER) - 1000 AS n, versions, verdict, first_seen_at FROM articles
"""


def report(archive: Path, town: Town) -> None:
    """The figures: how late the news were, how many requests it took."""
    late = sorted(
        (datetime.fromisoformat(row["first_seen_at"]) - town.published(row["n"])) / HOUR
        for row in rows(archive, _KEPT)
        if row["n"] > 0
    )
    pages = len(town.numbers()) + -(-len(town.numbers()) // PER_PAGE)
    first = column(archive, "SELECT counts ->> 'requests' FROM crawls ORDER BY id LIMIT 1")[0]
    days = town.hour / 24
    print(
        f"new stories: {len(late)}, found after {late[len(late) // 2]:.1f} h (median), {late[-1]:.1f} h at the latest"
    )
    print(f"requests: {town.requests - first} after the first crawl of {first}")
    print(
        f"fetching everything once a day: {pages * days:.0f}; with every crawl: {pages * days * 24 * HOUR / DELAY:.0f}"
    )


if __name__ == "__main__":
    main()
