"""Names in bylines: who signs how often, and which names may be one and the same (shown, never merged by guess)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from unicodedata import normalize

from sqlite_utils import Database

from crawler.archive.rows import rows
from crawler.text import strip_accents, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two names of one kind that differ only by ``why``."""

    name: str
    other: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A name in bylines: how many articles it signed, and the days of the first and last of them."""

    name: str
    kind: str
    articles: int
    first: str | None
    last: str | None


def signers(db: Database, *, like: str | None = None, kind: str | None = None, limit: int) -> list[Signer]:
    """Names that hold ``like``, with or without accents; those that signed most come first."""
    found = rows(
        db,
        "SELECT name, kind, articles, substr(first_published_at, 1, 10) AS first, substr(last_published_at, 1, 10)"
        " AS last FROM people_in_bylines WHERE ? IN (kind, '') ORDER BY articles DESC, name",
        (kind or "",),
    )
    return list(islice((Signer(**row) for row in found if _holds(row["name"], like)), limit))


def _holds(name: str, like: str | None) -> bool:
    return like is None or _bare(like) in _bare(name)


def _bare(name: str) -> str:
    return strip_accents(normalize("NFC", name)).casefold()


def candidates(db: Database, like: str | None = None) -> list[Candidate]:
    """Pairs of names that may be one, by name; with ``like``, those of which one holds it."""
    return [pair for pair in _candidates(db) if _holds(pair.name, like) or _holds(pair.other, like)]


def _candidates(db: Database) -> list[Candidate]:
    found = list(rows(db, "SELECT name, kind FROM people ORDER BY name"))
    kinds = sorted({row["kind"] for row in found})
    pairs = (pair for kind in kinds for pair in _pairs(kind, [row["name"] for row in found if row["kind"] == kind]))
    return sorted(pairs, key=lambda pair: (pair.kind, pair.name, pair.other))


def _pairs(kind: str, names: Iterable[str]) -> Iterator[Candidate]:
    alike: dict[tuple[bytes, ...], list[str]] = {}
    for name in names:
        for key in _keys(name):
            alike.setdefault(key, []).append(name)
    seen = {pair for group in alike.values() for pair in combinations(sorted(set(group)), 2)}
    for name, other in seen:
        if why := difference(name, other):
            yield Candidate(name=name, other=other, kind=kind, why=why)


def difference(name: str, other: str) -> str | None:
    """What two names differ by, when they may be one; None when they are two."""
    mine, theirs = words(name), words(other)
    if name.lower() == other.lower():
        return "capitals"
    if mine == theirs:
        return "accents" if strip_accents(name).lower() == strip_accents(other).lower() else "punctuation"
    if sorted(mine) == sorted(theirs):
        return "order"
    return "initials" if _abbreviates(mine, theirs) or _abbreviates(theirs, mine) else None


def _keys(name: str) -> Iterator[tuple[bytes, ...]]:
    said = words(name)
    yield tuple(sorted(said))
    if said:
        yield (b"initial of the first and all of the last", said[0][:1], said[-1])


def _abbreviates(short: list[bytes], long: list[bytes]) -> bool:
    """True for N. T. Hằng and Nguyễn Thị Hằng."""
    if len(short) != len(long) or short[-1] != long[-1]:
        return False
    return all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(short, long, strict=True))
