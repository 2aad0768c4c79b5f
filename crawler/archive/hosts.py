"""What is owed to a host, by all portals of the archive that live on it: requests of a day, and pauses it asked for."""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlite_utils import Database

from crawler.archive.rows import moment, rows, stamp, value
from crawler.portal.values import host

LONGEST_CRAWL = timedelta(days=30)

_REQUESTS = """
SELECT count(*) FROM captures WHERE captured_at > :since AND crawl_id IN (SELECT id FROM crawls
WHERE started_at > :begun AND portal_id IN (SELECT value FROM json_each(:portals)))
"""
_PAUSED = "SELECT max(paused_until) FROM portals WHERE id IN (SELECT value FROM json_each(?))"


def requests_since(db: Database, name: str, since: datetime) -> int:
    """How many requests the portals of the host have answered or failed since then, in all crawls."""
    told = {"since": stamp(since), "begun": stamp(since - LONGEST_CRAWL), "portals": _portals_on(db, name)}
    return int(value(db, _REQUESTS, told))


def paused_until(db: Database, name: str) -> datetime | None:
    """Until when some portal of the host asked to be left alone; None when none ever did."""
    latest = value(db, _PAUSED, (_portals_on(db, name),))
    return moment(latest) if latest else None


def _portals_on(db: Database, name: str) -> str:
    """The ids of the portals on a host (or host:port), as JSON."""
    found = rows(db, "SELECT id, url FROM portals")
    return json.dumps([portal["id"] for portal in found if host(urlsplit(portal["url"]).netloc) == name])
