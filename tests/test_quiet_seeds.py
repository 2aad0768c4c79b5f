"""Seeds that hardly ever bring anything rest in some turns of their portal, and silence is noticed all the same."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.sample.answer import html
from tests.crawling import bare_checkout, check_clear, column, declare, muniment
from tests.sites import Site, headline, listing, serving, story

SECTIONS = ("council", "schools", "roads")
SIX_HOURS_LATER = """
UPDATE crawls SET started_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-6 hours');
UPDATE frontier SET last_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-6 hours'), due_at = '2100-01-01T00:00:00Z';
UPDATE frontier SET rate = iif(url LIKE '%council', 3.0, 0.01) WHERE kind = 'listing';
"""
EMPTY = html("<h1>News</h1><p>There is nothing to see here.</p>")


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """A portal that was crawled, and is known to bring something in its council section alone."""

    source: Path
    site: Site
    url: str

    @property
    def archive(self) -> Path:
        return self.source.parent / "archive.db"

    def crawl(self, *arguments: str, code: int = 0, says: str = "exit code 0") -> set[str]:
        """The sections that a crawl asks; six hours have passed since the last one."""
        with closing(sqlite3.connect(self.archive)) as db, db:
            db.executescript(SIX_HOURS_LATER)
        before = len(self.site.hits)
        done = muniment("crawl", *arguments, cwd=self.source.parent, source=self.source)
        check_clear(done, code, says)
        return {hit.path for hit in self.site.hits[before:]} & {f"/{name}" for name in SECTIONS}


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Quiet]:
    source = bare_checkout(tmp_path / "source")
    pages = {f"/{name}": html(listing(name, 8)) for name in SECTIONS}
    articles = {f"/{name}/{n}": html(story(headline(name, n)).decode()) for name in SECTIONS for n in range(9)}
    site = Site(answers=pages | articles)
    with serving(site) as url:
        seeds = ", ".join(f'{{listing = "{url}{name}"}}' for name in SECTIONS)
        declare(source, "xx-quiet", url, more=f"seeds = [{seeds}]")
        check_clear(muniment("crawl", "xx-quiet", cwd=tmp_path, source=source), 0, "24 new")
        yield Quiet(source=source, site=site, url=url)


def test_a_turn_lets_quiet_seeds_rest_and_a_person_asks_all(quiet: Quiet) -> None:
    assert quiet.crawl("--due") == {"/council"}
    assert quiet.crawl("xx-quiet", says="done after") == {"/council", "/schools", "/roads"}


def test_what_the_seed_of_the_turn_brings_is_archived(quiet: Quiet) -> None:
    quiet.site.answers["/council"] = html(listing("council", 9))
    assert quiet.crawl("--due") == {"/council"}
    assert f"{quiet.url}council/8" in column(quiet.archive, "SELECT url FROM articles")


def test_when_the_seed_of_the_turn_is_empty_all_are_asked(quiet: Quiet) -> None:
    quiet.site.answers["/council"] = EMPTY
    assert quiet.crawl("--due") == {"/council", "/schools", "/roads"}


def test_when_the_seed_of_the_turn_is_missing_all_are_asked(quiet: Quiet) -> None:
    del quiet.site.answers["/council"]
    assert quiet.crawl("--due") == {"/council", "/schools", "/roads"}


def test_a_portal_whose_lists_are_all_empty_is_unhealthy_in_its_turn(quiet: Quiet) -> None:
    quiet.site.answers |= {f"/{name}": EMPTY for name in SECTIONS}
    assert quiet.crawl("--due", code=3, says="nothing found") == {"/council", "/schools", "/roads"}
    check_clear(muniment("status", cwd=quiet.source.parent, source=quiet.source), 1, "the last crawl brought nothing")
