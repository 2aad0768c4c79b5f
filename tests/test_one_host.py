"""Two portals of an archive on one host: the host is asked no more often, and no sooner, than if it were one."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html
from crawler.sample.faults import Faults, Switch
from tests.crawling import bare_checkout, check_clear, command, declare, environment, muniment, rows
from tests.sites import Site, headline, listing, serving, story

DISTRICTS = ("east", "west")


@dataclass(frozen=True, kw_only=True)
class Province:
    """A host on which two districts have their portals."""

    source: Path
    site: Site

    def crawl(self, *arguments: str) -> tuple[subprocess.CompletedProcess[str], int]:
        """How a crawl ended, and how many requests it made."""
        before = len(self.site.hits)
        done = muniment("crawl", *arguments, cwd=self.source.parent, source=self.source)
        return done, len(self.site.hits) - before

    def append(self, text: str) -> None:
        """Write more into both portal files, at their end: into [politeness]."""
        for district in DISTRICTS:
            with (self.source / "spiders" / f"xx-{district}.toml").open("a", encoding="utf-8") as file:
                file.write(text)


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    source = bare_checkout(tmp_path / "source")
    answers = {f"/{name}/": html(listing(name, 6)) for name in DISTRICTS}
    answers |= {f"/{name}/{n}": Answer(body=story(headline(name, n))) for name in DISTRICTS for n in range(6)}
    site = Site(answers=answers)
    with serving(site) as url:
        for name in DISTRICTS:
            declare(
                source,
                f"xx-{name}",
                f"{url}{name}/",
                include=(f"/{name}/",),
                more=f'seeds = [{{listing = "{url}{name}/"}}]',
            )
        yield Province(source=source, site=site)


def test_the_budget_of_a_day_is_one_for_both(province: Province) -> None:
    province.append("budget = 10\n")
    first, asked = province.crawl("xx-east")
    check_clear(first, 0, "6 new")
    assert asked == 8
    second, asked = province.crawl("xx-west")
    check_clear(second, 4, "budget spent")
    assert asked == 2


def test_a_pause_that_the_host_asks_one_for_holds_for_the_other(province: Province) -> None:
    province.site.answers["/east/3"] = Answer(status=429, body=b"busy", headers={"Retry-After": "7200"})
    first, _ = province.crawl("xx-east")
    check_clear(first, 7, "rate limited")
    other, asked = province.crawl("xx-west")
    check_clear(other, 7, "rate limited")
    due, asked_in_turns = province.crawl("--due")
    check_clear(due, 0, "nothing is due before")
    assert (asked, asked_in_turns) == (0, 0)


def test_a_host_is_asked_by_one_crawl_at_a_time(province: Province) -> None:
    province.site.faults = Faults(slow=Switch(pattern="/east/", seconds=1))
    running = subprocess.Popen(
        command("crawl", "xx-east"),
        cwd=province.source.parent,
        env=environment(province.source),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not province.site.hits:
        time.sleep(0.02)
    refused = muniment("crawl", "xx-west", cwd=province.source.parent, source=province.source)
    check_clear(refused, 5, "xx-west: another portal on 127.0.0.1:", "is being crawled", "wait for it or stop it")
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, out + err
    assert not [hit for hit in province.site.hits if hit.path.startswith("/west/")]


def test_turns_of_both_come_one_after_the_other(province: Province) -> None:
    check_clear(province.crawl("--due", "--jobs", "2")[0], 0, "xx-east: exit code 0", "xx-west: exit code 0")
    first, second = rows(
        province.source.parent / "archive.db", "SELECT started_at, finished_at FROM crawls ORDER BY started_at"
    )
    assert first["finished_at"] <= second["started_at"]
