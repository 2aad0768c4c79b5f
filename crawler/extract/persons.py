"""Names out of a printed or machine-written byline: persons, organisations, sources. Pure string functions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from crawler.extract.date_patterns import scan
from crawler.extract.words import table
from crawler.text import squash

LONGEST_NAME = 48
LONGEST_ORGANISATION = 70
MOST_WORDS = 5
BESIDE = 45
"""Characters beside names that a line with a byline may have."""
LONGEST_LABEL = 6
SHORTEST_LABEL = 3
"""Words a label has at most."""

_SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_IS_SPACELESS = re.compile(f"[{_SPACELESS}]")
_ADDRESS = re.compile(r"\(?\S+@\S+\.\w+\)?|https?://\S+|(?<!\S)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]?")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b.*$")
_SEPARATOR = re.compile(r"\s*(?:[,;|•·●/、，；\n]|\s[-–—]\s|\s{3,})\s*")
_WORD = re.compile(r"[^\W\d_][\w.'’´`-]*\.?")
_TRIM = ' \t.,;:|•·–—-_/"“”„«»*()[]…>‹›'
_NO_NAME = re.compile(r"[\d:?!@#%…=<>\"]|\w{4,}\.\s\w{3,}")
_ARTICLES = frozenset(
    ("dem", "der", "den", "the", "a", "an", "aus", "in", "im", "at", "am", "des", "die", "das", "les", "el")
)
_CONSONANTS = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{3,5}")
_ROLE_ENDINGS = (
    "redakteur",
    "redakteurin",
    "reporterin",
    "korrespondent",
    "korrespondentin",
    "journalistin",
    "experte",
)
_KATAKANA = re.compile("[ァ-ヿ]{3,}")
_SENTENCE = re.compile("[のをにはがでと的是在了]|[의를는]$")
_COLON_LABEL = re.compile(r"[^:：]{1,30}[:：]\s*")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.I)


class Label(StrEnum):
    """What stands behind a label of a byline."""

    AUTHOR = "author"
    SOURCE = "source"
    UNIT = "unit"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Who a line credits; ``labelled`` when a word of the line says that it is a byline."""

    authors: tuple[str, ...] = ()
    unit: str | None = None
    source: str | None = None
    labelled: bool = False

    def __bool__(self) -> bool:
        return bool(self.authors or self.unit or self.source)


def credits_in(line: str, *, sure: bool = False) -> Credits:
    """Who a printed line credits; ``sure`` when its place says that it holds names, so that one word is enough.

    The pieces of the line that stand in elements or lines of their own are separated by line feeds.
    """
    pieces = (squash(_ADDRESS.sub(" ", piece)) for piece in line.split("\n"))
    chunks = list(_chunks(" | ".join(filter(None, pieces))))
    authors: list[str] = []
    units: list[str] = []
    sources: list[str] = []
    for label, text in chunks:
        if label is Label.SOURCE:
            sources += [s for s in (text.strip(_TRIM),) if s]
        elif label is Label.UNIT:
            units += [s for s in (_cut(text).strip(_TRIM),) if s]
        elif label is not Label.OTHER:
            persons, organisations = split_names(text, sure=sure or label is Label.AUTHOR)
            authors += persons
            units += organisations
    return Credits(
        authors=tuple(dict.fromkeys(authors)),
        unit=units[0] if units else None,
        source=sources[0] if sources else None,
        labelled=any(label in (Label.AUTHOR, Label.UNIT, Label.SOURCE) for label, _ in chunks),
    )


def is_whole(text: str, credits: Credits) -> bool:
    """False for a sentence that happens to open like a byline."""
    said = sum(len(name) for name in (*credits.authors, credits.unit or "", credits.source or ""))
    return bool(_COLON_LABEL.match(text)) or len(text) - said <= BESIDE


def split_names(text: str, *, sure: bool = False) -> tuple[list[str], list[str]]:
    """The persons and the organisations that a list of names holds, roles and dates left out."""
    persons: list[str] = []
    bracketed = (m.group().strip(_TRIM) for m in _BRACKETS.finditer(text))
    organisations = [inner for inner in bracketed if len(inner) <= LONGEST_ORGANISATION and is_organisation(inner)]
    for part in _parts(_cut(_BRACKETS.sub(" ", text))):
        name = without_roles(part)
        if not name or is_account(name) or _is_role(name) or (persons and _holds_role(part)):
            continue
        person, organisation = _told_apart(name, sure=sure or bool(persons) or name != part.strip(_TRIM))
        if not (person or organisation) and (persons or organisations or not sure):
            break
        persons += [person] if person else []
        organisations += [organisation] if organisation else []
    whole = [name for name in persons if " " in name or _IS_SPACELESS.search(name)]
    if not whole and "|" in text and 1 < len(persons) <= MOST_WORDS:
        whole = [" ".join(persons)]
    return whole or persons, organisations


def _told_apart(name: str, *, sure: bool) -> tuple[str | None, str | None]:
    """(person, organisation) that a part of a list names: one, or both as in ``Jo Doe The Associated Press``."""
    words = name.split()
    if len(words) > 1 and sure and all(map(_IS_SPACELESS.search, words)):
        persons = [word for word in words if not is_organisation(word)]
        if len(persons) == 1 and is_person(persons[0], sure=True):
            return persons[0], next(word for word in words if word not in persons)
    if len(name) > LONGEST_ORGANISATION or not is_organisation(name):
        return (name, None) if is_person(name, sure=sure) else (None, None)
    for length in (2, 3):
        person, rest = " ".join(words[:length]), " ".join(words[length:])
        if rest and is_person(person) and not is_organisation(person) and is_organisation(rest):
            return person, rest
    return None, name


def split_list(text: str) -> list[str]:
    """The parts of a list of names, as they stand."""
    return [part for part in (p.strip(_TRIM) for p in _parts(_BRACKETS.sub(" ", text))) if part]


def named_label(text: str) -> str:
    """The text behind the labels and openings of a byline: what a label of another kind brings is left out."""
    return ", ".join(chunk for label, chunk in _chunks(text) if label in (None, Label.AUTHOR, Label.UNIT))


def is_person(name: str, *, sure: bool = False) -> bool:
    """True for what is written like the name of a person; a single word is one only where names are expected."""
    words = name.split()
    if not 2 <= len(name) <= LONGEST_NAME or len(words) > MOST_WORDS or _NO_NAME.search(name):
        return False
    if _IS_SPACELESS.search(name):
        longest = 14 if re.search("[·・]", name) else 6
        return sure and len(name) <= longest and not _SENTENCE.search(name) and not _KATAKANA.fullmatch(name)
    if name.casefold() in _no_names() or words[0].casefold() in _ARTICLES:
        return False
    capital = [word for word in words if not word[0].isalpha() or word[0] != word[0].lower()]
    small = [word for word in words if word not in capital and word.casefold().strip(".") not in _particles()]
    return not small and len(capital) > (0 if sure and len(words) < 3 else 1)


def is_organisation(name: str) -> bool:
    """True where a word of the name is one of those that organisations have."""
    words = [word.strip(_TRIM) for word in name.casefold().split()]
    if _is_office(name):
        return True
    if not _organisations()["words"].isdisjoint(words) or _DOMAIN.fullmatch(name) or _CONSONANTS.match(name):
        return True
    affixes = _organisations()["affixes"] if _IS_SPACELESS.search(name) else ()
    return any(name.endswith(affix) or (len(affix) > 1 and name.startswith(affix)) for affix in affixes)


def is_account(name: str) -> bool:
    """True for the login of a content management system, which credits nobody: admin, web.editor, jgarcia2."""
    key = name.casefold().strip(_TRIM)
    words = re.split(r"[\s._-]+", key)
    known = _accounts()
    return "@" in name or key in known or all(word.rstrip("0123456789") in known or word.isdigit() for word in words)


def _is_role(word: str) -> bool:
    key = word.casefold().strip(_TRIM)
    return key in _roles() or key.endswith(_ROLE_ENDINGS)


def _holds_role(part: str) -> bool:
    return not _IS_SPACELESS.search(part) and any(map(_is_role, part.split()))


def without_roles(part: str) -> str:
    """A name without the words that say what the person is: ``PV Thu Hằng``; nothing but a role stays a role."""
    name = part.strip(_TRIM)
    if _IS_SPACELESS.search(name):
        return _without_spaceless_roles(name)
    words = name.split()
    roles = [i for i, word in enumerate(words) if _is_role(word)]
    if len(words) > 1 and roles and roles[-1] == len(words) - 1:
        return words[-1]
    if roles and roles[0] > 1:
        words = words[: roles[0]]
    while words and _is_role(words[0]) and len(words) > 1:
        words = words[1:]
    joined = " ".join(words).strip(_TRIM)
    phrase = " ".join(words[:3]).casefold()
    opening = next((o for o in _spaced_roles() if phrase.startswith(o)), None)
    return joined[len(opening) :].strip(_TRIM) if opening else joined


def _without_spaceless_roles(name: str) -> str:
    words = [word for word in name.split() if word not in _roles()] or name.split()
    joined = " ".join(words)
    for role in _roles():
        if _IS_SPACELESS.search(role) and len(joined) > len(role) + 1:
            joined = joined.removesuffix(role).removeprefix(role).strip(_TRIM)
    return joined


def _cut(text: str) -> str:
    """A list of names up to the date or the remark that follows it, and from the date on that stands before it."""
    if any(map(str.isdigit, text)):
        date = next(scan(text), None)
        text = text if date is None else text[: date.start] if date.start > 1 else text[date.end :]
        text = _CLOCK.sub("", text)
    cut = _noise().search(text)
    return text[: cut.start()] if cut else text


def _parts(text: str) -> Iterator[str]:
    for part in _SEPARATOR.split(text):
        if _is_office(part):
            yield part
            continue
        for piece in _joiner().split(part):
            words = piece.split()
            ends = bool(words) and words[-1] in _joining()
            if kept := " ".join(words[:-1] if ends else words).strip(_TRIM):
                yield kept


def _is_office(part: str) -> bool:
    """True for an organisation whose name may hold a joining word: Trung tâm Truyền thông và Văn hóa."""
    words = part.casefold().split()
    return any(" ".join(words[:length]) in _organisations()["openings"] for length in range(1, min(len(words), 4) + 1))


def _chunks(line: str) -> Iterator[tuple[Label | None, str]]:
    """The line cut at its labels: what each label says and the text behind it; None for text without label."""
    marks = [mark for colon in re.finditer(r"[:：]", line) if (mark := _label_before(line, colon.start()))]
    if not marks or marks[0][0] > 0:
        head = line[: marks[0][0]] if marks else line
        yield from _opened(head.strip(_TRIM))
    for number, (_, end, label) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(line)
        yield label, line[end:stop].strip(_TRIM)


def _label_before(line: str, colon: int) -> tuple[int, int, Label] | None:
    """(start, end with colon, meaning) of the label that ends at a colon."""
    words = list(re.finditer(r"\S+", line[:colon]))[-LONGEST_LABEL:]
    for first in words:
        text = line[first.start() : colon].casefold().strip(" (（[【*•-–")
        if label := _labels().get(text):
            return first.start(), colon + 1, label
    last = words[-1].group() if words else ""
    for size in range(min(len(last), 6), 0, -1):
        if _IS_SPACELESS.search(last[-size:]) and (label := _labels().get(last[-size:])):
            return colon - size, colon + 1, label
    return None


def _opened(text: str) -> Iterator[tuple[Label | None, str]]:
    """The text behind an opening such as ``By`` or ``Theo``; the text itself where it opens with none."""
    if not text:
        return
    words = text.split()
    for length in range(min(LONGEST_LABEL, len(words) - 1), 0, -1):
        opening = " ".join(words[:length]).casefold()
        if label := _openings().get(opening):
            yield label, " ".join(words[length:])
            return
    yield None, text


@cache
def _labels() -> Mapping[str, Label]:
    groups = table("bylines")["labels"]
    return {word: label for label in reversed(Label) for word in groups[label.value]}


@cache
def _openings() -> Mapping[str, Label]:
    groups = table("bylines")["labels"]
    sources = dict.fromkeys(groups["source_openings"], Label.SOURCE)
    sources |= dict.fromkeys(groups["other_openings"], Label.OTHER)
    return sources | dict.fromkeys(groups["openings"], Label.AUTHOR)


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("bylines")["particles"]["words"])


@cache
def _roles() -> frozenset[str]:
    return frozenset(word for word in table("bylines")["roles"]["words"] if " " not in word)


@cache
def _spaced_roles() -> tuple[str, ...]:
    return tuple(f"{word} " for word in table("bylines")["roles"]["words"] if " " in word)


@cache
def _organisations() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("bylines")["organisations"].items()}


@cache
def _accounts() -> frozenset[str]:
    return frozenset(table("bylines")["accounts"]["words"])


@cache
def _no_names() -> frozenset[str]:
    """Words that stand where names are expected and are none: labels, openings, remarks."""
    noise, dates = table("bylines")["noise"], table("dates")["labels"]
    weekdays = table("calendar")["weekdays"]["words"]
    return frozenset(
        (*_labels(), *_openings(), *noise["words"], *noise["cuts"], *weekdays, *dates["published"], *dates["updated"])
    )


def is_author_label(text: str) -> bool:
    """True for a text that is nothing but the label or opening of a byline: ``By``, 작성자."""
    key = text.casefold().strip(_TRIM)
    return _labels().get(key) is Label.AUTHOR or _openings().get(key) is Label.AUTHOR


def opens_with_label(text: str) -> bool:
    """True where a text begins with the label of an author, a source or a unit and a colon."""
    label, colon, _ = text.replace("：", ":").partition(":")
    key = label.casefold().strip(_TRIM)
    return bool(colon) and len(key) > SHORTEST_LABEL and _labels().get(key) in (Label.AUTHOR, Label.SOURCE, Label.UNIT)


def opens_like_byline(text: str) -> bool:
    """True for a text that begins with the opening of a byline: ``Von``, ``Written by``."""
    words = text.casefold().split(None, LONGEST_LABEL)[:LONGEST_LABEL]
    openings = (" ".join(words[:length]) for length in range(1, len(words)))
    return any(_openings().get(opening) is Label.AUTHOR for opening in openings)


def may_credit(line: str) -> bool:
    """False for a line in which no label and no opening can be found: a cheap test before the thorough one."""
    first = line.split(" ", 1)[0].casefold().rstrip(":：")
    return ":" in line or "：" in line or first in _first_words() or bool(_IS_SPACELESS.match(line))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(opening.split(" ", 1)[0] for opening in _openings())


@cache
def _joiner() -> re.Pattern[str]:
    words = sorted(map(re.escape, table("bylines")["joiners"]["words"]), key=len, reverse=True)
    return re.compile(
        rf"\s+(?:{'|'.join(words)})\s+(?=[^\W\d_a-zß-öø-ÿ]|(?:dpa|afp|apa|sda|epd|kna|ansa|efe)\b)|\s*&\s*|\s\+\s"
    )


@cache
def _joining() -> frozenset[str]:
    return frozenset(table("bylines")["joiners"]["words"])


@cache
def _noise() -> re.Pattern[str]:
    words = sorted(map(re.escape, table("bylines")["noise"]["cuts"]), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_]).*$", re.I)
