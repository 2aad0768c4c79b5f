"""Scripts without spaces, with particles, with vowel signs: what is typed finds what is printed, in either width."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.archive.check import check
from crawler.archive.reading import Term, read
from crawler.archive.search import query
from crawler.archive.snippets import snippet
from crawler.model import Image
from crawler.text import fold, unspaced, usual_forms
from tests.archive import releases
from tests.archive.visits import Town, edited, page

SAID = {
    "ko": ("시장은 2025년 예산을 밝혔다", "서울시장이 LH는 책임이 있다고 말했다. 주민 3만명이 모였다."),
    "ja": ("佐々木市長が会見", "市長　山田　太郎は２０２５年度予算を発表した。ＪＲ大阪駅とﾄﾖﾀ・ホームで。"),
    "zh": ("北京市政府新闻", "会议于2020年召开。"),
    "th": ("นายกเทศมนตรีที่กรุงเทพ", "วันที่ ๑๒ มกราคม ๒๕๖๘ ประชาชนกินข้าว"),
    "ar": ("رئيس البلديّة أحمد", "اجتمع مُحَمَّد جدًا في عام ٢٠٢٥ بالقدس."),
    "fa": ("شهردار تهران", "در سال ۱۴۰۳ هوا بارانی بود."),
    "hi": ("हिन्दी समाचार", "नगर निगम की बैठक हुई।"),
    "he": ("ראש העיר", "שָׁלוֹם לתושבים."),
    "el": ("Ο δήμαρχος της Αθήνας", "☎️ 2103 ✅️Νέα"),
    "de": ("Straßenbahn kommt zurück", "Bürgermeister „Groß“ in der Weststraße."),
}


@pytest.fixture
def world(town: Town) -> Archive:
    """An archive with an article in each language, whose captions say something too."""
    for language, (headline, text) in SAID.items():
        images = (Image(url=f"https://town.example/{language}.jpg", caption=f"{text[:12]} 1"),)
        url = f"https://town.example/{language}"
        article = edited(url=url, headline=headline, lead=None, body=(text,), byline=None, images=images)
        town.store(page(article))
    return town.archive


FOUND = {
    "시장": "ko", "시장은": "ko", "서울시장": "ko", "'시장": "ko", '"서울시장"': "ko", "시장이": "", "장은": "",
    "예산 시장": "ko", '"시장은 2025년"': "ko", "책임 -예산": "", "headline:예산": "ko", "captions:서울": "ko",
    "LH": "ko", "LH는": "ko", "3": "ko", "3만명": "ko", "2025": "ko ja ar", "2025년": "ko",
    "佐々木": "ja", "佐々木市長": "ja", "々": "ja", "佐木": "", "木佐": "", "山田太郎": "ja", "山田　太郎": "ja",
    '"山田 太郎"': "ja", '"太郎 山田"': "", "「山田太郎」": "ja", "太郎は2025年度": "ja", "２０２５": "ko ja ar",
    "２０２５年度": "ja", "JR大阪駅": "ja", "ＪＲ大阪駅": "ja", "jr": "ja", "大阪JR": "", "トヨタ": "ja", "ﾄﾖﾀ": "ja",
    "トヨタ・ホーム": "ja", "（市長　OR　知事）": "ja", "headline：市長": "ja", "市長 -会見": "",
    "北京": "zh", "北京市政府": "zh", "2020年": "zh", "召": "zh",
    "กิน": "th", "กุน": "", "กินข้าว": "th", "ที่": "th", "2568": "th", "๒๕๖๘": "th", "เทศมนตรี": "th",
    "احمد": "ar", "أحمد": "ar", "إحمد": "ar", '"رئيس البلدية أحمد"': "ar", "محمد": "ar", "جدا": "ar",
    "البلدية": "ar", "٢٠٢٥": "ko ja ar",
    "1403": "fa", "۱۴۰۳": "fa",
    "हिन्दी": "hi", "हिन्दु": "", "हिन्द": "", "हिन्द*": "hi", "बैठक": "hi", "शलोम": "", "שלום": "he",
    "Αθηνας": "el", "δημαρχος": "el", "δήμαρχος": "el", "Νέα": "el", "2103": "el",
    "strassenbahn": "de", "Straßenbahn": "de", "„Groß“": "de", "«Groß»": "de", '„in der Weststrasse“': "de",
    "„der Groß“": "", "zuruck": "de",
}  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_what_is_typed_finds_what_is_printed(world: Archive, text: str) -> None:
    found = {hit.url.rpartition("/")[2] for hit in query(world, text)}
    assert found == set(FOUND[text].split())


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        ("文・山田　太郎", "山田太郎"),
        ("写真：佐々木", "佐々木"),
        ("김영수기자", "김영수"),
        ("أحمد عليّ", "أحمد علي"),
        ("Tin: Ðỗ Quyên", "Đỗ Quyên"),
        ("สมชาย ใจดี", "สมชาย"),
        ('Thu "Hằng" OR', 'thu "hang" OR'),
    ],
)
def test_who_signed_is_found_as_a_name_is_typed(town: Town, signed: str, name: str) -> None:
    town.store(page(edited(byline=signed)))
    assert [len(query(town.archive, words, byline=name)) for words in ("", "hội", "nothing")] == [1, 1, 0]


SHOWN = {
    ("시장", "ko"): "[시장]은 2025년",
    ("2025", "ko"): "시장은 [2025]년",
    ("LH", "ko"): "[LH]는",
    ("책임이", "ko"): "[책임이] 있다",
    ("2025年", "ja"): "[２０２５年]度予算",
    ("JR大阪", "ja"): "[ＪＲ大阪]駅",
    ("山田太郎", "ja"): "市長 [山田 太郎]は",
    ('"山田 太郎"', "ja"): "市長 [山田 太郎]は",
    ("トヨタ", "ja"): "[ﾄﾖﾀ]・ホーム",
    ("กิน", "th"): "ประชาชน[กิน]ข้าว",
    ("2568", "th"): "มกราคม [๒๕๖๘] ประชาชน",
    ("محمد", "ar"): "اجتمع [مُحَمَّد] جدًا",
    ("جدا", "ar"): "مُحَمَّد [جدًا] في",
    ("شלום", "he"): "שָׁלוֹם",
    ("שלום", "he"): "[שָׁלוֹם] לתושבים",
    ("बैठक", "hi"): "की [बैठक] हुई",
    ("weststrasse", "de"): "der [Weststraße].",
}


@pytest.mark.parametrize(("text", "language"), SHOWN)
def test_a_snippet_marks_what_is_printed(text: str, language: str) -> None:
    reading = read(text)
    assert SHOWN[text, language] in snippet("\n".join(SAID[language]), reading.terms, reading.phrase)


def test_a_snippet_marks_no_word_that_goes_on_with_a_vowel_sign() -> None:
    assert snippet("हिन्दी", [Term(text="हिन्द")]) == "हिन्दी"
    assert snippet("हिन्दी", [Term(text="हिन्द", begins=True)]) == "[हिन्द]ी"


def test_a_letter_whose_small_form_is_two_characters_hides_no_other() -> None:
    assert snippet("İzmir BÜYÜKŞEHİR Şube", [Term(text="şube")]) == "İzmir BÜYÜKŞEHİR [Şube]"


def pieces(text: str) -> Iterator[str]:
    """Two words of a text, or three characters where it has no spaces."""
    for word, following in pairwise((*text.split(), "")):
        if not unspaced(word + following):
            yield f"{word} {following}".strip()
        elif unspaced(word):
            yield from (word[at : at + 3] for at in range(len(word) - 2) if word[at : at + 3].isalpha())


@pytest.mark.parametrize("language", SAID)
def test_whatever_is_printed_is_found_and_marked(world: Archive, language: str) -> None:
    asked = {piece: f'"{piece}"' for piece in pieces(SAID[language][1]) if not re.search("[“”„ＪＲ]", piece)}
    assert len(asked) > 1
    for piece, typed in asked.items():
        shown = {hit.url.rpartition("/")[2]: hit.snippet for hit in query(world, typed)}
        assert "[" in shown.get(language, ""), piece


EXPLAINED = {
    "captions:예산": "“예산…” in the captions; a Korean word is found with whatever is joined to its end",
    "시장*": "“시장…”",
    "２０２５年": "“2025年”",
    "أحمد": "“احمد”; a Hebrew or Arabic word is found with any points and hamzas",
    "δημος": "“δημος”; a word typed without accents is found with any",
    "北京 हिन्दी": "“北京” and “हिन्दी”",
}


@pytest.mark.parametrize("text", EXPLAINED)
def test_the_reading_is_explained(text: str) -> None:
    assert read(text).explanation == EXPLAINED[text]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("시장*", ["ko"]),
        ("LH", ["ko"]),
        ("2025", ["ar", "ja", "ko"]),
        ("佐々 々木", ["ja"]),
        ('"山田 田太 太郎"', ["ja"]),
        ("احمد", ["ar"]),
        ("हिन्दी", ["hi"]),
        ("हिन्दु", []),
    ],
)
def test_plain_tools_find_it_as_the_page_for_journalists_says(world: Archive, typed: str, found: list[str]) -> None:
    world.close()
    command = [sys.executable, "-m", "sqlite_utils", "search", str(world.path), "articles", typed, "-c", "url"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert sorted(row["url"].rpartition("/")[2] for row in json.loads(done.stdout)) == found


def test_an_older_archive_finds_it_once_it_is_migrated(world: Archive, tmp_path: Path) -> None:
    world.close()
    path = tmp_path / "older.db"
    releases.build(path, "part_readings", world.path)
    with closing(sqlite3.connect(path)) as conn:
        before = " 佐 々木 木市 市長 長が が会 会見 見 "
        conn.execute("UPDATE articles_plain SET headline_plain = ?, text_plain = NULL WHERE article_id = 2", (before,))
        conn.commit()
    with Archive.open(path) as archive:
        assert [len(query(archive, text)) for text in ("佐々木", "2025", "قدس OR أحمد", "กุน")] == [1, 3, 1, 0]
        assert check(archive) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("佐々木", " 佐々 々木 木 "),
        ("２０２５年ＪＲ", "2025 年 JR"),
        ("山田　太郎", " 山田 田太 太郎 郎 "),
        ("ﾄﾞｲﾂ", " ドイ イツ ツ "),
        ("葛\U000e0100城", " 葛城 城 "),
        ("2025년 KBS는", "2025 년 KBS 는"),
        ("مُحَمَّد أحمد آل جداً", "محمد احمد ال جدا"),
        ("ﻻ ٣٤", "لا 34"),
        ("m² ½", "m² ½"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded and fold(fold(text)) == fold(folded)


def test_usual_forms_keep_accents() -> None:
    assert usual_forms("Ｅ́ｔé ２５ أحمد ｶﾞｽ") == "Été 25 أحمد ガス"


def test_letters_that_the_view_folds_beside_korean_ones_are_not_folded_by_it(town: Town) -> None:
    town.store(page(edited(headline=None, lead=None, body=("Café는 5일에 연다.",), images=())))
    assert query(town.archive, "cafe") and query(town.archive, "5") and town.sound()
