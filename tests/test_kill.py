"""A crawl that is killed at any moment goes on with the same command, and ends as if nothing had happened."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.sample.faults import Faults, Switch
from crawler.sample.server import SamplePortal
from tests.crawling import (
    check_captures,
    check_clear,
    check_warcs,
    column,
    command,
    environment,
    muniment,
    rows,
    said,
)

KILLS = 10
STEPS = (
    "begun",
    "capture recorded",
    "article inserted",
    "version placed",
    "parts written",
    "story joined",
    "outcome settled",
    "links added",
    "frontier row done",
    "committed",
)
"""The points of storing a new article at which ``Archive.at_step`` is called."""

DRIVER = """
import os, signal, sys
from crawler.archive import Archive
from crawler.cli import main
from crawler.warc import WarcFolder

fatal, times = sys.argv[1], int(sys.argv[2])
passed = 0

def step(name):
    global passed
    passed += name == fatal
    if passed == times:
        os.kill(os.getpid(), signal.SIGKILL)

def open_(path, **options):
    archive = opened(path, **options)
    archive.at_step = step
    return archive

def write(folder, exchange):
    place = written(folder, exchange)
    step("record written")
    return place

def reconcile(archive, found, **where):
    step("recovering")
    return reconciled(archive, found, **where)

opened, Archive.open = Archive.open, open_
reconciled, Archive.reconcile = Archive.reconcile, reconcile
written, WarcFolder.write = WarcFolder.write, write
main(sys.argv[3:])
"""
"""`muniment`, which kills itself when it passes a step for the n-th time."""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What uninterrupted crawls left: of the first day, and of the day after."""

    first: list[dict[str, Any]]
    second: list[dict[str, Any]]
    archive: Path
    requests: int


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town."""
    with SamplePortal(articles=40) as portal:
        yield portal


@pytest.fixture(scope="module")
def whole(town: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The uninterrupted crawls."""
    archive = tmp_path_factory.mktemp("whole") / "archive.db"
    check_clear(muniment("crawl", town.url, cwd=archive.parent), 0)
    requests, first = len(town.requests), said(archive)
    kept = Path(shutil.copytree(archive.parent, tmp_path_factory.mktemp("first") / "kept")) / archive.name
    town.edition = 1
    check_clear(muniment("crawl", town.url, "--recheck", cwd=archive.parent), 0)
    town.edition = 0
    return Whole(first=first, second=said(archive), archive=kept, requests=requests)


@pytest.fixture
def archive(town: SamplePortal, tmp_path: Path) -> Iterator[Path]:
    """An archive to be; afterwards the town is as before."""
    yield tmp_path / "archive.db"
    town.faults, town.edition = Faults(), 0


def start(town: SamplePortal, archive: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("crawl", town.url, *options),
        cwd=archive.parent,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def after_requests(town: SamplePortal, crawl: subprocess.Popen[str], count: int) -> None:
    """Wait until the town was asked ``count`` times more, or the crawl has ended."""
    wanted = len(town.requests) + count
    while len(town.requests) < wanted and crawl.poll() is None:
        time.sleep(0.001)


def torn(archive: Path) -> list[Path]:
    """The WARC files that a killed crawl left open."""
    return sorted(archive.with_suffix(".warc").glob("*.open"))


def dies_at(step: str, town: SamplePortal, archive: Path, *options: str, times: int = 1) -> None:
    """Crawl until the process kills itself at a step."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, step, str(times), "crawl", town.url, *options],
        cwd=archive.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


def check_goes_on(town: SamplePortal, archive: Path, before: list[dict[str, Any]], *options: str) -> None:
    """The same command ends the crawl, and the archive is as ``before``: that of an uninterrupted one."""
    left = torn(archive)
    done = muniment("crawl", town.url, *options, cwd=archive.parent)
    check_clear(done, 0, *("an earlier crawl was killed" for _ in left))
    assert torn(archive) == []
    assert said(archive) == before
    check_warcs(archive)
    check_captures(archive)
    assert column(archive, "SELECT url FROM frontier WHERE state = 'leased'") == []


def test_killed_at_random_moments_it_ends_the_same(town: SamplePortal, whole: Whole, archive: Path) -> None:
    dice, before = random.Random(20), len(town.requests)
    for _ in range(KILLS):
        crawl = start(town, archive)
        after_requests(town, crawl, dice.randint(1, whole.requests // KILLS * 2))
        time.sleep(dice.random() * 0.03)
        crawl.kill()
        crawl.communicate()
        assert crawl.returncode in (-signal.SIGKILL, 0)
    check_goes_on(town, archive, whole.first)
    asked = Counter(hit.path for hit in town.requests[before:])
    again = {path: times - 1 for path, times in asked.items() if times > 1 and "/tin/" in path}
    assert sum(again.values()) <= KILLS
    outcomes = Counter(column(archive, "SELECT coalesce(outcome, 'unfinished') FROM crawls"))
    assert outcomes["unfinished"] >= KILLS // 2


def test_killed_at_every_step_of_a_visit_it_ends_the_same(town: SamplePortal, whole: Whole, archive: Path) -> None:
    for step in (*STEPS, "record written"):
        dies_at(step, town, archive, times=2)
    check_goes_on(town, archive, whole.first)
    killed = len(STEPS) + 1
    assert column(archive, "SELECT count(*) FROM crawls WHERE outcome IS NULL") == [killed]


@pytest.mark.parametrize("step", ["article updated", "story joined"])
def test_killed_while_an_edit_is_stored_it_ends_the_same(
    town: SamplePortal, whole: Whole, archive: Path, step: str
) -> None:
    shutil.copytree(whole.archive.parent, archive.parent, dirs_exist_ok=True)
    town.edition = 1
    dies_at(step, town, archive, "--recheck")
    assert column(archive, "SELECT max(versions) FROM articles") == [1]
    check_goes_on(town, archive, whole.second, "--recheck")


def test_a_torn_record_is_cut_off_and_told(town: SamplePortal, whole: Whole, archive: Path) -> None:
    dies_at("record written", town, archive, times=6)
    (left,) = torn(archive)
    record = left.read_bytes()
    with left.open("ab") as file:
        file.write(record[:100])
    done = muniment("crawl", town.url, cwd=archive.parent)
    check_clear(done, 0, "an earlier crawl was killed", f"{left.name.removesuffix('.open')}", "torn bytes cut off")
    assert "1 recovered captures" in done.stdout
    assert said(archive) == whole.first
    check_warcs(archive)
    check_captures(archive)


def test_killed_while_it_mends_it_mends_again(town: SamplePortal, whole: Whole, archive: Path) -> None:
    dies_at("record written", town, archive, times=6)
    left = torn(archive)
    dies_at("recovering", town, archive)
    assert len(left) == 1 and torn(archive) == left
    check_goes_on(town, archive, whole.first)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_that_is_asked_to_stop_says_how_to_go_on(
    town: SamplePortal, whole: Whole, archive: Path, number: signal.Signals
) -> None:
    crawl = start(town, archive)
    after_requests(town, crawl, 20)
    crawl.send_signal(number)
    out, err = crawl.communicate(timeout=30)
    check_clear(subprocess.CompletedProcess("", crawl.returncode, out, err), 4, "interrupted", "goes on from here")
    assert column(archive, "SELECT outcome FROM crawls") == ["interrupted"]
    assert torn(archive) == []
    check_warcs(archive)
    check_captures(archive)
    check_goes_on(town, archive, whole.first)


def test_a_second_ctrl_c_stops_at_once_and_loses_nothing(town: SamplePortal, whole: Whole, archive: Path) -> None:
    town.faults = Faults(slow=Switch(pattern="/vi-vn/tin/", seconds=20))
    crawl = start(town, archive)
    wait_for(town, "/vi-vn/tin/")
    crawl.send_signal(signal.SIGINT)
    time.sleep(0.5)
    asked = time.monotonic()
    crawl.send_signal(signal.SIGINT)
    out, err = crawl.communicate(timeout=30)
    assert time.monotonic() - asked < 10
    check_clear(subprocess.CompletedProcess("", crawl.returncode, out, err), 4, "goes on from here")
    town.faults = Faults()
    check_goes_on(town, archive, whole.first)


def wait_for(town: SamplePortal, part: str) -> None:
    """Wait until a slow answer to a path that holds ``part`` is under way."""
    slow = town.faults.slow
    while slow is None or not any(part in path or path == "" for path in slow.struck):
        time.sleep(0.01)


def test_rows_of_a_killed_crawl_say_so(town: SamplePortal, archive: Path) -> None:
    dies_at("committed", town, archive, times=3)
    assert rows(archive, "SELECT outcome, finished_at FROM crawls") == [{"outcome": None, "finished_at": None}]
    status = muniment("status", cwd=archive.parent)
    check_clear(status, 1, "unfinished", "killed")
