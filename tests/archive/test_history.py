"""Versions are the runs of equal texts in the order of their captures, whatever the order they were stored in."""

import tempfile
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import Archive, Outcome
from crawler.archive.check import check
from crawler.model import Precision, Timestamp
from tests.archive.visits import NOW, PORTAL, Town, capture, edited, page

TEXTS = ("một", "hai", "ba")


def observations() -> st.SearchStrategy[list[tuple[int, str]]]:
    """(day, what the headline said), each day once, in the order they are stored."""
    days = st.lists(st.integers(0, 30), min_size=1, max_size=8, unique=True)
    return days.flatmap(
        lambda chosen: st.tuples(*(st.tuples(st.just(day), st.sampled_from(TEXTS)) for day in chosen))
    ).map(list)


def fresh(folder: str) -> Town:
    archive = Archive.open(Path(folder) / "archive.db")
    portal_id = archive.portal(PORTAL, NOW)
    return Town(archive, portal_id, archive.begin_crawl(portal_id, command="test", software="test", now=NOW))


@settings(max_examples=30, deadline=None)
@given(observations())
def test_the_order_of_storing_does_not_matter(seen: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        town = fresh(folder)
        with town.archive.transaction():
            for day, headline in seen:
                town.store(page(edited(headline=headline), day=day))
        expected = [list(run) for _, run in groupby(sorted(seen), key=lambda each: each[1])]
        rows = town.rows(
            "SELECT number, headline, seen_from, seen_until, captured_at FROM versions"
            " JOIN captures ON captures.id = capture_id ORDER BY number"
        )
        assert [row["number"] for row in rows] == list(range(1, len(expected) + 1))
        assert [row["headline"] for row in rows] == [run[0][1] for run in expected]
        assert [row["seen_from"] for row in rows] == [stamped(run[0][0]) for run in expected]
        assert [row["seen_until"] for row in rows] == [stamped(run[-1][0]) for run in expected]
        assert all(row["captured_at"] == row["seen_from"] for row in rows)
        (article,) = town.rows("SELECT headline, versions, first_seen_at, last_seen_at FROM articles")
        assert article == {
            "headline": max(seen)[1],
            "versions": len(expected),
            "first_seen_at": stamped(min(seen)[0]),
            "last_seen_at": stamped(max(seen)[0]),
        }
        assert town.sound()
        town.archive.close()


def dated(day: int | None) -> Timestamp | None:
    """The date that the portal prints, if it prints one."""
    if day is None:
        return None
    at = datetime(2020, 1, day, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return Timestamp(at=at, precision=Precision.DAY, raw=f"{day:02}/01/2020")


Seen = tuple[int, str, int | None]


def stored(folder: str, seen: Sequence[Seen]) -> dict[str, list[dict[str, Any]]]:
    """What an archive holds of these observations: (day, what the headline said, the printed day)."""
    town = fresh(folder)
    with town.archive.transaction():
        for day, headline, printed in seen:
            town.store(page(edited(headline=headline, published=dated(printed)), day=day))
    kept = "published_at, published_precision, published_raw, headline, first_seen_at, last_seen_at, versions"
    found = {
        "articles": town.rows(f"SELECT {kept} FROM articles"),
        "versions": town.rows(
            "SELECT number, seen_from, published_at, published_raw, edit, difference FROM versions ORDER BY number"
        ),
        "filters": town.rows("SELECT filters FROM articles_plain"),
    }
    assert check(town.archive) == []
    town.archive.close()
    return found


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=6, unique=True).flatmap(
        lambda days: st.tuples(
            *(st.tuples(st.just(day), st.sampled_from(TEXTS[:2]), st.sampled_from((None, 2, 5, 9))) for day in days)
        )
    )
)
def test_the_date_that_stands_does_not_depend_on_the_order_either(seen: tuple[Seen, ...]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        assert stored(one, seen) == stored(other, sorted(seen, key=lambda each: each[0]))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["as they came", "the older one imported later"])
def test_the_date_that_a_rebuilt_site_prints_does_not_stand(order: tuple[int, int], tmp_path: Path) -> None:
    seen: list[Seen] = [(0, "một", 2), (9, "một", 9)]
    found = stored(str(tmp_path), [seen[n] for n in order])
    assert (
        found["articles"][0]["published_at"] == "2020-01-02" and found["articles"][0]["published_raw"] == "02/01/2020"
    )
    assert [version["published_at"] for version in found["versions"]] == ["2020-01-02", "2020-01-09"]
    assert found["versions"][1]["difference"] == "published_at: [-2020-01-02-] {+2020-01-09+}"


def test_an_edit_is_told_word_by_word(tmp_path: Path) -> None:
    found = stored(str(tmp_path), [(0, "Hỗ trợ 120 hộ dân thôn Bắc", 2), (1, "Hỗ trợ 135 hộ dân thôn Bắc", 2)])
    assert found["versions"][1]["difference"] == "headline: Hỗ trợ [-120-] {+135+} hộ dân thôn Bắc"
    assert found["versions"][1]["edit"] == "figures"


def stamped(day: int) -> str:
    at = capture(day=day).captured_at
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_an_edit_back_and_forth_is_three_versions(town: Town) -> None:
    for day, headline in enumerate(("một", "hai", "một")):
        town.store(page(edited(headline=headline), day=day))
    assert town.column("SELECT headline FROM versions ORDER BY number") == ["một", "hai", "một"]
    changes = town.rows("SELECT old_headline, new_headline, made_by FROM changes ORDER BY number")
    assert changes == [
        {"old_headline": "một", "new_headline": "hai", "made_by": "portal"},
        {"old_headline": "hai", "new_headline": "một", "made_by": "portal"},
    ]


def test_the_same_bytes_read_differently_are_the_extractors_doing(town: Town) -> None:
    shown = capture()
    town.store(page(capture=shown))
    again = town.store(page(edited(byline="Thu Hằng - Trung tâm TTVH"), capture=shown))
    assert again.outcome is Outcome.CHANGED
    assert town.column("SELECT made_by FROM versions ORDER BY number") == ["portal", "extractor"]
    assert town.column("SELECT byline FROM articles") == ["Thu Hằng - Trung tâm TTVH"]
    same_payload = capture(day=1, digest=shown.digest)
    town.store(page(edited(byline="Hằng"), capture=same_payload))
    assert town.column("SELECT made_by FROM versions WHERE number = 3") == ["extractor"]


def test_an_older_capture_does_not_change_what_the_article_says_now(town: Town) -> None:
    town.store(page(edited(headline="bây giờ"), day=9))
    stored = town.store(page(edited(headline="trước kia", images=()), day=1))
    assert (stored.outcome, stored.version) == (Outcome.CHANGED, 1)
    assert town.column("SELECT headline FROM articles") == ["bây giờ"]
    assert town.column("SELECT count(*) FROM images") == [2]
