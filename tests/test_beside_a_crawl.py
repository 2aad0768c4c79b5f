"""Beside a crawl: whoever reads the archive, or does other work in it, neither waits for long nor meets a lock."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from urllib.request import urlopen

import pytest

from crawler.sample.faults import Faults, Switch
from crawler.sample.server import SamplePortal
from tests.crawling import check_clear, column, command, environment, muniment

READER = """
import sqlite3, sys, time
conn = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
while True:
    conn.execute("SELECT count(*), max(body) FROM articles").fetchall()
    conn.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'thanh'").fetchall()
    time.sleep(0.05)
"""
"""Plain SQLite, one query after another."""
HOLDER = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("BEGIN")
conn.execute("SELECT count(*) FROM articles").fetchall()
print("reading", flush=True)
sys.stdin.read()
"""
"""A program that goes on reading the archive as it is now."""
OPTIMIZE = """
import sys
from pathlib import Path
from crawler.archive import Archive
with Archive.open(Path(sys.argv[1])) as archive:
    archive.optimize()
"""


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town."""
    with SamplePortal(articles=40) as portal:
        yield portal


@pytest.fixture(scope="module")
def crawled(town: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive."""
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    check_clear(muniment("crawl", town.url, cwd=archive.parent), 0)
    return archive


@pytest.fixture
def archive(crawled: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(crawled.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / crawled.name


@contextmanager
def running(*arguments: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """A process while the block runs; it is ended with it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        arguments, cwd=cwd, env=environment(), stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def python(code: str, archive: Path) -> tuple[str, ...]:
    return sys.executable, "-c", code, str(archive)


@contextmanager
def datasette(archive: Path) -> Iterator[str]:
    """The address of a Datasette that shows the archive while the block runs."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = (sys.executable, "-m", "datasette", "serve", str(archive), "--port", str(port))
    with running(*serve, cwd=archive.parent) as process:
        assert process.stdout is not None
        assert any("Uvicorn running" in line for line in process.stdout)
        yield f"http://127.0.0.1:{port}"


def leftover(archive: Path, text: str) -> bool:
    files = (archive, archive.with_name(f"{archive.name}-wal"))
    return any(text.encode() in file.read_bytes() for file in files if file.exists())


def test_an_article_is_withheld_while_another_program_reads_it(archive: Path) -> None:
    (headline,) = column(archive, "SELECT headline FROM articles WHERE id = 5")
    withhold = ("withhold", "5", "--reason", "asked by letter")
    with running(*python(HOLDER, archive), cwd=archive.parent) as reader:
        assert reader.stdout is not None and reader.stdout.readline() == "reading\n"
        started = time.monotonic()
        told = muniment(*withhold, cwd=archive.parent)
        check_clear(told, 1, "article 5 is withheld", "another program still reads the archive as it was before")
        assert time.monotonic() - started > 5
        assert column(archive, "SELECT article_id FROM withheld") == [5] and leftover(archive, headline)
        check_clear(muniment("withhold", cwd=archive.parent), 1, "asked by letter", "run 'muniment withhold' to finish")
    check_clear(muniment("withhold", cwd=archive.parent), 0, "asked by letter")
    assert not leftover(archive, headline)
    check_clear(muniment(*withhold, cwd=archive.parent), 0, "article 5 is withheld already")


def test_a_crawl_readers_and_other_work_go_on_beside_each_other(town: SamplePortal, archive: Path) -> None:
    town.faults = Faults(slow=Switch(seconds=0.05))
    started = time.monotonic()
    with (
        running(*command("crawl", town.url, "--recheck"), cwd=archive.parent) as crawl,
        running(*python(READER, archive), cwd=archive.parent) as one,
        running(*python(READER, archive), cwd=archive.parent) as other,
        datasette(archive) as address,
    ):
        search = [sys.executable, "-m", "sqlite_utils", "search", str(archive), "articles", "thanh", "--limit", "2"]
        for work in (search, [*python(OPTIMIZE, archive)], command("withhold", "7", "--reason", "test"), search):
            done = subprocess.run(
                work, cwd=archive.parent, env=environment(), capture_output=True, text=True, check=False
            )
            check_clear(done, 0)
            assert "locked" not in done.stdout + done.stderr
            with urlopen(f"{address}/archive/articles.json?_search=thanh&_shape=array") as answer:
                assert json.load(answer)
        said, _ = crawl.communicate(timeout=120)
        assert crawl.returncode == 0 and "locked" not in said, said
        assert one.poll() is None and other.poll() is None
    assert time.monotonic() - started < 100
    assert column(archive, "SELECT outcome FROM crawls ORDER BY id") == ["done", "done"]
    assert column(archive, "SELECT article_id FROM withheld") == [7]
