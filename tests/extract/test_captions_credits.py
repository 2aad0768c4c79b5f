"""Texts printed at pictures: what of them is the caption, what the credit."""

import pytest

from crawler.extract import credits

SPLIT = [
    # labelled, at the end
    ("Y bác sĩ khám cho bà con. Ảnh: Trạm y tế cung cấp", "Y bác sĩ khám cho bà con.", "Trạm y tế cung cấp"),
    ("Quang cảnh hội nghị (Ảnh: Minh Đức)", "Quang cảnh hội nghị", "Minh Đức"),
    ("Die neue Brücke, Foto: Stadtwerke", "Die neue Brücke", "Stadtwerke"),
    ("Der Rat tagte im Saal. (Foto: REUTERS)", "Der Rat tagte im Saal.", "REUTERS"),
    ("Otwarcie mostu. Fot. Jan Kowalski", "Otwarcie mostu.", "Jan Kowalski"),
    ("The hall. Photo courtesy of the City of Elm", "The hall.", "the City of Elm"),
    ("La place. © Ville de Saint-Aubin", "La place.", "Ville de Saint-Aubin"),
    ("Het plein — © BELGA", "Het plein", "BELGA"),
    ("桜まつりの様子（写真＝市広報課）", "桜まつりの様子", "市広報課"),
    ("축제 현장 [사진=김민수 기자]", "축제 현장", "김민수 기자"),
    ("▲ 군수가 인사말을 하고 있다. 사진=군청 제공", "군수가 인사말을 하고 있다.", "군청 제공"),
    ("ประชาชนร่วมงาน ภาพโดย สมชาย ใจดี", "ประชาชนร่วมงาน", "สมชาย ใจดี"),
    ("Legenda: prefeito na escola. Foto: Ana Souza/Divulgação", "prefeito na escola.", "Ana Souza/Divulgação"),
    ("Suben los precios. (Foto Prensa Libre: Esteban Doe)", "Suben los precios.", "Prensa Libre: Esteban Doe"),
    ("Wisuda angkatan kelima(Dok.Kampus )", "Wisuda angkatan kelima", "Kampus"),
    ("Ein Saal | Bild © Jo Doe/hr", "Ein Saal", "Jo Doe/hr"),
    ("So wird geheizt | Quelle: Stadtwerke", "So wird geheizt", "Stadtwerke"),
    # unlabelled
    (
        "Is it so? Morsa Images/DigitalVision via Getty Images",
        "Is it so?",
        "Morsa Images/DigitalVision via Getty Images",
    ),
    ("1/5 Der Unfall am Abend. Jo Doe / AP", "Der Unfall am Abend.", "Jo Doe / AP"),
    ("The mayor speaks, Jan. 27, 2023. (AP Photo/Jo Doe)", "The mayor speaks, Jan. 27, 2023.", "AP Photo/Jo Doe"),
    ("The vote is near. | Jo Doe/PA Images via Getty Images", "The vote is near.", "Jo Doe/PA Images via Getty Images"),
    ("La plaza / EFE", "La plaza", "EFE"),
    ("图为现场。李明 摄", "图为现场。", "李明 摄"),
    ("图为活动现场。（张三摄）", "图为活动现场。", "张三摄"),
    ("市民在活动现场体验剪纸 李明/摄", "市民在活动现场体验剪纸", "李明/摄"),
    ("Foto 1 de 3 La plaza mayor", "La plaza mayor", None),
    # a credit alone
    ("© Foto: Skoda", None, "Skoda"),
    ("Ảnh: Minh Đức", None, "Minh Đức"),
    ("Photo by JO DOE", None, "JO DOE"),
    ("© dpa | Jo Doe", None, "dpa | Jo Doe"),
    ("Foto: Stadt", None, "Stadt"),
    ("写真提供：市観光協会", None, "市観光協会"),
    ("Getty Images", None, "Getty Images"),
    # a label in front of a caption
    ("Ảnh: Quang cảnh buổi lễ khánh thành nhà văn hóa", "Quang cảnh buổi lễ khánh thành nhà văn hóa", None),
    ("写真：桜まつりの様子", "桜まつりの様子", None),
    ("Image caption, The bridge in winter", "The bridge in winter", None),
    # no credit at all
    ("(Symbolbild) Das Rathaus (Archivbild)", "(Symbolbild) Das Rathaus (Archivbild)", None),
    ("The mayor (left) and Getty officials", "The mayor (left) and Getty officials", None),
    ("Đại biểu tham quan triển lãm ảnh: Sắc màu", "Đại biểu tham quan triển lãm ảnh: Sắc màu", None),
    ("Kinder spielen – das Bild: schön. Danach essen sie alle zusammen.", None, None),
    ("Thiết bị do bệnh viện tỉnh cung cấp", "Thiết bị do bệnh viện tỉnh cung cấp", None),
    ("Maria Silva Monteiro", "Maria Silva Monteiro", None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "caption", "credit"), SPLIT)
def test_split(text: str, caption: str | None, credit: str | None) -> None:
    expected = (caption, credit) if caption or credit or not text else (text, None)
    assert credits.split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foto: Jo Doe (Keystone)", "Jo Doe (Keystone)"),
        ("(Image: Jo Doe Productions/Elm Pictures)", "Jo Doe Productions/Elm Pictures"),
        ("Photograph: Jo Doe; Getty Images", "Jo Doe; Getty Images"),
        ("Frank Doe/Copyright 2026 The AP. All rights reserved", "Frank Doe"),
        (" / Jo Doe", "Jo Doe"),
        ("Foto Jo Doe via Unsplash", "Jo Doe via Unsplash"),
        ("dpa | 2:03 min", "dpa"),
        ("Copyright", None),
        ("©", None),
    ],
)
def test_clean(text: str, expected: str | None) -> None:
    assert credits.clean(text) == expected


def test_a_name_behind_a_pipe_is_a_credit_only_where_it_is_printed() -> None:
    assert credits.split("Durch die Stadt | Jo Doe") == ("Durch die Stadt", "Jo Doe")
    assert credits.split("Durch die Stadt | Jo Doe", printed=False) == ("Durch die Stadt | Jo Doe", None)
