"""docs/journalist.md shows what its commands print."""

from tests.journalist import DOCUMENT, written_anew


def test_the_guide_shows_what_its_commands_print() -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    assert said == written_anew(said), "run: python -m tests.journalist"
