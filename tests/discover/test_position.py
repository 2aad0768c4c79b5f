"""An article keeps its URL wherever it stands in a listing, and only what is known to be a position is taken out."""

import pytest

from crawler.discover.position import without_position

BASE = "https://board.example/view.do"


@pytest.mark.parametrize(
    ("queries", "kept"),
    [
        (["nttId=7&pageIndex=3", "nttId=8&pageIndex=3"], ["nttId=7", "nttId=8"]),
        (["bbsId=5&nttId=7&nPage=1", "bbsId=5&nttId=8&nPage=1"], ["bbsId=5&nttId=7", "bbsId=5&nttId=8"]),
        (["id=7&startDate=2025-01-07&srchWord=", "id=8&startDate=2025-01-07&srchWord="], ["id=7", "id=8"]),
        (["id=7&mode=view", "id=8&mode=view"], None),
        (["id=7&mode=view&page=1", "id=8&mode=view&page=1"], ["id=7&mode=view", "id=8&mode=view"]),
        (["page=2", "page=3"], None),
        (["cat=1&page=2", "cat=1&page=3"], None),
        (["id=7&page=1", "id=7&page=1"], None),
        (["id=7", ""], None),
    ],
)
def test_without_position(queries: list[str], kept: list[str] | None) -> None:
    urls = [f"{BASE}?{query}" if query else BASE for query in queries]
    expected = {url: f"{BASE}?{query}" for url, query in zip(urls, kept, strict=True)} if kept else {}
    assert without_position(urls) == expected
