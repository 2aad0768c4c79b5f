"""How the portals are: what the archive knows of each, and what ``muniment status`` says of it."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from crawler.archive.archive import Archive
from crawler.archive.frontier import Frontier
from crawler.archive.rows import moment, row, rows, value
from crawler.discover.intruders import speaks_of_gambling
from crawler.health import Facts, Presence, Symptom, habit, symptoms

FIELDS = ("headline", "lead", "body", "byline", "captions", "published_at")
RECENT = 20
BEFORE = 200
FRESH = 60
"""Days between publication and first sight up to which an article was news when it came."""
DAYS = 60
_LAST_CRAWLS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One portal: its articles, its last crawl, its frontier, and its symptoms.

    ``errors`` says what went wrong in the last crawl and how often; ``warc_bytes`` is what its records take on disk;
    ``habit`` is articles a week, None while it has none; ``last_week`` is how many came in the week before its last
    answer.
    """

    slug: str
    name: str
    url: str
    articles: int
    removed: int
    captures: int
    warc_bytes: int
    last_new_article_at: datetime | None
    last_news: date | None
    habit: float | None
    last_week: int
    last_crawl_at: datetime | None
    last_finished_at: datetime | None
    last_outcome: str | None
    last_counts: Mapping[str, int]
    errors: Mapping[str, int]
    frontier: Mapping[str, int]
    history_left: int
    oldest: str | None
    next_due: datetime | None
    certificate_ends: datetime | None
    symptoms: tuple[Symptom, ...]

    @property
    def well(self) -> bool:
        """False when a person must look at the portal."""
        return not any(symptom.grave for symptom in self.symptoms)


def portals(archive: Archive, now: datetime, running: Callable[[str], bool]) -> list[Health]:
    """Every portal of the archive, by slug; ``running`` tells by its slug whether a portal is being crawled."""
    return [
        _health(archive, found["id"], now, running)
        for found in rows(archive.db, "SELECT id FROM portals ORDER BY slug")
    ]


_SQL = """
SELECT slug, name, url, due_at,
    (SELECT count(*) FROM articles WHERE portal_id = portals.id) AS articles,
    (SELECT count(*) FROM removals WHERE portal = portals.slug) AS removed,
    (SELECT max(first_seen_at) FROM articles WHERE portal_id = portals.id) AS last_new_article_at,
    last.id AS crawl_id, last.started_at, last.finished_at, last.outcome, last.counts
FROM portals LEFT JOIN crawls AS last ON last.id = (SELECT max(id) FROM crawls WHERE portal_id = portals.id)
WHERE portals.id = ?
"""


def _health(archive: Archive, portal_id: int, now: datetime, running: Callable[[str], bool]) -> Health:
    db = archive.db
    found = row(db, _SQL, (portal_id,))
    assert found is not None
    kept = row(
        db,
        "SELECT count(*) AS captures, coalesce(sum(length), 0) AS bytes FROM captures WHERE portal_id = ?",
        (portal_id,),
    )
    assert kept is not None
    frontier = Frontier(archive, portal_id)
    facts = _facts(db, portal_id, found, _moment(found["due_at"]) or frontier.next_due())
    astray = archive.astray(found["slug"]) if facts.outcome == "nothing found" else None
    facts = replace(facts, running=running(found["slug"]), astray=astray)
    return Health(
        slug=found["slug"],
        name=found["name"],
        url=found["url"],
        articles=found["articles"],
        removed=found["removed"],
        captures=kept["captures"],
        warc_bytes=kept["bytes"],
        last_new_article_at=_moment(found["last_new_article_at"]),
        last_news=max(facts.days, default=None),
        habit=habit(facts.days),
        last_week=_last_week(facts),
        last_crawl_at=facts.last_crawl_at,
        last_finished_at=_moment(found["finished_at"]),
        last_outcome=found["outcome"] or ("unfinished" if found["crawl_id"] else None),
        last_counts=json.loads(found["counts"] or "{}"),
        errors=_errors(db, found["crawl_id"]),
        frontier=frontier.counts(),
        history_left=frontier.history_left(),
        oldest=archive.oldest(found["slug"]),
        next_due=facts.next_due,
        certificate_ends=facts.certificate_ends,
        symptoms=symptoms(facts, now),
    )


def _last_week(facts: Facts) -> int:
    if facts.answered_at is None:
        return 0
    since = facts.answered_at.date() - timedelta(days=7)
    return sum(count for day, count in facts.days.items() if day > since)


def _facts(db: Database, portal_id: int, last: sqlite3.Row, next_due: datetime | None) -> Facts:
    counts: Counter[str] = Counter(json.loads(last["counts"] or "{}"))
    latest = list(rows(db, _LATEST, {"portal": portal_id, "fresh": FRESH, "count": RECENT + BEFORE}))
    unreadable = counts["rejected"] + counts["no longer articles"]
    failures = {what: count for what, count in _errors(db, last["crawl_id"]).items() if _is_failure(what)}
    unanswered = sum(count for what, count in failures.items() if not what.isdigit())
    return Facts(
        outcome=last["outcome"],
        last_crawl_at=_moment(last["started_at"]),
        watched_since=_moment(value(db, "SELECT min(started_at) FROM crawls WHERE portal_id = ?", (portal_id,))),
        answered_at=_moment(value(db, _ANSWERED, (portal_id, _LAST_CRAWLS))),
        next_due=next_due,
        days={date.fromisoformat(day): count for day, count in db.conn.execute(_DAYS, (portal_id, DAYS))},
        requests=counts["requests"] + unanswered,
        failures=sum(failures.values()),
        pages=counts["article pages"] + counts["no longer articles"],
        rejected=unreadable,
        lost={name.removeprefix("drift "): n for name, n in counts.items() if name.startswith("drift ")},
        fields={name: _presence(found[name] for found in latest) for name in FIELDS},
        languages=_languages([found["language"] for found in latest]),
        robots_changed_at=_moment(value(db, _ROBOTS_CHANGED, (portal_id,))),
        certificate_ends=_moment(value(db, _CERTIFICATE, (portal_id,))),
        robots_refuses=int(value(db, _REFUSED, (portal_id,))),
        unsettled=int(
            value(db, "SELECT count(*) FROM articles WHERE portal_id = ? AND verdict = 'unknown'", (portal_id,))
        ),
        suspicions=tuple(
            ": ".join((found["url"], found["evidence"].replace("\n", ", ")))
            for found in rows(db, _SUSPICIONS, (portal_id,))
        ),
        titles=tuple(found["title"] for found in rows(db, _TITLES, (portal_id,))),
        gambling=sum(speaks_of_gambling(found["headline"] or "") for found in latest[:RECENT]),
    )


_LATEST = """
SELECT headline, lead, nullif(body, '') AS body, byline, nullif(captions, '') AS captions, published_at, language
FROM articles WHERE portal_id = :portal
AND (published_at IS NULL OR julianday(first_seen_at) - julianday(substr(published_at, 1, 10)) <= :fresh)
ORDER BY first_seen_at DESC, id DESC LIMIT :count
"""
_DAYS = """
SELECT min(substr(coalesce(published_at, first_seen_at), 1, 10), substr(first_seen_at, 1, 10)) AS day, count(*)
FROM articles WHERE portal_id = ? GROUP BY day ORDER BY day DESC LIMIT ?
"""
_ANSWERED = """
SELECT max(captured_at) FROM captures WHERE status IN (200, 304)
AND crawl_id IN (SELECT id FROM crawls WHERE portal_id = ? ORDER BY id DESC LIMIT ?)
"""
_ROBOTS_CHANGED = """
SELECT max(fetched_at) FROM robots AS later WHERE portal_id = ? AND EXISTS (SELECT 1 FROM robots AS first
WHERE first.portal_id = later.portal_id AND first.url = later.url AND first.fetched_at < later.fetched_at)
"""
_CERTIFICATE = "SELECT expires_at FROM certificates WHERE portal_id = ? ORDER BY last_seen_at DESC, id DESC LIMIT 1"
_REFUSED = """
SELECT count(*) FROM frontier WHERE portal_id = ? AND state = 'excluded' AND reason LIKE 'robots.txt disallows%'
"""
_SUSPICIONS = """
SELECT url, evidence FROM suspicions WHERE portal_id = ? AND NOT EXISTS (SELECT 1 FROM captures
WHERE captures.url = suspicions.url AND captures.status = 200 AND captures.captured_at > suspicions.last_seen_at)
ORDER BY last_seen_at DESC LIMIT 3
"""
_TITLES = "SELECT title FROM titles WHERE portal_id = ? ORDER BY last_seen_at, id"


def _presence(values: Iterable[Any]) -> Presence:
    there = [value is not None for value in values]
    recent, before = there[:RECENT], there[RECENT:]
    return Presence(recent=len(recent), recent_with=sum(recent), before=len(before), before_with=sum(before))


def _languages(names: list[str | None]) -> Mapping[str, Presence]:
    """How often the language that most articles had before is still there."""
    known = Counter(name for name in names[RECENT:] if name)
    return {name: _presence(n if n == name else None for n in names) for name, _ in known.most_common(1)}


def _errors(db: Database, crawl_id: int | None) -> Mapping[str, int]:
    """What went wrong in a crawl: the status, or the error where no response came, most frequent first."""
    found = db.conn.execute(
        "SELECT CASE status WHEN 0 THEN coalesce(error, 'no answer') ELSE status END AS what, count(*) FROM captures"
        " WHERE crawl_id = ? AND (status = 0 OR status >= 400) GROUP BY what ORDER BY count(*) DESC, what",
        (crawl_id,),
    )
    return {str(what): count for what, count in found}


def _is_failure(what: str) -> bool:
    """True for a request that failed: a missing page answered, and what robots.txt forbids was never sent."""
    return what not in ("404", "410") and not what.startswith("robots.txt")


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
