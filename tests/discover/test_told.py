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
        (
            '<select name="cat" hx-get="/news"><option value="">All</option><option value="5">City</option></select>',
            [("news?cat=5", Kind.LISTING)],
        ),
        ('<select name="sortBy" hx-get="/news"><option value="date">Date</option></select>', []),
        (
            '<select onchange="document.location.href=this.value"><option value="-">Monat</option>'
            '<option value="/2024/05/">Mai</option><option value="https://other.example/">x</option></select>',
            [("2024/05/", Kind.UNKNOWN)],
        ),
        ('<select name="unit"><option value="/tax">Tax</option></select>', []),
        ('<button class="btn load-more" data-url="/api?page=2">Weitere</button>', [("api?page=2", Kind.LISTING)]),
        ('<a href="#" data-next-url="?page=2">Xem thêm</a>', [("?page=2", Kind.LISTING)]),
        ('<div class="share" data-url="/tin/7">Facebook</div>', []),
        ('<div hx-get="/detail/7">A walk in the park</div>', [("detail/7", Kind.UNKNOWN)]),
    ],
)  # fmt: skip
def test_told(html: str, expected: list[tuple[str, Kind]]) -> None:
    found = discover(Page(url=HOME, body=html.encode(), media_type="text/html"), from_url(HOME))
    assert [(link.url.removeprefix(HOME), link.kind) for link in found.links] == expected
