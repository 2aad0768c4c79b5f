"""Tables as a terminal of any width shows them."""

from collections.abc import Callable, Sequence

import pytest

from crawler.cli.console import out, table

SIGNERS = (
    ("Phòng Văn hóa và Thông tin huyện", "unit", 8, "2012-08-17", None),
    ("127-0-0-1-87650", "person", 11, "2012-05-24", "2025-09-13"),
)


HEADINGS = ("NAME", "KIND", "ARTICLES", "FIRST", "LAST DAY")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The lines that a terminal of some width shows of a table."""

    def lines(width: int, headings: Sequence[str] = HEADINGS, rows: Sequence[Sequence[object]] = SIGNERS) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(width))
        console = out()
        with console.capture() as capture:
            console.print(table(headings, rows))
        return capture.get().splitlines()

    return lines


@pytest.mark.parametrize("width", [48, 50, 60, 72, 80, 200])
def test_days_numbers_and_words_stand_in_one_piece(terminal: Callable[..., list[str]], width: int) -> None:
    lines = terminal(width)
    assert max(map(len, lines)) <= width
    said = " ".join(lines).split()
    for word in ("ARTICLES", "FIRST", "LAST", "person", "11", "2012-08-17", "2012-05-24", "2025-09-13", "Phòng"):
        assert word in said


@pytest.mark.parametrize(("width", "whole"), [(60, False), (80, True)])
def test_the_first_column_is_folded_where_there_is_no_room(
    terminal: Callable[..., list[str]], width: int, whole: bool
) -> None:
    assert any(SIGNERS[0][0] in line for line in terminal(width)) is whole


def test_an_empty_table_shows_its_headings(terminal: Callable[..., list[str]]) -> None:
    assert [line.split() for line in terminal(40, ("NAME", "NEW"), ())] == [["NAME", "NEW"]]
