"""Short notices are articles, pages about the site are none: in every markup of ``kinds`` and in every language."""

from collections.abc import Iterator

import pytest

from crawler.discover import discover
from crawler.discover.lines import lines
from crawler.discover.notice import notice
from crawler.model import Kind
from crawler.page import Page
from crawler.portal import from_url
from tests.discover.kinds import Made, pages

PORTAL = from_url("https://town.example/")
MADE = (*pages("notices.html"), *pages("others.html"))
NOTICES = sorted({made.markup for made in pages("notices.html")})
OTHERS = sorted({made.markup for made in pages("others.html")})

MISSED = {("wordpress", "zh"), ("undated", "it")}
"""Notices that are not seen as articles where the link to them says nothing: the day is a link, or there is none."""
TAKEN = {("contact-data", "ru"), ("tiles", "ru")}
"""Pages of the site that are taken for articles."""
ASKED = TAKEN | {
    ("contact-data", "th"), ("tiles", "vi"), ("tiles", "tr"), ("two-entries-pager", "th"),
}  # fmt: skip
"""Those that are so where the link to them makes an article likely."""


def judged(markup: str, expected: Kind) -> Iterator[tuple[Made, Kind]]:
    for made in MADE:
        if made.markup == markup:
            page = Page(url=made.url, body=made.html.encode(), media_type="text/html")
            yield made, discover(page, PORTAL, expected=expected).kind


@pytest.mark.parametrize("markup", NOTICES)
def test_a_notice_is_an_article(markup: str) -> None:
    missed = {(made.markup, made.language) for made, kind in judged(markup, Kind.UNKNOWN) if kind is not Kind.ARTICLE}
    assert missed == {case for case in MISSED if case[0] == markup}


@pytest.mark.parametrize("markup", NOTICES)
def test_a_notice_is_an_article_where_one_is_expected(markup: str) -> None:
    assert [made.language for made, kind in judged(markup, Kind.ARTICLE) if kind is not Kind.ARTICLE] == []


@pytest.mark.parametrize("markup", OTHERS)
@pytest.mark.parametrize(("expected", "known"), [(Kind.UNKNOWN, TAKEN), (Kind.ARTICLE, ASKED)])
def test_a_page_about_the_site_is_none(markup: str, expected: Kind, known: set[tuple[str, str]]) -> None:
    taken = {(made.markup, made.language) for made, kind in judged(markup, expected) if kind is Kind.ARTICLE}
    assert taken == {case for case in known if case[0] == markup}


TEXT = "<p>The water is off in Mill Street from eight to noon because of repairs.</p>"


@pytest.mark.parametrize(
    ("body", "headline", "dated"),
    [
        (f"<h1>Water off on Monday</h1><i>4th March 2024</i>{TEXT}", "Water off on Monday", True),
        (f"<p><b>Water off on Monday</b></p>{TEXT}<p>Posted: 1er mars 2024</p>", "Water off on Monday", True),
        (f"<h1>Water off on Monday</h1>{TEXT}<p>Open 08.00-17.00</p>", "Water off on Monday", False),
        (f'<h1><a href="/here">Water off on Monday</a></h1>{TEXT}', "Water off on Monday", False),
        (f'<h2>City works</h2><h3><a href="/there">Water off on Monday</a></h3>{TEXT}', None, None),
        (f"<h1>News</h1>{TEXT}", None, None),
        ("<h1>Water off on Monday</h1><p>See below.</p>", None, None),
        (f"<h1>Water off on Monday</h1>{TEXT}{TEXT}", None, None),
        ("".join(f"<p>0{n}.03.2024</p>{TEXT.replace('Mill', f'Mill{n}')}" for n in range(1, 5)), None, None),
    ],
)  # fmt: skip
def test_what_stands_around_a_short_text(body: str, headline: str | None, dated: bool | None) -> None:
    page = Page(url="https://town.example/here", body=f"<html><body>{body}</body></html>".encode())
    shown = lines(page.tree, lambda _: False, lambda href: href == "/here")
    found = notice(shown, ("Town",), lambda _: False)
    assert (found and found.headline, found and found.dated) == (headline, dated)
