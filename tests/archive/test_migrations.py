"""An older archive is copied and migrated in one transaction; a failed step leaves it as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.archive import Archive
from crawler.archive.migrations import migrations
from crawler.model import ArchiveError
from tests.archive.visits import Town, page


@pytest.fixture
def path(town: Town) -> Path:
    town.store(page())
    town.archive.close()
    return town.archive.path


@pytest.fixture
def later() -> Iterator[list[str]]:
    """Two steps that a later version of the software has."""
    done: list[str] = []

    def add_mood(db: Database) -> None:
        db.execute("ALTER TABLE articles ADD COLUMN mood TEXT")
        done.append("mood")

    def add_weather(db: Database) -> None:
        if "fail" in done:
            db.execute("ALTER TABLE absent ADD COLUMN weather TEXT")
        db.execute("ALTER TABLE articles ADD COLUMN weather TEXT")

    known = list(migrations._migrations)
    for step in (add_mood, add_weather):
        migrations()(step)
    yield done
    migrations._migrations[:] = known


def columns(path: Path) -> set[str]:
    with Database(path) as db:
        return {column.name for column in db["articles"].columns} & {"mood", "weather"}


def test_an_older_archive_is_copied_and_migrated(path: Path, later: list[str]) -> None:
    with Archive.open(path) as archive:
        assert Town(archive, 1, 1).sound() and archive.db["articles"].count == 1
    copy = path.with_name("archive.db.before-add_mood")
    assert columns(path) == {"mood", "weather"} and columns(copy) == set()
    with Database(copy) as db:
        assert db["articles"].count == 1


def test_a_step_that_fails_takes_back_the_ones_before(path: Path, later: list[str]) -> None:
    later.append("fail")
    with pytest.raises(ArchiveError, match=r"archive\.db: cannot be used: no such table"):
        Archive.open(path)
    assert later[-1] == "mood" and columns(path) == set()


def test_an_archive_of_a_later_version_is_refused(path: Path, later: list[str]) -> None:
    Archive.open(path).close()
    del migrations._migrations[-2:]
    with pytest.raises(ArchiveError, match="newer Muniment"):
        Archive.open(path)
