"""What can go wrong with a portal or the archive: the crawl says so in a line, goes on where it can, loses nothing."""

import ctypes
import os
import resource
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.sample.faults import Faults, Switch
from crawler.sample.server import SamplePortal
from crawler.sample.wire import Hit
from tests.conftest import free_port
from tests.crawling import (
    check_captures,
    check_clear,
    check_warcs,
    checkout,
    column,
    command,
    declare,
    environment,
    expected,
    headers,
    muniment,
    rows,
    said,
)

SLUG = "xx-town"
CORNER = "/en/news/"
LAST = "5000004.html"
"""The English corner of the town: a listing and its articles, which is all that these crawls ask for."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A crawl that ended: what it said, what was asked, what is archived."""

    url: str
    archive: Path
    done: subprocess.CompletedProcess[str]
    hits: list[Hit]

    @property
    def articles(self) -> set[str]:
        """The URLs of the articles."""
        return set(column(self.archive, "SELECT url FROM articles"))

    def asked(self, part: str) -> list[Hit]:
        """The requests whose path holds ``part``."""
        return [hit for hit in self.hits if part in hit.path]


@dataclass(frozen=True, kw_only=True)
class Corner:
    """The English corner of the sample town, declared as a portal."""

    portal: SamplePortal
    source: Path
    archive: Path

    @property
    def urls(self) -> list[str]:
        """Its articles."""
        return [article.url for article in self.portal.articles() if CORNER in article.url]

    @property
    def last(self) -> str:
        """The path of one of them."""
        return self.urls[-1].removeprefix(self.portal.url)

    def crawl(self, *options: str, **faults: Switch) -> Ended:
        """Crawl it while ``faults`` are switched on, and check what holds after every crawl."""
        self.portal.faults = Faults(**faults)  # type: ignore[arg-type]
        before = len(self.portal.requests)
        done = muniment("crawl", SLUG, *options, cwd=self.archive.parent, source=self.source)
        self.portal.faults = Faults()
        check_warcs(self.archive)
        check_captures(self.archive)
        return Ended(url=self.portal.url, archive=self.archive, done=done, hits=self.portal.requests[before:])


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town."""
    with SamplePortal(articles=40) as portal:
        yield portal


def declare_corner(source: Path, slug: str, url: str) -> None:
    declare(source, slug, url, include=("/en/",), more=f'seeds = [{{listing = "{url}en/"}}]')


@pytest.fixture(scope="module")
def source(town: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The software with the corner declared."""
    source = checkout(tmp_path_factory.mktemp("source"))
    declare_corner(source, SLUG, town.url)
    return source


@pytest.fixture
def corner(town: SamplePortal, source: Path, tmp_path: Path) -> Corner:
    """The corner, not yet crawled."""
    return Corner(portal=town, source=source, archive=tmp_path / "archive.db")


LASTING: Mapping[str, dict[str, Switch]] = {
    "cut": {"cut": Switch(pattern=LAST)},
    "robots": {"robots": Switch(pattern="robots")},
    "down": {"unavailable": Switch(pattern="/en/")},
    "nobody": {},
}


@pytest.fixture(scope="module")
def patient(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Ended]:
    """Crawls of portals that do not heal: they wait for most of their time, so all of them at once."""
    with ThreadPoolExecutor(len(LASTING)) as pool:
        crawls = {
            name: pool.submit(crawl_lasting, name, source, tmp_path_factory.mktemp(name) / "archive.db")
            for name in LASTING
        }
        return {name: crawl.result() for name, crawl in crawls.items()}


def crawl_lasting(name: str, source: Path, archive: Path) -> Ended:
    with SamplePortal(articles=40, faults=Faults(**LASTING[name])) as portal:  # type: ignore[arg-type]
        url = f"http://127.0.0.1:{free_port()}/" if name == "nobody" else portal.url
        declare_corner(source, f"xx-{name}", url)
        done = muniment("crawl", f"xx-{name}", cwd=archive.parent, source=source)
        return Ended(url=url, archive=archive, done=done, hits=portal.requests)


def test_a_page_that_is_unavailable_once_is_asked_again(corner: Corner) -> None:
    ended = corner.crawl(unavailable=Switch(pattern=corner.last, times=1))
    check_clear(ended.done, 0, "done after", "1 failed")
    assert ended.articles == set(corner.urls)
    assert [hit.status for hit in ended.asked(corner.last)] == [503, 200]


def test_a_refusal_with_retry_after_is_honoured(corner: Corner) -> None:
    ended = corner.crawl(throttled=Switch(pattern=CORNER, times=1, seconds=4))
    check_clear(ended.done, 0, "done after")
    assert ended.articles == set(corner.urls)
    refused = next(i for i, hit in enumerate(ended.hits) if hit.status == 429)
    assert ended.hits[refused + 1].at - ended.hits[refused].at >= 4


def test_a_refusal_for_longer_than_a_crawl_waits_ends_it(corner: Corner) -> None:
    ended = corner.crawl(throttled=Switch(pattern=corner.last, times=1, seconds=3600))
    check_clear(ended.done, 7, "rate limited")
    assert ended.hits[-1].status == 429
    again = corner.crawl()
    check_clear(again.done, 7, "rate limited")
    assert again.hits == []
    paused = column(corner.archive, "SELECT round((julianday(paused_until) - julianday('now')) * 24, 1) FROM portals")
    assert 0.9 <= paused[0] <= 1.1


@pytest.mark.parametrize("fault", ["cut", "truncated_gzip"])
def test_an_answer_that_came_cut_off_is_healed_by_a_later_one(corner: Corner, fault: str) -> None:
    ended = corner.crawl(**{fault: Switch(pattern=corner.last, times=1)})
    check_clear(ended.done, 0, "done after")
    assert len(ended.asked(corner.last)) == 2
    captures = rows(corner.archive, f"SELECT status, error FROM captures WHERE url LIKE '%{corner.last}' ORDER BY id")
    assert captures == [{"status": 200, "error": "truncated: disconnect"}, {"status": 200, "error": None}]
    truncated = [r["WARC-Target-URI"] for r in headers(corner.archive) if "WARC-Truncated" in r]
    assert truncated == [corner.urls[-1]]
    assert column(corner.archive, "SELECT DISTINCT versions FROM articles") == [1]
    whole = {article.url: expected(article)["body"] for article in corner.portal.articles()}
    assert column(corner.archive, f"SELECT body FROM articles WHERE url LIKE '%{corner.last}'") == [
        whole[corner.urls[-1]]
    ]


def test_an_answer_that_is_always_cut_off_is_kept_as_far_as_it_came(patient: Mapping[str, Ended]) -> None:
    ended = patient["cut"]
    check_clear(ended.done, 0, "done after")
    assert 2 <= len(ended.asked(LAST)) <= 5
    errors = column(ended.archive, f"SELECT error FROM captures WHERE url LIKE '%{LAST}'")
    assert set(errors) == {"truncated: disconnect"}
    reasons = column(ended.archive, f"SELECT reason FROM frontier WHERE url LIKE '%{LAST}'")
    assert reasons == ["truncated: disconnect"]
    assert len(ended.articles) == 5
    truncated = [r["WARC-Target-URI"] for r in headers(ended.archive) if "WARC-Truncated" in r]
    assert {url.rpartition("-")[2] for url in truncated} == {LAST}


def test_a_soft_404_is_no_article_and_takes_none_away(corner: Corner) -> None:
    first = corner.crawl(soft_404=Switch(pattern=corner.last))
    check_clear(first.done, 0)
    assert first.articles == set(corner.urls[:-1])
    corner.crawl("--recheck")
    later = corner.crawl("--recheck", soft_404=Switch(pattern=corner.last))
    check_clear(later.done, 0, "1 gone")
    verdicts = {row["url"]: row["verdict"] for row in rows(corner.archive, "SELECT url, verdict FROM articles")}
    assert verdicts == dict.fromkeys(corner.urls, "live") | {corner.urls[-1]: "soft-404"}
    assert column(corner.archive, "SELECT DISTINCT versions FROM articles") == [1]


def test_a_redirect_loop_is_left_after_a_few_requests(corner: Corner) -> None:
    ended = corner.crawl(redirect_loop=Switch(pattern=corner.last))
    check_clear(ended.done, 0)
    assert ended.articles == set(corner.urls[:-1])
    assert len(ended.asked(corner.last)) <= 7
    assert {hit.status for hit in ended.asked(corner.last)} == {302}


def test_a_giant_page_is_kept_and_the_crawl_goes_on(corner: Corner) -> None:
    most = peak(corner, giant=Switch(pattern=corner.last, megabytes=50))
    assert column(corner.archive, "SELECT bytes > 50 * 1024 * 1024 FROM captures ORDER BY bytes DESC LIMIT 1") == [1]
    assert set(corner.urls[:-1]) <= set(column(corner.archive, "SELECT url FROM articles"))
    assert most < 600_000, f"{most} KB"
    check_warcs(corner.archive)
    check_captures(corner.archive)


def peak(corner: Corner, *options: str, **faults: Switch) -> int:
    """The most memory, in KB, that a crawl took."""
    corner.portal.faults = Faults(**faults)  # type: ignore[arg-type]
    child = subprocess.Popen(
        command("crawl", SLUG, *options),
        cwd=corner.archive.parent,
        env=environment(corner.source),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    corner.portal.faults = Faults()
    assert child.returncode == 0
    return usage.ru_maxrss


def test_a_hundred_thousand_nested_elements_are_one_page_among_others(corner: Corner) -> None:
    started = time.monotonic()
    ended = corner.crawl(nested=Switch(pattern=corner.last))
    check_clear(ended.done, 0)
    assert set(corner.urls[:-1]) <= ended.articles
    assert time.monotonic() - started < 20


def test_nul_bytes_do_not_hide_an_article(corner: Corner) -> None:
    ended = corner.crawl(nul_bytes=Switch(pattern=corner.last))
    check_clear(ended.done, 0)
    truth = {article.url: article.headline for article in corner.portal.articles()}
    assert column(corner.archive, f"SELECT headline FROM articles WHERE url LIKE '%{corner.last}'") == [
        truth[corner.urls[-1]]
    ]


def test_a_login_page_is_no_edit_of_the_article(corner: Corner) -> None:
    corner.crawl()
    before = said(corner.archive)
    ended = corner.crawl("--recheck", login=Switch(pattern=CORNER))
    check_clear(ended.done, 0)
    assert said(corner.archive) == before


def test_nothing_is_fetched_while_robots_txt_is_unavailable(patient: Mapping[str, Ended], corner: Corner) -> None:
    ended = patient["robots"]
    check_clear(ended.done, 1, "robots.txt unavailable", "no portal is crawled while")
    assert {hit.path for hit in ended.hits} == {"/robots.txt"}
    assert len(ended.hits) < 10
    assert set(column(ended.archive, "SELECT url FROM captures WHERE status > 0")) == {ended.url + "robots.txt"}


def test_a_portal_that_is_down_is_left_after_a_few_requests(patient: Mapping[str, Ended]) -> None:
    ended = patient["down"]
    check_clear(ended.done, 1, "portal down", "tries again")
    assert 2 <= len(ended.hits) < 15


def test_a_portal_that_was_down_is_found_again(corner: Corner) -> None:
    ended = corner.crawl(unavailable=Switch(pattern="/", times=3))
    check_clear(ended.done, 0)
    assert ended.articles == set(corner.urls)


def test_a_portal_that_nobody_serves_ends_with_a_line(patient: Mapping[str, Ended]) -> None:
    ended = patient["nobody"]
    check_clear(ended.done, 1, "portal down", "4 failed")
    assert column(ended.archive, "SELECT DISTINCT status FROM captures") == [0]


def test_a_slow_answer_is_waited_for(corner: Corner) -> None:
    ended = corner.crawl(slow=Switch(pattern=corner.last, seconds=2))
    check_clear(ended.done, 0)
    assert ended.articles == set(corner.urls)
    assert len(ended.asked(corner.last)) == 1


def test_an_answer_later_than_the_timeout_is_a_failure_that_heals(corner: Corner) -> None:
    declare_corner(corner.source, "xx-hasty", corner.portal.url)
    with (corner.source / "spiders" / "xx-hasty.toml").open("a") as file:
        file.write("timeout = 1\n")
    corner.portal.faults = Faults(slow=Switch(pattern=corner.last, seconds=3, times=1))
    done = muniment("crawl", "xx-hasty", cwd=corner.archive.parent, source=corner.source)
    corner.portal.faults = Faults()
    check_clear(done, 0, "1 failed")
    assert set(column(corner.archive, "SELECT url FROM articles")) == set(corner.urls)
    failures = column(corner.archive, "SELECT error FROM captures WHERE status = 0")
    assert len(failures) == 1 and "Timeout" in failures[0]


def test_an_endless_url_space_takes_a_bounded_share(town: SamplePortal, tmp_path: Path) -> None:
    before = len(town.requests)
    town.faults = Faults(endless=True)
    done = muniment("crawl", town.url, cwd=tmp_path)
    town.faults = Faults()
    check_clear(done, 0)
    paths = Counter("calendar" if "lich-cong-tac" in hit.path else "site" for hit in town.requests[before:])
    assert paths["calendar"] <= 60
    assert paths["site"] < 200


def obey_permissions() -> None:
    """Make the modes of files count for this process, even when it is root's."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):
            libc.prctl(24, capability, 0, 0, 0)


def small_disk(limit: int) -> Callable[[], None]:
    """Let no file of this process grow beyond ``limit`` bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def crawl_as(corner: Corner, prepare: Callable[[], None], *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("crawl", SLUG, *options),
        cwd=corner.archive.parent,
        env=environment(corner.source),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=prepare,
        check=False,
    )


def check_one_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    check_clear(done, code, *words)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize("kind", ["database", "text", "folder"])
def test_what_is_not_an_archive_is_left_alone(corner: Corner, kind: str) -> None:
    if kind == "database":
        with sqlite3.connect(corner.archive) as db:
            db.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
        db.close()
    elif kind == "text":
        corner.archive.write_text("Dear diary,\n" * 100)
    else:
        corner.archive.mkdir()
    before = corner.archive.read_bytes() if corner.archive.is_file() else b""
    done = muniment("crawl", SLUG, cwd=corner.archive.parent, source=corner.source)
    if kind == "folder":
        check_clear(done, 2, "archive.db")
    else:
        check_one_line(done, 6, "archive.db", "--archive")
        assert corner.archive.read_bytes() == before
    assert [path.name for path in corner.archive.parent.iterdir()] == ["archive.db"]


def test_a_folder_that_cannot_be_written_is_told(corner: Corner) -> None:
    corner.archive.parent.chmod(0o555)
    try:
        check_one_line(crawl_as(corner, obey_permissions), 6, "archive.db", "written")
    finally:
        corner.archive.parent.chmod(0o755)
    assert list(corner.archive.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(corner: Corner) -> None:
    done = muniment("crawl", SLUG, "--archive", "nowhere/archive.db", cwd=corner.archive.parent, source=corner.source)
    check_one_line(done, 6, "nowhere/archive.db", "folder")
    assert list(corner.archive.parent.iterdir()) == []


def test_an_archive_that_cannot_be_written_is_told(corner: Corner) -> None:
    corner.crawl()
    before = said(corner.archive)
    corner.archive.chmod(0o444)
    check_one_line(crawl_as(corner, obey_permissions), 6, "archive.db", "written")
    assert said(corner.archive) == before


@pytest.mark.parametrize("limit", [20_000, 300_000, 400_000])
def test_a_full_disk_ends_the_crawl_and_loses_nothing(corner: Corner, limit: int) -> None:
    done = crawl_as(corner, small_disk(limit))
    check_one_line(done, 6)
    assert "disk" in done.stderr or "File too large" in done.stderr
    again = corner.crawl()
    check_clear(again.done, 0)
    assert again.articles == set(corner.urls)
    assert column(corner.archive, "SELECT DISTINCT versions FROM articles") == [1]


def test_a_crawl_that_failed_is_not_called_killed(corner: Corner) -> None:
    check_one_line(crawl_as(corner, small_disk(400_000)), 6)
    assert column(corner.archive, "SELECT outcome FROM crawls") == ["failed"]
    check_clear(corner.crawl().done, 0, "an earlier crawl failed: archive.warc/", "1 captures entered")


def test_a_wrong_key_is_told_with_file_and_key(corner: Corner) -> None:
    wrong = corner.source / "spiders" / "xx-wrong.toml"
    wrong.write_text(f'name = "W"\nurl = "{corner.portal.url}"\ntimezone = "UTC"\nfeeds = []\n')
    try:
        done = muniment("crawl", "xx-wrong", cwd=corner.archive.parent, source=corner.source)
        check_one_line(done, 2, "xx-wrong.toml", "feeds")
        assert not corner.archive.exists()
        check_clear(corner.crawl().done, 0)
    finally:
        wrong.unlink()


def test_a_second_crawl_of_the_same_portal_is_refused(corner: Corner) -> None:
    corner.portal.faults = Faults(slow=Switch(seconds=60))
    before = len(corner.portal.requests)
    running = subprocess.Popen(
        command("crawl", SLUG),
        cwd=corner.archive.parent,
        env=environment(corner.source),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(corner.portal.requests) == before:  # robots.txt is answered, all else waits
        time.sleep(0.02)
    refused = muniment("crawl", SLUG, cwd=corner.archive.parent, source=corner.source)
    corner.portal.faults = Faults()
    out, err = running.communicate(timeout=60)
    check_one_line(refused, 5, SLUG, "running")
    assert running.returncode == 0, out + err
    assert set(column(corner.archive, "SELECT url FROM articles")) == set(corner.urls)


def test_two_portals_are_crawled_into_one_archive_at_once(corner: Corner) -> None:
    other = subprocess.Popen(
        command("crawl", corner.portal.second_url),
        cwd=corner.archive.parent,
        env=environment(corner.source),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    ended = muniment("crawl", SLUG, cwd=corner.archive.parent, source=corner.source)
    out, err = other.communicate(timeout=60)
    check_clear(ended, 0)
    assert other.returncode == 0, out + err
    found = set(column(corner.archive, "SELECT url FROM articles"))
    assert found == {*corner.urls, *(article.url for article in corner.portal.second_articles())}
    check_warcs(corner.archive)
    check_captures(corner.archive)
