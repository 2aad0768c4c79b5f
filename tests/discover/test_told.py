"""Links that a page tells without an ``<a>``."""

import pytest

from crawler.discover import discover
from crawler.model import Kind
from crawler.page import Page
from crawler.portal import from_url

HOME = "https://town.example/"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<meta http-equiv="refresh" content="0; url=/vi-vn/">', [("vi-vn/", Kind.UNKNOWN)]),
        ("<meta http-equiv=Refresh content=\"3;URL='https://town.example/a'\">", [("a", Kind.UNKNOWN)]),
        ("<script>window.location.href = '/web/guest';</script>", [("web/guest", Kind.UNKNOWN)]),
        ('<script>location.replace("trang-chu.aspx")</script>', [("trang-chu.aspx", Kind.UNKNOWN)]),
        ('<frameset><frame src="a.asp"><frame src="b.asp">', [("a.asp", Kind.UNKNOWN), ("b.asp", Kind.UNKNOWN)]),
        ('<link rel="alternate" type="application/atom+xml" href="/f"><p>x', [("f", Kind.FEED)]),
        ('<link rel="alternate" hreflang="en" href="/en/f"><p>x', []),
        ('<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><p>x', []),
        ('<link rel="stylesheet" href="/a.css"><p>x', []),
        ('<script>if (a) location = "/b"</script><a href="/c">c</a>', [("c", Kind.UNKNOWN)]),
        ('<meta http-equiv="refresh" content="300">', []),
    ],
)  # fmt: skip
def test_told(html: str, expected: list[tuple[str, Kind]]) -> None:
    found = discover(Page(url=HOME, body=html.encode(), media_type="text/html"), from_url(HOME))
    assert [(link.url.removeprefix(HOME), link.kind) for link in found.links] == expected
