"""Folding, words and spellings, by example."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import fold, spellings, squash, strip_accents, unspaced, words

FOLDED = {
    "Đại hội Chi bộ": "Dai hoi Chi bo",
    "đường Dương": "duong Duong",
    "Ưu đãi, Ơn nghĩa": "Uu dai, On nghia",
    "Straße in Århus og Łódź": "Strasse in Arhus og Lodz",
    "Œuvre, æble, ISTANBUL'ı": "OEuvre, aeble, ISTANBUL'i",
    "Ёлка и йод": "Елка и иод",
    "plain text 123": "plain text 123",
    "서울시": "서울시",
    "हिन्दी": "हिन्दी",
    "می\u200cشود": "میشود",
    "北京市": " 北京 京市 市 ",
    "ไทย 2020": " ไท ทย ย  2020",
    "": "",
}


@pytest.mark.parametrize("text", FOLDED)
def test_fold(text: str) -> None:
    assert fold(text) == FOLDED[text]


@given(st.text())
def test_text_without_accents_has_none_to_strip(text: str) -> None:
    bare = strip_accents(text)
    assert strip_accents(bare) == bare


@given(st.text())
def test_words_are_the_same_composed_and_decomposed_in_capitals_and_not(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert words(unicodedata.normalize("NFD", composed)) == words(composed)
    assert words(strip_accents(composed)) == words(composed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đại hội – “Chi bộ”, 29-NQ/TW", ["dai", "hoi", "chi", "bo", "29", "nq", "tw"]),
        ("GD&ĐT snake_case", ["gd", "dt", "snake", "case"]),
        ("Ёлка 2020", ["елка", "2020"]),
        ("北京市", ["北京", "京市", "市"]),
        (" \u00a0", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.decode() for word in words(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban Hòa Bình", "Uỷ ban Hoà Bình"),
        ("Uỷ ban Hoà Bình", "Ủy ban Hòa Bình"),
        ("KHỎE MẠNH", "KHOẺ MẠNH"),
        ("một hai ba bốn năm thủy sáu bảy tám chín mười", "hai ba bốn năm thuỷ sáu bảy tám chín"),
        ("quý khách, quỳ, quỹ", ""),
        ("hoàn toàn, loài, khuỷu, huỳnh, hoa, khoe", ""),
        ("không có gì", ""),
        ("", ""),
    ],
)
def test_spellings(text: str, expected: str) -> None:
    assert spellings(text) == expected


def test_spellings_far_apart_are_kept_apart() -> None:
    between = " ".join("x" * 20)
    first, second = spellings(f"hòa {between} thủy").split(" \ue000 ")
    assert first.startswith("hoà x") and second.endswith("x thuỷ")


def test_squash_makes_one_line_of_nfc() -> None:
    assert squash(" Đa\u0323i \u00a0ho\u0302\u0323i\n\tChi\u00ad bộ\u200b ") == "Đại hội Chi bộ"
    assert squash(None) == "" and squash("a\ud83d b") == "a b"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("می\u200cشود", "می\u200cشود"),
        ("خانه\u200c\u200cها\u200c.", "خانه\u200cها."),
        ("\u200cمی\u200c شود", "می شود"),
        ("क्\u200cष", "क्\u200cष"),
        ("Auf\u200clage", "Auflage"),
        ("۱۳\u200c۹۹", "۱۳۹۹"),
    ],
)
def test_the_mark_between_letters_stays_where_a_script_needs_it(text: str, kept: str) -> None:
    assert squash(text) == kept
    assert squash(kept) == kept


@pytest.mark.parametrize(("text", "found"), [("北京", True), ("ไทย", True), ("서울", False), ("Hà Nội", False)])
def test_unspaced(text: str, found: bool) -> None:
    assert unspaced(text) is found


USUAL = st.text(st.sampled_from("aZ9 \t\n._“–\u00a0đĐựẶỹÄëñÇ") | st.characters(max_codepoint=0x1EFF, codec="utf-8"))


@given(USUAL)
def test_a_text_of_usual_letters_is_read_as_any_other(text: str) -> None:
    assert fold(f"{text} ☃") == f"{fold(text)} ☃"
    assert words(f"{text} ☃ ß") == [*words(text), b"ss"]
    assert squash(f"{text} ☃") == f"{squash(text)} ☃".strip()
