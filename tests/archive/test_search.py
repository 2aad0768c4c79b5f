"""What people type, what they find, and the snippets they see."""

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.archive import Archive
from crawler.archive.reading import Term, read
from crawler.archive.search import find, query, times
from crawler.archive.snippets import snippet
from crawler.archive.triggers import ARTICLES
from crawler.model import Image
from tests.archive.visits import PORTAL, SEED, URL, Town, edited, page

CHINESE = "https://town.example/zh"


@pytest.fixture
def filled(town: Town) -> Archive:
    town.store(page())
    body = ("市长在2020年会议上发表讲话。",)
    chinese = edited(url=CHINESE, headline="北京市政府新闻", lead=None, body=body, images=(), byline="王芳")
    town.store(page(chinese))
    return town.archive


FOUND = {
    "dai hoi": [URL],
    "đại hội": [URL],
    '"đại hội chi bộ"': [URL],
    '"Đại hội Chi bộ': [URL],
    "“Đại hội Chi bộ”": [URL],
    "đai hội": [],
    "Dương Thị Huệ": [URL],
    "duong thi hue": [URL],
    "29-NQ/TW": [URL],
    "GD&ĐT": [URL],
    "GD&DT": [URL],
    "Chi uỷ": [URL],
    "chi uy": [URL],
    "Nghị quyết: đổi mới": [URL],
    "captions:huệ": [URL],
    "captions:hue": [URL],
    "captions:phong": [],
    "captions:huệ -captions:phiếu": [],
    "captions:huệ -headline:hội": [],
    "captions:huệ -headline:chợ": [URL],
    "captions:chợ OR captions:huệ": [URL],
    "headline:chi headline:bộ": [URL],
    "headline:(chi bộ)": [URL],
    "headline:(chi phiếu)": [],
    "headline:(không-có OR bộ) phiếu": [URL],
    "captions:(bầu (huệ OR chợ))": [URL],
    "headline:(chi) phiếu": [URL],
    "hội NOT (chi bộ)": [],
    "hội -(chi chợ)": [URL],
    "hội NOT (chi OR chợ)": [],
    "hội -headline:(phiếu OR chợ)": [URL],
    "(hội OR không-có) -chợ": [URL],
    "hội NOT chi": [],
    "hội NOT (": [URL],
    "đào* tạ*": [URL],
    "đại hội)": [URL],
    "AND OR": [],
    "-chi": [],
    "*": [],
    "北京": [CHINESE],
    "政府新闻": [CHINESE],
    "府": [CHINESE],
    "京北": [],
    "2020年会议": [CHINESE],
    "芳": [CHINESE],
    unicodedata.normalize("NFD", "Nguyễn Đông Phong"): [URL],
    'x" OR body MATCH "': [],
}


@pytest.mark.parametrize("text", FOUND)
def test_query(filled: Archive, text: str) -> None:
    assert [hit.url for hit in query(filled, text)] == FOUND[text]


JOINED, APART = "https://town.example/joined", "https://town.example/apart"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("می\u200cشود", [APART, JOINED]),
        ("میشود", [APART, JOINED]),
        ("می\u200cش*", [APART, JOINED]),
        ("می شود", [APART]),
        ('"آسفالت\u200cریزی آغاز"', [APART, JOINED]),
    ],
)
def test_persian_words_are_found_with_the_mark_between_their_letters_and_without(
    town: Town, typed: str, found: list[str]
) -> None:
    for url, between in ((JOINED, ""), (APART, "\u200c")):
        body = (f"آسفالت{between}ریزی آغاز می{between}شود.",)
        town.store(page(edited(url=url, headline="خبر", lead=None, body=body, images=(), byline=None)))
    hits = query(town.archive, typed)
    assert sorted(hit.url for hit in hits) == found
    assert all("[" in hit.snippet for hit in hits)


@pytest.mark.parametrize("typed", ["Đảng", "đảng uỷ", '"Đảng ủy"', "đả*", "Ðảng"])
def test_the_d_stroke_of_iceland_is_read_for_that_of_vietnam(town: Town, typed: str) -> None:
    town.store(page(edited(headline="Tin", lead=None, body=("Họp Ðảng ủy xã.",), images=())))
    (hit,) = query(town.archive, typed)
    assert "[Ð" in hit.snippet


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Mueller", "[Müller]"),
        ('"buergermeister mueller"', "[Bürgermeister Müller]"),
        ("Koeln", "[Köln]"),
        ("Buerger*", "[Bürger]meister"),
        ("Aarhus", "[Århus]"),
        ("Joergensen", "[Jørgensen]"),
        ("Daenemark", "[Dänemark]"),
    ],
)
def test_umlauts_are_found_as_they_are_typed_without_them(town: Town, typed: str, shown: str) -> None:
    text = "Bürgermeister Müller aus Köln trifft Jørgensen aus Århus in Dänemark; Mull und Kuln bleiben."
    town.store(page(edited(headline="Besuch", lead=None, body=(text,), images=())))
    (hit,) = query(town.archive, typed)
    assert shown in hit.snippet and "umlauts" in read(typed).explanation


@pytest.mark.parametrize("typed", ["hue", "khoe", "quyen", "Feuer", "đoàn thuế", "Müller"])
def test_words_that_stand_for_no_umlaut_are_read_as_they_are(typed: str) -> None:
    assert "umlauts" not in read(typed).explanation


def test_filters(filled: Archive) -> None:
    day = date(2020, 1, 8)
    assert len(query(filled, "")) == 2 and len(query(filled, "", limit=1)) == 1
    assert query(filled, "hội", portal=PORTAL.slug) and not query(filled, "hội", portal="elsewhere")
    assert query(filled, "", byline="thu hang") and not query(filled, "hội", byline="Thu Hà")
    assert query(filled, "hội", since=day, until=day) and query(filled, "hội", since=day)
    assert not query(filled, "hội", since=date(2020, 1, 9)) and not query(filled, "hội", until=date(2020, 1, 7))
    assert not query(filled, "hội", since=date(2020, 1, 9), until=date(2020, 12, 1))
    assert query(filled, "hội", since=date(1990, 1, 1), until=date(2026, 1, 1))


def test_captions_are_found_by_what_they_say_now_and_with_filters(filled: Archive, town: Town) -> None:
    day = date(2020, 1, 8)
    among = {"portal": PORTAL.slug, "since": day, "until": day}
    assert len(query(filled, "captions:huệ", **among, byline="thu hang")) == 1
    assert query(filled, "captions:huệ", **among) and not query(filled, "captions:huệ", portal="elsewhere")
    filled.db.execute("UPDATE articles SET captions = 'Chợ Huế' WHERE captions IS NOT NULL")
    found = [len(query(filled, f"captions:{word}")) for word in ("huế", "huệ", "chợ")]
    assert found == [1, 0, 1] and find(filled, "captions:huế", most=0).many and town.sound()
    filled.db.execute("DELETE FROM articles WHERE captions IS NOT NULL")
    assert not query(filled, "captions:chợ") and town.sound()


TIMES = {
    ("2020-01-08", "2020-03-01"): ["m202001", "m202002", "m202003"],
    ("2019-11-30", "2022-01-01"): ["m201911", "m201912", "y2020", "y2021", "m202201"],
    ("2020-01-01", "2020-12-31"): ["y2020"],
    ("2020-05-05", "2020-05-01"): ["m202005"],
}


@pytest.mark.parametrize("days", TIMES)
def test_a_time_is_looked_up_by_years_and_months(days: tuple[str, str]) -> None:
    assert list(times(*map(date.fromisoformat, days))) == TIMES[days]


def test_of_too_many_articles_the_latest_are_found(town: Town) -> None:
    for number in range(4):
        town.store(page(edited(url=f"https://town.example/{number}")))
    assert not find(town.archive, "đại hội").many and not find(town.archive, "").many
    found = find(town.archive, "đại hội", most=3)
    assert {hit.id for hit in found.hits} == {2, 3, 4} and found.many


def test_of_too_many_articles_those_with_it_in_the_headline_come_first(town: Town) -> None:
    headlines = ("Tin", "Đảng viên", "Tin", "Đảng viên", "Tin")
    for number, headline in enumerate(headlines):
        town.store(page(edited(url=f"https://town.example/{number}", headline=headline, body=("Các đảng viên.",))))
    ids = [hit.id for hit in query(town.archive, "dang vien", most=4)]
    assert ids == [4, 2, 5, 3]
    dated = query(town.archive, "dang vien", most=2, limit=1, portal=PORTAL.slug, since=date(2020, 1, 1))
    assert [hit.id for hit in dated] == [4]


def test_a_hit_shows_the_original_text(filled: Archive) -> None:
    (hit,) = query(filled, '"chi uy"')
    assert (hit.headline, hit.byline, hit.published_at) == (SEED.headline, "Thu Hằng", "2020-01-08T16:50+07:00")
    assert "Ban [Chi ủy]" in hit.snippet and hit.portal == PORTAL.slug and hit.verdict == "live"


def test_a_snippet_marks_nothing_that_was_looked_for_elsewhere(filled: Archive) -> None:
    (hit,) = query(filled, "headline:hội byline:hằng phiếu -(chợ phòng)")
    assert "Bỏ [phiếu] bầu" in hit.snippet and hit.snippet.count("[") == 1


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    """An index with the columns of ours."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE articles USING fts5 ({', '.join(ARTICLES.columns)})")
        yield connection


@example(text='"0\r\U0003134b')  # a letter that this Python does not know yet
@settings(max_examples=300, deadline=None)
@given(text=st.text(st.sampled_from("aộ\"()*-:&/ ORANDT北京^+{}'“”.\x00") | st.characters(), max_size=25))
def test_whatever_is_typed_is_a_query(index: sqlite3.Connection, text: str) -> None:
    match = read(text).match
    assert not match or index.execute("SELECT * FROM articles WHERE articles MATCH ?", (match,)).fetchall() == []


def test_words_in_a_row_come_first(town: Town) -> None:
    bodies = ("Cửa hàng của khách hàng khẩu trang.", "Xa hơn: hàng qua cửa khẩu, của khách.")
    for number, body in enumerate(bodies):
        article = edited(url=f"https://town.example/{number}", headline=None, lead=None, body=(body,), images=())
        town.store(page(article))
    hits = query(town.archive, "cua khau")
    assert len(hits) == 2 and hits[0].snippet == "Xa hơn: hàng qua [cửa khẩu], của khách."


@pytest.mark.parametrize("typed", ["hoàng thị mơ", "hoang thi mo", '"Hoàng Thị Mơ"', '"hoang thi mo"'])
def test_a_phrase_counts_most_in_the_headline_then_byline_lead_captions_and_body(town: Town, typed: str) -> None:
    name, other = "Hoàng Thị Mơ", "Tin trong ngày."
    images = (Image(url="https://town.example/1.jpg", caption=f"Bà {name} (trái)"),)
    places: list[dict[str, object]] = [
        {"body": (other, f"Bà {name}.")},
        {"images": images},
        {"lead": f"Bà {name} phát biểu."},
        {"body": (f"Bà {name}, và lần nữa {name}.",)},
        {"byline": name},
        {"headline": f"Gặp {name}"},
    ]
    for number, place in enumerate(places, 1):
        plain = {"headline": "Tin", "lead": None, "body": (other,), "byline": None, "images": ()}
        town.store(page(edited(url=f"https://town.example/{number}", **plain | place)))
    assert [hit.id for hit in query(town.archive, typed)] == [6, 5, 3, 2, 4, 1]
    assert [hit.id for hit in query(town.archive, typed, limit=2, since=date(2020, 1, 1))] == [6, 5]


SAID = {
    "dai hoi": "“dai” and “hoi”; a word typed without accents is found with any",
    '"đại hội" OR móng*': "“đại hội” or “móng…”",
    "captions:Huệ -chợ": "“Huệ” in the captions, but not “chợ”",
    "hội hội OR hội": "“hội”",
    "headline:(hội bộ)": "“hội” in the headline and “bộ” in the headline",
    "hội -(tạo bộ)": "“hội”, but not (“tạo” and “bộ”)",
    "hội bộ -chợ": "(“hội” and “bộ”), but not “chợ”",
    "-chợ": "there is no word to search for",
}


@pytest.mark.parametrize("text", SAID)
def test_the_reading_is_explained(text: str) -> None:
    assert read(text).explanation == SAID[text]


SNIPPETS = [
    ("Thành phố Móng Cái", ("mong", "cai"), "Thành phố [Móng Cái]"),
    ("Thành phố Móng Cái", ("Móng Cái",), "Thành phố [Móng Cái]"),
    ("Thành phố Móng Cái", ("ong", "Thành"), "[Thành] phố Móng Cái"),
    ("Ola la la", ("la la",), "Ola [la la]"),
    ("Ủy ban nhân dân", ("Uỷ ban",), "[Ủy ban] nhân dân"),
    ("Große, in Straßen und Gassen", ("strassen", "gassen"), "Große, in [Straßen] und [Gassen]"),
    ("北京市政府", ("市政",), "北京[市政]府"),
    ("北京市政府", ("北京", "市政"), "[北京市政]府"),
    ("không có", ("gì",), "không có"),
    ("", ("gì",), ""),
    (" ".join(f"từ{n}" for n in range(200)), ("từ90",), "… từ85 từ86 từ87 từ88 từ89 [từ90] từ91 "),
]


@pytest.mark.parametrize(("text", "terms", "shown"), SNIPPETS)
def test_snippet(text: str, terms: tuple[str, ...], shown: str) -> None:
    assert snippet(text, [Term(text=term) for term in terms]).startswith(shown)


def test_a_snippet_is_short() -> None:
    assert 180 < len(snippet(" ".join(f"từ{n}" for n in range(200)), [Term(text="từ90")])) < 200


@pytest.mark.parametrize("at", [0, 40, 500, 990])
def test_a_snippet_of_a_text_without_spaces_is_short_and_shows_what_was_found(at: int) -> None:
    text = f"{'市' * at}北京{'市' * (1000 - at)}"
    shown = snippet(text, [Term(text="北京")])
    assert "[北京]" in shown and len(shown) < 220


def test_a_snippet_is_where_most_terms_stand() -> None:
    text = "một " + "x " * 60 + "một hai " + "y " * 60 + "hai"
    assert "[một hai]" in snippet(text, [Term(text="một"), Term(text="hai")])
