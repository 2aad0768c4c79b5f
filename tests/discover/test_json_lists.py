"""Listings that a portal serves as JSON."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.discover import discover, starts
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import Portal, from_url

HOME = "https://town.example/"
PORTAL = from_url(HOME)
WHEN = datetime(2024, 5, 24, 12, 26, 53, tzinfo=UTC)
WORDPRESS = [
    {
        "link": "https://town.example/tin/1/",
        "title": {"rendered": "Chợ &amp; phố"},
        "date": "2024-05-24T08:26:53",
        "modified_gmt": "2024-05-24T12:26:53",
        "_links": {"self": [{"href": "https://town.example/api/1", "title": "x"}]},
    }
]
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Town",
    "home_page_url": "https://town.example/",
    "next_url": "/feed.json?page=2",
    "items": [{"id": "1", "url": "/tin/1/", "title": "Chợ & phố", "date_modified": "2024-05-24T12:26:53Z"}],
}
PLONE = {
    "items_total": 2,
    "batching": {"next": "https://town.example/@search?b_start=10"},
    "items": [{"@id": "https://town.example/tin/1/", "title": "Chợ & phố", "modified": "2024-05-24T12:26:53+00:00"}],
}


def read(data: Any) -> tuple[Link, ...]:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    page = Page(url="https://town.example/api/posts", body=body, media_type="application/json")
    found = discover(page, PORTAL, expected=Kind.FEED)
    assert found.kind is (Kind.FEED if found.links else Kind.OTHER)
    return found.links


@pytest.mark.parametrize("data", [WORDPRESS, FEED, PLONE], ids=["wordpress", "jsonfeed", "plone"])
def test_items_are_articles(data: Any) -> None:
    links = [link for link in read(data) if link.kind is Kind.ARTICLE]
    assert links == [Link(url="https://town.example/tin/1/", kind=Kind.ARTICLE, text="Chợ & phố", modified=WHEN)]


def onward(url: str, data: Any, expected: Kind = Kind.FEED) -> list[str]:
    page = Page(url=f"{HOME}{url}", body=json.dumps(data).encode(), media_type="application/json")
    found = discover(page, PORTAL, expected=expected)
    assert found.kind is expected
    return [link.url.removeprefix(HOME) for link in found.links if link.kind is Kind.LISTING]


def test_the_next_part_is_a_listing_that_is_not_asked_for_by_every_crawl() -> None:
    assert onward("feed.json", FEED) == ["feed.json?page=2"]
    assert onward("@search", PLONE) == ["@search?b_start=10"]
    assert onward("@search?b_start=0", PLONE, Kind.LISTING) == ["@search?b_start=10"]


@pytest.mark.parametrize(
    ("url", "following"),
    [
        ("wp-api/posts?page=3&per_page=2", ["wp-api/posts?page=4&per_page=2"]),
        ("wp-api/posts?per_page=3&page=3", []),
        ("api/tin?trang=0", ["api/tin?trang=1"]),
        ("api/tin?offset=20&limit=2", ["api/tin?offset=22&limit=2"]),
        ("api/tin?start=0", ["api/tin?start=2"]),
        ("api/tin", []),
        ("api/tin?page=x", []),
        ("api/tin?pages=2", []),
    ],
)
def test_a_list_that_counts_its_parts_goes_on_until_one_is_short(url: str, following: list[str]) -> None:
    items = [{"url": f"/tin/{n}-bai", "title": f"Bài {n}"} for n in (1, 2)]
    assert onward(url, items) == following


def seed_of(platform: str, mark: str) -> tuple[Portal, str]:
    portal = from_url(HOME, platform)
    return portal, next(link.url for link in starts(portal) if mark in link.url)


def test_the_rest_interface_of_wordpress_is_walked_to_its_end_and_no_further() -> None:
    portal, url = seed_of("wordpress", "wp-json")
    items = [{"link": f"{HOME}2024/05/{n}-bai/", "title": {"rendered": f"Bài {n}"}} for n in range(100)]
    visited, posts = [], 0
    for part in (items, items[:100], items[:7]):
        visited.append(url)
        page = Page(url=url, body=json.dumps(part).encode(), media_type="application/json")
        found = discover(page, portal, expected=Kind.FEED)
        posts += sum(link.kind is Kind.ARTICLE for link in found.links)
        url = next((link.url for link in found.links if link.kind is Kind.LISTING), "")
    assert [re.findall(r"[?&]page=(\d+)", each) for each in visited] == [["1"], ["2"], ["3"]]
    assert (posts, url) == (207, "")
    assert not portal.scope.admits(f"{HOME}wp-json/wp/v2/users") and not portal.scope.admits(f"{HOME}wp-json/")


def test_the_rest_interface_of_plone_leads_on_by_its_batches() -> None:
    portal, url = seed_of("plone", "@search")
    onward = f"{HOME}++api++/@search?portal_type=News%20Item&b_size=100&b_start=100"
    body = json.dumps({**PLONE, "batching": {"next": onward, "last": onward}}).encode()
    found = discover(Page(url=url, body=body, media_type="application/json"), portal, expected=Kind.FEED)
    assert [(link.url, link.kind) for link in found.links] == [(onward, Kind.LISTING), (f"{HOME}tin/1/", Kind.ARTICLE)]


def test_entries_that_come_as_markup_in_json_are_read_as_a_list() -> None:
    entry = '<li><h3><a href="/tin/{0}-bai">Thành phố họp hội nghị số {0}</a></h3><span>0{0}/03/2021</span></li>'
    data = {"success": True, "html": "<ul>" + "".join(entry.format(n) for n in (1, 2, 3)) + "</ul>", "more": False}
    page = Page(url=f"{HOME}ajax?page=2", body=json.dumps(data).encode(), media_type="application/json")
    found = discover(page, PORTAL, expected=Kind.LISTING)
    assert found.kind is Kind.LISTING
    assert [(link.url, link.kind) for link in found.links] == [(f"{HOME}tin/{n}-bai", Kind.ARTICLE) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        [1, "a", None],
        {"url": "https://town.example/", "title": "Town"},
        [{"url": "https://other.example/a", "title": "Elsewhere"}],
        [{"url": "/a"}],
        b'{"items": [{"url": "/a", "title": "cut',
        b"[" * 100_000,
    ],
)
def test_other_json_is_no_listing(data: Any) -> None:
    assert read(data) == ()
