"""Lists of names: their parts, and which of them are persons and which organisations. Pure string functions."""

import re
from collections.abc import Iterator
from functools import cache

from crawler.extract.byline_labels import SPACELESS, TRIM
from crawler.extract.credits import names_agency
from crawler.extract.date_patterns import scan
from crawler.extract.name_kinds import (
    MOST_WORDS,
    is_account,
    is_degree,
    is_office,
    is_organisation,
    is_person,
    is_role,
    is_section,
    without_roles,
)
from crawler.extract.words import table

LONGEST_ORGANISATION = 70
BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]?")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b.*$")
_SEPARATOR = re.compile(r"\s*(?:[,;|•·●/、，；،؛\n]|\s[-–—]\s|\s{3,})\s*")
_WITHIN = frozenset(",-–—")
"""Separators that stand in the names of offices, too."""
_STROKE = re.compile(r"(?<=[a-zß-öø-ÿ])/(?=[A-ZÀ-Þ][a-zß-öø-ÿ'’-]+ [A-ZÀ-Þ])")
"""Between two full names: ``Jo Doe/Al Roe``."""
PREPOSITION = re.compile(rf"\s(?:{'|'.join(table('bylines')['prepositions']['dates'])})\s*$", re.I)
"""Between a name and the date behind it."""
_WORK = re.compile(r"\s+(?:文\s?[/／]?\s?[图圖摄攝]|图\s?[/／]?\s?文|摄影报道|报道|报导|整理|供稿|文)\s*$")
"""What those did who are named before it: 刘晓燕 文/图."""
_DASHED = re.compile(r"(?P<name>[^-–—|,;/]+)\s[-–—]\s(?P<other>[^-–—|,;/]+)")
VIETNAMESE = re.compile("[ăđơưạảấầẩậắằẳặẹẻếềểễệỉịọỏốồổỗộớờởợụủứừửữựỳỵỷỹ]", re.I)
"""Letters of Vietnamese that western Europe does not have."""
HAN_NAME = rf"[{table('bylines')['surnames']['han']}][\u3400-\u9fff]{{1,2}}"
"""A pattern of a Chinese name with a known surname."""
JA_NAME = rf"(?:{'|'.join(table('bylines')['surnames']['ja'])})[\u3005\u3040-\u30ff\u3400-\u9fff]{{1,3}}"
"""The same of a Japanese one."""
_HAN_NAMES = re.compile(rf"{HAN_NAME}(?: [\u3400-\u9fff]{{2,3}})+")
"""A list of Chinese names that only spaces set apart, the first one with a known surname."""


def split_names(text: str, *, sure: bool = False) -> tuple[list[str], list[str]]:
    """The persons and the organisations that a list of names holds, roles and dates left out."""
    persons: list[str] = []
    bracketed = (m.group().strip(TRIM) for m in BRACKETS.finditer(text))
    organisations = [inner for inner in bracketed if len(inner) <= LONGEST_ORGANISATION and is_organisation(inner)]
    for part in _parts(_without_place(cut(BRACKETS.sub(" ", text)))):
        name = without_roles(part)
        if (
            not name
            or is_section(name)
            or is_account(name)
            or is_role(name)
            or is_degree(part)
            or (persons and _holds_role(part))
        ):
            continue
        person, organisation = _told_apart(name, sure=sure or bool(persons) or name != part.strip(TRIM))
        if not (person or organisation) and (persons or organisations or not sure):
            break
        persons += [person] if person else []
        organisations += [organisation] if organisation else []
    whole = [name for name in persons if " " in name or SPACELESS.search(name)]
    joined = _joining().isdisjoint(text.split())
    if not whole and "|" in text and joined and 1 < len(persons) <= MOST_WORDS:
        whole = [" ".join(persons)]
    return whole or persons, organisations


def _without_place(text: str) -> str:
    """``Jo Doe`` for ``Jo Doe - Green River``: behind a dash stands a place; in Vietnamese another name."""
    found = _DASHED.fullmatch(text)
    if found is None or VIETNAMESE.search(text) or is_organisation(found["other"]):
        return text
    return found["name"] if is_person(found["name"]) and is_person(found["other"]) else text


def split_list(text: str) -> list[str]:
    """The parts of a list of names, as they stand."""
    return [part for part in (p.strip(TRIM) for p in _parts(BRACKETS.sub(" ", text))) if part]


def _told_apart(name: str, *, sure: bool) -> tuple[str | None, str | None]:
    """(person, organisation) that a part of a list names: one, or both as in ``Jo Doe The Associated Press``."""
    words = name.split()
    if len(words) > 1 and sure and all(map(SPACELESS.search, words)):
        persons = [word for word in words if not is_organisation(word)]
        if len(persons) == 1 and is_person(persons[0], sure=True):
            return persons[0], next(word for word in words if word not in persons)
    if len(name) > LONGEST_ORGANISATION or not is_organisation(name):
        return (name, None) if is_person(name, sure=sure) else (None, None)
    for length in (2, 3):
        person = " ".join(words[:length])
        if is_person(person) and not is_organisation(person) and _opens_organisation(words[length:]):
            return person, " ".join(words[length:])
    return None, name


def _opens_organisation(words: list[str]) -> bool:
    """True for an organisation that can stand behind a name without a comma: The Associated Press, Reuters Berlin."""
    if not words or words[0].islower() or not is_organisation(" ".join(words)):
        return False
    return words[0] == "The" or names_agency(words[0])


def _holds_role(part: str) -> bool:
    return not SPACELESS.search(part) and any(map(is_role, part.split()))


def cut(text: str) -> str:
    """A list of names up to the date or the remark that follows it, and from the date on that stands before it."""
    if any(map(str.isdigit, text)):
        date = next(scan(text), None)
        if date is not None:
            text = PREPOSITION.sub("", text[: date.start]) if date.start > 1 else text[date.end :]
        text = _CLOCK.sub("", text)
    text = _WORK.sub("", text)
    cut = _noise().search(text)
    return text[: cut.start()] if cut else text


def _parts(text: str) -> Iterator[str]:
    for part in _separated(text):
        if is_office(part):
            yield part
            continue
        for piece in _joiner().split(_STROKE.sub(" & ", part)):
            words = piece.split()
            begins, ends = (bool(words) and words[at] in _joining() for at in (0, -1))
            kept = " ".join(words[begins : len(words) - ends]).strip(TRIM)
            yield from kept.split() if _HAN_NAMES.fullmatch(kept) else (kept,) if kept else ()


def _separated(text: str) -> Iterator[str]:
    """The parts between separators; the fields of work of one office stay together: Trung tâm Văn hóa - Thông tin."""
    start = 0
    for separator in _SEPARATOR.finditer(text):
        more = text[separator.end() :].casefold().startswith(_fields())
        if more and separator.group().strip() in _WITHIN and is_office(text[start : separator.start()]):
            continue
        yield text[start : separator.start()]
        start = separator.end()
    yield text[start:]


@cache
def _fields() -> tuple[str, ...]:
    return tuple(table("bylines")["organisations"]["fields"])


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
    glued = "|".join(word[0].upper() + word[1:] for word in words)
    return re.compile(rf"(?:(?<![^\W_])(?:{'|'.join(words)})|(?-i:(?<=[a-zß-öø-ÿ])(?:{glued})))(?![^\W_]).*$", re.I)
