"""What an edit changed, word by word, and how much of an edit it was. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from crawler.archive.said import Said
from crawler.text import squash

SMALL, LARGE = 0.15, 0.5
"""Up to these shares of changed words an edit is small, or large; beyond it is a rewrite."""

LONG = 5000
"""Words beyond which frequent ones are no longer compared one by one."""

FIELDS = ("published_at", "byline", "headline", "lead", "body", "captions")
_FIGURE = re.compile(r"[\d.,:/%\-–]+")


class Change(StrEnum):
    """How a piece of text stands in two versions."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Extent(StrEnum):
    """How much of an edit a new version is."""

    DATE = "date"
    FIGURES = "figures"
    SMALL = "small"
    LARGE = "large"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words that both versions have, or only one."""

    change: Change
    text: str


def compare(old: str | None, new: str | None) -> tuple[Piece, ...]:
    """The words of two texts side by side, in order."""
    before, after = squash(old).split(), squash(new).split()
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=len(after) > LONG).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(change=Change.SAME, text=" ".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece(change=Change.REMOVED, text=" ".join(before[a:b])))
        if c < d:
            pieces.append(Piece(change=Change.ADDED, text=" ".join(after[c:d])))
    return tuple(pieces)


def edits(old: Said, new: Said) -> Mapping[str, tuple[Piece, ...]]:
    """The fields that two versions do not have in common, compared."""
    fields = {name: (getattr(old, name), getattr(new, name)) for name in FIELDS}
    return {name: compare(*pair) for name, pair in fields.items() if squash(pair[0]) != squash(pair[1])}


def extent(old: Said, new: Said) -> Extent:
    """How much of an edit leads from one version to the next."""
    pieces = compare(_whole(old), _whole(new))
    changed = [piece.text for piece in pieces if piece.change is not Change.SAME]
    if not changed:
        return Extent.DATE
    if all(_FIGURE.fullmatch(word) for text in changed for word in text.split()):
        return Extent.FIGURES
    share = _share(pieces)
    return Extent.SMALL if share <= SMALL else Extent.LARGE if share <= LARGE else Extent.REWRITE


def _whole(said: Said) -> str:
    return "\n".join(filter(None, (said.headline, said.byline, said.lead, said.body, said.captions)))


def _share(pieces: tuple[Piece, ...]) -> float:
    """The share of words that one of the versions does not have."""
    words = {change: sum(len(p.text.split()) for p in pieces if p.change is change) for change in Change}
    changed = max(words[Change.REMOVED], words[Change.ADDED])
    return changed / max(words[Change.SAME] + changed, 1)
