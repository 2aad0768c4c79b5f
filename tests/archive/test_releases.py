"""Archives of every released schema are opened: copied first, migrated as a whole or not at all, nothing lost."""

import os
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.archive import Archive, saved
from crawler.archive.check import check
from crawler.archive.migrations import migrations
from crawler.archive.search import query
from crawler.model import ArchiveError, Kind, Link, Verdict
from tests.archive import releases
from tests.archive.releases import RELEASED, STEPS, contents, following, steps
from tests.archive.test_together import ended_well, in_child
from tests.archive.visits import NOW, PORTAL, URL, Town, edited, failure, other, page

COPY = "https://town.example/van-hoa/dai-hoi"
CHINESE = "https://town.example/bei-jing"
PLAIN = "https://town.example/plain"
MADE_ANEW = {"articles_plain"}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of today with articles, an edit, a copy, a removal, a frontier, a failure and a saved search."""
    path = tmp_path_factory.mktemp("today") / "archive.db"
    with Archive.open(path) as archive:
        portal_id = archive.portal(PORTAL, NOW)
        town = Town(archive, portal_id, archive.begin_crawl(portal_id, command="town", software="test", now=NOW))
        links = [Link(url=url, kind=Kind.ARTICLE) for url in (URL, COPY, "https://town.example/chua-doc")]
        town.store(other(links=links))
        town.store(page())
        town.store(page(edited(url=COPY, byline="Đức Minh"), day=0.1))
        town.store(page(edited(url=CHINESE, headline="北京市政府新闻", lead=None, body=("北京市政府今天举行会议。",))))
        town.store(page(edited(url=PLAIN, headline="No accents", lead=None, body=("Plain words only.",))))
        town.store(page(edited(headline="Đại hội Đảng bộ phòng Giáo dục và Đào tạo"), day=1))
        town.store(replace(other(Kind.OTHER, PLAIN, day=2, status=410), verdict=Verdict.GONE))
        town.store(other(Kind.OTHER, COPY, capture=failure(COPY, day=3)))
        saved.save(archive, "đảng viên", "đảng viên")
        assert town.column("SELECT count(*) FROM stories") == [1]
        assert town.column("SELECT verdict FROM articles WHERE url = ?", PLAIN) == ["gone"]
        assert town.column("SELECT versions FROM articles WHERE url = ?", URL) == [2]
    return path


def old(tmp_path: Path, step: str, full: Path) -> Path:
    path = tmp_path / "archive.db"
    releases.build(path, step, full)
    return path


def kept(path: Path, before: releases.Rows) -> releases.Rows:
    """What an archive holds now in the tables and columns that it had before."""
    with closing(sqlite3.connect(path)) as conn:
        db = Database(conn)
        return {name: releases.selected(db, name, columns) for name, (columns, _) in before.items()}


def schema(path: Path) -> dict[str, set[str]]:
    """Tables and views with their columns, triggers with their text."""
    with closing(sqlite3.connect(path)) as conn:
        db = Database(conn)
        triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: {sql} for name, sql in triggers} | {
            name: set(db[name].columns_dict) for name in db.table_names() + db.view_names()
        }


@pytest.mark.parametrize("step", RELEASED)
def test_an_archive_of_an_older_release_is_migrated_with_all_it_holds(tmp_path: Path, step: str, full: Path) -> None:
    path = old(tmp_path, step, full)
    before = contents(path)
    assert steps(path) == list(STEPS[: STEPS.index(step) + 1]) and len(before["articles"][1]) == 4
    with Archive.open(path) as archive:
        town = Town(archive, 1, 1)
        assert check(archive) == [] and town.sound()
        found = [len(query(archive, text)) for text in ("đảng viên", "dang vien", "北京", "words", "captions: huệ")]
        assert found == [2, 2, 1, 1, 4]
        assert town.column("SELECT difference FROM changes") == [
            "headline: Đại hội [-Chi-] {+Đảng+} bộ phòng Giáo dục và Đào tạo"
        ]
        assert [search.new for search in saved.searches(archive)] == [0]
    assert steps(path) == list(STEPS) and schema(path) == schema(full)
    lasting = {name: rows for name, rows in before.items() if name not in MADE_ANEW}
    assert kept(path, lasting) == lasting
    copy = path.with_name(f"archive.db.before-{following(step)}")
    assert contents(copy) == before and steps(copy) == list(STEPS[: STEPS.index(step) + 1])
    with closing(sqlite3.connect(copy)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("step", RELEASED)
def test_a_migrated_archive_goes_on(tmp_path: Path, step: str, full: Path) -> None:
    with Archive.open(old(tmp_path, step, full)) as archive:
        town = Town(archive, 1, 1)
        town.store(page(edited(headline="Đại hội nhiệm kỳ mới"), day=4))
        town.store(page(edited(url="https://town.example/moi", headline="Tin mới"), day=4))
        assert town.frontier.claim("host:boot:1:1", NOW) is not None
        assert [len(query(archive, text)) for text in ('"nhiem ky moi"', '"tin mới"')] == [1, 1]
        assert [search.new for search in saved.searches(archive)] == [1] and check(archive) == []


@pytest.mark.parametrize("step", RELEASED)
def test_a_crash_in_the_middle_of_a_migration_leaves_the_older_archive(tmp_path: Path, step: str, full: Path) -> None:
    path = old(tmp_path, step, full)
    before = contents(path)

    def die(db: Database) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def migrate_and_die() -> None:
        migrations(name="die")(die)
        Archive.open(path)

    assert os.waitstatus_to_exitcode(os.waitpid(in_child(migrate_and_die), 0)[1]) == -signal.SIGKILL
    assert contents(path) == before and steps(path) == list(STEPS[: STEPS.index(step) + 1])
    with Archive.open(path) as archive:
        assert check(archive) == []
    assert steps(path) == list(STEPS)


def test_several_processes_may_open_an_older_archive_at_once(tmp_path: Path, full: Path) -> None:
    path = old(tmp_path, RELEASED[0], full)
    before = contents(path)

    def open_it() -> None:
        Archive.open(path).close()

    assert [ended_well(pid) for pid in [in_child(open_it) for _ in range(4)]] == [True] * 4
    assert steps(path) == list(STEPS)
    assert contents(path.with_name(f"archive.db.before-{following(RELEASED[0])}")) == before


@pytest.mark.parametrize("step", RELEASED[: STEPS.index("refuse_queries")])
def test_a_saved_search_that_never_was_a_query_is_set_aside(tmp_path: Path, step: str, full: Path) -> None:
    path = old(tmp_path, step, full)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE saved_searches SET seen_up_to = 0")
        conn.execute("INSERT INTO saved_searches (name, query) VALUES ('broken', '\"đảng')")
        conn.commit()
    with Archive.open(path) as archive:
        town = Town(archive, 1, 1)
        assert town.column("SELECT DISTINCT search FROM new_hits") == ["đảng viên"]
        assert [(search.name, search.new) for search in saved.searches(archive)] == [("broken", None), ("đảng viên", 2)]
        assert [finding.what.split(":")[0] for finding in check(archive)] == ["the saved search broken is no query"]
        with pytest.raises(ArchiveError, match="the saved search broken is no query; save it again"):
            saved.new(archive, "broken")
        archive.db.execute("UPDATE saved_searches SET query = '\"tín nhiệm\"' WHERE name = 'broken'")
        assert len(saved.new(archive, "broken") or ()) == 2 and check(archive) == []
