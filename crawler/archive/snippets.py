"""A piece of the original text around what a query found, with its accents. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crawler.archive.reading import Term
from crawler.text import spellings, squash, strip_accents, unspaced

WORDS = 28
"""Length of a snippet."""

_LETTERS = re.compile(r"[^\W_]+")


class _Span(NamedTuple):
    start: int
    end: int
    term: int


def snippet(text: str, terms: Sequence[Term]) -> str:
    """About 28 words of ``text`` where most of the terms stand, with [ and ] around what was found."""
    words = [(found.start(), found.end()) for found in _LETTERS.finditer(text)]
    if not words:
        return ""
    spans = sorted(span for number, term in enumerate(terms) for span in _spans(text, words, term, number))
    first = _best(words, spans)
    start, end = words[first][0], words[min(first + WORDS, len(words)) - 1][1]
    shown = _marked(text, start, end, spans)
    return squash(("… " if first else "") + shown + (" …" if first + WORDS < len(words) else ""))


def _spans(text: str, words: Sequence[tuple[int, int]], term: Term, number: int) -> Iterator[_Span]:
    if unspaced(term.text):
        yield from (_Span(m.start(), m.end(), number) for m in re.finditer(re.escape(term.text), text))
        return
    wanted = [_forms(word) for word in term.words]
    said = [_said(text[start:end], term.exact) for start, end in words]
    for at in range(len(said) - len(wanted) + 1):
        if all(_is(said[at + n], forms, term.begins and n == len(wanted) - 1) for n, forms in enumerate(wanted)):
            yield _Span(words[at][0], words[at + len(wanted) - 1][1], number)


def _forms(word: str) -> tuple[str, ...]:
    """A word and its other accepted spelling."""
    return tuple(form.lower() for form in (word, spellings(word)) if form)


def _said(word: str, exact: bool) -> str:
    return (word if exact else strip_accents(word)).lower()


def _is(said: str, forms: tuple[str, ...], begins: bool) -> bool:
    return said.startswith(forms) if begins else said in forms


def _best(words: Sequence[tuple[int, int]], spans: Sequence[_Span]) -> int:
    """The number of the word to begin with: a little before the span after which most terms follow."""
    starts = {start: number for number, (start, _) in enumerate(words)}
    best, most = 0, 0
    for span in spans:
        first = max(starts.get(span.start, 0) - 4, 0)
        end = words[min(first + WORDS, len(words)) - 1][1]
        terms = len({other.term for other in spans if span.start <= other.start and other.end <= end})
        if terms > most:
            best, most = first, terms
    return best


def _marked(text: str, start: int, end: int, spans: Sequence[_Span]) -> str:
    shown, at = [], start
    for span in spans:
        if span.start >= at and span.end <= end:
            shown += [text[at : span.start], "[", text[span.start : span.end], "]"]
            at = span.end
    return "".join((*shown, text[at:end]))
