"""Single pages are asked for politely: robots.txt holds, sizes and schemes are bounded, reasons are told."""

import gzip
import socket

import pytest

from crawler.cli.exits import AskedError
from crawler.cli.fetch import Fetcher, FetchError, gunzip, sound
from crawler.page import MAX_PARSED
from tests.cli.serving import Answered, serving

ROBOTS = Answered(body=b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})


def test_an_answer_has_its_status_type_charset_and_the_url_redirects_led_to() -> None:
    page = Answered(body="Đông".encode("cp1258"), headers={"Content-Type": "text/html; charset=Windows-1258"})
    with serving({"/old": Answered(status=301, headers={"Location": "/new"}), "/new": page}) as served:
        answer = Fetcher().get(f"{served.url}/old")
    assert (answer.url, answer.status, answer.media_type) == (f"{served.url}/new", 200, "text/html")
    assert answer.charset == "windows-1258"
    assert answer.page.text == "Đông"


def test_robots_txt_is_asked_for_once_and_comes_first() -> None:
    with serving({"/robots.txt": ROBOTS, "/a": Answered(), "/b": Answered()}) as served:
        one = Fetcher()
        one.get(f"{served.url}/a")
        one.get(f"{served.url}/b")
    assert [path for path, _ in served.asked] == ["/robots.txt", "/a", "/b"]
    assert all(agent.startswith("muniment/") for _, agent in served.asked)


@pytest.mark.parametrize("start", ["/private/page", "/moved"])
def test_what_robots_txt_forbids_is_not_asked_for_also_behind_a_redirect(start: str) -> None:
    moved = Answered(status=302, headers={"Location": "/private/page"})
    with serving({"/robots.txt": ROBOTS, "/moved": moved}) as served, pytest.raises(FetchError, match="forbids"):
        Fetcher().get(f"{served.url}{start}")
    assert "/private/page" not in [path for path, _ in served.asked]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (429, False), (503, False)])
def test_a_robots_txt_that_cannot_be_read_forbids_and_a_missing_one_allows(status: int, allowed: bool) -> None:
    with serving({"/robots.txt": Answered(status=status), "/a": Answered()}) as served:
        assert (Fetcher().refusal(f"{served.url}/a") is None) is allowed


def test_gzip_is_taken_off_and_large_answers_are_cut() -> None:
    packed = Answered(body=gzip.compress(b"<p>Hue</p>"), headers={"Content-Encoding": "gzip"})
    large = Answered(body=b"x" * (MAX_PARSED + 200_000))
    with serving({"/packed": packed, "/large": large}) as served:
        assert Fetcher().get(f"{served.url}/packed").body == b"<p>Hue</p>"
        page = Fetcher().get(f"{served.url}/large").page
    assert page.truncated
    assert len(page.body) < MAX_PARSED + 100_000


def test_a_gzip_bomb_stops_at_the_limit() -> None:
    assert len(gunzip(gzip.compress(b"0" * 5_000_000), 1000)) == 1000


def test_a_host_that_does_not_answer_is_told_with_its_url() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    with pytest.raises(FetchError, match=url):
        Fetcher().get(url)


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://town.example/", "http://", "town.example", "http://[::1"])
def test_only_http_urls_are_asked_for(url: str) -> None:
    with pytest.raises(AskedError, match="not an http"):
        Fetcher().get(url)


def test_an_answer_cut_short_is_told() -> None:
    short = Answered(body=b"", headers={"Content-Encoding": "gzip"})
    broken = Answered(body=gzip.compress(b"words " * 1000)[:-20], headers={"Content-Encoding": "gzip"})
    with serving({"/short": short, "/broken": broken}) as served:
        assert Fetcher().get(f"{served.url}/short").body == b""
        with pytest.raises(FetchError, match="/broken"):
            Fetcher().get(f"{served.url}/broken")


def test_urls_go_over_the_wire_encoded_and_without_fragment() -> None:
    assert sound("https://town.example/tin tức#top") == "https://town.example/tin%20t%E1%BB%A9c"
    assert sound("https://town.example") == "https://town.example/"
