"""WARC files, written one record after the other, and mended where a killed writer left them torn."""

import fcntl
import os
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from warcio.warcwriter import WARCWriter

from crawler.model import ArchiveError
from crawler.warc.records import date_of, records
from crawler.warc.values import OPEN, Exchange, Place, Recovered, final_name

MAX_FILE = 1_000_000_000
"""Bytes after which a writer starts its next file: the size the WARC guidelines recommend."""
_CHUNK = 1 << 20


class WarcFolder:
    """Writes exchanges into size-bounded files of one folder. Raises ArchiveError when the disk does not take them."""

    def __init__(self, folder: Path, *, prefix: str, info: Mapping[str, str], max_file: int = MAX_FILE) -> None:
        self._folder = folder
        self._prefix = prefix
        self._info = info
        self._max_file = max_file
        self._file: IO[bytes] | None = None
        self._path = folder
        self._number = 0

    def __enter__(self) -> "WarcFolder":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def write(self, exchange: Exchange) -> Place:
        """The place of the response (or revisit) record; its request record follows it. On disk when this returns."""
        try:
            return self._write(exchange)
        except OSError as wrong:
            raise ArchiveError(
                f"{self._folder}: WARC files cannot be written: {wrong.strerror or wrong}; "
                "free space or mend permissions, then crawl again: nothing that was stored is lost"
            ) from wrong

    def close(self) -> None:
        """Give the current file its final name."""
        if self._file is not None:
            self.leave()
            self._path.rename(final_name(self._path))

    def leave(self) -> None:
        """Leave the current file open, as a killed process does: the next crawl enters what has no row."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, exchange: Exchange) -> Place:
        file = self._current(exchange.captured_at)
        start = file.tell()
        try:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            response, request = records(writer, exchange)
            writer.write_record(response)
            end = file.tell()
            writer.write_record(request)
            file.flush()
        except OSError:
            _cut(file, start)
            raise
        return Place(warc=final_name(self._path).name, offset=start, length=end - start)

    def _current(self, now: datetime) -> IO[bytes]:
        if self._file is not None and self._file.tell() >= self._max_file:
            self.close()
        if self._file is None:
            self._file = self._start(now)
        return self._file

    def _start(self, now: datetime) -> IO[bytes]:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._number += 1
        stamp = now.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        name = f"{self._prefix}-{stamp}-{self._number:05}-{os.getpid()}.warc.gz"
        self._path = self._folder / (name + OPEN)
        file = self._path.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        info = writer.create_warcinfo_record(name, dict(self._info))
        info.rec_headers.replace_header("WARC-Date", date_of(now))
        writer.write_record(info)
        return file


def recover(folder: Path, prefix: str) -> Iterator[Recovered]:
    """Mend what killed writers of ``prefix`` left in ``folder``: torn tails are cut off, names made final."""
    for path in sorted(folder.glob(f"{prefix}-{'[0-9]' * 14}-*{OPEN}")):
        with path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            size = path.stat().st_size
            end = whole(file)
            file.truncate(end)
            yield Recovered(path=final_name(path), open_path=path, cut=size - end)
            path.rename(final_name(path))


def whole(file: IO[bytes]) -> int:
    """The offset in bytes behind the last gzip member of ``file`` that is complete."""
    end, member = 0, zlib.decompressobj(zlib.MAX_WBITS | 16)
    position, data = 0, file.read(_CHUNK)
    while data:
        try:
            member.decompress(data)
        except zlib.error:
            break
        if member.eof:
            position += len(data) - len(member.unused_data)
            end, data = position, member.unused_data
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            position, data = position + len(data), b""
        data = data or file.read(_CHUNK)
    return end


def _cut(file: IO[bytes], at: int) -> None:
    """Take a half-written record back, so that the file stays whole on a full disk."""
    file.seek(at)
    file.truncate()
