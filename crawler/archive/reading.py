"""How a typed query is read: anything a person types becomes a query that FTS5 takes, and is explained. Pure.

Words are all to be found, in any order; quotes make a phrase, ``*`` a beginning, ``OR``, ``-`` and ``NOT`` and brackets
combine, ``captions:`` names a part. Everything else (``29-NQ/TW``, ``GD&ĐT``, a lone quote, a colon) is text.
A Korean word is a beginning always: particles follow it without a space.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.text import (
    MARKS,
    NON_JOINER,
    OTHER_STROKE,
    fold,
    korean,
    squash,
    strip_accents,
    umlauts,
    unspaced,
    usual_forms,
)

PARTS = {
    "headline": ("headline", "headline_plain"),
    "lead": ("lead", "text_plain"),
    "body": ("body", "text_plain"),
    "captions": ("captions", "captions_plain"),
    "byline": ("byline", "byline_plain"),
}
"""Parts of an article that a query can name, and the columns where they stand."""

_LEX = re.compile(
    r"""(?P<open>\()|(?P<close>\))
    |(?P<operator>(?<![^\s)])(?-i:AND|OR|NOT)(?=[\s("]|$))
    |(?P<minus>(?<![^\s(])-(?=[^\s\-]))
    |(?P<part>\b(?:headline|lead|body|captions|byline):)
    |"(?P<phrase>[^"]*)"?(?P<more>\*?)
    |(?P<word>[^\s()"]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_UNWANTED = "-("
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞〟", '"'))
_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+")
_ACCENTED = re.compile("[a-z\u0370-\u052f]", re.IGNORECASE)
"""Letters of scripts whose accents may be left out in typing: Latin, Greek and Cyrillic."""
_POINTED = re.compile("[\u0590-\u06ff]")
"""Hebrew and Arabic letters: their writers put points and hamzas or not, so that none of them is meant exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase to be found; with accents only as it is typed, without them in any spelling."""

    text: str
    part: str | None = None
    begins: bool = False
    unwanted: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the term, in order."""
        return tuple(_WORD.findall(self.text))

    @property
    def exact(self) -> bool:
        """True when the term was typed with accents."""
        return strip_accents(self.text) != self.text

    @property
    def loose(self) -> bool:
        """True when the term was typed without accents and could have some."""
        return not self.exact and not unspaced(self.text) and bool(_ACCENTED.search(self.text))

    @property
    def open(self) -> bool:
        """True when the last word may go on."""
        return self.begins or korean(self.text)

    @property
    def match(self) -> str:
        """The term as FTS5 is asked for it."""
        return _unspaced(self) if unspaced(self.text) else _spaced(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A query as it was understood: ``match`` for FTS5, in words, and the terms that are to be found.

    ``phrase`` is a query of plain words in a row: articles that have them so are the better ones. ``alone`` is a term
    of several words that is all of the query. ``parts`` are those that the terms name, unwanted ones too; None is the
    whole article.
    """

    match: str
    explanation: str
    terms: tuple[Term, ...]
    phrase: Term | None = None
    alone: Term | None = None
    parts: frozenset[str | None] = frozenset()


@dataclass(frozen=True, slots=True)
class _Node:
    match: str
    said: str


def read(text: str) -> Reading:
    """How ``text`` is read; ``match`` is empty when there is nothing in it to search for."""
    lexemes = list(_lexemes(squash(usual_forms(text.replace("\0", " ")).translate(_QUOTES))))
    node = _joined(list(_pieces(lexemes)), "AND", " and ")
    terms = [lexeme for lexeme in lexemes if isinstance(lexeme, Term)]
    wanted = tuple(_wanted(lexemes))
    if node is None:
        return Reading(match="", explanation="there is no word to search for", terms=())
    said = re.sub(r"^\(([^()]*)\)$", r"\1", node.said)
    return Reading(
        match=node.match,
        explanation="; ".join((said, *_notes(terms))),
        terms=wanted,
        phrase=_phrase(lexemes),
        alone=terms[0] if len(lexemes) == 1 and len(terms[0].words) > 1 else None,
        parts=frozenset(term.part for term in terms),
    )


def _notes(terms: Sequence[Term]) -> Iterator[str]:
    """What is found besides what was typed."""
    if any(term.loose for term in terms):
        yield "a word typed without accents is found with any"
    if any(umlauts(term.text) for term in terms):
        yield "ae, oe, ue and aa are found as umlauts too"
    if any(_POINTED.search(term.text) for term in terms):
        yield "a Hebrew or Arabic word is found with any points and hamzas"
    if any(term.open and not term.begins for term in terms):
        yield "a Korean word is found with whatever is joined to its end"


def named(text: str) -> Term:
    """A name as it was typed, whatever else it could mean in a query."""
    return Term(text=_meant(squash(usual_forms(text.replace("\0", " ")))))


def _pieces(lexemes: Sequence[Term | str]) -> Iterator[_Node]:
    """The query, cut at brackets that close nothing."""
    at = 0
    while at < len(lexemes):
        node, at = _any_of(lexemes, at)
        at += 1
        if node:
            yield node


def quoted(text: str) -> str:
    """A string of FTS5."""
    return '"' + text.replace('"', '""') + '"'


def within(columns: Sequence[str], match: str) -> str:
    """``match`` in some columns only."""
    return f"{{{' '.join(columns)}}} : ({match})"


def _lexemes(text: str) -> Iterator[Term | str]:
    """Terms, and what stands between them: AND, OR, an opening bracket with or without a minus, a closing one."""
    part, unwanted = None, False
    parts: list[str | None] = []
    for found in _LEX.finditer(text):
        kind = found.lastgroup
        if kind == "part":
            part = found["part"].rstrip(":").lower()
        elif kind == "minus" or found["operator"] == "NOT":
            unwanted = True
        elif kind in ("close", "operator"):
            del parts[-1 if kind == "close" else len(parts) :]
            yield found[0]
        else:
            part = part or next(reversed(parts), None)
            if kind == "open":
                parts.append(part)
                yield _UNWANTED if unwanted else "("
            elif (term := _term_of(found, part, unwanted)).words:
                yield term
            part, unwanted = None, False


def _term_of(found: re.Match[str], part: str | None, unwanted: bool) -> Term:
    said = (found["phrase"] if found["phrase"] is not None else found[0]).strip(" *")
    return Term(text=_meant(said), part=part, begins=found[0].endswith("*"), unwanted=unwanted)


def _meant(text: str) -> str:
    return strip_accents(text) if _POINTED.search(text) else text


def _wanted(lexemes: Sequence[Term | str]) -> Iterator[Term]:
    """The terms that are to be found: without a minus, and in no bracket that has one."""
    brackets: list[str] = []
    for lexeme in lexemes:
        if isinstance(lexeme, Term):
            if not lexeme.unwanted and _UNWANTED not in brackets:
                yield lexeme
        elif lexeme in ("(", _UNWANTED):
            brackets.append(lexeme)
        elif lexeme == ")":
            del brackets[-1:]


def _any_of(lexemes: Sequence[Term | str], at: int) -> tuple[_Node | None, int]:
    choices = []
    while True:
        node, at = _all_of(lexemes, at)
        if node:
            choices.append(node)
        if at >= len(lexemes) or lexemes[at] != "OR":
            return _joined(choices, "OR", " or "), at
        at += 1


def _all_of(lexemes: Sequence[Term | str], at: int) -> tuple[_Node | None, int]:
    wanted: list[_Node] = []
    unwanted: list[_Node] = []
    while at < len(lexemes) and lexemes[at] not in ("OR", ")"):
        lexeme = lexemes[at]
        at += 1
        if isinstance(lexeme, Term):
            (unwanted if lexeme.unwanted else wanted).append(_term(lexeme))
        elif lexeme in ("(", _UNWANTED):
            node, at = _any_of(lexemes, at)
            at += 1
            (unwanted if lexeme == _UNWANTED else wanted).extend([node] if node else [])
    node = _joined(wanted, "AND", " and ")
    return (_without(node, unwanted) if node else None), at


def _phrase(lexemes: Sequence[Term | str]) -> Term | None:
    plain = [
        lexeme.text
        for lexeme in lexemes
        if isinstance(lexeme, Term) and not (lexeme.part or lexeme.begins or lexeme.unwanted or unspaced(lexeme.text))
    ]
    return Term(text=" ".join(plain)) if len(plain) == len(lexemes) > 1 else None


def _without(node: _Node, unwanted: list[_Node]) -> _Node:
    for each in unwanted:
        node = _Node(f"({node.match}) NOT ({each.match})", f"{node.said}, but not {each.said}")
    return node


def _joined(nodes: list[_Node], operator: str, word: str) -> _Node | None:
    """The nodes as one; what was typed twice is looked for once."""
    different = list(dict.fromkeys(nodes))
    if len(different) < 2:
        return different[0] if different else None
    match, said = f" {operator} ".join(node.match for node in different), word.join(node.said for node in different)
    return _Node(f"({match})", f"({said})")


def _term(term: Term) -> _Node:
    said = f"“{term.text}{'…' * term.open}”"
    if term.part:
        return _Node(within(PARTS[term.part], term.match), f"{said} in the {term.part}")
    return _Node(term.match, said)


def _spaced(term: Term) -> str:
    """A word or phrase, also without the mark between its letters, with the other d-stroke, with umlauts."""
    text = term.text
    forms = dict.fromkeys((text, text.replace(NON_JOINER, ""), text.translate(OTHER_STROKE), *umlauts(text)))
    match = " OR ".join(quoted(form) + "*" * term.open for form in forms)
    return match if len(forms) == 1 else f"({match})"


def _unspaced(term: Term) -> str:
    """Runs without spaces stand in the index as character pairs; a single character begins a pair."""
    *before, last = fold(term.text).split()
    if len(last) > 1 or not unspaced(last):
        return quoted(" ".join((*before, last))) + "*" * term.open
    if before and len(before[-1]) > 1 and before[-1].endswith(last):
        return quoted(" ".join(before))
    return quoted(" ".join((*before, last))) + "*"
