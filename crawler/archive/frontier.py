"""The URLs of one portal that are admitted and not done, with when they are due. Every step is a short transaction."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler import recheck
from crawler.archive import exclusion, queue, visits
from crawler.archive.archive import Archive
from crawler.archive.rows import moment, row, rows, stamp, value
from crawler.model import Capture, Kind, Link

_PRIORITIES = ", ".join(f"({priority})" for priority in queue.PRIORITIES)
_DUE = f"""
SELECT frontier.* FROM (VALUES {_PRIORITIES}) AS rank JOIN frontier ON frontier.id = (
    SELECT id FROM frontier WHERE portal_id = :portal AND state = 'waiting' AND priority = rank.column1
    AND due_at <= :now ORDER BY due_at LIMIT 1)
ORDER BY rank.column1 LIMIT 1
"""
_NEXT = f"""
SELECT min((SELECT due_at FROM frontier WHERE portal_id = ? AND state = 'waiting' AND priority = rank.column1
    AND due_at IS NOT NULL ORDER BY due_at LIMIT 1))
FROM (VALUES {_PRIORITIES}) AS rank
"""
_STARTS = """
portal_id = :portal AND state = 'waiting' AND (kind IN (SELECT value FROM json_each(:kinds))
OR url IN (SELECT value FROM json_each(:urls)))
"""
_ANSWERED = f"""
SELECT url, rate, last_at FROM frontier WHERE {_STARTS} AND last_status IN (200, 304) AND rate IS NOT NULL
ORDER BY rate DESC, id
"""
_TURN = f"""
UPDATE frontier SET due_at = :now WHERE {_STARTS} AND (due_at IS NULL OR due_at > :now)
AND url NOT IN (SELECT value FROM json_each(:resting))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A URL that is to be fetched now, and what is known of it; with a ``form`` it is asked for by POST."""

    url: str
    kind: Kind
    etag: str | None
    last_modified: str | None
    tries: int
    depth: int
    form: str | None = None


class Frontier:
    """The frontier of one portal."""

    def __init__(self, archive: Archive, portal_id: int) -> None:
        self._archive = archive
        self._db = archive.db
        self._portal_id = portal_id

    def add(self, links: Iterable[Link], now: datetime, *, via: str | None) -> int:
        """Add URLs that are not known, how many those were; a known one modified since its capture is due now."""
        with self._archive.transaction():
            depth = 1 + queue.depth_of(self._db, self._portal_id, via) if via else 0
            return queue.add(self._db, self._portal_id, links, queue.Hop(at=now, via=via, depth=depth)).new

    def claim(self, owner: str, now: datetime) -> Claimed | None:
        """Lease the most valuable URL that is due; None when none is."""
        with self._archive.transaction():
            while (found := row(self._db, _DUE, {"portal": self._portal_id, "now": stamp(now)})) is not None:
                if not queue.rests(self._db, self._portal_id, found, now):
                    break
            if found is None:
                return None
            self._db.conn.execute(
                "UPDATE frontier SET state = 'leased', lease = ?, leased_at = ? WHERE id = ?",
                (owner, stamp(now), found["id"]),
            )
        return Claimed(
            url=found["url"],
            kind=Kind(found["kind"]),
            etag=found["etag"],
            last_modified=found["last_modified"],
            tries=found["tries"],
            depth=found["depth"],
            form=queue.form(self._db, found["id"]),
        )

    def give_back(self, alive: Callable[[str], bool], now: datetime) -> int:
        """Leases whose owner is not alive go back to waiting; how many those were."""
        owners = self._db.conn.execute(
            "SELECT DISTINCT lease FROM frontier WHERE portal_id = ? AND state = 'leased'", (self._portal_id,)
        ).fetchall()
        return sum(self.release(owner, now) for (owner,) in owners if owner is None or not alive(owner))

    def release(self, owner: str | None, now: datetime) -> int:
        """All that ``owner`` has leased goes back to waiting, due now; how many URLs those were."""
        with self._archive.transaction():
            done = self._db.conn.execute(
                "UPDATE frontier SET state = 'waiting', lease = NULL, leased_at = NULL, due_at = ?"
                " WHERE portal_id = ? AND state = 'leased' AND lease IS ?",
                (stamp(now), self._portal_id, owner),
            )
            return done.rowcount

    def holds(self) -> bool:
        """True while some URL is leased: asked for, and its visit not stored yet."""
        sql = "SELECT 1 FROM frontier WHERE portal_id = ? AND state = 'leased' LIMIT 1"
        return value(self._db, sql, (self._portal_id,)) is not None

    def exclude(self, url: str, reason: str, now: datetime) -> None:
        """``url`` is not fetched; why is kept. One that was visited before may be readmitted later."""
        with self._archive.transaction():
            exclusion.exclude(self._db, self._portal_id, url, reason, now)

    def led_off(self, hop: Capture, target: str, reason: str, now: datetime) -> None:
        """What was asked for redirects off the portal, as the capture ``hop`` proves; an article is judged by it."""
        with self._archive.transaction():
            exclusion.led_off(self._db, self._portal_id, hop, target, reason, now)

    def readmit(self, urls: Iterable[str], now: datetime, *, doubted: bool = False) -> None:
        """Of what was excluded, these URLs and those in doubt long enough are due now; if ``doubted``, all in doubt."""
        with self._archive.transaction():
            exclusion.readmit(self._db, self._portal_id, urls, now, doubted=doubted)

    def leads_to(self, hop: Capture, target: str, *, since: datetime, now: datetime) -> bool:
        """True when ``target`` was visited since then: what ``hop`` redirects from is done with what that brought."""
        with self._archive.transaction():
            return visits.leads_to(self._db, self._portal_id, hop, target, since=since, now=now)

    def brought_articles(self, url: str) -> bool:
        """True when ``url`` was the first to name some article."""
        sql = "SELECT 1 FROM frontier WHERE portal_id = ? AND via = ? AND kind = 'article' LIMIT 1"
        return value(self._db, sql, (self._portal_id, url)) is not None

    def names_articles(self, links: Iterable[Link]) -> bool:
        """True when one of the links looks like an article, or leads to what is known to be one."""
        found = tuple(links)
        known = (
            "SELECT 1 FROM frontier WHERE portal_id = ? AND kind = 'article'"
            " AND url IN (SELECT value FROM json_each(?)) LIMIT 1"
        )
        urls = json.dumps([link.url for link in found])
        told = any(link.kind is Kind.ARTICLE for link in found)
        return told or value(self._db, known, (self._portal_id, urls)) is not None

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the stored answer of ``url``."""
        found = row(
            self._db, "SELECT etag, last_modified FROM frontier WHERE portal_id = ? AND url = ?", (self._portal_id, url)
        )
        return (found["etag"], found["last_modified"]) if found else (None, None)

    def make_due(self, kinds: Iterable[Kind], now: datetime, urls: Iterable[str] = ()) -> int:
        """URLs of these kinds, and these URLs, are due now if they wait; how many those were."""
        with self._archive.transaction():
            done = self._db.conn.execute(
                "UPDATE frontier SET due_at = :now WHERE portal_id = :portal AND state = 'waiting'"
                " AND (due_at IS NULL OR due_at > :now) AND (kind IN (SELECT value FROM json_each(:kinds))"
                " OR url IN (SELECT value FROM json_each(:urls)))",
                {
                    "now": stamp(now),
                    "portal": self._portal_id,
                    "kinds": json.dumps(list(kinds)),
                    "urls": json.dumps(list(urls)),
                },
            )
            return done.rowcount

    def begin_turn(self, kinds: Iterable[Kind], now: datetime, every: timedelta, urls: Iterable[str]) -> list[str]:
        """Of these URLs and those of these kinds, all are due now but those that can rest until the next turn: which.

        The one that brings most is due in any case.
        """
        told = {"portal": self._portal_id, "kinds": json.dumps(list(kinds)), "urls": json.dumps(list(urls))}
        answered = list(rows(self._db, _ANSWERED, told))
        resting = [
            found["url"]
            for found in answered[1:]
            if recheck.can_rest(found["rate"], now - moment(found["last_at"]), every)
        ]
        with self._archive.transaction():
            self._db.conn.execute(_TURN, told | {"now": stamp(now), "resting": json.dumps(resting)})
        return resting

    def counts(self) -> Mapping[str, int]:
        """How many URLs are in each state."""
        found = self._db.conn.execute(
            "SELECT state, count(*) FROM frontier WHERE portal_id = ? GROUP BY state", (self._portal_id,)
        )
        return dict(found.fetchall())

    def history_left(self) -> int:
        """How many pages are known that were never visited: the past that a crawl has not read yet.

        Those do not count that are put behind everything else.
        """
        sql = (
            "SELECT count(*) FROM frontier WHERE portal_id = ? AND last_at IS NULL AND state IN ('waiting', 'leased')"
            " AND kind IN ('sitemap', 'feed', 'listing', 'article', 'unknown')"
            " AND priority < ?"
        )
        return int(value(self._db, sql, (self._portal_id, queue.PRIORITY[Kind.OTHER])))

    def next_due(self) -> datetime | None:
        """When the next waiting URL is due; None when none is."""
        due = value(self._db, _NEXT, (self._portal_id,))
        return moment(due) if due else None
