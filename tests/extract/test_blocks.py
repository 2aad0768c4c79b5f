"""Blocks: what markup of all kinds becomes, in document order."""

import pytest

from crawler.extract.blocks import Block, Place, blocks
from crawler.extract.region import Region
from crawler.page import parse
from tests.extract.making import PARAGRAPHS, PROSE, context, page


def made(html: str) -> tuple[Block, ...]:
    core = page("<p>x</p>").tree
    return blocks(Region(tree=parse(f"<div><div data-core='1'>{html}</div></div>"), core=core))


LONG = PROSE[0] + " " + PROSE[1]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("One.<br><br>Two.<br> <br>Three.", ["One.", "Two.", "Three."]),
        ("<div>One.</div>Bare.<div>Two.</div>", ["One.", "Bare.", "Two."]),
        ("<p>One <b>bold</b> and <a href='/x'>linked</a> line.</p>", ["One bold and linked line."]),
        ("<ul><li>One</li><li>Two</li></ul>", ["One", "Two"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<p>Thu Hằng<br>Trung tâm TTVH</p>", ["Thu Hằng Trung tâm TTVH"]),
        (f"<p>{LONG}<br>{PROSE[2]}</p>", [LONG, PROSE[2]]),
        (f"<div>{LONG}<br>{PROSE[2]}</div>", [LONG, PROSE[2]]),
        ("<p>\u00a0</p><p> </p><p>One.</p>", ["One."]),
        ("<p>tra\u0300ng \u00ad&amp; c&ocirc;</p>", ["tràng & cô"]),
        ("<founder-content><p>One.</p></founder-content>", ["One."]),
        ("<div>Lead <span class='date'>1 May</span> text</div>", ["Lead", "1 May", "text"]),
    ],
)
def test_text_blocks(html: str, texts: list[str]) -> None:
    assert [block.text for block in made(html)] == texts


def test_lines_of_one_paragraph_stay_at_hand() -> None:
    assert made("<p>Thu Hằng<br>Trung tâm TTVH</p>")[0].lines == ("Thu Hằng", "Trung tâm TTVH")


def test_images_are_blocks_of_their_own_where_they_stand() -> None:
    got = made("<p>Before <img src='a.jpg'> after</p><figure><img src='b.jpg'><figcaption>Legend</figcaption></figure>")
    printed = [b.text if b.image is None else b.image.get("src") for b in got]
    assert printed == [
        "Before",
        "a.jpg",
        "after",
        "b.jpg",
        "Legend",
    ]
    assert got[3].nearest("figure") is got[4].nearest("figure")


@pytest.mark.parametrize(
    ("html", "name", "value"),
    [
        ("<p align='right'>x</p>", "align", "right"),
        ("<p style='TEXT-ALIGN: center'>x</p>", "align", "center"),
        ("<center><p>x</p></center>", "align", "center"),
        ("<p class='text-right'>x</p>", "align", "right"),
        ("<p>x</p>", "align", None),
        ("<p><i>x</i></p>", "italic", True),
        ("<p><i>x</i> y</p>", "italic", False),
        ("<p><strong>x</strong></p>", "bold", True),
        ("<p class='bold'>x</p>", "bold", True),
        ("<p style='font-weight:bold'>x</p>", "bold", True),
        ("<h3>x</h3>", "level", 3),
        ("<p><a href='/y'>x</a></p>", "links", 1.0),
        ("<p><a href='/y'>xx</a>yy</p>", "links", 0.5),
        ("<p><a href='/y'>x</a></p>", "hrefs", ("/y",)),
        ("<p class='post-author'>x</p>", "apart", True),
        ("<p class='text'>x</p>", "apart", False),
    ],
)
def test_what_the_markup_says(html: str, name: str, value: object) -> None:
    assert getattr(made(html)[0], name) == value


def test_places_relative_to_the_text() -> None:
    got = context(
        "<article><h1>Old bridge to be rebuilt</h1><p class='meta'>1 May</p>"
        f"<div id='t'>{PARAGRAPHS}</div><p>Signed by nobody</p></article>"
    ).blocks
    places = [block.place for block in got]
    assert places == [Place.HEAD] * 2 + [Place.CORE] * 3 + [Place.TAIL]
    assert [block.index for block in got] == list(range(len(got)))
