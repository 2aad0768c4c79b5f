"""Names out of a printed or machine-written byline: persons, organisations, sources. Pure string functions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from crawler.extract.byline_labels import SPACELESS, TRIM, Label, chunks, labels, openings
from crawler.extract.credits import names_agency
from crawler.extract.date_patterns import scan
from crawler.extract.words import table
from crawler.text import squash

LONGEST_NAME = 48
LONGEST_ORGANISATION = 70
MOST_WORDS = 5
BESIDE = 45
"""Characters beside names that a line with a byline may have."""
_ADDRESS = re.compile(r"\(?\S+@\S+\.\w+\)?|https?://\S+|(?<!\S)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]?")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b.*$")
_SEPARATOR = re.compile(r"\s*(?:[,;|•·●/、，；\n]|\s[-–—]\s|\s{3,})\s*")
_WITHIN = frozenset(",-–—")
"""Separators that stand in the names of offices, too."""
_WORD = re.compile(r"[^\W\d_][\w.'’´`-]*\.?")
_NO_NAME = re.compile(r"[\d:?!@#%…=<>\"]|\w{4,}\.\s\w{3,}")
_ARTICLES = frozenset(
    ("dem", "der", "den", "the", "a", "an", "aus", "in", "im", "at", "am", "des", "die", "das", "les", "el", "of")
)
_STROKE = re.compile(r"(?<=[a-zß-öø-ÿ])/(?=[A-ZÀ-Þ][a-zß-öø-ÿ'’-]+ [A-ZÀ-Þ])")
"""Between two full names: ``Jo Doe/Al Roe``."""
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
HAN_NAME = rf"[{table('bylines')['surnames']['han']}][\u3400-\u9fff]{{1,2}}"
"""A pattern of a Chinese name with a known surname."""
_HAN_NAMES = re.compile(rf"{HAN_NAME}(?: [\u3400-\u9fff]{{2,3}})+")
"""A list of Chinese names that only spaces set apart, the first one with a known surname."""
_THAI = re.compile("[\u0e00-\u0e7f]")
"""In Thai a space stands between given name and family name only."""
_KATAKANA = re.compile("[ァ-ヿ]{3,}")
_SENTENCE = re.compile("[のをにはがでと的是在了]|[의를는]$")
_COLON_LABEL = re.compile(r"[^:：]{1,30}[:：]\s*")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Who a line credits; ``labelled`` when a word of the line says that it is a byline."""

    authors: tuple[str, ...] = ()
    unit: str | None = None
    source: str | None = None
    labelled: bool = False

    def __bool__(self) -> bool:
        return bool(self.authors or self.unit or self.source)


@lru_cache(maxsize=4096)
def credits_in(line: str, *, sure: bool = False) -> Credits:
    """Who a printed line credits; ``sure`` when its place says that it holds names, so that one word is enough.

    The pieces of the line that stand in elements or lines of their own are separated by line feeds.
    """
    first, *pieces = [text for piece in line.split("\n") if (text := squash(_ADDRESS.sub(" ", piece)))] or [""]
    opening = f"{first}: " if pieces and first.casefold().strip(TRIM) in labels() else f"{first} | "
    parts = list(chunks((opening + " | ".join(pieces)).rstrip(" |")))
    authors: list[str] = []
    units: list[str] = []
    sources: list[str] = []
    for label, text in parts:
        if label is Label.SOURCE:
            sources += [s for s in (text.strip(TRIM),) if s]
        elif label is Label.UNIT:
            units += [s for s in (_cut(_BRACKETS.sub(" ", text)).strip(TRIM),) if s]
        elif label is not Label.OTHER:
            persons, organisations = split_names(text, sure=sure or label is Label.AUTHOR)
            authors += persons
            units += organisations
    return Credits(
        authors=tuple(dict.fromkeys(authors)),
        unit=units[0] if units else None,
        source=sources[0] if sources else None,
        labelled=any(label in (Label.AUTHOR, Label.UNIT, Label.SOURCE) for label, _ in parts),
    )


def is_whole(text: str, credits: Credits) -> bool:
    """False for a sentence that happens to open like a byline."""
    said = sum(len(name) for name in (*credits.authors, credits.unit or "", credits.source or ""))
    return bool(_COLON_LABEL.match(text)) or len(text) - said <= BESIDE


def split_names(text: str, *, sure: bool = False) -> tuple[list[str], list[str]]:
    """The persons and the organisations that a list of names holds, roles and dates left out."""
    persons: list[str] = []
    bracketed = (m.group().strip(TRIM) for m in _BRACKETS.finditer(text))
    organisations = [inner for inner in bracketed if len(inner) <= LONGEST_ORGANISATION and is_organisation(inner)]
    for part in _parts(_cut(_BRACKETS.sub(" ", text))):
        name = without_roles(part)
        if not name or is_account(name) or is_role(name) or is_degree(part) or (persons and _holds_role(part)):
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


def split_list(text: str) -> list[str]:
    """The parts of a list of names, as they stand."""
    return [part for part in (p.strip(TRIM) for p in _parts(_BRACKETS.sub(" ", text))) if part]


def named_label(text: str) -> str:
    """The text behind the labels and openings of a byline: what a label of another kind brings is left out."""
    return ", ".join(chunk for label, chunk in chunks(text) if label in (None, Label.AUTHOR, Label.UNIT))


def is_person(name: str, *, sure: bool = False) -> bool:
    """True for what is written like the name of a person; a single word is one only where names are expected."""
    words = name.split()
    if not 2 <= len(name) <= LONGEST_NAME or len(words) > MOST_WORDS or _NO_NAME.search(name):
        return False
    if name.casefold() in _no_names() or words[0].casefold() in _ARTICLES:
        return False
    if _THAI.search(name):
        return sure and 1 < len(words) < 4 and not _SENTENCE.search(name)
    if SPACELESS.search(name):
        longest = 14 if re.search("[·・]", name) else 6
        return sure and len(name) <= longest and not _SENTENCE.search(name) and not _KATAKANA.fullmatch(name)
    capital = [word for word in words if not word[0].isalpha() or word[0] != word[0].lower()]
    small = [word for word in words if word not in capital and word.casefold().strip(".") not in _particles()]
    return not small and len(capital) > (0 if sure and len(words) < 3 else 1)


def is_organisation(name: str) -> bool:
    """True where a word of the name is one of those that organisations have."""
    words = [word.strip(TRIM) for word in name.casefold().split()]
    if _is_office(name):
        return True
    if not _organisations()["words"].isdisjoint(words) or _DOMAIN.fullmatch(name) or _CONSONANTS.match(name):
        return True
    affixes = _organisations()["affixes"] if SPACELESS.search(name) else ()
    return any(name.endswith(affix) or (len(affix) > 1 and name.startswith(affix)) for affix in affixes)


_NUMBERED = re.compile(r"[a-z]{1,3}[_-]?\d{4,}")
"""The account of an editor by its number: L_104485."""


def is_account(name: str) -> bool:
    """True for the login of a content management system, which credits nobody: admin, web.editor, jgarcia2."""
    key = name.casefold().strip(TRIM)
    words = re.split(r"[\s._-]+", key)
    known = _accounts()
    if "@" in name or key in known or _NUMBERED.fullmatch(key):
        return True
    return all(word.rstrip("0123456789") in known or word.isdigit() for word in words)


def is_role(word: str) -> bool:
    """True for a word that says what a person is: Redakteur, PV, Mayor."""
    key = word.casefold().strip(TRIM)
    return key in _roles() or key.endswith(_ROLE_ENDINGS)


def is_no_name(text: str) -> bool:
    """True for a remark that stands where names are expected: No author, Updated, Home."""
    return text.casefold() in _no_names()


def is_degree(part: str) -> bool:
    """True for an academic degree behind a comma: ``Jo Doe, MD, PhD``."""
    return part.casefold().strip(TRIM) in _degrees()


def _holds_role(part: str) -> bool:
    return not SPACELESS.search(part) and any(map(is_role, part.split()))


def without_roles(part: str) -> str:
    """A name without the words that say what the person is: ``PV Thu Hằng``; nothing but a role stays a role."""
    name = part.strip(TRIM)
    if SPACELESS.search(name):
        return _without_spaceless_roles(name)
    words = name.split()
    roles = [i for i, word in enumerate(words) if is_role(word)]
    if len(words) > 1 and roles and roles[-1] == len(words) - 1:
        return words[-1]
    if roles and roles[0] > 1:
        words = words[: roles[0]]
    while words and is_role(words[0]) and len(words) > 1:
        words = words[1:]
    joined = " ".join(words).strip(TRIM)
    phrase = " ".join(words[:3]).casefold()
    opening = next((o for o in _spaced_roles() if phrase.startswith(o)), None)
    return joined[len(opening) :].strip(TRIM) if opening else joined


def _without_spaceless_roles(name: str) -> str:
    words = [word for word in name.split() if word not in _roles()] or name.split()
    joined = " ".join(words)
    for role in _roles():
        if SPACELESS.search(role) and len(joined) > len(role) + 1:
            joined = joined.removesuffix(role).removeprefix(role).strip(TRIM)
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
    for part in _separated(text):
        if _is_office(part):
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
        if more and separator.group().strip() in _WITHIN and _is_office(text[start : separator.start()]):
            continue
        yield text[start : separator.start()]
        start = separator.end()
    yield text[start:]


def _is_office(part: str) -> bool:
    """True for an organisation whose name may hold a joining word: Trung tâm Truyền thông và Văn hóa."""
    words = part.casefold().split()
    return any(" ".join(words[:length]) in _organisations()["openings"] for length in range(1, min(len(words), 4) + 1))


@cache
def _particles() -> frozenset[str]:
    return frozenset(map(str.casefold, table("bylines")["particles"]["words"]))


@cache
def _roles() -> frozenset[str]:
    return frozenset(word.casefold() for word in table("bylines")["roles"]["words"] if " " not in word)


@cache
def _degrees() -> frozenset[str]:
    return frozenset(table("bylines")["roles"]["degrees"])


@cache
def _spaced_roles() -> tuple[str, ...]:
    return tuple(f"{word} " for word in table("bylines")["roles"]["words"] if " " in word)


@cache
def _organisations() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(map(str.casefold, words)) for name, words in table("bylines")["organisations"].items()}


@cache
def _fields() -> tuple[str, ...]:
    return tuple(table("bylines")["organisations"]["fields"])


@cache
def _accounts() -> frozenset[str]:
    return frozenset(table("bylines")["accounts"]["words"])


@cache
def _no_names() -> frozenset[str]:
    """Words that stand where names are expected and are none: labels, openings, remarks."""
    noise, dates = table("bylines")["noise"], table("dates")["labels"]
    weekdays = table("calendar")["weekdays"]["words"]
    return frozenset(
        (*labels(), *openings(), *noise["words"], *noise["cuts"], *weekdays, *dates["published"], *dates["updated"])
    )


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
