"""The body: paragraphs in order, without what sites print among and around them."""

import pytest

from tests.extract.making import PARAGRAPHS, PROSE, article

HEADLINE = "<h1>Old bridge to be rebuilt</h1>"


def body(html: str) -> tuple[str, ...]:
    got = article(html)
    return (got.lead, *got.body) if got.lead else got.body


@pytest.mark.parametrize(
    "html",
    [
        f"{HEADLINE}<div>{PARAGRAPHS}</div>",
        f"{HEADLINE}<div>{'<br><br>'.join(PROSE)}</div>",
        f"{HEADLINE}<div>{'<br>'.join(PROSE)}</div>",
        f"{HEADLINE}<div>" + "".join(f"<div>{text}</div>" for text in PROSE) + "</div>",
        f"{HEADLINE}<table><tr><td>" + "</td></tr><tr><td>".join(PROSE) + "</td></tr></table>",
        f"{HEADLINE}<div>" + "".join(f"<section><p>{text}</p></section>" for text in PROSE) + "</div>",
        f"{HEADLINE}<div><font face='Arial'><p>" + "<p>".join(PROSE) + "</font></div>",
    ],
    ids=["p", "br br", "br", "div", "table", "sections", "font and unclosed p"],
)
def test_paragraphs_of_all_makes(html: str) -> None:
    assert body(html) == PROSE


@pytest.mark.parametrize(
    "between",
    [
        "<figure><img src='/a.jpg'><figcaption>The bridge in spring.</figcaption></figure>",
        "<p>Read more: <a href='/b'>Another bridge</a></p>",
        "<p>Lesen Sie auch: Die zweite Brücke</p>",
        "<p>Xem thêm: Cầu thứ hai</p>",
        "<h3>Auch interessant</h3><ul><li><a href='/c'>Something else entirely</a></li></ul>",
        "<p><a href='/d'>A link to another article of the town that stands alone</a></p>",
        "<p>Advertisement</p>",
        "<p class='author'>By Jane Doe</p>",
        "<p>Loading...</p>",
        "<div class='fact infobox'><p>The bridge was built in 1911 and is 40 metres long, says the plate.</p></div>",
    ],
)
def test_what_stands_between_paragraphs_is_left_out(between: str) -> None:
    assert body(f"{HEADLINE}<div><p>{PROSE[0]}</p><p>{PROSE[1]}</p>{between}<p>{PROSE[2]}</p></div>") == PROSE


def test_nothing_is_kept_behind_the_line_that_announces_comments() -> None:
    remarks = "<h3>Comments</h3><p>I was against it from the beginning, and I still am, my friends.</p>"
    assert body(f"{HEADLINE}<div>{PARAGRAPHS}{remarks}</div>") == PROSE


def test_sub_headings_lists_quotations_and_tables_are_text() -> None:
    inner = (
        f"<h2>Two years of work</h2><p>{PROSE[1]}</p><ul><li>piers</li><li>deck</li></ul>"
        f"<blockquote>{PROSE[2]}</blockquote><table><tr><td>Cost</td><td>2 million</td></tr></table>"
    )
    expected = (PROSE[0], "Two years of work", PROSE[1], "piers", "deck", PROSE[2], "Cost", "2 million")
    assert body(f"{HEADLINE}<div><p>{PROSE[0]}</p>{inner}</div>") == expected


def test_headline_and_repeated_paragraphs_are_printed_once() -> None:
    twice = f"<div class='phone'><p>{PROSE[0]}</p></div><div class='screen'>{PARAGRAPHS}</div>"
    assert body(f"{HEADLINE}<div><p>Old bridge to be rebuilt</p>{twice}</div>") == PROSE


def test_labels_before_the_first_and_after_the_last_paragraph_go() -> None:
    around = f"<p>Stand: 1. Mai</p><p>3 min</p>{PARAGRAPHS}<h3>Topics</h3><p>Bridges</p>"
    assert body(f"{HEADLINE}<div>{around}</div>") == PROSE


def test_scripts_without_spaces() -> None:
    text = (
        "市议会周二晚上开会，同意在冬天之前重建河上的旧桥，并感谢两岸居民的耐心等待和支持。",
        "工程五月开始，行人将使用临时通道。",
    )
    assert body("<h1>重建旧桥</h1><div>" + "".join(f"<p>　　{t}</p>" for t in text) + "</div>") == text
