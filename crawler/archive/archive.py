"""The archive: one SQLite file that holds what portals published, and the state of their crawls."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from crawler import duplicates
from crawler.archive import captures, crawls, exclusion, hosts, index, namesakes, portals, stories, watching
from crawler.archive.connection import connect, explained, look, read, transaction
from crawler.archive.crawls import Crawl, Turn
from crawler.archive.gathering import Gathering
from crawler.archive.preparing import Prepared
from crawler.archive.rows import stamp, value
from crawler.archive.store import Occasion, Stored, store
from crawler.model import ArchiveError, Article, Capture, Duplicate, Fingerprint, Visit
from crawler.portal import Portal
from crawler.robots import Dated, speaks

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
    def bulk(self, expected: Iterable[tuple[Visit, int]] = ()) -> Iterator[None]:
        """One write transaction for some thousand visits, whose new articles are written together at its end.

        What is stored is the same as visit by visit. In the block only ``near`` finds the new articles. What is known
        of article pages that are ``expected``, with their fingerprint and the id of their portal, is looked up
        together, which is faster.
        An import ends with ``optimize``.
        """
        with self.transaction(), index.held_back(self.db) as pending:
            self._gathering = Gathering(self.db, pending)
            self._gathering.expect(expected)
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
        with self.transaction():
            return portals.enter(self.db, portal, now)

    def slugs(self) -> list[str]:
        """The slugs of all portals in the archive, in order."""
        return portals.slugs(self.db)

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
        return portals.id_of(self.db, slug)

    def declaration(self, slug: str) -> Mapping[str, str]:
        """What was stated of a portal when it was last crawled, by the keys of a portal file."""
        return portals.declaration(self.db, slug)

    def platform(self, slug: str) -> str | None:
        """The platform that a portal was last known to run on; None for a portal that is not in the archive."""
        return portals.declaration(self.db, slug).get("platform")

    def begin_crawl(
        self, portal_id: int, *, command: str, software: str, now: datetime, mode: str | None = None
    ) -> int:
        """Enter a crawl that starts; its id."""
        with self.transaction():
            return crawls.begin(self.db, portal_id, command=command, software=software, now=now, mode=mode)

    def finish_crawl(self, crawl_id: int, *, outcome: str, counts: Mapping[str, int], now: datetime) -> None:
        """Enter how a crawl ended."""
        with self.transaction():
            crawls.finish(self.db, crawl_id, outcome, counts, now)

    def finish_turn(self, portal_id: int, *, due: datetime | None, paused_until: datetime | None) -> None:
        """Enter when the portal's schedule asks for the next crawl, and until when it asked to be left alone."""
        with self.transaction():
            crawls.finish_turn(self.db, portal_id, due, paused_until)

    def turn(self, portal: Portal) -> Turn:
        """How things stand between us and a portal, known or not, and the other portals on its host."""
        return crawls.turn(self.db, portal)

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
        if (found := crawls.last(self.db, slug)) is None:
            raise ArchiveError(f"{self.path}: {slug} was never crawled; 'muniment crawl {slug}' does it")
        return found

    def oldest(self, slug: str) -> str | None:
        """The day of the oldest article of a portal."""
        return portals.oldest(self.db, slug)

    def astray(self, slug: str) -> str | None:
        """Why the first of a portal's seeds that is not fetched is not, such as a redirect to another host."""
        return portals.astray(self.db, slug)

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
