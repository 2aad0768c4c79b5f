"""Fingerprints and similarity: what is a copy, what is only alike."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.duplicates import EDITS, measure
from crawler.duplicates import (
    compared,
    fingerprint,
    fingerprint_of,
    formulaic,
    near,
    shingles,
    similarity,
    sketch,
    text_of,
    unpacked,
)
from crawler.model import Article, Image

TEXT = " ".join(f"chữ{n} từ{n * n}" for n in range(60))
ARTICLE = Article(url="https://town.example/1", portal="town", headline="Đại hội", body=(TEXT, "Đoạn cuối."))


def exact(**changes: object) -> str:
    return fingerprint(replace(ARTICLE, **changes)).exact  # type: ignore[arg-type]


def test_the_fingerprint_is_the_same_for_ever() -> None:
    """Sketches stand in archives: another hash would make them blind."""
    assert fingerprint(ARTICLE).exact == "9c8359eede737b583de8f88abb57b8c7"
    assert fingerprint(ARTICLE).sketch[:3] == (83897544, 259950884, 381035728)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"url": "https://other.example/2", "byline": "Thu Hằng"}, True),
        ({"headline": "ĐẠI  HỘI", "body": (TEXT.upper(), "Đoạn cuối")}, True),
        ({"lead": TEXT, "body": ("Đoạn cuối.",)}, True),
        ({"headline": "Hội nghị"}, False),
        ({"body": (TEXT,)}, False),
    ],
)
def test_exact_duplicates_say_the_same_words(changes: dict[str, object], same: bool) -> None:
    assert (exact(**changes) == exact()) is same


def test_a_photo_story_is_its_captions() -> None:
    images = (Image(url="1.jpg", caption="Một ảnh"), Image(url="2.jpg"), Image(url="3.jpg", caption="Hai ảnh"))
    assert text_of(replace(ARTICLE, body=(), images=images)) == "Một ảnh\nHai ảnh"


def test_short_texts_have_no_sketch() -> None:
    assert sketch(shingles("Mời xem văn bản đính kèm tại đây, xin cảm ơn.")) == ()


@given(st.lists(st.sampled_from("abcdefgh"), max_size=400), st.integers(0, 400))
def test_a_part_is_contained_in_the_whole(words: list[str], cut: int) -> None:
    whole, part = shingles(" ".join(words)), shingles(" ".join(words[:cut]))
    jaccard, containment = similarity(whole, part)
    assert 0 <= jaccard <= containment <= 1 and (containment == 1 or not part)
    assert set(sketch(whole)) <= whole


BULLETIN = (
    "Nhiệt độ thấp nhất từ {} đến {} độ, cao nhất từ {} đến {} độ, độ ẩm trung bình {} phần trăm, tầm nhìn xa {} km, "
    "gió đông bắc cấp {}, khu vực ven biển sóng cao {} mét, tàu thuyền cần chú ý khi ra khơi trong ngày và đêm nay."
)


@pytest.mark.parametrize(
    ("other", "expected"),
    [((11, 12, 13, 14, 15, 16, 17, 18), True), ((1, 2, 3, 4, 15, 16, 17, 18), True), ((1, 2, 3, 4, 5, 6, 7, 9), False)],
)
def test_a_form_filled_in_again_is_no_copy(other: tuple[int, ...], expected: bool) -> None:
    a, b = BULLETIN.format(1, 2, 3, 4, 5, 6, 7, 8), BULLETIN.format(*other)
    assert formulaic(a, b) is expected and formulaic(b, a) is expected


def test_unlike_texts_are_not_near() -> None:
    own, other, none = compared(TEXT), compared(TEXT.replace("từ", "câu")), compared("")
    assert near(own, own) == (1, 1) and near(own, other) is None and near(own, none) is None


def test_a_fingerprint_carries_all_shingles_of_its_text() -> None:
    own = fingerprint(ARTICLE)
    assert unpacked(text_of(ARTICLE), own.shingles) == compared(text_of(ARTICLE))
    assert fingerprint_of(own.exact, text_of(ARTICLE)) == own


def test_copies_are_found_after_every_kind_of_edit_and_bulletins_are_not() -> None:
    found = measure(articles=25, bulletins=120)
    assert {name: found[name] for name in EDITS} == dict.fromkeys(EDITS, 1.0)
    assert found["false pairs"] == 0
