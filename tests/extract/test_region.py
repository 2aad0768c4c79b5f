"""The region: the text is found among menus, wrappers and comments, and the page's tree stays as it was."""

import pytest
from lxml import etree

from crawler.extract.landscape import Landscape
from crawler.extract.region import find
from crawler.page import Page
from tests.extract.making import MENU, PARAGRAPHS, PROSE, page

ARTICLE = f"<div class='story'><h1>Old bridge to be rebuilt</h1><div class='text'>{PARAGRAPHS}</div></div>"


def markup(html: str) -> str:
    region = find(page(html))
    return etree.tostring(region.tree, encoding="unicode", method="html") if region else ""


@pytest.mark.parametrize(
    "html",
    [
        f"{MENU}{ARTICLE}{MENU}",
        f"<div class='page has-sidebar newsletter-on'>{MENU}{ARTICLE}</div>",
        f"<form id='aspnetForm'>{MENU}<table><tr><td>{MENU}</td><td>{ARTICLE}</td></tr></table></form>",
        f"<div hidden>{ARTICLE}</div>",
        "<h1>Old bridge to be rebuilt</h1>" + "".join(f"<div class='widget'><p>{text}</p></div>" for text in PROSE),
        f"<font size=2><h1>Old bridge to be rebuilt</h1>{PARAGRAPHS}</font>",
        f"<news-box><h1>Old bridge to be rebuilt</h1>{PARAGRAPHS}</news-box>",
    ],
    ids=["menus", "names on a wrapper", "table in a form", "hidden until a script runs", "widgets", "font", "own tags"],
)
def test_text_and_headline_are_in_the_region_and_menus_are_not(html: str) -> None:
    got = markup(html)
    assert all(text in got for text in PROSE)
    assert "Old bridge to be rebuilt" in got
    assert "Department number 3" not in got


@pytest.mark.parametrize(
    "noise",
    [
        "<div class='share-buttons'><a href='#'>Pass it on to a friend</a></div>",
        "<div id='comments'><p>I have always said that this bridge would fall down one day, always.</p></div>",
        "<div class='cookie-notice'><p>We use cookies so that this page remembers who you are.</p></div>",
        "<nav><a href='/a'>All news of the town</a></nav>",
        "<div style='display: none'>Print this page with the button on the right.</div>",
        "<div class='relatedArticles'><a href='/b'>Another bridge in another town</a></div>",
        "<div class='right-column'><p>Our dealer of the year has all that friends of wine wish for.</p></div>",
        "<div class='fact-box'><p>The bridge has carried a hundred thousand people a year since 1911.</p></div>",
        "<div class='block-recirculation-box'><p>More columns in our magazine, week by week.</p></div>",
        "<div class='tinLienQuan'><a href='/b'>Cầu khác</a></div>",
        "<p>Before <span class='sr-only'>Screen readers read this</span></p>",
    ],
)
def test_what_no_field_is_read_from_is_pruned(noise: str) -> None:
    text = etree.fromstring(f"<x>{noise}</x>").xpath("string(//*[not(*)][1])")
    assert str(text) not in markup(f"<h1>Old bridge to be rebuilt</h1><div class='text'>{PARAGRAPHS}{noise}</div>")


def test_comments_that_outweigh_a_short_article_are_not_the_text() -> None:
    remarks = "".join(f"<p>{n} {PROSE[2]} So say I, and so says everybody in our street.</p>" for n in range(20))
    got = markup(f"<h1>Old bridge to be rebuilt</h1><div>{PARAGRAPHS}</div><div id='comment-list'>{remarks}</div>")
    assert PROSE[0] in got
    assert "So say I" not in got


def test_text_before_the_printed_title_does_not_draw_the_region_away() -> None:
    notice = (
        "<div id='top'>" + "<p>The archive of this site keeps every notice of the last twenty years.</p>" * 9 + "</div>"
    )
    region = find(page(f"{notice}{MENU}<h1>Old bridge to be rebuilt</h1><div id='text'>{PARAGRAPHS}</div>"))
    assert region is not None
    assert region.core.get("id") == "text"


def test_declared_selectors_name_the_core() -> None:
    region = find(page(f"<div id='a'>{PARAGRAPHS}</div><div id='b'><p>Short.</p></div>"), ("p > b.none", "#none", "#b"))
    assert region is not None
    assert region.core.get("id") == "b"


def test_a_page_without_text_has_no_region() -> None:
    assert find(page(MENU)) is None


def test_the_tree_of_the_page_is_not_changed() -> None:
    got = page(f"<div class='share'>x</div>{ARTICLE}<div id='comments'><p>No.</p></div>")
    before = etree.tostring(got.tree)
    find(got)
    assert etree.tostring(got.tree) == before


def test_a_form_to_be_filled_in_is_no_text() -> None:
    fields = "".join(f"<p>{text} <input type='checkbox' name='c{n}'></p>" for n, text in enumerate(PROSE * 3))
    got = markup(f"{MENU}{ARTICLE}<form action='/subscribe'>{fields}</form>")
    assert got.count(PROSE[0]) == 1 and "checkbox" not in got
    whole = f"<form id='aspnetForm'><input type='hidden' name='__VIEWSTATE' value='x'>{MENU}{ARTICLE}{fields}</form>"
    assert PROSE[0] in markup(whole)


def test_tags_that_html_does_not_know_are_read_like_any_other() -> None:
    html = f'{MENU}<h1>Old bridge to be rebuilt</h1><div"post"><p>2 May</p></div"post"><div>{PARAGRAPHS}</div>'
    assert "2 May" in markup(html) and PROSE[0] in markup(html)


def test_a_heading_is_never_the_text() -> None:
    rows = "".join(f"<tr><td>{n}.</td><td>Runner {n}</td></tr>" for n in range(9))
    heading = f"<h3>Results of the run over the old bridge, as measured by hand: {PROSE[0]}</h3>"
    region = find(page(f"{MENU}<div class='entry-content'>{heading}<table>{rows}</table></div>"))
    assert region is not None
    assert region.core.get("class") == "entry-content"


@pytest.mark.parametrize(
    ("title", "before"),
    [
        ("Old bridge to be rebuilt - Town of Northmoor", "<div class='logo'>Town of Northmoor</div>"),
        ("Old bridge to be rebuilt", "<ul><li>Home</li><li>Old bridge to be rebuilt</li></ul>"),
        ("Old bridge to be rebuilt in May", "<h4>Old bridge</h4>"),
    ],
    ids=["name of the site", "path to the page", "shorter heading"],
)
def test_without_a_main_heading_the_headline_is_what_prints_most_of_the_title(title: str, before: str) -> None:
    html = f"<title>{title}</title>{before}<div><h2>Old bridge to be rebuilt</h2>{PARAGRAPHS}</div>"
    headline = Landscape(Page(url="https://town.example/1", body=html.encode())).headline
    assert headline is not None
    assert (headline.tag, headline.text) == ("h2", "Old bridge to be rebuilt")
