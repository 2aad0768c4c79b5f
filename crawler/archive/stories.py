"""Stories: the copies of one text. Near duplicates are looked up by sketch; all shingles have the final say."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from sqlite_utils import Database

from crawler import duplicates
from crawler.archive.rows import insert, rows, value
from crawler.model import Duplicate, Fingerprint

TEMPLATE = 60
"""A hash that stands in more articles belongs to a template and finds nothing."""

MOST = 60
CANDIDATES = 12
"""Of so many articles that share hashes, so many are compared in full."""

SKETCHES = ("sketches", "sketches_recent")
RECENT = 1_000_000
"""So many hashes of a bulk import are gathered before they are put into their places in ``sketches``."""

SHARED = 0.25
"""Share of the smaller sketch that two articles have in common before their texts are compared in full."""


_LEAST = {1: duplicates.MIN_SHINGLES, **{rate: duplicates.SHORTEST[rate] // rate for rate in duplicates.RATES[1:]}}
"""How many hashes a text sampled at a rate has at least."""


class Told(NamedTuple):
    """An article whose rows are not written yet, as far as its copies ask; its shingles are packed."""

    url: str
    words: int
    text: str
    shingles: bytes


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Articles of a bulk import whose rows are not written yet; their copies are found all the same."""

    texts: dict[int, Told] = field(default_factory=dict)
    exact: dict[str, list[int]] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    """Of each hash one article that has it: most hashes stand in no other."""
    more: dict[int, list[int]] = field(default_factory=dict)
    written: dict[int, Sequence[int]] = field(default_factory=dict)
    """The articles in the tables by hash, of the texts that were looked up."""
    asked: dict[str, bool] = field(default_factory=dict)
    """The texts that were looked up, and whether an article in the tables has the very same."""

    def look_up(self, db: Database, fingerprints: Iterable[Fingerprint]) -> None:
        """Find who else has these texts or hashes of theirs. Many at once are found several times as fast."""
        unknown = {each.exact: each.sketch for each in fingerprints if each.exact not in self.asked}
        if unknown:
            self.asked.update(dict.fromkeys(unknown, False))
            self.asked.update(dict.fromkeys(_told_already(db, unknown), True))
            self.written.update(_holders(db, sorted(set(chain.from_iterable(unknown.values())))))

    def holders(self, hashes: Sequence[int]) -> list[Sequence[int]]:
        """The articles that have any of these hashes, which were looked up, by hash; not written ones come last."""
        written = [self.written[hash_] for hash_ in hashes if hash_ in self.written]
        first = [(self.first[hash_], *self.more.get(hash_, ())) for hash_ in hashes if hash_ in self.first]
        return [*written, *first]

    def add(self, db: Database, article_id: int, fingerprint: Fingerprint, told: Told) -> None:
        """Enter an article, and all its hashes that are not template."""
        self.texts[article_id] = told
        self.exact.setdefault(fingerprint.exact, []).append(article_id)
        self.look_up(db, (fingerprint,))
        for hash_ in fingerprint.sketch:
            if hash_ in self.written or hash_ in self.first:
                self._add_to_others(hash_, article_id)
            else:
                self.first[hash_] = article_id

    def _add_to_others(self, hash_: int, article_id: int) -> None:
        more = self.more.get(hash_, [])
        if len(self.written.get(hash_, ())) + (hash_ in self.first) + len(more) > TEMPLATE:
            return
        if self.first.setdefault(hash_, article_id) != article_id:
            self.more.setdefault(hash_, more).append(article_id)

    def write(self, db: Database) -> None:
        """Enter the hashes in the order of the table, in which they are put in quickest."""
        pairs = sorted(chain(self.first.items(), ((hash_, id_) for hash_, ids in self.more.items() for id_ in ids)))
        db.conn.executemany("INSERT OR IGNORE INTO sketches_recent (hash, article_id) VALUES (?, ?)", pairs)
        if value(db, "SELECT count(*) FROM sketches_recent") > RECENT:
            put_in_place(db)
        for part in (self.texts, self.exact, self.first, self.more, self.written, self.asked):
            part.clear()


def near(
    db: Database, fingerprint: Fingerprint, text: str, exclude_url: str, unwritten: Unwritten | None = None
) -> tuple[Duplicate, ...]:
    """The stored articles that say the same or nearly the same as ``text``, most alike first."""
    unwritten = unwritten or Unwritten()
    unwritten.look_up(db, (fingerprint,))
    same = _same(db, fingerprint, exclude_url, unwritten)
    ids = [id_ for id_ in _sharing(db, fingerprint, unwritten) if id_ not in same]
    own = duplicates.unpacked(text, fingerprint.shingles if ids else b"")
    alike = [
        (likeness, id_)
        for id_, theirs in _texts(db, ids, exclude_url, unwritten)
        if (likeness := duplicates.near(own, theirs))
    ]
    # What shares more of both texts is the better copy; a round-up of the week contains many.
    return (
        *(Duplicate(article_id=id_, similarity=1.0) for id_ in same),
        *(Duplicate(article_id=id_, similarity=max(like)) for like, id_ in sorted(alike, reverse=True)),
    )


def _same(db: Database, fingerprint: Fingerprint, exclude_url: str, unwritten: Unwritten) -> list[int]:
    """The articles with the same normalised text, the oldest rows first."""
    written: list[int] = []
    if unwritten.asked[fingerprint.exact]:
        sql = "SELECT id FROM articles WHERE fingerprint = ? AND url <> ? ORDER BY id LIMIT ?"
        written = [id_ for (id_,) in db.conn.execute(sql, (fingerprint.exact, exclude_url, CANDIDATES))]
    others = unwritten.exact.get(fingerprint.exact, ())
    return [*written, *(id_ for id_ in others if unwritten.texts[id_].url != exclude_url)][:CANDIDATES]


def sketch(db: Database, article_id: int, fingerprint: Fingerprint) -> None:
    """Enter an article's hashes, but those that are template already."""
    db.conn.execute(
        "INSERT OR IGNORE INTO sketches (hash, article_id) SELECT value, ? FROM json_each(?) AS ours"
        " WHERE (SELECT count(*) FROM (SELECT 1 FROM sketches WHERE hash = ours.value UNION ALL"
        " SELECT 1 FROM sketches_recent WHERE hash = ours.value LIMIT ?)) <= ?",
        (article_id, json.dumps(fingerprint.sketch), TEMPLATE + 1, TEMPLATE),
    )


def put_in_place(db: Database) -> None:
    """Move what bulk import has entered into the large table."""
    db.conn.execute("INSERT OR IGNORE INTO sketches SELECT hash, article_id FROM sketches_recent ORDER BY 1, 2")
    db.conn.execute("DELETE FROM sketches_recent")


def unsketch(db: Database, article_id: int, text: str) -> None:
    """Take out the hashes of what an article said before."""
    # All hashes, because earlier releases have sampled more of them.
    old = [(hash_, article_id) for hash_ in sorted(duplicates.shingles(text))]
    for table in SKETCHES:
        db.conn.executemany(f"DELETE FROM {table} WHERE hash = ? AND article_id = ?", old)


def join(db: Database, article_id: int, found: tuple[Duplicate, ...]) -> None:
    """Put an article into the story of the one that is most like it, and out of any other.

    Only that one: a round-up that contains several texts does not make them one story.
    """
    others = _existing(db, article_id, found)
    before = _story_of(db, article_id)
    db.conn.execute("DELETE FROM story_matches WHERE article_id = ?", (article_id,))
    db.conn.executemany(
        "INSERT INTO story_matches (article_id, other_id, similarity) VALUES (?, ?, ?)",
        [(article_id, other.article_id, round(other.similarity, 4)) for other in others],
    )
    story = _story_with(db, others[0].article_id) if others else before
    if story != before:
        db.conn.execute("UPDATE articles SET story_id = ? WHERE id = ?", (story, article_id))
    for each in {before, story}:
        if each is not None:
            settle(db, each)


def _story_of(db: Database, article_id: int) -> int | None:
    story: int | None = value(db, "SELECT story_id FROM articles WHERE id = ?", (article_id,))
    return story


def _story_with(db: Database, article_id: int) -> int:
    story = _story_of(db, article_id)
    if story is None:
        story = insert(db, "stories", {"head_id": article_id})
        db.conn.execute("UPDATE articles SET story_id = ? WHERE id = ?", (story, article_id))
    return story


def settle(db: Database, story: int) -> None:
    """The first published (then the first seen) article of a story is its head; a story without copies is none."""
    members = db.conn.execute(
        "SELECT id FROM articles WHERE story_id = ?"
        " ORDER BY published_at IS NULL, datetime(published_at), first_seen_at, id LIMIT 2",
        (story,),
    ).fetchall()
    if len(members) == 2:
        db.conn.execute("UPDATE stories SET head_id = ? WHERE id = ?", (members[0][0], story))
        return
    db.conn.execute("UPDATE articles SET story_id = NULL WHERE story_id = ?", (story,))
    db.conn.execute("DELETE FROM stories WHERE id = ?", (story,))


def _existing(db: Database, article_id: int, found: tuple[Duplicate, ...]) -> list[Duplicate]:
    sql = "SELECT 1 FROM articles WHERE id = ?"
    return [other for other in found if other.article_id != article_id and value(db, sql, (other.article_id,))]


def _texts(
    db: Database, ids: Sequence[int], exclude_url: str, unwritten: Unwritten
) -> Iterator[tuple[int, duplicates.Text]]:
    if not ids:
        return
    told = {id_: unwritten.texts[id_] for id_ in ids if id_ in unwritten.texts}
    found = rows(
        db,
        "SELECT id, lead, body, captions FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND url <> ?",
        (json.dumps(ids), exclude_url),
    )
    for other in found:
        yield other["id"], duplicates.compared(text_of(other))
    for id_, other in told.items():
        if other.url != exclude_url:
            yield id_, duplicates.unpacked(other.text, other.shingles)


def text_of(article: sqlite3.Row) -> str:
    """What of the row of an article is compared."""
    return duplicates.joined(article["lead"], article["body"], article["captions"])


def _sharing(db: Database, fingerprint: Fingerprint, unwritten: Unwritten) -> list[int]:
    """The articles that share most hashes; a hash that stands everywhere counts for none."""
    holders = unwritten.holders(fingerprint.sketch)
    if not holders:
        return []
    ours = duplicates.sampled(fingerprint)
    least = SHARED * min(max(min(ours[rate], _LEAST[rate]), 1) for rate in duplicates.RATES)
    if len(holders) < least:
        return []
    shared = Counter(chain.from_iterable(holders))
    # Most share a stock phrase only; those are not even looked at.
    most = sorted((-count, article_id) for article_id, count in shared.items() if count >= least)[:MOST]
    words = _words(db, [id_ for _, id_ in most], unwritten)
    worth = [id_ for count, id_ in most if id_ in words and -count >= SHARED * _smaller(ours, words[id_])]
    return worth[:CANDIDATES]


def _told_already(db: Database, exact: Iterable[str]) -> list[str]:
    """Those of these texts that an article has."""
    sql = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM articles WHERE fingerprint = value)"
    return [same for (same,) in db.conn.execute(sql, (json.dumps(list(exact)),))]


def _holders(db: Database, hashes: Sequence[int]) -> dict[int, list[int]]:
    """The articles that have one of these hashes, by hash."""
    held = "SELECT hash, article_id FROM {} WHERE hash IN (SELECT value FROM json_each(:hashes))"
    sql = " UNION ALL ".join(map(held.format, SKETCHES))
    found: dict[int, list[int]] = {}
    for hash_, article_id in db.conn.execute(sql, {"hashes": json.dumps(hashes)}):
        found.setdefault(hash_, []).append(article_id)
    return found


def _words(db: Database, ids: list[int], unwritten: Unwritten) -> dict[int, int]:
    if not ids:
        return {}
    sql = "SELECT id, words FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    told = {id_: unwritten.texts[id_].words for id_ in ids if id_ in unwritten.texts}
    return dict(db.conn.execute(sql, (json.dumps(ids),)).fetchall()) | told


def _smaller(ours: Mapping[int, int], words: int) -> float:
    """How many hashes the smaller of two sketches has, as far as both were sampled alike."""
    rate = duplicates.rate(words)
    return max(min(ours[rate], words / rate), 1)
