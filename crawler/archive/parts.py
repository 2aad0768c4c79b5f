"""The parts of an article that have tables of their own: images, attachments, bylines, tags, addresses, verdicts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from sqlite_utils import Database

from crawler.archive.rows import insert, value
from crawler.model import Article, Kind, Verdict

_CAPTURED = {
    table: f"UPDATE {table} SET capture_id = (SELECT id FROM captures WHERE captures.url = {table}.url AND status = 200"
    f" ORDER BY captured_at DESC, id DESC LIMIT 1) WHERE article_id = ?"
    f" AND url IN (SELECT url FROM captures WHERE captures.url = {table}.url AND status = 200)"
    for table in ("images", "attachments")
}
_COLUMNS = {
    "images": ("number", "position", "url", "caption", "credit", "alt"),
    "attachments": ("number", "url", "label", "media_type"),
    "bylines": ("position", "person_id", "role"),
    "article_tags": ("tag_id",),
}

_Values = list[tuple[Any, ...]]


class Parts(NamedTuple):
    """An article's images, attachments, signers (name, kind, role) and tags, as their rows hold them."""

    images: _Values
    attachments: _Values
    signers: list[tuple[str, str, str]]
    tags: list[str]


def parts_of(article: Article) -> Parts:
    """What the tables of its parts will hold of an article."""
    return Parts(_images(article), _attachments(article), list(_signers(article)), list(article.tags))


def keep(db: Database, article_id: int, article: Article) -> bool:
    """Make the rows of an article's images, attachments, bylines and tags say what ``article`` says.

    True when they said anything else.
    """
    changed = False
    for table, wanted in _wanted(Names(db), parts_of(article)):
        if list(_rows(db, table, article_id)) != wanted:
            changed = True
            db.conn.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
            _insert(db, table, [(article_id, *values) for values in wanted])
    return changed


def enter(db: Database, articles: Iterable[tuple[int, Parts]]) -> None:
    """Insert the rows of the parts of new articles, which come with their ids."""
    names = Names(db)
    found: dict[str, _Values] = {table: [] for table in _COLUMNS}
    for article_id, parts in articles:
        for table, wanted in _wanted(names, parts):
            found[table] += [(article_id, *values) for values in wanted]
    for table, values in found.items():
        _insert(db, table, values)


class Names:
    """The ids of people and tags, each looked up, or entered, once."""

    def __init__(self, db: Database) -> None:
        self.person = cache(partial(_person, db))
        self.tag = cache(partial(_tag, db))


def _wanted(names: Names, parts: Parts) -> Iterator[tuple[str, _Values]]:
    yield "images", parts.images
    yield "attachments", parts.attachments
    yield "bylines", [(n, names.person(name, kind), role) for n, (name, kind, role) in enumerate(parts.signers, 1)]
    yield "article_tags", sorted({(names.tag(tag),) for tag in parts.tags})


def captured(db: Database, url: str, kind: Kind, capture_id: int) -> None:
    """A file of an article was captured: its images and attachments point to the capture."""
    table = {Kind.IMAGE: "images", Kind.ATTACHMENT: "attachments"}.get(kind)
    if table:
        db.conn.execute(f"UPDATE {table} SET capture_id = ? WHERE url = ?", (capture_id, url))


def reached(db: Database, article_id: int, urls: Sequence[str], at: str) -> None:
    """The article was reached by these URLs besides its own."""
    db.conn.executemany(
        "INSERT INTO addresses (url, article_id, first_seen_at) VALUES (?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET article_id = excluded.article_id",
        [(url, article_id, at) for url in urls],
    )


def judge(db: Database, article_id: int, verdict: Verdict, at: str, capture_id: int | None) -> bool:
    """What became of an article; True when that is new. An older capture judges nothing."""
    known = db.conn.execute(
        "SELECT verdict, (SELECT max(seen_at) FROM verdicts WHERE article_id = articles.id), last_seen_at"
        " FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    if known[0] == verdict or at < (known[1] or "") or (verdict is not Verdict.LIVE and at < known[2]):
        return False
    db.conn.execute("UPDATE articles SET verdict = ? WHERE id = ?", (verdict, article_id))
    db.conn.execute(
        "INSERT INTO verdicts (article_id, seen_at, verdict, capture_id) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET verdict = excluded.verdict, capture_id = excluded.capture_id",
        (article_id, at, verdict, capture_id),
    )
    return True


def _rows(db: Database, table: str, article_id: int) -> Iterator[tuple[Any, ...]]:
    names = _COLUMNS[table]
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE article_id = ? ORDER BY {names[0]}"
    yield from db.conn.execute(sql, (article_id,))


def _insert(db: Database, table: str, values: _Values) -> None:
    """Insert rows that begin with the id of an article."""
    marks = ", ".join("?" * (len(_COLUMNS[table]) + 1))
    db.conn.executemany(f"INSERT INTO {table} (article_id, {', '.join(_COLUMNS[table])}) VALUES ({marks})", values)
    if table in _CAPTURED:
        db.conn.executemany(_CAPTURED[table], sorted({(article_id,) for article_id, *_ in values}))


def _images(article: Article) -> _Values:
    return [(n, i.position, i.url, i.caption, i.credit, i.alt) for n, i in enumerate(article.images, 1)]


def _attachments(article: Article) -> _Values:
    return [(n, file.url, file.label, file.media_type) for n, file in enumerate(article.attachments, 1)]


def _signers(article: Article) -> Iterator[tuple[str, str, str]]:
    yield from ((name, "person", "author") for name in article.authors)
    if article.unit:
        yield article.unit, "unit", "unit"
    if article.source:
        yield article.source, "unit", "source"


def _person(db: Database, name: str, kind: str) -> int:
    known: int | None = value(db, "SELECT id FROM people WHERE name = ? AND kind = ?", (name, kind))
    return known or insert(db, "people", {"name": name, "kind": kind})


def _tag(db: Database, name: str) -> int:
    known: int | None = value(db, "SELECT id FROM tags WHERE name = ?", (name,))
    return known or insert(db, "tags", {"name": name})
