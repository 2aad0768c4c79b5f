"""Which of the dates that the versions of an article print stands.

A rebuilt site prints a new date on an old text: both versions are kept, and the earlier date stands. What stands
depends on the versions alone, so that the order in which they were stored does not matter.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from sqlite_utils import Database

from crawler.archive.rows import rows
from crawler.model import Precision

_TEXT = ("headline", "lead", "body", "captions")
_VERSIONS = f"""
SELECT published_at, published_raw, made_by, {", ".join(_TEXT)} FROM versions WHERE article_id = ? ORDER BY number DESC
"""


class Dated(NamedTuple):
    """A date as the row of an article holds it."""

    published_at: str | None
    published_precision: str | None
    published_raw: str | None


def standing(db: Database, article_id: int) -> Dated:
    """The date that stands: the earliest that was printed on the newest text while that stayed the same.

    A date of the same day may have become more precise; that one is taken, as is one that the same bytes were read
    to have by a later extractor.
    """
    known = list(rows(db, _VERSIONS, (article_id,)))
    alike = list(takewhile(lambda version: _text(version) == _text(known[0]), known))
    stands = _earliest(alike[::-1])
    return Dated(stands["published_at"], _precision(stands["published_at"]), stands["published_raw"])


def _earliest(versions: Sequence[sqlite3.Row]) -> sqlite3.Row:
    stands = versions[0]
    for version in versions[1:]:
        if version["made_by"] == "extractor" or not _is_rebuilt(stands["published_at"], version["published_at"]):
            stands = version
    return stands


def _is_rebuilt(old: str | None, new: str | None) -> bool:
    if not old or not new:
        return bool(old)
    return old[:10] != new[:10] and _instant(old) < _instant(new)


def _text(version: sqlite3.Row) -> tuple[str | None, ...]:
    return tuple(version[name] for name in _TEXT)


def _instant(printed_at: str) -> datetime:
    """The portal's own clock: what a date without a time can be compared with."""
    return datetime.fromisoformat(printed_at).replace(tzinfo=None)


def _precision(printed_at: str | None) -> Precision | None:
    """How much of a time is printed: ``2020-01-08``, ``2020-01-08T16:50+07:00``, ``2020-01-08T16:50:12+07:00``."""
    if not printed_at:
        return None
    clock = printed_at[11:19]
    return Precision.DAY if not clock else Precision.SECOND if clock[5:6] == ":" else Precision.MINUTE
