"""Pagers that send the page's own form back."""

from urllib.parse import parse_qsl

import pytest

from crawler.discover import discover
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import from_url

HOME = "https://town.example/"
ENTRIES = "".join(
    f'<li><a href="/tin/{n}-bai">Thành phố họp hội nghị số {n}</a> <span>0{n}/03/2021</span></li>' for n in range(1, 8)
)
STATE = '<input type="hidden" name="__VIEWSTATE" value="a+/=">'
GRID = "javascript:__doPostBack('ctl00$Grid','Page${0}')"


def links(
    pager: str, url: str = "list.aspx?cat=3", state: str = STATE, action: str = "./list.aspx?cat=3"
) -> list[Link]:
    html = f'<html><body><form method="post" action="{action}">{state}<ul>{ENTRIES}</ul>{pager}</form></body></html>'
    found = discover(Page(url=f"{HOME}{url}", body=html.encode(), media_type="text/html"), from_url(HOME))
    assert found.kind is Kind.LISTING, found.reason
    return [link for link in found.links if link.form is not None]


def turns(pager: str, url: str = "list.aspx?cat=3") -> list[tuple[str, str]]:
    """(page, event target and argument) of every link."""
    sent = [
        (link.url.removeprefix(HOME), dict(parse_qsl(link.form or "", keep_blank_values=True)))
        for link in links(pager, url)
    ]
    return [(url.partition("#")[2], f"{s.get('__EVENTTARGET')},{s.get('__EVENTARGUMENT')}") for url, s in sent]


def row(*cells: str) -> str:
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


def to(number: int, text: str = "") -> str:
    return f'<a href="{GRID.format(number)}">{text or number}</a>'


@pytest.mark.parametrize(
    ("pager", "url", "expected"),
    [
        (row("<span>1</span>", to(2), to(3)), "", [("page=2", "ctl00$Grid,Page$2"), ("page=3", "ctl00$Grid,Page$3")]),
        (row("<span>1</span>", to(2)), "", [("page=2", "ctl00$Grid,Page$2")]),
        (
            row(to(10, "..."), "<span>11</span>", to(12), to(21, "...")),
            "#page=11",
            [("page=10", "ctl00$Grid,Page$10"), ("page=12", "ctl00$Grid,Page$12"), ("page=21", "ctl00$Grid,Page$21")],
        ),
        (
            "<div class='pager'><span>1</span>"
            "<a href=\"javascript:__doPostBack('p$ctl01','')\">2</a>"
            "<a href=\"javascript:__doPostBack('p$ctl02','')\">…</a></div>",
            "",
            [("page=2", "p$ctl01,"), ("page=3", "p$ctl02,")],
        ),
        (
            "<div class='pager'><a href=\"#\" onclick=\"__doPostBack('lbTruoc','')\">Trước</a>"
            "<a href=\"#\" onclick=\"__doPostBack('lbSau','')\">Trang sau</a></div>",
            "#page=4",
            [("page=5", "lbSau,")],
        ),
        (
            "<a href='javascript:WebForm_DoPostBackWithOptions("
            'new WebForm_PostBackOptions("g$next", "", true, "", "", false, true))\'>Next page</a>',
            "",
            [("page=2", "g$next,")],
        ),
        ("<a href=\"javascript:__doPostBack('lnkLogin','')\">Đăng nhập</a>", "", []),
        (
            row(*(f"<a href=\"javascript:__doPostBack('Calendar1','{8000 + d}')\">{d}</a>" for d in range(1, 31))),
            "",
            [],
        ),
    ],
    ids=["grid", "two pages", "blocks", "data pager", "only next", "with options", "no pager", "calendar"],
)
def test_pages_that_are_sent_for(pager: str, url: str, expected: list[tuple[str, str]]) -> None:
    assert turns(pager, f"list.aspx?cat=3{url}") == expected


def test_a_button_sends_its_own_name() -> None:
    pager = "<div class='pager'><input type='submit' name='b$next' value='Next' /></div>"
    (link,) = links(pager)
    assert link.form == "b%24next=Next&__VIEWSTATE=a%2B%2F%3D"


def test_the_fields_are_sent_that_a_browser_sends() -> None:
    fields = (
        "<input name='q' value='a b'><input name='off' type='checkbox'><input name='on' type='checkbox' checked>"
        "<select name='y'><option value='1'>x</option><option selected>2</option></select>"
        "<textarea name='t'>đ</textarea>"
        "<input type='submit' name='go' value='Tìm'><input name='dis' disabled value='1'><input value='nameless'>"
    )
    (link,) = links(fields + row("<span>1</span>", to(2)))
    sent = parse_qsl(link.form or "", keep_blank_values=True)
    assert sent[2:] == [("__VIEWSTATE", "a+/="), ("q", "a b"), ("on", "on"), ("y", "2"), ("t", "đ")]


def test_a_form_without_view_state_or_on_another_host_leads_nowhere() -> None:
    pager = row("<span>1</span>", to(2))
    assert links(pager, state="") == []
    assert links(pager, action="https://other.example/list.aspx") == []


def test_a_form_that_is_too_large_is_not_sent() -> None:
    assert links(row("<span>1</span>", to(2)), state=f'<input name="__VIEWSTATE" value="{"x" * 2_000_001}">') == []
