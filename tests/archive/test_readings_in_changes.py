"""An edit is told between two readings of one extractor, in whatever order pages were read anew, and after VACUUM."""

from dataclasses import replace

import pytest

from crawler.archive import rereading
from crawler.archive.rereading import Reading
from tests.archive.visits import NOW, SEED, Town, edited, page

FIRST, SECOND, THIRD = "Tin một", "Tin hai", "Tin ba"


def change(town: Town) -> list[tuple[int, str, str, str]]:
    """(number, made by, old headline, new headline) of every change of the article, in the order of the view."""
    found = town.rows("SELECT number, made_by, old_headline, new_headline FROM changes WHERE article_id = 1")
    return [(row["number"], row["made_by"], row["old_headline"], row["new_headline"]) for row in found]


def read_again(town: Town, capture_id: int, headline: str) -> Reading:
    """The capture, read to have this headline now."""
    archive = town.archive
    (listed,) = (each for each in rereading.pages(archive, "town-example") if each.capture_id == capture_id)
    captured = rereading.capture(archive, capture_id)
    visit = page(edited(headline=headline), capture=captured)
    return rereading.reread(archive, listed, visit, portal_id=town.portal_id, now=NOW)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_edits_stand_between_readings_of_one_extractor(town: Town, order: tuple[int, int]) -> None:
    for day, headline in enumerate((FIRST, SECOND)):
        town.store(page(edited(headline=headline), day=day))
    assert change(town) == [(2, "portal", FIRST, SECOND)]
    better = {1: f"{FIRST}, đọc lại", 2: f"{SECOND}, đọc lại"}
    assert [read_again(town, capture_id, better[capture_id]) for capture_id in order] == [Reading.CHANGED] * 2
    expected = [
        (2, "extractor", FIRST, better[1]),
        (3, "portal", FIRST, SECOND),
        (4, "extractor", SECOND, better[2]),
    ]
    assert sorted(change(town)) == expected
    town.store(page(replace(SEED, headline=THIRD), day=5))
    assert sorted(change(town)) == [*expected, (5, "portal", better[2], THIRD)]
    town.archive.db.conn.execute("VACUUM")
    assert sorted(change(town)) == [*expected, (5, "portal", better[2], THIRD)]
    assert [number for number, *_ in change(town)] == [2, 3, 4, 5]
