"""Sitemaps: index, urlset, news, gzip and text."""

import gzip
from datetime import UTC, datetime

import pytest

from crawler.discover import discover
from crawler.model import Kind
from crawler.page import Page
from crawler.portal import from_url

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PORTAL = from_url("https://town.example/")
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def read(
    body: bytes, media_type: str = "text/xml", url: str = "https://town.example/sitemap.xml"
) -> list[tuple[str, Kind]]:
    found = discover(Page(url=url, body=body, media_type=media_type, captured_at=NOW), PORTAL)
    assert found.kind is Kind.SITEMAP, found.reason
    return [(link.url.removeprefix("https://town.example/"), link.kind) for link in found.links]


def urlset(*urls: str) -> bytes:
    return f"<?xml version='1.0'?><urlset {NS}>{''.join(f'<url>{u}</url>' for u in urls)}</urlset>".encode()


def test_a_urlset_brings_pages_with_the_kind_their_urls_suggest() -> None:
    body = urlset(
        "<loc>https://town.example/tin/12345-dai-hoi</loc>",
        "<loc>/tin-tuc</loc>",
        "<loc> https://town.example/gioi-thieu </loc>",
        "<loc>https://town.example/a.pdf</loc>",
        "<loc>https://other.example/a</loc>",
        "<loc>https://town.example/gioi-thieu#x</loc>",
        "<loc></loc>",
    )
    assert read(body) == [
        ("tin/12345-dai-hoi", Kind.ARTICLE),
        ("tin-tuc", Kind.LISTING),
        ("gioi-thieu", Kind.UNKNOWN),
        ("a.pdf", Kind.ATTACHMENT),
    ]


def test_an_index_brings_sitemaps() -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>/sitemap-1.xml.gz</loc></sitemap></sitemapindex>".encode()
    assert read(body) == [("sitemap-1.xml.gz", Kind.SITEMAP)]


def test_gzip_is_unpacked_whatever_the_server_calls_it() -> None:
    packed = gzip.compress(urlset("<loc>https://town.example/a</loc>"))
    assert read(packed, "application/octet-stream", "https://town.example/s.xml.gz") == [("a", Kind.UNKNOWN)]
    assert read(packed[:-9], "application/gzip") == [("a", Kind.UNKNOWN)]


def test_news_entries_are_articles_with_title_and_date() -> None:
    news = (
        "<news:news><news:publication_date>2026-10-02</news:publication_date><news:title>Tin A</news:title></news:news>"
    )
    image = "<image xmlns='x'><loc>https://town.example/a.jpg</loc></image>"
    page = Page(url="https://town.example/news.xml", body=urlset(f"<loc>https://town.example/a</loc>{image}{news}"))
    (link,) = discover(page, PORTAL).links
    assert (link.url, link.kind, link.text) == ("https://town.example/a", Kind.ARTICLE, "Tin A")
    assert link.modified == datetime(2026, 10, 2, tzinfo=UTC)


def test_a_sitemap_named_for_posts_brings_articles() -> None:
    assert read(urlset("<loc>/ve</loc>"), url="https://town.example/post-sitemap.xml") == [("ve", Kind.ARTICLE)]


@pytest.mark.parametrize(
    ("lastmod", "expected"),
    [
        ("2020-01-08T16:50:00+07:00", "2020-01-08T09:50:00+00:00"),
        ("2020-01-08T16:50:00.123Z", "2020-01-08T16:50:00.123000+00:00"),
        ("2020-01-08T16:50+0700", "2020-01-08T09:50:00+00:00"),
        ("2020-01-08", "2020-01-08T00:00:00+00:00"),
        ("2020-13-45", None),
        ("0001-01-01", None),
        ("2031-01-01", None),
        ("yesterday", None),
    ],
)
def test_lastmod(lastmod: str, expected: str | None) -> None:
    body = urlset(f"<loc>/a</loc><lastmod>{lastmod}</lastmod>")
    (link,) = discover(Page(url="https://town.example/sitemap.xml", body=body, captured_at=NOW), PORTAL).links
    assert (link.modified.isoformat() if link.modified else None) == expected


def test_a_list_of_urls_as_text_is_a_sitemap() -> None:
    text = b"https://town.example/a\nhttps://town.example/tin/12345-dai-hoi\n"
    assert read(text, "text/plain", "https://town.example/sitemap.txt") == [
        ("a", Kind.UNKNOWN),
        ("tin/12345-dai-hoi", Kind.ARTICLE),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf\n\n" + urlset("<loc>/a</loc>"),
        urlset("<loc>/a</loc>")[:-12],
        urlset("<loc>/a</loc>").replace(b"</url>", b"&nbsp;</url>"),
        urlset("<loc>/a</loc>").replace(b"urlset", b"ns:urlset").replace(b"xmlns=", b"xmlns:ns="),
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + urlset("<loc>/a</loc><lastmod>&e;</lastmod>"),
    ],
)
def test_broken_sitemaps_give_what_they_have(body: bytes) -> None:
    assert read(body) == [("a", Kind.UNKNOWN)]


def test_a_sitemap_that_unpacks_without_end_is_cut() -> None:
    bomb = gzip.compress(urlset("<loc>/a</loc>") + b" " * 100_000_000, 9)
    assert read(bomb) == [("a", Kind.UNKNOWN)]
