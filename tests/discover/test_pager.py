"""Pagers of many makes: every other page is found, the first page never twice, calendars and years told apart."""

import pytest

from crawler.discover import discover
from crawler.model import Kind
from crawler.page import Page
from crawler.portal import from_url

HOME = "https://town.example/"
ENTRIES = "".join(
    f'<li class="item"><a href="/tin/{n}-bai-viet">Thành phố tổ chức hội nghị số {n}</a> <i>0{n}/03/2021</i></li>'
    for n in range(1, 8)
)


def pages(pager: str, url: str = f"{HOME}tin-tuc", head: str = "") -> list[str]:
    html = f"<html><head>{head}</head><body><ul>{ENTRIES}</ul>{pager}</body></html>"
    found = discover(Page(url=url, body=html.encode(), media_type="text/html"), from_url(HOME))
    assert found.kind is Kind.LISTING, found.reason
    return [link.url.removeprefix(HOME) for link in found.links if link.kind is Kind.LISTING]


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ('<div><b>1</b><a href="?page=2">2</a><a href="?page=3">3</a></div>', ["tin-tuc?page=2", "tin-tuc?page=3"]),
        ('<div class="pager"><a href="?page=0">1</a><a href="?page=1">2</a></div>', ["tin-tuc?page=1"]),
        ('<p class="paging"><a href="/tin-tuc/page/2">Sau</a></p>', ["tin-tuc/page/2"]),
        ('<p class="paging"><a href="/tin-tuc/page/2"> Trang sau » </a></p>', ["tin-tuc/page/2"]),
        ('<nav class="pagination"><a href="?p=2">Weiter</a></nav>', ["tin-tuc?p=2"]),
        ('<div id="pager"><a href="?p=2">Page suivante ›</a></div>', ["tin-tuc?p=2"]),
        ('<div class="paginator"><a href="?p=2">次へ</a></div>', ["tin-tuc?p=2"]),
        ('<div class="paging"><a href="?p=2">다음</a></div>', ["tin-tuc?p=2"]),
        ('<div class="paging"><a href="?pageIndex=9">끝</a></div>', ["tin-tuc?pageIndex=9"]),
        ('<a rel="next" href="?b_start:int=30">30 more</a>', ["tin-tuc?b_start:int=30"]),
        ('<ul><li><a href="?_101_cur=1">1</a></li><li><a href="?_101_cur=2">2</a></li></ul>', ["tin-tuc?_101_cur=2"]),
        ('<ul><li><a href="/t/2">2</a></li><li><a href="/t/3">Trang 3</a></li></ul>', ["t/2", "t/3"]),
        ('<p><a href="?nam=2020">2020</a> <a href="?nam=2019">2019</a></p>', ["tin-tuc?nam=2020", "tin-tuc?nam=2019"]),
        ('<p><a href="/luu-tru/tat-ca">Xem tất cả »</a></p>', ["luu-tru/tat-ca"]),
        ('<div><b>1</b> <a href="/tin/trang-2.html">2</a></div>', ["tin/trang-2.html"]),
        ('<table><tr><td>1</td><td><a href="?start=20">2</a></td></tr></table>', ["tin-tuc?start=20"]),
        (
            '<p class="pager"><a href="AllPosts.aspx?CategoryId=16&amp;PublishedDate=2015-08-25T13:35:00Z">Sau</a></p>',
            ["AllPosts.aspx?CategoryId=16&PublishedDate=2015-08-25T13:35:00Z"],
        ),
        (
            '<ul class="f3-widget-paginator"><li class="current">1</li><li><a href="/akt?tx_news_pi1%5BcurrentPage%5D=2'
            '&amp;cHash=0a">2</a></li><li class="next"><a href="/akt?tx_news_pi1%5BcurrentPage%5D=2&amp;cHash=0a">'
            "vor</a></li></ul>",
            ["akt?tx_news_pi1%5BcurrentPage%5D=2&cHash=0a"],
        ),
        (
            '<div class="archive"><a href="noticias.php?y=2005">2005</a><a href="noticias.php?y=2004">2004</a></div>',
            ["noticias.php?y=2005", "noticias.php?y=2004"],
        ),
    ],
)  # fmt: skip
def test_other_pages_are_found(pager: str, expected: list[str]) -> None:
    assert pages(pager) == expected


def test_a_pager_that_appends_its_parameter_does_not_grow() -> None:
    third = '<a href="?pageIda=3&amp;pageIda=2&amp;pageIda=3">3</a>'
    following = '<a rel="next" href="?pageIda=2&amp;pageIda=2">&gt;</a>'
    assert pages(f'<div class="pageNaviList">{third}{following}</div>') == ["tin-tuc?pageIda=3", "tin-tuc?pageIda=2"]


def test_the_first_page_is_not_fetched_again_under_another_url() -> None:
    second = (
        '<div class="pager"><a href="?page=1">Trước</a><a href="?page=1">1</a><b>2</b><a href="?page=3">3</a></div>'
    )
    html = f"<html><body><ul>{ENTRIES}</ul>{second}</body></html>"
    found = discover(Page(url=f"{HOME}tin-tuc?page=2", body=html.encode()), from_url(HOME))
    assert f"{HOME}tin-tuc?page=1" not in {link.url for link in found.links}


def test_the_next_page_is_told_in_the_head() -> None:
    assert pages("", head='<link rel="next" href="/tin-tuc?page=2">') == ["tin-tuc?page=2"]


def test_the_days_of_a_calendar_are_no_pages() -> None:
    days = "".join(f'<td><a href="/lich?ngay={day}">{day}</a></td>' for day in range(1, 32))
    html = f"<html><body><ul>{ENTRIES}</ul><table><tr>{days}</tr></table></body></html>"
    found = discover(Page(url=f"{HOME}tin-tuc", body=html.encode()), from_url(HOME))
    assert not [link.url for link in found.links if "lich" in link.url]


FORM = """<form method="post" action="/danh-sach.do?x=1"><input type="hidden" name="pageIndex" value="1">
<input type="hidden" name="tu-ngay" value="2025-01-07"><input name="tu-khoa" value=""><input type="submit" value="Tim">
</form><div class="paging"><a href="#page" onclick="pageLink(1); return false;">1</a>
<a href="#page" onclick="pageLink(2); return false;">2</a><a href="javascript:pageLink('3')">3</a>
<a href="#x" onclick="share(4)">Chia sẻ</a></div>"""


def test_a_pager_that_sends_a_form_is_followed_by_url() -> None:
    assert pages(FORM) == [f"danh-sach.do?pageIndex={n}&tu-ngay=2025-01-07" for n in (2, 3)]


def test_numbers_without_a_form_that_takes_them_lead_nowhere() -> None:
    assert (
        pages('<a href="#" onclick="go(2)">2</a><a href="#" onclick="go(3)">3</a><form><input name="q"></form>') == []
    )


def test_entries_that_are_opened_by_script_are_found() -> None:
    row = (
        "<tr onclick=\"location.href='/tin/{0}-bai'\"><td>Thành phố họp hội nghị số {0}</td><td>0{0}/03/2021</td></tr>"
    )
    table = f"<table>{''.join(row.format(n) for n in range(1, 8))}</table>"
    found = discover(Page(url=f"{HOME}tin-tuc", body=table.encode()), from_url(HOME))
    assert found.kind is Kind.LISTING, found.reason
    articles = [link.url for link in found.links if link.kind is Kind.ARTICLE]
    assert articles == [f"{HOME}tin/{n}-bai" for n in range(1, 8)]


@pytest.mark.parametrize(
    "archive",
    [
        '<li><a href="/2024/05/">Mai 2024</a> (12)</li><li><a href="/2024/04/">April 2024</a> (9)</li>',
        '<li><a href="?y=2005&amp;m=3">Março</a></li><li><a href="?y=2005&amp;m=2">Fevereiro</a></li>',
    ],
)
def test_the_months_of_an_archive_are_followed(archive: str) -> None:
    html = f"<html><body><ul>{ENTRIES}</ul><ul class='archive'>{archive}</ul></body></html>"
    found = discover(Page(url=f"{HOME}noticias.php", body=html.encode()), from_url(HOME))
    months = [link for link in found.links if link.url.startswith((f"{HOME}2024/", f"{HOME}noticias.php?y="))]
    assert len(months) == 2 and {link.kind for link in months} <= {Kind.UNKNOWN, Kind.LISTING}


@pytest.mark.parametrize(
    "box",
    [
        '<div>Ngày 5/3 <a href="/su-kien/7">7</a></div>',
        '<p>Bình luận: <a href="/tin/5-bai#comments">2</a></p>',
        "<p>Điện thoại khẩn cấp khi có thiên tai xảy ra trên địa bàn: 113 hoặc <a href='/cuu-hoa'>114</a></p>",
    ],
)
def test_a_single_number_is_no_pager(box: str) -> None:
    assert pages(box) == []
