"""Entries of listings whose titles are short, whose days stand beside them, and whose headings are named as headers."""

import pytest

from crawler.discover import discover
from crawler.model import Kind
from crawler.page import Page
from crawler.portal import from_url

PORTAL = from_url("https://town.example/")
TITLES = ("Harvest festival", "Road works in Lower Village", "New school year", "Bulky waste")

IN_PAGE_HEADERS = "".join(
    f'<div class="blog-item"><div class="page-header"><h2><a href="/news/{n}-a">{title}</a></h2></div>'
    f"<p>1{n}.03.2024 What the council has to say about it.</p></div>"
    for n, title in enumerate(TITLES)
)
BEHIND_DAYS = "".join(
    f'<dt>2024年2月{n}日</dt><dd><a href="/soshiki/{n}.html">{title}</a></dd>'
    for n, title in enumerate(("ごみの収集日が変わります", "確定申告の受付について", "市民会館の催し", "職員募集"), 8)
)
IN_ROWS = "".join(
    f'<tr><td>{n}</td><td class="subject"><a href="view.do?nttId=B{n}">{title}</a></td>'
    f'<td><a href="/dept/tax">세무과</a></td>'
    f"<td>2024.09.{n}</td><td>80{n}</td></tr>"
    for n, title in enumerate(
        ("지방세 체납액 일제정리 안내", "시립도서관 휴관일 변경 안내", "교통통제", "독감 예방접종"), 11
    )
)


@pytest.mark.parametrize(
    ("listing", "entries"),
    [
        (f"<main><h1>News</h1>{IN_PAGE_HEADERS}</main>", 4),
        (f"<h1>新着情報</h1><dl>{BEHIND_DAYS}</dl>", 4),
        (f"<h1>공지사항</h1><table>{IN_ROWS}</table>", 4),
    ],
)
def test_every_entry_leads_to_an_article(listing: str, entries: int) -> None:
    page = Page(url="https://town.example/list", body=f"<html><body>{listing}</body></html>".encode())
    found = discover(page, PORTAL)
    assert found.kind is Kind.LISTING
    assert sum(link.kind is Kind.ARTICLE for link in found.links) == entries


def test_the_next_twenty_are_the_next_page() -> None:
    more = '<p><a href="/list/p2.html">次の20件</a></p>'
    page = Page(url="https://town.example/list", body=f"<h1>新着情報</h1><dl>{BEHIND_DAYS}</dl>{more}".encode())
    assert [link.url for link in discover(page, PORTAL).pages] == ["https://town.example/list/p2.html"]


DOCUMENT = '<p>3 April 2024</p><p><a href="/files/notice.pdf">Download the notice (PDF, 240 KB)</a></p>'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<h1>Call for bids of builders 12/2024</h1>{DOCUMENT}", Kind.ARTICLE),
        (f"<h1>Minutes of the Regular Meeting, 13 February 2024</h1>{DOCUMENT}", Kind.ARTICLE),
        (f"<h1>Call for bids of builders 12/2024</h1>{DOCUMENT.replace('<p>3 April 2024</p>', '')}", Kind.OTHER),
        (f"<h1>Calls for bids in the region</h1>{DOCUMENT * 3}", Kind.OTHER),
    ],
)
def test_a_document_below_headline_and_day_is_an_article(body: str, kind: Kind) -> None:
    page = Page(url="https://town.example/notice", body=f"<html><body>{body}</body></html>".encode())
    assert discover(page, PORTAL).kind is kind
