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
    """``letter`` as an entity, where need be with the tone as a combining mark behind it."""
    marks = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", marks[0] + marks[-1]) if len(marks) == 3 else letter
    tone = marks[1] if len(marks) == 3 else ""
    if len(marks) == 3 and len(base) == 2:
        base, tone = unicodedata.normalize("NFC", marks[:2]), marks[2]
    name = codepoint2name.get(ord(base)) if len(base) == 1 and base > "\x7f" else None
    return f"&{name};{tone}" if name else letter


def _decomposed(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)


def _as_is(letter: str) -> str:
    return letter


_MANNERS: tuple[Callable[[str], str], ...] = (_entity, _decomposed, _as_is)
