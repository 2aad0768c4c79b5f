"""Is the archive sound? What SQLite says, what the index says, and what our own tables must agree on.

Edits by other tools can leave derived things behind what they are derived from: the index and the folded text, the
heads of stories, the sketches of deleted articles. Those are mended; anything else is only told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from crawler.archive import index, saved, stories
from crawler.archive.archive import Archive
from crawler.archive.proof import index_is_right


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be; ``derived`` when ``mend`` puts it right without any loss.

    A ``note`` is worth knowing and no fault: somebody edited an article by hand, its versions are what they were.
    """

    what: str
    derived: bool = False
    note: bool = False


_TOLD = {
    "article {} does not count its versions right": """
        SELECT id FROM articles WHERE versions <> (SELECT count(*) FROM versions WHERE article_id = articles.id)""",
    "the versions of article {} are not numbered from 1": """
        SELECT article_id FROM versions GROUP BY article_id HAVING min(number) <> 1 OR max(number) <> count(*)""",
    "a version of article {} ends before it begins": """
        SELECT article_id FROM versions WHERE seen_until < seen_from""",
    "article {} was first seen after it was last seen": """
        SELECT id FROM articles WHERE last_seen_at < first_seen_at""",
    "article {} is withheld and shown all the same: withhold it again": """
        SELECT articles.id FROM articles JOIN withheld_urls USING (url)""",
    "URL {} of the frontier is leased to nobody, or has an owner and is not leased": """
        SELECT url FROM frontier WHERE (state = 'leased') <> (lease IS NOT NULL)""",
}
_NOTED = {
    "article {} was edited by hand: what the portal printed is in its versions": """
        SELECT id FROM articles JOIN versions ON article_id = id AND number = articles.versions
        WHERE articles.headline IS NOT versions.headline OR articles.lead IS NOT versions.lead
        OR articles.body IS NOT versions.body OR articles.captions IS NOT versions.captions
        OR articles.byline IS NOT versions.byline""",
}
_DERIVED = {
    "story {} has another head than its first article, or no copies": """
        SELECT id FROM stories WHERE (SELECT count(*) FROM articles WHERE story_id = stories.id) < 2
        OR NOT EXISTS (SELECT 1 FROM articles WHERE id = head_id AND story_id = stories.id)""",
    "there are sketches of article {}, which was deleted": """
        SELECT article_id FROM sketches WHERE article_id NOT IN (SELECT id FROM articles)
        UNION SELECT article_id FROM sketches_recent WHERE article_id NOT IN (SELECT id FROM articles)""",
}


_DIFFERS = "the full-text index does not hold what the articles say"
_UNREAD = (
    "the full-text index was not compared with the articles: there is no room for temporary files,"
    " name a folder that has some in the variable SQLITE_TMPDIR"
)


def check(archive: Archive) -> list[Finding]:
    """Everything that is not as it should be; empty for a sound archive."""
    db = archive.db
    right = index_is_right(db)
    return [
        *(Finding(what=f"SQLite: {line}") for line in _broken(db)),
        *(Finding(what=what.format(value)) for what, sql in _TOLD.items() for (value,) in db.conn.execute(sql)),
        *(
            Finding(what=what.format(value), note=True)
            for what, sql in _NOTED.items()
            for (value,) in db.conn.execute(sql)
        ),
        *(
            Finding(what=f"the saved search {name} is no query: correct or delete its row")
            for name in saved.refused(archive)
        ),
        *((Finding(what=_DIFFERS, derived=True),) if right is False else ()),
        *((Finding(what=_UNREAD, note=True),) if right is None else ()),
        *(Finding(what=what, derived=True) for what in _behind(db)),
    ]


def mend(archive: Archive) -> list[Finding]:
    """Bring everything derived up to date; what is left, and was not mended."""
    db = archive.db
    right = index_is_right(db)
    with archive.transaction():
        for article_id in list(index.stale(db)):
            index.refold(db, article_id)
        if not right or index.missing(db):
            index.restore(db)
        for (story,) in db.conn.execute("SELECT id FROM stories").fetchall():
            stories.settle(db, story)
        for table in stories.SKETCHES:
            db.conn.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT id FROM articles)")
    return check(archive)


def _broken(db: Database) -> Iterator[str]:
    yield from (line for (line,) in db.conn.execute("PRAGMA integrity_check") if line != "ok")
    for table, rowid, parent, _ in db.conn.execute("PRAGMA foreign_key_check"):
        yield f"row {rowid} of {table} refers to a row of {parent} that is not there"


def _behind(db: Database) -> Iterator[str]:
    yield from (f"the trigger {name} that keeps the index is missing" for name in index.missing(db))
    yield from (f"article {article_id} is not indexed by what it says now" for article_id in index.stale(db))
    for what, sql in _DERIVED.items():
        yield from (what.format(value) for (value,) in db.conn.execute(sql))
