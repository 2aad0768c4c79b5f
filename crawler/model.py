"""The nouns of Muniment: frozen values that every layer speaks in. Standard library only.

A field that nobody read is ``None`` (or an empty tuple): never an exception and never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class MunimentError(Exception):
    """Base of the errors a user can act on: one line that names the thing and the way out."""


class PortalError(MunimentError):
    """A portal or platform file is wrong; the message names the file and the key."""


class ArchiveError(MunimentError):
    """``archive.db`` or the WARC folder cannot be used; the message names the path and the way out."""


class LockedError(ArchiveError):
    """Another process is writing to the archive; the message names the path and what to do."""


class FixityError(MunimentError):
    """Recorded bytes are not what their record says; the message names the WARC file and offset."""


class Kind(StrEnum):
    """What a URL is, or is believed to be until it was visited (``UNKNOWN``)."""

    ARTICLE = "article"
    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"
    IMAGE = "image"
    ATTACHMENT = "attachment"
    OTHER = "other"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How much of a timestamp was printed."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """A time the portal claims: ``at`` is aware; at ``DAY`` precision its time of day is 00:00 and means nothing."""

    at: datetime
    precision: Precision
    raw: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"a Timestamp needs a time zone: {self.raw!r}")

    def isoformat(self) -> str:
        """ISO 8601 with the portal's offset, cut to the precision: ``2020-01-08`` or ``2020-01-08T16:50+07:00``."""
        if self.precision is Precision.DAY:
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="minutes" if self.precision is Precision.MINUTE else "seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article; ``position`` is the number of body paragraphs that stand before it."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file the article offers for download."""

    url: str
    label: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an article page says. ``body`` is a tuple of paragraphs without lead, captions and byline.

    ``byline`` is the printed line, verbatim; ``authors`` and ``unit`` (organisation) and ``source`` (from whom the
    text was taken over) are read out of it. ``origins`` maps a field's name to the reader that found it.
    """

    url: str
    portal: str
    headline: str | None = None
    lead: str | None = None
    body: tuple[str, ...] = ()
    byline: str | None = None
    authors: tuple[str, ...] = ()
    unit: str | None = None
    source: str | None = None
    dateline: str | None = None
    published: Timestamp | None = None
    updated: Timestamp | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    language: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One HTTP response as it came over the wire, recorded at one time.

    ``digest`` is ``sha256:<hex>`` of the payload with its Content-Encoding still on, ``size`` its bytes. ``warc`` is
    the file's name inside the WARC folder; ``offset`` and ``length`` are the response record's place in it, in bytes.
    ``status`` is 0, ``warc`` None and ``error`` says why when no response came. ``requested_url`` is the URL the
    frontier asked for where redirects led to ``url``.
    """

    url: str
    captured_at: datetime
    status: int
    media_type: str | None = None
    digest: str | None = None
    size: int = 0
    warc: str | None = None
    offset: int | None = None
    length: int | None = None
    source: str = "live"
    etag: str | None = None
    last_modified: str | None = None
    requested_url: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A URL that a page brought: ``kind`` is what it makes us expect, ``modified`` when it says it last changed.

    With a ``form`` (url-encoded) it is asked for by POST; its URL then has a fragment that tells its pages apart.
    """

    url: str
    kind: Kind = Kind.UNKNOWN
    text: str | None = None
    modified: datetime | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What duplicates are found by: ``exact`` digests the normalised text, ``sketch`` is its sampled shingle hashes.

    ``shingles`` are all of them, packed, so that whoever compares the text does not work them out again.
    """

    exact: str
    sketch: tuple[int, ...]
    shingles: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A stored article with the same (``similarity`` 1.0) or nearly the same text."""

    article_id: int
    similarity: float


class Verdict(StrEnum):
    """What became of a URL."""

    LIVE = "live"
    MOVED = "moved"
    GONE = "gone"
    BLOCKED = "blocked"
    SOFT_404 = "soft-404"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """All that one fetch produced; the only item that flows through the pipelines.

    ``reason`` says why the page has its ``kind``; ``rejection`` why an article page gave no article; ``drift`` names
    the fields whose declared selectors matched nothing. ``verdict`` is what this one response says of the URL;
    ``retry_at`` is when the server asked to be tried again. ``title`` is what a home page calls itself; ``suspicions``
    are links in the page that somebody else seems to have put there, a line each.
    """

    capture: Capture
    kind: Kind
    reason: str | None = None
    article: Article | None = None
    links: tuple[Link, ...] = ()
    drift: tuple[str, ...] = ()
    verdict: Verdict = Verdict.UNKNOWN
    rejection: str | None = None
    fingerprint: Fingerprint | None = None
    duplicates: tuple[Duplicate, ...] = ()
    retry_at: datetime | None = None
    title: str | None = None
    suspicions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A URL a crawl starts from."""

    url: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """CSS selectors by field name, valid for captures made before ``until`` (None: until now)."""

    select: Mapping[str, tuple[str, ...]]
    until: date | None = None
