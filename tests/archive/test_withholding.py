"""A withheld article is nowhere to be read, its evidence stays, and it comes back as it was."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.archive import Archive, Outcome, withholding
from crawler.archive.check import check
from crawler.archive.search import query
from crawler.model import Image, Kind
from tests.archive.visits import NOW, SEED, URL, Town, edited, other, page

COPY = "https://town.example/ban-sao"
TABLES = ("articles", "versions", "verdicts", "addresses", "images", "attachments", "bylines", "article_tags")
LATER = NOW + timedelta(days=9)


def filled(town: Town) -> None:
    town.store(page(url=f"{URL}?print=1"))
    town.store(page(edited(headline="Đại hội điểm"), day=1))
    town.store(other(Kind.ARTICLE, URL, status=404, day=2))
    neighbour = edited(url=COPY, headline="Khác", body=(*SEED.body, "Một đoạn thêm."))
    town.store(page(neighbour, day=3))


def everything(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    """The rows of all tables about articles, without their stories."""
    found = {table: list(archive.db.query(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in TABLES}
    return {table: [{n: v for n, v in row.items() if n != "story_id"} for row in rows] for table, rows in found.items()}


def test_no_table_view_or_search_shows_it(town: Town) -> None:
    filled(town)
    captures = town.column("SELECT count(*) FROM captures")
    assert withholding.copies(town.archive, 1) == [COPY]
    withholding.withhold(town.archive, 1, reason="asked by letter", now=LATER)
    assert not town.column("SELECT 1 FROM articles_fts WHERE articles_fts MATCH 'điểm'")
    assert [hit.url for hit in query(town.archive, "đại hội")] == [COPY]
    for table in (*TABLES, "articles_plain", "sketches", "sketches_recent", "story_matches"):
        column = "id" if table == "articles" else "article_id"
        assert not town.column(f"SELECT 1 FROM {table} WHERE {column} = 1"), table
    for view in town.column(
        "SELECT name FROM sqlite_master WHERE type = 'view' AND name NOT IN ('search', 'withheld')"
    ):
        assert "điểm" not in str(town.rows(f"SELECT * FROM {view}"))
    assert town.column("SELECT count(*) FROM captures") == captures
    assert town.rows("SELECT * FROM withheld") == [
        {
            "article_id": 1,
            "portal": "town-example",
            "url": URL,
            "withheld_at": "2026-12-02T12:00:00Z",
            "reason": "asked by letter",
        }
    ]
    assert town.sound() and check(town.archive) == []


def in_file(path: Path, text: str) -> bool:
    """True when the file or its write-ahead log has these bytes anywhere."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return any(text.encode() in file.read_bytes() for file in files if file.exists())


def test_its_text_is_not_left_in_the_bytes_of_the_file(town: Town) -> None:
    printed, indexed = "Zebrawald schweigt", "zebrawald"
    other_index = "quaggatal"
    images = (Image(url="https://town.example/a.jpg", caption="Quaggatal", position=0),)
    town.store(page(edited(url=COPY, headline="Khác")))
    for day, more in enumerate(("Trước.", "Sau.")):
        town.store(page(edited(body=(f"{printed} {more}" * 400,), images=images), day=day))
    town.archive.optimize()
    for number in range(3):
        town.store(page(edited(url=f"https://town.example/{number}", headline="Khác", body=(f"Khác {number}.",))))
    path = town.archive.path
    assert all(in_file(path, text) for text in (printed, indexed, other_index))
    article_id = town.column("SELECT id FROM articles WHERE url = ?", URL)[0]
    withholding.withhold(town.archive, article_id, reason="test", now=LATER)
    assert withholding.erase(town.archive)
    assert not any(in_file(path, text) for text in (printed, indexed, other_index))
    assert town.sound() and check(town.archive) == []


def test_what_the_portal_shows_later_is_captured_and_not_shown(town: Town) -> None:
    filled(town)
    withholding.withhold(town.archive, 1, reason="test", now=LATER)
    by_url = town.store(page(edited(headline="Lại đây", body=("Khác hẳn.",)), day=10))
    by_address = town.store(page(edited(url=f"{URL}?print=1", body=("Khác hẳn.",)), day=11))
    by_text = town.store(page(edited(url="https://town.example/dia-chi-moi", headline="Đại hội điểm"), day=12))
    assert {stored.outcome for stored in (by_url, by_address, by_text)} == {Outcome.WITHHELD}
    assert all(stored.capture_id and stored.article_id is None for stored in (by_url, by_address, by_text))
    assert town.column("SELECT url FROM articles") == [COPY]
    assert town.column("SELECT state FROM frontier WHERE url = ?", URL) == ["waiting"]


def test_it_comes_back_as_it_was_with_its_story(town: Town) -> None:
    filled(town)
    before, reposts = everything(town.archive), town.rows("SELECT first_id, copy_id, similarity FROM reposts")
    withholding.withhold(town.archive, 1, reason="test", now=LATER)
    assert town.rows("SELECT * FROM reposts") == []
    assert withholding.find(town.archive, "1") == withholding.find(town.archive, f"{URL}?print=1") == 1
    withholding.release(town.archive, 1, now=LATER)
    assert everything(town.archive) == before
    assert town.rows("SELECT first_id, copy_id, similarity FROM reposts") == reposts != []
    assert [hit.id for hit in query(town.archive, "dai hoi diem")] == [1]
    assert town.rows("SELECT released_at, content FROM withholdings") == [
        {"released_at": "2026-12-02T12:00:00Z", "content": None}
    ]
    assert town.sound() and check(town.archive) == [] and withholding.withheld(town.archive) == []
    assert town.store(page(edited(headline="Lại đây"), day=12)).version == 3
