"""The labels and openings of bylines: what they say of the names behind them (``bylines.toml``)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from crawler.extract.words import table

LONGEST_LABEL = 6
"""Words a label has at most."""
SHORTEST_LABEL = 3
TRIM = ' \t〓=■□▲△▶◆◇●○★☆✍.,;:|•·–—-_/"“”„«»*()[]…>‹›'
"""Signs that stand around labels and names and are no part of them."""
SPACELESS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A letter of a script that is written without spaces."""

_COLONS = frozenset(":：＝")
_STROKE = re.compile(
    r"(?:^|(?<=[\s（(]))(?P<label>[\u3040-\u9fff]{1,4})\s?[/／|｜丨・]\s?(?=(?P<said>[\u3005\u3400-\u9fff·]{2,}))"
)
"""A stroke between a Chinese label and a name: 文/王芳."""
_LIST = re.compile(
    rf"\s*[/／\\,&+·・、–-]\s*|\s(?:{'|'.join(map(re.escape, table('bylines')['joiners']['words']))})\s", re.I
)
"""Between the labels of one that names several kinds of work: ``Text und Fotos``, 글·사진."""
_GLUED = re.compile(r"^By(?=[A-Z][a-z])")
"""An opening and a name that stand in elements of their own, without a space between them."""


class Label(StrEnum):
    """What stands behind a label of a byline."""

    AUTHOR = "author"
    ENTERED = "entered"
    SOURCE = "source"
    UNIT = "unit"
    OTHER = "other"


PERSONS = (Label.AUTHOR, Label.ENTERED)
"""Labels behind which stand those who wrote the text, or put it on the page."""
CREDITING = (*PERSONS, Label.SOURCE, Label.UNIT)


def chunks(line: str) -> Iterator[tuple[Label | None, str]]:
    """The line cut at its labels: what each label says and the text behind it; None for text without label."""
    marks = [mark for colon in re.finditer(r"[:：＝]", line) if (mark := _label_before(line, colon.start()))]
    marks = marks or list(_stroked(line))
    if not marks or marks[0][0] > 0:
        head = line[: marks[0][0]] if marks else line
        yield from _opened(head.strip(TRIM))
    for number, (_, end, label) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(line)
        yield label, line[end:stop].strip(TRIM)


def _label_before(line: str, colon: int) -> tuple[int, int, Label] | None:
    """(start, end with colon, meaning) of the label that ends at a colon."""
    words = list(re.finditer(r"\S+", line[:colon]))[-LONGEST_LABEL:]
    for first in words:
        if label := meaning(line[first.start() : colon]):
            return first.start(), colon + 1, label
    last = words[-1].group() if words else ""
    for size in range(min(len(last), 6), 0, -1):
        if SPACELESS.search(last[-size:]) and (label := labels().get(last[-size:])):
            return colon - size, colon + 1, label
    return None


def _stroked(line: str) -> Iterator[tuple[int, int, Label]]:
    """The same for the labels that a stroke ties to a name; those of several kinds of work (文/图) are none."""
    for found in _STROKE.finditer(line):
        label = labels().get(found["label"])
        if label and meaning(found["said"]) is None:
            yield found.start("label"), found.end(), label


def meaning(text: str) -> Label | None:
    """What stands behind a label, without its colon: one that is known, or a list of such: ``Text und Fotos``."""
    key = text.casefold().strip(" (（[【*•-–_")
    if label := labels().get(key):
        return label
    parts = [Label.AUTHOR if part in _table("works") else labels().get(part) for part in _LIST.split(key)]
    ranked = (label for label in (*PERSONS, Label.OTHER) if label in parts)
    return next(ranked, None) if len(parts) > 1 and {*PERSONS, Label.OTHER}.issuperset(parts) else None


def _opened(text: str) -> Iterator[tuple[Label | None, str]]:
    """The text behind an opening such as ``By`` or ``Theo``; the text itself where it opens with none."""
    if not text:
        return
    words = _GLUED.sub(r"\g<0> ", text).split()
    label, length = _opening(words)
    yield label, " ".join(words[length:]) if label else text


def _opening(words: Sequence[str]) -> tuple[Label | None, int]:
    """What stands behind the longest opening of a line, and how many words that has."""
    for length in range(min(LONGEST_LABEL, len(words) - 1), 0, -1):
        opening = " ".join(words[:length]).casefold()
        if label := openings().get(opening) or _of_work(opening):
            return label, length
    return None, 0


def _of_work(opening: str) -> Label | None:
    """What stands behind a work and by whom it is: ``Text and photos by``, ``Article rédigé par``."""
    words = opening.split()
    if words[-1] not in _table("agents"):
        return None
    words = words[words[0] in _table("articles") :]
    for length in range(len(words) - 1, 0, -1):
        work, by = " ".join(words[:length]), openings().get(" ".join(words[length:]))
        kind = Label.AUTHOR if work in _table("works") else meaning(work)
        if by in PERSONS and kind in (*PERSONS, Label.OTHER):
            return kind if by is Label.AUTHOR else by
    return None


def is_author_label(text: str) -> bool:
    """True for a text that is nothing but the label or opening of a byline: ``By``, 작성자."""
    whole = text.casefold().strip()
    keys = (whole, whole.strip(TRIM))
    return any(label in PERSONS for key in keys for label in (meaning(key), openings().get(key)))


def is_field(text: str) -> bool:
    """True for a text that is nothing but the label of a form's field for the author: ``Tác giả``, 작성자."""
    return text.casefold().strip().strip(TRIM) in _fields()


def without_field(line: str) -> str:
    """A byline without the label of a form's field (``Tác giả:``); a role (``Tin, ảnh:``) is part of what it says."""
    label, colon, said = line.replace("：", ":", 1).partition(":")
    return said.strip() if colon and label.casefold().strip(TRIM) in _fields() else line


@cache
def _fields() -> frozenset[str]:
    return frozenset(map(str.casefold, table("bylines")["labels"]["fields"]))


def opens_with_label(text: str) -> bool:
    """True where a text begins with the label of an author, a source or a unit and a colon."""
    label, colon, _ = text.replace("：", ":").partition(":")
    key = label.casefold().strip(TRIM)
    return bool(colon) and len(key) > SHORTEST_LABEL and meaning(key) in CREDITING


def opens_like_byline(text: str) -> bool:
    """True for a text that begins with the opening of a byline: ``Von``, ``Written by``."""
    words = text.casefold().split(None, LONGEST_LABEL)[: LONGEST_LABEL + 1]
    return bool(words) and words[0] in _first_words() and _opening(words)[0] in PERSONS


def may_credit(line: str) -> bool:
    """False for a line in which no label and no opening can be found: a cheap test before the thorough one."""
    first = line.lstrip(" (（[【").split(" ", 1)[0].casefold().rstrip(":：")
    return not _COLONS.isdisjoint(line) or first in _first_words() or bool(SPACELESS.match(line))


@cache
def _first_words() -> frozenset[str]:
    known = (*openings(), *labels(), *_table("works"), *_table("articles"))
    return frozenset(opening.split(" ", 1)[0] for opening in known)


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(table("bylines")["labels"][name])


@cache
def labels() -> Mapping[str, Label]:
    """What stands behind each label, in lower case."""
    groups = table("bylines")["labels"]
    return {word.casefold(): label for label in reversed(Label) for word in groups[label.value]}


@cache
def openings() -> Mapping[str, Label]:
    """What stands behind each opening, in lower case."""
    groups = table("bylines")["labels"]
    kinds = {
        "source_openings": Label.SOURCE,
        "other_openings": Label.OTHER,
        "entered_openings": Label.ENTERED,
        "openings": Label.AUTHOR,
    }
    return {opening.casefold(): label for name, label in kinds.items() for opening in groups[name]}
