"""Pictures of articles: which of a page's images they are, their file, caption, credit and place."""

from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.model import Image
from crawler.page import Page
from crawler.portal import from_table

URL = "https://town.example/news/7"
PARAGRAPH = "The council has adopted the land use plan for the river bank after a long public hearing on Tuesday. "
TEXT = f"<p>{PARAGRAPH * 3}</p>"


def images(inside: str, *, front: str = "", head: str = "", **declared: object) -> tuple[Image, ...]:
    """The pictures of a page with text around ``inside`` and ``front`` above its headline."""
    html = (
        f"<html><head><title>Plan adopted</title>{head}</head><body><header class='site'>"
        f"<img src='/logo.png' alt='Town'></header><main>{front}<h1>Plan adopted</h1>"
        f"<div class='content'><p class='lead'>{PARAGRAPH}</p>{TEXT}{inside}{TEXT}</div></main></body></html>"
    )
    portal = from_table({"name": "Town", "url": URL, "timezone": "UTC", **declared}, Path("t.toml"), "town")
    return extract(Page(url=URL, body=html.encode()), portal).images


def told(inside: str, **more: str) -> list[tuple[str | None, str | None]]:
    return [(image.caption, image.credit) for image in images(inside, **more)]


SOURCES = [
    ('<img src="a.jpg">', "https://town.example/news/a.jpg"),
    ('<img src="a-300.jpg" srcset="a-300.jpg 300w, a-1200.jpg 1200w, a-600.jpg 600w">', "a-1200.jpg"),
    ('<img src="a.jpg" srcset="a.jpg 1x, a@2x.jpg 2x">', "a@2x.jpg"),
    ('<img src="data:image/gif;base64,R0lGOD=" data-src="a.jpg">', "a.jpg"),
    ('<img src="/i/blank.gif" data-original="a.jpg">', "a.jpg"),
    ('<img src="/i/placeholder-16x9.png" data-lazy-src="a.jpg">', "a.jpg"),
    ('<img data-srcset="a-1.jpg 480w, a-2.jpg 960w">', "a-2.jpg"),
    ('<picture><source srcset="a.webp 1600w"><img src="a.jpg"></picture>', "a.webp"),
    ('<a href="big.jpg"><img src="small.jpg"></a>', "big.jpg"),
    ('<a href="/gallery/7#x"></a><img src="a.jpg?w=400&amp;h=300">', "a.jpg?w=400&h=300"),
    ('<span><img src="data:,"></span><noscript><img src="a.jpg"></noscript>', "a.jpg"),
    ('<amp-img src="a.jpg" width="600" height="400"></amp-img>', "a.jpg"),
]


@pytest.mark.parametrize(("markup", "url"), SOURCES)
def test_source(markup: str, url: str) -> None:
    expected = url if url.startswith("http") else f"https://town.example/news/{url}"
    assert [image.url for image in images(f"<figure>{markup}</figure>")] == [expected]


REFUSED = [
    '<img src="/img/icons/print.gif">',
    '<img src="a.jpg" width="1" height="1">',
    '<img src="a.jpg" class="avatar">',
    '<img src="a.svg">',
    '<img src="/img/spacer.gif" width="600">',
    '<img src="a.jpg" alt="Logo of the town">',
    '<img src="">',
    "<img>",
    '<a href="/news/8"><img src="teaser.jpg" alt="Budget adopted in second reading"></a>',
    '<div class="related"><figure><img src="a.jpg"><figcaption>Another article of ours</figcaption></figure></div>',
    '<ul class="share-buttons"><li><img src="f.png" alt="Share this article now"></li></ul>',
    '<div class="card"><a href="/news/8"><img src="a.jpg"><span class="caption">Budget adopted</span></a></div>',
]


@pytest.mark.parametrize("markup", REFUSED)
def test_refused(markup: str) -> None:
    assert images(f"<p>{markup}</p>" if markup.startswith("<img") else markup) == ()


CAPTIONS = [
    ("<figure><img src=a.jpg><figcaption>The bridge</figcaption></figure>", ("The bridge", None)),
    (
        "<figure><img src=a.jpg><figcaption>The bridge <small>Jo Doe</small></figcaption></figure>",
        ("The bridge", "Jo Doe"),
    ),
    ("<figure><img src=a.jpg><footer>Jo Doe/AP</footer></figure>", (None, "Jo Doe/AP")),
    (
        '<figure><button><img src=a.jpg></button><figcaption><span class="c-caption">The bridge</span>'
        '<span class="c-copyright">© dpa | Jo Doe</span></figcaption></figure>',
        ("The bridge", "dpa | Jo Doe"),
    ),
    ('<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">The bridge</p></div>', ("The bridge", None)),
    (
        '<div class="media-element"><img src=a.jpg><div class="field--name-field-caption">The bridge</div>'
        '<div class="field--name-field-credit">Jo Doe</div></div>',
        ("The bridge", "Jo Doe"),
    ),
    (
        "<div><div><img src=a.jpg></div><div>The bridge</div><div>Getty Images</div></div>",
        ("The bridge", "Getty Images"),
    ),
    ("<div><img src=a.jpg><p>The bridge</p><p>Image: Jo Doe</p></div>", ("The bridge", "Jo Doe")),
    (
        "<figure><img src=a.jpg><span>Open image in gallery</span><figcaption>1/5 The bridge</figcaption></figure>",
        ("The bridge", None),
    ),
    ("<table><tr><td><img src=a.jpg></td></tr><tr><td>The bridge</td></tr></table>", ("The bridge", None)),
    ("<p><img src=a.jpg></p><p><em>The bridge</em></p>", ("The bridge", None)),
    ("<p align=center><img src=a.jpg></p><p align=center>The bridge</p>", ("The bridge", None)),
    ("<p><img src=a.jpg><br><i>The bridge</i></p>", ("The bridge", None)),
    (
        "<p align=center><img src=a.jpg></p><p align=center>The bridge,</p><p align=center>seen from the mill</p>",
        ("The bridge, seen from the mill", None),
    ),
    (
        "<p align=center><img src=a.jpg></p><p align=center><i>The bridge</i></p><p>Photo: Jo Doe</p>",
        ("The bridge", "Jo Doe"),
    ),
    ('<p><a href="b.jpg" data-caption="The bridge"><img src=a.jpg></a></p>', ("The bridge", None)),
    ('<p><a href="b.jpg" title="The bridge in winter"><img src=a.jpg></a></p>', ("The bridge in winter", None)),
    ('<p><img src=a.jpg alt="The bridge in winter"></p>', ("The bridge in winter", None)),
    ('<p><img src=a.jpg alt="The bridge in winter"></p><p><em>The mill</em></p>', ("The mill", None)),
    ('<figure><img src=a.jpg title="The bridge | AFP/Jo Doe"></figure>', (None, "AFP/Jo Doe")),
    # no caption: file names, the headline, words that name the thing, what the markup says is a description
    ('<p><img src=a.jpg alt="IMG_2031.JPG"></p>', (None, None)),
    ('<p><img src=a.jpg alt="Plan adopted"></p>', (None, None)),
    ('<p><img src=a.jpg alt="image"></p>', (None, None)),
    ('<figure><img src=a.jpg alt="A bridge over a river in winter"></figure>', (None, None)),
    # what follows is no caption
    (f"<p><img src=a.jpg></p>{TEXT}", (None, None)),
    ("<p align=center><img src=a.jpg></p><p align=right>Jo Doe</p>", (None, None)),
    ("<p><img src=a.jpg></p><p><em>Tin, ảnh: Thu Hằng</em></p>", (None, None)),
    ("<p><img src=a.jpg></p><h3>The bridge</h3>", (None, None)),
]


@pytest.mark.parametrize(("markup", "expected"), CAPTIONS)
def test_caption(markup: str, expected: tuple[str | None, str | None]) -> None:
    assert told(markup) == [expected]


def test_one_caption_for_two_pictures() -> None:
    row = "<tr><td><img src=a.jpg></td><td><img src=b.jpg></td></tr>"
    shared = f"<table>{row}<tr><td colspan=2>The bridge and the mill</td></tr></table>"
    each = f"<table>{row}<tr><td>The bridge</td><td>The mill</td></tr></table>"
    below = "<p align=center><img src=a.jpg></p><p align=center><img src=b.jpg></p><p align=center>Both banks</p>"
    assert told(shared) == [("The bridge and the mill", None)] * 2
    assert told(each) == [("The bridge", None), ("The mill", None)]
    assert told(below) == [("Both banks", None)] * 2


def test_a_table_in_the_middle_of_the_page_centres_no_text() -> None:
    cell = f"{PARAGRAPH * 2}<br><br><center><img src=a.jpg></center><br>The mayor spoke briefly.<br><br>{PARAGRAPH}"
    html = f"<html><body><h1>Plan adopted</h1><table align=center><tr><td>{cell}</td></tr></table></body></html>"
    portal = from_table({"name": "Town", "url": URL, "timezone": "UTC"}, Path("t.toml"), "town")
    found = extract(Page(url=URL, body=html.encode()), portal)
    assert [image.caption for image in found.images] == [None]


def test_a_line_at_the_end_credits_all_pictures() -> None:
    figures = "<figure><img src=a.jpg><figcaption>The bridge</figcaption></figure><figure><img src=b.jpg></figure>"
    portal = from_table({"name": "Town", "url": URL, "timezone": "UTC"}, Path("t.toml"), "town")
    html = f"<main><h1>Plan adopted</h1>{TEXT}{figures}{TEXT}<p>Fotos: Fire Brigade</p></main>"
    article = extract(Page(url=URL, body=html.encode()), portal)
    assert [image.credit for image in article.images] == ["Fire Brigade", "Fire Brigade"]
    assert not [text for text in article.body if "Fire Brigade" in text]


def test_lead_picture_in_front_of_the_headline() -> None:
    figure = '<div class="top"><figure><img src="hero.jpg"><figcaption>The bridge</figcaption></figure></div>'
    assert [(i.url[-8:], i.caption, i.position) for i in images("", front=figure)] == [("hero.jpg", "The bridge", 0)]
    shown = '<meta property="og:image" content="https://cdn.example/hero-1200x630.jpg">'
    assert [i.url[-8:] for i in images("", front='<div><img src="hero.jpg"></div>', head=shown)] == ["hero.jpg"]
    assert images("", front='<div class="promo"><img src="hero.jpg"></div>', head=shown) == ()
    assert images("", head=shown) == ()


def test_position_counts_the_paragraphs_of_the_body_before_it() -> None:
    two = f"<p><img src=a.jpg></p>{TEXT.replace('council', 'mayor')}<p><img src=b.jpg></p>"
    assert [image.position for image in images(two)] == [1, 2]


def test_a_picture_is_named_once() -> None:
    twice = "<figure><img src=a.jpg></figure><figure><img src=a.jpg><figcaption>The bridge</figcaption></figure>"
    assert told(twice) == [("The bridge", None)]


def test_declared_selector() -> None:
    markup = '<div class="one"><p><img src=a.jpg></p></div><div class="two"><p><img src=b.jpg></p></div>'
    assert [image.url[-5:] for image in images(markup, select={"images": ".two"})] == ["b.jpg"]


def test_bottomless_markup_is_read() -> None:
    deep = "<div>" * 3000 + "<img src=a.jpg>" + "</div>" * 3000
    assert len(images(deep)) <= 1
