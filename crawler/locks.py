"""Locks in an archive's WARC folder: a portal and its host are asked by one crawl at a time."""

import fcntl
from pathlib import Path
from typing import IO

from crawler.model import ArchiveError, LockedError
from crawler.portal import Portal


def warc_folder(archive_path: Path) -> Path:
    """The folder of an archive's WARC files: ``archive.db`` -> ``archive.warc``."""
    return archive_path.with_suffix(".warc")


def both(folder: Path, portal: Portal) -> tuple[IO[bytes], ...]:
    """The portal and its host, for one crawl alone. Raises LockedError when somebody else has one of them."""
    own = lock(folder, portal.slug, f"{portal.slug}: another crawl of this portal is running; wait for it or stop it")
    taken = (
        f"{portal.slug}: another portal on {portal.host} is being crawled,"
        " and a host is asked by one crawl at a time; wait for it or stop it"
    )
    try:
        return own, lock(folder, f"{portal.host}.host", taken)
    except LockedError:
        own.close()
        raise


def lock(folder: Path, name: str, taken: str) -> IO[bytes]:
    """A lock of that name, held until it is closed or the process ends. Raises LockedError with what ``taken`` says."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f".{name}.lock").open("ab")
    except OSError as wrong:
        raise ArchiveError(
            f"{folder}: the WARC folder cannot be used: {wrong.strerror}; choose --archive elsewhere"
        ) from wrong
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise LockedError(taken) from None
    return file


def is_locked(folder: Path, name: str) -> bool:
    """True while somebody holds the lock of that name: a portal's slug while it is crawled."""
    try:
        with (folder / f".{name}.lock").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
