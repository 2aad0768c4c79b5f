"""Edits, word by word, and how large they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.differences import Change, Extent, compare, edits, extent
from crawler.archive.history import versions
from crawler.archive.said import Said
from tests.archive.visits import Town, edited, page

BODY = (
    "Đồng chí Nguyễn Đông Phong được tín nhiệm giữ chức Bí thư Chi bộ với 14 phiếu trên 14 phiếu vào ngày 8/1 vừa qua."
)


def said(body: str, **more: str | None) -> Said:
    fields = {"published_at": "2020-01-08", "byline": "Thu Hằng", "headline": "Đại hội", "lead": None, "captions": None}
    return Said(body=body, **(fields | more))


def test_compare() -> None:
    pieces = compare("Bí thư Chi bộ  nhiệm kỳ cũ", "Phó Bí thư Chi bộ nhiệm kỳ mới")
    assert [(piece.change.value, piece.text) for piece in pieces] == [
        ("added", "Phó"),
        ("same", "Bí thư Chi bộ nhiệm kỳ"),
        ("removed", "cũ"),
        ("added", "mới"),
    ]


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_both_texts_can_be_read_out_of_the_pieces(old: list[str], new: list[str]) -> None:
    pieces = compare(" ".join(old), " ".join(new))
    assert " ".join(piece.text for piece in pieces if piece.change is not Change.ADDED).split() == old
    assert " ".join(piece.text for piece in pieces if piece.change is not Change.REMOVED).split() == new


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (said(BODY, published_at="2020-01-09"), Extent.DATE),
        (said(BODY.replace("14 phiếu trên", "13 phiếu trên")), Extent.FIGURES),
        (said(BODY.replace("Đông Phong", "Đông Phương")), Extent.SMALL),
        (said(BODY, byline="Thu Hà"), Extent.SMALL),
        (said(BODY + " Đại hội đã bầu Ban chi ủy nhiệm kỳ mới."), Extent.LARGE),
        (said("Tin đã được gỡ."), Extent.REWRITE),
    ],
)
def test_extent(new: Said, expected: Extent) -> None:
    assert extent(said(BODY), new) is expected


def test_every_version_knows_how_much_of_an_edit_it_is(town: Town) -> None:
    headlines = {0: "Đại hội Chi bộ", 4: "Đại hội điểm", 2: "Khai mạc hội chợ xuân"}
    for day, headline in headlines.items():
        town.store(page(edited(headline=headline, lead=None, body=("Tin vắn.",), byline=None, images=()), day=day))
    first, second, third = versions(town.archive.db, 1)
    assert [version.edit for version in (first, second, third)] == [None, "rewrite", "rewrite"]
    assert town.column("SELECT edit FROM changes ORDER BY number") == ["rewrite", "rewrite"]
    assert [name for name, _ in edits(first.said, third.said).items()] == ["headline"]
    assert edits(first.said, third.said)["headline"] == compare("Đại hội Chi bộ", "Đại hội điểm")
