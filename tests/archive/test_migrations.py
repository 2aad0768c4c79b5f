"""An older archive is copied and migrated in one transaction; a failed step leaves it as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.archive import Archive, triggers
from crawler.archive import migrations as migrations_file
from crawler.archive.check import check
from crawler.archive.migrations import migrations
from crawler.archive.search import query
from crawler.model import ArchiveError
from tests.archive.visits import BODY, Town, edited, page


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


def test_an_older_archive_that_lost_its_triggers_gets_them_and_the_index_with_them(
    path: Path, later: list[str]
) -> None:
    with Database(path) as db:
        for name in ("articles_before_update", "articles_after_update", "articles_edited", "captions_after_update"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE articles SET headline = 'Hội chợ', captions = 'Một góc chợ'")
    with Archive.open(path) as archive:
        assert later == ["mood"] and Town(archive, 1, 1).sound()
        assert [len(query(archive, text)) for text in ("hội chợ", "hoi cho", "captions:goc")] == [1, 1, 1]


def test_an_archive_of_a_later_version_is_refused(path: Path, later: list[str]) -> None:
    Archive.open(path).close()
    del migrations._migrations[-2:]
    with pytest.raises(ArchiveError, match="newer Muniment"):
        Archive.open(path)


def test_an_archive_with_the_first_index_gets_the_lean_one(town: Town) -> None:
    texts = (BODY, ("北京市政府新闻。",), ("No accents.",))
    for number, body in enumerate(texts):
        town.store(page(edited(url=f"https://town.example/{number}", lead=None, body=body)))
    db = town.archive.db
    _back_to_the_first_index(town)
    assert "by_letter" not in db["articles_plain"].columns_dict and town.sound()
    town.archive.close()
    with Archive.open(town.archive.path) as archive:
        migrated = Town(archive, town.portal_id, town.crawl_id)
        assert migrated.sound() and check(archive) == []
        assert [len(query(archive, text)) for text in ("dang vien", "北京", "accents", "thu hang")] == [1, 1, 1, 3]
        assert migrated.column("SELECT by_letter FROM articles_plain") == [1, 0, 0]


def _back_to_the_first_index(town: Town) -> None:
    """The index as the first release made it, of the same articles."""
    db = town.archive.db
    for name in triggers.created(db):
        db.execute(f"DROP TRIGGER {name}")
    for drop in ("VIEW search", "VIEW new_hits", "TABLE articles_fts", "VIEW articles_indexed", "TABLE articles_plain"):
        db.execute(f"DROP {drop}")
    db.execute("DROP TABLE captions_fts")
    sql = Path(migrations_file.__file__).parent / "sql"
    db.executescript((sql / "first_index.sql").read_text(encoding="utf-8"))
    db.execute("CREATE VIEW search AS SELECT 1")
    db.execute("CREATE VIEW new_hits AS SELECT 1")
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('lean_index', 'index_captions')")
