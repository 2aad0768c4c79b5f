"""What an edit changed, word by word, and how much of an edit it was. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from crawler.archive.said import Said
from crawler.text import squash

SMALL, LARGE = 0.15, 0.5
"""Up to these shares of changed words an edit is small, or large; beyond it is a rewrite."""

LONG = 5000
"""Words beyond which frequent ones are no longer compared one by one."""

CONTEXT = 8
"""Words that stay around a change; what lies between is shortened."""

REWRITTEN = 60
"""A field of more words of which over ``LARGE`` differ was rewritten: its words side by side tell nothing."""

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


MARKS = {Change.REMOVED: ("[-", "-]"), Change.ADDED: ("{+", "+}"), Change.SAME: ("", "")}
"""What stands around words that are gone, new, or the same."""


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


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with only the words next to the changes of what stayed the same."""
    last = len(pieces) - 1
    return [
        replace(piece, text=_next_to_changes(piece.text, begins=n == 0, ends=n == last))
        if piece.change is Change.SAME
        else piece
        for n, piece in enumerate(pieces)
    ]


def difference(old: Said, new: Said) -> str:
    """The edit in plain text, a line a field: ``body: … for [-120-] {+135+} households …``."""
    return "\n".join(f"{name}: {_marked(pieces)}" for name, pieces in edits(old, new).items())


def _marked(pieces: tuple[Piece, ...]) -> str:
    if sum(len(piece.text.split()) for piece in pieces) > REWRITTEN and _share(pieces) > LARGE:
        return "rewritten"
    return " ".join(f"{MARKS[p.change][0]}{p.text}{MARKS[p.change][1]}" for p in shortened(pieces))


def _next_to_changes(text: str, *, begins: bool, ends: bool) -> str:
    """The last words of a beginning, the first ones of an end, both of a middle."""
    words = text.split(" ")
    head, tail = (0 if begins else CONTEXT), (0 if ends else CONTEXT)
    if len(words) <= head + tail + 1:
        return text
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])


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
