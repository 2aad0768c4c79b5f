"""Spelling variants of names are candidates, not one person."""

import pytest

from crawler.archive.names import candidates, difference
from tests.archive.visits import Town, edited, page

DIFFERENCES = [
    ("Thu Hằng", "THU HẰNG", "capitals"),
    ("Thu Hằng", "Thu Hang", "accents"),
    ("Thu-Hằng", "Thu Hằng", "punctuation"),
    ("Nguyễn Thị Hằng", "Hằng Nguyễn Thị", "order"),
    ("N. T. Hằng", "Nguyễn Thị Hằng", "initials"),
    ("Nguyễn T. Hằng", "Nguyễn Thị Hằng", "initials"),
    ("N. V. Hằng", "Nguyễn Thị Hằng", None),
    ("Thu Hằng", "Thu Hà", None),
    ("Hằng", "Thu Hằng", None),
]


@pytest.mark.parametrize(("name", "other", "why"), DIFFERENCES)
def test_difference(name: str, other: str, why: str | None) -> None:
    assert difference(name, other) == difference(other, name) == why


def test_candidates_are_pairs_of_one_kind(town: Town) -> None:
    names = ("Thu Hằng", "Thu Hang", "T. Hằng", "Đức Minh")
    for number, name in enumerate(names):
        town.store(page(edited(url=f"https://town.example/{number}", authors=(name,), unit="THU HẰNG")))
    assert [(each.name, each.other, each.why) for each in candidates(town.archive.db)] == [
        ("T. Hằng", "Thu Hang", "initials"),
        ("T. Hằng", "Thu Hằng", "initials"),
        ("Thu Hang", "Thu Hằng", "accents"),
    ]
    assert len(town.rows("SELECT * FROM people_in_bylines")) == 5
