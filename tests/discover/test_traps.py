"""Links that lead nowhere new are not followed; those that look like them are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.anchors import Targets, repaired
from crawler.discover.shape import lies_at, shape
from crawler.discover.traps import switches_language
from crawler.portal import from_url

HOME = "https://town.example/"
ARTICLE = "https://town.example/tin/12345-dai-hoi-chi-bo"


def followed(href: str, page: str = ARTICLE) -> str | None:
    return Targets(page, from_url(HOME)).resolve(href)


@pytest.mark.parametrize(
    "href",
    [
        "/login", "/dang-nhap.html", "/user/login?destination=node/3", "/c/portal/login?p_l_id=1", "/wp-login.php",
        "/tin/12345-dai-hoi-chi-bo/print", "/in-an/12345", "/tin/12345?print=1", "/tin/12345?tmpl=component&print=1",
        "/share?u=x", "/tin-tuc?sort=date", "/tin-tuc?orderby=title", "/tin-tuc?order=asc",
        "/events/?tribe-bar-date=2026-01-01", "/tin/12345?replytocom=9",
        "/tin/12345-dai-hoi-chi-bo/en", "/tin/12345-dai-hoi-chi-bo/vi/", "/tin/x/en/vi", "/tin/x.html/vi/en.html",
        "/tin/12345-dai-hoi-chi-bo?lang=en", "/a/b/a/b/a/b", "/tin/tin/tin/tin",
        "#top", "javascript:void(0)", "mailto:a@town.example", "tel:+84", "data:text/html,x", "",
        "https://other.example/tin/1", "//facebook.example/sharer", "http://[bad/",
    ],
)  # fmt: skip
def test_refused(href: str) -> None:
    assert followed(href) is None


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/en", "https://town.example/en"),
        ("/en/news", "https://town.example/en/news"),
        ("/tin/99-khac/en", "https://town.example/tin/99-khac/en"),
        ("/?lang=en", "https://town.example/?lang=en"),
        ("/news/news/77", "https://town.example/news/news/77"),
        ("/2020/01/01/a", "https://town.example/2020/01/01/a"),
        ("/rss?format=feed", "https://town.example/rss?format=feed"),
        ("/tin-tuc?page=2", "https://town.example/tin-tuc?page=2"),
        ("13-khac", "https://town.example/tin/13-khac"),
        ("./13-khac", "https://town.example/tin/13-khac"),
        ("../13-khac", "https://town.example/13-khac"),
        ("?trang=2", "https://town.example/tin/12345-dai-hoi-chi-bo?trang=2"),
        ("\n /tin/1\t", "https://town.example/tin/1"),
        ("http:town.example/tin/1", "https://town.example/tin/1"),
        ("https//town.example/tin/1", "https://town.example/tin/1"),
        ("\\tin\\1", "https://town.example/tin/1"),
        ("//www.town.example/tin/1", "https://town.example/tin/1"),
    ],
)
def test_followed(href: str, url: str) -> None:
    assert followed(href) == url


@given(st.one_of(st.text(max_size=40), st.from_regex(r"https?:/{0,3}[\w.:\[\]@%-]{0,20}(/[\w.%?=&;#]{0,9}){0,3}")))
def test_no_link_at_all_stops_discovery(href: str) -> None:
    url = followed(href)
    assert url is None or url.startswith("https://town.example/")


def test_slips_in_links_are_repaired_only_where_a_host_follows() -> None:
    assert repaired("http:moc.gov.example/tin/1") == "http://moc.gov.example/tin/1"
    assert repaired("http:/town.example/a") == "http://town.example/a"
    assert repaired("http:/tin-tuc/a") == "http:/tin-tuc/a"
    assert repaired("https://town.example/a") == "https://town.example/a"


def test_a_translation_is_one_only_beside_its_original() -> None:
    urls = {"https://town.example/tin/1", "https://town.example/"}
    assert switches_language("https://town.example/tin/1/en", urls)
    assert not switches_language("https://town.example/tin/2/en", urls)
    assert not switches_language("https://town.example/en", urls)


def test_a_shape_is_what_pages_of_one_counter_share() -> None:
    assert shape(f"{HOME}lich?thang=2024-06") == shape(f"{HOME}lich?thang=1999-1") == f"{HOME}lich?thang=#-#"
    assert shape("http://127.0.0.1:80/tin") is None and shape(f"{HOME}tin-tuc") is None
    assert shape(f"{HOME}tin?page=2") != shape(f"{HOME}the-thao?page=2")
    assert lies_at(f"{HOME}lich/2024/06/12", f"{HOME}lich/2023/01") and lies_at(f"{HOME}lich?ngay=3", f"{HOME}lich?x=1")
    assert not lies_at(f"{HOME}tin", f"{HOME}lich")
