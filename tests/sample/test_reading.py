"""Every page of the sample portals is read as it was printed, field by field."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from crawler.cli.fetch import Fetcher
from crawler.extract import extract
from crawler.model import Article
from crawler.portal import from_url
from crawler.sample.server import SamplePortal
from tests.crawling import expected

Pair = tuple[Article, Article]


@pytest.fixture(scope="module")
def pairs() -> Iterator[list[Pair]]:
    """What each of 300 pages of the town, in every markup that it has had, printed and is read as."""
    with SamplePortal(articles=300) as portal:
        town, fetcher = replace(from_url(portal.url), name="Thành phố Móng Cái"), Fetcher()
        yield [(article, extract(fetcher.get(article.url).page, town)) for article in portal.articles()]


@pytest.mark.parametrize("field", list(expected(Article(url="", portal=""))))
def test_every_page_is_read_as_it_was_printed(pairs: list[Pair], field: str) -> None:
    wrong = {
        printed.url: (expected(printed)[field], expected(read)[field])
        for printed, read in pairs
        if expected(printed)[field] != expected(read)[field]
    }
    assert len(pairs) == 300 and wrong == {}
