"""Days told by that of the capture: text in, timestamp out; and the lines of a page that tell the article's own day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extract.date_relative import relative_in
from crawler.extract.zones import Reckoning
from tests.extract.test_dates_labels import CAPTURED, article

FORMS = [
    ("vi", "Asia/Ho_Chi_Minh", "Hôm nay 08:15", "2025-06-20T08:15+07:00"),
    ("vi", "Asia/Ho_Chi_Minh", "08:15 hôm nay", "2025-06-20T08:15+07:00"),
    ("vi", "Asia/Ho_Chi_Minh", "Hôm qua, 16:30", "2025-06-19T16:30+07:00"),
    ("vi", "Asia/Ho_Chi_Minh", "2 giờ trước", "2025-06-20"),
    ("vi", "Asia/Ho_Chi_Minh", "30 phút trước", "2025-06-20"),
    ("vi", "Asia/Ho_Chi_Minh", "3 ngày trước", "2025-06-17"),
    ("vi", "Asia/Ho_Chi_Minh", "Hôm nay, lúc 8h15", "2025-06-20T08:15+07:00"),
    ("vi", "Asia/Ho_Chi_Minh", "Hôm kia 08:15", "2025-06-18T08:15+07:00"),
    ("de", "Europe/Berlin", "heute um 06:19 Uhr", "2025-06-20T06:19+02:00"),
    ("de", "Europe/Berlin", "Gestern, 16:30 Uhr", "2025-06-19T16:30+02:00"),
    ("de", "Europe/Berlin", "vor 3 Stunden", "2025-06-20"),
    ("de", "Europe/Berlin", "vor 2 Tagen", "2025-06-18"),
    ("de", "Europe/Berlin", "vor einem Tag", "2025-06-19"),
    ("de", "Europe/Berlin", "Vorgestern", "2025-06-18"),
    ("fr", "Europe/Paris", "aujourd'hui à 6h19", "2025-06-20T06:19+02:00"),
    ("fr", "Europe/Paris", "hier à 16h30", "2025-06-19T16:30+02:00"),
    ("fr", "Europe/Paris", "il y a 2 heures", "2025-06-20"),
    ("fr", "Europe/Paris", "Publié il y a 3 jours", "2025-06-17"),
    ("es", "Europe/Madrid", "hoy a las 6:19", "2025-06-20T06:19+02:00"),
    ("es", "Europe/Madrid", "ayer, 16:30", "2025-06-19T16:30+02:00"),
    ("es", "Europe/Madrid", "hace 2 horas", "2025-06-20"),
    ("es", "Europe/Madrid", "Hace 3 días", "2025-06-17"),
    ("pt", "America/Sao_Paulo", "hoje às 01h19", "2025-06-20T01:19-03:00"),
    ("pt", "America/Sao_Paulo", "ontem às 16h30", "2025-06-19T16:30-03:00"),
    ("pt", "America/Sao_Paulo", "há 2 horas", "2025-06-20"),
    ("pt", "America/Sao_Paulo", "há 3 dias", "2025-06-17"),
    ("it", "Europe/Rome", "oggi alle 6:19", "2025-06-20T06:19+02:00"),
    ("it", "Europe/Rome", "ieri alle 16:30", "2025-06-19T16:30+02:00"),
    ("it", "Europe/Rome", "2 ore fa", "2025-06-20"),
    ("it", "Europe/Rome", "3 giorni fa", "2025-06-17"),
    ("pl", "Europe/Warsaw", "dzisiaj, 06:19", "2025-06-20T06:19+02:00"),
    ("pl", "Europe/Warsaw", "wczoraj, godz. 16:30", "2025-06-19T16:30+02:00"),
    ("pl", "Europe/Warsaw", "2 godziny temu", "2025-06-20"),
    ("pl", "Europe/Warsaw", "3 dni temu", "2025-06-17"),
    ("ja", "Asia/Tokyo", "今日 08:15", "2025-06-20T08:15+09:00"),
    ("ja", "Asia/Tokyo", "昨日", "2025-06-19"),
    ("ja", "Asia/Tokyo", "昨日 16:30", "2025-06-19T16:30+09:00"),
    ("ja", "Asia/Tokyo", "2時間前", "2025-06-20"),
    ("ja", "Asia/Tokyo", "3日前", "2025-06-17"),
    ("ko", "Asia/Seoul", "오늘 08:15", "2025-06-20T08:15+09:00"),
    ("ko", "Asia/Seoul", "어제 16:30", "2025-06-19T16:30+09:00"),
    ("ko", "Asia/Seoul", "2시간 전", "2025-06-20"),
    ("ko", "Asia/Seoul", "3일 전", "2025-06-17"),
    ("zh", "Asia/Shanghai", "今天 08:15", "2025-06-20T08:15+08:00"),
    ("zh", "Asia/Shanghai", "昨天 16:30", "2025-06-19T16:30+08:00"),
    ("zh", "Asia/Shanghai", "2小时前", "2025-06-20"),
    ("zh", "Asia/Shanghai", "3天前", "2025-06-17"),
    ("th", "Asia/Bangkok", "วันนี้ 08:15", "2025-06-20T08:15+07:00"),
    ("th", "Asia/Bangkok", "เมื่อวาน 16:30", "2025-06-19T16:30+07:00"),
    ("th", "Asia/Bangkok", "2 ชั่วโมงที่แล้ว", "2025-06-20"),
    ("th", "Asia/Bangkok", "3 วันที่แล้ว", "2025-06-17"),
    ("nl", "Europe/Amsterdam", "vandaag om 06:19", "2025-06-20T06:19+02:00"),
    ("nl", "Europe/Amsterdam", "gisteren, 16:30", "2025-06-19T16:30+02:00"),
    ("nl", "Europe/Amsterdam", "2 uur geleden", "2025-06-20"),
    ("nl", "Europe/Amsterdam", "3 dagen geleden", "2025-06-17"),
    ("sv", "Europe/Stockholm", "idag kl. 06.19", "2025-06-20T06:19+02:00"),
    ("sv", "Europe/Stockholm", "igår 16:30", "2025-06-19T16:30+02:00"),
    ("sv", "Europe/Stockholm", "för 2 timmar sedan", "2025-06-20"),
    ("da", "Europe/Copenhagen", "i dag kl. 06.19", "2025-06-20T06:19+02:00"),
    ("da", "Europe/Copenhagen", "i går kl. 16.30", "2025-06-19T16:30+02:00"),
    ("nb", "Europe/Oslo", "i dag 06:19", "2025-06-20T06:19+02:00"),
    ("fi", "Europe/Helsinki", "tänään klo 6.19", "2025-06-20T06:19+03:00"),
    ("fi", "Europe/Helsinki", "eilen 16.30", "2025-06-19T16:30+03:00"),
    ("cs", "Europe/Prague", "dnes v 6:19", "2025-06-20T06:19+02:00"),
    ("cs", "Europe/Prague", "včera 16:30", "2025-06-19T16:30+02:00"),
    ("hu", "Europe/Budapest", "ma 06:19", "2025-06-20T06:19+02:00"),
    ("hu", "Europe/Budapest", "tegnap 16:30", "2025-06-19T16:30+02:00"),
    ("ro", "Europe/Bucharest", "azi, 06:19", "2025-06-20T06:19+03:00"),
    ("ro", "Europe/Bucharest", "ieri, 16:30", "2025-06-19T16:30+03:00"),
    ("tr", "Europe/Istanbul", "Bugün 06:19", "2025-06-20T06:19+03:00"),
    ("tr", "Europe/Istanbul", "Dün 16:30", "2025-06-19T16:30+03:00"),
    ("tr", "Europe/Istanbul", "2 saat önce", "2025-06-20"),
    ("uk", "Europe/Kyiv", "сьогодні о 06:19", "2025-06-20T06:19+03:00"),
    ("uk", "Europe/Kyiv", "вчора, 16:30", "2025-06-19T16:30+03:00"),
    ("ru", "Europe/Moscow", "сегодня в 06:19", "2025-06-20T06:19+03:00"),
    ("ru", "Europe/Moscow", "вчера в 16:30", "2025-06-19T16:30+03:00"),
    ("ru", "Europe/Moscow", "2 часа назад", "2025-06-20"),
    ("ru", "Europe/Moscow", "3 дня назад", "2025-06-17"),
    ("id", "Asia/Jakarta", "hari ini, 08:15 WIB", "2025-06-20T08:15+07:00"),
    ("id", "Asia/Jakarta", "kemarin 16:30", "2025-06-19T16:30+07:00"),
    ("id", "Asia/Jakarta", "2 jam yang lalu", "2025-06-20"),
    ("id", "Asia/Jakarta", "3 hari lalu", "2025-06-17"),
    ("ms", "Asia/Kuala_Lumpur", "2 jam lalu", "2025-06-20"),
    ("ar", "Asia/Riyadh", "اليوم 07:15", "2025-06-20T07:15+03:00"),
    ("ar", "Asia/Riyadh", "أمس 16:30", "2025-06-19T16:30+03:00"),
    ("ar", "Asia/Riyadh", "منذ 3 ساعات", "2025-06-20"),
    ("fa", "Asia/Tehran", "امروز ۰۷:۱۵", "2025-06-20T07:15+03:30"),
    ("fa", "Asia/Tehran", "دیروز ۱۶:۳۰", "2025-06-19T16:30+03:30"),
    ("he", "Asia/Jerusalem", "היום, 07:15", "2025-06-20T07:15+03:00"),
    ("he", "Asia/Jerusalem", "אתמול, 16:30", "2025-06-19T16:30+03:00"),
    ("he", "Asia/Jerusalem", "לפני 2 שעות", "2025-06-20"),
    ("hi", "Asia/Kolkata", "3 घंटे पहले", "2025-06-20"),
    ("en", "Europe/London", "Today at 05:15", "2025-06-20T05:15+01:00"),
    ("en", "Europe/London", "Yesterday, 16:30", "2025-06-19T16:30+01:00"),
    ("en", "Europe/London", "2 hours ago", "2025-06-20"),
    ("en", "Europe/London", "3 days ago", "2025-06-17"),
    ("en", "Europe/London", "a day ago", "2025-06-19"),
]


@pytest.mark.parametrize(("language", "zone", "text", "expected"), FORMS)
def test_forms(language: str, zone: str, text: str, expected: str) -> None:
    way = Reckoning(language=language, zone=ZoneInfo(zone), captured_at=CAPTURED)
    [(printed, stamp)] = relative_in(text, way)
    assert stamp.isoformat() == expected
    assert stamp.raw == text[printed.start : printed.end]


@pytest.mark.parametrize(
    "text",
    [
        "heute um 18:00 Uhr",
        "vor 3 Wochen",
        "vor 200 Stunden",
        "vorgestrig",
        "Heutehaus",
        "il y a 2 heures",
        "vor 3 Tassen",
    ],
)
def test_what_tells_no_day_before_the_capture(text: str) -> None:
    way = Reckoning(language="de", zone=ZoneInfo("Europe/Berlin"), captured_at=CAPTURED)
    assert not list(relative_in(text, way))


def test_nothing_is_told_without_capture_or_language() -> None:
    assert not list(relative_in("gestern", Reckoning(language="de")))
    assert not list(relative_in("gestern", Reckoning(captured_at=CAPTURED)))
    assert not list(relative_in("gestern", Reckoning(language="zu", captured_at=CAPTURED)))


def test_the_day_is_that_of_the_portals_zone() -> None:
    way = Reckoning(language="vi", zone=ZoneInfo("Asia/Ho_Chi_Minh"), captured_at=datetime(2025, 6, 19, 18, tzinfo=UTC))
    [(_, stamp)] = relative_in("2 giờ trước", way)
    assert stamp.isoformat() == "2025-06-19"


OWN = [
    ("vi", "<p>Hôm nay, lúc 04:15</p>", "2025-06-20T04:15+00:00", None),
    ("vi", "<p><span>Hôm qua</span> <span>16:30</span></p>", "2025-06-19T16:30+00:00", None),
    ("de", "<p class='datum'>Gestern</p>", "2025-06-19", None),
    ("en", "<p>Ann Field · 2 days ago</p>", "2025-06-18", None),
    ("de", "<p>Veröffentlicht vor 3 Tagen, aktualisiert vor 2 Stunden</p>", "2025-06-17", "2025-06-20"),
    ("de", "<p>Veröffentlicht vor 3 Tagen</p><p>Aktualisiert vor 2 Stunden</p>", "2025-06-17", "2025-06-20"),
    ("vi", "<p>3 ngày trước</p><p>06/03/2025</p>", "2025-03-06", None),
    ("vi", "<p>3 ngày trước | 06/03/2025</p>", "2025-03-06", None),
]


@pytest.mark.parametrize(("language", "line", "published", "updated"), OWN)
def test_the_articles_own_day(language: str, line: str, published: str, updated: str | None) -> None:
    read = article(line, language)
    assert [stamp.isoformat() if stamp else None for stamp in (read.published, read.updated)] == [published, updated]
    assert not any("trước" in text or "vor 3" in text for text in read.body)


OTHER_TITLE = "<a href='/pool'>Another article about the indoor pool</a>"
OTHERS = {
    "teaser": ("de", f"<div><h3>{OTHER_TITLE}</h3><span>vor 3 Stunden</span></div>"),
    "list": ("de", f"<ul><li>{OTHER_TITLE} <span>vor 3 Stunden</span></li></ul>"),
    "date above a teaser": ("de", f"<div><span>vor 3 Stunden</span><h3>{OTHER_TITLE}</h3></div>"),
    "comments": ("de", "<div class='comments'><p>Hans</p><p>vor 3 Stunden</p></div>"),
    "picture": ("en", "<figure><img src='a.jpg'><figcaption>2 days ago</figcaption></figure>"),
    "event": ("de", "<p>Heute um 18:00 Uhr</p>"),
    "sentence": ("de", "<p>Heute um 4:00 Uhr wurde geöffnet.</p>"),
    "tabs": ("vi", "<ul><li>Hôm nay</li><li>Hôm qua</li></ul>"),
    "clock": ("vi", "<p>Hôm nay, 05:01</p>"),
    "opening": ("de", "<p>Heute geöffnet 4:00 - 12:00</p>"),
    "deadline": ("vi", "<p>Hạn nộp: hôm qua 16:00</p>"),
    "two days": ("vi", "<p>3 ngày trước</p><p>2 giờ trước</p>"),
}


@pytest.mark.parametrize(("language", "line"), OTHERS.values(), ids=OTHERS)
def test_days_of_something_else_are_refused(language: str, line: str) -> None:
    assert article(line, language).published is None
