"""What is written into WARC files and read out of them, as values."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.model import Capture

OPEN = ".open"
KNOWN_AS = "Muniment-URL"
"""Named field (WARC 1.1 section 5 allows own ones) of a record whose URL in the archive has a fragment more."""

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


def digest(payload: bytes) -> str:
    """``sha256:<hex>``, the form every digest in archive.db has."""
    return f"sha256:{hashlib.sha256(payload).hexdigest()}"


def final_name(path: Path) -> Path:
    """The name of a WARC file once it is complete."""
    return path.with_name(path.name.removesuffix(OPEN))
