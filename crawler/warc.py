"""WARC/1.1 files (ISO 28500:2017): write exchanges, index what was written, cut a torn tail off.

One gzip member a record, one file a writer. While a file is being written it is called ``<name>.open`` and locked; a
file still called so without a living lock was left by a killed process and is mended by :func:`recover`.
Digests inside the files are SHA-1 (what every WARC tool compares); ``Capture.digest`` is SHA-256.
"""

import fcntl
import hashlib
import os
import zlib
from base64 import b32encode
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.model import ArchiveError, Capture

OPEN = ".open"
MAX_FILE = 1_000_000_000
"""Bytes after which a writer starts its next file: the size the WARC guidelines recommend."""

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_KNOWN_AS = "Muniment-URL"
"""Named field (WARC 1.1 section 5 allows own ones) of a record whose URL in the archive has a fragment more."""
_CHUNK = 1 << 20

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its response as they crossed the wire; ``payload`` still has its Content-Encoding.

    ``truncated`` is the WARC reason (``length``, ``time``, ``disconnect``) of a payload that is not whole;
    ``refers_to`` the (URL, time) of the earlier capture with the same payload; ``known_as`` the URL that the archive
    has for what one URL answers to different forms.
    """

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    captured_at: datetime
    status: int
    headers: Headers
    payload: bytes
    protocol: str = "HTTP/1.1"
    ip: str | None = None
    truncated: str | None = None
    refers_to: tuple[str, datetime] | None = None
    known_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A response or revisit record, read: ``payload`` has its Content-Encoding, and is empty in a revisit record.

    ``refers_to`` is the (URL, time) of the earlier capture that has the payload of a revisit record.
    """

    capture: Capture
    headers: Headers
    payload: bytes
    refers_to: tuple[str, datetime] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response record stands: file name in the WARC folder, offset and length in bytes."""

    warc: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A file left behind by a killed process: its final path, and how many torn bytes were cut off its end.

    It is still ``open_path`` until the next one is asked for: killed before that, it is found again.
    """

    path: Path
    open_path: Path
    cut: int


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
            response, request = _records(writer, exchange)
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
        info.rec_headers.replace_header("WARC-Date", _date(now))
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


def captures(path: Path, *, since: int = 0) -> Iterator[Capture]:
    """Every response and revisit record of a WARC file from byte ``since`` on, as captures.

    Raises ArchiveError for a file that is no WARC or is damaged.
    """
    return (record.capture for record in recorded(path, since=since))


def recorded(path: Path, *, since: int = 0) -> Generator[Recorded, None, None]:
    """Every response and revisit record of a WARC file from byte ``since`` on, with what is in it.

    Raises ArchiveError for a file that is no WARC or is damaged.
    """
    with path.open("rb") as file:
        file.seek(since)
        records = ArchiveIterator(file)
        try:
            for record in records:
                if record.rec_type in ("response", "revisit") and record.http_headers:
                    payload = record.raw_stream.read()
                    yield Recorded(
                        capture=_capture(record, payload, final_name(path).name, records, since),
                        headers=tuple(record.http_headers.headers),
                        payload=payload,
                        refers_to=_refers_to(record.rec_headers),
                    )
        except ArchiveLoadFailed as wrong:
            raise ArchiveError(f"{path}: damaged WARC record near byte {file.tell()}: {_said(wrong)}") from wrong


def _said(wrong: ArchiveLoadFailed) -> str:
    """The first words of an error, without the bytes that warcio quotes."""
    return str(wrong).partition(",")[0].partition(":")[0].strip()


def digest(payload: bytes) -> str:
    """``sha256:<hex>``, the form every digest in archive.db has."""
    return f"sha256:{hashlib.sha256(payload).hexdigest()}"


def final_name(path: Path) -> Path:
    """The name of a WARC file once it is complete."""
    return path.with_name(path.name.removesuffix(OPEN))


def _capture(record: Any, payload: bytes, name: str, records: Any, since: int) -> Capture:
    headers = record.http_headers
    truncated = record.rec_headers.get_header("WARC-Truncated")
    media_type = headers.get_header("Content-Type", "").partition(";")[0].strip().lower()
    # warcio counts from where it began to read.
    offset = records.get_record_offset()
    return Capture(
        url=record.rec_headers.get_header(_KNOWN_AS) or record.rec_headers.get_header("WARC-Target-URI"),
        captured_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        status=int(headers.get_statuscode()),
        media_type=media_type or None,
        digest=digest(payload) if record.rec_type == "response" else None,
        size=len(payload),
        warc=name,
        offset=offset if offset >= since else since + offset,
        length=records.get_record_length(),
        etag=headers.get_header("ETag"),
        last_modified=headers.get_header("Last-Modified"),
        error=f"truncated: {truncated}" if truncated else None,
    )


def _refers_to(fields: StatusAndHeaders) -> tuple[str, datetime] | None:
    url, at = (fields.get_header(f"WARC-Refers-To-{name}") for name in ("Target-URI", "Date"))
    return (url, datetime.fromisoformat(at)) if url and at else None


def _records(writer: WARCWriter, exchange: Exchange) -> tuple[Any, Any]:
    response = _response(writer, exchange)
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = writer.create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=StatusAndHeaders(
            f"{exchange.method} {target} {exchange.protocol}", list(exchange.request_headers), is_http_request=True
        ),
        warc_headers_dict={
            "WARC-Date": _date(exchange.captured_at),
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )
    return response, request


def _response(writer: WARCWriter, exchange: Exchange) -> Any:
    status = f"{exchange.status} {_phrase(exchange.status)}".strip()
    http = StatusAndHeaders(status, list(exchange.headers), protocol=exchange.protocol)
    fields = {"WARC-Date": _date(exchange.captured_at)}
    if exchange.ip:
        fields["WARC-IP-Address"] = exchange.ip
    if exchange.truncated:
        fields["WARC-Truncated"] = exchange.truncated
    if exchange.known_as:
        fields[_KNOWN_AS] = exchange.known_as
    if exchange.refers_to is None and exchange.status != HTTPStatus.NOT_MODIFIED:
        return writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.payload),
            length=len(exchange.payload),
            http_headers=http,
            warc_headers_dict=fields,
        )
    return writer.create_warc_record(
        exchange.url, "revisit", http_headers=http, warc_headers_dict=fields | _revisit(exchange)
    )


def _revisit(exchange: Exchange) -> dict[str, str]:
    same = exchange.status != HTTPStatus.NOT_MODIFIED
    fields = {"WARC-Profile": _SAME_PAYLOAD if same else _NOT_MODIFIED}
    if exchange.refers_to:
        url, at = exchange.refers_to
        fields |= {"WARC-Refers-To-Target-URI": url, "WARC-Refers-To-Date": _date(at)}
    if same:
        sha1 = hashlib.sha1(exchange.payload, usedforsecurity=False).digest()
        fields["WARC-Payload-Digest"] = f"sha1:{b32encode(sha1).decode()}"
    return fields


def _cut(file: IO[bytes], at: int) -> None:
    """Take a half-written record back, so that the file stays whole on a full disk."""
    file.seek(at)
    file.truncate()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
