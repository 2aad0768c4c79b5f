"""The kind of a page comes from the page."""

import pytest

from crawler.discover import discover
from crawler.model import Kind, Verdict
from crawler.page import Page
from crawler.portal import from_table, from_url

PORTAL = from_url("https://town.example/")
TEXT = "<p>Sáng nay, Ủy ban nhân dân thành phố tổ chức hội nghị triển khai nhiệm vụ phát triển kinh tế xã hội.</p>"
RELATED = '<div class="related"><h3>Tin liên quan</h3><ul>{}</ul></div>'
ENTRY = '<li><a href="/tin/{0}-bai">Hội nghị của thành phố lần thứ {0} năm 2021</a> ({0}/03/2021)</li>'
MENU = """<ul class="menu"><li><a href="/a">Giới thiệu chung về thành phố</a></li>
<li><a href="/b">Các phòng ban chuyên môn</a></li></ul>"""
HEADED = "".join(f"<div class=item><h3><a href=/t/{n}>Tin số {n}</a></h3>{TEXT * 2}</div>" for n in range(9))
ROWS = "".join(f"<tr><td><a href=/t/{n}>Nghị quyết kỳ họp {n}</a><td>0{n}-05-2020" for n in range(1, 9))


def entries(count: int) -> str:
    return "".join(ENTRY.format(n) for n in range(1, count + 1))


def document(body: str, title: str = "Thành phố") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{MENU}{body}</body></html>".encode()


def kind(
    body: str, *, title: str = "Thành phố", url: str = "https://town.example/x", expected: Kind = Kind.UNKNOWN
) -> Kind:
    page = Page(url=url, body=document(body, title), media_type="text/html")
    return discover(page, PORTAL, expected=expected).kind


HEADLINE = "Hội nghị triển khai nhiệm vụ năm 2021"


@pytest.mark.parametrize(
    ("expected", "body", "title"),
    [
        (Kind.ARTICLE, f"<h1>{HEADLINE}</h1><div>{TEXT * 10}</div>", HEADLINE),
        (Kind.ARTICLE, f'<p class="Title">{HEADLINE}</p><div>{TEXT * 3}</div>{RELATED.format(entries(10))}', HEADLINE),
        (Kind.ARTICLE, f"<div class='nav-wrapper'><h1>{HEADLINE}</h1><div>{TEXT * 10}</div></div>", "Thành phố"),
        (Kind.ARTICLE, "<div>" + "".join(f"<div>{TEXT}</div>" for _ in range(10)) + "</div>", "Thành phố"),
        (Kind.ARTICLE, f"<div>{TEXT.replace('<p>', '').replace('</p>', '<br>') * 10}</div>", "Thành phố"),
        (Kind.LISTING, f"<ul>{entries(8)}</ul>", "Tin tức"),
        (Kind.LISTING, HEADED, "Tin"),
        (Kind.LISTING, f"<table>{ROWS}</table>", "Văn bản"),
        (Kind.OTHER, "<p>Điện thoại: 0203.000.000</p>", "Liên hệ"),
        (Kind.OTHER, "", ""),
    ],
)  # fmt: skip
def test_kind(expected: Kind, body: str, title: str) -> None:
    assert kind(body, title=title) is expected


def test_a_short_notice_is_an_article_where_one_is_expected() -> None:
    body = f"<h2>{HEADLINE}</h2><div>{TEXT}</div>"
    assert kind(body, title=HEADLINE, expected=Kind.ARTICLE) is Kind.ARTICLE


def test_the_last_page_of_a_listing_is_a_listing_where_one_is_expected() -> None:
    pager = '<div class="pager"><a href="?page=1">1</a> <a href="?page=2">2</a> <b>3</b></div>'
    assert kind(f"<ul>{entries(2)}</ul>{pager}", expected=Kind.LISTING) is Kind.LISTING


def test_the_home_page_is_a_listing_whatever_it_shows() -> None:
    assert kind(f"<div>{TEXT * 20}</div>", url="https://town.example/") is Kind.LISTING


def test_declared_patterns_weigh_but_an_article_url_may_answer_with_a_list() -> None:
    table = {"name": "x", "url": "https://town.example/", "kinds": {"article": [r"/tin/\d+"]}}
    portal = from_table(table, __file__, "x", required=())  # type: ignore[arg-type]
    short = Page(url="https://town.example/tin/5", body=document("<p>Không có lịch cắt nước.</p>"))
    listed = Page(url="https://town.example/tin/5", body=document(f"<ul>{entries(12)}</ul>"))
    assert discover(short, portal).kind is Kind.ARTICLE
    assert discover(listed, portal).kind is Kind.LISTING


@pytest.mark.parametrize(
    ("url", "media_type", "body", "expected"),
    [
        ("https://town.example/a", "application/pdf", b"%PDF-1.4 ...", Kind.ATTACHMENT),
        ("https://town.example/a.pdf", "text/html", document(f"<div>{TEXT * 10}</div>"), Kind.ARTICLE),
        ("https://town.example/a.doc", None, b"plain", Kind.ATTACHMENT),
        ("https://town.example/a", "image/jpeg", b"\xff\xd8\xff\xe0", Kind.IMAGE),
        ("https://town.example/a.jpg", "image/jpeg", document("<p>x</p>"), Kind.OTHER),
        ("https://town.example/robots.txt", "text/plain", b"User-agent: *\nDisallow: /a\n", Kind.OTHER),
        ("https://town.example/api", "application/json", b'{"a": "<p>x</p>"}', Kind.OTHER),
        ("https://town.example/a", "application/octet-stream", b"\x00\x01", Kind.ATTACHMENT),
        ("https://town.example/a", "text/html", b"", Kind.OTHER),
    ],
)
def test_files_are_told_from_pages(url: str, media_type: str | None, body: bytes, expected: Kind) -> None:
    assert discover(Page(url=url, body=body, media_type=media_type), PORTAL).kind is expected


CONDITIONS = [
    (Verdict.SOFT_404, "<h3>Không tìm thấy</h3><p>Tài nguyên không được tìm thấy.</p>", "Trạng thái - Sở"),
    (Verdict.SOFT_404, "<h1>Page not found</h1>", "Page Not Found | Town"),
    (Verdict.SOFT_404, "<h1>Seite nicht gefunden</h1>", "Stadt"),
    (Verdict.SOFT_404, '<div class="alert alert-error">Bài viết không tồn tại!</div>', "Thành phố"),
    (Verdict.BLOCKED, "<script src=/cdn-cgi/challenge-platform/x></script>", "Just a moment..."),
    (Verdict.BLOCKED, "<p>Your request has been blocked.</p>", "Access Denied"),
    (Verdict.BLOCKED, "<script>document.cookie='a=1'; location.reload();</script>", ""),
    (Verdict.BLOCKED, "<form><input type=password></form>", "Đăng nhập - Cổng thông tin"),
    (Verdict.BLOCKED, "<h1>Server Error in '/' Application.</h1>", "Runtime Error"),
    (Verdict.BLOCKED, f"<p>{' ' * 9000}</p><h1>Bandwidth Limit Exceeded</h1>", "509 Bandwidth Limit Exceeded"),
    (Verdict.BLOCKED, f"<h1>Login</h1><form><input type='password'></form><p>{TEXT * 30}</p>", "Permits Login"),
    (Verdict.LIVE, f"<form><input type='password'></form><h1>Chợ cũ</h1><div>{TEXT * 30}</div>", "Chợ cũ"),
    (Verdict.LIVE, f"<h1>Không tìm thấy lối ra cho chợ cũ</h1><div>{TEXT * 30}</div>", "Không tìm thấy lối ra"),
    (Verdict.LIVE, f"<ul>{entries(9)}</ul><h3>Đăng nhập</h3>", "Thành phố"),
    (Verdict.LIVE, f"<script src=/cdn-cgi/challenge-platform/x></script><div>{TEXT * 10}</div>", "Thành phố"),
]


@pytest.mark.parametrize(("verdict", "body", "title"), CONDITIONS)
def test_pages_that_only_say_that_the_document_cannot_be_had(verdict: Verdict, body: str, title: str) -> None:
    page = Page(url="https://town.example/x", body=document(body, title).replace(MENU.encode(), b""))
    found = discover(page, PORTAL)
    assert found.verdict is verdict, found.reason
    assert found.links == () or verdict is Verdict.LIVE


@pytest.mark.parametrize(
    ("title", "heading"),
    [("Frequently Asked Questions - CMS", "Your library"), ("Town", "Impressum"), ("Town", "Hỏi đáp")],
)
def test_pages_for_the_visitors_of_the_site_are_no_articles(title: str, heading: str) -> None:
    found = discover(
        Page(url="https://town.example/x", body=document(f"<h1>{heading}</h1><div>{TEXT * 10}</div>", title)), PORTAL
    )
    assert found.kind is Kind.OTHER
    assert found.reason.startswith("a page for the visitors")
