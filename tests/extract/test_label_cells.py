"""Bylines in cells, and the office of a contact block."""

import pytest

from tests.extract.making import PARAGRAPHS, article

CELLS = {
    "a row each": "<table><tr><td>Author</td><td>Jo Doe</td></tr><tr><td>Source</td><td>The Gazette</td></tr></table>",
    "one row": "<table><tr><th>Author</th><td>Jo Doe</td><th>Source</th><td>The Gazette</td></tr></table>",
    "terms": "<dl><dt>Author</dt><dd>Jo Doe</dd><dt>Views</dt><dd>318</dd><dt>Source</dt><dd>The Gazette</dd></dl>",
    "paragraphs in cells": (
        "<table><tr><td><p>Author</p></td><td><p>Jo Doe</p></td></tr>"
        "<tr><td><p>Source</p></td><td><p>The Gazette</p></td></tr></table>"
    ),
    "labels with colons": "<dl><dt>Author:</dt><dd>Jo Doe</dd><dt>Source:</dt><dd>The Gazette</dd></dl>",
}
TEXT = f"<div class='text'>{PARAGRAPHS}</div>"


@pytest.mark.parametrize("cells", CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_author_and_source_in_cells(cells: str, above: bool) -> None:
    parts = (cells, TEXT) if above else (TEXT, cells)
    read = article(f"<article><h1>Old bridge to be rebuilt</h1>{''.join(parts)}</article>")
    assert (read.byline, read.authors, read.source) == ("Jo Doe", ("Jo Doe",), "The Gazette")
    assert not {"Jo Doe", "Author", "The Gazette"} & set(read.body)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Tác giả", "Hoàng Lan"),
        ("Autor", "Jana Nováková"),
        ("Szerző", "Kovács Anna"),
        ("Автор", "Олена Ковальчук"),
        ("Συντάκτης", "Μαρία Παππά"),
        ("Yazar", "Ayşe Yılmaz"),
        ("Penulis", "Budi Santoso"),
        ("作者", "陈志强"),
        ("작성자", "김민수"),
        ("ผู้เขียน", "สมชาย ใจดี"),
    ],
)
def test_labels_in_many_languages(label: str, value: str) -> None:
    cells = f"<table><tr><td>{label}</td><td>{value}</td></tr></table>"
    assert article(f"<article><h1>Old bridge</h1>{cells}{TEXT}</article>").authors == (value,)


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>Tác giả</td><td>Nguồn</td></tr><tr><td>Hoàng Lan</td><td>Số 12</td></tr>",
        "<tr><th>Author</th><th>Year</th></tr><tr><td>Old Bridges</td><td>1998</td></tr>",
        "<tr><td>Service</td><td>Suggested Tip</td></tr>",
    ],
)
def test_the_head_of_a_table_is_no_byline(table: str) -> None:
    read = article(f"<article><h1>Old bridge</h1>{TEXT}<table>{table}</table></article>")
    assert (read.unit, read.source) == (None, None)
    assert "Year" not in read.authors


@pytest.mark.parametrize("foreign", ["", "<div class='comments'>{}</div>", "<footer>{}</footer>"])
def test_a_table_behind_the_text_of_a_page_without_article(foreign: str) -> None:
    cells = "<table><tr><th>Wytworzył</th><td>Jo Doe</td></tr><tr><th>Opublikował</th><td>Al Roe</td></tr></table>"
    cells = foreign.format(cells) if foreign else cells
    read = article(f"<div id='main'><h2>Old bridge</h2><div>{PARAGRAPHS}</div>{cells}</div>")
    assert read.authors == (() if foreign else ("Jo Doe",))


def test_a_table_in_the_text_is_no_byline() -> None:
    cells = "<table><tr><td>Author</td><td>Jane Austen</td></tr></table>"
    assert article(f"<article><h1>Old bridge</h1>{PARAGRAPHS}{cells}{PARAGRAPHS}</article>").authors == ()


JAPANESE = "".join(
    f"<p>{text}</p>"
    for text in (
        "令和6年4月1日から、窓口で交付する住民票の写しと印鑑登録証明書の手数料が一通400円になります。",
        "コンビニエンスストアでの交付手数料はこれまでどおり一通200円です。どうぞご利用ください。",
    )
)


@pytest.mark.parametrize(
    ("contact", "unit"),
    [
        ("<h2>お問い合わせ</h2><p>市民生活部 市民課 窓口係</p><p>電話：000-000-0000</p>", "市民生活部 市民課 窓口係"),
        ("<p>お問い合わせ先：市民課（電話000-000-0000）</p>", "市民課"),
        ("<p>【問い合わせ】秘書広報課 電話 000-000-0000</p>", "秘書広報課"),
        (
            "<dl><dt>このページに関するお問い合わせ</dt><dd>総務部秘書広報課<br>〒000-0000 青波市本町1番1号</dd></dl>",
            "総務部秘書広報課",
        ),
        ("<p>お問い合わせ</p><p>〒000-0000 青波市本町1番1号</p><p>環境センター</p>", "環境センター"),
        ("<p>担当：都市整備課 公園係</p>", "都市整備課 公園係"),
        ("<p>お問い合わせはこちらのフォームからどうぞ</p>", None),
    ],
)
def test_the_office_of_a_contact_block_is_the_unit(contact: str, unit: str | None) -> None:
    read = article(f"<article><h1>手数料が変わります</h1><div>{JAPANESE}</div><div>{contact}</div></article>")
    assert read.unit == unit


def test_the_office_of_a_contact_block_outside_the_article() -> None:
    contact = "<div class='contact'><h2>お問い合わせ</h2><p>教育部 生涯学習課 図書館係<br>電話：000-000-0000</p></div>"
    read = article(f"<main><article><h1>手数料が変わります</h1><div>{JAPANESE}</div></article>{contact}</main>")
    assert read.unit == "教育部 生涯学習課 図書館係"


def test_a_given_name_that_opens_sources_in_vietnamese() -> None:
    read = article(f"<article><h1>Old bridge</h1>{PARAGRAPHS}<p style='text-align:right'>Theo Marsh</p></article>")
    assert (read.authors, read.source) == (("Theo Marsh",), None)
    vietnamese = (
        "<p>Sáng nay, thành phố khai mạc hội chợ hoa xuân bên bờ sông với hơn hai trăm gian hàng của bà con.</p>"
    )
    read = article(f"<article><h1>Hội chợ</h1>{vietnamese * 2}<p style='text-align:right'>Theo Zing</p></article>")
    assert (read.authors, read.source) == ((), "Zing")
