"""Lines of dates as portals of many languages print them: which date is that of publication, which of the last edit."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.model import Article
from crawler.page import Page
from crawler.portal import from_table

SENTENCE = "The council opened the bridge over the river, and many people of both banks walked across it. "
PARAGRAPH = f"<p>{SENTENCE * 2}</p>"
CAPTURED = datetime(2025, 6, 20, 5, tzinfo=UTC)


def article(line: str, language: str, *, above: str = "", below: str = "") -> Article:
    """A page of this language that prints a line between its headline and its text."""
    title = "Council opens new walking bridge"
    text = f"{above}<h1>{title}</h1>{line}<div>{PARAGRAPH * 3}</div>{below}"
    html = f"<html><head><title>{title}</title></head><body>{text}</body></html>"
    url = "https://town.example/news/bridge"
    portal = from_table({"name": "Town", "url": url, "timezone": "UTC", "language": language}, Path("t.toml"), "town")
    return extract(Page(url=url, body=html.encode(), captured_at=CAPTURED), portal)


BOTH = [
    ("vi", "Ngày đăng 06/03/2025 | Sửa lần cuối 10/03/2025"),
    ("vi", "Tạo ngày: 06/03/2025 - Chỉnh sửa lần cuối: 10/03/2025"),
    ("de", "Online gestellt am 06.03.2025, letzte Bearbeitung am 10.03.2025"),
    ("fr", "Date de mise en ligne : 6 mars 2025 - Date de mise à jour : 10 mars 2025"),
    ("es", "Noticia del 06/03/2025. Última edición: 10/03/2025"),
    ("pt", "por Imprensa — publicado 06/03/2025, última modificação 10/03/2025"),
    ("it", "Inserita il 06/03/2025, modificata il 10/03/2025"),
    ("pl", "Wytworzono: 01.03.2025 Opublikowano: 06.03.2025 Modyfikowano: 10.03.2025"),
    ("pl", "Opublikowano: 06.03.2025 | Ostatnia zmiana: 10.03.2025"),
    ("sv", "Sidan publicerades den 6 mars 2025. Senast granskad 10 mars 2025"),
    ("da", "Oprettet: 06-03-2025 | Sidst redigeret: 10-03-2025"),
    ("nb", "Lagt ut 6. mars 2025. Sist redigert 10. mars 2025"),
    ("fi", "Luotu 6.3.2025, viimeksi muokattu 10.3.2025"),
    ("cs", "Vytvořeno 6. 3. 2025, poslední změna 10. 3. 2025"),
    ("sk", "Dátum zverejnenia: 06.03.2025, dátum poslednej zmeny: 10.03.2025"),
    ("hu", "Közzétéve: 2025. március 6. - Módosítva: 2025. március 10."),
    ("hr", "četvrtak, 06. ožujka 2025. Zadnja izmjena: 10. ožujka 2025."),
    ("ro", "Publicat pe 06.03.2025. Ultima modificare: 10.03.2025"),
    ("bg", "Дата на публикуване: 06.03.2025 г. Последна промяна: 10.03.2025 г."),
    ("el", "Ημ/νία ανάρτησης: 06/03/2025 | Τελευταία τροποποίηση: 10/03/2025"),
    ("tr", "Haber Tarihi: 6 Mart 2025 / Son Güncellenme: 10 Mart 2025"),
    ("uk", "Додано: 6 бер. 2025, остання зміна: 10 бер. 2025"),
    ("ru", "Дата публикации: 06.03.2025. Дата изменения: 10.03.2025"),
    ("id", "Tanggal: 6 Maret 2025 | Terakhir diubah: 10 Maret 2025"),
    ("ms", "Kemaskini terakhir: 10 Mac 2025 | Tarikh siaran: 6 Mac 2025"),
    ("tl", "Nai-post noong Marso 6, 2025. Huling binago: Marso 10, 2025"),
    ("ar", "آخر تحديث: 10 مارس 2025 | تاريخ الإضافة: 6 مارس 2025"),
    ("fa", "تاریخ درج: ۱۶ اسفند ۱۴۰۳ - آخرین ویرایش: ۲۰ اسفند ۱۴۰۳"),
    ("he", "עדכון אחרון: 10.03.2025 פורסם בתאריך 06.03.2025"),
    ("hi", "अंतिम अद्यतन: 10 मार्च 2025 | प्रकाशन की तिथि: 6 मार्च 2025"),
    ("bn", "প্রকাশন তারিখ: ২০২৫-০৩-০৬ সর্ব-শেষ হাল-নাগাদ: ২০২৫-০৩-১০"),
    ("zh", "上版日期：114-03-06 最後異動日期：114-03-10"),
    ("ja", "登録日：令和7年3月6日 最終更新年月日：令和7年3月10日"),
    ("ko", "등록일 2025-03-06 최종 수정일 2025-03-10"),
    ("th", "ลงข่าวเมื่อ 6 มี.ค. 2568 ปรับปรุงเมื่อ 10 มี.ค. 2568"),
]


@pytest.mark.parametrize(("language", "line"), BOTH)
def test_published_and_edited_in_one_line(language: str, line: str) -> None:
    read = article(f"<p>{line}</p>", language)
    days = [stamp.isoformat() if stamp else None for stamp in (read.published, read.updated)]
    assert days == ["2025-03-06", "2025-03-10"]
    assert line not in (*read.body, read.lead)


def test_the_newsroom_before_the_label_hides_no_label() -> None:
    read = article("<p>por Imprensa — última modificação 10/03/2025</p>", "pt")
    assert read.origins["published"] == "date_of_update_only"


def test_an_edit_is_no_date_of_publication_where_a_sentence_has_another_day() -> None:
    note = "<p>Editor's note: We visited the bridge again on 4 March 2025 to see how people of both banks use it.</p>"
    read = article(f"<p>Ann Field | Updated 5 March 2025</p>{note}", "en")
    assert (read.published and read.published.isoformat(), read.origins["published"]) == (
        "2025-03-05",
        "date_of_update_only",
    )


def test_a_day_for_machines_behind_the_last_edit_is_not_that_of_publication() -> None:
    head = '<meta name="date" content="2025-03-12T11:52:23">'
    read = article(f"{head}<p>Stand: 10.03.2025 18:00 Uhr</p>", "de")
    assert read.published is not None
    assert read.published.isoformat() == "2025-03-10T18:00+00:00"


def test_short_paragraphs_of_dense_scripts_are_the_text() -> None:
    text = "<p>군은 읍내에 새 어린이공원을 조성하고 주민들에게 개방했다. 공원에는 놀이기구와 산책로가 마련됐다.</p>" * 3
    head = "<p>2025.03.06 (목)</p><h1>군, 새 어린이공원 문 열어</h1>"
    html = f"<html><body>{head}<div>{text}</div><ul><p>2025.05.10</p></ul></body></html>"
    portal = from_table({"name": "T", "url": "https://t.example.kr/", "timezone": "Asia/Seoul"}, Path("t.toml"), "t")
    read = extract(Page(url="https://t.example.kr/1", body=html.encode(), captured_at=CAPTURED), portal)
    assert read.published is not None
    assert read.published.isoformat() == "2025-03-06"
