"""Discovery on whole pages: kind, links and verdict."""

from datetime import UTC, datetime

from crawler.discover import discover, from_robots, starts
from crawler.model import Kind, Verdict
from crawler.page import Page
from crawler.portal import from_url

PORTAL = from_url("https://town.example/")
NOW = datetime(2026, 11, 1, tzinfo=UTC)

LISTING = """<html><head><title>Tin tức</title>
<link rel="alternate" type="application/rss+xml" href="/rss/tin-tuc.rss" title="RSS"></head><body>
<ul class="menu"><li><a href="/gioi-thieu">Giới thiệu chung về thành phố</a></li><li><a href="/tin-tuc">Tin tức</a></li>
<li><a href="/dang-nhap">Đăng nhập</a></li></ul>
<div class="list">
{entries}
</div>
<div class="pager"><span>1</span><a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=2">Sau</a></div>
</body></html>"""

ENTRY = """<div class="item">
<h3><a href="/tin-tuc/{n}-bai-viet-so-{n}">Đại hội chi bộ nhiệm kỳ mới lần thứ {n}</a></h3>
<span class="date">0{n}/01/2020</span>
<p>Sáng nay, chi bộ đã tổ chức đại hội với sự có mặt của nhiều đại biểu.</p></div>"""


def page(html: str, url: str = "https://town.example/tin-tuc") -> Page:
    return Page(url=url, body=html.encode(), media_type="text/html", captured_at=NOW)


def listing() -> Page:
    return page(LISTING.format(entries="\n".join(ENTRY.format(n=n) for n in range(1, 7))))


def test_a_listing_is_named_from_the_page_and_brings_articles_pages_and_its_feed() -> None:
    found = discover(listing(), PORTAL)
    assert found.kind is Kind.LISTING, found.reason
    assert found.verdict is Verdict.LIVE
    by_kind = {kind: [link.url for link in found.links if link.kind is kind] for kind in Kind}
    assert by_kind[Kind.ARTICLE] == [f"https://town.example/tin-tuc/{n}-bai-viet-so-{n}" for n in range(1, 7)]
    assert by_kind[Kind.LISTING] == ["https://town.example/tin-tuc?page=2", "https://town.example/tin-tuc?page=3"]
    assert by_kind[Kind.FEED] == ["https://town.example/rss/tin-tuc.rss"]
    assert by_kind[Kind.UNKNOWN] == ["https://town.example/gioi-thieu"]
    assert found.links[2].text == "Đại hội chi bộ nhiệm kỳ mới lần thứ 1"


def test_an_article_is_named_from_its_text() -> None:
    text = "".join(f"<p>{'Đại hội đã thảo luận và thông qua nghị quyết của nhiệm kỳ mới. ' * 4}</p>" for _ in range(5))
    found = discover(page(f"<html><body><h1>Đại hội</h1><div>{text}</div></body></html>"), PORTAL)
    assert found.kind is Kind.ARTICLE, found.reason


def test_robots_name_sitemaps_also_relative_ones() -> None:
    text = "User-agent: *\nDisallow: /x\nSitemap: /sitemap.xml\nsitemap:https://town.example/news.xml\n"
    links = from_robots(text, "https://town.example/robots.txt")
    assert [link.url for link in links] == ["https://town.example/sitemap.xml", "https://town.example/news.xml"]
    assert {link.kind for link in links} == {Kind.SITEMAP}


def test_a_bare_url_starts_at_the_home_page_and_the_usual_places() -> None:
    links = starts(PORTAL)
    assert links[0].url == "https://town.example/"
    assert "https://town.example/sitemap.xml" in {link.url for link in links}
