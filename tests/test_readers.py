"""While a real crawl writes, `muniment`, unmodified sqlite-utils and plain SQL read, and nobody meets a lock."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from crawler.sample.server import SamplePortal
from tests.crawling import check_clear, column, command, environment, muniment

READINGS = {
    "muniment": (("search", "thành phố"), ("search", "thanh pho", "--json"), ("status",), ("people",), ("saved",)),
    "sqlite-utils": (
        ("search", "archive.db", "articles", "thành phố", "--limit", "3"),
        ("query", "archive.db", "select * from news limit 3"),
        ("query", "archive.db", "select query, url from search where query = 'thanh pho' order by rank limit 3"),
        ("query", "archive.db", "select * from portal_health"),
    ),
}
DAMAGE = """
SELECT (SELECT count(*) FROM articles) - (SELECT count(DISTINCT article_id) FROM versions),
    (SELECT count(*) FROM articles LEFT JOIN captures ON captures.id = capture_id WHERE captures.id IS NULL)
"""
"""What no reader may ever see: half of a visit."""


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town."""
    with SamplePortal(articles=120) as portal:
        yield portal


@pytest.fixture
def crawl(town: SamplePortal, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A crawl that has stored its first articles and is not done."""
    path = tmp_path / "archive.db"
    with (tmp_path / "crawl.log").open("wb") as log:
        child = subprocess.Popen(
            command("crawl", town.url), cwd=tmp_path, env=environment(), stdout=log, stderr=subprocess.STDOUT
        )
        while child.poll() is None and not (path.exists() and _articles(path)):
            time.sleep(0.01)
        yield child
        child.kill()
        child.wait()


def _articles(path: Path) -> int:
    try:
        with closing(sqlite3.connect(path)) as conn:
            return int(conn.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError as early:
        assert "no such table" in str(early)
        return 0


def with_muniment(folder: Path, going: Callable[[], bool]) -> int:
    """Ask with every verb that reads while the crawl is going; how often that was."""
    asked = 0
    while going():
        for verb in READINGS["muniment"]:
            done = muniment(*verb, cwd=folder)
            # An unhealthy portal has a code of its own, and so has a search without hits.
            assert "locked" not in done.stderr and "Traceback" not in done.stderr and done.stdout, (verb, done)
            asked += going()
    return asked


def with_sqlite_utils(folder: Path, going: Callable[[], bool]) -> int:
    """Ask with the plain tool while the crawl is going; how often that was."""
    asked = 0
    while going():
        for arguments in READINGS["sqlite-utils"]:
            done = subprocess.run(
                [sys.executable, "-m", "sqlite_utils", *arguments],
                cwd=folder,
                env=environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, ""), (arguments, done)
            asked += going()
    return asked


def with_sql(folder: Path, going: Callable[[], bool]) -> int:
    """Ask in SQL, on a new connection each time, while the crawl is going; how often that was."""
    asked = 0
    while going():
        with closing(sqlite3.connect(folder / "archive.db")) as conn:
            assert conn.execute(DAMAGE).fetchone() == (0, 0)
            asked += going()
    return asked


def test_everybody_reads_while_a_crawl_writes(crawl: subprocess.Popen[bytes], tmp_path: Path) -> None:
    def going() -> bool:
        return crawl.poll() is None

    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as patient, ThreadPoolExecutor() as readers:
        patient.execute("BEGIN")
        before = patient.execute("SELECT count(*) FROM articles").fetchone()
        asking = [readers.submit(read, tmp_path, going) for read in (with_muniment, with_sqlite_utils, with_sql)]
        asked = [reader.result() for reader in asking]
        assert patient.execute("SELECT count(*) FROM articles").fetchone() == before
    assert min(asked) > 0, f"the crawl was over before everybody had read: {asked}"
    assert crawl.returncode == 0 and "locked" not in (tmp_path / "crawl.log").read_text(encoding="utf-8")
    check_clear(muniment("check", cwd=tmp_path), 0)
    assert column(path, "SELECT count(*) FROM articles")[0] > before[0]
