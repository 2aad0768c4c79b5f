"""Articles that redirect: judged by the capture of the redirect, and not removed when a whole site redirects."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html, moved
from tests.crawling import check_clear, column, muniment, rows
from tests.sites import Site, headline, listing, serving

COUNT = 9
NEWS = listing("news", COUNT)
LOGIN = '<h1>Sign in</h1><form><input name="user"><input type="password" name="secret"></form>'
CITIZENS = "<h1>Citizens</h1><p>Choose a service.</p>"


def text(n: int) -> Answer:
    """An article that has no sentence in common with the others."""
    words = (f"w{n}x{i}" for i in range(240))
    lines = "".join(f"<p>{' '.join(next(words) for _ in range(30)).capitalize()}.</p>" for _ in range(8))
    return html(f"<h1>{headline('news', n)}</h1>{lines}")


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
            " LEFT JOIN captures ON captures.id = verdicts.capture_id WHERE articles.verdict <> 'live' ORDER BY seen_at"
        )
        found = rows(self.folder / "archive.db", sql)
        return {self._path(row["url"]): (row["verdict"], row["status"]) for row in found}

    def removed(self) -> set[str]:
        """The paths of the articles that the portal is said to show no longer."""
        return {self._path(url) for url in column(self.folder / "archive.db", "SELECT url FROM removals")}

    def _path(self, url: str) -> str:
        return f"/{url.removeprefix(self.url)}"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    answers = {"/": html(NEWS), "/login": html(LOGIN), "/citizens": html(CITIZENS), "/notice": text(99)} | {
        f"/news/{n}": text(n) for n in range(COUNT)
    }
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
    assert town.removed() == {"/news/0"}
    check_clear(muniment("status", cwd=town.folder), 0)


def test_an_article_that_redirects_on_the_portal_is_judged_by_what_comes(town: Town) -> None:
    town.site.answers |= {
        "/news/0": moved("/news/8"),
        "/news/1": moved("/"),
        "/news/2": moved("/login", 302),
        "/news/5": moved("/citizens?to=5", 302),
        "/citizens?to=5": html(CITIZENS),
        "/news/3": moved("/archive/of-2026"),
        "/archive/of-2026": town.site.answers["/news/3"],
        "/news/4": moved("/notice"),
    }
    town.crawl()
    assert town.verdicts() == {
        "/news/0": ("soft-404", 301),
        "/news/1": ("soft-404", 301),
        "/news/2": ("unknown", 302),
        "/news/4": ("soft-404", 301),
        "/news/5": ("unknown", 302),
    }
    assert town.removed() == {"/news/0", "/news/1", "/news/4"}
    assert column(town.folder / "archive.db", "SELECT max(versions) FROM articles") == [1]
    check_clear(muniment("status", cwd=town.folder), 0)


@pytest.mark.parametrize("target", ["{other}news/{n}", "/", "/login", "/citizens", "/news/0", "/notice"])
def test_a_site_that_redirects_as_a_whole_removes_nothing_until_it_is_back(town: Town, target: str) -> None:
    before = town.site.answers
    led = {f"/news/{n}": moved(target.format(other=town.other, n=n)) for n in range(COUNT) if target != f"/news/{n}"}
    town.site.answers = before | led
    town.crawl()
    assert town.verdicts() == dict.fromkeys(led, ("unknown", 301))
    assert town.removed() == set()
    assert column(town.folder / "archive.db", "SELECT max(versions) FROM articles") == [1]
    check_clear(muniment("status", cwd=town.folder), 1, f"{len(led)} articles vanished at once")
    town.site.answers = before
    town.crawl()
    assert town.verdicts() == {}
