"""Text as HTML: plainly, or with entities, composed and decomposed letters side by side."""

import unicodedata
from collections.abc import Callable
from html import escape
from html.entities import codepoint2name


def escaped(text: str) -> str:
    """``text`` with only the letters escaped that must be."""
    return escape(text, quote=False)


def muddled(text: str) -> str:
    """``text`` as some editors paste it: entities, composed and decomposed letters side by side."""
    words = escaped(text).split(" ")
    return " ".join("".join(map(_MANNERS[i % 3], word)) for i, word in enumerate(words))


def _entity(letter: str) -> str:
    """``letter`` as an entity, where need be with its tone as a combining mark behind it."""
    base, *marks = tuple(unicodedata.normalize("NFD", letter))
    for tone in ("", *marks):
        rest = "".join(mark for mark in marks if mark != tone)
        name = codepoint2name.get(_point(base + rest))
        if name and letter > "\x7f" and unicodedata.normalize("NFC", base + rest + tone) == letter:
            return f"&{name};{tone}"
    return letter


def _point(letter: str) -> int:
    composed = unicodedata.normalize("NFC", letter)
    return ord(composed) if len(composed) == 1 else 0


def _decomposed(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)


def _as_is(letter: str) -> str:
    return letter


_MANNERS: tuple[Callable[[str], str], ...] = (_entity, _decomposed, _as_is)
