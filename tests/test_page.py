"""Decoding and parsing, with the charsets, lies and broken bytes that portals send."""

import time

import pytest

from crawler.page import MAX_PARSED, Page, join

HEAD = '<html><head><meta charset="{}"><title>t</title></head><body><p>{}</p></body></html>'
VIETNAMESE = "Đại hội Chi bộ phòng Giáo dục và Đào tạo"


def page(body: bytes, charset: str | None = None) -> Page:
    return Page(url="http://127.0.0.1/a/b", body=body, charset=charset)


@pytest.mark.parametrize(
    ("body", "header", "expected"),
    [
        (HEAD.format("utf-8", VIETNAMESE).encode(), None, VIETNAMESE),
        (HEAD.format("utf-8", VIETNAMESE).encode("utf-8-sig"), None, VIETNAMESE),
        (HEAD.format("iso-8859-1", VIETNAMESE).encode(), None, VIETNAMESE),
        (HEAD.format("utf-8", VIETNAMESE).encode(), "iso-8859-1", VIETNAMESE),
        (HEAD.format("utf-8", "Grüße aus Köln").encode("cp1252"), None, "Grüße aus Köln"),
        (HEAD.format("gb2312", "发布日期").encode("gb18030"), None, "发布日期"),
        (HEAD.format("euc-kr", "보도자료").encode("cp949"), None, "보도자료"),
        (HEAD.format("x-sjis", "お知らせ").encode("cp932"), None, "お知らせ"),
        (HEAD.format("iso-2022-jp", "お知らせ").encode("iso-2022-jp"), None, "お知らせ"),
        (HEAD.format("utf-16", VIETNAMESE).encode("utf-16"), None, VIETNAMESE),
        (HEAD.format("nonsense", "Zażółć").encode("iso-8859-2"), "iso-8859-2", "Zażółć"),
    ],
)
def test_text_is_decoded_whatever_the_page_declares(body: bytes, header: str | None, expected: str) -> None:
    assert page(body, header).tree.findtext(".//p") == expected


def test_one_broken_byte_does_not_change_the_charset_of_a_page() -> None:
    body = HEAD.format("utf-8", VIETNAMESE * 5 + "\u00e9").encode()
    cut = body.replace("\u00e9".encode(), b"\xc3")
    assert page(cut, "iso-8859-1").charset == "utf-8"


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("gb18030", "市政府今天召开了一个会议，介绍了新学校的建设情况，大家对这个计划表示满意。" * 3),
        ("big5hkscs", "市政府今天召開了一個會議，介紹了新學校的建設情況，大家對這個計劃表示滿意。" * 3),
        ("cp932", "市は本日、新しい図書館の計画についての説明会を開きました。参加をお待ちしています。" * 3),
        ("cp949", "시는 오늘 새로운 도서관 계획에 대한 설명회를 열었다고 밝혔다. 많은 시민이 참여했다." * 3),
    ],
)
def test_east_asian_text_is_read_without_a_declared_charset(charset: str, text: str) -> None:
    got = page(f"<html><body><p>{text}</p></body></html>".encode(charset))
    assert (got.charset, got.tree.findtext(".//p")) == (charset, text)


def test_the_page_says_which_charset_was_used_not_which_it_declared() -> None:
    got = page(HEAD.format("iso-8859-1", VIETNAMESE).encode())
    assert got.charset == "utf-8"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"\x00\x01\x02",
        b"\xff\xd8\xff\xe0" * 100,
        b"plain text",
        b"<",
        b"<!-- only -->",
        b"<?xml version='1.0'?>",
    ],
)
def test_what_is_no_html_gives_an_empty_page_not_an_error(body: bytes) -> None:
    got = page(body)
    assert got.tree.tag == "html"
    assert got.linked_data == ()
    assert got.title is None


def test_nul_bytes_and_entities_next_to_combining_marks() -> None:
    got = page(b"<title>tr&ocirc;\xcc\x80 \x00ch\xc6\xa1i</title>")
    assert got.title == "trồ chơi"


def test_scripts_and_comments_print_nothing() -> None:
    got = page(
        b"<!-- <title>old</title> --><title>new</title><body><script>var a='x'</script><style>p{}</style>y</body>"
    )
    assert got.title == "new"
    assert got.tree.text_content().strip() == "newy"


def test_linked_data_is_flattened_and_broken_blocks_are_left_out() -> None:
    body = (
        b'<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle"}, [{"@type": "Person"}]]}</script>'
        b'<script type="application/ld+json">{broken</script>'
        b'<script type="application/ld+json"><!--\n{"name": "tab\there"};--></script>'
    )
    assert [n.get("@type", n.get("name")) for n in page(body).linked_data] == [
        None,
        "NewsArticle",
        "Person",
        "tab\there",
    ]


def test_meta_by_lower_case_name_in_document_order() -> None:
    body = (
        b'<meta property="OG:Title" content=" A "><meta name="author" content="B">'
        b'<meta name="author" content="C"><meta name="x" content="">'
    )
    assert page(body).meta == {"og:title": ("A",), "author": ("B", "C")}


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("http://h/a/b", "c?d=1#e", "http://h/a/c?d=1"),
        ("http://h/a/b", "//k/c", "http://k/c"),
        ("http://h/a/b", " \n/c\n", "http://h/c"),
        ("http://h/a/b", "javascript:void(0)", None),
        ("http://h/a/b", "mailto:a@h", None),
        ("http://h/a/b", "http://[x", None),
        ("http://h/a/b", "http://h:99999/", None),
        ("http://h/a/b", "", None),
        ("http://h/a/b", None, None),
    ],
)
def test_join(base: str, href: str | None, expected: str | None) -> None:
    assert join(base, href) == expected


def test_relative_links_resolve_against_base_href() -> None:
    assert page(b'<base href="/x/"><a href="y">').join("y") == "http://127.0.0.1/x/y"


@pytest.mark.parametrize(
    "body",
    [
        b"<p>word </p>" * (50_000_000 // 12),
        b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000,
        b"<a href=x" * 1_000_000,
    ],
    ids=["50 MB", "100,000 nested divs", "unclosed tags"],
)
def test_hostile_pages_are_read_in_bounded_time(body: bytes) -> None:
    started = time.perf_counter()
    got = page(body)
    assert got.tree.tag == "html"
    assert got.truncated is (len(body) > MAX_PARSED)
    assert time.perf_counter() - started < 10


def test_pictures_pasted_into_the_markup_do_not_push_the_text_out() -> None:
    picture = b'<img src="data:image/png;base64,' + b"QUJD" * (MAX_PARSED // 4) + b'">'
    got = page(b"<body>" + picture + b"<p>after</p></body>")
    assert not got.truncated
    assert got.tree.findtext(".//p") == "after"
