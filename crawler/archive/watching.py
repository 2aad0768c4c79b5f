"""What a crawl notices of a portal besides its articles: its title, suspicious links, and articles gone all at once."""

import json
from datetime import datetime, timedelta

from sqlite_utils import Database

from crawler.archive.rows import insert, rows, stamp, value
from crawler.model import Visit

MANY = 5
SHARE = 0.25
"""Of the articles that a crawl asked for again: when more are missing, the portal is out of order, not they."""
LASTING = timedelta(days=14)
"""After which missing articles are gone, however many they are."""
AGAIN = timedelta(days=3)


def note(db: Database, visit: Visit, portal_id: int, capture_id: int | None) -> None:
    """Enter the title of a home page and suspicious links, or that they were seen again."""
    at = stamp(visit.capture.captured_at)
    if visit.title:
        _seen(db, "titles", {"portal_id": portal_id, "title": visit.title}, at, capture_id)
    if visit.suspicions:
        where = {"portal_id": portal_id, "url": visit.capture.url, "evidence": "\n".join(visit.suspicions)}
        _seen(db, "suspicions", where, at, capture_id)


def _seen(db: Database, table: str, what: dict[str, object], at: str, capture_id: int | None) -> None:
    same = " AND ".join(f"{name} = ?" for name in what)
    known = value(db, f"SELECT id FROM {table} WHERE {same}", tuple(what.values()))
    if known is None:
        insert(db, table, what | {"first_seen_at": at, "last_seen_at": at, "capture_id": capture_id})
    else:
        db.conn.execute(f"UPDATE {table} SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", (at, known))


def settle(db: Database, crawl_id: int, now: datetime) -> int:
    """Articles that a crawl found missing are unknown when they were too many at once; how many those were.

    They are asked for again, and are gone when they are still missing after two weeks: a site that is out of order
    for a day has removed nothing.
    """
    missing = [found["id"] for found in rows(db, _MISSING, {"crawl": crawl_id, "since": stamp(now - LASTING)})]
    if len(missing) < MANY or len(missing) < SHARE * int(value(db, _ASKED, {"crawl": crawl_id})):
        return 0
    chosen = json.dumps(missing)
    db.conn.execute(
        f"UPDATE verdicts SET verdict = 'unknown' WHERE (article_id, seen_at) IN ({_LATEST})", {"articles": chosen}
    )
    db.conn.execute(
        "UPDATE articles SET verdict = 'unknown' WHERE id IN (SELECT value FROM json_each(:articles))",
        {"articles": chosen},
    )
    db.conn.execute(_ASK_AGAIN, {"articles": chosen, "due": stamp(now + AGAIN)})
    return len(missing)


_STREAK = """
SELECT min(seen_at) FROM verdicts AS first WHERE first.article_id = articles.id AND first.verdict <> 'live'
AND first.seen_at > coalesce((SELECT max(seen_at) FROM verdicts AS good WHERE good.article_id = articles.id
AND good.verdict = 'live'), '')
"""
"""Since when an article has not been there."""
_MISSING = f"""
SELECT articles.id FROM captures JOIN verdicts ON verdicts.capture_id = captures.id
JOIN articles ON articles.id = verdicts.article_id AND articles.verdict = verdicts.verdict
WHERE captures.crawl_id = :crawl AND ({_STREAK}) > :since AND (verdicts.verdict IN ('gone', 'soft-404')
OR (verdicts.verdict = 'moved' AND articles.url NOT IN (SELECT url FROM addresses)))
"""
"""Moved off the portal is missing too. What has another place on the portal is not: its URL is an address of that."""
_ASKED = """
SELECT count(DISTINCT articles.id) FROM captures JOIN articles
ON articles.url = coalesce(captures.requested_url, captures.url)
WHERE captures.crawl_id = :crawl AND articles.first_seen_at < (SELECT started_at FROM crawls WHERE id = :crawl)
"""
_LATEST = """
SELECT article_id, max(seen_at) FROM verdicts WHERE article_id IN (SELECT value FROM json_each(:articles))
GROUP BY article_id
"""
_ASK_AGAIN = """
UPDATE frontier SET state = 'waiting', tries = 1, due_at = :due
WHERE (portal_id, url) IN (SELECT portal_id, url FROM articles WHERE id IN (SELECT value FROM json_each(:articles)))
"""
