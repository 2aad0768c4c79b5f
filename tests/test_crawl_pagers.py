"""Lists whose older pages have no URL: sent for by a WebForms pager, or loaded as JSON by a script."""

import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.sample.faults import Faults
from crawler.sample.server import SamplePortal
from tests.crawling import check_captures, check_clear, check_warcs, column, command, environment, muniment, rows, said

ARTICLES = 60


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town."""
    with SamplePortal(articles=ARTICLES) as portal:
        yield portal


@pytest.fixture(scope="module")
def posted(town: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an undisturbed crawl with WebForms pagers, twice."""
    archive = tmp_path_factory.mktemp("posted") / "archive.db"
    town.faults = Faults(pager="postback")
    before = len(town.requests)
    check_clear(muniment("crawl", town.url, cwd=archive.parent), 0)
    hits = Counter((hit.method, hit.status) for hit in town.requests[before:])
    assert hits["POST", 200] == pages(town) and ("POST", 500) not in hits
    return archive


def pages(town: SamplePortal) -> int:
    """How many pages of lists there are behind the first ones."""
    first = (town.town.listing(section, 1) for section in town.town.sections)
    return sum(listing.pages - 1 for listing in first if listing)


def in_sections(town: SamplePortal) -> set[str]:
    return {article.url for article in town.articles() if "/en/" not in article.url}


def test_every_page_behind_a_postback_is_sent_for_once_and_brings_its_articles(
    town: SamplePortal, posted: Path
) -> None:
    assert pages(town) >= 4
    assert in_sections(town) <= set(column(posted, "SELECT url FROM frontier WHERE kind = 'article' AND listed"))
    assert set(column(posted, "SELECT url FROM articles")) == {article.url for article in town.articles()}
    sent = rows(posted, "SELECT url, kind, last_status FROM frontier JOIN forms ON frontier.id = frontier_id")
    assert len(sent) == pages(town)
    assert {(row["kind"], row["last_status"]) for row in sent} == {("listing", 200)}
    assert all("#page=" in row["url"] for row in sent)


def test_a_postback_is_recorded_as_a_post_with_what_was_sent(town: SamplePortal, posted: Path) -> None:
    check_warcs(posted)
    check_captures(posted)
    assert len(column(posted, "SELECT url FROM captures WHERE url LIKE '%#page=%'")) == pages(town)
    sent = []
    for path in posted.with_suffix(".warc").glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "request" and record.http_headers.protocol == "POST":
                    assert record.http_headers.get_header("Content-Type") == "application/x-www-form-urlencoded"
                    sent.append((record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read().decode()))
    assert len(sent) == pages(town)
    assert not any("#" in url for url, _ in sent)
    assert all({"__EVENTTARGET", "__EVENTARGUMENT", "__VIEWSTATE"} == parse_qs(body).keys() for _, body in sent)


def test_a_second_crawl_sends_nothing_again(town: SamplePortal, posted: Path) -> None:
    town.faults = Faults(pager="postback")
    before = len(town.requests)
    muniment("crawl", town.url, cwd=posted.parent)
    assert not [hit for hit in town.requests[before:] if hit.method == "POST"]


def test_a_crawl_that_is_killed_between_postbacks_goes_on(town: SamplePortal, posted: Path, tmp_path: Path) -> None:
    town.faults = Faults(pager="postback")
    for posts in (1, 2):
        killed_after(town, tmp_path, posts)
    check_clear(muniment("crawl", town.url, cwd=tmp_path), 0)
    archive = tmp_path / "archive.db"
    assert said(archive) == said(posted)
    at = "SELECT url FROM captures WHERE url LIKE '%#page=%' GROUP BY url"
    assert column(archive, at) == column(posted, at)
    check_warcs(archive)


def killed_after(town: SamplePortal, folder: Path, posts: int) -> None:
    """Kill a crawl when it has sent so many forms."""
    before = len(town.requests)
    crawl = subprocess.Popen(
        command("crawl", town.url), cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while sum(hit.method == "POST" for hit in town.requests[before:]) < posts:
        assert crawl.poll() is None, "the crawl ended before it was killed"
    crawl.kill()
    crawl.wait()


def test_what_a_script_loads_as_json_is_followed_to_its_end(town: SamplePortal, tmp_path: Path) -> None:
    town.faults = Faults(pager="load-more")
    before = len(town.requests)
    check_clear(muniment("crawl", town.url, cwd=tmp_path), 0)
    archive = tmp_path / "archive.db"
    assert in_sections(town) <= set(column(archive, "SELECT url FROM frontier WHERE kind = 'article' AND listed"))
    assert set(column(archive, "SELECT url FROM articles")) == {article.url for article in town.articles()}
    asked = Counter(hit.path for hit in town.requests[before:] if hit.path.startswith("/api/"))
    long = sum(1 for s in town.town.sections if (found := town.town.listing(s, 1)) and found.pages > 1)
    assert set(asked.values()) == {1} and len(asked) == pages(town) + long
