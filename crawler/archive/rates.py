"""How often a portal edits its articles, by their age: learned from every re-check."""

from datetime import datetime, timedelta
from typing import Protocol

from sqlite_utils import Database

from crawler import recheck
from crawler.archive.rows import Known, moment, row


class Recheck(Protocol):
    """What a visit says of how often an article is edited."""

    @property
    def captured_at(self) -> datetime:
        """When it was visited."""

    @property
    def published(self) -> datetime | None:
        """When it was published, if that is known."""

    @property
    def changed(self) -> bool | None:
        """Whether it was edited since the last visit."""


def band(before: Known, visit: Recheck) -> int:
    """To which band of ages what was visited belongs."""
    return recheck.band(_age(before, visit))


def watched(db: Database, portal_id: int, band: int) -> recheck.Watched:
    """How the portal's articles of one band of ages were watched so far."""
    found = row(db, "SELECT edits, days FROM edit_rates WHERE portal_id = ? AND band = ?", (portal_id, band))
    return recheck.Watched(edits=found["edits"], days=found["days"]) if found else recheck.Watched()


def learn(db: Database, portal_id: int, before: Known, visit: Recheck) -> None:
    """Enter a re-check: an edit is taken to have been made in the middle of the time since the last visit."""
    if before["last_at"] is None:
        return
    days = max((visit.captured_at - moment(before["last_at"])) / recheck.DAY, 0.0)
    db.conn.execute(
        "INSERT INTO edit_rates (portal_id, band, checks, edits, days) VALUES (?, ?, 1, ?, ?) ON CONFLICT DO UPDATE"
        " SET checks = checks + 1, edits = edits + excluded.edits, days = days + excluded.days",
        (portal_id, band(before, visit), int(visit.changed is True), days / 2 if visit.changed else days),
    )


def _age(before: Known, visit: Recheck) -> timedelta:
    return max(visit.captured_at - (visit.published or moment(before["added_at"])), timedelta())
