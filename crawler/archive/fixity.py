"""Are the recorded bytes still what they were? WARC records are read again and compared with their rows."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from crawler.archive.archive import Archive
from crawler.archive.check import Finding
from crawler.archive.rows import rows
from crawler.model import ArchiveError
from crawler.warc import OPEN, captures, whole


def damages(archive: Archive, folder: Path) -> Iterator[Finding]:
    """Everything in the WARC folder that is not as the archive knows it, file by file; nothing for sound evidence.

    Files that a crawl is writing at the moment are left out.
    """
    known = [found["warc"] for found in rows(archive.db, "SELECT DISTINCT warc FROM captures WHERE warc IS NOT NULL")]
    for name in sorted(known):
        path = folder / name
        if path.exists():
            yield from _of_file(archive, path)
        elif not path.with_name(name + OPEN).exists():
            yield Finding(what=_missing(archive, path))


def sampled(archive: Archive, folder: Path, count: int) -> Iterator[Finding]:
    """What is wrong with ``count`` records chosen at random: a look at an archive of which a whole check takes hours.

    Records in files that a crawl is writing at the moment are left out.
    """
    sql = 'SELECT warc, "offset", url, digest FROM captures WHERE warc IS NOT NULL ORDER BY random() LIMIT ?'
    for row in rows(archive.db, sql, (count,)).fetchall():
        path = folder / row["warc"]
        if path.exists():
            yield from _of_record(path, row)
        elif not path.with_name(path.name + OPEN).exists():
            yield Finding(what=_missing(archive, path))


def _of_record(path: Path, row: sqlite3.Row) -> Iterator[Finding]:
    try:
        capture = next(captures(path, since=row["offset"]), None)
    except ArchiveError as wrong:
        yield Finding(what=f"{wrong}; restore the file from a copy")
        return
    if capture is None or capture.offset != row["offset"]:
        yield Finding(what=f"{path}: no whole record begins at byte {row['offset']}; restore the file from a copy")
    elif capture.digest and row["digest"] and capture.digest != row["digest"]:
        yield Finding(what=_altered(path, row))


def _altered(path: Path, row: sqlite3.Row) -> str:
    return f"{path}: the record at byte {row['offset']} was altered: {row['url']}"


def _missing(archive: Archive, path: Path) -> str:
    return f"{path}: missing, with {_count(archive, path.name)} captures; bring the file back"


def _of_file(archive: Archive, path: Path) -> Iterator[Finding]:
    sql = 'SELECT "offset", url, digest, status FROM captures WHERE warc = ?'
    expected = {found["offset"]: found for found in rows(archive.db, sql, (path.name,))}
    try:
        for capture in captures(path):
            row = expected.pop(capture.offset, None)
            if row is None:
                yield Finding(what=f"{path}: the record at byte {capture.offset} has no row in captures")
            elif capture.digest and row["digest"] and capture.digest != row["digest"]:
                yield Finding(what=_altered(path, row))
    except ArchiveError as wrong:
        yield Finding(what=f"{wrong}; restore the file from a copy")
    with path.open("rb") as file:
        if (end := whole(file)) != path.stat().st_size:
            yield Finding(what=f"{path}: no whole record begins at byte {end}; restore the file from a copy")
    if expected:
        first = min(expected)
        yield Finding(what=f"{path}: {len(expected)} records cannot be read, the first at byte {first}")


def _count(archive: Archive, name: str) -> int:
    return sum(1 for _ in rows(archive.db, "SELECT 1 FROM captures WHERE warc = ?", (name,)))
