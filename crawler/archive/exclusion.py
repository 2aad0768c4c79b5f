"""URLs of the frontier that are not fetched, and when they are given another chance."""

import json
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from sqlite_utils import Database

from crawler import recheck
from crawler.archive import articles, captures, parts, queue
from crawler.archive.rows import stamp, stamp_due, value
from crawler.model import Capture, Kind, Link, Verdict
from crawler.portal import host
from crawler.robots import DISALLOWED

_FOR_GOOD = (301, 308)

_READMIT = """
UPDATE frontier SET state = 'waiting', due_at = :now WHERE portal_id = :portal AND state = 'excluded'
AND (due_at <= :now OR url IN (SELECT value FROM json_each(:urls)))
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
    article_id = articles.at_url(db, url)
    if article_id is not None and not articles.lives_elsewhere(db, article_id, (url, hop.url)):
        parts.judge(db, article_id, _led_to(hop, target), stamp(hop.captured_at), captures.known(db, hop))


def _led_to(hop: Capture, target: str) -> Verdict:
    """Moved is a page that has another place for good. A home page, a login or a park of domains prove nothing."""
    there, here = urlsplit(target), urlsplit(hop.url)
    elsewhere = host(there.netloc) != host(here.netloc) and there.path.strip("/") != ""
    return Verdict.MOVED if elsewhere and hop.status in _FOR_GOOD else Verdict.UNKNOWN


def readmit(db: Database, portal_id: int, urls: Iterable[str], now: datetime) -> None:
    """Of what was excluded, these URLs and those that are in doubt for long enough are due now."""
    db.conn.execute(_READMIT, {"portal": portal_id, "urls": json.dumps(list(urls)), "now": stamp(now)})


def robots_changed(db: Database, portal_id: int, now: datetime) -> None:
    """What another robots.txt had forbidden is due now: whether this one allows it is seen when it is its turn."""
    db.conn.execute(
        "UPDATE frontier SET state = 'waiting', due_at = ?"
        " WHERE portal_id = ? AND state = 'excluded' AND reason LIKE ?",
        (stamp(now), portal_id, f"{DISALLOWED}%"),
    )
