"""Files that articles offer, in the markups portals offer them in."""

from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.model import Attachment
from crawler.page import Page
from crawler.portal import from_table

URL = "https://town.example/news/7"
TEXT = "<p>" + "The council has adopted the land use plan for the river bank after a public hearing. " * 4 + "</p>"
PDF = "application/pdf"
HWP = "application/x-hwp"


def attachments(html: str, **declared: object) -> tuple[Attachment, ...]:
    portal = from_table({"name": "Town", "url": URL, "timezone": "Asia/Seoul", **declared}, Path("t.toml"), "town")
    return extract(Page(url=URL, body=f"<html><body>{html}</body></html>".encode()), portal).attachments


def page(inside: str = "", behind: str = "", chrome: str = "") -> str:
    return (
        f'<div id="menu" class="menu"><a href="/statute.pdf">Statute</a></div><main><h1>Plan adopted</h1>'
        f'<div class="content">{TEXT}{TEXT}{inside}</div>{behind}</main>{chrome}'
    )


CASES = [
    ('<p><a href="/f/plan.pdf">Land use plan</a></p>', "https://town.example/f/plan.pdf", "Land use plan", PDF),
    ('<p>See <a href="/f/plan.pdf?v=2">here</a></p>', "https://town.example/f/plan.pdf?v=2", "plan.pdf", PDF),
    (
        '<a href="/download.php?file=2024/plan.hwp">다운로드</a>',
        "https://town.example/download.php?file=2024/plan.hwp",
        "plan.hwp",
        HWP,
    ),
    (
        '<a href="/FileDown.do?atchFileId=77&amp;sn=1">회의록.hwp (191 kb)</a>',
        "https://town.example/FileDown.do?atchFileId=77&sn=1",
        "회의록.hwp (191 kb)",
        HWP,
    ),
    (
        '<button data-file-url="/f/7.hwp" data-file-nm="회의록.hwp">다운로드</button>',
        "https://town.example/f/7.hwp",
        "회의록.hwp",
        HWP,
    ),
    ("<a href=\"javascript:goDown('/f/7.pdf','x')\">Plan</a>", "https://town.example/f/7.pdf", "Plan", PDF),
    ('<a href="#" onclick="openFile(\'/f/7.pdf\')">Plan</a>', "https://town.example/f/7.pdf", "Plan", PDF),
]


@pytest.mark.parametrize(("markup", "url", "label", "media_type"), CASES)
def test_in_the_text(markup: str, url: str, label: str, media_type: str) -> None:
    assert attachments(page(inside=markup)) == (Attachment(url=url, label=label, media_type=media_type),)


@pytest.mark.parametrize(
    "behind",
    [
        '<div class="file-dinh-kem"><a href="/f/plan.pdf">plan.pdf</a></div>',
        '<div>File đính kèm: <a href="/f/plan.pdf">plan.pdf</a></div>',
        '<section><h2>Downloads</h2><ul><li><a href="/f/plan.pdf">plan.pdf</a></li></ul></section>',
        '<dl><dt>첨부파일</dt><dd><a href="/f/plan.pdf">plan.pdf</a></dd></dl>',
    ],
)
def test_listed_behind_the_text(behind: str) -> None:
    assert [a.label for a in attachments(page(behind=behind))] == ["plan.pdf"]


@pytest.mark.parametrize(
    "chrome",
    [
        '<div class="footer"><a href="/rules.pdf">Rules of the portal</a></div>',
        '<div class="related"><a href="/f/other.pdf">Another plan</a></div>',
        '<aside class="sidebar"><a href="/f/other.pdf">Forms</a></aside>',
    ],
)
def test_files_of_the_page_are_none_of_the_article(chrome: str) -> None:
    assert attachments(page(chrome=chrome)) == ()
    assert attachments(page(behind=chrome)) == ()


def test_a_file_is_named_once_and_links_to_pages_are_no_files() -> None:
    twice = '<p><a href="/f/plan.pdf">Plan</a> <a href="/f/plan.pdf">Plan again</a> <a href="/pdf">About PDF</a></p>'
    assert [a.label for a in attachments(page(inside=twice))] == ["Plan"]


def test_declared_selector() -> None:
    behind = '<div class="x1"><a href="/f/plan.pdf">Plan</a></div><div class="x2"><a href="/f/b.pdf">B</a></div>'
    assert [a.label for a in attachments(page(behind=behind), select={"attachments": ".x2"})] == ["B"]


def test_a_line_that_is_only_the_link_leaves_the_body() -> None:
    html = page(inside='<p><a href="/f/plan.pdf">Land use plan of the river bank, adopted version.</a></p>')
    portal = from_table({"name": "Town", "url": URL, "timezone": "UTC"}, Path("t.toml"), "town")
    body = extract(Page(url=URL, body=f"<html><body>{html}</body></html>".encode()), portal).body
    assert body and not [text for text in body if "adopted version" in text]
