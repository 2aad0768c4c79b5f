"""Articles that no list shows any more are tried by their running number, where the platform says so."""

from pathlib import Path

import pytest

from crawler.discover import discover
from crawler.discover.numbers import enumerated
from crawler.model import Kind, Link, PortalError
from crawler.page import Page
from crawler.portal import Portal, from_table

HOME = "https://town.example/"
BASE = {"name": "x", "url": HOME, "timezone": "UTC"}


def portal(*templates: str) -> Portal:
    return from_table({**BASE, "listing": {"enumerate": list(templates), "gap": 3}}, Path("x.toml"), "x")


def numbers(*urls: str, template: str = "/news.aspx?AID={n}") -> list[str]:
    links = (Link(url=f"{HOME}{url}") for url in urls)
    return [link.url.removeprefix(HOME) for link in enumerated(links, portal(template))]


def test_numbers_around_what_is_known_the_highest_first() -> None:
    around = [f"news.aspx?AID={n}" for n in (8, 7, 6, 4, 2, 1)]
    assert numbers("news.aspx?AID=5", "news.aspx?AID=3", "other?AID=99") == around


def test_the_spelling_of_the_portal_is_kept() -> None:
    assert numbers("News.aspx?aid=1", template="/news.aspx?AID={n}") == [f"News.aspx?aid={n}" for n in (4, 3, 2)]
    assert numbers("tin/1/chi-tiet", template="/tin/{n}/chi-tiet") == [f"tin/{n}/chi-tiet" for n in (4, 3, 2)]


def test_nothing_is_tried_where_no_number_was_seen_nor_further_than_the_gap() -> None:
    assert numbers("a", "b") == []
    assert numbers("news.aspx?AID=90") == [f"news.aspx?AID={n}" for n in (93, 92, 91, 89, 88, 87)]


def test_an_article_brings_the_numbers_around_it_and_a_page_that_is_none_brings_none() -> None:
    text = f"<h1>Council meets about the park</h1>{'<p>The council met about the park and its paths. </p>' * 40}"
    declared = portal("/news.aspx?AID={n}")
    found = discover(Page(url=f"{HOME}news.aspx?AID=2", body=text.encode(), media_type="text/html"), declared)
    assert (found.kind, [link.url for link in found.links]) == (
        Kind.ARTICLE,
        [f"{HOME}news.aspx?AID={n}" for n in (5, 4, 3, 1)],
    )
    other = discover(Page(url=f"{HOME}news.aspx?AID=2", body=b"<p>Contact</p>", media_type="text/html"), declared)
    assert other.links == ()


def test_listings_of_a_declared_civicplus_portal_bring_what_they_no_longer_show() -> None:
    entry = '<h3><a href="/m/newsflash/Home/Detail/{0}">City council meets about park number {0}</a></h3>'
    html = f"<html><body>{''.join(entry.format(n) for n in (6, 5, 2))}</body></html>"
    page = Page(url=f"{HOME}m/newsflash", body=html.encode(), media_type="text/html")
    table = {**BASE, "platform": "civicplus", "listing": {"gap": 2}}
    found = discover(page, from_table(table, Path("x.toml"), "x"))
    assert [link.url for link in found.links if link.kind is Kind.UNKNOWN] == [
        f"{HOME}m/newsflash/Home/Detail/{n}" for n in (8, 7, 4, 3, 1)
    ]


def test_a_gap_without_numbers_is_refused() -> None:
    with pytest.raises(PortalError, match=r"x.toml: listing\.gap: 0 is no number"):
        from_table({**BASE, "listing": {"gap": 0}}, Path("x.toml"), "x")


def test_a_template_without_number_is_refused() -> None:
    with pytest.raises(PortalError, match=r"x.toml: listing\.enumerate: '/news' must have {n} once"):
        portal("/news")
