"""What a name is: of a person, of an organisation, of an account, or the word for a role. Pure string functions."""

import re
from collections.abc import Mapping
from functools import cache

from crawler.extract.byline_labels import SPACELESS, TRIM, labels, openings
from crawler.extract.words import table

LONGEST_NAME = 48
MOST_WORDS = 5
_NO_NAME = re.compile(r"[\d:?!@#%…=<>\"©®]|\w{4,}\.\s\w{3,}")
_ARTICLES = frozenset(
    ("dem", "der", "den", "the", "a", "an", "aus", "in", "im", "at", "am", "des", "die", "das", "les", "el", "of")
)
_CONSONANTS = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{3,5}")
_CONSONANT = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2,5}")
_ROLE_ENDINGS = (
    "redakteur",
    "redakteurin",
    "reporterin",
    "korrespondent",
    "korrespondentin",
    "journalistin",
    "experte",
)
_THAI = re.compile("[\u0e00-\u0e7f]")
"""In Thai a space stands between given name and family name only."""
_CASELESS = re.compile("[\u0590-\u0dff]")
"""A letter of Hebrew, Arabic and the scripts of India, which have words and no capitals."""
_ARTICLE = "ال"
"""The Arabic article, with which family names may begin and given names never do."""
_KATAKANA = re.compile("[ァ-ヿ]{3,}")
_SENTENCE = re.compile("[のをにはがでと的是在了]|[의를는]$")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.I)
_NUMBERED = re.compile(r"[a-z]{1,3}[_-]?\d{4,}")
"""The account of an editor by its number: L_104485."""


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
    if all(map(_CASELESS.search, words)):
        given = not name.startswith(_ARTICLE)
        return sure and given and 1 < len(words) < MOST_WORDS and _sentence_words().isdisjoint(words)
    capital = [word for word in words if not word[0].isalpha() or word[0] != word[0].lower()]
    small = [word for word in words if word not in capital and word.casefold().strip(".") not in _particles()]
    return not small and len(capital) > (0 if sure and len(words) < 3 else 1)


def is_organisation(name: str) -> bool:
    """True where a word of the name is one of those that organisations have."""
    words = [word.strip(TRIM) for word in name.casefold().split()]
    if is_office(name) or any(word.endswith(_compounds()) for word in words):
        return True
    initials = _CONSONANTS.match(name) or (len(words) > 1 and all(map(_CONSONANT.fullmatch, name.split())))
    if not _organisations()["words"].isdisjoint(words) or _DOMAIN.fullmatch(name) or initials:
        return True
    affixes = _organisations()["affixes"] if SPACELESS.search(name) else ()
    return any(name.endswith(affix) or (len(affix) > 1 and name.startswith(affix)) for affix in affixes)


def is_office(part: str) -> bool:
    """True for an organisation whose name may hold a joining word: Trung tâm Truyền thông và Văn hóa."""
    words = part.casefold().split()
    if words and words[-1] in _organisations()["closings"]:
        return True
    return any(" ".join(words[:length]) in _organisations()["openings"] for length in range(1, min(len(words), 4) + 1))


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


def is_section(name: str) -> bool:
    """True for the name of a section that would be an organisation's: News, Prensa."""
    return name.casefold() in table("bylines")["noise"]["sections"]


def is_no_name(text: str) -> bool:
    """True for a remark that stands where names are expected: No author, Updated, Home."""
    return text.casefold() in _no_names()


def is_degree(part: str) -> bool:
    """True for an academic degree behind a comma: ``Jo Doe, MD, PhD``."""
    return part.casefold().strip(TRIM) in _degrees()


def without_roles(part: str) -> str:
    """A name without the words that say what the person is: ``PV Thu Hằng``; nothing but a role stays a role."""
    name = part.strip(TRIM)
    if SPACELESS.search(name):
        return _without_spaceless_roles(name)
    if is_office(name):
        return name
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


@cache
def _particles() -> frozenset[str]:
    return frozenset(map(str.casefold, table("bylines")["particles"]["words"]))


@cache
def _sentence_words() -> frozenset[str]:
    return frozenset(table("bylines")["particles"]["sentences"])


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
def _compounds() -> tuple[str, ...]:
    return tuple(table("bylines")["organisations"]["compounds"])


@cache
def _accounts() -> frozenset[str]:
    return frozenset(table("bylines")["accounts"]["words"])


@cache
def _no_names() -> frozenset[str]:
    """Words that stand where names are expected and are none: labels, openings, remarks."""
    noise, dates = table("bylines")["noise"], table("dates")["labels"]
    weekdays = table("calendar")["weekdays"]["words"]
    return frozenset(
        (
            *labels(),
            *openings(),
            *noise["words"],
            *noise["cuts"],
            *weekdays,
            *dates["published"],
            *dates["dated"],
            *dates["updated"],
        )
    )
