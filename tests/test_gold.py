"""Every gold page, field by field."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from crawler.model import Article
from tests.gold import agrees, pages, read, shown

FLOOR = Path(__file__).parent / "floor.json"
"""Right answers by field, below which none may fall."""
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


def test_no_score_falls() -> None:
    """As many answers as ever are right, field by field: a gold page that goes needs one that takes its place."""
    right = Counter(
        field
        for name, gold in PAGES.items()
        for field, expected in gold.expect.items()
        if agrees(getattr(article(name), field), expected)
    )
    floor = json.loads(FLOOR.read_text(encoding="utf-8"))
    assert {field: right[field] for field, least in floor.items() if right[field] < least} == {}
