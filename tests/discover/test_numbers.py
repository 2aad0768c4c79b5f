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
    return from_table({**BASE, "listing": {"enumerate": list(templates)}}, Path("x.toml"), "x")


def numbers(*urls: str, template: str = "/news.aspx?AID={n}") -> list[str]:
    links = (Link(url=f"{HOME}{url}") for url in urls)
    return [link.url.removeprefix(HOME) for link in enumerated(links, portal(template))]


def test_numbers_below_the_highest_that_were_not_listed_newest_first() -> None:
    assert numbers("news.aspx?AID=5", "news.aspx?AID=3", "other?AID=99") == [f"news.aspx?AID={n}" for n in (4, 2, 1)]


def test_the_spelling_of_the_portal_is_kept() -> None:
    assert numbers("News.aspx?aid=3", template="/news.aspx?AID={n}") == ["News.aspx?aid=2", "News.aspx?aid=1"]
    assert numbers("tin/3/chi-tiet", template="/tin/{n}/chi-tiet") == ["tin/2/chi-tiet", "tin/1/chi-tiet"]


def test_nothing_is_tried_where_no_number_was_seen_and_never_without_end() -> None:
    assert numbers("a", "b") == []
    assert len(numbers("news.aspx?AID=900000000")) < 3001


def test_listings_of_a_declared_civicplus_portal_bring_what_they_no_longer_show() -> None:
    entry = '<h3><a href="/m/newsflash/Home/Detail/{0}">City council meets about park number {0}</a></h3>'
    html = f"<html><body>{''.join(entry.format(n) for n in (6, 5, 2))}</body></html>"
    page = Page(url=f"{HOME}m/newsflash", body=html.encode(), media_type="text/html")
    found = discover(page, from_table({**BASE, "platform": "civicplus"}, Path("x.toml"), "x"))
    assert [link.url for link in found.links if link.kind is Kind.UNKNOWN] == [
        f"{HOME}m/newsflash/Home/Detail/{n}" for n in (4, 3, 1)
    ]


def test_a_template_without_number_is_refused() -> None:
    with pytest.raises(PortalError, match=r"x.toml: listing\.enumerate: '/news' must have {n} once"):
        portal("/news")
