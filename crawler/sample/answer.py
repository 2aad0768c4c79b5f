"""One HTTP answer of the sample portal, before it is put on the wire."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers and either ``body`` or a ``stream`` of its pieces. Validators are of the content alone."""

    status: int = 200
    media_type: str = HTML
    body: bytes = b""
    stream: Iterator[bytes] | None = None
    etag: str | None = None
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def html(text: str, status: int = 200) -> Answer:
    """A page without validators."""
    return Answer(status=status, body=text.encode())


def moved(location: str, status: int = 301) -> Answer:
    """A redirect."""
    return Answer(status=status, headers={"Location": location}, body=b"<html><body>Object moved</body></html>")
