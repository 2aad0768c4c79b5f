"""``muniment demo``: what a new user sees, the day after, and after an interruption."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.sample.server import SamplePortal
from tests.conftest import Demo, free_port, muniment


def urls(archive: Path) -> set[str]:
    with closing(sqlite3.connect(archive)) as db:
        return {url for (url,) in db.execute("SELECT url FROM articles")}


def paths(archive: Path) -> set[tuple[str, str]]:
    """The articles without the port, which differs from demo to demo."""
    return {(str(parts.hostname), parts.path + parts.query) for parts in map(urlsplit, urls(archive))}


def expected(port: int, edition: int) -> set[str]:
    with SamplePortal(port=port, second_port=port + 1, edition=edition) as portal:
        return {article.url for each in (portal.articles(), portal.second_articles()) for article in each}


def test_the_first_run_archives_the_whole_sample_and_shows_it(demo: Demo) -> None:
    shown = demo.first.stdout
    assert (demo.first.returncode, demo.first.stderr) == (0, "")
    assert urls(demo.folder / "first.db") == expected(demo.port, 0)
    assert re.search(r"Archived: 1\d\d articles, \d+ captions, \d+ people in bylines", shown)
    assert re.search(r"^headline +Đại hội Chi bộ phòng Giáo dục và Đào tạo *$", shown, re.MULTILINE)
    assert re.search(r"^published_at +2020-01-08T16:50\+07:00 *$", shown, re.MULTILINE)
    assert re.search(r"^byline +Thu Hằng", shown, re.MULTILINE)
    commands = re.findall(r"^\$ (.*)$", shown, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["muniment"] * 2 + ["sqlite-utils"] * 3 + ["muniment"]
    for answer in shown.split("\n$ sqlite-utils")[1:]:
        assert "2020-01-08T16:50+07:00" in answer or "Bỏ phiếu bầu Ban Chi ủy" in answer
    assert "archive.warc/" in shown


def test_the_second_run_brings_only_what_changed(demo: Demo) -> None:
    assert (demo.second.returncode, demo.second.stderr) == (0, "")
    shown = demo.second.stdout
    assert [len(re.findall(rf"^  {what} ", shown, re.MULTILINE)) for what in ("new", "edited", "removed")] == [2, 1, 1]
    assert "none" not in shown
    asked, spared = re.findall(r"of (\d+) pages .*\n?send (\d+),", shown)[0]
    assert int(spared) > int(asked) // 2
    assert f"http://127.0.0.1:{demo.port}/" in shown
    kept = urls(demo.folder / "archive.db")
    assert kept == expected(demo.port, 0) | expected(demo.port, 1)


def test_every_warc_record_is_sound(demo: Demo) -> None:
    files = sorted(map(str, (demo.folder / "archive.warc").glob("*.warc.gz")))
    assert files
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = muniment(tmp_path, "demo", "--port", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"the ports {port} and {port + 1}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_is_none_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("my diary, do not touch", encoding="utf-8")
    done = muniment(tmp_path, "demo", "--port", str(free_port()))
    assert (done.returncode, len(done.stderr.splitlines())) == (6, 1)
    assert (tmp_path / "archive.db").read_text(encoding="utf-8") == "my diary, do not touch"


@contextmanager
def demo_under_way(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A demo in a process group of its own, some way into its crawl."""
    command = [sys.executable, "-m", "crawler.cli", "demo", "--port", str(port)]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=folder, start_new_session=True, **pipes) as process:
        try:
            while process.poll() is None and captures(folder / "archive.db") < 60:
                time.sleep(0.05)
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 4), (signal.SIGKILL, -9)])
def test_a_demo_that_was_stopped_goes_on_in_the_next_run(
    demo: Demo, tmp_path: Path, how: signal.Signals, code: int
) -> None:
    port = free_port()
    with demo_under_way(tmp_path, port) as process:
        os.killpg(process.pid, how)
        _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert b"Traceback" not in told
    before = len(urls(tmp_path / "archive.db"))
    done = muniment(tmp_path, "demo")
    assert (done.returncode, "Archived: " in done.stdout) == (0, True), done.stderr
    assert 0 < before < len(urls(tmp_path / "archive.db"))
    assert paths(tmp_path / "archive.db") == paths(demo.folder / "first.db")


def captures(archive: Path) -> int:
    if not archive.exists():
        return 0
    with closing(sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)) as db, suppress(sqlite3.OperationalError):
        return int(db.execute("SELECT count(*) FROM captures").fetchone()[0])
    return 0


def test_serve_runs_the_portal_until_interrupted(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "crawler.cli", "demo", "--serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        assert f"http://127.0.0.1:{port}/" in serving.stdout.readline()
        told = muniment(tmp_path, "extract", f"http://127.0.0.1:{port}/", "--json")
        serving.send_signal(signal.SIGINT)
        serving.wait(30)
    assert (told.returncode, json.loads(told.stdout)["kind"]) == (3, "listing")
    assert serving.returncode == 4
    assert list(tmp_path.iterdir()) == []
