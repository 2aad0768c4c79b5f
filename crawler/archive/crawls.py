"""Rows of ``crawls``: one run of the crawler on one portal, and how things stand with the portal after it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawler.archive import hosts
from crawler.archive.rows import insert, moment, row, stamp
from crawler.portal import Portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """A row of ``crawls``; while it runs, or when it was killed, it is ``unfinished``."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    mode: str | None
    command: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How things stand with a portal: the start and outcome of its last crawl, and a pause its host asked for.

    The outcome is None for a crawl that still runs or was killed, and where there was none.
    """

    last_started_at: datetime | None = None
    outcome: str | None = None
    paused_until: datetime | None = None

    @property
    def ended(self) -> bool:
        """False when the last crawl stopped before it was done; True where there was none."""
        return self.last_started_at is None or self.outcome not in (None, "interrupted", "failed")


_TURN = """
SELECT started_at, outcome FROM crawls WHERE portal_id = (SELECT id FROM portals WHERE slug = ?)
ORDER BY id DESC LIMIT 1
"""


def begin(db: Database, portal_id: int, *, command: str, software: str, now: datetime, mode: str | None) -> int:  # noqa: PLR0913 (all but two by name)
    """Enter a crawl that starts; its id."""
    values = {
        "portal_id": portal_id,
        "started_at": stamp(now),
        "command": command,
        "software": software,
        "mode": mode,
    }
    return insert(db, "crawls", values)


def finish(db: Database, crawl_id: int, outcome: str, counts: Mapping[str, int], now: datetime) -> None:
    """Enter how a crawl ended."""
    db.conn.execute(
        "UPDATE crawls SET finished_at = ?, outcome = ?, counts = ? WHERE id = ?",
        (stamp(now), outcome, json.dumps(dict(counts), ensure_ascii=False, sort_keys=True), crawl_id),
    )


def finish_turn(db: Database, portal_id: int, due: datetime | None, paused_until: datetime | None) -> None:
    """Enter when the portal's schedule asks for the next crawl, and until when it asked to be left alone."""
    db.conn.execute(
        "UPDATE portals SET due_at = ?, paused_until = ? WHERE id = ?",
        (stamp(due) if due else None, stamp(paused_until) if paused_until else None, portal_id),
    )


def turn(db: Database, portal: Portal) -> Turn:
    """How things stand between us and a portal, known or not, and the other portals on its host."""
    found, paused_until = row(db, _TURN, (portal.slug,)), hosts.paused_until(db, portal.host)
    if found is None:
        return Turn(paused_until=paused_until)
    return Turn(last_started_at=moment(found["started_at"]), outcome=found["outcome"], paused_until=paused_until)


def last(db: Database, slug: str) -> Crawl | None:
    """The last crawl of a portal; None when there was none."""
    found = row(
        db,
        "SELECT crawls.* FROM crawls JOIN portals ON portals.id = portal_id WHERE slug = ?"
        " ORDER BY crawls.id DESC LIMIT 1",
        (slug,),
    )
    if found is None:
        return None
    return Crawl(
        id=found["id"],
        started_at=moment(found["started_at"]),
        finished_at=moment(found["finished_at"]) if found["finished_at"] else None,
        outcome=found["outcome"] or "unfinished",
        mode=found["mode"],
        command=found["command"],
        counts=json.loads(found["counts"] or "{}"),
    )
