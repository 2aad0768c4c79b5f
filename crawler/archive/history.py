"""What an article said, and when: one row in ``versions`` for every text it had, in the order of their captures.

An observation (this text was shown at that time) either lies in a version that says the same, moves the edge of one, or
is a version of its own. It may come late: an older capture can be imported at any time.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlite_utils import Database

from crawler.archive.differences import difference, extent
from crawler.archive.rows import insert, row, rows
from crawler.archive.said import Said
from crawler.model import Article

PORTAL, EXTRACTOR = "portal", "extractor"

_SAID = tuple(field.name for field in fields(Said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """``article_id`` said ``said`` at ``seen_at``, as ``capture_id`` proves; ``raw``: its date as printed.

    ``again`` when the capture was read before, perhaps otherwise.
    """

    article_id: int
    said: Said
    seen_at: str
    capture_id: int | None
    digest: str | None = None
    raw: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an article said from one capture until another; ``edit`` is how much differs from the version before."""

    number: int
    seen_from: str
    seen_until: str
    made_by: str
    edit: str | None
    capture_id: int | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The version an observation belongs to; ``newest`` when no version is later."""

    number: int
    new: bool
    newest: bool


def observe(db: Database, seen: Observation, *, first: bool = False) -> Placed:
    """Place an observation among the versions of its article; the ``first`` one has no others around it."""
    known = [] if first else _known(db, seen.article_id)
    before = [v for v in known if v["seen_from"] <= seen.seen_at]
    after = known[len(before) :]
    fingerprint = seen.said.fingerprint
    if before and before[-1]["fingerprint"] == fingerprint:
        _seen_again(db, seen, before[-1]["number"])
        return Placed(number=before[-1]["number"], new=False, newest=not after)
    made_by, inside = _made_by(before, seen), _inside(before, seen)
    if after and after[0]["fingerprint"] == fingerprint and not inside:
        _seen_earlier(db, seen, after[0]["number"], made_by)
        return Placed(number=after[0]["number"], new=False, newest=len(after) == 1)
    if made_by == PORTAL and inside:
        _split(db, seen, before[-1])
        after = after or before[-1:]
    number = len(before) + 1
    if after:
        _make_room(db, seen.article_id, number)
    ids = {"article_id": seen.article_id, "capture_id": seen.capture_id}
    told = columns(seen.said, fingerprint, seen.raw, seen.seen_at)
    insert(db, "versions", ids | told | {"number": number, "made_by": made_by})
    if known:
        # What comes after a new reading was compared when it came, with the reading of that day.
        _measure(db, seen.article_id, (number,) if seen.again else (number, number + 1))
    return Placed(number=number, new=True, newest=not after)


def versions(db: Database, article_id: int) -> list[Version]:
    """Everything an article said, oldest first."""
    return [
        Version(
            number=found["number"],
            seen_from=found["seen_from"],
            seen_until=found["seen_until"],
            made_by=found["made_by"],
            edit=found["edit"],
            capture_id=found["capture_id"],
            said=_said(found),
        )
        for found in rows(db, "SELECT * FROM versions WHERE article_id = ? ORDER BY number", (article_id,))
    ]


def seen_again(db: Database, article_id: int, at: str) -> None:
    """The newest version was still shown at ``at``."""
    db.conn.execute(
        "UPDATE versions SET seen_until = max(seen_until, ?) WHERE article_id = ?"
        " AND number = (SELECT max(number) FROM versions WHERE article_id = ?)",
        (at, article_id, article_id),
    )


def _known(db: Database, article_id: int) -> list[sqlite3.Row]:
    sql = (
        "SELECT number, seen_from, seen_until, versions.fingerprint, capture_id, captures.digest FROM versions"
        " LEFT JOIN captures ON captures.id = capture_id WHERE article_id = ? ORDER BY number"
    )
    return list(rows(db, sql, (article_id,)))


def _inside(before: Sequence[sqlite3.Row], seen: Observation) -> bool:
    """True when the version before was still shown later; a new reading contradicts that version, and parts nothing."""
    return bool(before) and not seen.again and seen.seen_at < before[-1]["seen_until"]


def _made_by(before: Sequence[sqlite3.Row], seen: Observation) -> str:
    """The extractor made a new version when the same bytes were read differently."""
    if not before:
        return PORTAL
    last = before[-1]
    if seen.again and seen.seen_at <= last["seen_until"]:
        return EXTRACTOR
    same_capture = seen.capture_id is not None and last["capture_id"] == seen.capture_id
    same_bytes = seen.digest is not None and last["digest"] == seen.digest
    return EXTRACTOR if same_capture or same_bytes else PORTAL


def _seen_again(db: Database, seen: Observation, number: int) -> None:
    db.conn.execute(
        "UPDATE versions SET seen_until = max(seen_until, ?) WHERE article_id = ? AND number = ?",
        (seen.seen_at, seen.article_id, number),
    )


def _seen_earlier(db: Database, seen: Observation, number: int, made_by: str) -> None:
    """What was taken for an edit is none when the bytes before it are read the same now."""
    db.conn.execute(
        "UPDATE versions SET seen_from = ?, capture_id = ?, made_by = ? WHERE article_id = ? AND number = ?",
        (seen.seen_at, seen.capture_id, made_by, seen.article_id, number),
    )


def _split(db: Database, seen: Observation, around: sqlite3.Row) -> None:
    """Another text was shown between two captures of one version: it becomes the version before and the one after."""
    sights = list(
        rows(
            db,
            "SELECT id, captured_at FROM captures WHERE status = 200 AND captured_at BETWEEN ? AND ? AND url IN"
            " (SELECT url FROM articles WHERE id = ? UNION SELECT url FROM addresses WHERE article_id = ?)"
            " ORDER BY captured_at",
            (around["seen_from"], around["seen_until"], seen.article_id, seen.article_id),
        )
    )
    until = max((s["captured_at"] for s in sights if s["captured_at"] < seen.seen_at), default=around["seen_from"])
    later = next((s for s in sights if s["captured_at"] > seen.seen_at), None)
    number = around["number"]
    _make_room(db, seen.article_id, number + 1)
    copied = row(db, "SELECT * FROM versions WHERE article_id = ? AND number = ?", (seen.article_id, number))
    assert copied is not None
    values = dict(copied) | {"number": number + 1, "seen_from": around["seen_until"]}
    if later:
        values |= {"seen_from": later["captured_at"], "capture_id": later["id"]}
    insert(db, "versions", values)
    db.conn.execute(
        "UPDATE versions SET seen_until = ? WHERE article_id = ? AND number = ?", (until, seen.article_id, number)
    )


def columns(said: Said, fingerprint: str, raw: str | None, at: str) -> dict[str, Any]:
    """The row of a version that was seen once, without its article and capture: the first, by the portal."""
    return {
        "number": 1,
        "made_by": PORTAL,
        "seen_from": at,
        "seen_until": at,
        "fingerprint": fingerprint,
        "published_raw": raw,
        **{name: getattr(said, name) for name in _SAID},
    }


def raw_date(article: Article) -> str | None:
    """The date of publication as the portal printed it."""
    return article.published.raw if article.published else None


def _make_room(db: Database, article_id: int, number: int) -> None:
    """Count versions from ``number`` on up by one; by way of negative numbers, because numbers are unique."""
    moved = db.conn.execute(
        "UPDATE versions SET number = -number - 1 WHERE article_id = ? AND number >= ?", (article_id, number)
    )
    if moved.rowcount:
        db.conn.execute("UPDATE versions SET number = -number WHERE article_id = ? AND number < 0", (article_id,))


def _measure(db: Database, article_id: int, numbers: Sequence[int]) -> None:
    """Note what edit each of these versions is, and how much of one; the first one is none."""
    for number in numbers:
        sql = "SELECT * FROM versions WHERE article_id = ? AND number IN (?, ?) ORDER BY number"
        pair = [_said(found) for found in rows(db, sql, (article_id, number - 1, number))]
        edit = (extent(*pair), difference(*pair)) if len(pair) == 2 else (None, None)
        db.conn.execute(
            "UPDATE versions SET edit = ?, difference = ? WHERE article_id = ? AND number = ?",
            (*edit, article_id, number),
        )


def tell_differences(db: Database) -> None:
    """Note what edit every version is, in an archive that was made before this was noted."""
    for article_id, number in db.conn.execute("SELECT article_id, number FROM versions WHERE number > 1").fetchall():
        _measure(db, article_id, (number,))


def _said(version: sqlite3.Row) -> Said:
    return Said(**{name: version[name] for name in _SAID})
