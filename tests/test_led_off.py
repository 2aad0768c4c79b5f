"""Articles that redirect off their portal: judged by the capture of the redirect, and not removed by a whole site's."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html, moved
from tests.crawling import check_clear, muniment, rows
from tests.sites import Site, listing, serving, story

COUNT = 9
NEWS = listing("news", COUNT)


@dataclass(frozen=True, kw_only=True)
class Town:
    """A town's site of nine articles that was crawled once, and the ``other`` host that some of it may lead to."""

    site: Site
    url: str
    other: str
    folder: Path

    def crawl(self) -> None:
        """Crawl all of it again."""
        check_clear(muniment("crawl", self.url, "--recheck", cwd=self.folder), 0)

    def verdicts(self) -> dict[str, tuple[str, int | None]]:
        """The verdict of each article that is not live, by its path, and the status of the capture that proves it."""
        sql = (
            "SELECT articles.url, articles.verdict, captures.status FROM articles"
            " JOIN verdicts ON verdicts.article_id = articles.id"
            " LEFT JOIN captures ON captures.id = verdicts.capture_id WHERE articles.verdict <> 'live'"
        )
        found = rows(self.folder / "archive.db", sql)
        return {f"/{row['url'].removeprefix(self.url)}": (row["verdict"], row["status"]) for row in found}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    answers = {"/": html(NEWS)} | {f"/news/{n}": Answer(body=story(f"Story {n}")) for n in range(COUNT)}
    site, parked = Site(answers=answers), Site(answers={"/": html("<h1>This name is for sale</h1>")})
    with serving(site) as url, serving(parked) as other:
        check_clear(muniment("crawl", url, cwd=tmp_path), 0, "9 new")
        yield Town(site=site, url=url, other=other, folder=tmp_path)


def test_an_article_that_redirects_off_the_portal_is_moved_or_unknown(town: Town) -> None:
    town.site.answers |= {
        "/news/0": moved(f"{town.other}archive/0"),
        "/news/1": moved(town.other),
        "/news/2": moved(f"{town.other}login?to=2", 302),
    }
    town.crawl()
    assert town.verdicts() == {"/news/0": ("moved", 301), "/news/1": ("unknown", 301), "/news/2": ("unknown", 302)}
    removed = [row["url"] for row in rows(town.folder / "archive.db", "SELECT url FROM removals")]
    assert removed == [f"{town.url}news/0"]
    told = muniment("status", cwd=town.folder)
    assert told.returncode == 0, told.stderr


def test_a_site_that_redirects_as_a_whole_removes_nothing(town: Town) -> None:
    town.site.answers |= {f"/news/{n}": moved(f"{town.other}news/{n}") for n in range(COUNT)}
    town.crawl()
    assert set(town.verdicts().values()) == {("unknown", 301)} and len(town.verdicts()) == COUNT
    assert rows(town.folder / "archive.db", "SELECT id FROM removals") == []
    check_clear(muniment("status", cwd=town.folder), 1, "9 articles vanished at once")
