"""Discovery alone finds every article of the sample portal over HTTP, from nothing but its URL."""

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from crawler.discover import discover
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import Portal, from_url
from crawler.sample.server import SamplePortal

FETCHED = {Kind.ARTICLE, Kind.LISTING, Kind.UNKNOWN}
FEEDS = {Kind.FEED, Kind.SITEMAP}


@pytest.fixture(scope="module")
def sample() -> Iterator[SamplePortal]:
    with SamplePortal() as portal:
        yield portal


def fetched(url: str) -> Page | None:
    try:
        with urlopen(url, timeout=10) as answer:
            headers = answer.headers
            charset, media = headers.get_content_charset(), headers.get_content_type()
            return Page(url=answer.geturl(), body=answer.read(), media_type=media, charset=charset)
    except HTTPError:
        return None


def crawl(portal: Portal, kinds: set[Kind]) -> dict[str, tuple[Kind, Kind]]:
    """For every page that a breadth-first crawl fetches, the kind that was expected and the kind that was found."""
    queue, found = {portal.url: Link(url=portal.url, kind=Kind.LISTING)}, {}
    while queue:
        link = queue.pop(next(iter(queue)))
        page = fetched(link.url)
        if page is None or page.url in found:
            continue
        seen = discover(page, portal, expected=link.kind)
        found[page.url] = (link.kind, seen.kind)
        queue |= {new.url: new for new in seen.links if new.kind in kinds and new.url not in found}
    return found


def test_all_articles_are_found_without_feed_and_sitemap(sample: SamplePortal) -> None:
    found = crawl(from_url(sample.url), FETCHED)
    articles = {story.url for story in sample.articles()}
    assert articles <= set(found)
    assert {url for url in articles if found[url][1] is not Kind.ARTICLE} == set()
    assert {url for url, (_, kind) in found.items() if kind is Kind.ARTICLE} - articles <= {
        f"{sample.url}vi-vn/gioi-thieu"
    }
    assert len(found) < len(articles) * 1.5


def test_what_is_expected_of_a_link_is_what_is_found(sample: SamplePortal) -> None:
    found = crawl(from_url(sample.url), FETCHED | FEEDS)
    expected = [kind for kind, _ in found.values() if kind is not Kind.UNKNOWN]
    right = [kind for kind, seen in found.values() if kind is seen]
    assert len(right) >= 0.97 * len(expected)
    assert {seen for kind, seen in found.values() if kind is Kind.ARTICLE} == {Kind.ARTICLE}
