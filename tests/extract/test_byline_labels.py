"""The labels and openings of bylines in many languages, as lines above and below the text."""

import pytest

from crawler.extract.byline_labels import Label, chunks, meaning
from crawler.extract.persons import credits_in
from tests.extract.making import PARAGRAPHS, article

NAMES = {
    "Jo Doe": [
        "Story and photos: ",
        "Text and photos by ",
        "Laporan oleh ",
        "Laporan Wartawan ",
        "Isinulat ni ",
        "Ulat ni: ",
    ],
    "Hélène Morvan": ["Article rédigé par ", "Texte et photos : ", "Un article de "],
    "Chiara Bellotti": ["Testo di ", "Testo e immagini: "],
    "Agnieszka Wrońska": ["Opracował(a): ", "Tekst i fot.: ", "oprac. ", "Autor tekstu: ", "Opublikowała: "],
    "Lenka Dvořáčková": ["Napsala: ", "Vložila: ", "Text a foto: "],
    "Szabó Katalin": ["Szöveg és fotó: ", "Készítette: "],
    "Elif Karaca": ["Haber: ", "Haber/Fotoğraf: ", "Haber - Fotoğraf: ", "Hazırlayan: "],
    "Annika Lund": ["Text och bild: ", "Text & bild: "],
    "Оксана Мельничук": ["Авторка: ", "Текст та фото: ", "Опублікувала: "],
    "Ελένη Καρρά": ["Ρεπορτάζ: ", "Κείμενο: "],
    "ليلى حداد": ["بقلم: ", "كتبت ", "إعداد: ", "تقرير: "],
    "مریم صادقی": ["نویسنده: ", "گزارش: ", "به قلم ", "تهیه و تنظیم: "],
    "박지영": ["글·사진: ", "글/사진: "],
    "佐々木真理": ["ライター：", "取材・文："],
    "刘晓燕": ["文/", "文丨", "文\\图：", "撰文 / "],
    "สมศรี ทองดี": ["ภาพ/ข่าว : ", "ข่าว/ภาพ: ", "เรียบเรียงโดย "],
}
LINES = [(f"{label}{name}", name) for name, labels in NAMES.items() for label in labels]


@pytest.mark.parametrize(("line", "name"), LINES)
def test_a_line_names_its_author(line: str, name: str) -> None:
    found = credits_in(line)
    assert (found.authors, found.labelled) == ((name,), True)


@pytest.mark.parametrize(("line", "name"), LINES)
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_the_line_on_a_page(line: str, name: str, above: bool) -> None:
    lines = (f"<p>{line}</p>", PARAGRAPHS) if above else (PARAGRAPHS, f"<p><em>{line}</em></p>")
    read = article(f"<article><h1>Old bridge to be rebuilt</h1>{''.join(lines)}</article>")
    assert read.authors == (name,)
    assert not any(name in paragraph for paragraph in read.body)


@pytest.mark.parametrize(
    "line",
    [
        "Photo by Jo Doe",
        "Foto und Video: Jo Doe",
        "ภาพ: สมศรี ทองดี",
        "تصوير: ليلى حداد",
        "图/刘晓燕",
        "كتب في هذا اليوم",
        "Nota de Prensa",
        "تقرير: العمل البلدي",
        "รายงาน: ผลการดำเนินงาน",
        "新闻 | 图片",
        "Text und Bilder im Anhang",
    ],
)
def test_lines_that_name_no_author(line: str) -> None:
    assert credits_in(line).authors == ()


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Text und Fotos", Label.AUTHOR),
        ("Foto/Video", Label.OTHER),
        ("文/图", Label.AUTHOR),
        ("Text und Preis", None),
        ("", None),
    ],
)
def test_a_label_of_several_kinds_of_work(label: str, kind: Label | None) -> None:
    assert meaning(label) is kind


def test_author_and_photographer_behind_strokes() -> None:
    assert list(chunks("文/刘晓燕 图/赵志强")) == [(Label.AUTHOR, "刘晓燕"), (Label.OTHER, "赵志强")]


WROTE_AND_ENTERED = {
    "Polish": ("Wytworzył", "Opublikował"),
    "Indonesian": ("Penulis", "Editor"),
    "Vietnamese": ("Tác giả", "Người đăng"),
    "Czech": ("Autor", "Vložil"),
    "Korean": ("작성자", "등록자"),
}
MARKUP = {
    "lines": "<p>{1}: Al Roe</p><p>{0}: Jo Doe</p>",
    "one line": "<p>{0}: Jo Doe<br>{1}: Al Roe</p>",
    "cells": "<table><tr><td>{1}</td><td>Al Roe</td></tr><tr><td>{0}</td><td>Jo Doe</td></tr></table>",
}


@pytest.mark.parametrize("labels", WROTE_AND_ENTERED.values(), ids=WROTE_AND_ENTERED)
@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
def test_who_wrote_goes_before_who_entered(labels: tuple[str, str], markup: str) -> None:
    read = article(
        f"<article><h1>Old bridge</h1>{PARAGRAPHS}<div class='info'>{markup.format(*labels)}</div></article>"
    )
    assert read.authors == ("Jo Doe",)


@pytest.mark.parametrize("label", [labels[1] for labels in WROTE_AND_ENTERED.values()], ids=WROTE_AND_ENTERED)
def test_who_entered_the_text_where_nobody_is_said_to_have_written_it(label: str) -> None:
    assert article(f"<article><h1>Old bridge</h1><p>{label}: Jo Doe</p>{PARAGRAPHS}</article>").authors == ("Jo Doe",)


@pytest.mark.parametrize(
    "line", ["Von links: Jo Doe, Al Roe und Kay Finch", "Od lewej: Jo Doe, Al Roe", "Từ trái sang: Jo Doe"]
)
@pytest.mark.parametrize(
    "markup", ["<figure><img src='/b.jpg'><figcaption>{}</figcaption></figure>", "<p><em>{}</em></p>"]
)
def test_who_is_seen_on_a_picture_is_no_author(line: str, markup: str) -> None:
    read = article(f"<article><h1>Old bridge</h1>{markup.format(line)}{PARAGRAPHS}</article>")
    assert read.authors == ()


@pytest.mark.parametrize("letters", ["<span>Foto: Jo Doe</span>", "<em>ภาพ: วิชัย มั่นคง</em>", "<b>تصوير: سامي خوري</b>"])
def test_a_credit_in_letters_of_its_own_is_no_part_of_the_caption(letters: str) -> None:
    figure = f"<figure><img src='/b.jpg'><figcaption>Die neue Brücke{letters}</figcaption></figure>"
    image = article(f"<article><h1>Old bridge</h1>{PARAGRAPHS}{figure}{PARAGRAPHS}</article>").images[0]
    assert image.caption == "Die neue Brücke"
    assert image.credit is not None and image.credit in letters


def test_a_report_opens_no_byline_without_a_colon() -> None:
    assert not credits_in("Laporan Keuangan Desa").labelled
    assert credits_in("Laporan: Rina Wulandari").authors == ("Rina Wulandari",)
