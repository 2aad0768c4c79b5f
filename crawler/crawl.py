"""One crawl of one portal: what the Scrapy components of a crawl share, from its lock to its row in ``crawls``."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from importlib.metadata import version
from pathlib import Path
from typing import Self
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawler import locks
from crawler.archive import Archive, Frontier, Outcome, Stored
from crawler.locks import warc_folder
from crawler.model import ArchiveError, Capture, Kind, Link, MunimentError, Visit
from crawler.pace import Pace
from crawler.portal import PORTALS, Portal, files, from_url, platforms, slug_of
from crawler.recheck import LISTS
from crawler.warc import WarcFolder, captures, recover

DAY = timedelta(days=1)
SHUT = {"certificate refused": "certificate refused", "closed by robots.txt": "robots.txt unavailable"}
"""Counts -> outcomes of a crawl in which nothing was answered."""
UNANSWERED = (Outcome.FAILED, Outcome.FORBIDDEN)
CATCH_UP, BACKFILL = "catch-up", "backfill"
"""A crawl catches up when every page that it knows was visited; until then it reads the portal's history."""
BUDGET_SPENT, OUT_OF_HOURS = "budget spent", "out of hours"
"""Outcomes of a crawl that stopped because the portal's file says so; the next one goes on from there."""
TIME_LIMIT = "closespider_timeout"
"""Scrapy's reason to end a crawl whose time is over."""
SOFTWARE = f"muniment/{version('muniment')}"

log = logging.getLogger(__name__)

_open: WeakKeyDictionary[Crawler, "Crawl"] = WeakKeyDictionary()


def utc_now() -> datetime:
    """The clock of every crawl that is not simulated."""
    return datetime.now(UTC)


class Crawl:
    """The archive, the WARC folder, the frontier and the counts of one running crawl. The rim's clock is here."""

    def __init__(self, portal: Portal, settings: BaseSettings) -> None:
        """Raises ArchiveError when the archive or its folder cannot be used, LockedError when the portal is taken."""
        self.now: Callable[[], datetime] = settings.get("MUNIMENT_CLOCK") or utc_now
        """The current time, UTC."""
        path = Path(settings["MUNIMENT_ARCHIVE"])
        command = settings.get("MUNIMENT_COMMAND", "scrapy crawl")
        folder = warc_folder(path)
        self._locks = locks.both(folder, portal)
        self.counts: Counter[str] = Counter()
        self.archive = Archive.open(path)
        self._take_over(folder, portal, settings.get("MUNIMENT_PORTALS") or PORTALS)
        platform = self.archive.platform(portal.slug)
        recognised = platform in platforms() and not portal.declared
        self.portal = from_url(portal.url, platform) if platform and recognised else portal
        self.started = self.now()
        turn = self.archive.turn(portal)
        self.portal_id = self.archive.portal(self.portal, self.now())
        self._spent = self.archive.requests_since(portal, self.started - DAY)
        self.frontier = Frontier(self.archive, self.portal_id)
        known = turn.last_started_at is not None and self.frontier.history_left() == 0
        self.mode = CATCH_UP if known else BACKFILL
        self.id = self.archive.begin_crawl(
            self.portal_id, command=command, software=SOFTWARE, now=self.now(), mode=self.mode
        )
        self.recheck = settings.getbool("MUNIMENT_RECHECK")
        self.scheduled = settings.getbool("MUNIMENT_SCHEDULED")
        """True for the turn of a portal, which may leave out quiet seeds; False when a person asks for a crawl."""
        self.heard = False
        """True as soon as a list named articles, or was the same as before."""
        self.counts["unverified certificate"] += portal.politeness.unverified is not None
        self.pace = Pace(paused_until=turn.paused_until, limited=True) if turn.paused_until else Pace()
        self.fatal: MunimentError | None = None
        self._finished = False
        self.warc = WarcFolder(
            folder, prefix=portal.slug, info=_warcinfo(portal), max_file=settings.getint("MUNIMENT_WARC_SIZE")
        )
        self._mend(folder, portal.slug, turn.outcome, self.id, self.portal_id)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The one Crawl of a Scrapy crawler, opened on first use and finished with its spider."""
        if crawler not in _open:
            _open[crawler] = cls._from(crawler)
        crawl = _open[crawler]
        assert isinstance(crawl, cls)
        return crawl

    @classmethod
    def _from(cls, crawler: Crawler) -> Self:
        assert crawler.spider is not None
        portal: Portal = crawler.spider.portal  # type: ignore[attr-defined]
        crawl = cls(portal, crawler.settings)
        crawl._listen(crawler)
        return crawl

    def closed(self) -> str | None:
        """Why nothing more may be asked today, or at this hour; None while the portal may be asked."""
        budget = self.portal.politeness.budget
        if budget is not None and self._spent + self.counts["requests"] >= budget:
            return BUDGET_SPENT
        return None if self.portal.schedule.open(self.now(), self._zone) else OUT_OF_HOURS

    @property
    def _zone(self) -> tzinfo:
        return self.portal.zone or UTC

    def store(self, visit: Visit) -> Stored:
        """Store one visit in one transaction and count it."""
        stored = self.archive.store(visit, crawl_id=self.id, portal_id=self.portal_id, now=self.now())
        if visit.capture.status in (200, 304):
            self.counts[f"{visit.kind} pages"] += 1
        self.counts.update(f"drift {name}" for name in visit.drift)
        self.heard |= visit.capture.status == 304 and visit.kind in LISTS
        if visit.capture.status == 200 and visit.kind in LISTS:
            self.counts["articles listed"] += sum(link.kind is Kind.ARTICLE for link in visit.links)
        if stored.outcome is Outcome.FORBIDDEN:
            self.leads_nowhere(visit.capture.requested_url or visit.capture.url)
        unread = stored.article_id is not None and stored.outcome in (Outcome.OTHER, Outcome.REJECTED)
        self.counts["no longer articles"] += unread and visit.capture.status == 200
        missing = stored.outcome is Outcome.GONE and stored.article_id is None
        self.counts["missing" if missing else stored.outcome] += 1
        return stored

    def leads_nowhere(self, url: str) -> None:
        """Count a page that used to name articles and cannot be read: that must not pass for a day without news."""
        self.counts["lists now empty"] += self.frontier.brought_articles(url)

    def watch_list(self, url: str, links: Iterable[Link]) -> None:
        """Count a list that names no article though it used to: a portal does not fall silent unnoticed."""
        if self.frontier.names_articles(links):
            self.heard = True
        else:
            self.leads_nowhere(url)

    def recognise(self, platform: str) -> None:
        """The home page of a portal that nobody declared shows its platform: its rules hold from here on."""
        if not self.portal.declared and platform != self.portal.platform:
            self.portal = from_url(self.portal.url, platform)
            self.portal_id = self.archive.portal(self.portal, self.now())

    def stop(self, crawler: Crawler, error: MunimentError) -> None:
        """End the crawl because the archive cannot be written; what was stored stays."""
        if self.fatal is None:
            self.fatal = error
            log.error("%s", error, exc_info=error)
            assert crawler.engine is not None
            deferred_from_coro(crawler.engine.close_spider_async(reason="archive failed"))

    def finish(self, reason: str) -> None:
        """Write how the crawl ended, give the WARC file its final name and let the portal go; once."""
        if self._finished:
            return
        self._finished = True
        try:
            # What made a crawl fail may have come between a record and its row.
            (self.warc.leave if self.fatal else self.warc.close)()
            if vanished := self.archive.settle(self.id, self.now()):
                self.counts["vanished at once"] = vanished
            outcome, now = self._outcome(reason), self.now()
            self.counts["history left"] = self.frontier.history_left()
            self.archive.finish_crawl(self.id, outcome=outcome, counts=dict(self.counts), now=now)
            self._finish_turn(outcome, now)
        except (MunimentError, OSError) as error:
            self.fatal = self.fatal or ArchiveError(str(error))
        finally:
            self.archive.close()
            for held in self._locks:
                held.close()

    def _finish_turn(self, outcome: str, now: datetime) -> None:
        """Nobody waits for a portal that was not declared; a pause that a portal asked for outlives the crawl."""
        schedule = self.portal.schedule
        goes_on = outcome in ("interrupted", OUT_OF_HOURS)
        due = schedule.opens(now, self._zone) if goes_on else schedule.due(self.started, now, self._zone)
        paused_until = self.pace.paused_until if self.pace.limited and self.pace.paused(now) else None
        self.archive.finish_turn(
            self.portal_id,
            due=max(due, paused_until or due) if self.portal.declared else None,
            paused_until=paused_until,
        )

    def _outcome(self, reason: str) -> str:
        if self.fatal:
            return "failed"
        answered = sum(self.counts[o] for o in Outcome if o not in UNANSWERED)
        down = self.counts[Outcome.FAILED] > 0 and not answered
        # A portal that is down has no time to answer, however short: that it was stopped is not what is wrong.
        if reason != "finished" and not (down and reason == TIME_LIMIT):
            return "interrupted"
        if (closed := self.closed()) and (due := self.frontier.next_due()) and due <= self.now():
            return closed
        if not answered and (shut := next((why for count, why in SHUT.items() if self.counts[count]), None)):
            return shut
        if self.pace.paused(self.now()) or down:
            return "rate limited" if self.pace.limited else "portal down"
        silent = self.counts["lists now empty"] and not self.counts["articles listed"]
        return "done" if answered and not silent and self.archive.article_count(self.portal_id) else "nothing found"

    def _listen(self, crawler: Crawler) -> None:
        def failed(failure: Failure) -> None:
            if isinstance(failure.value, MunimentError):
                self.stop(crawler, failure.value)

        def broken(failure: Failure, response: Response) -> None:
            capture: Capture | None = response.meta.get("capture")
            if capture is not None:
                reason = f"{type(failure.value).__name__}: {failure.value}"[:300]
                self.counts["defects"] += 1
                self.store(Visit(capture=capture, kind=Kind.OTHER, rejection=f"the extractor failed: {reason}"))

        def closed(reason: str) -> None:
            self.finish(reason)

        for receiver, signal in (
            (failed, signals.item_error),
            (broken, signals.spider_error),
            (closed, signals.spider_closed),
        ):
            # Signals hold their receivers weakly.
            crawler.signals.connect(receiver, signal=signal, weak=False)

    def _take_over(self, folder: Path, portal: Portal, root: Path) -> None:
        """A portal is known by its URL: what the archive has of it under a slug that no file declares is its own."""
        for slug in self.archive.namesakes(portal, {slug_of(path, root) for path in files(root)}):
            self._mend(folder, slug, None, None, self.archive.portal_id(slug))
            taken = self.archive.take_over(portal.slug, slug)
            log.warning("%s: it was %s in this archive, by its URL; its %d articles go over", portal.slug, slug, taken)

    def _mend(self, folder: Path, slug: str, outcome: str | None, crawl_id: int | None, portal_id: int) -> None:
        """Enter what an earlier crawl that ended with ``outcome`` left in the WARC folder under this slug."""
        how = "failed" if outcome == "failed" else "was killed"
        for found in recover(folder, slug):
            added = self.archive.reconcile(captures(found.open_path), crawl_id=crawl_id, portal_id=portal_id)
            self.counts["recovered captures"] += added
            log.warning(
                "an earlier crawl %s: %s: %d torn bytes cut off, %d captures entered",
                how,
                found.path,
                found.cut,
                added,
            )


def finish(crawler: Crawler) -> None:
    """Finish a crawl that Scrapy left running, as it does when asked twice to stop. Raises what a crawl failed by."""
    crawl = _open.pop(crawler, None)
    if crawl is not None:
        crawl.finish("shutdown")
        if crawl.fatal is not None:
            raise crawl.fatal


def _warcinfo(portal: Portal) -> Mapping[str, str]:
    return {
        "software": SOFTWARE,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": portal.slug,
        "robots": "obey",
        **({"certificate": f"not verified: {reason}"} if (reason := portal.politeness.unverified) else {}),
        "operator": portal.politeness.contact or "",
        "description": "Reason phrases and the order and case of header names are not kept by the HTTP client; "
        "Transfer-Encoding is removed, Content-Encoding is as received.",
    }
