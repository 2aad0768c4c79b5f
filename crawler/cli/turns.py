"""Crawls of every portal that is due, several hosts at a time, each in a process of its own."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.parse import urlsplit

from crawler.archive import Archive, Turn
from crawler.cli.exits import Exit
from crawler.cli.portals import declared
from crawler.model import PortalError
from crawler.portal import Portal

TICK = 0.1
LOOK = 10.0
"""Seconds between two looks at what has fallen due meanwhile."""
STOPS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A crawl that ended: its exit code and what it said."""

    slug: str
    code: int
    said: str


@dataclass(slots=True, kw_only=True)
class Running:
    """A crawl under way."""

    host: str
    process: subprocess.Popen[bytes]
    output: IO[bytes]


def due_at(portal: Portal, turn: Turn, now: datetime) -> datetime:
    """When a portal is to be crawled next: by its schedule, at once where a crawl stopped early, never in a pause."""
    last = turn.last_started_at if turn.ended else None
    due = portal.schedule.due(last, now, portal.zone or UTC)
    return max(due, turn.paused_until or due)


def agenda(archive: Path, root: Path, now: datetime) -> tuple[list[tuple[datetime, Portal]], list[PortalError]]:
    """(every declared portal with when it is due, earliest first; the portal files that are wrong)."""
    read = [portal for _, portal in declared(root)]
    turns = _turns(archive, [portal.slug for portal in read if isinstance(portal, Portal)])
    found = [(due_at(p, turns.get(p.slug, Turn()), now), p) for p in read if isinstance(p, Portal)]
    wrong = [portal for portal in read if isinstance(portal, PortalError)]
    return sorted(found, key=lambda entry: (entry[0], entry[1].slug)), wrong


def _turns(archive: Path, slugs: list[str]) -> Mapping[str, Turn]:
    if not archive.exists():
        return {}
    with Archive.open(archive) as opened:
        return {slug: opened.turn(slug) for slug in slugs}


class Turns:
    """Starts what is due, no more than ``at_once`` crawls and one a host, until it is told to stop."""

    def __init__(self, archive: Path, root: Path, at_once: int) -> None:
        self._archive, self._root, self._at_once = archive, root, at_once
        self._running: dict[str, Running] = {}
        self._begun: dict[str, datetime] = {}
        self._looked = float("-inf")
        self._waiting: list[Portal] = []
        self.stopping = False

    def go(self, *, forever: bool, seconds: float | None, ended: Callable[[Ended], None]) -> None:
        """Crawl until nothing is due and nothing runs; ``forever`` waits for more. After ``seconds`` all is stopped."""
        deadline = time.monotonic() + seconds if seconds else float("inf")
        with self._heeding_signals():
            while self._running or not self.stopping:
                if time.monotonic() > deadline:
                    self.stop()
                for one in self._reap():
                    ended(one)
                self._start_what_is_due()
                if not forever and not self._running and not self._waiting:
                    return
                time.sleep(TICK)

    def stop(self) -> None:
        """Start nothing more, and ask what runs to stop cleanly."""
        if not self.stopping:
            self.stopping = True
            for one in self._running.values():
                one.process.terminate()

    def _start_what_is_due(self) -> None:
        if self.stopping:
            return
        if time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            now = datetime.now(UTC)
            entries, _ = agenda(self._archive, self._root, now)
            self._waiting = [portal for due, portal in entries if due <= now and self._is_free(portal, now)]
        for portal in tuple(self._waiting):
            host = urlsplit(portal.url).netloc
            if len(self._running) < self._at_once and host not in {one.host for one in self._running.values()}:
                self._waiting.remove(portal)
                self._start(portal, host)

    def _is_free(self, portal: Portal, now: datetime) -> bool:
        """True unless the portal is being crawled, or its crawl could not even begin a short while ago."""
        begun = self._begun.get(portal.slug)
        return portal.slug not in self._running and (begun is None or now - begun >= portal.schedule.every)

    def _start(self, portal: Portal, host: str) -> None:
        output = tempfile.TemporaryFile()  # noqa: SIM115  (closed when the crawl has ended)
        command = [sys.executable, "-m", "crawler.cli", "crawl", portal.slug, "--archive", str(self._archive)]
        # A session of its own: Ctrl-C reaches this process only, which asks the crawls to stop.
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        self._begun[portal.slug] = datetime.now(UTC)
        self._running[portal.slug] = Running(host=host, process=process, output=output)

    def _reap(self) -> Iterator[Ended]:
        for slug, one in tuple(self._running.items()):
            code = one.process.poll()
            if code is not None:
                del self._running[slug]
                self._looked = float("-inf")
                with one.output as output:
                    output.seek(0)
                    yield Ended(slug=slug, code=code, said=output.read().decode("utf-8", "replace").strip())

    @contextmanager
    def _heeding_signals(self) -> Iterator[None]:
        def heed(_number: int, _frame: FrameType | None) -> None:
            self.stop()

        before = {number: signal.signal(number, heed) for number in STOPS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def overall(codes: Mapping[str, int], *, stopped: bool, wrong: bool) -> Exit:
    """The one exit code of many crawls: what must be seen to comes before what goes on by itself."""
    found = set(codes.values())
    if Exit.ARCHIVE in found:
        return Exit.ARCHIVE
    if stopped:
        return Exit.INTERRUPTED
    return Exit.PARTLY if wrong or found - {Exit.DONE, Exit.INTERRUPTED} else Exit.DONE
