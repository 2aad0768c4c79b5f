"""What may be opened as an archive, and what is refused in one line and left as it was."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.archive.check import check
from crawler.archive.migrations import APPLICATION_ID, migrations
from crawler.model import ArchiveError, Fingerprint
from tests.archive.visits import NOW, PORTAL, SEED, Town, page


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (title TEXT)")
        other.commit()


def newer(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.db["_sqlite_migrations"].insert(
            {"migration_set": "muniment", "name": "from_the_future", "applied_at": ""}
        )


def torn(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.portal(PORTAL, NOW)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 5000)


REFUSED = {
    "a foreign database": (foreign, "not a Muniment archive"),
    "no database": (lambda path: path.write_text("Danh sách\n" * 200, encoding="utf-8"), "not a Muniment archive"),
    "a newer archive": (newer, "from_the_future"),
    "a damaged archive": (torn, "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    make, reason = REFUSED[name]
    path = tmp_path / "archive.db"
    make(path)
    before, beside = path.read_bytes(), set(tmp_path.iterdir())
    with pytest.raises(ArchiveError) as refused:
        Archive.open(path)
    assert str(path) in str(refused.value) and reason in str(refused.value) and "\n" not in str(refused.value)
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} - {p.name for p in beside} <= {"archive.db-wal", "archive.db-shm"}


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "folder"), (tmp_path / "no" / "archive.db", "folder exists")):
        with pytest.raises(ArchiveError, match=reason):
            Archive.open(path)


def test_a_missing_archive_is_not_made_for_a_reader(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="muniment crawl"):
        Archive.open(tmp_path / "archive.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555), (0o000, 0o755)])
def test_a_file_that_cannot_be_written_is_refused(file_mode: int, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        Archive.open(path).close()
        path.chmod(file_mode)
        Path(folder).chmod(folder_mode)
        pid = os.fork()
        if pid == 0:
            # Root may write everything, so the test gives up its rights first.
            code = 3
            try:
                code = _refusal_without_rights(path)
            finally:
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        Path(folder).chmod(0o755)
        assert os.waitstatus_to_exitcode(status) == 0


def _refusal_without_rights(path: Path) -> int:
    _give_up_rights()
    try:
        Archive.open(path)
    except ArchiveError as refused:
        return 0 if str(path) in str(refused) and "\n" not in str(refused) else 2
    return 1


def _give_up_rights() -> None:
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)])
def test_what_cannot_be_written_can_be_read(file_mode: int, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with Archive.open(path) as archive:
            archive.portal(PORTAL, NOW)
        path.chmod(file_mode)
        Path(folder).chmod(folder_mode)
        pid = os.fork()
        if pid == 0:
            code = 3
            try:
                _give_up_rights()
                with Archive.open(path, create=False) as archive:
                    code = archive.db["portals"].count - 1
            finally:
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        Path(folder).chmod(0o755)
        assert os.waitstatus_to_exitcode(status) == 0
        assert sorted(file.name for file in Path(folder).iterdir()) == ["archive.db"]


@pytest.mark.parametrize("folder_mode", [0o755, 0o555])
@pytest.mark.parametrize("damaged", [[], [True]], ids=["sound", "damaged"])
def test_an_archive_that_cannot_be_written_is_checked_like_any_other(folder_mode: int, damaged: list[bool]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with Archive.open(path) as archive:
            portal_id = archive.portal(PORTAL, NOW)
            Town(archive, portal_id, archive.begin_crawl(portal_id, command="x", software="x", now=NOW)).store(page())
            if damaged:
                archive.db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        path.chmod(0o444)
        Path(folder).chmod(folder_mode)
        pid = os.fork()
        if pid == 0:
            code = 3
            try:
                _give_up_rights()
                with Archive.open(path, create=False) as archive:
                    found = check(archive)
                code = 0 if ["does not hold what the articles say" in each.what for each in found] == damaged else 2
            finally:
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        Path(folder).chmod(0o755)
        assert os.waitstatus_to_exitcode(status) == 0


def test_an_older_archive_that_cannot_be_written_says_what_to_do() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with Archive.open(path) as archive:
            archive.db.execute("DELETE FROM _sqlite_migrations WHERE name <> 'first_schema'")
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        pid = os.fork()
        if pid == 0:
            code = 3
            try:
                _give_up_rights()
                with pytest.raises(ArchiveError, match="an older Muniment; open it once where it can be written"):
                    Archive.open(path, create=False)
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        Path(folder).chmod(0o755)
        assert os.waitstatus_to_exitcode(status) == 0


def test_an_archive_is_ours_in_wal_mode_with_foreign_keys(archive: Archive) -> None:
    pragmas = ("application_id", "journal_mode", "foreign_keys", "recursive_triggers")
    values = [archive.db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert values == [APPLICATION_ID, "wal", 1, 1]
    assert migrations.pending(archive.db) == []


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.touch()
    with Archive.open(path) as archive:
        assert archive.db["articles"].exists()


def test_a_failed_transaction_leaves_nothing_and_says_why(archive: Archive) -> None:
    with pytest.raises(ZeroDivisionError), archive.transaction():
        archive.portal(PORTAL, NOW)
        1 / 0  # noqa: B018
    assert archive.db["portals"].count == 0
    archive.db.conn.execute("PRAGMA query_only = ON")
    with pytest.raises(ArchiveError, match=r"archive\.db: the archive cannot be written"):
        archive.portal(PORTAL, NOW)


def test_a_failing_read_of_a_crawl_is_one_clear_error_too(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        archive.db.conn.execute("DROP TABLE sketches")
        with pytest.raises(ArchiveError, match=r"archive\.db: .*sketches"):
            archive.near(Fingerprint(exact="x", sketch=(1, 2, 3), shingles=b""), SEED)


def test_an_archive_is_looked_at_while_another_program_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    assert Archive.look(path) is None and not path.exists()
    path.touch()
    assert Archive.look(path) is None
    path.unlink()
    Archive.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        seen = Archive.look(path)
        assert seen is not None
        with seen:
            assert seen.turn(PORTAL).last_started_at is None
            with pytest.raises(ArchiveError, match="cannot be written"):
                seen.portal(PORTAL, NOW)
    foreign(tmp_path / "foreign.db")
    with pytest.raises(ArchiveError, match="not a Muniment archive"):
        Archive.look(tmp_path / "foreign.db")
