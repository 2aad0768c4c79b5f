"""URLs of the frontier that are not fetched, and when they are given another chance."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from crawler import recheck
from crawler.archive import captures, queue, visits
from crawler.archive.redirects import Redirect
from crawler.archive.rows import stamp, stamp_due, value
from crawler.model import Capture, Kind, Link
from crawler.robots import DISALLOWED

_READMIT = """
UPDATE frontier SET state = 'waiting', due_at = :now WHERE portal_id = :portal AND state = 'excluded'
AND (due_at <= :now OR (:all AND due_at IS NOT NULL) OR url IN (SELECT value FROM json_each(:urls)))
"""


def exclude(db: Database, portal_id: int, url: str, reason: str, now: datetime) -> None:
    """The URL is not fetched; ``reason`` is kept. One that was visited before may be readmitted later."""
    queue.add(db, portal_id, [Link(url=url)], queue.Hop(at=now))
    sql = "SELECT kind FROM frontier WHERE portal_id = ? AND url = ? AND last_at IS NOT NULL"
    kind = value(db, sql, (portal_id, url))
    again = now + recheck.doubt(Kind(kind)) if kind else None
    db.conn.execute(
        "UPDATE frontier SET state = 'excluded', due_at = ?, lease = NULL, leased_at = NULL, reason = ?"
        " WHERE portal_id = ? AND url = ?",
        (stamp_due(again, now) if again else None, reason, portal_id, url),
    )


def led_off(db: Database, portal_id: int, hop: Capture, target: str, reason: str, now: datetime) -> None:  # noqa: PLR0913, PLR0917  (hop leads to target)
    """The URL asked for redirects off the portal, as the capture ``hop`` proves: not fetched, and no longer live."""
    url = captures.requested(hop)
    exclude(db, portal_id, url, reason, now)
    led = Redirect(asked=url, target=target, kind=None, status=hop.status)
    visits.judge(db, led, None, stamp(hop.captured_at), captures.known(db, hop))


def readmit(db: Database, portal_id: int, urls: Iterable[str], now: datetime, *, doubted: bool) -> None:
    """Of what was excluded, these URLs and those that are in doubt for long enough are due now, or all ``doubted``."""
    told = {"portal": portal_id, "urls": json.dumps(list(urls)), "now": stamp(now), "all": doubted}
    db.conn.execute(_READMIT, told)


def robots_changed(db: Database, portal_id: int, now: datetime) -> None:
    """What another robots.txt had forbidden is due now: whether this one allows it is seen when it is its turn."""
    db.conn.execute(
        "UPDATE frontier SET state = 'waiting', due_at = ?"
        " WHERE portal_id = ? AND state = 'excluded' AND reason LIKE ?",
        (stamp(now), portal_id, f"{DISALLOWED}%"),
    )
