"""One spider for each portal file, and `scrapy list` as a user types it."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import Request

from spiders.loader import PortalLoader

TOWN = 'name = "Town"\nurl = "https://{}.example/"\ntimezone = "Europe/Berlin"\n[politeness]\ndelay = 3\n'


def portals(root: Path) -> PortalLoader:
    (root / "de").mkdir()
    (root / "de/a.toml").write_text(TOWN.format("a"))
    (root / "de/b.toml").write_text(TOWN.format("b") + 'contact = "archive@library.example"\n')
    (root / "de/wrong.toml").write_text('nam = "Town"\n')
    return PortalLoader(root)


def test_a_broken_file_is_told_and_stops_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        loader = portals(tmp_path)
    assert loader.list() == ["de-a", "de-b"]
    assert "wrong.toml: nam: unknown key" in caplog.text


def test_a_spider_carries_its_portals_politeness(tmp_path: Path) -> None:
    spider = portals(tmp_path).load("de-b")
    assert spider.custom_settings is not None
    assert spider.custom_settings["DOWNLOAD_DELAY"] == 3
    assert spider.custom_settings["USER_AGENT"].startswith("muniment/")
    assert "archive@library.example" in spider.custom_settings["USER_AGENT"]


def test_a_request_finds_its_spider(tmp_path: Path) -> None:
    assert portals(tmp_path).find_by_request(Request("https://b.example/tin")) == ["de-b"]


def test_a_slug_nobody_declared(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="de-c"):
        portals(tmp_path).load("de-c")


def test_scrapy_list_shows_the_declared_portals() -> None:
    done = subprocess.run([sys.executable, "-m", "scrapy", "list"], capture_output=True, text=True, check=True)
    assert "vn-quang-ninh-mong-cai" in done.stdout.split()
