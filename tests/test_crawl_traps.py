"""A portal full of traps, crawled by nothing but its URL: every article is found once, and hardly a request is lost."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html, moved
from crawler.sample.wire import Hit
from tests.crawling import check_clear, column, muniment
from tests.sites import Site, serving, story

ARTICLES, PER_PAGE = 60, 10
SECTIONS = ("tin-tuc", "kinh-te", "van-hoa")


@dataclass(kw_only=True)
class Maze(Site):
    """Three sections of articles, and on every page a way into each trap; no two pages carry the same session."""

    answers: dict[str, Answer] = field(default_factory=dict)
    articles: int = ARTICLES
    sessions: Iterator[int] = field(default_factory=lambda: count(1000))

    def answer(self, target: str, form: str = "") -> Answer:
        """The answer to a path."""
        path, _, query = re.sub(r";jsessionid=\w+", "", target).partition("?")
        if path == "/robots.txt":
            return html("", 404)
        if path.startswith("/vong"):
            return moved(f"/vong/{next(self.sessions)}", 302)
        if article := re.fullmatch(r"/[a-z-]+/(\d+)-bai-viet(?:/in)?", path):
            return self.page(path, story(f"Thành phố họp hội nghị lần thứ {article[1]}").decode())
        listed = re.match(r"/(en/|vi/)*([a-z-]+)((/en|/vi)*)$", path)
        if path == "/" or (listed and listed[2] in SECTIONS):
            return self.page(path, self.listing(listed[2] if listed else SECTIONS[0], query))
        if path == "/lich":
            return self.page(path, self.calendar(query))
        if path == "/dang-nhap":
            return self.page(path, "<h1>Đăng nhập</h1><form><input type='password' name='p'></form>")
        return self.page(path, "<title>Không tìm thấy</title><h1>Không tìm thấy</h1><p>Trang không tồn tại.</p>")

    def page(self, path: str, content: str) -> Answer:
        session = next(self.sessions)
        bare = path.rstrip("/")
        sections = "".join(
            f'<li><a href="/{s};jsessionid={session:X}">{s.replace("-", " ")}</a></li>' for s in SECTIONS
        )
        traps = (
            f"{bare}/en", f"{bare}/vi", f"{bare}?lang=en", f"{bare}?sort=name", f"{bare}?orderby=date&amp;dir=asc",
            f"{bare}?print=1", f"{bare}/in", f"/dang-nhap?return={path}", f"{bare}?PHPSESSID={session}",
            f"{bare}?fontsize=2", "/vong", f"/lich?thang=2024-{session % 12 + 1:02d}", f"/khong-co-{session % 5}",
        )  # fmt: skip
        ways = "".join(f'<a href="{way}">Mục {number}</a> ' for number, way in enumerate(traps))
        return html(
            f"<html><body><ul class='menu'>{sections}</ul>{content}<div class='footer'>{ways}</div></body></html>"
        )

    def listing(self, section: str, query: str) -> str:
        page = int(found[1]) if (found := re.search(r"page=(\d+)", query)) else 1
        mine = [n for n in range(1, self.articles + 1) if SECTIONS[n % 3] == section][::-1]
        shown = mine[(page - 1) * PER_PAGE : page * PER_PAGE]
        rows = "".join(
            f'<li><h3><a href="/{section}/{n}-bai-viet;jsessionid={next(self.sessions):X}">'
            f"Thành phố họp hội nghị lần thứ {n}</a></h3><i>{n % 27 + 1:02d}/03/2021</i></li>"
            for n in shown
        )
        turn = "".join(f'<a href="/{section}?page={n}">{n}</a> ' for n in range(1, -(-len(mine) // PER_PAGE) + 1))
        return f"<h1>{section}</h1><ul class='news'>{rows}</ul><div class='pager'>{turn}</div>"

    def calendar(self, query: str) -> str:
        found = re.search(r"thang=(\d+)-(\d+)", query)
        year, month = (int(found[1]), int(found[2])) if found else (2024, 1)
        months = year * 12 + month - 1
        around = (f"/lich?thang={m // 12:04d}-{m % 12 + 1:02d}" for m in (months - 1, months + 1))
        days = "".join(f'<td><a href="/lich?thang={year}-{month}&amp;ngay={d}">{d}</a></td>' for d in range(1, 29))
        back, on = around
        return f'<a href="{back}">Tháng trước</a><table><tr>{days}</tr></table><a href="{on}">Tháng sau</a>'


TRAPS = re.compile(r"/(en|vi)([/?]|$)|[?&]|/vong|/lich|/khong-co|/dang-nhap|/in$")
"""URLs that lead nowhere; a page of a list is no trap."""


def trapped(paths: Iterable[str]) -> list[str]:
    """The requests that went into a trap."""
    return [path for path in paths if TRAPS.search(re.sub(r"\?page=\d+$", "", path))]


@dataclass(frozen=True, kw_only=True)
class Walked:
    """What a crawl of the maze asked for and archived."""

    url: str
    hits: list[Hit]
    articles: list[str]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """A crawl of the maze."""
    folder: Path = tmp_path_factory.mktemp("maze")
    maze = Maze()
    with serving(maze) as url:
        check_clear(muniment("crawl", url, cwd=folder), 0)
    return Walked(
        url=url, hits=maze.hits, articles=column(folder / "archive.db", "SELECT url FROM articles ORDER BY url")
    )


def test_every_article_is_found_once_under_its_plain_url(walked: Walked) -> None:
    plain = [f"{walked.url}{SECTIONS[n % 3]}/{n}-bai-viet" for n in range(1, ARTICLES + 1)]
    assert walked.articles == sorted(plain)
    asked = Counter(hit.path for hit in walked.hits if "-bai-viet" in hit.path)
    assert set(asked.values()) == {1} and len(asked) == ARTICLES


@pytest.mark.parametrize(
    ("trap", "most"),
    [
        (r"/(en|vi)$|/(en|vi)[/?]|lang=", 3),
        (r"sort=|orderby=", 0),
        (r"jsessionid|PHPSESSID", 0),
        (r"print=|/in$", 0),
        (r"dang-nhap", 0),
        (r"fontsize=", 0),
        (r"/vong", 3),
        (r"/lich", 6),
        (r"/khong-co", 4),
    ],
    ids=[
        "languages",
        "sort orders",
        "session ids",
        "print versions",
        "logins",
        "font sizes",
        "redirect loop",
        "calendar",
        "soft 404s",
    ],
)
def test_a_trap_takes_few_requests(walked: Walked, trap: str, most: int) -> None:
    assert len([hit.path for hit in walked.hits if re.search(trap, hit.path)]) <= most


def test_what_a_crawl_learned_of_a_trap_is_known_to_the_next(tmp_path: Path) -> None:
    maze = Maze()
    with serving(maze) as url:
        check_clear(muniment("crawl", url, cwd=tmp_path), 0, "60 new", "the history is known")
        first = len(maze.hits)
        check_clear(muniment("crawl", url, cwd=tmp_path), 0)
    again = [hit.path for hit in maze.hits[first:]]
    assert trapped(again) == []
    assert len(trapped(hit.path for hit in maze.hits)) <= 15
