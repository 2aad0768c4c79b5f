"""Listings that a portal serves as JSON."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.discover import discover
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import from_url

PORTAL = from_url("https://town.example/")
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


def test_the_next_part_is_a_feed() -> None:
    assert [link.url for link in read(FEED) if link.kind is Kind.FEED] == ["https://town.example/feed.json?page=2"]
    assert [link.url for link in read(PLONE) if link.kind is Kind.FEED] == ["https://town.example/@search?b_start=10"]


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
