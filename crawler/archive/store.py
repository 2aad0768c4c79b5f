"""One visit, one transaction: all that a fetch produced is stored, or nothing of it is."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from sqlite_utils import Database

from crawler import duplicates
from crawler.archive import articles, captures, exclusion, history, parts, queue, shapes, visits, watching
from crawler.archive.articles import Kept, Sighting, Step
from crawler.archive.gathering import Gathering, Newcomer
from crawler.archive.preparing import Prepared, prepare
from crawler.archive.redirects import Redirect
from crawler.archive.rows import stamp, value
from crawler.model import Kind, Verdict, Visit
from crawler.recheck import LISTS


class Outcome(StrEnum):
    """What storing a visit came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not_modified"
    REJECTED = "rejected"
    GONE = "gone"
    FAILED = "failed"
    FORBIDDEN = "forbidden"
    WITHHELD = "withheld"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What was stored: ids of the rows, and the number of the version the article is in."""

    outcome: Outcome
    article_id: int | None = None
    capture_id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When and by which crawl of which portal a visit is stored; in bulk, new articles are gathered first."""

    crawl_id: int | None
    portal_id: int
    now: datetime
    gathering: Gathering | None = None
    prepared: Prepared | None = None


def store(db: Database, visit: Visit, occasion: Occasion, step: Step) -> Stored:
    """Write a visit; the caller holds the transaction. ``step`` is called with a name after each part."""
    if occasion.gathering:
        if gathered := _gathered(db, visit, occasion, occasion.gathering):
            return gathered
        occasion.gathering.write()
    capture_id = None
    if not captures.never_sent(visit.capture):
        capture_id, _ = captures.record(db, visit.capture, crawl_id=occasion.crawl_id, portal_id=occasion.portal_id)
    step("capture recorded")
    told = _outcome(visit)
    outcome, kept = told or Outcome.OTHER, None
    seen = sighting(visit, capture_id, occasion) if told is None else None
    if seen and articles.withheld(db, seen):
        outcome = Outcome.WITHHELD
    elif seen:
        kept = articles.keep(db, seen, step)
        outcome = {None: Outcome.NEW, True: Outcome.CHANGED, False: Outcome.UNCHANGED}[kept.changed]
    elif capture_id is not None:
        kept = _without_article(db, visit, occasion.portal_id, capture_id, outcome)
    fate = _fate(db, visit, occasion, capture_id) if outcome not in (Outcome.GONE, Outcome.WITHHELD) else None
    step("outcome settled")
    watching.note(db, visit, occasion.portal_id, capture_id)
    _learn_shape(db, visit, occasion)
    brought = _follow(db, visit, occasion, new=outcome is Outcome.NEW)
    step("links added")
    _finish(db, visit, occasion, _done(db, visit, kept, brought), fate)
    step("frontier row done")
    return Stored(
        outcome=outcome,
        article_id=kept.article_id if kept else None,
        capture_id=capture_id,
        version=kept.version if kept else None,
    )


def _gathered(db: Database, visit: Visit, occasion: Occasion, gathering: Gathering) -> Stored | None:
    """What storing a new article will come to, when its page brought nothing else; None for all other visits."""
    capture = visit.capture
    if visit.article is None or capture.warc is None or visit.links or visit.title or visit.suspicions:
        return None
    if _outcome(visit) is not None or {visit.article.url, captures.requested(capture)} != {capture.url}:
        return None
    if visit.fingerprint is None:
        visit = replace(visit, fingerprint=duplicates.fingerprint(visit.article))
    made = occasion.prepared or prepare(visit)
    seen = Newcomer(visit, made, occasion.portal_id, occasion.crawl_id, occasion.now)
    ids = gathering.take(seen, _done(db, visit, None, 0))
    if ids is None:
        return None
    return Stored(outcome=Outcome.NEW, article_id=ids.article, capture_id=ids.capture, version=1)


def _outcome(visit: Visit) -> Outcome | None:
    """What the visit came to; None when that depends on what is stored of its article."""
    status = _status(visit)
    if captures.never_sent(visit.capture):
        return Outcome.FORBIDDEN
    if status == 304:
        return Outcome.NOT_MODIFIED
    if status in (404, 410):
        return Outcome.GONE
    if status == 0 or status >= 400:
        return Outcome.FAILED
    if visit.article is not None:
        return None
    return Outcome.REJECTED if visit.rejection else Outcome.OTHER


_MEANS = {Verdict.GONE: 410, Verdict.SOFT_404: 404, Verdict.BLOCKED: 403}


def _status(visit: Visit) -> int:
    """The status, or the one that an error page sent with 200 should have had."""
    status = visit.capture.status
    return _MEANS.get(visit.verdict, status) if status == 200 else status


def sighting(visit: Visit, capture_id: int | None, occasion: Occasion) -> Sighting:
    """The article of a visit, as its capture shows it."""
    assert visit.article is not None
    own = visit.fingerprint or duplicates.fingerprint(visit.article)
    return Sighting(
        article=visit.article,
        capture=visit.capture,
        capture_id=capture_id,
        portal_id=occasion.portal_id,
        fingerprint=own,
        duplicates=visit.duplicates,
        pending=occasion.gathering.pending if occasion.gathering else None,
    )


BLOCKED_AFTER = 3
"""Refusals in a row after which an article is taken to be blocked."""


def _without_article(db: Database, visit: Visit, portal_id: int, capture_id: int, outcome: Outcome) -> Kept | None:
    """What a response without an article says of a known one, or of a file of one."""
    if visit.capture.status == 200:
        parts.captured(db, visit.capture.url, visit.kind, capture_id)
    asked = (captures.requested(visit.capture), visit.capture.url)
    urls = asked[1:] if outcome is Outcome.NOT_MODIFIED else asked
    article_id = next((found for url in urls if (found := articles.at_url(db, url)) is not None), None)
    if article_id is None:
        return None
    at = stamp(visit.capture.captured_at)
    if outcome is Outcome.NOT_MODIFIED:
        db.conn.execute("UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", (at, article_id))
        history.seen_again(db, article_id, at)
        parts.judge(db, article_id, Verdict.LIVE, at, capture_id)
    elif (verdict := _judgement(db, visit, portal_id, outcome)) and not articles.lives_elsewhere(db, article_id, asked):
        parts.judge(db, article_id, verdict, at, capture_id)
    return Kept(article_id=article_id, version=articles.newest_version(db, article_id), changed=False)


def _judgement(db: Database, visit: Visit, portal_id: int, outcome: Outcome) -> Verdict | None:
    """What became of an article that did not come; None when this response does not say."""
    if outcome is Outcome.GONE:
        return Verdict.SOFT_404 if visit.verdict is Verdict.SOFT_404 else Verdict.GONE
    if visit.verdict is Verdict.BLOCKED:
        refused = visits.refusals(db, portal_id, captures.requested(visit.capture))
        return Verdict.BLOCKED if refused + 1 >= BLOCKED_AFTER else None
    return None


def _fate(db: Database, visit: Visit, occasion: Occasion, capture_id: int | None) -> Verdict | None:
    """What became of the article whose URL led to the page that came; None where it did not lead elsewhere."""
    capture, asked = visit.capture, captures.requested(visit.capture)
    if capture_id is None or asked == capture.url:
        return None
    kind = visits.kind_of(db, occasion.portal_id, capture.url) if capture.status == 304 else visit.kind
    led = Redirect(asked=asked, target=capture.url, kind=kind or visit.kind, status=_status(visit))
    proof = captures.of_redirect(db, capture, occasion.crawl_id) or capture_id
    return visits.judge(db, led, articles.at_url(db, capture.url), stamp(capture.captured_at), proof)


def _learn_shape(db: Database, visit: Visit, occasion: Occasion) -> None:
    """Whether the page was worth a request: what lists known articles, or failed, tells nothing of its like."""
    url, status = captures.requested(visit.capture), _status(visit)
    missing = status in (404, 410)
    if not missing and status != 200:
        return
    if visit.article is not None:
        brought: bool | None = True
    elif told := [link.url for link in visit.links if link.kind is Kind.ARTICLE]:
        brought = queue.brings(db, occasion.portal_id, told, by_listing=True) or None
    else:
        brought = not missing and shapes.leads_elsewhere(db, occasion.portal_id, url, visit.links)
    shapes.learn(db, occasion.portal_id, url, brought, missing=missing)


def _follow(db: Database, visit: Visit, occasion: Occasion, *, new: bool) -> int:
    """Add the links; they are a hop away from a page that brought articles or is a new one itself.

    How many unknown or edited articles a list told of that was visited before. For news its next page is looked at too.
    """
    if not visit.links:
        return 0
    via = captures.requested(visit.capture)
    articles_told = [link.url for link in visit.links if link.kind is Kind.ARTICLE]
    brought = queue.brings(db, occasion.portal_id, articles_told, by_listing=visit.kind is Kind.LISTING)
    depth = 1 if brought or new else 1 + queue.depth_of(db, occasion.portal_id, via)
    again = visit.kind in LISTS and visits.visited(db, occasion.portal_id, via)
    unknown = queue.unknown(db, occasion.portal_id, articles_told) if again else 0
    hop = queue.Hop(at=occasion.now, via=via, depth=depth, news=again)
    added = queue.add(db, occasion.portal_id, queue.within_reach(visit.links, depth), hop)
    if visit.kind is Kind.LISTING:
        queue.listed(db, occasion.portal_id, articles_told)
        if unknown:
            queue.turn_page(db, occasion.portal_id, via, visit.links, occasion.now)
    return unknown + added.modified if again else 0


def _published(db: Database, visit: Visit, kept: Kept | None) -> datetime | None:
    """When the article was published: as its page says now, or as the archive has it where the page did not come."""
    if visit.article is not None or kept is None:
        return visit.article.published.at if visit.article and visit.article.published else None
    said = value(db, "SELECT published_at FROM articles WHERE id = ?", (kept.article_id,))
    if said is None:
        return None
    at = datetime.fromisoformat(said)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _finish(db: Database, visit: Visit, occasion: Occasion, done: visits.Done, fate: Verdict | None) -> None:
    """The URL asked for is done, and so is the one it redirected to."""
    capture = visit.capture
    asked = captures.requested(capture)
    if captures.never_sent(capture):
        exclusion.exclude(db, occasion.portal_id, asked, capture.error or "", occasion.now)
        return
    visits.done(db, occasion.portal_id, done, occasion.now)
    if asked != capture.url:
        visits.redirected(db, occasion.portal_id, asked, done, fate, occasion.now)


def _done(db: Database, visit: Visit, kept: Kept | None, brought: int) -> visits.Done:
    capture = visit.capture
    return visits.Done(
        url=capture.url,
        kind=visit.kind,
        status=_status(visit),
        captured_at=capture.captured_at,
        changed=kept.changed if kept else None,
        published=_published(db, visit, kept),
        retry_at=visit.retry_at,
        etag=capture.etag,
        last_modified=capture.last_modified,
        reason=visit.rejection or capture.error or visit.reason,
        brought=brought,
    )
