"""A portal stays one by its URL: crawled undeclared and declared later, or declared in a file that was moved since."""

import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html
from crawler.sample.faults import Switch
from tests.crawling import (
    bare_checkout,
    check_captures,
    check_clear,
    check_warcs,
    column,
    command,
    declare,
    environment,
    muniment,
)
from tests.sites import Site, headline, listing, serving, story

COUNT = 6


@dataclass(frozen=True, kw_only=True)
class Town:
    """A town's site, and a checkout of the software in which no portal is declared."""

    source: Path
    site: Site
    url: str

    @property
    def archive(self) -> Path:
        return self.source.parent / "archive.db"

    @property
    def undeclared(self) -> str:
        """The slug of the portal while it is known by its URL alone."""
        return self.url.removeprefix("http://").strip("/").replace(".", "-").replace(":", "-")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return muniment(*arguments, cwd=self.source.parent, source=self.source)

    def crawl(self, *arguments: str) -> tuple[subprocess.CompletedProcess[str], int]:
        """How a crawl ended, and how many requests it made."""
        before = len(self.site.hits)
        return self.run("crawl", *arguments), len(self.site.hits) - before

    def slugs(self) -> list[str]:
        return column(self.archive, "SELECT slug FROM portals ORDER BY slug")

    def check_whole(self, slug: str) -> None:
        """One portal has all there is, and the index names it."""
        assert self.slugs() == [slug]
        assert column(self.archive, "SELECT count(*) FROM articles") == [COUNT]
        assert column(self.archive, "SELECT count(*) - count(DISTINCT url) FROM frontier") == [0]
        found = self.run("search", "council", "--portal", slug)
        assert (found.returncode, found.stdout.count(f"{slug} | http")) == (0, COUNT), found.stdout + found.stderr
        check_clear(self.run("check"), 0)
        check_captures(self.archive)
        check_warcs(self.archive)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    source = bare_checkout(tmp_path / "source")
    answers = {"/": html(listing("news", COUNT))}
    answers |= {f"/news/{n}": Answer(body=story(headline("news", n))) for n in range(COUNT)}
    site = Site(answers=answers)
    with serving(site) as url:
        yield Town(source=source, site=site, url=url)


def test_a_portal_that_is_declared_after_its_first_crawl_stays_one(town: Town) -> None:
    first, asked = town.crawl(town.url)
    check_clear(first, 0, "6 new")
    declare(town.source, "xx-town", town.url.rstrip("/"))
    again, asked_again = town.crawl("xx-town")
    check_clear(again, 0, f"xx-town: it was {town.undeclared} in this archive, by its URL; its 6 articles go over")
    assert again.stderr.count("\n") == 1 and "catch-up" in again.stdout
    assert asked_again < asked
    town.check_whole("xx-town")
    assert town.crawl("xx-town")[0].stderr == ""


def test_a_file_that_was_moved_declares_the_same_portal(town: Town) -> None:
    declare(town.source, "xx-town", town.url)
    check_clear(town.crawl("xx-town")[0], 0, "6 new")
    moved = town.source / "spiders" / "yy" / "town.toml"
    moved.parent.mkdir()
    with (town.source / "spiders" / "xx-town.toml").open("a", encoding="utf-8") as file:
        file.write("budget = 13\n")
    (town.source / "spiders" / "xx-town.toml").rename(moved)
    again, asked = town.crawl("yy-town", "--recheck")
    check_clear(again, 4, "yy-town: it was xx-town in this archive", "budget spent")
    assert asked == 13 - len(column(town.archive, "SELECT id FROM captures WHERE crawl_id = 1"))
    town.check_whole("yy-town")


def test_a_url_that_two_files_declare_is_two_portals(town: Town) -> None:
    for slug in ("xx-one", "xx-two"):
        declare(town.source, slug, town.url)
        assert "in this archive" not in town.crawl(slug)[0].stderr
    assert town.slugs() == ["xx-one", "xx-two"]


def test_only_a_portal_that_nobody_declared_may_be_the_one_of_a_wrong_file(town: Town) -> None:
    (town.source / "spiders" / "xx-wrong.toml").write_text(f'nmae = "Town"\nurl = "{town.url}"\n', encoding="utf-8")
    done, _ = town.crawl(town.url)
    check_clear(done, 0, "xx-wrong.toml: nmae: unknown key", f"if it declares {town.url}, mend it first")
    declare(town.source, "xx-town", town.url)
    done, _ = town.crawl("xx-town")
    check_clear(done, 0)
    assert "xx-wrong" not in done.stderr


def test_turns_take_over_too(town: Town) -> None:
    check_clear(town.crawl(town.url)[0], 0, "6 new")
    declare(town.source, "xx-town", town.url)
    check_clear(town.crawl("--due")[0], 0, "xx-town: exit code 0", "6 articles go over")
    town.check_whole("xx-town")


def test_what_a_killed_crawl_left_under_the_old_slug_is_entered(town: Town) -> None:
    """Records without a row, in a file that has the old slug in its name and was never finished."""
    town.site.faults.slow = held = Switch(pattern="/news/3", seconds=60)
    running = subprocess.Popen(command("crawl", town.url), cwd=town.source.parent, env=environment(town.source))
    while not held.struck:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    town.site.faults.slow = None
    with sqlite3.connect(town.archive) as db:
        db.execute("DELETE FROM captures WHERE id = (SELECT max(id) FROM captures WHERE status = 404)")
    declare(town.source, "xx-town", town.url)
    done, _ = town.crawl("xx-town")
    check_clear(done, 0, "an earlier crawl was killed", "1 captures entered", f"it was {town.undeclared}")
    assert column(town.archive, "SELECT count(*) FROM captures WHERE crawl_id IS NULL") == [1]
    town.check_whole("xx-town")


def test_pages_recorded_under_a_moved_file_are_read_by_that_file(town: Town) -> None:
    declare(town.source, "xx-town", town.url)
    check_clear(town.crawl("xx-town")[0], 0, "6 new")
    (town.source / "spiders" / "xx-town.toml").unlink()
    declare(town.source, "yy-town", town.url, more='[select]\nbyline = "title"')
    check_clear(town.run("reextract"), 0)
    assert set(column(town.archive, "SELECT byline IS NOT NULL FROM articles")) == {1}
