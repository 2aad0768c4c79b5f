"""Several processes with one archive: nobody meets a lock, readers see whole visits, no URL is claimed twice."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crawler.archive import Archive
from crawler.model import Kind, Link
from tests.archive.visits import NOW, PORTAL, Town, capture, edited, page

EACH = 60


def in_child(task: Callable[..., None], *arguments: object) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            task(*arguments)
            code = 0
        finally:
            os._exit(code)
    return pid


def ended_well(pid: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def over(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def store_many(path: Path, name: str) -> None:
    with Archive.open(path) as archive:
        portal_id = archive.portal(PORTAL, NOW)
        crawl_id = archive.begin_crawl(portal_id, command=name, software="test", now=NOW)
        town = Town(archive, portal_id, crawl_id)
        for number in range(EACH):
            claimed = town.frontier.claim(name, NOW)
            assert claimed is not None
            shown = capture(claimed.url, warc=f"{name}.warc.gz", offset=number)
            town.store(page(edited(url=claimed.url, headline=f"Tin {claimed.url}"), capture=shown))


def test_two_crawls_and_a_reader_at_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        portal_id = archive.portal(PORTAL, NOW)
        links = [Link(url=f"https://town.example/{n}", kind=Kind.ARTICLE) for n in range(2 * EACH)]
        Town(archive, portal_id, 0).frontier.add(links, NOW, via=None)
    crawls = [in_child(store_many, path, name) for name in ("first", "second")]
    with closing(sqlite3.connect(path)) as reader:
        seen = 0
        while seen < 2 * EACH and not all(map(over, crawls)):
            seen, whole = reader.execute(
                "SELECT count(*), count(versions.number) FROM articles LEFT JOIN versions ON article_id = articles.id"
            ).fetchone()
            assert seen == whole
            time.sleep(0.01)
    assert [ended_well(pid) for pid in crawls] == [True, True]
    with Archive.open(path) as archive:
        town = Town(archive, 1, 1)
        assert town.sound() and town.column("SELECT count(*) FROM articles") == [2 * EACH]
        assert town.frontier.counts() == {"waiting": 2 * EACH}
        assert town.column("SELECT count(DISTINCT crawl_id) FROM captures") == [2]


def test_two_processes_may_make_the_archive_at_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"

    def make() -> None:
        Archive.open(path).close()

    ended = [ended_well(pid) for pid in [in_child(make) for _ in range(4)]]
    assert ended == [True] * 4
    with Archive.open(path) as archive:
        assert Town(archive, 1, 1).sound()
