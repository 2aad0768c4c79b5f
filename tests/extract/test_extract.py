"""Extraction as a whole: pure, deterministic, never raising; claims, declared selectors, drift, origins."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from crawler.extract import READERS, context_of, drift, extract
from crawler.extract.readers import Context, Reading, read
from crawler.model import Article
from crawler.page import Page
from crawler.portal import Portal, from_table, from_url
from tests.extract.making import PARAGRAPHS, PROSE, article, page, portal

HTML = (
    "<div id='d'>Roads</div><h2 class='t'>Old bridge to be rebuilt</h2><div class='s'>A short summary of it all.</div>"
    f"<div id='text'>{PARAGRAPHS}</div>"
)


def declared(**tables: object) -> Portal:
    table = {"name": "Town", "url": "http://town.example/", "timezone": "Europe/Berlin", **tables}
    return from_table(table, Path("town.toml"), "town")


def test_declared_selectors_come_first() -> None:
    select = {"headline": "h2.t", "lead": ".s", "section": "#d", "body": "#text"}
    got = extract(page(HTML), declared(select=select))
    assert (got.headline, got.lead, got.section) == ("Old bridge to be rebuilt", "A short summary of it all.", "Roads")
    assert got.body == PROSE
    assert {got.origins[name] for name in ("headline", "lead", "section")} == {"selected"}


def test_layouts_are_chosen_by_the_day_of_the_capture() -> None:
    layouts = [{"until": date(2020, 1, 1), "select": {"section": "#d"}}]
    old = Page(url="http://town.example/1", body=HTML.encode(), captured_at=datetime(2019, 5, 1, tzinfo=UTC))
    portal = declared(select={"section": "#gone"}, layouts=layouts)
    assert extract(old, portal).section == "Roads"
    assert extract(page(HTML), portal).section is None


def test_drift_names_the_declared_fields_that_match_nothing() -> None:
    portal = declared(select={"headline": "h2.t", "lead": [".gone", ".s"], "byline": ".by", "section": "p > b.none"})
    assert drift(page(HTML), portal) == ("byline", "section")
    assert drift(page(HTML), declared()) == ()


def test_a_block_belongs_to_one_field() -> None:
    readings = read(context_of(page(HTML), portal()), READERS)
    claimed = [index for name, (_, reading) in readings.items() if name != "images" for index in reading.blocks]
    assert len(claimed) == len(set(claimed))


def test_the_first_reader_that_answers_wins_and_names_the_origin() -> None:
    def silent(context: Context) -> Reading | None:
        return None

    def empty(context: Context) -> Reading | None:
        return Reading(value="")

    def first(context: Context) -> Reading | None:
        return Reading(value="a", blocks=frozenset((0,)))

    def second(context: Context) -> Reading | None:
        return Reading(value=(context.found["x"], [b.index for b in context.free]))

    context = context_of(page("<h1>Title</h1>" + PARAGRAPHS), portal())
    readings = read(context, {"x": (silent, empty, first, second), "y": (second,)})
    assert readings["x"] == ("first", Reading(value="a", blocks=frozenset((0,))))
    assert readings["y"][1].value == ("a", [1, 2, 3])


def test_the_position_of_a_picture_counts_the_paragraphs_before_it() -> None:
    photo = "<figure><img src='/photos/bridge.jpg' width='800'><figcaption>The bridge</figcaption></figure>"
    html = f"<h1>Old bridge to be rebuilt</h1><div><p>{PROSE[0]}</p><p>{PROSE[1]}</p>{photo}<p>{PROSE[2]}</p></div>"
    assert [image.position for image in article(html).images] == [2]


HOSTILE = {
    "empty": b"",
    "not HTML": bytes(range(256)) * 40,
    "text": "chỉ là một dòng chữ".encode(),
    "NUL bytes": b"<h1>Ti\0tle of it</h1><p>" + PROSE[0].encode() + b"\0</p>",
    "nested": b"<div>" * 100_000 + b"deep",
    "unclosed": b"<table><tr><td><font><b><p>" * 3_000 + b"x",
    "only breaks": b"<body>" + b"word<br>" * 50_000,
    "only links": b"<body>" + b"<a href=/x>link</a> " * 50_000,
    "many paragraphs": b"<body>" + b"<p>The council met on Tuesday, and that was that.</p>" * 20_000,
    "broken linked data": b'<script type="application/ld+json">{"headline": [1, {"@type": null}]}</script>',
    "odd attributes": b"<p class='' id=\"\" style=':;' hidden rel>x</p><img src><a href='http://[x'>y</a>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_page_raises_or_takes_long(body: bytes) -> None:
    started = time.process_time()
    got = extract(Page(url="http://town.example/1", body=body), portal())
    assert isinstance(got, Article)
    assert got.url == "http://town.example/1"
    assert time.process_time() - started < 20


def test_a_page_of_fifty_megabytes() -> None:
    started = time.process_time()
    body = b"<h1>Old bridge to be rebuilt</h1>" + f"<p>{PROSE[0]}</p>".encode() * 400_000
    got = extract(Page(url="http://town.example/1", body=body), portal())
    assert got.headline == "Old bridge to be rebuilt"
    assert time.process_time() - started < 60


def test_composed_decomposed_and_entities_are_one_text() -> None:
    text = "Hội nghị đã diễn ra tốt đẹp tại nhà văn hóa thôn vào sáng thứ bảy vừa qua."
    spelled = text.replace("à", "a\u0300").replace("ô", "&ocirc;").replace("á", "&#225;")
    assert article(f"<h1>Hội nghị thôn</h1><div><p>{spelled}</p><p>{spelled[:-1]}!</p></div>").body[0] == text


def test_extraction_is_deterministic_and_leaves_the_page_as_it_was() -> None:
    got = page(HTML)
    before = etree.tostring(got.tree)
    assert extract(got, portal()) == extract(got, portal()) == extract(page(HTML), portal())
    assert etree.tostring(got.tree) == before


def test_every_field_that_was_read_has_an_origin() -> None:
    got = article(HTML)
    read_fields = {name for name in READERS if getattr(got, name)}
    assert read_fields == set(got.origins)


@pytest.mark.parametrize("url", ["http://[x", "http://[::1", "//[", "http://a:99999999/", "http://[x].pdf", "data:,x"])
def test_links_that_are_no_urls_break_no_page(url: str) -> None:
    text = "The council met on Tuesday and adopted the budget for the coming year after a long debate. " * 4
    body = (
        f'<base href="{url}"><link rel="canonical" href="{url}"><h1><a href="{url}">Budget adopted at last</a></h1>'
        f'<a rel="author" href="{url}">Jo Doe</a><p>{text}</p><figure><img src="{url}" srcset="{url} 2x"></figure>'
        f'<p>Later {text}</p><a data-file-url="{url}" href="{url}">minutes.pdf</a>'
    )
    found = extract(Page(url="https://town.example/news/1", body=body.encode()), from_url("https://town.example/"))
    assert found.headline == "Budget adopted at last"
    assert len(found.body) + (found.lead is not None) == 2
