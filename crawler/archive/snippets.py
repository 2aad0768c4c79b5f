"""A piece of the original text around what a query found, with its accents. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from crawler.archive.reading import Term
from crawler.text import (
    HANGUL,
    MARKS,
    NON_JOINER,
    OTHER_STROKE,
    PARTED,
    korean,
    spellings,
    squash,
    strip_accents,
    umlauts,
    unspaced,
)

LENGTH = 180
"""Characters of a snippet."""

BEFORE = 30
"""Characters before the first thing that was found."""

_AGAIN = re.compile(r"\]( ?)\[")
_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+(?:{NON_JOINER}(?:[^\W_]|[{MARKS}])+)*")
_ANYWHERE = re.compile("")
_NO_SYLLABLE_BEFORE = re.compile(f"(?<![{HANGUL}])")
_NO_LETTER_BEFORE = re.compile(rf"(?<!(?![{PARTED}])[^\W_])")
_NO_LETTER_BEHIND = re.compile(rf"(?!(?![{PARTED}])(?:[^\W_]|[{MARKS}]))")


class _Span(NamedTuple):
    start: int
    end: int
    term: int


class _Pattern(NamedTuple):
    """What a term looks like in a text, and what must be true before and behind it.

    The conditions have long lists of characters, which would take 8 ms to compile into the pattern of every term.
    """

    words: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the term stands."""
        at = 0
        while found := self.words.search(text, at):
            start, end = found.span()
            stands = self.before.match(text, start) and self.behind.match(text, end)
            if stands:
                yield start, end
            at = end if stands else start + 1

    def stands(self, text: str) -> bool:
        """True when the term stands in the text."""
        return any(True for _ in self.spans(text))


def snippet(text: str, terms: Sequence[Term], phrase: Term | None = None) -> str:
    """About 180 characters of ``text`` where the phrase or most of the terms stand, with [ and ] around them."""
    spans = sorted(_spans(text, [phrase])) if phrase else []
    spans = spans or sorted(_spans(text, terms))
    start, end = _window(text, spans)
    shown = _AGAIN.sub(r"\1", squash(_marked(text, start, end, spans)))
    return f"{'… ' * (start > 0)}{shown}{' …' * (end < len(text))}"


def finder(term: Term) -> Callable[[str], bool]:
    """A function that tells whether the term stands in a text."""
    pattern = _pattern(term)
    if term.exact:
        return lambda text: pattern.stands(_lower(text))
    return lambda text: any(map(pattern.stands, (_lower(strip_accents(text)), *_apart(text))))


def _spans(text: str, terms: Sequence[Term]) -> Iterator[_Span]:
    exact, bare = _lower(text), None
    for number, term in enumerate(terms):
        pattern = _pattern(term)
        if term.exact:
            yield from (_Span(*found, number) for found in pattern.spans(exact))
        else:
            bare = bare or _Bare(text)
            yield from (_Span(*bare.span(*found), number) for found in pattern.spans(bare.text))
            for apart in _apart(text):
                yield from (_Span(*found, number) for found in pattern.spans(apart))


def _apart(text: str) -> tuple[str, ...]:
    """The text with its words in parts where marks stand between letters, as the index has them too."""
    return (_lower(text),) if NON_JOINER in text else ()


class _Bare:
    """A text without accents that knows where its characters came from."""

    def __init__(self, text: str) -> None:
        self.text = _lower(strip_accents(text))
        self._ends: list[int] | None = None
        if len(self.text) != len(text):
            # Some letters became two, or none.
            pieces = [_lower(strip_accents(char)) for char in text]
            self.text = "".join(pieces)
            self._ends = list(accumulate(map(len, pieces)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where what stands here without accents stands in the original text."""
        if self._ends is None:
            return start, end
        # Accents that are characters of their own, and vanished, belong to the letter before them.
        last = self._ends[bisect_left(self._ends, end)]
        return bisect_left(self._ends, start + 1), bisect_right(self._ends, last)


def _lower(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _pattern(term: Term) -> _Pattern:
    if unspaced(term.text):
        # A name may be printed with a space in it, and typed with one.
        characters = " ?".join(map(re.escape, "".join(term.text.lower().split())))
        return _Pattern(re.compile(characters), _ANYWHERE, _ANYWHERE)
    words = (r"[\W_]*".join(map(_any_form, word.split(NON_JOINER))) for word in _WORD.findall(term.text))
    before = _NO_SYLLABLE_BEFORE if korean(term.text[:1]) else _NO_LETTER_BEFORE
    return _Pattern(re.compile(r"[\W_]+".join(words)), before, _ANYWHERE if term.open else _NO_LETTER_BEHIND)


def _any_form(word: str) -> str:
    return f"(?:{'|'.join(map(re.escape, _forms(word)))})"


def _forms(word: str) -> list[str]:
    """A word and its other accepted spellings."""
    accepted = filter(None, (word, spellings(word), *map(strip_accents, umlauts(word))))
    return [form.lower() for one in accepted for form in dict.fromkeys((one, one.translate(OTHER_STROKE)))]


def _window(text: str, spans: Sequence[_Span]) -> tuple[int, int]:
    first = max(spans, key=lambda span: (_terms_after(span, spans), -span.start), default=_Span(0, 0, 0))
    start = _word_start(text, first.start)
    return start, _word_end(text, max(start + LENGTH, first.end))


def _terms_after(first: _Span, spans: Sequence[_Span]) -> int:
    """How many of the terms a window that begins with ``first`` shows."""
    return len({span.term for span in spans if first.start <= span.start and span.end <= first.start + LENGTH - BEFORE})


def _word_start(text: str, before: int) -> int:
    """Where a word begins that stands not far before a place; in a text without spaces any character will do."""
    at = before - BEFORE
    if at <= 0:
        return 0
    space = text.find(" ", at, before)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    """Where the word at a place ends, or the text; in a text without spaces the place itself."""
    end = text.find(" ", at, at + BEFORE)
    return end if end >= 0 else len(text) if at + BEFORE >= len(text) else at


def _marked(text: str, start: int, end: int, spans: Sequence[_Span]) -> str:
    shown: list[str] = []
    at = start
    for span in spans:
        if span.start >= at and span.end <= end:
            shown += [text[at : span.start], "[", text[span.start : span.end], "]"]
            at = span.end
    return "".join((*shown, text[at:end]))
