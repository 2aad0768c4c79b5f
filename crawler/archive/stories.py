"""Stories: the copies of one text. Near duplicates are looked up by sketch; all shingles have the final say."""

import json
from collections.abc import Mapping

from sqlite_utils import Database

from crawler import duplicates
from crawler.archive.rows import insert, rows, value
from crawler.model import Duplicate, Fingerprint

TEMPLATE = 60
"""A hash that stands in more articles belongs to a template and finds nothing."""

MOST = 60
CANDIDATES = 12
"""Of so many articles that share hashes, so many are compared in full."""

SHARED = 0.25
"""Share of the smaller sketch that two articles have in common before their texts are compared in full."""


def near(db: Database, fingerprint: Fingerprint, text: str, exclude_url: str) -> tuple[Duplicate, ...]:
    """The stored articles that say the same or nearly the same as ``text``, most alike first."""
    same = [
        Duplicate(article_id=found["id"], similarity=1.0)
        for found in rows(
            db,
            "SELECT id FROM articles WHERE fingerprint = ? AND url <> ? ORDER BY id LIMIT ?",
            (fingerprint.exact, exclude_url, CANDIDATES),
        )
    ]
    known = {found.article_id for found in same}
    alike = [
        (likeness, id_)
        for id_, theirs in _candidates(db, fingerprint, exclude_url)
        if id_ not in known and (likeness := duplicates.near(text, theirs))
    ]
    # What shares more of both texts is the better copy; a round-up of the week contains many.
    return (*same, *(Duplicate(article_id=id_, similarity=max(like)) for like, id_ in sorted(alike, reverse=True)))


def sketch(db: Database, article_id: int, fingerprint: Fingerprint) -> None:
    """Enter an article's hashes, but those that are template already."""
    db.conn.execute(
        "INSERT OR IGNORE INTO sketches (hash, article_id) SELECT value, ? FROM json_each(?) AS ours"
        " WHERE (SELECT count(*) FROM (SELECT 1 FROM sketches WHERE hash = ours.value LIMIT ?)) <= ?",
        (article_id, json.dumps(fingerprint.sketch), TEMPLATE + 1, TEMPLATE),
    )


def unsketch(db: Database, article_id: int, text: str) -> None:
    """Take out the hashes of what an article said before."""
    old = duplicates.sketch(duplicates.shingles(text))
    db.conn.executemany("DELETE FROM sketches WHERE hash = ? AND article_id = ?", [(h, article_id) for h in old])


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


def _candidates(db: Database, fingerprint: Fingerprint, exclude_url: str) -> list[tuple[int, str]]:
    ids = _sharing(db, fingerprint.sketch)
    found = rows(
        db,
        "SELECT id, lead, body, captions FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND url <> ?",
        (json.dumps(ids), exclude_url),
    )
    return [(other["id"], duplicates.joined(other["lead"], other["body"], other["captions"])) for other in found]


def _sharing(db: Database, hashes: tuple[int, ...]) -> list[int]:
    """The articles that share most hashes; a hash that stands everywhere counts for none."""
    sql = (
        "SELECT article_id, shared, words FROM (SELECT article_id, count(*) AS shared FROM sketches"
        " WHERE hash IN (SELECT value FROM json_each(?)) GROUP BY article_id ORDER BY shared DESC, article_id LIMIT ?)"
        " JOIN articles ON articles.id = article_id ORDER BY shared DESC, article_id"
    )
    most = db.conn.execute(sql, (json.dumps(hashes), MOST)).fetchall()
    ours = {rate: sum(hash_ % rate == 0 for hash_ in hashes) for rate in duplicates.RATES}
    worth = [id_ for id_, shared, words in most if shared >= SHARED * _smaller(ours, words)]
    return worth[:CANDIDATES]


def _smaller(ours: Mapping[int, int], words: int) -> float:
    """How many hashes the smaller of two sketches has, as far as both were sampled alike."""
    rate = duplicates.rate(words)
    return max(min(ours[rate], words / rate), 1)
