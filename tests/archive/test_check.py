"""The consistency check: quiet after whatever the archive does itself, clear about what others did to it."""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from benchmarks.press import Press
from crawler.archive import Archive, Outcome, withholding
from crawler.archive.check import check, mend
from crawler.archive.search import query
from crawler.duplicates import fingerprint
from crawler.model import Article, Kind, Link
from tests.archive.visits import NOW, PORTAL, Town, edited, other, page

PRESS = Press()
STORIES = [replace(article, body=article.body[:2]) for article in (PRESS.article(PORTAL, n) for n in range(4))]
URLS = [f"https://town.example/tin/{number}" for number in range(6)]

urls, days, texts = st.sampled_from(URLS), st.integers(0, 40), st.integers(0, len(STORIES) - 1)


class Anything(RuleBasedStateMachine):
    """Operations on one archive, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        archive = Archive.open(Path(self.folder.name) / "archive.db")
        portal_id = archive.portal(PORTAL, NOW)
        crawl_id = archive.begin_crawl(portal_id, command="test", software="test", now=NOW)
        self.town = Town(archive, portal_id, crawl_id)
        self.archive = archive
        self.latest: dict[str, tuple[int, str | None]] = {}
        self.withheld: dict[str, tuple[int, tuple[int, str | None]]] = {}

    def teardown(self) -> None:
        self.archive.close()
        self.folder.cleanup()

    @rule(url=urls, day=days, text=texts, headline=st.sampled_from(["một", "hai", None]))
    def show(self, url: str, day: int, text: int, headline: str | None) -> None:
        """New, edited, unchanged or imported late."""
        told = STORIES[text]
        article = edited(
            url=url, headline=headline, lead=told.lead, body=told.body, published=told.published, images=()
        )
        stored = self.town.store(page(article, day=day))
        if url in self.withheld or self.shown_elsewhere(article):
            assert stored.outcome is Outcome.WITHHELD
            return
        assert stored.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)
        if day >= self.latest.get(url, (-1, None))[0]:
            self.latest[url] = day, headline

    def shown_elsewhere(self, article: Article) -> bool:
        """True when a withheld article says the same."""
        now = self.archive.db.execute("SELECT fingerprint FROM withholdings WHERE released_at IS NULL")
        return fingerprint(article).exact in {known for (known,) in now}

    @rule(url=urls)
    def withhold(self, url: str) -> None:
        if url in self.latest:
            (article_id,) = self.town.column("SELECT id FROM articles WHERE url = ?", url)
            self.withheld[url] = article_id, self.latest.pop(url)
            withholding.withhold(self.archive, article_id, reason="test", now=NOW)
            assert not self.town.column("SELECT 1 FROM changes WHERE article_id = ?", article_id)

    @rule(url=urls)
    def release(self, url: str) -> None:
        if url in self.withheld:
            article_id, self.latest[url] = self.withheld.pop(url)
            withholding.release(self.archive, article_id, now=NOW)
            assert self.town.column("SELECT url FROM articles WHERE id = ?", article_id) == [url]

    @rule(url=urls, day=days, status=st.sampled_from([304, 404, 410, 500]))
    def answer(self, url: str, day: int, status: int) -> None:
        self.town.store(other(Kind.ARTICLE, url, day=day, status=status))
        known = self.latest.get(url)
        if status == 304 and known:
            self.latest[url] = max(day, known[0]), known[1]

    @rule(url=urls)
    def claim(self, url: str) -> None:
        self.town.frontier.add([Link(url=url, kind=Kind.ARTICLE)], NOW, via=None)
        self.town.frontier.claim("host:boot:1:1", NOW)

    @rule()
    def give_back(self) -> None:
        self.town.frontier.give_back(lambda _owner: False, NOW)

    @rule(url=urls)
    def delete(self, url: str) -> None:
        self.archive.db.execute("DELETE FROM articles WHERE url = ?", (url,))
        self.latest.pop(url, None)
        assert all(finding.derived for finding in check(self.archive))
        mend(self.archive)

    @invariant()
    def sound(self) -> None:
        assert check(self.archive) == []

    @invariant()
    def says_what_was_last_seen(self) -> None:
        rows = dict(self.archive.db.conn.execute("SELECT url, headline FROM articles"))
        assert rows == {url: headline for url, (_, headline) in self.latest.items()}


TestAnything = Anything.TestCase
TestAnything.settings = settings(max_examples=8, stateful_step_count=20, deadline=None)


EDITED = "article 1 was edited by hand:"


def sqlite_utils(path: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "sqlite_utils", arguments[0], path, *arguments[1:]], check=True)


@pytest.fixture
def path(town: Town) -> Path:
    town.store(page())
    town.store(page(edited(url="https://copy.example/1", headline="Khác")))
    town.archive.close()
    return town.archive.path


def test_transform_drops_the_triggers_and_opening_makes_them_again(path: Path) -> None:
    sqlite_utils(path, "transform", "articles", "-o", "id", "-o", "headline")
    sqlite_utils(path, "query", "update articles set headline = 'Sửa tay' where id = 1")
    with Archive.open(path) as archive:
        assert [hit.id for hit in query(archive, "sửa tay")] == [1]
        assert [(finding.what[:29], finding.note) for finding in check(archive)] == [(EDITED, True)]
    sqlite_utils(path, "query", "update articles set headline = 'Sửa lại' where id = 1")
    with Archive.open(path) as archive:
        assert [hit.id for hit in query(archive, "sua lai")] == [1]


def test_text_edited_by_another_tool_is_found_in_all_its_spellings_once_the_archive_is_opened(path: Path) -> None:
    sqlite_utils(path, "query", "update articles set body = 'Hội chợ Thủy Nguyên' where id = 1")
    with Archive.look(path) or pytest.fail() as archive:
        assert [hit.id for hit in query(archive, "Thủy Nguyên")] == [1] and query(archive, "Thuỷ") == []
    with Archive.open(path) as archive:
        assert [hit.id for hit in query(archive, "thuy nguyen")] == [hit.id for hit in query(archive, "thuỷ")] == [1]
        assert [(finding.what[:29], finding.note) for finding in check(archive)] == [(EDITED, True)]
        assert archive.db["articles_unfolded"].count == 0


def test_what_we_edit_ourselves_is_not_taken_for_another_programs(town: Town) -> None:
    town.store(page())
    town.store(page(edited(headline="Đại hội điểm"), day=1))
    with town.archive.bulk():
        town.store(page(edited(url="https://copy.example/1", headline="Khác")))
        town.store(page(edited(headline="Đại hội hẹp"), day=2))
    withholding.withhold(town.archive, 1, reason="test", now=NOW)
    withholding.release(town.archive, 1, now=NOW)
    assert town.archive.db["articles_unfolded"].count == 0 and check(town.archive) == []


def test_a_deleted_article_leaves_nothing(path: Path) -> None:
    sqlite_utils(path, "query", "delete from articles where id = 1")
    with Archive.open(path) as archive:
        assert all(finding.derived for finding in check(archive)) and mend(archive) == []
        assert archive.db["stories"].count == 0 and archive.db["versions"].count == 1


def test_a_damaged_index_is_told_and_made_again(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.db.execute("DELETE FROM articles_fts_data WHERE id > 100")
        assert "the full-text index does not hold what the articles say" in [found.what for found in check(archive)]
        assert mend(archive) == [] and query(archive, "đại hội")


def test_a_reference_to_nothing_is_told(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.db.conn.execute("PRAGMA foreign_keys = OFF")
        archive.db.execute("DELETE FROM captures WHERE id = 1")
        said = [finding.what for finding in mend(archive)]
        assert "SQLite: row 1 of articles refers to a row of captures that is not there" in said


def test_a_check_keeps_nobody_from_writing_and_sees_one_moment(path: Path) -> None:
    with Archive.open(path) as archive, closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE articles SET headline = 'half written'")
        assert check(archive) == []
        writer.execute("ROLLBACK")
        assert archive.db.execute("SELECT count(*) FROM sqlite_temp_master").fetchone() == (0,)


def test_without_room_for_temporary_files_the_index_is_not_judged(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.db.execute("PRAGMA temp.max_page_count = 4")
        (found,) = check(archive)
        assert found.note and "not compared with the articles: there is no room for temporary files" in found.what
        archive.db.execute("PRAGMA temp.max_page_count = 1000000")
        assert check(archive) == []


def test_an_archive_without_an_index_is_told(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.db.execute("DROP TABLE articles_fts")
        assert "the full-text index does not hold what the articles say" in [found.what for found in check(archive)]
