"""How fast the archive stores and finds, and how large it grows, on generated Vietnamese news.

    python -m benchmarks.archive [--articles 10000] [--folder DIR]

Prints articles stored per second (bulk import: deduplicated and indexed), bytes per article, how long the commit of one
visit takes while crawling, and p50 and p95 of ten kinds of query, each the best of three runs.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.press import FETCHED, UNITS, Press, visit_of
from crawler.archive import Archive
from crawler.archive.search import query
from crawler.duplicates import fingerprint
from crawler.model import Visit
from crawler.portal import from_url
from crawler.text import strip_accents

BATCH = 500
"""Articles to a transaction of a bulk import."""

PORTALS = tuple(from_url(f"https://town{n}.example/") for n in range(20))
RUNS = 25


class Clock:
    """Adds up the seconds spent inside ``running``."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time what is done inside."""
        start = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - start


def fill(archive: Archive, count: int) -> float:
    """Import ``count`` articles; the seconds that took, without the writing of the articles."""
    ids = [archive.portal(portal, FETCHED) for portal in PORTALS]
    written = ((visit_of(article, n), of) for n, (article, of) in enumerate(Press().articles(PORTALS, count)))
    clock = Clock()
    while batch := list(islice(written, BATCH)):
        with clock.running(), archive.transaction():
            for visit, of in batch:
                store(archive, visit, ids[of])
    return clock.seconds


def store(archive: Archive, visit: Visit, portal_id: int) -> None:
    """Store a visit as the pipelines do."""
    assert visit.article is not None
    own = fingerprint(visit.article)
    found = replace(visit, fingerprint=own, duplicates=archive.near(own, visit.article))
    archive.store(found, crawl_id=None, portal_id=portal_id, now=FETCHED)


def crawl(archive: Archive, count: int) -> list[float]:
    """The seconds that each of ``count`` visits took, one transaction each."""
    press = Press(seed=30)
    portal_id = archive.portal(PORTALS[0], FETCHED)
    spent = []
    for number in range(count):
        article = press.article(PORTALS[0], 10_000_000 + number)
        clock = Clock()
        with clock.running():
            store(archive, visit_of(article, 10_000_000 + number), portal_id)
        spent.append(clock.seconds)
    return spent


def queries(archive: Archive) -> Mapping[str, Sequence[Callable[[], object]]]:
    """Ten kinds of query, several of each kind."""
    press = Press()
    names = [press.name() for _ in range(RUNS)]
    words = [press.word() for _ in range(RUNS)]
    rare = [f"{press.rare()} {press.rare()}" for _ in range(RUNS)]

    def search(text: str, **filters: str) -> Callable[[], object]:
        return lambda: query(archive, text, portal=filters.get("portal"))

    def sql(text: str, *values: object) -> Callable[[], object]:
        return lambda: archive.db.conn.execute(text, values).fetchall()

    return {
        "rare word": [search(pair.split()[0]) for pair in rare],
        "two rare words": [search(pair) for pair in rare],
        "a person, as a phrase": [search(f'"{name}"') for name in names],
        "a person, without accents": [search(strip_accents(name)) for name in names],
        "any word": [search(word) for word in words],
        "any word, one portal": [search(word, portal=PORTALS[n % 20].slug) for n, word in enumerate(words)],
        "caption": [search(f'captions:"{name}"') for name in names],
        "by byline": [sql(_BY_BYLINE, unit) for unit in UNITS],
        "latest of a portal": [sql("SELECT * FROM news WHERE portal = ? LIMIT 20", p.slug) for p in PORTALS],
        "timeline by month": [sql("SELECT substr(published_at, 1, 7) AS month, count(*) FROM articles GROUP BY 1")] * 3,
    }


_BY_BYLINE = """
SELECT articles.id, headline FROM people JOIN bylines ON person_id = people.id JOIN articles ON articles.id = article_id
WHERE name = ? ORDER BY published_at DESC LIMIT 20
"""


def timings(actions: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """(p50, p95) in milliseconds; each action counts with the best of three runs."""
    best = sorted(min(_timed(action) for _ in range(3)) * 1000 for action in actions)
    return best[len(best) // 2], best[min(int(len(best) * 0.95), len(best) - 1)]


def sizes(archive: Archive) -> Mapping[str, int]:
    """Bytes of the file and of its parts."""
    archive.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    said = "+".join(f"coalesce(length(CAST({name} AS BLOB)), 0)" for name in ("headline", "lead", "body", "captions"))
    text = archive.db.conn.execute(f"SELECT sum({said}) FROM articles").fetchone()[0]
    pages = dict(archive.db.conn.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    index = sum(size for name, size in pages.items() if name.startswith("articles_fts"))
    return {
        "file": archive.path.stat().st_size,
        "text": text,
        "index": index,
        "folded text": pages["articles_plain"],
        "versions": pages["versions"],
        "sketches": pages["sketches"],
    }


def report(path: Path, count: int) -> Iterator[str]:
    """The figures, a line each."""
    with Archive.open(path) as archive:
        yield f"{count} articles: {count / fill(archive, count):.0f} stored per second"
        commits = sorted(crawl(archive, min(count, 1000)))
        yield f"a visit: p50 {commits[len(commits) // 2] * 1000:.1f} ms, longest {commits[-1] * 1000:.0f} ms"
        size = sizes(archive)
        yield from (f"{name}: {part / count:.0f} bytes an article" for name, part in size.items())
        yield f"index and folded text: {(size['index'] + size['folded text']) / size['text']:.2f} x the text"
        for name, actions in queries(archive).items():
            yield "{}: p50 {:.1f} ms, p95 {:.1f} ms".format(name, *timings(actions))


def _timed(action: Callable[[], object]) -> float:
    clock = Clock()
    with clock.running():
        action()
    return clock.seconds


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
