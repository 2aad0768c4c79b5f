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
        ("", "", None),
    ],
)
def test_section(head: str, body: str, expected: str | None) -> None:
    html = f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"
    assert extract(page(html), portal()).section == expected


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
