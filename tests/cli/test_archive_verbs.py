"""``muniment diff``, ``people`` and ``check`` on an archive made for them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.archive import Archive
from crawler.cli import main
from tests.archive.visits import NOW, PORTAL, URL, Town, edited, page

OTHER = "https://town.example/tin-tuc/khac"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An article of three versions and one that never changed."""
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        portal_id = archive.portal(PORTAL, NOW)
        crawl_id = archive.begin_crawl(portal_id, command="test", software="test", now=NOW)
        town = Town(archive, portal_id, crawl_id)
        town.store(page())
        town.store(page(edited(headline="Đại hội Đảng bộ phòng Giáo dục và Đào tạo"), day=1))
        town.store(
            page(edited(headline="Đại hội Đảng bộ phòng Giáo dục", byline="Thu Hang", authors=("Thu Hang",)), day=2)
        )
        town.store(page(edited(url=OTHER, headline="Khác", body=("Một đoạn khác.",), authors=("Thu Hằng", "Đức Minh"))))
    return path


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--archive", str(path)])


def test_diff_shows_the_last_edit_with_its_evidence(path: Path) -> None:
    told = run(path, "diff", URL)
    assert told.exit_code == 0
    assert "Đại hội Đảng bộ phòng Giáo dục [-và Đào tạo-]" in told.stdout
    assert "Thu [-Hằng-] {+Hang+}" in told.stdout
    assert "- version 2, shown from 2026-11-24T12:00:00Z to 2026-11-24T12:00:00Z" in told.stdout
    assert "in town.warc.gz at" in told.stdout and "edit: small" in told.stdout


@pytest.mark.parametrize(
    "verb",
    [("search", "hoi"), ("diff", URL), ("people",), ("status",), ("saved",), ("check",)],
    ids=lambda verb: verb[0],
)
def test_who_only_reads_does_not_wait_for_who_writes(path: Path, verb: tuple[str, ...]) -> None:
    free = run(path, *verb)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE portals SET name = 'half written'")
        held = run(path, *verb)
    assert (held.exit_code, held.stdout) == (free.exit_code, free.stdout) and free.exit_code in (0, 1)
    assert "half written" not in held.stdout and "locked" not in held.stderr


def test_who_only_reads_brings_an_older_archive_up_to_date_first(path: Path) -> None:
    with closing(sqlite3.connect(path)) as older:
        older.execute("DELETE FROM _sqlite_migrations WHERE name = 'tell_edits'")
        older.execute("ALTER TABLE versions DROP COLUMN published_raw")
        older.execute("DROP VIEW changes")
        older.execute("ALTER TABLE versions DROP COLUMN difference")
        older.execute("CREATE VIEW changes AS SELECT 1")
        older.commit()
    assert run(path, "diff", URL).exit_code == 0
    with Archive.read(path) as archive:
        (said,) = archive.db.execute("SELECT difference FROM changes WHERE number = 2").fetchone()
    assert said == "headline: Đại hội [-Chi-] {+Đảng+} bộ phòng Giáo dục và Đào tạo"
    assert path.with_name("archive.db.before-tell_edits").exists()


def test_diff_of_chosen_versions_by_id(path: Path) -> None:
    told = json.loads(run(path, "diff", "1", "--from", "1", "--to", "2", "--json").stdout)
    assert set(told["fields"]) == {"headline"}
    changed = [(piece["change"], piece["text"]) for piece in told["fields"]["headline"] if piece["change"] != "same"]
    assert changed == [("removed", "Chi"), ("added", "Đảng")]
    assert told["evidence"][0]["captured_at"] == "2026-11-23T12:00:00Z"


def test_diff_of_what_never_changed_and_of_what_is_not_there(path: Path) -> None:
    same = run(path, "diff", OTHER)
    assert same.exit_code == 3 and "says the same since 2026-11-23T12:00:00Z" in same.stderr
    unknown = run(path, "diff", "99")
    assert unknown.exit_code == 2 and "no article has the id or URL 99" in unknown.stderr
    beyond = run(path, "diff", "1", "--to", "7")
    assert beyond.exit_code == 2 and "there is no version 7; the article has 3" in beyond.stderr


def test_long_texts_are_shortened_around_the_change(path: Path) -> None:
    words = " ".join(f"từ{n}" for n in range(60))
    with Archive.open(path) as archive:
        town = Town(archive, 1, 1)
        town.store(page(edited(url=f"{OTHER}-2", body=(f"{words} ba {words}",))))
        town.store(page(edited(url=f"{OTHER}-2", body=(f"{words} bốn {words}",)), day=1))
    told = run(path, "diff", f"{OTHER}-2").stdout
    assert "… từ52 từ53 từ54 từ55 từ56 từ57 từ58 từ59 [-ba-] {+bốn+} từ0 từ1 từ2 từ3 từ4 từ5 từ6 từ7 …" in told


def test_people_are_counted_found_without_accents_and_kept_apart(path: Path) -> None:
    told = json.loads(run(path, "people", "--json").stdout)
    assert {(one["name"], one["kind"], one["articles"]) for one in told} == {
        ("Trung tâm TTVH", "unit", 2),
        ("Thu Hang", "person", 1),
        ("Thu Hằng", "person", 1),
        ("Đức Minh", "person", 1),
    }
    assert told[0]["first"] == "2020-01-08"
    assert [one["name"] for one in json.loads(run(path, "people", "duc", "--json").stdout)] == ["Đức Minh"]
    assert run(path, "people", "nobody").exit_code == 3
    pairs = json.loads(run(path, "people", "--candidates", "--kind", "person", "--json").stdout)
    none = run(path, "people", "nobody", "--candidates")
    assert (none.exit_code, none.stderr) == (3, "muniment: no two names in the bylines seem to be one\n")
    assert pairs == [{"name": "Thu Hang", "other": "Thu Hằng", "kind": "person", "why": "accents"}]


def test_check_tells_and_mends(path: Path) -> None:
    assert run(path, "check").exit_code == 0
    with Archive.open(path) as archive:
        archive.db.execute("DELETE FROM articles_fts_data WHERE id > 100")
    broken = run(path, "check")
    assert broken.exit_code == 1 and "(--mend puts it right)" in broken.stdout
    assert run(path, "check", "--mend").exit_code == 0
    assert run(path, "check").exit_code == 0


def test_check_of_evidence_tells_a_missing_file(path: Path) -> None:
    told = run(path, "check", "--warc")
    assert told.exit_code == 1 and "town.warc.gz: missing, with 4 captures" in told.stdout


def test_withhold_lists_and_releases(path: Path) -> None:
    assert run(path, "withhold", URL).exit_code == 2
    assert run(path, "withhold", URL, "--reason", "asked by letter").exit_code == 0
    assert run(path, "search", "Đảng bộ phòng").exit_code == 3
    assert "asked by letter" in run(path, "withhold").stdout
    again = run(path, "withhold", "1", "--reason", "twice")
    assert again.exit_code == 0 and "article 1 is withheld already" in again.stdout
    assert run(path, "withhold", "1", "--release").exit_code == 0
    assert run(path, "withhold", "1", "--release").exit_code == 2
    assert run(path, "search", "Đảng bộ phòng").exit_code == 0
    assert "no article is withheld" in run(path, "withhold").stderr


def test_a_saved_search_shows_what_is_new_once(path: Path) -> None:
    saved = run(path, "search", "29-NQ/TW", "--byline", "Thu", "--save", "decree")
    assert saved.exit_code == 0 and "looked for “29-NQ/TW”" in saved.stdout
    nothing = run(path, "saved", "decree")
    assert nothing.exit_code == 3 and "nothing is new in decree" in nothing.stderr
    with Archive.open(path) as archive:
        Town(archive, 1, 1).store(page(edited(url=f"{OTHER}-3", headline="Nghị quyết 29"), day=4))
    assert [(one["name"], one["new"]) for one in json.loads(run(path, "saved", "--json").stdout)] == [("decree", 1)]
    assert run(path, "saved", "decree", "--keep").stdout == run(path, "saved", "decree").stdout != ""
    assert run(path, "saved", "decree").exit_code == 3
    assert run(path, "saved", "decree", "--forget").exit_code == 0
    assert run(path, "saved", "decree").exit_code == 2


def test_what_cannot_be_saved_and_what_cannot_be_asked(path: Path) -> None:
    for arguments in (["đại hội", "--since", "2020-01-01"], ["-"]):
        assert run(path, "search", *arguments, "--save", "x").exit_code == 2
    with Archive.open(path) as archive:
        archive.db.execute("DROP TRIGGER saved_searches_insert")  # as it was entered before queries were tried
        archive.db["saved_searches"].insert({"name": "broken", "query": '"đại hội'})
    assert "query refused" in run(path, "saved").stdout
    assert "the saved search broken is no query" in run(path, "check").stdout
