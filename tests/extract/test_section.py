"""Section and tags: stated, or printed as breadcrumb and tag links."""

import pytest

from crawler.extract import extract
from tests.extract.making import PARAGRAPHS, page, portal

TEXT = f"<h1>Old bridge to be rebuilt</h1><div>{PARAGRAPHS}</div>"
CRUMBS = "<div class='breadcrumb'><a href='/'>Home</a> <a href='/n'>News</a> <a href='/n/r'>Roads</a></div>"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<script type="application/ld+json">{"articleSection": "Roads"}</script>', CRUMBS, "Roads"),
        ('<script type="application/ld+json">{"articleSection": ["Roads", "News"]}</script>', "", "Roads"),
        ('<meta property="article:section" content="Roads">', "", "Roads"),
        ("", CRUMBS, "Roads"),
        ("", CRUMBS.replace("Roads", "Old bridge to be rebuilt"), "News"),
        ("", "<table><tr><td class='FolderTitle'>Roads</td></tr></table>", "Roads"),
        ("", "<div class='breadcrumb'><a href='/'>Home</a></div>", None),
        ("", "<ol class='breadcrumb'><li><a href='/'>Home</a></li><li class='active'>Roads</li></ol>", "Roads"),
        ("", "<div class='path'><a href='/n/r'>Roads</a></div>", "Roads"),
        ("", "<div class='path'><a href='/'>Home</a></div>", None),
        ("", "<ul><li><a href='/n/r'>Roads</a></li></ul><div><h1><a href='#'>Roads</a></h1></div>", "Roads"),
        ("", "<header><h1 class='portlet-title'>Roads</h1></header>", "Roads"),
        ("", "<ul><li><a href='/x/News/?page=1'>Town news</a></li></ul>", "Town news"),
        ("", "<ul><li><a href='http://[x'>broken</a></li></ul>", None),
        ("", "", None),
    ],
)
def test_section(head: str, body: str, expected: str | None) -> None:
    html = f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"
    assert extract(page(html), portal()).section == expected


@pytest.mark.parametrize(
    "line",
    ["Publicado por: Ana - Categoria: Obras - 05/10/2018", "Chuyên mục: Obras", "Rubrik: Obras | 3 Kommentare"],
)
def test_a_labelled_section(line: str) -> None:
    html = TEXT.replace("</h1>", f"</h1><p>{line}</p>")
    assert extract(page(html), portal()).section == "Obras"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<script type="application/ld+json">{"keywords": "bridge, river"}</script>', "", ("bridge", "river")),
        ('<script type="application/ld+json">{"keywords": ["bridge", "river", 3]}</script>', "", ("bridge", "river")),
        (
            '<meta property="article:tag" content="bridge"><meta property="article:tag" content="river">',
            "",
            ("bridge", "river"),
        ),
        (
            "",
            "<p><a rel='tag' href='/t/b'>bridge</a> <a rel='nofollow tag' href='/t/r'>river</a></p>",
            ("bridge", "river"),
        ),
        ("", "", ()),
    ],
)
def test_tags(head: str, body: str, expected: tuple[str, ...]) -> None:
    html = f"<html><head>{head}</head><body>{TEXT}{body}</body></html>"
    assert extract(page(html), portal()).tags == expected
