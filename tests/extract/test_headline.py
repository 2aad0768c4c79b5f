"""The headline: chosen among what is printed and what the page calls itself."""

import pytest

from crawler.extract import extract
from crawler.extract.headings import titles
from crawler.page import Page
from tests.extract.making import MENU, PARAGRAPHS, page, portal

TEXT = f"<div>{PARAGRAPHS}</div>"


def headline(body: str, title: str = "", head: str = "") -> str | None:
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract(page(html), portal()).headline


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


def linked(text: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "{text}"}}</script>'


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_the_title_behind_a_kicker_and_a_dash_of_its_own(dash: str) -> None:
    printed = f"<h2><span>Works on the river</span> <span>{dash}</span> <span>Old bridge reopens early</span></h2>"
    said = f"Works on the river {dash} Old bridge reopens early | Town"
    assert headline(f"{printed}{TEXT}", said) == "Old bridge reopens early"
    plain = f"<h2>Works on the river {dash} Old bridge reopens early</h2>{TEXT}"
    assert headline(plain, said) == f"Works on the river {dash} Old bridge reopens early"


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        (f"<h1>Bridge reopens early</h1>{TEXT}", "Bridge reopens early | Town", "Bridge reopens early"),
        (f"<h1>Bridge reopens early</h1>{TEXT}", "Town - Bridge reopens early - Town", "Bridge reopens early"),
        (
            f"<h1>My town blog</h1>{MENU}<h1>Bridge reopens early</h1>{TEXT}",
            "Bridge reopens early – My town blog",
            "Bridge reopens early",
        ),
        (
            f"<h1><a href='/'>Home</a></h1>{MENU}<h2>Bridge reopens early</h2>{TEXT}",
            "Town portal",
            "Bridge reopens early",
        ),
        (
            f"<div class='box'><p class='Title'>Bridge reopens early</p>{TEXT}</div>",
            "Town portal",
            "Bridge reopens early",
        ),
        (f"<div><div class='tieude'>Bridge reopens early</div>{TEXT}</div>", "", "Bridge reopens early"),
        (f"<div><b>Bridge reopens early</b><br><br>{TEXT}</div>", "Town portal", "Bridge reopens early"),
        (f"<div><h2 class='title'>Bridge reopens early (29/04/2023)</h2>{TEXT}</div>", "", "Bridge reopens early"),
        (
            f"<h1>Hot News</h1><div class='item-title'>Bridge reopens early, mayor says</div>{TEXT}",
            "Bridge reopens early, mayor says - Hot News - Town",
            "Bridge reopens early, mayor says",
        ),
        (TEXT, "Bridge reopens early", "Bridge reopens early"),
        (TEXT, "", None),
    ],
)
def test_printed_headings_and_the_title_of_the_window(body: str, title: str, expected: str | None) -> None:
    assert headline(body, title) == expected


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        (f"<h1>Rivers: Bridge reopens early</h1>{TEXT}", og("Bridge reopens early"), "Bridge reopens early"),
        (f"<h1>Bridge reopens early</h1>{TEXT}", og("10 bridges you must see"), "Bridge reopens early"),
        (
            f"<h1>Bridge reopens early</h1>{TEXT}",
            og("Bridge open again") + linked("Bridge open again"),
            "Bridge open again",
        ),
        (
            f"<h1>Bridge reopens early</h1>{TEXT}",
            og("Bridge open again") + linked("Bridge open again", "BlogPosting"),
            "Bridge reopens early",
        ),
        (
            f"<h1>Town bridge open</h1><h2>Bridge reopens early</h2>{TEXT}",
            og("Town bridge open") + linked("Bridge reopens early", "Article"),
            "Bridge reopens early",
        ),
    ],
)
def test_titles_for_previews_and_in_linked_data(body: str, head: str, expected: str) -> None:
    assert headline(body, "", head) == expected


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Bridge reopens - Town", "", "Bridge reopens"),
        ("Town.example | Bridge reopens", "", "Bridge reopens"),
        ("Bridge reopens | Politics | The Daily River", "The Daily River", "Bridge reopens | Politics"),
        ("Bridge - reopens &amp; closes", "", "Bridge - reopens & closes"),
        ("Town", "", "Town"),
    ],
)
def test_the_name_of_the_site_is_cut_off(title: str, site: str, expected: str) -> None:
    html = f'<html><head><title>{title}</title><meta property="og:site_name" content="{site}"></head></html>'
    assert titles(page(html)).window == expected


def test_the_section_of_the_url_is_cut_off_behind_the_title() -> None:
    html = b"<html><head><title>Bridge reopens | elm.example | Public Works</title></head></html>"
    assert titles(Page(url="https://elm.example/public-works/1", body=html)).window == "Bridge reopens"


@pytest.mark.parametrize(
    ("body", "preview", "news", "window", "expected"),
    [
        # preview and window have titles of their own, the h1 prints that of linked data
        (
            "<h1>Bridge reopens early</h1>",
            "Old bridge open",
            "Bridge reopens early",
            "Old bridge open",
            "Bridge reopens early",
        ),
        (
            "<h1>Bridge reopens early</h1>",
            "Old bridge open",
            "Bridge reopens early",
            "Bridge reopens early",
            "Old bridge open",
        ),
        # the preview is printed, with other marks or without the kicker
        (
            "<h1>“Bridge” reopens early</h1>",
            "Bridge reopens early",
            "“Bridge” reopens early",
            "",
            "Bridge reopens early",
        ),
        (
            "<h2><span>Roads</span> - <span>Bridge reopens early</span></h2>",
            "Bridge reopens early",
            "",
            "Roads: Bridge reopens early",
            "Bridge reopens early",
        ),
        (
            "<h1>市中心大桥今日恢复通车首日车流平稳有序</h1>",
            "市中心大桥今日恢复通车首日车流平稳有序：榆河日报",
            "别的标题",
            "",
            "市中心大桥今日恢复通车首日车流平稳有序",
        ),
    ],
)
def test_titles_made_for_others(body: str, preview: str, news: str, window: str, expected: str) -> None:
    assert headline(body + TEXT, window, og(preview) + (linked(news) if news else "")) == expected


def test_a_name_with_a_label_of_the_host_is_cut_off() -> None:
    html = b"<html><head><title>Bridge reopens | Elm Today</title></head></html>"
    assert titles(Page(url="https://www.elm.example/1", body=html)).window == "Bridge reopens"


KICKER = "<{0}><span>Roads</span> <span>Bridge reopens early</span></{0}>"


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        # the path ends with the title of the window, the article has its own
        (
            f"<nav><ul><li><a href='/n'>News</a></li><li><h1>Old bridge in Wells open</h1></li></ul></nav>"
            f"<h2>Bridge reopens early</h2>{TEXT}",
            "Old bridge in Wells open",
            "Bridge reopens early",
        ),
        (KICKER.format("h1") + TEXT, "Roads: Bridge reopens early | Town", "Roads: Bridge reopens early"),
        (KICKER.format("h1") + TEXT, "Bridge reopens early | Town", "Bridge reopens early"),
        # a heading of the text is no headline where an h1 says nearly what the title says
        (
            f"<h1>Bridge in Wells reopens</h1><div>{PARAGRAPHS}<h2>Wells Bridge</h2><p>Open.</p></div>",
            "The Wells Bridge is open",
            "Bridge in Wells reopens",
        ),
        (
            f"<h1>Bridge in Wells</h1>{MENU}{MENU}{MENU}<h2>Frequent questions</h2>{TEXT}",
            "Bridge in Wells | Works",
            "Bridge in Wells",
        ),
        (f"<h1>»Bridge reopens early«</h1>{TEXT}", "»Bridge reopens early« - Town", "»Bridge reopens early«"),
    ],
)
def test_titles_around_the_headline(body: str, title: str, expected: str) -> None:
    assert headline(body, title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Bridge reopens early | Ford", "Bridge reopens early"), ("Ford works", "Contents of this page")],
)
def test_without_a_heading_the_title_counts_that_has_the_words_of_the_url(title: str, expected: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><h2>Contents of this page</h2>{TEXT}</body></html>"
    there = Page(url="https://ford.example/bridge-reopens-early-12", body=html.encode())
    assert extract(there, portal()).headline == expected


BOARD = (
    "<h1>News</h1><table><tr><th>{0}</th><td><span>Bridge reopens early</span></td></tr><tr><td>{1}</td></tr></table>"
)


def test_a_board_names_the_title_in_the_cell_before_it() -> None:
    assert headline(BOARD.format("제 목 :", PARAGRAPHS), "News < Town") == "Bridge reopens early"
    several = BOARD.format("제목", PARAGRAPHS) + BOARD.format("제목", "")
    assert extract(page(several), portal()).origins["headline"] != "labelled_headline"


def test_below_the_name_of_the_site_the_heading_counts_that_prints_the_title() -> None:
    below = f"{MENU}<h2>Bridge reopens early</h2><h2>Latest comments</h2>{TEXT}"
    assert headline(f"<h1><a href='/'>Town</a></h1>{below}", "Bridge reopens early") == "Bridge reopens early"


def test_a_heading_behind_the_text_is_no_headline() -> None:
    shown = headline(f"<div>{PARAGRAPHS}<h1>A message from the mayor</h1>{PARAGRAPHS}</div>", "Bridge reopens early")
    assert shown == "Bridge reopens early"


def test_the_last_part_of_the_path_is_no_section() -> None:
    seen = Page(url="http://news.example/2024/bridge-reopens/", body=b"<title>Our blog - Bridge reopens</title>")
    assert titles(seen).window == "Our blog - Bridge reopens"
