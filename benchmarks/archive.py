"""How fast the archive stores and finds, and how large it grows, on generated Vietnamese news.

    python -m benchmarks.archive [--articles 10000] [--folder DIR]

Prints, at every power of ten and at the end: articles stored per second in bulk import (versions, index and search for
duplicates included; the articles, their fingerprints and their folded text come from a second process, as from one that
extracts), CPU time of both, bytes per article and memory. Then how long the commit of one visit takes while crawling,
and p50 and p95 of every kind of query, each the best of three runs. A million articles take most of an hour and 20 GB.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.press import FETCHED, PORTALS, Press, visit_of
from benchmarks.questions import questions, timings
from crawler.archive import Archive
from crawler.archive.preparing import Prepared, prepare
from crawler.archive.triggers import INDEXES
from crawler.duplicates import fingerprint
from crawler.model import Visit

BATCH = 5000
"""Articles to a transaction of a bulk import."""


@dataclass
class Batch:
    """Visits with what is prepared of them and the number of their portal; ``cpu``: the seconds of preparing."""

    visits: list[tuple[Visit, Prepared, int]] = field(default_factory=list)
    cpu: float = 0.0

    def add(self, visit: Visit, of: int) -> None:
        """What a process that reads pages does of the work."""
        assert visit.article is not None
        start = time.process_time()
        told = replace(visit, fingerprint=fingerprint(visit.article))
        self.visits.append((told, prepare(told), of))
        self.cpu += time.process_time() - start


@dataclass
class Spent:
    """Seconds of the clock and of this process, of which some in the search for duplicates, since the last report.

    ``elsewhere`` are those of the process that prepares.
    """

    articles: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    near: float = 0.0
    elsewhere: float = 0.0

    def __str__(self) -> str:
        per = max(self.articles, 1)
        return (
            f"{per / max(self.wall, 1e-9):.0f} articles/s, {self.cpu / per * 1000:.2f} ms of CPU an article,"
            f" of which {self.near / per * 1000:.2f} in the search for duplicates,"
            f" and {self.elsewhere / per * 1000:.2f} ms before"
        )


@dataclass
class Import:
    """Fills an archive; ``spent`` is what that took, without the writing of the articles."""

    archive: Archive
    spent: Spent = field(default_factory=Spent)

    def fill(self, count: int) -> Iterator[int]:
        """Import ``count`` articles; how many are stored, after each batch."""
        ids = [self.archive.portal(portal, FETCHED) for portal in PORTALS]
        done = 0
        for batch in written(count):
            wall, cpu = time.perf_counter(), time.process_time()
            with self.archive.bulk((visit, ids[of]) for visit, _, of in batch.visits):
                for visit, prepared, of in batch.visits:
                    self._store(visit, prepared, ids[of])
            self.spent.wall += time.perf_counter() - wall
            self.spent.cpu += time.process_time() - cpu
            self.spent.articles += len(batch.visits)
            self.spent.elsewhere += batch.cpu
            done += len(batch.visits)
            yield done

    def _store(self, visit: Visit, prepared: Prepared, portal_id: int) -> None:
        assert visit.article is not None and visit.fingerprint is not None
        start = time.thread_time()
        found = self.archive.near(visit.fingerprint, visit.article)
        self.spent.near += time.thread_time() - start
        told = replace(visit, duplicates=found)
        self.archive.store(told, crawl_id=None, portal_id=portal_id, now=FETCHED, prepared=prepared)


def written(count: int) -> Iterator[Batch]:
    """The visits of ``count`` articles in batches, written by another process while this one stores."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=_write, args=(count, theirs), daemon=True)
    writer.start()
    theirs.close()
    while (batch := ours.recv()).visits:
        yield batch
    writer.join()


def _write(count: int, to: Connection) -> None:
    articles = enumerate(Press().articles(PORTALS, count))
    for some in iter(lambda: list(islice(articles, BATCH)), []):
        batch = Batch()
        for number, (article, of) in some:
            batch.add(visit_of(article, number), of)
        to.send(batch)
    to.send(Batch())


def crawl(archive: Archive, count: int) -> list[float]:
    """The seconds that each of ``count`` visits took, one transaction each."""
    press = Press(seed=30)
    portal_id = archive.portal(PORTALS[0], FETCHED)
    spent = []
    for number in range(10_000_000, 10_000_000 + count):
        visit = visit_of(press.article(PORTALS[0], number), number)
        assert visit.article is not None
        start = time.perf_counter()
        own = fingerprint(visit.article)
        found = replace(visit, fingerprint=own, duplicates=archive.near(own, visit.article))
        archive.store(found, crawl_id=None, portal_id=portal_id, now=FETCHED)
        spent.append(time.perf_counter() - start)
    return sorted(spent)


def sizes(archive: Archive) -> Mapping[str, int]:
    """Bytes of the file and of its parts."""
    archive.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    said = "+".join(f"coalesce(length(CAST({name} AS BLOB)), 0)" for name in ("headline", "lead", "body", "captions"))
    text = archive.db.conn.execute(f"SELECT sum({said}) FROM articles").fetchone()[0]
    pages = dict(archive.db.conn.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    return {
        "file": archive.path.stat().st_size,
        "text": text,
        "articles": pages["articles"],
        "versions": pages["versions"],
        "index": sum(size for name, size in pages.items() if name.startswith(tuple(index.table for index in INDEXES))),
        "folded text": pages["articles_plain"],
        "sketches": pages["sketches"] + pages["sketches_recent"],
    }


def memory() -> int:
    """MB of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 // 1_000_000


def report(path: Path, count: int) -> Iterator[str]:
    """The figures, a line each."""
    with Archive.open(path) as archive:
        yield from _imported(archive, count)
        start = time.perf_counter()
        archive.optimize()
        yield f"index made one piece: {time.perf_counter() - start:.0f} s"
        size = sizes(archive)
        yield from (f"{name}: {part / count:.0f} bytes an article" for name, part in size.items())
        yield f"index and folded text: {(size['index'] + size['folded text']) / size['text']:.2f} x the text"
        for name, actions in questions(archive).items():
            yield "{}: p50 {:.1f} ms, p95 {:.1f} ms".format(name, *timings(actions))
        commits = crawl(archive, min(count, 1000))
        p50, p95, p99 = (commits[int(len(commits) * share)] * 1000 for share in (0.5, 0.95, 0.99))
        yield f"a visit: p50 {p50:.1f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, longest {commits[-1] * 1000:.0f} ms"


def _imported(archive: Archive, count: int) -> Iterator[str]:
    work = Import(archive)
    for done in work.fill(count):
        print(f"{done} of {count} articles", end="\r", file=sys.stderr, flush=True)
        if done in (10_000, 100_000, 1_000_000) or done >= count or done % 100_000 == 0:
            size = archive.path.stat().st_size / done
            yield f"{done} articles: {work.spent}, {size:.0f} bytes an article, {memory()} MB of memory"
            work.spent = Spent()


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=10_000)
    options.add_argument("--folder", help="where the archive is made and removed again (default: the temporary one)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        for line in report(Path(folder) / "archive.db", given.articles):
            print(line, flush=True)


if __name__ == "__main__":
    main()
