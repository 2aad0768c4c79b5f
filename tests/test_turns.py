"""Crawls by schedule: what is due is crawled, once, several hosts at a time; limits and signals stop it cleanly."""

import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.cli.exits import combined
from crawler.locks import lock
from crawler.sample.faults import Faults, Switch
from crawler.sample.server import SamplePortal
from tests.crawling import bare_checkout, check_clear, column, command, declare, environment, muniment, rows


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town."""
    with SamplePortal(articles=40) as portal:
        yield portal


@pytest.fixture
def source(town: SamplePortal, tmp_path: Path) -> Path:
    """The software with two portals of this machine declared, and no other."""
    source = bare_checkout(tmp_path / "source")
    seeds = f'seeds = [{{listing = "{town.url}en/"}}]'
    declare(source, "xx-town", town.url, include=("/en/",), more=seeds)
    declare(source, "xx-province", town.second_url)
    return source


@pytest.fixture(autouse=True)
def well(town: SamplePortal) -> Iterator[None]:
    yield
    town.faults = Faults()


def started(source: Path, folder: Path, *arguments: str, most: int | None = None) -> subprocess.Popen[str]:
    """The command, running; ``most`` bytes are all that a file may hold, as on a full disk."""

    limit = f"ulimit -S -f {most // 1024}; " if most else ""
    return subprocess.Popen(
        ["bash", "-c", f'{limit}exec "$@"', "", *command(*arguments)],
        cwd=folder,
        env=environment(source),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def schedule(source: Path, slug: str, text: str) -> None:
    with (source / "spiders" / f"{slug}.toml").open("a", encoding="utf-8") as file:
        file.write(f"[schedule]\n{text}\n")


def test_what_is_due_is_crawled_once_and_then_nothing_is(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    (source / "spiders" / "xx-wrong.toml").write_text('name = "?"\n', encoding="utf-8")
    first = muniment("crawl", "--due", cwd=tmp_path, source=source)
    check_clear(first, 1, "xx-town: exit code 0", "xx-province: exit code 0", "xx-wrong.toml: url: missing")
    archive = tmp_path / "archive.db"
    assert column(archive, "SELECT outcome FROM crawls") == ["done", "done"]
    due = rows(
        archive,
        "SELECT slug, round((julianday(due_at) - julianday(started_at)) * 24, 2) AS hours FROM portals"
        " JOIN crawls ON crawls.portal_id = portals.id ORDER BY slug",
    )
    assert [row["hours"] for row in due] == [6.0, 6.0]
    (source / "spiders" / "xx-wrong.toml").unlink()
    asked = len(town.requests)
    second = muniment("crawl", "--due", cwd=tmp_path, source=source)
    check_clear(second, 0, "nothing is due before")
    assert len(town.requests) == asked


def test_both_hosts_are_crawled_at_the_same_time(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    town.faults = Faults(slow=Switch(pattern="robots.txt", seconds=5))
    check_clear(muniment("crawl", "--due", "--jobs", "2", cwd=tmp_path, source=source), 0)
    begun, ended = (
        column(tmp_path / "archive.db", f"SELECT {name} FROM crawls") for name in ("started_at", "finished_at")
    )
    assert max(begun) <= min(ended)


def test_a_second_one_ends_at_once_and_a_stop_is_clean(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    town.faults = Faults(slow=Switch(seconds=15))
    before = len(town.requests)
    running = started(source, tmp_path, "crawl", "--due")
    while len(town.requests) == before:  # robots.txt is answered, all else waits
        time.sleep(0.02)
    refused = muniment("crawl", "--due", cwd=tmp_path, source=source)
    check_clear(refused, 5, "another 'crawl --due' or 'watch' is running")
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=60)
    town.faults = Faults()
    assert running.returncode == 4, out + err
    assert "xx-town: exit code 4" in out and "Traceback" not in out + err
    archive = tmp_path / "archive.db"
    assert column(archive, "SELECT count(*) FROM frontier WHERE state = 'leased'") == [0]
    check_clear(muniment("crawl", "--due", cwd=tmp_path, source=source), 0, "xx-town: exit code 0")
    urls = {article.url for article in town.articles() if "/en/news/" in article.url}
    assert urls <= set(column(archive, "SELECT url FROM articles"))


def test_a_portal_out_of_its_hours_waits(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    hour = (time.gmtime().tm_hour + 7) % 24
    schedule(source, "xx-town", f'hours = "{(hour + 3) % 24:02}:00-{(hour + 5) % 24:02}:00"')
    check_clear(muniment("crawl", "--due", cwd=tmp_path, source=source), 0, "xx-province: exit code 0")
    assert column(tmp_path / "archive.db", "SELECT DISTINCT slug FROM portals") == ["xx-province"]
    before = len(town.requests)
    check_clear(muniment("crawl", "xx-town", cwd=tmp_path, source=source), 4, "out of hours")
    assert len(town.requests) == before


def test_a_budget_ends_the_crawl_and_holds_for_the_day(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    path = source / "spiders" / "xx-town.toml"
    path.write_text(path.read_text(encoding="utf-8") + "budget = 4\n", encoding="utf-8")
    before = len(town.requests)
    check_clear(muniment("crawl", "xx-town", cwd=tmp_path, source=source), 4, "budget spent")
    assert len(town.requests) - before == 4
    check_clear(muniment("crawl", "xx-town", cwd=tmp_path, source=source), 4, "budget spent")
    assert len(town.requests) - before == 4


def test_a_time_limit_stops_and_the_next_crawl_goes_on(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    for said, why in (("soon", "such as '90s', '20m' or '2h'"), ("20", "or '2h'; write the unit"), ("0s", "no length")):
        refused = muniment("crawl", "--due", "--time-limit", said, cwd=tmp_path, source=source)
        assert refused.returncode == 2 and f"'{said}' is no length of time" in refused.stderr and why in refused.stderr
    town.faults = Faults(slow=Switch(pattern="/en/news/", seconds=1))
    limited = muniment("crawl", "--due", "--time-limit", "4s", cwd=tmp_path, source=source)
    check_clear(limited, 4, "xx-town: exit code 4")
    town.faults = Faults()
    check_clear(muniment("crawl", "xx-town", "--time-limit", "1h", cwd=tmp_path, source=source), 0)
    articles = {article.url for article in town.articles() if "/en/news/" in article.url}
    assert articles <= set(column(tmp_path / "archive.db", "SELECT url FROM articles"))
    neither = muniment("crawl", cwd=tmp_path, source=source)
    assert neither.returncode == 2 and "name one portal" in neither.stderr


def test_watch_crawls_what_is_declared_meanwhile_until_it_is_stopped(
    town: SamplePortal, source: Path, tmp_path: Path
) -> None:
    late = (source / "spiders" / "xx-province.toml").rename(tmp_path / "later.toml")
    watching = started(source, tmp_path, "watch")
    archive = tmp_path / "archive.db"
    assert told(watching).endswith("xx-town: exit code 0\n")
    late.rename(source / "spiders" / "xx-province.toml")
    assert told(watching).endswith("xx-province: exit code 0\n")
    watching.send_signal(signal.SIGINT)
    out, err = watching.communicate(timeout=30)
    assert watching.returncode == 4 and "Traceback" not in out + err
    assert column(archive, "SELECT count(*) FROM crawls") == [2]


def told(watching: subprocess.Popen[str]) -> str:
    """The next line that says how a crawl ended."""
    assert watching.stdout is not None
    return next((line for line in watching.stdout if "exit code" in line), "")


def heard(watching: subprocess.Popen[str], words: str) -> str:
    """The next line of standard error that says ``words``."""
    assert watching.stderr is not None
    return next(line for line in watching.stderr if words in line)


def test_watch_outlives_an_archive_that_was_moved(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    late = (source / "spiders" / "xx-province.toml").rename(tmp_path / "later.toml")
    watching = started(source, tmp_path, "watch")
    archive, away = tmp_path / "archive.db", tmp_path / "away"
    assert told(watching).endswith("xx-town: exit code 0\n")
    away.mkdir()
    files = [path.name for path in tmp_path.iterdir() if path.name.startswith("archive.")]
    for name in files:
        (tmp_path / name).rename(away / name)
    late.rename(source / "spiders" / "xx-province.toml")
    heard(watching, "archive.db: the archive is no longer there; put it back")
    time.sleep(2)
    assert not archive.exists()
    archive.write_text("this is no database, but something that stands in its place")
    time.sleep(5)
    archive.unlink()
    for name in files:
        (away / name).rename(tmp_path / name)
    assert told(watching).endswith("xx-province: exit code 0\n")
    watching.send_signal(signal.SIGTERM)
    out, err = watching.communicate(timeout=30)
    assert watching.returncode == 4 and err.count("can be read again") == 1 and "Traceback" not in out + err
    assert "no longer there" not in err and "not a Muniment archive" not in err
    assert column(archive, "SELECT count(*) FROM crawls") == [2]


def test_watch_outlives_a_full_disk_and_says_so_once(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    (source / "spiders" / "xx-province.toml").unlink()
    watching = started(source, tmp_path, "watch", most=40_000)
    assert told(watching).endswith("xx-town: exit code 6\n")
    heard(watching, "the archive cannot be written; crawls are tried until it can")
    time.sleep(8)
    resource.prlimit(watching.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert told(watching).endswith("xx-town: exit code 0\n")
    heard(watching, "the archive can be written again")
    watching.send_signal(signal.SIGTERM)
    out, err = watching.communicate(timeout=30)
    assert watching.returncode == 4 and "Traceback" not in out + err


def test_watch_that_stops_in_trouble_says_so_in_its_exit_code(source: Path, tmp_path: Path) -> None:
    watching = started(source, tmp_path, "watch", most=40_000)
    heard(watching, "the archive cannot be written")
    watching.send_signal(signal.SIGTERM)
    out, err = watching.communicate(timeout=30)
    assert watching.returncode == 6 and "Traceback" not in out + err
    assert out.count("exit code 6") == 1


def test_a_full_disk_ends_the_crawls_that_are_due(source: Path, tmp_path: Path) -> None:
    due = started(source, tmp_path, "crawl", "--due", "--jobs", "1", most=40_000)
    out, err = due.communicate(timeout=60)
    assert due.returncode == 6 and out.count("exit code 6") == 1 and "Traceback" not in out + err


def test_a_portal_that_cannot_be_crawled_is_not_tried_again_and_again(source: Path, tmp_path: Path) -> None:
    (source / "spiders" / "xx-province.toml").unlink()
    with lock(tmp_path / "archive.warc", "xx-town", "taken"):
        done = muniment("crawl", "--due", cwd=tmp_path, source=source)
    check_clear(done, 0, "xx-town: exit code 5")
    assert done.stdout.count("exit code") == 1


@pytest.mark.parametrize(
    ("codes", "more", "expected"),
    [
        ((), {}, 0),
        ((0, 7, 4, 5), {}, 0),
        ((0, 4), {"stopped": True}, 4),
        ((0, 3, 7), {"stopped": True}, 3),
        ((3, 1), {}, 1),
        ((0,), {"wrong": True}, 1),
        ((2, 3), {}, 1),
        ((0, -9), {}, 1),
        ((1, 6, 3), {"stopped": True, "wrong": True}, 6),
    ],
)
def test_of_several_crawls_the_worst_counts(codes: tuple[int, ...], more: dict[str, bool], expected: int) -> None:
    assert combined(codes, stopped=more.get("stopped", False), wrong=more.get("wrong", False)) == expected


def test_a_portal_that_asks_for_a_pause_is_no_failure(town: SamplePortal, source: Path, tmp_path: Path) -> None:
    town.faults = Faults(throttled=Switch(pattern="/en/", seconds=600))
    done = muniment("crawl", "--due", cwd=tmp_path, source=source)
    check_clear(done, 0, "xx-town: exit code 7", "xx-province: exit code 0")
    assert column(tmp_path / "archive.db", "SELECT outcome FROM crawls ORDER BY outcome") == ["done", "rate limited"]
