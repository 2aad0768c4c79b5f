"""Crawls of every portal that is due, several hosts at a time, each in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from crawler.archive import Archive, Turn
from crawler.cli.exits import Exit
from crawler.cli.portals import declared
from crawler.model import ArchiveError, PortalError
from crawler.portal import Portal

TICK = 0.1
LOOK = 10.0
"""Seconds between two looks at what has fallen due meanwhile."""
MOST_SAID = 64 * 1024
"""Bytes of what a crawl says that are kept: the last ones, with its summary."""
RETRY, RARELY = 5.0, 300.0
"""Seconds after which an archive that could not be used is tried again, doubled up to the second number."""
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
    said: bytearray = field(default_factory=bytearray)

    def listen(self) -> None:
        """Take up what the crawl has said meanwhile. It goes through a pipe: a full disk must not silence it."""
        assert self.process.stdout is not None
        while text := self.process.stdout.read(MOST_SAID):
            self.said += text
            del self.said[:-MOST_SAID]


@dataclass(slots=True, kw_only=True)
class Trouble:
    """An archive that cannot be used: since when it is tried again, ever more rarely, until it can be used."""

    wait: float = 0.0
    again: float = 0.0

    def __bool__(self) -> bool:
        return self.wait > 0

    def met(self) -> bool:
        """Note a failure; True for the first one, which is to be told."""
        first = not self
        self.wait = RETRY if first else min(self.wait * 2, RARELY)
        self.again = time.monotonic() + self.wait
        return first

    def over(self) -> bool:
        """Note a success; True when there was trouble."""
        was = bool(self)
        self.wait = self.again = 0.0
        return was

    def resting(self) -> bool:
        """True until it is to be tried again."""
        return time.monotonic() < self.again


def due_at(portal: Portal, turn: Turn, now: datetime) -> datetime:
    """When a portal is to be crawled next: by its schedule, at once where a crawl stopped early, never in a pause."""
    last = turn.last_started_at if turn.ended else None
    due = portal.schedule.due(last, now, portal.zone or UTC)
    return max(due, turn.paused_until or due)


def agenda(archive: Path, root: Path, now: datetime) -> tuple[list[tuple[datetime, Portal]], list[PortalError]]:
    """(every declared portal with when it is due, earliest first; the portal files that are wrong)."""
    read = [portal for _, portal in declared(root)]
    turns = _turns(archive, [portal for portal in read if isinstance(portal, Portal)])
    found = [(due_at(p, turns.get(p.slug, Turn()), now), p) for p in read if isinstance(p, Portal)]
    wrong = [portal for portal in read if isinstance(portal, PortalError)]
    return sorted(found, key=lambda entry: (entry[0], entry[1].slug)), wrong


def _turns(archive: Path, portals: list[Portal]) -> Mapping[str, Turn]:
    found = Archive.look(archive)
    if found is None:
        return {}
    with found as opened:
        return {portal.slug: opened.turn(portal) for portal in portals}


class Turns:
    """Starts what is due, no more than ``at_once`` crawls and one a host, until it is told to stop.

    ``forever`` waits for more, also for an archive that cannot be used for a while; else that ends it. ``ended`` is
    called with every crawl that ended, ``tell`` with what else a person should know.
    """

    def __init__(  # noqa: PLR0913  (all but three by name)
        self,
        archive: Path,
        root: Path,
        at_once: int,
        *,
        forever: bool,
        ended: Callable[[Ended], None],
        tell: Callable[[str], None],
    ) -> None:
        self._archive, self._root, self._at_once, self._forever = archive, root, at_once, forever
        self._ended, self._tell = ended, tell
        self._running: dict[str, Running] = {}
        self._begun: dict[str, datetime] = {}
        self._looked = float("-inf")
        self._waiting: list[Portal] = []
        self._was_there = archive.exists()
        self._read, self._write = Trouble(), Trouble()
        self.stopping = False

    def go(self, seconds: float | None) -> None:
        """Crawl until nothing is due and nothing runs; after ``seconds`` all is stopped.

        Raises ArchiveError when the archive cannot be read, unless it is to go on forever.
        """
        deadline = time.monotonic() + seconds if seconds else float("inf")
        failure: ArchiveError | None = None
        with self._heeding_signals():
            while self._running or not self.stopping:
                if time.monotonic() > deadline:
                    self.stop()
                self._reap()
                try:
                    self._start_what_is_due()
                except ArchiveError as wrong:
                    failure = self._fail(wrong)
                if not self._forever and not self._running and not self._waiting:
                    break
                time.sleep(TICK)
        if failure:
            raise failure

    def _fail(self, wrong: ArchiveError) -> ArchiveError | None:
        self._waiting.clear()
        if not self._forever:
            self.stop()
            return wrong
        if self._read.met():
            self._tell(f"{wrong}; nothing is started until then, and this goes on by itself")
        return None

    @property
    def failing(self) -> bool:
        """True while the archive cannot be used."""
        return bool(self._read or self._write)

    def stop(self) -> None:
        """Start nothing more, and ask what runs to stop cleanly."""
        if not self.stopping:
            self.stopping = True
            for one in self._running.values():
                one.process.terminate()

    def _start_what_is_due(self) -> None:
        if self.stopping or self._read.resting() or self._write.resting():
            return
        if time.monotonic() - self._looked > LOOK:
            self._see_archive()
            self._look(datetime.now(UTC))
        if self._waiting:
            self._see_archive()
        at_once = 1 if self._write else self._at_once
        for portal in tuple(self._waiting):
            if len(self._running) < at_once and portal.host not in {one.host for one in self._running.values()}:
                self._waiting.remove(portal)
                self._start(portal)

    def _see_archive(self) -> None:
        """Raises ArchiveError for an archive that was there and is gone: no crawl shall begin a new one instead."""
        try:
            there = self._archive.exists()
        except OSError as wrong:
            raise ArchiveError(f"{self._archive}: cannot be used: {wrong.strerror}") from wrong
        if self._was_there and not there:
            raise ArchiveError(f"{self._archive}: the archive is no longer there; put it back, or stop this command")
        self._was_there = there

    def _look(self, now: datetime) -> None:
        """See what is due. Raises ArchiveError for an archive that cannot be read."""
        try:
            entries, _ = agenda(self._archive, self._root, now)
        except ArchiveError:
            self._see_archive()  # moved away while it was being read, it is told as gone
            raise
        self._looked = time.monotonic()
        if self._read.over():
            self._tell(f"{self._archive}: the archive can be read again")
        self._waiting = [portal for due, portal in entries if due <= now and self._is_free(portal, now)]

    def _is_free(self, portal: Portal, now: datetime) -> bool:
        """True unless the portal is being crawled, or its crawl could not even begin a short while ago."""
        begun = self._begun.get(portal.slug)
        return portal.slug not in self._running and (begun is None or now - begun >= portal.schedule.every)

    def _start(self, portal: Portal) -> None:
        crawl = ("crawl", portal.slug, "--scheduled", "--archive", str(self._archive))
        command = [sys.executable, "-m", "crawler.cli", *crawl]
        # A session of its own: Ctrl-C reaches this process only, which asks the crawls to stop.
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True, bufsize=0
        )
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        self._begun[portal.slug] = datetime.now(UTC)
        self._running[portal.slug] = Running(host=portal.host, process=process)

    def _reap(self) -> None:
        for slug, one in tuple(self._running.items()):
            code = one.process.poll()
            one.listen()
            if code is not None:
                del self._running[slug]
                self._looked = float("-inf")
                assert one.process.stdout is not None
                one.process.stdout.close()
                if self.stopping and code == -signal.SIGTERM:
                    code = Exit.INTERRUPTED  # we asked it to stop before or after its crawl, where nothing is lost
                self._account(Ended(slug=slug, code=code, said=one.said.decode("utf-8", "replace").strip()))

    def _account(self, one: Ended) -> None:
        """Tell how a crawl ended; of crawls that failed because the archive could not be written, only the first.

        What cannot be written for one portal cannot be for any other.
        """
        if one.code != Exit.ARCHIVE:
            self._was_there = self._was_there or self._archive.exists()
            if self._write.over():
                self._tell(f"{self._archive}: the archive can be written again")
            self._ended(one)
            return
        first = self._write.met()
        if first or not self._forever:
            self._ended(one)
        if not self._forever:
            self.stop()
            return
        del self._begun[one.slug]
        if first:
            self._tell(f"{self._archive}: the archive cannot be written; crawls are tried until it can")

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
