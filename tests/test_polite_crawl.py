"""How a portal is asked, measured by the portal: pauses, robots.txt behind redirects, refusals that last."""

import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html, moved
from crawler.sample.faults import Faults, Switch
from crawler.sample.wire import Hit
from tests.crawling import bare_checkout, check_clear, column, declare, muniment, rows
from tests.sites import Site, serving, story

HEADLINES = [f"A long headline of story number {n}" for n in range(4)]


def site(robots: str = "", **more: Answer) -> Site:
    """A site of a home page and four articles, one of them in a folder of its own."""
    links = "".join(f'<li><a href="/n/{n}">{headline}</a></li>' for n, headline in enumerate(HEADLINES))
    answers = {f"/n/{n}": Answer(body=story(headline)) for n, headline in enumerate(HEADLINES)}
    answers |= {"/": html(f"<ul>{links}</ul>"), "/robots.txt": text(robots)}
    return Site(answers=answers | {f"/{path}": answer for path, answer in more.items()})


def text(said: str, status: int = 200) -> Answer:
    return Answer(body=said.encode(), media_type="text/plain", status=status)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The software with no portal declared."""
    return bare_checkout(tmp_path / "source")


def crawled(source: Path, url: str, code: int, *words: str, options: tuple[str, ...] = ()) -> Path:
    """Crawl the site and check how that ended; the archive."""
    declare(source, "xx-site", url, more=f'seeds = [{{listing = "{url}"}}]')
    check_clear(muniment("crawl", "xx-site", *options, cwd=source.parent, source=source), code, *words)
    return source.parent / "archive.db"


def pauses(hits: list[Hit]) -> list[float]:
    """Seconds between one request and the next."""
    return [later.at - earlier.at for earlier, later in pairwise(hits)]


def test_a_crawl_delay_is_kept_between_all_requests(source: Path) -> None:
    asked = site("User-agent: *\nCrawl-delay: 0.5\n")
    with serving(asked) as url:
        crawled(source, url, 0, "4 new")
    assert len(asked.hits) >= 6
    assert min(pauses(asked.hits)) > 0.45


def test_a_portal_rests_for_as_long_as_its_answers_take(source: Path) -> None:
    asked = site()
    asked.faults = Faults(slow=Switch(pattern="/n/", seconds=0.4))
    with serving(asked) as url:
        crawled(source, url, 0, "4 new")
    slow = pauses([hit for hit in asked.hits if hit.path.startswith("/n/")])
    assert len(slow) == 3 and min(slow) > 0.75


def chain(length: int, end: Answer) -> dict[str, Answer]:
    """robots.txt behind so many redirects."""
    hops = {f"{n}.txt": moved(f"/{n + 1}.txt") for n in range(1, length)}
    return {"robots.txt": moved("/1.txt"), **hops, f"{length}.txt": end}


def test_robots_txt_is_followed_through_five_redirects(source: Path) -> None:
    asked = site(**chain(5, text("User-agent: *\nDisallow: /n/2\n")))
    with serving(asked) as url:
        archive = crawled(source, url, 0, "3 new")
    assert "/n/2" not in {hit.path for hit in asked.hits}
    kept = rows(archive, "SELECT url, status, text LIKE '%/n/2%' AS told FROM robots")
    assert kept == [{"url": f"{url}robots.txt", "status": 200, "told": 1}]


def test_robots_txt_behind_six_redirects_is_as_none(source: Path) -> None:
    asked = site(**chain(6, text("User-agent: *\nDisallow: /n/2\n")))
    with serving(asked) as url:
        crawled(source, url, 0, "4 new")


def test_a_robots_txt_of_another_day_is_a_row_of_its_own(source: Path) -> None:
    asked = site("User-agent: *\nDisallow: /n/2\n")
    with serving(asked) as url:
        archive = crawled(source, url, 0, "3 new")
        asked.answers["/robots.txt"] = text("", 404)
        crawled(source, url, 0)
    assert column(archive, "SELECT status FROM robots ORDER BY id") == [200, 404]


def test_a_pause_that_a_broken_portal_asks_for_outlives_the_crawl(source: Path) -> None:
    busy = Answer(status=503, body=b"back soon", headers={"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"})
    asked = site(**{"n/2": busy})
    with serving(asked) as url:
        archive = crawled(source, url, 7, "rate limited")
        before = len(asked.hits)
        crawled(source, url, 7, "rate limited")
        check_clear(muniment("crawl", "--due", cwd=source.parent, source=source), 0, "nothing is due before")
        assert len(asked.hits) == before
    paused = column(archive, "SELECT julianday(paused_until) - julianday('now') FROM portals")
    assert 29.9 < paused[0] < 30.1


def test_errors_of_robots_txt_for_a_month_open_a_portal_again(source: Path) -> None:
    asked = site()
    with serving(asked) as url:
        archive = crawled(source, url, 0, "4 new")
        with sqlite3.connect(archive) as db:
            db.execute("UPDATE robots SET fetched_at = '2025-01-01T00:00:00Z', last_seen_at = '2025-01-02T00:00:00Z'")
            db.execute(
                "INSERT INTO robots (portal_id, url, fetched_at, last_seen_at, status, text)"
                " SELECT portal_id, url, '2025-01-03T00:00:00Z', '2025-01-03T00:00:00Z', 500, 'broken' FROM robots"
            )
        db.close()
        asked.answers["/robots.txt"] = text("broken", 500)
        crawled(source, url, 0, "4 unchanged", options=("--recheck",))
