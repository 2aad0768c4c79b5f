"""Captures that are read again: which ones, and what a reading that differs from the stored one changes.

A text that is read differently becomes a version made by the extractor. A page that was taken for no article may be one
now. One that is taken for none now changes nothing: what was archived stays.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlite_utils import Database

from crawler.archive import articles, history, parts, queue, stories
from crawler.archive.archive import Archive
from crawler.archive.articles import Sighting, Step
from crawler.archive.captures import requested
from crawler.archive.connection import explained
from crawler.archive.rows import moment, row, stamp, update, value
from crawler.archive.said import Said, said_in
from crawler.archive.store import Occasion, sighting
from crawler.extract.rejection import REASONS
from crawler.model import Capture, Kind, Verdict, Visit


class Reading(StrEnum):
    """What reading a capture again came to."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    LOST = "lost"
    EDITED = "edited"


class Listed(NamedTuple):
    """A recorded page to read again: its capture's row, what it is, and the article that has a version from it."""

    capture_id: int
    expected: Kind
    proves: int | None


_PAGES = """
WITH proofs AS MATERIALIZED (SELECT capture_id, min(article_id) AS article_id FROM versions GROUP BY capture_id),
known AS MATERIALIZED (SELECT url FROM articles UNION SELECT url FROM addresses)
SELECT captures.id, coalesce(frontier.kind, 'unknown') AS kind, article_id FROM captures
LEFT JOIN proofs ON capture_id = captures.id
LEFT JOIN frontier ON frontier.portal_id = captures.portal_id AND frontier.url = coalesce(requested_url, captures.url)
WHERE captures.portal_id = (SELECT id FROM portals WHERE slug = :slug) AND status = 200 AND warc IS NOT NULL
AND (article_id IS NOT NULL OR (captures.error IS NULL AND coalesce(media_type, '') NOT LIKE 'image/%'
    AND coalesce(frontier.kind, 'unknown') NOT IN ('feed', 'sitemap', 'image', 'attachment')
    AND (frontier.kind IS NOT 'article' OR reason IN (SELECT value FROM json_each(:reasons))
        OR captures.url IN known OR requested_url IN known)))
ORDER BY captured_at, captures.id
"""
"""Of an article that is not there any more, only what was rejected: somebody has deleted the others, for good."""
_EDITED = """
SELECT 1 FROM articles JOIN versions ON article_id = id
AND number = (SELECT max(number) FROM versions WHERE article_id = articles.id) WHERE articles.id = ?
AND (articles.headline, articles.lead, articles.body, articles.captions, articles.byline)
IS NOT (versions.headline, versions.lead, versions.body, versions.captions, versions.byline)
"""
_LATER = """
SELECT 1 FROM captures WHERE status = 200 AND (captured_at, id) > (:at, :capture)
AND captured_at <= (SELECT last_seen_at FROM articles WHERE id = :article)
AND url IN (SELECT url FROM articles WHERE id = :article UNION SELECT url FROM addresses WHERE article_id = :article)
"""
_AT = """
SELECT id, :at BETWEEN first_seen_at AND last_seen_at FROM articles
WHERE url = :url OR id = (SELECT article_id FROM addresses WHERE url = :url)
"""
_BESIDE = ("updated_at", "language", "section", "unit", "source", "dateline", "origins")
"""Columns that a version does not hold."""


def pages(archive: Archive, slug: str) -> list[Listed]:
    """The recorded pages of a portal that can be read again, oldest first."""
    with explained(archive.path):
        found = archive.db.conn.execute(_PAGES, {"slug": slug, "reasons": json.dumps(REASONS)}).fetchall()
    return [
        Listed(capture_id, Kind.ARTICLE if article_id else Kind(kind), article_id)
        for capture_id, kind, article_id in found
    ]


def capture(archive: Archive, capture_id: int) -> Capture:
    """A recorded capture."""
    with explained(archive.path):
        found = row(archive.db, "SELECT * FROM captures WHERE id = ?", (capture_id,))
    assert found is not None
    return _capture(found)


def payload_of(archive: Archive, url: str, at: datetime) -> Capture | None:
    """The capture of ``url`` at that time, which holds the payload of a revisit record."""
    sql = "SELECT * FROM captures WHERE url = ? AND captured_at = ? AND status = 200 AND warc IS NOT NULL ORDER BY id"
    with explained(archive.path):
        found = row(archive.db, sql, (url, stamp(at)))
    return _capture(found) if found else None


def _capture(found: Any) -> Capture:
    names = ("url", "status", "media_type", "digest", "warc", "offset", "length", "source", "requested_url", "error")
    at, size = moment(found["captured_at"]), found["bytes"]
    return Capture(captured_at=at, size=size, **{name: found[name] for name in names})


def reread(archive: Archive, page: Listed, visit: Visit, *, portal_id: int, now: datetime) -> Reading:
    """Store what a recorded page is read to be now, in one transaction. ``visit`` has the links to an article's files.

    What somebody edited by hand stays as it is, beside a new version.
    """
    if visit.article is None:
        return Reading.LOST if page.proves else Reading.SAME
    occasion = Occasion(crawl_id=None, portal_id=portal_id, now=now)
    seen = sighting(visit, page.capture_id, occasion)
    with archive.transaction():
        archive.at_step("begun")
        reading = _store(archive.db, seen, page, visit, occasion, archive.at_step)
        archive.at_step("stored")
    archive.at_step("committed")
    return reading


def _store(db: Database, seen: Sighting, page: Listed, visit: Visit, occasion: Occasion, step: Step) -> Reading:  # noqa: PLR0913, PLR0917
    if articles.withheld(db, seen):
        return Reading.SAME
    article_id = page.proves or next(_shown(db, seen), None)
    if article_id is None:
        kept = articles.keep(db, seen, step)
        queue.is_article(db, occasion.portal_id, requested(seen.capture), occasion.now)
        reading = Reading.NEW if kept.changed is None else Reading.CHANGED
    else:
        reading = _correct(db, seen, article_id, step)
    if reading in (Reading.NEW, Reading.CHANGED):
        queue.add(db, occasion.portal_id, visit.links, queue.Hop(at=occasion.now, via=seen.capture.url, depth=1))
    return reading


def _shown(db: Database, seen: Sighting) -> Iterator[int]:
    """The articles that a capture may show: first those that were there at that time, then others."""
    own = [found for url in sorted(seen.reached) for found in db.conn.execute(_AT, {"url": url, "at": seen.at})]
    claimed = db.conn.execute(_AT, {"url": seen.article.url, "at": seen.at}).fetchall()
    yield from (article_id for article_id, then in (*own, *claimed) if then)
    yield from (article_id for article_id, _ in own)


def _correct(db: Database, seen: Sighting, article_id: int, step: Step) -> Reading:
    """Bring an article and its versions to what the capture is read to say."""
    before = row(db, "SELECT * FROM articles WHERE id = ?", (article_id,))
    assert before is not None
    said, edited = said_in(seen.article), value(db, _EDITED, (article_id,)) is not None
    observation = history.Observation(
        article_id=article_id,
        said=said,
        seen_at=seen.at,
        capture_id=seen.capture_id,
        digest=seen.capture.digest,
        raw=history.raw_date(seen.article),
        again=True,
    )
    placed = history.observe(db, observation)
    step("version placed")
    articles.revise(db, seen, article_id, said, replace(placed, new=placed.new and not edited))
    step("article updated")
    beside = placed.newest and not edited and _correct_beside(db, seen, before, said)
    if placed.newest and placed.new and not edited:
        stories.sketch(db, article_id, seen.fingerprint)
        stories.join(db, article_id, seen.duplicates)
    step("story joined")
    if seen.at > before["last_seen_at"]:
        parts.judge(db, article_id, Verdict.LIVE, seen.at, seen.capture_id)
    if placed.new and edited:
        return Reading.EDITED
    return Reading.CHANGED if placed.new or beside else Reading.SAME


def _correct_beside(db: Database, seen: Sighting, before: Any, said: Said) -> bool:
    """Correct what has no history: columns by the capture that the row was read from, the parts by the latest one."""
    changed = False
    if before["capture_id"] == seen.capture_id:
        read = articles.columns(seen.article, seen.fingerprint.exact, said)
        wrong = {name: read[name] for name in _BESIDE if before[name] != read[name]}
        changed = bool(wrong)
        if wrong:
            update(db, "articles", before["id"], wrong)
    later = value(db, _LATER, {"at": seen.at, "capture": seen.capture_id, "article": before["id"]})
    return (later is None and parts.keep(db, before["id"], seen.article)) or changed
