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
    # scripts without capitals, abbreviations written small, capitals of other alphabets, names behind the last sentence
    ("قاعة المطالعة (تصوير محمد الحسن)", "قاعة المطالعة", "محمد الحسن"),
    ("قاعة المطالعة - تصوير محمد الحسن", "قاعة المطالعة", "محمد الحسن"),
    ("سالن مطالعه (عکس از رضا کریمی)", "سالن مطالعه", "رضا کریمی"),
    ("Huśtawki na placu zabaw fot. Piotr Zych", "Huśtawki na placu zabaw", "Piotr Zych"),
    ("Читальна залаФото: Іван Гнатюк", "Читальна зала", "Іван Гнатюк"),
    ("Η νέα παιδική χαράΦωτογραφία: Νίκος Βέλος", "Η νέα παιδική χαρά", "Νίκος Βέλος"),
    ("The ribbon is cut on Wednesday.Credit: Kay Finch", "The ribbon is cut on Wednesday.", "Kay Finch"),
    ("The ribbon is cut. Kay Finch/Millbrook Courier", "The ribbon is cut.", "Kay Finch/Millbrook Courier"),
    ("Los vestuarios. Foto cedida por el Ayuntamiento", "Los vestuarios.", "el Ayuntamiento"),
    ("The old town by C. Schlippes/Town Hall", "The old town by C. Schlippes/Town Hall", None),
    ("حفل تصوير الفيلم في المدينة القديمة", "حفل تصوير الفيلم في المدينة القديمة", None),
    # glued, tied by a stroke or a dot, closed by a word, in many languages
    ("Tiết mục của đội khu Vĩnh LậpẢnh:Minh Đức", "Tiết mục của đội khu Vĩnh Lập", "Minh Đức"),
    ("Tiết mục của đội khu Vĩnh Lập.Ảnh: Minh Đức", "Tiết mục của đội khu Vĩnh Lập.", "Minh Đức"),
    ("Der Bildstock steht wiederFoto: Anna Beispiel", "Der Bildstock steht wieder", "Anna Beispiel"),
    ("Der Bildstock steht wieder. FotoAnna Beispiel", "Der Bildstock steht wieder.", "Anna Beispiel"),
    ("Lễ khai mạc (Ảnh: CTV)", "Lễ khai mạc", "CTV"),
    ("Lễ khai mạc (ảnh Thu Hằng)", "Lễ khai mạc", "Thu Hằng"),
    ("Lễ khai mạc. Ảnh Thu Hằng", "Lễ khai mạc.", "Thu Hằng"),
    ("テープカットをする小学生たち　撮影：山本一郎", "テープカットをする小学生たち", "山本一郎"),
    ("旧図書館で貸し出しを受ける市民＝青波市観光協会提供", "旧図書館で貸し出しを受ける市民", "青波市観光協会提供"),
    ("完成した木造校舎＝青波市東町、佐藤恵撮影", "完成した木造校舎＝青波市東町", "佐藤恵撮影"),
    (
        "完成した木造校舎＝青波市東町で2019年4月1日、佐藤恵撮影",
        "完成した木造校舎＝青波市東町で2019年4月1日",
        "佐藤恵撮影",
    ),
    ("完成した木造校舎（青波市提供）", "完成した木造校舎", "青波市提供"),
    ("完成した木造校舎（佐藤恵撮影）", "完成した木造校舎", "佐藤恵撮影"),
    ("完成した木造校舎（写真：市広報課）", "完成した木造校舎", "市広報課"),
    ("完成した木造校舎（写真＝佐藤恵）", "完成した木造校舎", "佐藤恵"),
    ("完成した木造校舎（写真・佐藤恵）", "完成した木造校舎", "佐藤恵"),
    ("完成した木造校舎（写真は青波市提供）", "完成した木造校舎", "青波市提供"),
    ("木造校舎での授業を撮影", "木造校舎での授業を撮影", None),
    ("新しいメニューを提供", "新しいメニューを提供", None),
    ("給食を試食する児童に地元の野菜を提供", "給食を試食する児童に地元の野菜を提供", None),
    ("산사음악회에서 공연하는 합창단. 사진=김민수 기자", "산사음악회에서 공연하는 합창단.", "김민수 기자"),
    ("무대를 가득 메운 관람객들 (청림군 제공)", "무대를 가득 메운 관람객들", "청림군 제공"),
    ("무대를 가득 메운 관람객들. 청림군 제공", "무대를 가득 메운 관람객들.", "청림군 제공"),
    ("무대를 가득 메운 관람객들 / 사진제공=청림사", "무대를 가득 메운 관람객들", "청림사"),
    ("무대를 가득 메운 관람객들ⓒ김민수 기자", "무대를 가득 메운 관람객들", "김민수 기자"),
    ("무대를 가득 메운 관람객들 [사진=청림군]", "무대를 가득 메운 관람객들", "청림군"),
    ("무료 점심 식사 제공", "무료 점심 식사 제공", None),
    ("石桥镇的油菜花田（图/王芳）", "石桥镇的油菜花田", "王芳"),
    ("石桥镇的油菜花田。图/王芳", "石桥镇的油菜花田。", "王芳"),
    ("石桥镇的油菜花田（王芳/摄）", "石桥镇的油菜花田", "王芳/摄"),
    ("石桥镇的油菜花田。摄影：王芳", "石桥镇的油菜花田。", "王芳"),
    ("石桥镇的油菜花田 摄影/王芳", "石桥镇的油菜花田", "王芳"),
    ("石桥镇的油菜花田 （县委宣传部供图）", "石桥镇的油菜花田", "县委宣传部供图"),
    ("开幕式上的舞龙表演。县文旅局供图", "开幕式上的舞龙表演。", "县文旅局供图"),
    ("记者 王芳 摄", None, "记者 王芳 摄"),
    ("开幕式现场 记者王芳摄", "开幕式现场", "记者王芳摄"),
    ("市民在观看图文展", "市民在观看图文展", None),
    ("Radnice po opravě. Foto: Petr Svoboda", "Radnice po opravě.", "Petr Svoboda"),
    ("Budynek urzędu, fot. Anna Kowalska", "Budynek urzędu", "Anna Kowalska"),
    ("Budynek urzędu (fot. A. Kowalska/UG Brzozowiec)", "Budynek urzędu", "A. Kowalska/UG Brzozowiec"),
    ("A felújított városháza. Fotó: Nagy Péter", "A felújított városháza.", "Nagy Péter"),
    ("A felújított városháza (fotó: Nagy Péter)", "A felújított városháza", "Nagy Péter"),
    ("Primăria după renovare. Foto: Ana Popescu", "Primăria după renovare.", "Ana Popescu"),
    ("Міська рада після ремонту. Фото: Олена Ковальчук", "Міська рада після ремонту.", "Олена Ковальчук"),
    ("Міська рада після ремонту. Фото Олени Ковальчук", "Міська рада після ремонту.", "Олени Ковальчук"),
    ("Belediye binası. Fotoğraf: Ayşe Yılmaz", "Belediye binası.", "Ayşe Yılmaz"),
    ("Belediye binası (Fotoğraf: AA)", "Belediye binası", "AA"),
    ("Το δημαρχείο. Φωτογραφία: Μαρία Παππά", "Το δημαρχείο.", "Μαρία Παππά"),
    ("Το δημαρχείο (φωτό: Μαρία Παππά)", "Το δημαρχείο", "Μαρία Παππά"),
    ("مبنى البلدية. تصوير: محمد الحسن", "مبنى البلدية.", "محمد الحسن"),
    ("ساختمان شهرداری. عکس: رضا کریمی", "ساختمان شهرداری.", "رضا کریمی"),
    ("Gedung balai kota. (Foto: Humas Pemkab)", "Gedung balai kota.", "Humas Pemkab"),
    ("Gedung balai kota. Dok. Diskominfo", "Gedung balai kota.", "Diskominfo"),
    ("Dewan bandaran baharu. Foto ihsan Majlis Bandaraya", "Dewan bandaran baharu.", "Majlis Bandaraya"),
    ("Ang bagong munisipyo. Kuha ni Maria Santos", "Ang bagong munisipyo.", "Maria Santos"),
    ("Ang bagong munisipyo (Larawan mula sa PIO)", "Ang bagong munisipyo", "PIO"),
    ("ศาลาว่าการเทศบาล (ภาพ : งานประชาสัมพันธ์)", "ศาลาว่าการเทศบาล", "งานประชาสัมพันธ์"),
    ("ศาลาว่าการเทศบาล ภาพ/ข่าว : งานประชาสัมพันธ์", "ศาลาว่าการเทศบาล", "งานประชาสัมพันธ์"),
    ("ศาลาว่าการเทศบาล ขอบคุณภาพจาก สมชาย ใจดี", "ศาลาว่าการเทศบาล", "สมชาย ใจดี"),
    ("La mairie rénovée. © Ville de Saint-Aubry", "La mairie rénovée.", "Ville de Saint-Aubry"),
    ("La mairie rénovée - Photo : Paul Martin", "La mairie rénovée", "Paul Martin"),
    ("La mairie rénovée. Crédit photo: DR", "La mairie rénovée.", "DR"),
    ("El ayuntamiento (Foto: Ayto. de Villarreja)", "El ayuntamiento", "Ayto. de Villarreja"),
    ("O paço municipal. Foto: Ana Souza/Secom", "O paço municipal.", "Ana Souza/Secom"),
    ("O paço municipal (Crédito: Divulgação/Prefeitura)", "O paço municipal", "Divulgação/Prefeitura"),
    ("Il municipio. Foto di Anna Rossi", "Il municipio.", "Anna Rossi"),
    ("Het gemeentehuis. Foto: Jan de Vries", "Het gemeentehuis.", "Jan de Vries"),
    ("Het gemeentehuis (foto Jan de Vries)", "Het gemeentehuis", "Jan de Vries"),
    ("Rådhuset. Foto: Kari Nordmann", "Rådhuset.", "Kari Nordmann"),
    ("Kaupungintalo. Kuva: Matti Virtanen", "Kaupungintalo.", "Matti Virtanen"),
    ("Gradska vijećnica. Foto: Ivana Horvat", "Gradska vijećnica.", "Ivana Horvat"),
    ("Градска кућа. Фото: Јован Петровић", "Градска кућа.", "Јован Петровић"),
    ("Сградата на общината. Снимка: Иван Петров", "Сградата на общината.", "Иван Петров"),
    ("בניין העירייה. צילום: דוד כהן", "בניין העירייה.", "דוד כהן"),
    ("बाढ़ का दृश्य। फोटो: रमेश कुमार", "बाढ़ का दृश्य।", "रमेश कुमार"),
    ("नगर भवन (फोटो: रमेश कुमार)", "नगर भवन", "रमेश कुमार"),
    ("ছবি: রহিম উদ্দিন", None, "রহিম উদ্দিন"),
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


def test_a_label_glued_to_a_name_in_an_element_of_its_own() -> None:
    assert credits.clean("FotoAnna Beispiel") == "Anna Beispiel"
    assert credits.clean("Photography Team") == "Photography Team"
