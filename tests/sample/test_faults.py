"""Every fault over real HTTP, switched on while the portal runs."""

import http.client
import re
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep

import pytest

from crawler.sample.faults import Faults, Switch
from crawler.sample.server import SamplePortal
from tests.sample.client import ask, connected, get


@pytest.fixture(scope="module")
def running() -> Iterator[SamplePortal]:
    with SamplePortal() as portal:
        yield portal


@pytest.fixture
def portal(running: SamplePortal) -> Iterator[SamplePortal]:
    running.faults = Faults()
    yield running
    running.faults = Faults()


def test_503_for_the_first_requests_only(portal: SamplePortal) -> None:
    portal.faults.unavailable = Switch(times=2)
    assert [get(portal.url).status for _ in range(3)] == [503, 503, 200]
    assert [r.status for r in portal.requests[-3:]] == [503, 503, 200]


def test_a_switch_can_count_for_every_path_on_its_own(portal: SamplePortal) -> None:
    portal.faults.unavailable = Switch(times=1, per_path=True)
    paths = ("", "en/", "", "en/")
    assert [get(portal.url + path).status for path in paths] == [503, 503, 200, 200]


def test_a_pattern_says_where(portal: SamplePortal) -> None:
    portal.faults.unavailable = Switch(pattern=r"^/en/")
    assert (get(portal.url + "en/").status, get(portal.url).status) == (503, 200)


def test_429_says_when_to_come_again(portal: SamplePortal) -> None:
    portal.faults.throttled = Switch(times=1, seconds=3)
    got = get(portal.url)
    assert (got.status, got.headers["retry-after"]) == (429, "3")
    assert get(portal.url).status == 200


def test_robots_txt_is_struck_only_by_its_own_switch(portal: SamplePortal) -> None:
    portal.faults.unavailable = Switch()
    assert get(portal.url + "robots.txt").status == 200
    portal.faults.robots = Switch(pattern="robots", times=1)
    assert [get(portal.url + "robots.txt").status for _ in range(2)] == [503, 200]


def test_slow_answers_wait(portal: SamplePortal) -> None:
    portal.faults.slow = Switch(seconds=0.3, times=1)
    start = perf_counter()
    assert get(portal.url).status == 200
    assert perf_counter() - start >= 0.3


def test_a_slow_answer_comes_when_the_switch_is_off(portal: SamplePortal) -> None:
    portal.faults.slow = Switch(seconds=60)
    with ThreadPoolExecutor() as beside:
        answer = beside.submit(get, portal.url)
        while not portal.faults.slow.struck:
            sleep(0.01)
        portal.faults.slow = None
        assert answer.result(timeout=30).status == 200


def test_a_closing_portal_does_not_wait_for_slow_answers() -> None:
    start = perf_counter()
    with SamplePortal(faults=Faults(slow=Switch(seconds=60))) as portal, connected(portal.url) as connection:
        connection.request("GET", "/")
    assert perf_counter() - start < 5


def test_the_connection_can_be_cut_in_the_middle(portal: SamplePortal) -> None:
    portal.faults.cut = Switch(times=1)
    with pytest.raises(http.client.IncompleteRead) as cut:
        get(portal.url)
    assert len(cut.value.partial) > 2000
    assert get(portal.url).status == 200


def test_gzip_can_end_early(portal: SamplePortal) -> None:
    portal.faults.truncated_gzip = Switch()
    with connected(portal.url) as connection:
        connection.request("GET", "/", headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        body = response.read()
    assert int(response.headers["Content-Length"]) == len(body)
    unzip = zlib.decompressobj(31)
    assert b"<html" in unzip.decompress(body) and not unzip.eof


def test_missing_pages_can_say_200(portal: SamplePortal) -> None:
    assert get(portal.url + "khong-co").status == 404
    portal.faults.soft_404 = Switch()
    missing = get(portal.url + "khong-co")
    assert missing.status == 200 and "Không tìm thấy" in missing.text and "Chuyên mục" in missing.text
    seed = portal.url_of("seed")[0]
    assert "Thu Hằng" in get(seed).text
    portal.faults.soft_404 = Switch(pattern="n249699")
    gone = get(seed)
    assert gone.status == 200 and "Thu Hằng" not in gone.text and "Không tìm thấy" in gone.text


def test_redirects_can_go_round_for_ever(portal: SamplePortal) -> None:
    portal.faults.redirect_loop = Switch(pattern="lien-he")
    url, seen = "vi-vn/lien-he", []
    for _ in range(6):
        got = get(portal.url + url)
        assert got.status == 302
        url = got.headers["location"][1:]
        seen.append(url)
    assert len(set(seen)) == 3


def test_a_login_form_can_stand_before_every_page(portal: SamplePortal) -> None:
    portal.faults.login = Switch()
    got = get(portal.url_of("seed")[0])
    assert got.status == 200 and "Vui lòng đăng nhập" in got.text and "Thu Hằng" not in got.text


def test_a_giant_page_is_streamed(portal: SamplePortal) -> None:
    portal.faults.giant = Switch(megabytes=5)
    with connected(portal.url) as connection:
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.headers["Transfer-Encoding"] == "chunked"
        size = sum(len(piece) for piece in iter(lambda: response.read(65536), b""))
        assert 5 * 1024 * 1024 < size < 5.1 * 1024 * 1024
        assert ask(connection, portal.url + "robots.txt").status == 200


def test_a_page_can_be_nested_100_000_deep(portal: SamplePortal) -> None:
    portal.faults.nested = Switch(pattern="n249699")
    body = get(portal.url_of("seed")[0]).text
    assert body.count("<div>") >= 100_000 and "Thu Hằng" in body
    assert body.index("<div>" * 1000) < body.index("Thu Hằng")


def test_nul_bytes_can_lie_between_the_words(portal: SamplePortal) -> None:
    portal.faults.nul_bytes = Switch()
    body = get(portal.url_of("seed")[0]).body
    assert body.count(b"\x00") > 1000
    assert "Thu Hằng".encode() in body.replace(b"\x00", b"")


def test_links_can_go_on_without_end(portal: SamplePortal) -> None:
    assert get(portal.url + "en/vi/en").status == 404
    portal.faults.endless = True
    path = ""
    for _ in range(12):
        page = get(portal.url + path)
        assert page.status == 200
        path = max((link for link in page.links() if link.endswith("/en")), key=len)[1:]
    assert path.endswith("en/en/en")
    article = next(link for link in get(portal.url_of("seed")[0]).links() if link.endswith("-n249699/vi"))
    lists = [get(portal.url + p).tree.xpath("//div[@class='list-news']//a/@href") for p in (path, article[1:])]
    assert lists[0] == lists[1] != []


def test_the_calendar_has_no_last_month(portal: SamplePortal) -> None:
    portal.faults.endless = True
    path = next(link for link in get(portal.url).links() if "lich-cong-tac" in link)
    months = []
    for _ in range(15):
        months.append(path)
        links = get(portal.url + path[1:]).tree.xpath("//a[text()='Tháng sau']/@href")
        path = links[0]
    assert len(set(months)) == 15 and re.search(r"thang=2027-01", months[-1])
    portal.faults.endless = False
    assert get(portal.url + months[0][1:]).status == 404
