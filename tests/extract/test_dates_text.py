"""Dates as portals print them: tables of examples, text in, timestamp out."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extract.timestamps import parse, parse_machine
from crawler.extract.zones import Reckoning, month_first, offset_of, tag_of, zone_of
from crawler.model import Precision
from crawler.page import Page

CAPTURED = datetime(2026, 11, 23, 12, tzinfo=UTC)


def reckoned(language: str | None, zone: str | None = None, *, month_first: bool = False) -> Reckoning:
    return Reckoning(
        language=language, zone=ZoneInfo(zone) if zone else None, month_first=month_first, captured_at=CAPTURED
    )


VIETNAMESE = {
    "08/01/2020 16:50": "2020-01-08T16:50+07:00",
    "21/07/2022 | 10:00 AM": "2022-07-21T10:00+07:00",
    "14/07/2022 | 03:53 PM": "2022-07-14T15:53+07:00",
    "20/06/2018 | 4:12 PM": "2018-06-20T16:12+07:00",
    "05/03/2014 | 12:00 AM": "2014-03-05",
    "05/03/2014 | 12:30 AM": "2014-03-05T00:30+07:00",
    "05/03/2014 | 12:00 PM": "2014-03-05T12:00+07:00",
    "08/11/2019": "2019-11-08",
    "Ngày đăng:08/11/2019": "2019-11-08",
    "(Ngày đăng :08/11/2019 16:50 )": "2019-11-08T16:50+07:00",
    "Ngày:8 tháng 11 năm 2019": "2019-11-08",
    "(21/06/2021)": "2021-06-21",
    "09:54 20/03/2024": "2024-03-20T09:54+07:00",
    "07-08-2024 lúc 09:59": "2024-08-07T09:59+07:00",
    "Thứ Tư, ngày 27 tháng 9 năm 2017 | 11:19 GMT+7": "2017-09-27T11:19+07:00",
    "Thứ tư - 08/01/2020 16:50": "2020-01-08T16:50+07:00",
    "Thứ tư, 22/10/2025, 19:25 (GMT+7)": "2025-10-22T19:25+07:00",
    "Ngày đăng 08-01-2020 16:50:12": "2020-01-08T16:50:12+07:00",
    "8/12/2026 2:55:37 PM": "2026-08-12T14:55:37+07:00",
    "14h35 ngày 15/10/2024": "2024-10-15T14:35+07:00",
    "14 giờ 35 ngày 15/10/2024": "2024-10-15T14:35+07:00",
    "14 giờ 35 phút ngày 15 tháng 10 năm 2024": "2024-10-15T14:35+07:00",
    "Cập nhật: 15/10/2024 14:35": "2024-10-15T14:35+07:00",
    "15/10/2024 2:05 CH": "2024-10-15T14:05+07:00",
    "15/10/2024 8:30:00 SA": "2024-10-15T08:30:00+07:00",
    "Thứ Ba, 15/10/2024 | 08:30": "2024-10-15T08:30+07:00",
    "CN, 06/07/2025 07:00": "2025-07-06T07:00+07:00",
    "21 tháng 09 năm 2025": "2025-09-21",
    "27 tháng 9, 2017": "2017-09-27",
    "10:30' 06/07/2025": "2025-07-06T10:30+07:00",
    "06/07/2025 | 3:18 min": "2025-07-06",
    "22/10/2025 19h25": "2025-10-22T19:25+07:00",
    "Thứ\u200b tư,\u2003 08/01/2020\u00a016:50": "2020-01-08T16:50+07:00",
    "8/1/2020 00:00:00": "2020-01-08",
    "Móng Cái12/03/2025": "2025-03-12",
    "06 Tháng Ba, 2025": "2025-03-06",
    "6 tháng Mười Hai năm 2024": "2024-12-06",
    "Tháng Ba 6, 2025 8:15 chiều": "2025-03-06T20:15+07:00",
    "Tháng 3 6, 2025": "2025-03-06",
}


@pytest.mark.parametrize(("text", "expected"), VIETNAMESE.items())
def test_vietnamese_forms(text: str, expected: str) -> None:
    stamp = parse(text, reckoned("vi", "Asia/Ho_Chi_Minh"))
    assert stamp is not None
    assert stamp.isoformat() == expected


LANGUAGES = [
    ("fa", "Asia/Tehran", "پنجشنبه ۱۵ آذر ۱۴۰۳ - ۱۴:۳۵", "2024-12-05T14:35+03:30"),
    ("fa", "Asia/Tehran", "1403/12/30", "2025-03-20"),
    ("fa", "Asia/Tehran", "9 تير 1402 - 10:15", "2023-06-30T10:15+03:30"),
    ("fa", "Asia/Tehran", "3 دي 1402", "2023-12-24"),
    ("ar", "Asia/Beirut", "الخميس 5 كانون الأول 2024 - 14:35", "2024-12-05T14:35+02:00"),
    ("lv", "Europe/Riga", "2024. gada 5. decembris", "2024-12-05"),
    ("mk", "Europe/Skopje", "05.12.2024 во 14:35", "2024-12-05T14:35+01:00"),
    ("mn", "Asia/Ulaanbaatar", "2024 оны 12 сарын 05", "2024-12-05"),
    ("vi", "Asia/Ho_Chi_Minh", "05 Th12, 2024", "2024-12-05"),
    ("vi", "Asia/Ho_Chi_Minh", "05.12.2024 | 14h:35", "2024-12-05T14:35+07:00"),
    ("de", "Europe/Berlin", "27.01.2020", "2020-01-27"),
    ("de", "Europe/Berlin", "25. Januar 2022 | Berlin", "2022-01-25"),
    ("de", "Europe/Berlin", "26. Jan 2022", "2022-01-26"),
    ("de", "Europe/Vienna", "1. Jänner 2022", "2022-01-01"),
    ("de", "Europe/Berlin", "Mittwoch, 08.05.2019, 05:02 Uhr", "2019-05-08T05:02+02:00"),
    ("de", "Europe/Berlin", "Stand: 08.05.2019 5.02 Uhr", "2019-05-08T05:02+02:00"),
    ("de", "Europe/Berlin", "Freitag, 3. Mai 2024 um 15:47 Uhr", "2024-05-03T15:47+02:00"),
    ("de", "Europe/Berlin", "10:30 Uhr am 3. März 2024", "2024-03-03T10:30+01:00"),
    ("de", "Europe/Berlin", "21.10.19", "2019-10-21"),
    ("de", "Europe/Berlin", "Mon Oct 11 14:57:21 CEST 2021", "2021-10-11T14:57:21+02:00"),
    ("hu", "Europe/Budapest", "2024. június 5., szerda 14:05", "2024-06-05T14:05+02:00"),
    ("de", "Europe/Zurich", "26 | 01 | 2022", "2022-01-26"),
    ("es", "America/Mexico_City", "04-ago-2021 5:11:10", "2021-08-04T05:11:10-05:00"),
    ("ar", "Asia/Amman", "24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24T21:22+03:00"),
    ("ar", "Asia/Beirut", "5 كانون الثاني / يناير 2020", "2020-01-05"),
    ("ro", "Europe/Bucharest", "Publicat la 5 iunie 2024, ora 14:05", "2024-06-05T14:05+03:00"),
    ("tr", "Europe/Istanbul", "5 Haziran 2024 Çarşamba 14:05", "2024-06-05T14:05+03:00"),
    ("th", "Asia/Bangkok", "13 มิ.ย. 68", "2025-06-13"),
    ("th", "Asia/Bangkok", "วันที่ ๑๓ มิถุนายน ๒๕๖๘", "2025-06-13"),
    ("zh", "Asia/Taipei", "發布日期：113-05-07", "2024-05-07"),
    ("zh", "Asia/Taipei", "中華民國113年5月7日", "2024-05-07"),
    ("ko", "Asia/Seoul", "작성일 25-12-10 09:30", "2025-12-10T09:30+09:00"),
    ("de", "Europe/Berlin", "3. Juni 2024, 14:05 CET", "2024-06-03T14:05+02:00"),
    ("fr", "Europe/Paris", "Publié le 3 mai 2024 à 15 h 47", "2024-05-03T15:47+02:00"),
    ("fr", "Europe/Paris", "1er août 2023 à 9h05", "2023-08-01T09:05+02:00"),
    ("es", "America/Mexico_City", "25 de noviembre de 2025", "2025-11-25"),
    ("es", "Europe/Madrid", "3 de mayo de 2024 a las 15:47", "2024-05-03T15:47+02:00"),
    ("pt", "America/Sao_Paulo", "05/10/2018", "2018-10-05"),
    ("pt", "America/Sao_Paulo", "3 de maio de 2024 às 15h47", "2024-05-03T15:47-03:00"),
    ("it", "Europe/Rome", "31 gennaio 2023", "2023-01-31"),
    ("it", "Europe/Rome", "3 maggio 2024 alle ore 15:47", "2024-05-03T15:47+02:00"),
    ("pl", "Europe/Warsaw", "3 maja 2024, godz. 15:47", "2024-05-03T15:47+02:00"),
    ("pl", "Europe/Warsaw", "12 października 2024 r.", "2024-10-12"),
    ("pl", "Europe/Warsaw", "4 lis 2024", "2024-11-04"),
    ("hr", "Europe/Zagreb", "4 lis 2024", "2024-10-04"),
    ("uk", "Europe/Kyiv", "16 січня 2023 р.", "2023-01-16"),
    ("ru", "Europe/Moscow", "3 мая 2024 в 15:47", "2024-05-03T15:47+03:00"),
    ("cs", "Europe/Prague", "5. července 2024", "2024-07-05"),
    ("cs", "Europe/Prague", "5. června 2024", "2024-06-05"),
    ("hu", "Europe/Budapest", "2020. szeptember 21. 10:30", "2020-09-21T10:30+02:00"),
    ("lt", "Europe/Vilnius", "2019 m. kovo 4 d.", "2019-03-04"),
    ("sv", "Europe/Stockholm", "12 oktober 2024 kl. 15.30", "2024-10-12T15:30+02:00"),
    ("fi", "Europe/Helsinki", "12.10.2024 klo 15.30", "2024-10-12T15:30+03:00"),
    ("tr", "Europe/Istanbul", "12 Ekim 2024 - 15:30", "2024-10-12T15:30+03:00"),
    ("el", "Europe/Athens", "12 Οκτωβρίου 2024, 15:30", "2024-10-12T15:30+03:00"),
    ("ko", "Asia/Seoul", "2025. 12. 10.", "2025-12-10"),
    ("ko", "Asia/Seoul", "2025년 1월 7일 오후 3:05", "2025-01-07T15:05+09:00"),
    ("ko", "Asia/Seoul", "2025-12-12 17:44:00", "2025-12-12T17:44:00+09:00"),
    ("zh", "Asia/Shanghai", "2022-02-11 09:52", "2022-02-11T09:52+08:00"),
    ("zh", "Asia/Shanghai", "2007-08-20-23:59:59", "2007-08-20T23:59:59+08:00"),
    ("zh", "Asia/Shanghai", "2005年05月07日21:23", "2005-05-07T21:23+08:00"),
    ("zh", "Asia/Shanghai", "2025年1月13日 下午3:20", "2025-01-13T15:20+08:00"),
    ("ja", "Asia/Tokyo", "2019年4月2日", "2019-04-02"),
    ("ja", "Asia/Tokyo", "更新日：2023年3月10日更新", "2023-03-10"),
    ("ja", "Asia/Tokyo", "令和6年3月1日", "2024-03-01"),
    ("ja", "Asia/Tokyo", "令和元年5月1日 午後3時30分", "2019-05-01T15:30+09:00"),
    ("ja", "Asia/Tokyo", "平成31年4月1日", "2019-04-01"),
    ("ja", "Asia/Tokyo", "2025年1月13日 21時37分", "2025-01-13T21:37+09:00"),
    ("th", "Asia/Bangkok", "4 ธ.ค. 2567", "2024-12-04"),
    ("th", "Asia/Bangkok", "4 ธันวาคม พ.ศ. 2568 เวลา 10.30 น.", "2025-12-04T10:30+07:00"),
    ("ar", "Asia/Beirut", "٣ مايو ٢٠٢٤", "2024-05-03"),
    ("hi", "Asia/Kolkata", "3 मई 2024", "2024-05-03"),
    ("bn", "Asia/Dhaka", "১৫ অক্টোবর ২০২৪", "2024-10-15"),
    ("en", "Europe/London", "18-07-2019 - 11:37", "2019-07-18T11:37+01:00"),
    ("en", "America/New_York", "Posted on June 25, 2025 | Last Updated on June 26, 2025", "2025-06-25"),
    ("en", "America/New_York", "Published 10:30 AM EDT, Mon October 21, 2024", "2024-10-21T10:30-04:00"),
    ("en", "America/Los_Angeles", "Oct 21, 2024, 10:30 a.m. ET", "2024-10-21T07:30-07:00"),
    ("en", "America/New_York", "May 29, 2020 - Rough Waters", "2020-05-29"),
    ("en", "America/New_York", "May 3rd, 2020 at 5 pm", "2020-05-03T17:00-04:00"),
    ("pl", "Europe/Warsaw", "6 III 2025 r.", "2025-03-06"),
    ("pl", "Europe/Warsaw", "6 V 2025", "2025-05-06"),
    ("de", "Europe/Berlin", "06.III.2025", "2025-03-06"),
    ("hu", "Europe/Budapest", "2025. III. 6.", "2025-03-06"),
    ("ja", "Asia/Tokyo", "R7.3.6", "2025-03-06"),
    ("ja", "Asia/Tokyo", "R7年3月6日", "2025-03-06"),
    ("ja", "Asia/Tokyo", "令和7.3.6", "2025-03-06"),
    ("ja", "Asia/Tokyo", "令和元年十二月三十一日", "2019-12-31"),
    ("ja", "Asia/Tokyo", "２０２５．３．６ ８：１５", "2025-03-06T08:15+09:00"),
    ("zh", "Asia/Shanghai", "二〇二五年三月六日", "2025-03-06"),
    ("zh", "Asia/Shanghai", "二○二四年十一月二十六日", "2024-11-26"),
    ("zh", "Asia/Taipei", "114年3月6日 下午2:15", "2025-03-06T14:15+08:00"),
    ("lt", "Europe/Vilnius", "2025 03 06", "2025-03-06"),
    ("ar", "Asia/Riyadh", "6 مارس، 2025", "2025-03-06"),
    ("ar", "Asia/Riyadh", "6 مارس 2025 الساعة 08:15", "2025-03-06T08:15+03:00"),
    ("fa", "Asia/Tehran", "۱۶ اسفند ۱۴۰۳ ساعت ۰۸:۱۵", "2025-03-06T08:15+03:30"),
    ("fil", "Asia/Manila", "Ika-6 ng Marso, 2025", "2025-03-06"),
    ("ms", "Asia/Kuala_Lumpur", "6 Mac 2025, 2:15 petang", "2025-03-06T14:15+08:00"),
    ("id", "Asia/Jakarta", "06 Maret 2025, 08:15 WITA", "2025-03-06T07:15+07:00"),
    ("id", "Asia/Jakarta", "06 Maret 2025, 08:15 WIT", "2025-03-06T06:15+07:00"),
    ("fr", "Europe/Paris", "6 mars 2025 à 8 heures 15", "2025-03-06T08:15+01:00"),
    ("ru", "Europe/Moscow", "6 марта 2025 г. 8 ч. 15 мин.", "2025-03-06T08:15+03:00"),
    ("sr", "Europe/Belgrade", "06.03.2025. у 08:15", "2025-03-06T08:15+01:00"),
    ("ca", "Europe/Madrid", "6 de març del 2025 a les 8:15", "2025-03-06T08:15+01:00"),
    ("fi", "Europe/Helsinki", "6.3.2025 kello 8:15", "2025-03-06T08:15+02:00"),
    ("es", "Europe/Madrid", "6 de marzo de 2025, 8:15 de la tarde", "2025-03-06T20:15+01:00"),
    ("en", None, "Mon, 21 Oct 2019 10:00:00 +0200", "2019-10-21T10:00:00+02:00"),
    ("en", None, "21 October 2019 10:00", "2019-10-21T10:00+00:00"),
]


@pytest.mark.parametrize(("language", "zone", "text", "expected"), LANGUAGES)
def test_forms_of_other_languages(language: str, zone: str | None, text: str, expected: str) -> None:
    stamp = parse(text, reckoned(language, zone))
    assert stamp is not None
    assert stamp.isoformat() == expected


REFUSED = [
    "mục 1.8.11.2019", "1403/09/15",
    "16/72/2020", "31/02/2020", "May", "May 2024", "2024", "Tin 24h", "1. FC Köln 3:2", "+84 203 3881 234", "",
    "24/11/2027", "12.12.2026", "Hôm nay", "12:30", "3 giờ trước", "Số 15/2024/QĐ-UBND", "v1.2.2020.4",
    "R6.5.19", "113-05-07", "三年一月", "Kỳ họp IV 2025", "NTr12.3.2025",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_no_date_is_made_up(text: str) -> None:
    assert parse(text, reckoned("vi", "Asia/Ho_Chi_Minh")) is None


MACHINE = {
    "2024-05-03T15:47:42.389Z": ("2024-05-03T17:47:42+02:00", Precision.SECOND),
    "2024-05-03T15:47+0200": ("2024-05-03T15:47+02:00", Precision.MINUTE),
    "2024-05-03 15:47:42": ("2024-05-03T15:47:42+02:00", Precision.SECOND),
    "2024-05-03T23:30:00Z": ("2024-05-04T01:30+02:00", Precision.MINUTE),
    "2024-05-03T00:00:00Z": ("2024-05-03", Precision.DAY),
    "2024-05-03T12:00:00Z": ("2024-05-03", Precision.DAY),
    "2024-05-03T12:00:00+0000": ("2024-05-03T14:00+02:00", Precision.MINUTE),
    "2024-05-03T12:30:00Z": ("2024-05-03T14:30+02:00", Precision.MINUTE),
    "2024-05-02T22:00:00Z": ("2024-05-03", Precision.DAY),
    "2024-05-03": ("2024-05-03", Precision.DAY),
    "20240503": ("2024-05-03", Precision.DAY),
    "1583000000": ("2020-02-29T19:13:20+01:00", Precision.SECOND),
    "1583000000000": ("2020-02-29T19:13:20+01:00", Precision.SECOND),
    "Fri, 03 May 2024 15:47:42 GMT": ("2024-05-03T17:47:42+02:00", Precision.SECOND),
}


@pytest.mark.parametrize(("text", "expected"), MACHINE.items())
def test_machine_values(text: str, expected: tuple[str, Precision]) -> None:
    stamp = parse_machine(text, reckoned("de", "Europe/Berlin"))
    assert stamp is not None
    assert (stamp.isoformat(), stamp.precision) == expected


@pytest.mark.parametrize(
    "text", ["0001-01-01T05:00:00Z", "9999-12-31T23:59:59Z", "1969-12-31", "", "now", "99999999999999"]
)
def test_machine_values_that_mean_nothing(text: str) -> None:
    assert parse_machine(text, reckoned("de", "Europe/Berlin")) is None
    assert parse_machine(text, Reckoning()) is None


def test_noon_of_utc_is_a_time_of_day_where_it_is_noon() -> None:
    stamp = parse_machine("2024-01-03T12:00:00Z", reckoned("en", "Europe/London"))
    assert stamp is not None
    assert stamp.isoformat() == "2024-01-03T12:00+00:00"


def test_midnight_of_a_guessed_zone_is_a_time() -> None:
    way = Reckoning(language="de", zone=ZoneInfo("Europe/Berlin"), guessed=True)
    stamp = parse_machine("2024-05-02T22:00:00Z", way)
    assert stamp is not None
    assert stamp.precision is Precision.MINUTE


def test_raw_text_is_kept() -> None:
    stamp = parse("Ngày đăng: 08/01/2020 16:50 | Lượt xem: 12", reckoned("vi", "Asia/Ho_Chi_Minh"))
    assert stamp is not None
    assert stamp.raw == "08/01/2020 16:50"


@pytest.mark.parametrize(
    ("first", "expected"), [(False, "2024-04-03"), (True, "2024-03-04")], ids=["day first", "month first"]
)
def test_order_of_day_and_month(first: bool, expected: str) -> None:
    stamp = parse("03/04/2024", reckoned("en", month_first=first))
    assert stamp is not None
    assert stamp.isoformat() == expected


@pytest.mark.parametrize(("language", "first"), [("vi", False), ("de", False), ("en", True)])
def test_a_day_after_the_capture_is_refused_not_read_the_other_way(language: str, first: bool) -> None:
    assert parse("12/05/2026" if first else "05/12/2026", reckoned(language, month_first=first)) is None


def test_the_other_order_is_taken_where_the_calendar_has_no_such_day() -> None:
    stamp = parse("05/25/2024", reckoned("vi"))
    assert stamp is not None
    assert stamp.isoformat() == "2024-05-25"


def test_a_form_not_in_the_table_is_left_to_dateparser() -> None:
    stamp = parse("12 day of month 10 2024", reckoned("en")) or parse("2024 12 Oct", reckoned("en"))
    assert stamp is not None
    assert stamp.isoformat() == "2024-10-12"


@pytest.mark.parametrize(
    ("host", "language", "zone"),
    [
        ("mongcai.gov.vn", "en-us", "Asia/Ho_Chi_Minh"),
        ("www.ahlen.de", "en", "Europe/Berlin"),
        ("news.example", "de-AT", "Europe/Vienna"),
        ("news.example", "en-GB", "Europe/London"),
        ("news.example", "ko", "Asia/Seoul"),
        ("news.example", "en", None),
        ("news.example.com", "en", "America/New_York"),
        ("news.example", "zh-Hant-TW", "Asia/Taipei"),
        ("news.example", "pt", "America/Sao_Paulo"),
        ("news.example", "pt-PT", "Europe/Lisbon"),
        ("news.example", "es-LA", "America/Mexico_City"),
        ("news.example", "es-419", "America/Mexico_City"),
        ("news.example", "ar-AR", None),
        ("news.example", "ar-EG", "Africa/Cairo"),
    ],
)
def test_zone_of_host_and_language(host: str, language: str, zone: str | None) -> None:
    found = zone_of(host, language)
    assert (found.key if found else None) == zone


@pytest.mark.parametrize(
    ("attribute", "head", "written", "tag"),
    [
        ("es", '<meta property="og:locale" content="es_CO">', "es", "es-CO"),
        ("es", '<meta property="og:locale" content="es_LA">', "es", "es"),
        ("pt-PT", '<meta property="og:locale" content="pt_BR">', "pt", "pt-PT"),
        ("vi", '<meta property="og:locale" content="en_US">', "vi", "vi"),
        ("en-US", '<meta property="og:locale" content="vi_VN">', "vi", "vi-VN"),
        ("de", '<meta http-equiv="content-language" content="de-AT">', None, "de-AT"),
        ("en", "", "ko", "ko"),
    ],
)
def test_the_region_of_the_language(attribute: str, head: str, written: str, tag: str) -> None:
    html = f'<html lang="{attribute}"><head>{head}</head><body><p>A</p></body></html>'
    assert tag_of(Page(url="https://news.example/", body=html.encode()), written) == tag


@pytest.mark.parametrize(
    ("host", "language", "expected"),
    [
        ("napa.gov", "en", True),
        ("council.gov.uk", "en", False),
        ("mongcai.gov.vn", "vi", False),
        ("127.0.0.1", "en", True),
        ("news.example.com", "en-US", True),
        ("news.example.com", "en-GB", False),
    ],
)
def test_order_by_host_and_language(host: str, language: str, expected: bool) -> None:
    assert month_first(host, language) is expected


def test_an_abbreviation_means_what_the_zone_of_the_portal_means_by_it() -> None:
    at = datetime(2024, 1, 5, 12)  # noqa: DTZ001 - the zone is what is asked for
    shanghai = offset_of("CST", at, ZoneInfo("Asia/Shanghai"))
    elsewhere = offset_of("CST", at, None)
    assert [zone.utcoffset(at).total_seconds() / 3600 for zone in (shanghai, elsewhere) if zone] == [8, -6]
