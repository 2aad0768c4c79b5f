"""Opening ``archive.db``: ours is checked, migrated and set up; anything else is refused and left as it is."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from crawler.archive import index, refusing
from crawler.archive.migrations import APPLICATION_ID, STEPS, migrations
from crawler.model import ArchiveError

PATIENCE = 30
"""Seconds that a writer waits for another one."""

_NONE = "there is no archive here; 'muniment crawl URL' makes one"

CACHE = 64 * 1024
"""KiB of the file kept in memory by a writer."""


def connect(path: Path, *, create: bool) -> Database:
    """The archive at ``path``, migrated to this software's schema. Raises ArchiveError and then changes nothing.

    Without ``create`` one that cannot be written is opened for reading.
    """
    with explained(path):
        new = not path.exists() or path.stat().st_size == 0
        if new and not create:
            raise ArchiveError(f"{path}: {_NONE}")
        if not new:
            _examine(path)
        try:
            database = _open(path)
        except sqlite3.OperationalError:
            if create:
                raise
            return _open_for_reading(path)
        try:
            _migrate(database, path)
        except BaseException:
            database.close()
            raise
        return database


def read(path: Path) -> Database:
    """The archive at ``path`` for reading only, without waiting for whoever writes it.

    One of an older schema is migrated first, and what other programs left behind in it is put right if nobody writes
    it now. Raises ArchiveError when there is none, or it cannot be read.
    """
    with explained(path):
        if not path.exists() or path.stat().st_size == 0:
            raise ArchiveError(f"{path}: {_NONE}")
        _examine(path)
        database = Database(_read_only(path))
        if _is_older(database):
            database.close()
            return connect(path, create=False)
        if index.missing(database) or index.unfolded(database) or refusing.missing(database):
            with suppress(sqlite3.OperationalError), closing(_open(path, patience=0)) as writable:
                _migrate(writable, path)
        return database


def look(path: Path) -> Database | None:
    """The archive at ``path`` for reading only, without waiting for whoever writes it; None while there is none.

    Raises ArchiveError for one that cannot be read, or is not of this software's schema.
    """
    with explained(path):
        if not path.exists():
            return None
        with closing(_read_only(path)) as conn:
            if conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                return None
        _examine(path)
        return _open_for_reading(path)


@contextmanager
def transaction(db: Database, path: Path) -> Iterator[None]:
    """One write transaction: all of it or nothing; inside another one, a part of that.

    A database failure is an ArchiveError that names the path.
    """
    if db.conn.in_transaction:
        yield
        return
    with explained(path):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """A block in which a failure of the database is an ArchiveError that names the path and the way out."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except (sqlite3.DatabaseError, OSError) as wrong:
        raise ArchiveError(f"{path}: {_way_out(path, wrong)}") from wrong


_WAYS_OUT = (
    ("not a database", "this is not a Muniment archive; name another file with --archive"),
    ("malformed", "the archive is damaged; 'sqlite3 archive.db .recover' saves what can be read"),
    ("readonly", "the archive cannot be written; check its owner, its folder's and the disk's permissions"),
    ("unable to open", "the archive cannot be opened; check that its folder exists and can be written"),
    ("locked", f"another program has been writing for over {PATIENCE} s; end it and try again"),
    ("disk is full", "the disk is full; make room and crawl again, nothing stored is lost"),
    ("disk I/O", "the disk failed to read or write; check it and try again"),
)


def _way_out(path: Path, wrong: Exception) -> str:
    if _is_folder(path):
        return "this is a folder; name the archive file itself"
    return next((f"{way} ({wrong})" for mark, way in _WAYS_OUT if mark in str(wrong)), f"cannot be used: {wrong}")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _examine(path: Path) -> None:
    """Only reads. Raises ArchiveError for what is not ours, or made by a newer software."""
    with closing(_read_only(path)) as conn:
        if conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return
        if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise ArchiveError(f"{path}: this database is not a Muniment archive; name another file with --archive")
        rows = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [migrations.name])
        newer = {name for (name,) in rows} - STEPS
    if newer:
        raise ArchiveError(f"{path}: made by a newer Muniment (schema step {min(newer)}); upgrade the software")


def _open(path: Path, patience: float = PATIENCE) -> Database:
    conn = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        _write_ahead(conn, patience)
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA foreign_keys = ON")
        # Most builds of SQLite leave what was deleted on the free pages of the file.
        conn.execute("PRAGMA secure_delete = ON")
        conn.execute(f"PRAGMA cache_size = -{CACHE}")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("ROLLBACK")
        return Database(conn)
    except BaseException:
        conn.close()
        raise


def _open_for_reading(path: Path) -> Database:
    """An archive on a disk or in a folder that cannot be written, which must be of this software's schema."""
    conn = _read_only(path)
    database = Database(conn)
    if _is_older(database):
        conn.close()
        raise ArchiveError(f"{path}: made by an older Muniment; open it once where it can be written")
    return database


def _is_older(database: Database) -> bool:
    """True for an archive that lacks a step of this software's schema."""
    return bool(STEPS - {applied.name for applied in migrations.applied(database)})


def _read_only(path: Path) -> sqlite3.Connection:
    """A connection that only reads.

    In a folder that cannot be written SQLite cannot make its lock file; without a journal there nobody writes the
    archive, and none is needed.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    conn = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        conn.close()
        if path.with_name(f"{path.name}-wal").exists():
            raise
        return sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None)
    return conn


def _write_ahead(conn: sqlite3.Connection, patience: float) -> None:
    """Switch to WAL mode, for good. SQLite itself does not wait when two processes do so at once."""
    deadline = time.monotonic() + patience
    while True:
        try:
            conn.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as wrong:
            if "locked" not in str(wrong) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _migrate(db: Database, path: Path) -> None:
    """Apply what is pending in one transaction; an archive that held something is copied first.

    What other programs have left behind is put right: triggers that they dropped are made again and the index with
    them, and the text of articles that they edited is folded anew.
    """
    if migrations.pending(db):
        with transaction(db, path):
            lost = index.lost(db)
            _upgrade(db, path)
            if lost:
                _restore(db)
    elif index.missing(db):
        with transaction(db, path):
            _restore(db)
    elif index.unfolded(db):
        with transaction(db, path):
            _refold(db, index.unfolded(db))
    if refusing.missing(db):
        with transaction(db, path):
            refusing.restore(db)


def _upgrade(db: Database, path: Path) -> None:
    """Copies and migrates under the lock of a writer, for another process may have been first."""
    pending = migrations.pending(db)
    if pending and migrations.applied(db):
        _copy(path, path.with_name(f"{path.name}.before-{pending[0].name}"))
    migrations.apply(db)


def _restore(db: Database) -> None:
    index.restore(db)
    _refold(db, index.stale(db))


def _refold(db: Database, articles: Iterable[int]) -> None:
    for article_id in list(articles):
        index.refold(db, article_id)
    db.conn.execute("DELETE FROM articles_unfolded")


def _copy(path: Path, copy: Path) -> None:
    """By a connection of its own: one that writes cannot be copied from."""
    with closing(_read_only(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
