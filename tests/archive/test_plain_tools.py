"""The archive with unmodified sqlite-utils: searches, edits by its commands, and an index that stays sound."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, saved
from crawler.model import Kind
from tests.archive.visits import BODY, NOW, PORTAL, URL, Town, edited, other, page
from tests.crawling import muniment

EDIT = "https://town.example/tin-tuc/khac"


@pytest.fixture
def path(town: Town) -> Path:
    """An archive with two articles, closed."""
    town.store(page())
    town.store(page(edited(url=EDIT, headline="Hội chợ Thủy Nguyên", lead=None, body=("Ủy ban khai mạc.",), images=())))
    town.store(page(edited(headline="Đại hội điểm"), day=1))
    town.store(other(Kind.ARTICLE, EDIT, status=410, day=1))
    path = town.archive.path
    town.archive.close()
    return path


def tool(*arguments: object) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "sqlite_utils", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout.startswith("[") else done.stdout


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dai hoi chi bo", [URL]),
        ('"Chi bộ phòng Giáo dục"', [URL]),
        ('"chi bo phong giao duc"', [URL]),
        ("mộng cài", []),
        ('"đảng uỷ" OR "thuỷ nguyên"', [EDIT]),
        ("uy ban", [URL, EDIT]),
        ("captions: Huệ", [URL]),
        ("byline_plain: hang NOT headline: chợ", [URL]),
        ("hoi*", [URL, EDIT]),
        ("filters: m202001", [URL, EDIT]),
        ("filters: townexample AND 29", [URL]),
    ],
)
def test_search(path: Path, query: str, found: list[str]) -> None:
    assert sorted(row["url"] for row in tool("search", path, "articles", query, "-c", "url")) == sorted(found)


def test_every_view_can_be_read(path: Path) -> None:
    views = [view["view"] for view in tool("views", path)]
    assert {"news", "search", "changes", "removals", "new_hits", "portal_health", "citations"} <= set(views)
    shown = {
        view: tool("query", path, f"select count(*) as n from [{view}]")[0]["n"] for view in views if view != "search"
    }
    assert shown["news"] == 2 and shown["changes"] == 1 and shown["removals"] == 1 and shown["citations"] == 2
    assert shown["photo_captions"] == 2 and shown["people_in_bylines"] == 2 and shown["portal_health"] == 1


def test_the_search_view_ranks_and_quotes(path: Path) -> None:
    sql = "select headline, snippet, rank from search where query = '\"giáo dục\" đại hội' order by rank limit 5"
    (hit,) = tool("query", path, sql)
    assert hit["headline"] == "Đại hội điểm" and "[Giáo] [dục]" in hit["snippet"].replace("[Giáo dục]", "[Giáo] [dục]")


LATEST = "select id, rank from search where query = 'hội' order by id desc limit 1"
BEST_OF_LATEST = f"select id from ({LATEST}0) order by rank limit 5"


def test_the_latest_hits_are_read_without_sorting_all(path: Path) -> None:
    assert [hit["id"] for hit in tool("query", path, LATEST)] == [2]
    assert [hit["id"] for hit in tool("query", path, BEST_OF_LATEST)] == [2, 1]
    plan = [step["detail"] for step in tool("query", path, f"explain query plan {LATEST}")]
    assert not any("ORDER BY" in step for step in plan), plan
    shown = tool("search", path, "articles", "hội", "-o", "articles_fts.rowid desc", "-c", "id", "--limit", "1")
    assert shown == [{"id": 2}]


def test_saved_searches_show_what_is_new(path: Path) -> None:
    tool("query", path, "insert into saved_searches (name, query, seen_up_to) values ('uỷ', '\"ủy ban\"', 0)")
    assert [hit["url"] for hit in tool("query", path, "select url from new_hits where search = 'uỷ'")] == [EDIT]
    tool("query", path, "update saved_searches set seen_up_to = (select max(id) from articles)")
    assert tool("query", path, "select url from new_hits") == []


@pytest.mark.parametrize(
    "sql",
    [
        "insert into saved_searches (name, query) values ('broken', '\"đại hội')",
        "update saved_searches set query = 'AND' where name = 'uỷ'",
    ],
)
def test_a_saved_search_that_is_no_query_is_refused_before_it_breaks_the_others(path: Path, sql: str) -> None:
    tool("query", path, "insert into saved_searches (name, query) values ('uỷ', '\"ủy ban\"')")
    done = subprocess.run(
        [sys.executable, "-m", "sqlite_utils", "query", path, sql], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and ("fts5: syntax error" in done.stderr or "unterminated string" in done.stderr)
    assert [hit["url"] for hit in tool("query", path, "select url from new_hits")] == [EDIT]


def test_a_table_of_saved_searches_made_anew_refuses_again_once_the_archive_is_opened(path: Path) -> None:
    tool("transform", path, "saved_searches", "-o", "id", "-o", "query")
    tool("query", path, "insert into saved_searches (name, query) values ('broken', '\"đại hội')")
    tool("query", path, "insert into saved_searches (name, query) values ('uỷ', '\"ủy ban\"')")
    with Archive.read(path) as archive:
        assert saved.refused(archive) == ["broken"] and saved.new(archive, "uỷ")
    with pytest.raises(sqlite3.OperationalError, match="unterminated"), closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE saved_searches SET query = '\"đại' WHERE name = 'uỷ'")


COMMANDS = {
    "rebuild-fts": ("rebuild-fts", "{path}"),
    "rebuild-fts articles": ("rebuild-fts", "{path}", "articles"),
    "optimize": ("optimize", "{path}"),
    "convert": ("convert", "{path}", "articles", "headline", "value.upper()"),
    "query update": ("query", "{path}", "update articles set body = body || ' thêm' where id = 1"),
    "query delete": ("query", "{path}", "delete from articles where id = 1"),
    "vacuum": ("vacuum", "{path}"),
}
TRANSFORM = ("transform", "{path}", "articles", "-o", "id", "-o", "headline")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_archive_stays_sound(path: Path, name: str) -> None:
    tool(*(part.format(path=path) for part in COMMANDS[name]))
    with Archive.open(path) as archive:
        assert Town(archive, 1, 1).sound()


@pytest.mark.parametrize("name", [*(name for name in COMMANDS if name != "query delete"), "transform"])
def test_muniment_finds_nothing_wrong(path: Path, name: str) -> None:
    tool(*(part.format(path=path) for part in COMMANDS.get(name, TRANSFORM)))
    done = muniment("check", "--archive", str(path), cwd=path.parent)
    assert done.returncode == 0 and done.stdout.endswith("sound\n"), done.stdout + done.stderr
    assert ("edited by hand" in done.stdout) == (name in ("convert", "query update"))


def test_a_table_of_articles_made_anew_keeps_what_the_views_read(path: Path) -> None:
    sql = "select name, kind, articles, first_published_at, last_published_at from people_in_bylines order by name"
    before = tool("query", path, sql)
    tool(*(part.format(path=path) for part in TRANSFORM))
    assert tool("query", path, sql) == before
    day = "2020-01-08T16:50+07:00"
    assert [tuple(row.values()) for row in before if row["kind"] == "person"] == [("Thu Hằng", "person", 2, day, day)]


def test_upsert_and_replace_keep_the_index_sound(path: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.json"
    article = {"id": 2, "portal_id": 1, "url": EDIT, "headline": "Sửa tay", "body": BODY[0]}
    seen = {"first_seen_at": "2026-11-23T12:00:00Z", "last_seen_at": "2026-11-23T12:00:00Z"}
    rows.write_text(json.dumps([article | seen]), encoding="utf-8")
    tool("upsert", path, "articles", rows, "--pk", "id")
    assert [row["id"] for row in tool("search", path, "articles", "sửa tay", "-c", "id")] == [2]
    assert muniment("check", "--archive", str(path), cwd=path.parent).returncode == 0
    tool("insert", path, "articles", rows, "--pk", "id", "--replace")
    with Archive.open(path) as archive:
        assert Town(archive, 1, 1).sound()
        assert archive.portal(PORTAL, NOW) == 1
