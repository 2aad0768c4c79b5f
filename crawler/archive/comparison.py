"""Two versions of an article side by side, with the captures that prove them."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.archive import articles, history
from crawler.archive.archive import Archive
from crawler.archive.differences import Piece, edits, extent
from crawler.archive.history import Version
from crawler.archive.rows import row, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The capture that proves a version."""

    captured_at: str
    digest: str | None
    warc: str | None
    offset: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two versions: for each field its words side by side; ``edit`` is how much of an edit it is.

    ``evidence`` holds the captures of the old and the new version.
    """

    article_id: int
    url: str
    old: Version
    new: Version
    edit: str
    fields: Mapping[str, tuple[Piece, ...]]
    evidence: tuple[Evidence | None, Evidence | None]


def find(archive: Archive, which: str) -> int | None:
    """The id of the article that has this id, or has or had this URL; None when there is none."""
    known = articles.at_url(archive.db, which)
    if known is None and which.isascii() and which.isdecimal():
        known = value(archive.db, "SELECT id FROM articles WHERE id = ?", (int(which),))
    return known


def versions(archive: Archive, article_id: int) -> list[Version]:
    """Everything the article said, oldest first."""
    return history.versions(archive.db, article_id)


def compare(archive: Archive, article_id: int, old: Version, new: Version) -> Comparison:
    """The two versions side by side."""
    return Comparison(
        article_id=article_id,
        url=value(archive.db, "SELECT url FROM articles WHERE id = ?", (article_id,)),
        old=old,
        new=new,
        edit=extent(old.said, new.said),
        fields=edits(old.said, new.said),
        evidence=(_evidence(archive, old), _evidence(archive, new)),
    )


def _evidence(archive: Archive, version: Version) -> Evidence | None:
    found = row(
        archive.db, 'SELECT captured_at, digest, warc, "offset" FROM captures WHERE id = ?', (version.capture_id,)
    )
    return Evidence(**found) if found else None
