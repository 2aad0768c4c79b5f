"""A crawl of the sample town gives exactly the truth, and the second one only what is new."""

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urljoin

import pytest
from protego import Protego
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive
from crawler.locks import lock, warc_folder
from crawler.model import Article
from crawler.sample.answer import Answer, moved
from crawler.sample.feeds import ROBOTS
from crawler.sample.server import SamplePortal
from crawler.sample.wire import Hit
from spiders.portal import PortalSpider
from tests.crawling import (
    archived,
    check_captures,
    check_clear,
    check_warcs,
    checkout,
    column,
    declare,
    environment,
    exchanges,
    expected,
    headers,
    muniment,
    rows,
    said,
)
from tests.sites import Site, serving, story

ARTICLES = 40
FIELDS = tuple(expected(Article(url="", portal="")))


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """An archive and what one crawl into it did; ``truth`` is what the portal printed then."""

    archive: Path
    url: str
    done: subprocess.CompletedProcess[str]
    hits: list[Hit]
    truth: dict[str, dict[str, Any]]

    @property
    def asked(self) -> Counter[str]:
        """How often each URL was asked for."""
        return Counter(urljoin(self.url, hit.path) for hit in self.hits)


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town, as it is on its first day."""
    with SamplePortal(articles=ARTICLES) as portal:
        yield portal


@pytest.fixture(scope="module")
def first(town: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """The first crawl."""
    return crawl(town, tmp_path_factory.mktemp("first") / "archive.db")


@pytest.fixture(scope="module")
def second(town: SamplePortal, first: Crawled, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """The crawl of the day after, with --recheck, into a copy of the first archive."""
    archive = tmp_path_factory.mktemp("second") / "archive.db"
    archive.write_bytes(first.archive.read_bytes())
    town.edition = 1
    try:
        return crawl(town, archive, "--recheck")
    finally:
        town.edition = 0


@pytest.fixture(scope="module")
def source(town: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The software with a portal declared: the English corner of the town."""
    source = checkout(tmp_path_factory.mktemp("source"))
    declare(source, "xx-town", town.url, include=("/en/",), more=f'seeds = [{{listing = "{town.url}en/"}}]')
    return source


def crawl(town: SamplePortal, archive: Path, *options: str) -> Crawled:
    before = len(town.requests)
    done = muniment("crawl", town.url, "--archive", str(archive), *options, cwd=archive.parent)
    truth = {article.url: expected(article) for article in town.articles()}
    return Crawled(archive=archive, url=town.url, done=done, hits=town.requests[before:], truth=truth)


def test_every_article_is_found_once_and_nothing_else_is_one(first: Crawled) -> None:
    check_clear(first.done, 0, "done after", f"{ARTICLES} new", "archive.db", "archive.warc")
    assert len(first.truth) == ARTICLES
    assert sorted(column(first.archive, "SELECT url FROM articles")) == sorted(first.truth)
    assert column(first.archive, "SELECT DISTINCT versions FROM articles") == [1]


@pytest.mark.parametrize("field", FIELDS)
def test_every_article_says_what_the_portal_printed(first: Crawled, field: str) -> None:
    found = archived(first.archive)
    assert {url: row[field] for url, row in found.items()} == {url: row[field] for url, row in first.truth.items()}


def test_every_picture_and_attachment_is_captured(first: Crawled) -> None:
    sql = "SELECT t.url, c.url AS held, status, bytes FROM {} AS t LEFT JOIN captures AS c ON c.id = t.capture_id"
    for table in ("images", "attachments"):
        kept = rows(first.archive, sql.format(table))
        assert {row["url"] for row in kept} == {entry[0] for row in first.truth.values() for entry in row[table]}
        assert [row for row in kept if row["status"] != 200 or row["held"] != row["url"] or not row["bytes"]] == []


def test_nothing_is_fetched_twice(first: Crawled, second: Crawled) -> None:
    assert [url for url, times in first.asked.items() if times > 1] == []
    assert [url for url, times in second.asked.items() if times > 1] == []


def test_robots_txt_is_asked_first_and_obeyed(first: Crawled) -> None:
    assert first.hits[0].path == "/robots.txt"
    rules = Protego.parse(ROBOTS)
    assert [hit.path for hit in first.hits if not rules.can_fetch(urljoin(first.url, hit.path), "muniment")] == []
    excluded = rows(first.archive, "SELECT url, reason FROM frontier WHERE state = 'excluded'")
    assert [row["reason"] for row in excluded if "/tim-kiem" in row["url"]] != []
    assert column(first.archive, "SELECT text FROM robots") == [ROBOTS]


def test_no_other_host_is_asked(first: Crawled, town: SamplePortal) -> None:
    assert {hit.portal for hit in first.hits} == {"first"}
    assert column(first.archive, f"SELECT url FROM frontier WHERE url NOT LIKE '{town.url}%'") == []


def test_every_exchange_is_recorded_and_entered(first: Crawled) -> None:
    answered = Counter((urljoin(first.url, hit.path), hit.status) for hit in first.hits)
    assert Counter((url, status) for _, _, url, status in exchanges(first.archive)) == answered
    entered = rows(first.archive, "SELECT url, status FROM captures")
    assert Counter((row["url"], row["status"]) for row in entered) == answered
    check_warcs(first.archive)


def test_a_capture_leads_to_its_record(first: Crawled) -> None:
    folder = first.archive.with_suffix(".warc")
    captures = rows(first.archive, 'SELECT url, status, digest, bytes, warc, "offset", length FROM captures')
    assert captures
    for row in captures:
        with (folder / row["warc"]).open("rb") as file:
            file.seek(row["offset"])
            record = next(iter(ArchiveIterator(file)))
            payload = record.raw_stream.read()
            assert record.rec_headers["WARC-Target-URI"] == row["url"]
            assert record.http_headers.get_statuscode() == str(row["status"])
        assert f"sha256:{hashlib.sha256(payload).hexdigest()}" == row["digest"]
        assert len(payload) == row["bytes"]
        raw = (folder / row["warc"]).read_bytes()[row["offset"] :][: row["length"]]
        assert [r.rec_type for r in ArchiveIterator(BytesIO(raw))] == ["response"]


def test_the_second_crawl_asks_conditionally_and_finds_what_changed(
    first: Crawled, second: Crawled, town: SamplePortal
) -> None:
    check_clear(second.done, 0, "2 new", "1 changed", "1 gone")
    assert [h.path for h in second.hits if h.status == 200 and h.conditional and "/tin/" in h.path] == [
        path for path in (url.removeprefix(town.url.rstrip("/")) for url in town.url_of("edited")) if "/tin/" in path
    ]
    unchanged = {urljoin(town.url, hit.path) for hit in second.hits if hit.status == 304}
    assert unchanged & set(first.truth) == set(first.truth) - {*town.url_of("edited"), *town.url_of("removed")}
    articles = rows(second.archive, "SELECT url, versions, verdict FROM articles")
    assert {row["url"] for row in articles if row["versions"] == 2} == set(town.url_of("edited"))
    assert {row["url"] for row in articles if row["verdict"] == "gone"} == set(town.url_of("removed"))
    assert {row["url"] for row in articles} == {*second.truth, *town.url_of("removed")}
    assert {row["verdict"] for row in articles} == {"live", "gone"}


def test_the_edited_article_keeps_both_texts(second: Crawled, first: Crawled, town: SamplePortal) -> None:
    (edited,) = town.url_of("edited")
    changes = rows(second.archive, "SELECT url, old_body, new_body, made_by FROM changes")
    assert changes == [
        {
            "url": edited,
            "old_body": first.truth[edited]["body"],
            "new_body": second.truth[edited]["body"],
            "made_by": "portal",
        }
    ]


def test_unchanged_answers_are_revisit_records(second: Crawled, first: Crawled) -> None:
    revisits = [r for r in headers(second.archive) if r["WARC-Type"] == "revisit"]
    unchanged = [urljoin(second.url, hit.path) for hit in second.hits if hit.status == 304]
    assert Counter(unchanged) <= Counter(r["WARC-Target-URI"] for r in revisits)
    referred = {(r["WARC-Target-URI"], r["WARC-Date"]) for r in headers(first.archive) if r["WARC-Type"] == "response"}
    assert {(r["WARC-Refers-To-Target-URI"], r["WARC-Refers-To-Date"]) for r in revisits} <= referred
    check_warcs(second.archive)


def test_the_spider_itself_asks_for_nothing() -> None:
    assert "Request(" not in Path(sys.modules[PortalSpider.__module__].__file__ or "").read_text(encoding="utf-8")


def test_a_crawl_without_recheck_asks_only_for_what_is_due(first: Crawled, town: SamplePortal, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    archive.write_bytes(first.archive.read_bytes())
    again = crawl(town, archive)
    check_clear(again.done, 0)
    assert len(again.hits) < 20
    assert said(archive) == said(first.archive)


def test_scrapy_lists_and_crawls_a_declared_portal(source: Path, town: SamplePortal, tmp_path: Path) -> None:
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run(
        [*scrapy, "list"], cwd=source, env=environment(source), capture_output=True, text=True, check=False
    )
    assert listed.stdout.split() == ["vn-quang-ninh-mong-cai", "xx-town"], listed.stderr
    archive = tmp_path / "archive.db"
    done = subprocess.run(
        [*scrapy, "crawl", "xx-town", "-s", f"MUNIMENT_ARCHIVE={archive}"],
        cwd=source,
        env=environment(source),
        capture_output=True,
        text=True,
        check=False,
    )
    check_clear(done, 0)
    english = {url for url in (article.url for article in town.articles()) if "/en/" in url}
    assert set(column(archive, "SELECT url FROM articles")) == english
    assert column(archive, "SELECT outcome FROM crawls") == ["done"]
    check_warcs(archive)
    check_captures(archive)


def test_scrapy_tells_in_one_line_what_goes_wrong(source: Path, town: SamplePortal, tmp_path: Path) -> None:
    def scrapy(slug: str, archive: Path, limit: str = "") -> subprocess.CompletedProcess[str]:
        crawl = f'{limit}exec "$@"', "", sys.executable, "-m", "scrapy", "crawl", slug, "-s"
        return subprocess.run(
            ["bash", "-c", *crawl, f"MUNIMENT_ARCHIVE={archive}"],
            cwd=source,
            env=environment(source),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    foreign = tmp_path / "foreign.db"
    foreign.write_text("this is no database\n" * 100)
    archive = tmp_path / "archive.db"
    Archive.open(archive).close()
    with lock(warc_folder(archive), "xx-town", "xx-town: another crawl of this portal is running"):
        taken = scrapy("xx-town", archive)
    for done, words in (
        (taken, "xx-town: another crawl of this portal is running"),
        (scrapy("xx-town", foreign), "foreign.db: this is not a Muniment archive"),
        (scrapy("xx-nowhere", archive), "no portal 'xx-nowhere'; 'scrapy list' shows the declared ones"),
        (scrapy("xx-town", archive, limit="ulimit -S -f 400; "), "archive"),
    ):
        check_clear(done, 1, words)
        assert done.stderr.count("\n") == 1 and done.stderr.startswith("muniment: "), done.stderr


def test_a_page_that_leads_on_by_itself_is_followed_and_one_that_reloads_is_read(tmp_path: Path) -> None:
    home = b'<html><head><title>T</title><meta http-equiv="refresh" content="0; url=/news"></head><body></body></html>'
    links = "".join(f'<li><a href="/n/{n}">A long headline of story number {n}</a></li>' for n in range(5))
    news = f'<html><head><meta http-equiv="refresh" content="60"></head><body><ul>{links}</ul></body></html>'
    pages = {f"/n/{n}": Answer(body=story(f"A long headline of story number {n}")) for n in range(5)}
    site = Site(answers={"/": Answer(body=home), "/news": Answer(body=news.encode()), **pages})
    with serving(site) as url:
        check_clear(muniment("crawl", url, cwd=tmp_path), 0, "5 new")
    assert Counter(hit.path for hit in site.hits)["/news"] == 1


def test_a_redirect_that_is_new_is_asked_without_the_validators_of_the_page_it_replaces(tmp_path: Path) -> None:
    links = b'<html><body><ul><li><a href="/old">The old bridge is closed for repairs</a></li></ul></body></html>'
    modified = datetime(2020, 1, 1, tzinfo=UTC)
    old, new = story("The old bridge is closed for repairs"), story("The new bridge was opened by the mayor")
    site = Site(answers={"/": Answer(body=links), "/old": Answer(body=old, modified=modified + timedelta(days=1))})
    with serving(site) as url:
        check_clear(muniment("crawl", url, cwd=tmp_path), 0, "1 new")
        site.answers |= {"/old": moved("/new"), "/new": Answer(body=new, modified=modified)}
        done = muniment("crawl", url, "--recheck", cwd=tmp_path)
    check_clear(done, 0)
    asked = [(hit.status, hit.conditional) for hit in site.hits if hit.path in ("/old", "/new")]
    assert asked == [(200, False), (301, True), (200, False)]


def test_a_home_page_behind_a_redirect_shows_its_title_and_platform(tmp_path: Path) -> None:
    home = (
        b'<html><head><title>Town of Elm</title><meta name="generator" content="WordPress 6.4"></head>'
        b'<body><ul><li><a href="/old">The old bridge is closed for repairs</a></li></ul></body></html>'
    )
    old = story("The old bridge is closed for repairs")
    site = Site(answers={"/": moved("/en/"), "/en/": Answer(body=home), "/old": Answer(body=old)})
    with serving(site) as url:
        check_clear(muniment("crawl", url.rstrip("/"), cwd=tmp_path), 0, "1 new")
    archive = tmp_path / "archive.db"
    assert column(archive, "SELECT title FROM titles") == ["Town of Elm"]
    assert column(archive, "SELECT platform FROM portals") == ["wordpress"]


def front(*headlines: str) -> dict[str, Answer]:
    """A home page and the articles it leads to."""
    links = "".join(f'<li><a href="/{n}">{headline}</a></li>' for n, headline in enumerate(headlines))
    pages = {f"/{n}": Answer(body=story(headline)) for n, headline in enumerate(headlines)}
    return {"/": Answer(body=f"<html><body><ul>{links}</ul></body></html>".encode()), **pages}


BRIDGES = tuple(f"The {name} bridge was opened by the mayor" for name in ("old", "new", "third"))


@pytest.mark.parametrize(
    ("for_a_day", "why"),
    [
        ({"/": moved("http://elsewhere.example/"), "/0": moved("http://elsewhere.example/")}, "elsewhere.example"),
        ({"/robots.txt": Answer(body=b"User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})}, "robots"),
    ],
)
def test_a_portal_that_was_elsewhere_or_closed_for_a_day_is_crawled_again(
    tmp_path: Path, for_a_day: dict[str, Answer], why: str
) -> None:
    site = Site(answers=front(*BRIDGES[:2]))
    with serving(site) as url:
        check_clear(muniment("crawl", url, cwd=tmp_path), 0, "2 new")
        site.answers |= for_a_day
        check_clear(muniment("crawl", url, "--recheck", cwd=tmp_path), 3, "nothing found", why)
        assert why in muniment("status", cwd=tmp_path).stderr
        site.answers = front(*BRIDGES)
        check_clear(muniment("crawl", url, cwd=tmp_path), 0, "1 new")


class Doorman(BaseHTTPRequestHandler):
    """Notes who asks."""

    agents: list[str | None]

    def do_GET(self) -> None:
        self.agents.append(self.headers.get("User-Agent"))
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.mark.parametrize(
    ("declared", "variable", "said"),
    [
        ("", "archive@town.example", "archive@town.example"),
        ("records@town.example", "archive@town.example", "records@town.example"),
        ("", "", None),
    ],
)
def test_the_user_agent_names_software_and_contact(
    source: Path, tmp_path: Path, declared: str, variable: str, said: str | None
) -> None:
    handler = type("Noting", (Doorman,), {"agents": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=(0.02,)).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        declare(source, "xx-door", url)
        if declared:
            with (source / "spiders" / "xx-door.toml").open("a") as file:
                file.write(f'contact = "{declared}"\n')
        done = muniment("crawl", "xx-door", cwd=tmp_path, source=source, MUNIMENT_CONTACT=variable)
    finally:
        server.shutdown()
        server.server_close()
    check_clear(done, 3, "nothing found")
    agents = set(handler.agents)
    assert agents == {f"muniment/0.1.0 (+{said})" if said else "muniment/0.1.0"}
