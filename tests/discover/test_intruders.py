"""Links that others have put into a page are told from the portal's own."""

import pytest

from crawler.discover import intruders
from crawler.page import Page
from crawler.portal import from_url

URL = "https://town.example/"
PORTAL = from_url(URL)
CASINO = '<a href="https://nhacai88.example/">Nhà cái uy tín</a>'


def found(body: str) -> tuple[str, ...]:
    html = f"<html><body><h1>Thành phố</h1><p>Tin tức trong ngày</p>{body}</body></html>"
    return intruders(Page(url=URL, body=html.encode(), media_type="text/html"), PORTAL)


@pytest.mark.parametrize(
    "style",
    [
        'style="display:none"',
        'style="position:absolute; left:-9999px"',
        'style="text-indent:-5000px"',
        'style="font-size:0"',
        'style="overflow:hidden;height:1px;"',
        "hidden",
    ],
)
def test_a_hidden_link_is_evidence(style: str) -> None:
    assert found(f"<div {style}><span>{CASINO}</span></div>") == ("'nha cai uy tin' -> nhacai88.example, hidden",)


def test_one_visible_link_may_be_news_and_many_hosts_are_not() -> None:
    assert found(CASINO) == ()
    others = '<a href="//slot.example/x">Slot gacor</a><a href="https://kasyno.example">Kasyno online</a>'
    assert len(found(CASINO + others)) == 3


@pytest.mark.parametrize(
    "link",
    [
        '<div style="display:none"><a href="/tin/cong-an-bat-nhom-ca-cuoc">Công an bắt nhóm cá cược</a></div>',
        '<div style="display:none"><a href="https://province.example/">Cổng thông tin tỉnh</a></div>',
        '<div hidden><a href="https://town.example/casino">Casino cũ thành nhà văn hóa</a></div>',
        '<div hidden><a href="javascript:void(0)">casino</a><a>casino</a><a href="https://[">casino</a></div>',
    ],
)
def test_the_portals_own_links_are_none(link: str) -> None:
    assert found(link) == ()
