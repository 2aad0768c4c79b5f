"""Every gold page, field by field."""

from functools import cache

import pytest

from crawler.model import Article
from tests.gold import agrees, pages, read, shown

PAGES = {gold.name: gold for gold in pages()}
CASES = [pytest.param(name, field, id=f"{name}-{field}") for name, gold in PAGES.items() for field in gold.expect]


@cache
def article(name: str) -> Article:
    return read(PAGES[name])


@pytest.mark.parametrize(("name", "field"), CASES)
def test_field(name: str, field: str) -> None:
    found, expected = getattr(article(name), field), PAGES[name].expect[field]
    assert agrees(found, expected), f"{field} is {shown(found)!r}, expected {expected!r}"


@pytest.mark.parametrize("name", PAGES)
def test_no_chrome_is_kept(name: str) -> None:
    """Nothing of the frame: page clock, counter, share titles, other news, footer."""
    kept = " ".join((*article(name).body, article(name).lead or "", *(i.caption or "" for i in article(name).images)))
    for chrome in (
        "Loading...",
        "Lượt xem",
        "Khai mạc hội chợ hoa xuân",
        "GMT+7",
        "Giấy phép số",
        "Marktplatz 1",
        "만족하십니까",
    ):
        assert chrome not in kept


def test_there_are_enough_pages() -> None:
    assert len(PAGES) >= 60
