"""One document, one URL; what could be another document keeps its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.canonical import beside, canonical

SAME = {
    "HTTPS://Town.Example:443/tin-tuc#top": "https://town.example/tin-tuc",
    "http://town.example:80": "http://town.example/",
    "http://town.example:8080/a": "http://town.example:8080/a",
    "https://town.example/index.html": "https://town.example/",
    "https://town.example/Default.aspx": "https://town.example/",
    "https://town.example/news/index.html": "https://town.example/news/index.html",
    "https://town.example/index.php?id=7": "https://town.example/?id=7",
    "https://town.example/a/./b/../c": "https://town.example/a/c",
    "https://town.example//a//b": "https://town.example/a/b",
    "https://town.example/đô-thị?q=a b": "https://town.example/%C4%91%C3%B4-th%E1%BB%8B?q=a%20b",
    "https://town.example/caf%c3%a9": "https://town.example/caf%C3%A9",
    "https://town.example/a?id=3&utm_source=x&fbclid=y": "https://town.example/a?id=3",
    "https://town.example/a;jsessionid=0A1B?x=1": "https://town.example/a?x=1",
    "https://town.example/(S(5ab2cdef01))/a.aspx": "https://town.example/a.aspx",
    "https://town.example/a?PHPSESSID=1&b=2": "https://town.example/a?b=2",
    "https://town.example/bai?redirect=https%3A%2F%2Ftown.example%2Ftin": "https://town.example/bai",
    "https://town.example/a?redirect=3": "https://town.example/a?redirect=3",
    "https://town.example/a?b=2&a=1&unknown": "https://town.example/a?b=2&a=1&unknown",
    "https://town.example/list?pageIda6=3&pageIda6=2&pageIda6=1&pageIda6=2": "https://town.example/list?pageIda6=2",
    "https://town.example/a?CID=7&CID=25": "https://town.example/a?CID=7&CID=25",
    "https://name:secret@town.example/a": "https://town.example/a",
}


@pytest.mark.parametrize("url", SAME)
def test_canonical_form(url: str) -> None:
    assert canonical(url) == SAME[url]


@given(
    st.from_regex(
        r"https?://[a-z]{1,9}\.example(:[0-9]{2,4})?(/[a-zA-Z0-9%._;~ áđ-]{0,9}){0,4}(\?[a-z0-9=&%+ é]{0,20})?",
        fullmatch=True,
    )
)
def test_canonical_is_stable(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    ("url", "page", "expected"),
    [
        ("http://www.town.example/a", "https://town.example/", "https://town.example/a"),
        ("https://town.example/a", "http://www.town.example/", "https://www.town.example/a"),
        ("http://town.example/a", "http://town.example/b", "http://town.example/a"),
        ("http://other.example/a", "https://town.example/", "http://other.example/a"),
        ("http://town.example:81/a", "https://town.example/", "http://town.example:81/a"),
    ],
)
def test_a_portal_that_links_to_itself_in_several_forms_has_one(url: str, page: str, expected: str) -> None:
    assert beside(url, page) == expected
