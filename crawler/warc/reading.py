"""WARC files, read: what a record holds, and the capture that it is."""

from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders

from crawler.model import ArchiveError, Capture
from crawler.warc.values import KNOWN_AS, Recorded, digest, final_name


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


def _capture(record: Any, payload: bytes, name: str, records: Any, since: int) -> Capture:
    headers = record.http_headers
    truncated = record.rec_headers.get_header("WARC-Truncated")
    media_type = headers.get_header("Content-Type", "").partition(";")[0].strip().lower()
    # warcio counts from where it began to read.
    offset = records.get_record_offset()
    return Capture(
        url=record.rec_headers.get_header(KNOWN_AS) or record.rec_headers.get_header("WARC-Target-URI"),
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
