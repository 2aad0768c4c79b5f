"""Recorded pages are read again: what an older extractor read wrongly is mended, and nothing else changes."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.archive import Archive, withholding
from crawler.archive.check import check
from crawler.archive.history import versions
from crawler.archive.search import query
from crawler.sample.server import SamplePortal
from tests.archive.releases import contents
from tests.archive.visits import NOW
from tests.crawling import check_clear, column, command, environment, muniment, rows, said, warcs

OLDER = "replace(body, substr(body, instr(body, '\n\n')), '')"
"""What an extractor that stops at the first paragraph reads."""
NOTHING = "0 read differently, 0 new articles"

DRIVER = """
import os, signal, sys
from crawler.archive import Archive
from crawler.cli import main

passed = 0

def step(name):
    global passed
    passed += name == sys.argv[1]
    if passed == 3:
        os.kill(os.getpid(), signal.SIGKILL)

def open_(path, **options):
    archive = opened(path, **options)
    archive.at_step = step
    return archive

opened, Archive.open = Archive.open, open_
main(sys.argv[2:])
"""
"""`muniment`, which kills itself when it passes a step for the third time."""


@pytest.fixture(scope="module")
def town() -> Iterator[SamplePortal]:
    """The sample town and its province."""
    with SamplePortal(articles=40) as portal:
        yield portal


@pytest.fixture(scope="module")
def crawled(town: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of both on two days."""
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    for edition in (0, 1):
        town.edition = edition
        for url in (town.url, town.second_url):
            check_clear(muniment("crawl", url, "--recheck", cwd=archive.parent), 0)
    return archive


@pytest.fixture
def archive(crawled: Path, tmp_path: Path) -> Path:
    """A copy of that archive."""
    shutil.copytree(crawled.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / crawled.name


def reextract(archive: Path, *arguments: str, code: int = 0, says: str = "") -> str:
    done = muniment("reextract", *arguments, cwd=archive.parent)
    check_clear(done, code, says)
    return done.stdout + done.stderr


def read_by_an_older_extractor(archive: Path, where: str) -> list[int]:
    """Make the rows of some articles what an extractor would have left that read one paragraph and no byline."""
    with Archive.open(archive) as opened, opened.transaction():
        execute = opened.db.conn.execute
        ids = [id_ for (id_,) in execute(f"SELECT id FROM articles WHERE {where}").fetchall()]
        for id_ in ids:
            execute(f"UPDATE articles SET body = {OLDER}, byline = NULL, versions = versions WHERE id = ?", (id_,))
            execute(f"UPDATE versions SET body = {OLDER}, byline = NULL WHERE article_id = ?", (id_,))
            for version in versions(opened.db, id_):
                digest = (version.said.fingerprint, id_, version.number)
                execute("UPDATE versions SET fingerprint = ? WHERE article_id = ? AND number = ?", digest)
    Archive.open(archive).close()
    return ids


def test_the_same_software_leaves_every_row_as_it_is(town: SamplePortal, archive: Path) -> None:
    before, asked = contents(archive), len(town.requests)
    said_again = reextract(archive, says=NOTHING)
    assert contents(archive) == before
    assert len(town.requests) == asked and said_again.count("\n") == 1


def test_what_an_older_extractor_read_is_mended_and_its_reading_kept(archive: Path) -> None:
    good = contents(archive)
    (mended,) = read_by_an_older_extractor(archive, f"versions = 1 AND byline IS NOT NULL AND {OLDER} <> body LIMIT 1")
    words = rows(archive, f"SELECT byline, substr(body, -40) AS last FROM versions WHERE article_id = {mended}")
    told = reextract(archive, says="1 read differently, 0 new articles")
    assert f"{column(archive, f'SELECT url FROM articles WHERE id = {mended}')[0]}: read differently" in told
    made = rows(archive, f"SELECT number, made_by, body, edit FROM versions WHERE article_id = {mended}")
    assert [(row["number"], row["made_by"]) for row in made] == [(1, "portal"), (2, "extractor")]
    assert made[0]["body"].endswith(words[0]["last"]) and len(made[1]["body"]) > len(made[0]["body"])
    now = contents(archive)
    names, before = good["articles"]
    assert [row for row in now["articles"][1] if row not in before] == [
        tuple(2 if name == "versions" else value for name, value in zip(names, row, strict=True))
        for row in before
        if row[names.index("id")] == mended
    ]
    assert {table for table in now if now[table] != good[table]} == {"articles", "versions"}
    with Archive.open(archive) as opened:
        assert check(opened) == []
        last = made[1]["body"].split("\n\n")[-1]
        assert mended in [hit.id for hit in query(opened, f'"{" ".join(last.split()[:6])}"', limit=50)]
    reextract(archive, says=NOTHING)
    assert contents(archive) == now


def test_an_edit_by_the_portal_stays_the_portals(archive: Path) -> None:
    (edited,) = read_by_an_older_extractor(archive, "versions = 2")
    good = rows(archive, f"SELECT body, byline FROM articles WHERE id = {edited}")
    edit = (
        f"SELECT edit, difference, old_body, new_body FROM changes WHERE article_id = {edited} AND made_by = 'portal'"
    )
    before = rows(archive, edit)
    reextract(archive, says="2 read differently, 0 new articles")
    made = rows(archive, f"SELECT made_by, byline FROM versions WHERE article_id = {edited} ORDER BY number")
    assert [row["made_by"] for row in made] == ["portal", "extractor", "portal", "extractor"]
    assert rows(archive, edit) == before
    now = rows(archive, f"SELECT body, byline FROM articles WHERE id = {edited}")
    assert len(now[0]["body"]) > len(good[0]["body"]) and now[0]["byline"] == made[-1]["byline"]
    with Archive.open(archive) as opened:
        assert check(opened) == []


def test_what_versions_do_not_hold_is_mended_in_its_place(archive: Path) -> None:
    good = contents(archive)
    with Archive.open(archive) as opened, opened.transaction():
        for sql in (
            "UPDATE articles SET unit = NULL, section = 'wrong' WHERE id = 3",
            "DELETE FROM bylines WHERE article_id = 3",
            "UPDATE images SET credit = 'wrong', capture_id = NULL WHERE article_id = 3",
        ):
            opened.db.conn.execute(sql)
    reextract(archive, says="1 read differently")
    assert contents(archive) == good


def test_a_page_that_was_taken_for_no_article_becomes_one(archive: Path) -> None:
    good = said(archive)
    (url,) = column(archive, "SELECT url FROM articles WHERE id = 5")
    with Archive.open(archive) as opened, opened.transaction():
        opened.db.conn.execute("DELETE FROM articles WHERE id = 5")
        opened.db.conn.execute("UPDATE frontier SET kind = 'other', reason = 'too little' WHERE url = ?", (url,))
    told = reextract(archive, says="0 read differently, 1 new article")
    assert f"{url}: new" in told and said(archive) == good
    frontier = f"FROM frontier WHERE url = '{url}'"
    assert rows(archive, f"SELECT kind, due_at <= strftime('%Y-%m-%dT%H:%M:%SZ') AS due {frontier}") == [
        {"kind": "article", "due": 1}
    ]
    reextract(archive, says=NOTHING)


def test_an_article_that_is_no_longer_read_as_one_is_told_and_stays(town: SamplePortal, archive: Path) -> None:
    with Archive.open(archive) as opened, opened.transaction():
        opened.db.conn.execute(
            "UPDATE versions SET capture_id = (SELECT id FROM captures WHERE url = ? AND status = 200 LIMIT 1)"
            " WHERE article_id = 4",
            (town.url,),
        )
    before = contents(archive)
    told = reextract(archive, says="1 no longer taken for articles")
    assert f"{town.url}: no longer taken for an article, and kept as it was (home page)" in told
    assert contents(archive) == before


def test_what_a_person_did_to_an_article_stays(archive: Path) -> None:
    read_by_an_older_extractor(archive, "id IN (2, 6, 7)")
    with Archive.open(archive) as opened:
        withholding.withhold(opened, 6, reason="test", now=NOW)
        with opened.transaction():
            opened.db.conn.execute("UPDATE articles SET headline = 'Corrected by hand' WHERE id = 2")
            opened.db.conn.execute("DELETE FROM articles WHERE id = 7")
    reextract(archive, says="edited by hand and left so, the new reading beside it as a version")
    assert column(archive, "SELECT headline FROM articles WHERE id IN (2, 6, 7)") == ["Corrected by hand"]
    assert column(archive, "SELECT made_by FROM versions WHERE article_id = 2") == ["portal", "extractor"]
    assert column(archive, "SELECT article_id FROM withheld") == [6]


@pytest.mark.parametrize("step", ["version placed", "article updated", "story joined", "committed"])
def test_killed_in_the_midst_it_is_begun_again(archive: Path, step: str) -> None:
    whole = archive.with_name("whole")
    read_by_an_older_extractor(archive, "id % 4 = 0")
    shutil.copytree(archive.parent, whole)
    reextract(whole / archive.name)
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, step, "reextract"], cwd=archive.parent, env=environment(), check=False
    )
    assert done.returncode == -signal.SIGKILL
    reextract(archive)
    assert said(archive) == said(whole / archive.name)
    with Archive.open(archive) as opened:
        assert check(opened) == []


def test_interrupted_it_says_so_and_is_begun_again(archive: Path) -> None:
    read_by_an_older_extractor(archive, "versions = 1")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command("reextract"), cwd=archive.parent, env=environment(), stdout=pipe, stderr=pipe, text=True
    ) as work:
        assert work.stdout is not None and "read differently" in work.stdout.readline()
        work.send_signal(signal.SIGINT)
        out, err = work.communicate(timeout=60)
    assert work.returncode == 4 and "muniment: interrupted" in err and "extractor failed" not in err, out + err
    reextract(archive, says=" read differently")
    reextract(archive, says=NOTHING)


def test_a_warc_file_that_is_missing_or_damaged_is_told_and_the_others_are_read(archive: Path) -> None:
    read_by_an_older_extractor(archive, "versions = 1")
    before = said(archive)
    files = warcs(archive)
    away, damaged = files[0], next(file for file in files if file.name.split("-2")[0] != files[0].name.split("-2")[0])
    away.rename(archive.with_name("away"))
    whole = damaged.read_bytes()
    quarter = len(whole) // 4
    damaged.write_bytes(whole[:quarter] + bytes(2 * quarter) + whole[3 * quarter :])
    told = reextract(archive, code=1)
    lines = [line.removeprefix("muniment: ") for line in told.splitlines() if ".warc.gz" in line]
    folder = f"{archive.stem}.warc"
    assert [line.split(": ")[0] for line in sorted(lines)] == sorted(f"{folder}/{f.name}" for f in (away, damaged))
    assert any("missing; bring the file back, then read again; " in line for line in lines)
    assert any("restore the file from a copy, then read again; " in line for line in lines)
    assert said(archive) != before
    archive.with_name("away").rename(away)
    damaged.write_bytes(whole)
    reextract(archive)
    left = "SELECT a.url FROM articles AS a WHERE NOT EXISTS (SELECT 1 FROM versions WHERE made_by = 'extractor' AND"
    assert column(archive, f"{left} article_id = a.id) AND versions = 1 AND byline IS NOT NULL") == []


def test_one_portal_is_read_and_no_other(town: SamplePortal, archive: Path) -> None:
    read_by_an_older_extractor(archive, "versions = 1")
    (slug, other) = column(archive, "SELECT slug FROM portals ORDER BY id")
    reextract(archive, slug)
    portals = column(
        archive,
        "SELECT DISTINCT slug FROM versions JOIN articles ON articles.id = article_id"
        " JOIN portals ON portals.id = portal_id WHERE made_by = 'extractor'",
    )
    assert portals == [slug]
    reextract(archive, "nowhere", code=2, says=f"no portal 'nowhere'; there are: {slug}, {other}")


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    reextract(tmp_path / "archive.db", code=6, says="there is no archive here")
    Archive.open(tmp_path / "archive.db").close()
    reextract(tmp_path / "archive.db", code=3, says="0 pages read again")
