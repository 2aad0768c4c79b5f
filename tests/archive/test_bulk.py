"""Bulk import stores what visit by visit is stored, and a text is indexed the same whoever folds it."""

import os
import pickle
import signal
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.archive import Archive, index, parts, withholding
from crawler.archive.letters import LETTERS, by_letter
from crawler.archive.preparing import Prepared, prepare
from crawler.archive.search import query
from crawler.archive.stories import RECENT
from crawler.duplicates import fingerprint
from crawler.model import Visit
from crawler.text import fold
from tests.archive.test_kill import dump
from tests.archive.visits import BODY, NOW, PORTAL, Town, edited, page

COPIED = "Hội chợ Thủy Nguyên khai mạc sáng nay. " * 12
BODIES = (BODY, (*BODY, "Thêm một đoạn."), (COPIED,), ("北京市政府新闻。",), ("No accents at all.",), ("Ελλάδα, Łódź",))


def visits() -> st.SearchStrategy[list[Visit]]:
    """Visits of few URLs with few texts: new articles, edits, copies, articles seen again and late."""
    one = st.builds(
        lambda url, body, headline, day: page(
            edited(url=f"https://town.example/{url}", body=BODIES[body], headline=headline), day=day
        ),
        st.integers(0, 4),
        st.integers(0, len(BODIES) - 1),
        st.sampled_from(("Đại hội", "Hội nghị")),
        st.integers(0, 6),
    )
    return st.lists(one, min_size=1, max_size=10)


def fill(path: Path, stored: Sequence[Visit], *, batch: int, prepared: bool = False) -> Town:
    archive = Archive.open(path)
    portal_id = archive.portal(PORTAL, NOW)
    town = Town(archive, portal_id, archive.begin_crawl(portal_id, command="test", software="test", now=NOW))
    for at in range(0, len(stored), batch):
        expected = [
            (told, portal_id) for visit in stored[at : at + batch] if prepared and (told := fingerprinted(visit))
        ]
        with archive.bulk(expected) if batch > 1 else nullcontext():
            for visit in stored[at : at + batch]:
                town.store(visit, prepared=elsewhere(visit) if prepared else None)
    return town


def elsewhere(visit: Visit) -> Prepared | None:
    """What another process sends of a visit."""
    made: Prepared | None = pickle.loads(pickle.dumps(visit.article and prepare(visit)))
    return made


def fingerprinted(visit: Visit) -> Visit | None:
    """The visit of an article page as it is expected."""
    return replace(visit, fingerprint=fingerprint(visit.article)) if visit.article else None


@settings(max_examples=5, deadline=None)
@given(visits(), st.integers(2, 12), st.booleans())
def test_bulk_import_stores_the_same(stored: list[Visit], batch: int, prepared: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one_by_one = fill(Path(folder) / "one.db", stored, batch=1)
        bulk = fill(Path(folder) / "bulk.db", stored, batch=batch, prepared=prepared)
        bulk.archive.optimize()
        assert dump(bulk) == dump(one_by_one) and bulk.sound()
        for text in ("dai hoi", "đảng", "nguyen", "北京", "accents", "lodz"):
            assert sorted(hit.id for hit in query(bulk.archive, text)) == sorted(
                hit.id for hit in query(one_by_one.archive, text)
            )
        bulk.archive.close()
        one_by_one.archive.close()


def test_copies_are_found_wherever_their_sketches_are(town: Town) -> None:
    def told(number: int) -> Visit:
        return page(edited(url=f"https://town.example/{number}", headline=f"Bài {number}", body=(*BODY, str(number))))

    def sketched() -> list[bool]:
        return [town.column(f"SELECT count(*) FROM {table}") != [0] for table in ("sketches", "sketches_recent")]

    with town.archive.bulk():
        town.store(told(1))
        town.store(told(2))
    assert sketched() == [False, True]
    town.store(told(3))
    town.archive.optimize()
    assert sketched() == [True, False]
    town.archive.db.conn.execute(
        "WITH many (hash) AS (SELECT 1 UNION ALL SELECT hash + 1 FROM many LIMIT ?)"
        " INSERT OR IGNORE INTO sketches_recent (hash, article_id) SELECT hash, 1 FROM many",
        (RECENT,),
    )
    with town.archive.bulk():
        town.store(told(4))
    assert sketched() == [True, False]
    assert town.column("SELECT DISTINCT story_id FROM articles") == [1] and town.sound()


@pytest.mark.parametrize("fatal", ["enter", "put_in", "gathered"])
def test_a_bulk_import_that_is_killed_leaves_nothing_of_its_last_transaction(town: Town, fatal: str) -> None:
    town.store(page())
    before = dump(town)
    pid = os.fork()
    if pid == 0:
        with Archive.open(town.archive.path) as archive, archive.bulk():
            child = Town(archive, town.portal_id, town.crawl_id)
            for number in range(3):
                child.store(page(edited(url=f"https://town.example/{number}")))
            if fatal == "gathered":
                os.kill(os.getpid(), signal.SIGKILL)
            setattr(
                parts if fatal == "enter" else index.Pending, fatal, lambda *_: os.kill(os.getpid(), signal.SIGKILL)
            )
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
    assert dump(town) == before and town.sound()
    with Archive.open(town.archive.path) as archive, archive.bulk():
        Town(archive, town.portal_id, town.crawl_id).store(page(edited(url="https://town.example/1")))
    assert town.column("SELECT count(*) FROM articles") == [2] and town.sound()


def test_a_failed_bulk_import_leaves_the_archive_as_it_was(town: Town) -> None:
    town.store(page())
    with pytest.raises(ZeroDivisionError), town.archive.bulk():
        town.store(page(edited(url="https://town.example/2")))
        1 / 0  # noqa: B018
    assert town.column("SELECT count(*) FROM articles") == [1] and town.sound()
    town.store(page(edited(url="https://town.example/3", headline="Hội chợ")))
    assert len(query(town.archive, "hoi cho")) == 1 and town.sound()


@pytest.mark.parametrize("told", [True, False])
def test_a_bulk_import_shows_no_text_that_is_withheld_and_enters_no_record_twice(town: Town, told: bool) -> None:
    town.store(page())
    withholding.withhold(town.archive, 1, reason="test", now=NOW)
    again = page(edited(url="https://town.example/again"))
    new = page(edited(url="https://town.example/new", headline="Hội chợ", body=(COPIED,)))
    url = "https://town.example/twice"
    twice = page(edited(url=url, headline="Hội nghị", body=BODIES[1]), capture=replace(new.capture, url=url))
    expected = [(visit, town.portal_id) for visit in map(fingerprinted, (again, new, twice) if told else ()) if visit]
    with town.archive.bulk(expected):
        outcomes = [town.store(visit).outcome for visit in (again, new, twice)]
    assert outcomes == ["withheld", "new", "new"] and town.column("SELECT count(*) FROM captures") == [3]
    assert town.column("SELECT url FROM articles ORDER BY id") == [new.capture.url, url] and town.sound()


TEXT = st.text(st.sampled_from("".join(sorted(LETTERS)) + "abc .,–“”\n") | st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=6, deadline=None)
@given(st.lists(TEXT, max_size=20))
@example(["".join(sorted(LETTERS)), "no accents", "北京 và Hà Nội", "Ελλάδα và Hà Nội", "e\u0301"])
def test_the_view_folds_as_we_do(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        articles = [edited(url=f"https://town.example/{n}", lead=None, body=(text,)) for n, text in enumerate(texts)]
        town = fill(Path(folder) / "archive.db", [page(article) for article in articles], batch=1)
        shown = town.rows(
            "SELECT body, articles_indexed.text_plain, by_letter FROM articles_indexed"
            " JOIN articles_plain ON article_id = id"
        )
        assert len(shown) == len(texts)
        for row in shown:
            body = row["body"] or ""
            assert (row["text_plain"] or body) == fold(body) and row["by_letter"] == by_letter(body)
        town.archive.close()
