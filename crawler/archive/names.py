"""Names in bylines that may be one and the same: shown as candidates, never merged by guess."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

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


def candidates(db: Database) -> list[Candidate]:
    """Pairs of names that may be one, by name."""
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
