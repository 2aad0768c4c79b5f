"""Rows of ``articles``: which one a capture shows, and what it says now."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from crawler.archive import dating, history, index, parts, stories
from crawler.archive.captures import requested
from crawler.archive.redirects import same_page
from crawler.archive.rows import insert, printed, row, stamp, update, value
from crawler.archive.said import Said, said_in
from crawler.model import Article, Capture, Duplicate, Fingerprint, Verdict

Step = Callable[[str], None]

_USUAL_NAMES = re.compile(r"^(?:www|m|mobile|amp)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An article as one capture shows it."""

    article: Article
    capture: Capture
    capture_id: int | None
    portal_id: int
    fingerprint: Fingerprint
    duplicates: tuple[Duplicate, ...]
    pending: index.Pending | None = None

    @property
    def at(self) -> str:
        """When it was captured."""
        return stamp(self.capture.captured_at)

    @property
    def reached(self) -> frozenset[str]:
        """The URLs by which the capture was reached."""
        return frozenset((self.capture.url, self.capture.requested_url or self.capture.url))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What storing an article came to; ``changed`` is None for a new one."""

    article_id: int
    version: int
    changed: bool | None


def keep(db: Database, seen: Sighting, step: Step) -> Kept:
    """Store what a capture shows of an article: its row, its version, its parts, its story."""
    article_id, url = _identity(db, seen)
    is_new = article_id is None
    said = said_in(seen.article)
    if article_id is None:
        article_id = _insert(db, seen, url, said)
        step("article inserted")
    digest = seen.capture.digest
    observation = history.Observation(
        article_id=article_id,
        said=said,
        seen_at=seen.at,
        capture_id=seen.capture_id,
        digest=digest,
        raw=history.raw_date(seen.article),
    )
    placed = history.observe(db, observation, first=is_new)
    step("version placed")
    if not is_new:
        revise(db, seen, article_id, said, placed)
        step("article updated")
    parts.reached(db, article_id, sorted(seen.reached - {url}), seen.at)
    if is_new:
        parts.enter(db, [(article_id, parts.parts_of(seen.article))])
    else:
        parts.judge(db, article_id, Verdict.LIVE, seen.at, seen.capture_id)
        if placed.newest:
            parts.keep(db, article_id, seen.article)
    step("parts written")
    if placed.newest and placed.new:
        stories.sketch(db, article_id, seen.fingerprint)
        if seen.duplicates or not is_new:
            stories.join(db, article_id, seen.duplicates)
        step("story joined")
    return Kept(article_id=article_id, version=placed.number, changed=None if is_new else placed.new)


def at_url(db: Database, url: str) -> int | None:
    """The article that has or had this URL."""
    found: int | None = value(
        db,
        "SELECT id FROM articles WHERE url = :url UNION ALL SELECT article_id FROM addresses WHERE url = :url LIMIT 1",
        {"url": url},
    )
    return found


def lives_elsewhere(db: Database, article_id: int, asked: Iterable[str]) -> bool:
    """True when none of the URLs asked for is the article's own, which was there when last visited."""
    status = value(
        db,
        "SELECT last_status FROM frontier JOIN articles USING (url) WHERE articles.id = ?"
        " AND url NOT IN (SELECT value FROM json_each(?))",
        (article_id, json.dumps(list(asked))),
    )
    return status in (200, 304)


def alike(db: Database, one: int, other: int) -> bool:
    """True when two articles say the same or nearly so, or have the same headline."""
    sql = (
        "SELECT a.fingerprint = b.fingerprint OR a.headline = b.headline OR EXISTS (SELECT 1 FROM story_matches"
        " WHERE (article_id, other_id) IN (VALUES (a.id, b.id), (b.id, a.id)))"
        " FROM articles AS a JOIN articles AS b ON a.id = ? AND b.id = ?"
    )
    return bool(value(db, sql, (one, other)))


def withheld(db: Database, seen: Sighting) -> bool:
    """True when the article, at any of its URLs or by its text on this portal, must not be shown."""
    urls = json.dumps([*seen.reached, _claimed(seen)])
    sql = (
        "SELECT EXISTS (SELECT 1 FROM withheld_urls WHERE url IN (SELECT value FROM json_each(?)))"
        " OR EXISTS (SELECT 1 FROM withholdings WHERE released_at IS NULL AND portal_id = ? AND fingerprint = ?)"
    )
    return bool(value(db, sql, (urls, seen.portal_id, seen.fingerprint.exact)))


def newest_version(db: Database, article_id: int) -> int:
    """The number of the version that an article is in."""
    return int(value(db, "SELECT max(number) FROM versions WHERE article_id = ?", (article_id,)))


def _identity(db: Database, seen: Sighting) -> tuple[int | None, str]:
    """(the article's row, None for a new one; its URL).

    A canonical URL that another article has is believed when both say the same: some portals name one page, such as
    the home page, as the canonical URL of all. One on another site belongs to the original of a copy.
    """
    claimed = _claimed(seen)
    canonical = at_url(db, claimed)
    own = _own(db, seen)
    if canonical is None:
        article_id = own
    elif claimed in seen.reached or own == canonical or _says_the_same(db, canonical, seen):
        article_id = canonical
        if own not in (None, canonical) and not lives_elsewhere(db, own, seen.reached):
            parts.judge(db, own, Verdict.MOVED, seen.at, seen.capture_id)
    elif own is None:
        return None, seen.capture.url
    else:
        article_id = own
    url = value(db, "SELECT url FROM articles WHERE id = ?", (article_id,)) if article_id else claimed
    return article_id, str(url)


def _own(db: Database, seen: Sighting) -> int | None:
    """The article that the URL which came has; where that is new, the one asked for, if it led to the same text.

    Another text is another article: it is no edit that a portal sends on to it for what it removed.
    """
    here, asked = at_url(db, seen.capture.url), requested(seen.capture)
    if here is not None or asked == seen.capture.url:
        return here
    before = at_url(db, asked)
    return before if before is not None and (same_page(asked, seen.capture.url) or _still(db, before, seen)) else None


def _still(db: Database, article_id: int, seen: Sighting) -> bool:
    headline = value(db, "SELECT headline FROM articles WHERE id = ?", (article_id,))
    return headline == seen.article.headline or _says_the_same(db, article_id, seen)


def _claimed(seen: Sighting) -> str:
    """The canonical URL that a page names, if it is of the same site; else the page's own."""
    return seen.article.url if _site(seen.article.url) == _site(seen.capture.url) else seen.capture.url


def _site(url: str) -> str:
    """The host, by whichever of its usual names."""
    return _USUAL_NAMES.sub("", urlsplit(url).netloc.lower())


def _says_the_same(db: Database, article_id: int, seen: Sighting) -> bool:
    theirs = value(db, "SELECT fingerprint FROM articles WHERE id = ?", (article_id,))
    return theirs == seen.fingerprint.exact or any(found.article_id == article_id for found in seen.duplicates)


def columns(article: Article, exact: str, said: Said) -> dict[str, Any]:
    """What the row of an article holds of what a capture shows; ``exact`` digests its text."""
    return {
        "published_at": said.published_at,
        "published_precision": article.published.precision if article.published else None,
        "published_raw": history.raw_date(article),
        "updated_at": printed(article.updated),
        "language": article.language,
        "section": article.section,
        "unit": article.unit,
        "source": article.source,
        "dateline": article.dateline,
        "byline": said.byline,
        "words": said.words,
        "fingerprint": exact,
        "origins": json.dumps(dict(article.origins), ensure_ascii=False) if article.origins else None,
        "headline": said.headline,
        "lead": said.lead,
        "captions": said.captions,
        "body": said.body,
    }


def _insert(db: Database, seen: Sighting, url: str, said: Said) -> int:
    """The folded row goes first, so that the trigger indexes the article once, with it."""
    article_id = next_id(db)
    folded = _insert_plain(db, article_id, seen.portal_id, said, said.published_at or seen.at)
    if seen.pending:
        seen.pending.add(article_id, index.indexed(said, folded), folded["filters"])
    known = {"id": article_id, "portal_id": seen.portal_id, "capture_id": seen.capture_id}
    return insert(db, "articles", known | first(seen.article, seen.fingerprint.exact, said, url, seen.at))


def next_id(db: Database) -> int:
    """The id of the next new article; that of a deleted one is never used again."""
    sql = (
        "SELECT 1 + max(coalesce((SELECT max(id) FROM articles), 0),"
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'articles'), 0))"
    )
    return int(value(db, sql))


def first(article: Article, exact: str, said: Said, url: str, at: str) -> dict[str, Any]:
    """The row of a new article, without its id, portal and capture."""
    return {"url": url, "first_seen_at": at, "last_seen_at": at} | columns(article, exact, said)


def _insert_plain(db: Database, article_id: int, portal_id: int, said: Said, day: str) -> index.Folded:
    slug = value(db, "SELECT slug FROM portals WHERE id = ?", (portal_id,))
    folded = index.plain(said, slug, day)
    insert(db, "articles_plain", {"article_id": article_id} | folded)
    return folded


def revise(db: Database, seen: Sighting, article_id: int, said: Said, placed: history.Placed) -> None:
    """Bring the row of a known article up to date: a new version that is the newest is what it says now."""
    if seen.pending:
        seen.pending.put_in()
    before = row(db, "SELECT * FROM articles WHERE id = ?", (article_id,))
    assert before is not None
    values: dict[str, Any] = {
        "first_seen_at": min(before["first_seen_at"], seen.at),
        "last_seen_at": max(before["last_seen_at"], seen.at),
        "versions": value(db, "SELECT count(*) FROM versions WHERE article_id = ?", (article_id,)),
    }
    stands = dating.standing(db, article_id)
    if not (placed.newest and placed.new):
        update(db, "articles", article_id, values | stands._asdict())
        if _day(before) != (stands.published_at or values["first_seen_at"]):
            index.refold(db, article_id)
        return
    stories.unsketch(db, article_id, stories.text_of(before))
    values |= columns(seen.article, seen.fingerprint.exact, said) | stands._asdict()
    values["capture_id"] = seen.capture_id
    # Written before its folded text, the article would be indexed twice.
    db.conn.execute("DELETE FROM articles_plain WHERE article_id = ?", (article_id,))
    update(db, "articles", article_id, values)
    _insert_plain(db, article_id, before["portal_id"], said, values["published_at"] or values["first_seen_at"])


def _day(article: Any) -> str:
    """The time by which an article is filtered."""
    day: str = article["published_at"] or article["first_seen_at"]
    return day
