"""The archive: one SQLite file that holds what portals published, and the state of their crawls."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from crawler import duplicates
from crawler.archive import captures, exclusion, hosts, index, namesakes, stories, watching
from crawler.archive.connection import connect, explained, look, read, transaction
from crawler.archive.gathering import Gathering
from crawler.archive.preparing import Prepared
from crawler.archive.rows import insert, moment, row, stamp, value
from crawler.archive.store import Occasion, Stored, store
from crawler.model import ArchiveError, Article, Capture, Duplicate, Fingerprint, Visit
from crawler.portal import Portal
from crawler.robots import Dated, speaks


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


REFOLDED = 500
"""Articles whose index is made again in one transaction, so that no other crawl waits for all of them."""


def _no_step(_name: str) -> None:
    return None


class Archive:
    """An open ``archive.db``. Readers of the same file go on while it is written."""

    def __init__(self, path: Path, db: Database) -> None:
        self.path = path
        self.db = db
        self.at_step: Callable[[str], None] = _no_step
        """Called with a name after each part of storing a visit; tests kill the process there."""
        self._gathering: Gathering | None = None

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """The archive at ``path``, made when there is none. Raises ArchiveError for a file that cannot be used."""
        return cls(path, connect(path, create=create))

    @classmethod
    def read(cls, path: Path) -> Self:
        """The archive at ``path`` to be read, without waiting for whoever writes it.

        One of an older schema is migrated first. Raises ArchiveError when there is none, or it cannot be read.
        """
        return cls(path, read(path))

    @classmethod
    def look(cls, path: Path) -> Self | None:
        """The archive at ``path`` to be read, even while another program holds it locked; None while there is none.

        Raises ArchiveError for one that cannot be read.
        """
        db = look(path)
        return cls(path, db) if db else None

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """One write transaction: all of it or nothing."""
        return transaction(self.db, self.path)

    @contextmanager
    def bulk(self, expected: Iterable[Fingerprint] = ()) -> Iterator[None]:
        """One write transaction for some thousand visits, whose new articles are written together at its end.

        What is stored is the same as visit by visit. In the block only ``near`` finds the new articles. Fingerprints
        that it is ``expected`` to be asked for are looked up together, which is faster.
        An import ends with ``optimize``.
        """
        with self.transaction(), index.held_back(self.db) as pending:
            self._gathering = Gathering(self.db, pending)
            self._gathering.unwritten.look_up(self.db, expected)
            try:
                yield
                self._gathering.write()
            finally:
                self._gathering = None

    def optimize(self) -> None:
        """Make the index one piece after a large import: queries are fastest then, and a crawl has nothing to merge.

        Takes minutes on a million articles, in transactions between which others can write.
        """
        with self.transaction():
            stories.put_in_place(self.db)
            index.begin_merge(self.db)
        going_on = True
        while going_on:
            with self.transaction():
                going_on = index.merge(self.db)

    def portal(self, portal: Portal, now: datetime) -> int:
        """Enter a portal or what has changed in its declaration; the id of its row."""
        values = {
            "slug": portal.slug,
            "name": portal.name,
            "url": portal.url,
            "place": portal.place,
            "language": portal.language,
            "timezone": portal.timezone,
            "platform": portal.platform,
        }
        with self.transaction():
            self.db.conn.execute(
                "INSERT INTO portals (slug, name, url, place, language, timezone, platform, added_at)"
                " VALUES (:slug, :name, :url, :place, :language, :timezone, :platform, :added_at)"
                " ON CONFLICT (slug) DO UPDATE SET name = excluded.name, url = excluded.url, place = excluded.place,"
                " language = excluded.language, timezone = excluded.timezone, platform = excluded.platform",
                values | {"added_at": stamp(now)},
            )
            return self.portal_id(portal.slug)

    def slugs(self) -> list[str]:
        """The slugs of all portals in the archive, in order."""
        return [slug for (slug,) in self.db.conn.execute("SELECT slug FROM portals ORDER BY slug")]

    def namesakes(self, portal: Portal, declared: Collection[str]) -> list[str]:
        """The other slugs under which this portal is here, by its URL, but for those that are ``declared``."""
        return namesakes.of(self.db, portal, declared)

    def take_over(self, slug: str, former: str) -> int:
        """All that is here of the portal ``former`` belongs to the one called ``slug``; how many articles those are."""
        with self.transaction():
            count = namesakes.take_over(self.db, slug, former)
        left = True
        while left:
            with self.transaction():
                left = namesakes.refold(self.db, REFOLDED)
        return count

    def portal_id(self, slug: str) -> int:
        """The id of the row of a portal that is in the archive."""
        return int(value(self.db, "SELECT id FROM portals WHERE slug = ?", (slug,)))

    def declaration(self, slug: str) -> Mapping[str, str]:
        """What was stated of a portal when it was last crawled, by the keys of a portal file."""
        found = row(
            self.db, "SELECT name, url, place, language, timezone, platform FROM portals WHERE slug = ?", (slug,)
        )
        return {key: text for key, text in dict(found or {}).items() if text is not None}

    def platform(self, slug: str) -> str | None:
        """The platform that a portal was last known to run on; None for a portal that is not in the archive."""
        known: str | None = value(self.db, "SELECT platform FROM portals WHERE slug = ?", (slug,))
        return known

    def begin_crawl(
        self, portal_id: int, *, command: str, software: str, now: datetime, mode: str | None = None
    ) -> int:
        """Enter a crawl that starts; its id."""
        values = {
            "portal_id": portal_id,
            "started_at": stamp(now),
            "command": command,
            "software": software,
            "mode": mode,
        }
        with self.transaction():
            return insert(self.db, "crawls", values)

    def finish_crawl(self, crawl_id: int, *, outcome: str, counts: Mapping[str, int], now: datetime) -> None:
        """Enter how a crawl ended."""
        with self.transaction():
            self.db.conn.execute(
                "UPDATE crawls SET finished_at = ?, outcome = ?, counts = ? WHERE id = ?",
                (stamp(now), outcome, json.dumps(dict(counts), ensure_ascii=False, sort_keys=True), crawl_id),
            )

    def finish_turn(self, portal_id: int, *, due: datetime | None, paused_until: datetime | None) -> None:
        """Enter when the portal's schedule asks for the next crawl, and until when it asked to be left alone."""
        with self.transaction():
            self.db.conn.execute(
                "UPDATE portals SET due_at = ?, paused_until = ? WHERE id = ?",
                (stamp(due) if due else None, stamp(paused_until) if paused_until else None, portal_id),
            )

    def turn(self, portal: Portal) -> Turn:
        """How things stand between us and a portal, known or not, and the other portals on its host."""
        found, paused_until = row(self.db, _TURN, (portal.slug,)), hosts.paused_until(self.db, portal.host)
        if found is None:
            return Turn(paused_until=paused_until)
        return Turn(
            last_started_at=moment(found["started_at"]),
            outcome=found["outcome"],
            paused_until=paused_until,
        )

    def requests_since(self, portal: Portal, since: datetime) -> int:
        """How many requests the portals on a portal's host have answered or failed since then, in all crawls."""
        return hosts.requests_since(self.db, portal.host, since)

    def keep_certificate(self, portal_id: int, host: str, expires_at: datetime, now: datetime) -> None:
        """Enter the certificate that a host showed, or that it was seen again."""
        with self.transaction():
            self.db.conn.execute(
                "INSERT INTO certificates (portal_id, host, expires_at, first_seen_at, last_seen_at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET last_seen_at = excluded.last_seen_at",
                (portal_id, host, stamp(expires_at), stamp(now), stamp(now)),
            )

    def settle(self, crawl_id: int, now: datetime) -> int:
        """Articles that a crawl found missing all at once are unknown, not gone; how many those were."""
        with self.transaction():
            return watching.settle(self.db, crawl_id, now)

    def last_crawl(self, slug: str) -> Crawl:
        """The last crawl of a portal. Raises ArchiveError when there was none."""
        found = row(
            self.db,
            "SELECT crawls.* FROM crawls JOIN portals ON portals.id = portal_id WHERE slug = ?"
            " ORDER BY crawls.id DESC LIMIT 1",
            (slug,),
        )
        if found is None:
            raise ArchiveError(f"{self.path}: {slug} was never crawled; 'muniment crawl {slug}' does it")
        return Crawl(
            id=found["id"],
            started_at=moment(found["started_at"]),
            finished_at=moment(found["finished_at"]) if found["finished_at"] else None,
            outcome=found["outcome"] or "unfinished",
            mode=found["mode"],
            command=found["command"],
            counts=json.loads(found["counts"] or "{}"),
        )

    def oldest(self, slug: str) -> str | None:
        """The day of the oldest article of a portal."""
        sql = (
            "SELECT substr(min(published_at), 1, 10) FROM articles WHERE portal_id ="
            " (SELECT id FROM portals WHERE slug = ?) AND published_at IS NOT NULL"
        )
        found: str | None = value(self.db, sql, (slug,))
        return found

    def astray(self, slug: str) -> str | None:
        """Why the first of a portal's seeds that is not fetched is not, such as a redirect to another host."""
        sql = (
            "SELECT url || ' ' || reason FROM frontier WHERE portal_id = (SELECT id FROM portals WHERE slug = ?)"
            " AND state = 'excluded' AND via IS NULL ORDER BY id LIMIT 1"
        )
        found: str | None = value(self.db, sql, (slug,))
        return found

    def record(self, capture: Capture, *, crawl_id: int | None, portal_id: int) -> int:
        """Enter an exchange; the id of its row. The same record twice is one row."""
        with self.transaction():
            return captures.record(self.db, capture, crawl_id=crawl_id, portal_id=portal_id)[0]

    def reconcile(self, found: Iterable[Capture], *, crawl_id: int | None, portal_id: int) -> int:
        """Enter captures that stand in a WARC file and have no row, as a kill leaves them; how many those were."""
        with self.transaction():
            new = [captures.record(self.db, each, crawl_id=crawl_id, portal_id=portal_id)[1] for each in found]
        return sum(new)

    def earlier_payload(self, url: str) -> Capture | None:
        """The capture whose record holds the latest payload of ``url``, for a revisit record to refer to."""
        with explained(self.path):
            return captures.earlier_payload(self.db, url)

    def robots(self, capture_id: int, portal_id: int, capture: Capture, text: str) -> None:
        """Enter a robots.txt: a new row when it differs from the last one, and what that one forbade is due."""
        with self.transaction():
            if captures.keep_robots(self.db, capture_id, portal_id, capture, text) and speaks(capture.status):
                exclusion.robots_changed(self.db, portal_id, capture.captured_at)

    def robots_of(self, portal_id: int, url: str) -> tuple[Dated, ...]:
        """Every answer to a request for that robots.txt, oldest first."""
        with explained(self.path):
            return captures.robots_of(self.db, portal_id, url)

    def store(
        self, visit: Visit, *, crawl_id: int | None, portal_id: int, now: datetime, prepared: Prepared | None = None
    ) -> Stored:
        """Store all that one fetch produced, in one transaction.

        ``prepared`` is what ``prepare`` has made of its article elsewhere, which spares a bulk import the work.
        """
        with self.transaction():
            self.at_step("begun")
            told = Occasion(
                crawl_id=crawl_id, portal_id=portal_id, now=now, gathering=self._gathering, prepared=prepared
            )
            stored = store(self.db, visit, told, self.at_step)
        self.at_step("committed")
        return stored

    def near(self, fingerprint: Fingerprint, article: Article) -> tuple[Duplicate, ...]:
        """The stored articles that say the same as ``article`` or nearly so, most alike first."""
        with explained(self.path):
            unwritten = self._gathering.unwritten if self._gathering else None
            return stories.near(self.db, fingerprint, duplicates.text_of(article), article.url, unwritten)

    def article_count(self, portal_id: int) -> int:
        """How many articles of a portal there are."""
        return int(value(self.db, "SELECT count(*) FROM articles WHERE portal_id = ?", (portal_id,)))
