"""Rows of the frontier that were visited: when they are due again, and what a redirect or a refusal means."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlite_utils import Database

from crawler import recheck
from crawler.archive import articles, captures, parts, queue, rates
from crawler.archive.redirects import Redirect, fate
from crawler.archive.rows import Known, insert, moment, row, stamp, stamp_due, update, value
from crawler.model import Capture, Kind, Verdict

Watched = Callable[[int, int], recheck.Watched]
"""How a portal's articles of one band of ages were watched so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What the visit of a URL came to, as far as its next one depends on it.

    ``brought`` counts the articles that a list told to be new or edited.
    """

    url: str
    kind: Kind
    status: int
    captured_at: datetime
    changed: bool | None
    published: datetime | None
    retry_at: datetime | None
    etag: str | None
    last_modified: str | None
    reason: str | None
    brought: int = 0


def done(db: Database, portal_id: int, what: Done, now: datetime) -> None:
    """The URL was visited: its row is due again when ``recheck`` says so, and its lease ends."""
    before = _row(db, portal_id, what.url)
    if before is None:
        insert(db, "frontier", first(db, portal_id, what, now, partial(rates.watched, db)))
    elif not before["last_at"] or stamp(what.captured_at) >= before["last_at"]:
        update(db, "frontier", before["id"], _after(db, before, what, now, partial(rates.watched, db)))


def first(db: Database, portal_id: int, what: Done, now: datetime, watched: Watched) -> dict[str, Any]:
    """The row of a URL that was not known before it was visited."""
    before = dict.fromkeys(("last_status", "last_at", "rate", "via")) | {
        "portal_id": portal_id,
        "url": what.url,
        "kind": what.kind,
        "tries": 0,
        "changed": 0,
        "unchanged": 0,
        "depth": 0,
        "added_at": stamp(now),
    }
    return before | _after(db, before, what, now, watched)


def _after(db: Database, before: Known, what: Done, now: datetime, watched: Watched) -> dict[str, Any]:
    """What a visit changes in the row of its URL."""
    portal_id = before["portal_id"]
    failed = recheck.failing(what.status) is not None
    kind = Kind(before["kind"]) if failed or what.status == 304 else what.kind
    counts = _counts(before, what)
    past = recheck.Past(
        status=what.status,
        tries=counts["tries"],
        unchanged=counts["unchanged"],
        published=what.published,
        retry_at=what.retry_at,
        own=recheck.Watched(edits=counts["changed"], days=_days(before["added_at"], what.captured_at)),
        portal=watched(portal_id, rates.band(before, what)),
        rate=_list_rate(db, before, what, failed=failed),
    )
    state, due = recheck.due(kind, past, now)
    if not failed and what.changed is not None:
        rates.learn(db, portal_id, before, what)
    values = counts | {
        "kind": kind,
        "priority": _rank(before, kind, what, failed=failed),
        "rate": past.rate if kind in recheck.LISTS else None,
        "state": state,
        "due_at": stamp_due(due, now) if due else None,
        "lease": None,
        "leased_at": None,
        "last_status": what.status,
        "last_at": stamp(what.captured_at),
        "reason": what.reason,
    }
    if what.status == 200:
        values |= {"etag": what.etag, "last_modified": what.last_modified}
    return values


def _rank(before: Known, kind: Kind, what: Done, *, failed: bool) -> int:
    if kind is Kind.ARTICLE and not failed:
        fresh = what.published is not None and what.captured_at - what.published < recheck.FRESH
        return queue.PRIORITY[Kind.ARTICLE] if fresh else queue.RECHECK
    return queue.priority(kind, queue.Hop(at=what.captured_at, via=before["via"], depth=before["depth"]))


def _list_rate(db: Database, before: Known, what: Done, *, failed: bool) -> float:
    """What a list is known to bring a day, with this visit; the first visit brings the past and tells nothing.

    Of a listing behind another one little is expected. A feed is in front, wherever it was found.
    """
    if before["rate"] is None:
        sql = "SELECT kind FROM frontier WHERE portal_id = ? AND url = ?"
        behind = before["depth"] > 0 and value(db, sql, (before["portal_id"], before["via"])) == Kind.LISTING
        return recheck.DEEP if behind and before["kind"] not in recheck.TELLING else recheck.FRONT
    if failed:
        return float(before["rate"])
    return recheck.list_rate(before["rate"], what.brought, _days(before["last_at"], what.captured_at))


def _days(since: str, until: datetime) -> float:
    return max((until - moment(since)) / recheck.DAY, 0.0)


def visited(db: Database, portal_id: int, url: str) -> bool:
    """True when ``url`` was visited before."""
    sql = "SELECT 1 FROM frontier WHERE portal_id = ? AND url = ? AND last_at IS NOT NULL"
    return value(db, sql, (portal_id, url)) is not None


def kind_of(db: Database, portal_id: int, url: str) -> Kind | None:
    """What ``url`` is taken to be; None while it is not known."""
    kind = value(db, "SELECT kind FROM frontier WHERE portal_id = ? AND url = ?", (portal_id, url))
    return Kind(kind) if kind else None


def _row(db: Database, portal_id: int, url: str) -> sqlite3.Row | None:
    return row(db, "SELECT * FROM frontier WHERE portal_id = ? AND url = ?", (portal_id, url))


def _counts(before: Known, what: Done) -> dict[str, Any]:
    failure = recheck.failing(what.status)
    before_that = recheck.failing(before["last_status"]) if before["last_status"] is not None else None
    again = before["tries"] if failure == before_that else 0
    unchanged = {True: 0, False: before["unchanged"] + 1, None: before["unchanged"]}[what.changed]
    return {
        "tries": again + 1 if failure else 0,
        "changed": before["changed"] + (what.changed is True),
        "unchanged": unchanged,
    }


def refusals(db: Database, portal_id: int, url: str) -> int:
    """How often in a row the portal has refused ``url`` so far."""
    before = _row(db, portal_id, url)
    refused = before is not None and before["last_status"] and recheck.failing(before["last_status"]) == "refused"
    return int(before["tries"]) if before is not None and refused else 0


def judge(db: Database, led: Redirect, there: int | None, at: str, capture_id: int | None) -> Verdict | None:
    """Judge the article that was asked for by where its URL led, and by the article that is ``there``: what became of
    it. One whose own URL is another, which is live, is not lost, whatever became of this one.
    """
    here = articles.at_url(db, led.asked)
    if here is not None and here == there:
        return None
    same = there is not None and (here is None or articles.alike(db, here, there))
    kind = Kind.OTHER if led.kind is Kind.ARTICLE and there is None else led.kind
    verdict = fate(replace(led, kind=kind, same=same))
    if verdict and here is not None and not articles.lives_elsewhere(db, here, (led.asked,)):
        parts.judge(db, here, verdict, at, capture_id)
    return verdict


def redirected(db: Database, portal_id: int, url: str, to: Done, verdict: Verdict | None, now: datetime) -> None:  # noqa: PLR0913, PLR0917 (url led to it)
    """``url`` led to another URL, which is done. Only lists are asked for again by the URL that redirects.

    An article in whose place something else came is missing, as if the portal had said so; one of which nobody knows
    where it is may come back.
    """
    before, reason = _row(db, portal_id, url), f"redirects to {to.url}"
    known = before if before is not None and before["kind"] == Kind.ARTICLE else None
    if known and verdict in (Verdict.SOFT_404, Verdict.GONE):
        done(db, portal_id, replace(to, url=url, kind=Kind.ARTICLE, status=404, reason=reason), now)
        return
    done(db, portal_id, replace(to, url=url), now)
    if to.kind not in (Kind.ARTICLE, Kind.OTHER) or recheck.failing(to.status) is not None:
        return
    values: dict[str, Any] = {"due_at": None, "reason": reason}
    if known and known["last_at"] and verdict is Verdict.UNKNOWN:
        values |= {"kind": Kind.ARTICLE, "due_at": stamp_due(now + recheck.doubt(Kind.ARTICLE), now)}
    update(
        db, "frontier", value(db, "SELECT id FROM frontier WHERE portal_id = ? AND url = ?", (portal_id, url)), values
    )


def leads_to(db: Database, portal_id: int, hop: Capture, target: str, *, since: datetime, now: datetime) -> bool:  # noqa: PLR0913 (all but two by name)
    """True when ``target`` was visited since then: what ``hop`` asked for led to it and needs no visit of its own."""
    sql = "SELECT * FROM frontier WHERE portal_id = ? AND url = ? AND last_at >= ?"
    there, url = row(db, sql, (portal_id, target, stamp(since))), captures.requested(hop)
    if there is None or url == target:
        return False
    known = Done(
        url=target,
        kind=Kind(there["kind"]),
        status=there["last_status"],
        captured_at=hop.captured_at,
        changed=None,
        published=None,
        retry_at=None,
        etag=there["etag"],
        last_modified=there["last_modified"],
        reason=there["reason"],
    )
    led = Redirect(asked=url, target=target, kind=known.kind, status=known.status)
    article_id, at = articles.at_url(db, target), stamp(hop.captured_at)
    verdict = judge(db, led, article_id, at, captures.known(db, hop))
    redirected(db, portal_id, url, known, verdict, now)
    if article_id is not None:
        parts.reached(db, article_id, [url], at)
    return True
