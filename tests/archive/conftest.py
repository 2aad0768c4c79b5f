"""A real archive in a temporary folder, and visits to store in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.archive import Archive
from tests.archive.visits import NOW, PORTAL, Town


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def town(archive: Archive) -> Town:
    """A portal with a crawl under way."""
    portal_id = archive.portal(PORTAL, NOW)
    crawl_id = archive.begin_crawl(portal_id, command="muniment crawl town", software="muniment/0", now=NOW)
    return Town(archive, portal_id, crawl_id)
