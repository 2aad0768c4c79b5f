"""A portal that brought nothing goes out of the archive again; one of which anything is archived stays."""

import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html
from crawler.sample.faults import Switch
from tests.crawling import bare_checkout, check_clear, column, command, declare, environment, muniment
from tests.sites import Site, headline, listing, serving, story


@pytest.fixture
def down() -> Iterator[str]:
    """The URL of a host on which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"


def slug_of(url: str) -> str:
    return url.removeprefix("http://").strip("/").replace(".", "-").replace(":", "-")


def rows_of(archive: Path) -> dict[str, int]:
    """The tables that have rows, without those of the schema itself."""
    names = column(archive, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%portal_id%'")
    counts = {name: column(archive, f"SELECT count(*) FROM {name}")[0] for name in (*names, "portals")}
    return {name: count for name, count in counts.items() if count}


def test_a_mistyped_host_is_unhealthy_until_it_is_forgotten(tmp_path: Path, down: str) -> None:
    slug, archive = slug_of(down), tmp_path / "archive.db"
    check_clear(muniment("crawl", down, "--time-limit", "2s", cwd=tmp_path), 1, "portal down", "tries again")
    check_clear(muniment("status", cwd=tmp_path), 1, "UNHEALTHY", f"{slug}: outcome")
    assert {"portals", "crawls", "captures", "frontier"} <= rows_of(archive).keys()
    check_clear(muniment("portal", "forget", slug, cwd=tmp_path), 0, f"{slug} is forgotten, with 1 crawl and ")
    assert rows_of(archive) == {}
    check_clear(muniment("status", cwd=tmp_path), 3)
    check_clear(muniment("check", cwd=tmp_path), 0)
    check_clear(muniment("portal", "forget", slug, cwd=tmp_path), 2, f"no portal '{slug}'; there are: none")


def test_what_somebody_else_answered_stays_in_its_file(tmp_path: Path) -> None:
    with serving(Site(answers={"/": html("<h1>This name is for sale</h1>")})) as url:
        check_clear(muniment("crawl", url, cwd=tmp_path), 3, "nothing found")
    (warc,) = (tmp_path / "archive.warc").glob("*.warc.gz")
    check_clear(muniment("portal", "forget", slug_of(url), cwd=tmp_path), 0, f"stays in archive.warc/{warc.name}")
    assert rows_of(tmp_path / "archive.db") == {} and warc.exists()
    check_clear(muniment("check", "--warc", cwd=tmp_path), 0)


def town() -> Site:
    answers = {"/": html(listing("news", 3))}
    return Site(answers=answers | {f"/news/{n}": Answer(body=story(headline("news", n))) for n in range(3)})


def test_articles_are_not_forgotten_until_somebody_deletes_them(tmp_path: Path) -> None:
    with serving(town()) as url:
        check_clear(muniment("crawl", url, cwd=tmp_path), 0, "3 new")
    slug, archive = slug_of(url), tmp_path / "archive.db"
    check_clear(muniment("withhold", "1", "--reason", "asked", cwd=tmp_path), 0)
    before = rows_of(archive)
    refused = muniment("portal", "forget", slug, cwd=tmp_path)
    check_clear(
        refused, 2, f"{slug} stays: 2 articles and 1 withheld are archived", "Has it moved?", "delete their rows"
    )
    assert refused.stderr.count("\n") == 1 and rows_of(archive) == before
    check_clear(muniment("withhold", "1", "--release", cwd=tmp_path), 0)
    with sqlite3.connect(archive) as db:
        db.execute("DELETE FROM articles")
    check_clear(muniment("portal", "forget", slug, cwd=tmp_path), 0, f"{slug} is forgotten")
    assert rows_of(archive) == {}
    check_clear(muniment("check", "--mend", "--warc", cwd=tmp_path), 0)


def test_captures_that_prove_articles_of_another_portal_stay(tmp_path: Path) -> None:
    source, site = bare_checkout(tmp_path / "source"), town()
    with serving(site) as url:
        for slug in ("xx-one", "xx-two", "xx-three"):
            declare(source, slug, url)
            muniment("crawl", slug, cwd=tmp_path, source=source)
            site.answers["/news/1"] = Answer(body=story("The council has changed its mind"))
    refused = muniment("portal", "forget", "xx-two", cwd=tmp_path, source=source)
    check_clear(refused, 2, "xx-two stays: its captures prove", "other portals of this archive")
    gone = muniment("portal", "forget", "xx-three", cwd=tmp_path, source=source)
    check_clear(gone, 0, "xx-three is forgotten", "spiders/xx-three.toml still declares it")
    check_clear(muniment("check", cwd=tmp_path), 0)


def test_a_portal_that_is_being_crawled_is_not_forgotten(tmp_path: Path) -> None:
    site = town()
    site.faults.slow = held = Switch(pattern="/news/1", seconds=60)
    with serving(site) as url:
        running = subprocess.Popen(
            command("crawl", url), cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        while not held.struck:
            time.sleep(0.02)
        check_clear(muniment("portal", "forget", slug_of(url), cwd=tmp_path), 5, "it is being crawled")
        site.faults.slow = None
        running.communicate(timeout=60)
    assert column(tmp_path / "archive.db", "SELECT count(*) FROM portals") == [1]
