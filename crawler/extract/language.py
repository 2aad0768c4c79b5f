"""The language of the text itself; what ``lang`` attributes claim is often wrong on portals."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from crawler.extract.readers import Context, Reader, Reading
from crawler.extract.words import table

SCRIPTS: Mapping[str, re.Pattern[str]] = {
    language: re.compile(f"[{''.join(ranges)}]") for language, ranges in table("languages")["scripts"].items()
}
WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in table("languages")["words"].items()
}
SAMPLE = 4000
"""Characters of the text that are looked at."""
FEWEST = 4
LEAST_SHARE = 0.05
"""A language is named when so many function words, and so much of the text, are its own."""
AS_MANY = 0.75
"""Share of the words of the best language that the claimed one has, where both may be it."""
OWN_SCRIPT = 0.3
FEW_SUFFICE = {"ja": 0.05, "vi": 0.08, "uk": 0.02, "ru": 0.008}
"""Kana among Chinese characters; letters that only one language has among those that several have."""

_WORD = re.compile(r"[^\W\d_]+")
_ASCII = re.compile(r"[\x00-\x7f]+")
_LANGUAGES_OF: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, own in WORDS.items() if word in own)
    for word in frozenset[str]().union(*WORDS.values())
}


def language_of_text(context: Context) -> Reading | None:
    """The language of lead and body, else of the headline with them."""
    text = " ".join((context.found.get("lead") or "", *context.found.get("body", ())))
    claimed = _claimed(context)
    code = detect(text, claimed) or detect(f"{context.found.get('headline') or ''} {text}", claimed)
    return Reading(value=code) if code else None


def declared_language(context: Context) -> Reading | None:
    """What the page claims, else the portal's language: for texts too short to tell."""
    claimed = _claimed(context)
    return Reading(value=claimed) if claimed else None


def _claimed(context: Context) -> str | None:
    claimed = (context.page.language_attribute or "")[:2].lower()
    return claimed if claimed.isalpha() and len(claimed) == 2 else None


def detect(text: str, claimed: str | None = None) -> str | None:
    """The ISO 639-1 code of the language a text is written in; None when it is too short or mixed to tell.

    Of languages that share their words the ``claimed`` one.
    """
    sample = text[:SAMPLE].lower()
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    return (_by_script(_ASCII.sub("", sample), letters) or _by_words(words, claimed)) if letters else None


def _by_script(others: str, letters: int) -> str | None:
    """By the letters beyond ASCII."""
    for language, characters in SCRIPTS.items() if others else ():
        if len(characters.findall(others)) >= FEW_SUFFICE.get(language, OWN_SCRIPT) * letters:
            return language
    return None


def _by_words(words: Sequence[str], claimed: str | None) -> str | None:
    known = Counter(language for word in words for language in _LANGUAGES_OF.get(word, ()))
    # Of languages with as many the first in the table, as the words of one are often those of a greater one too.
    best = max(WORDS, key=lambda language: known[language])
    if claimed and known[claimed] >= AS_MANY * known[best]:
        best = claimed
    return best if known[best] >= FEWEST and known[best] >= LEAST_SHARE * len(words) else None


READERS: Mapping[str, tuple[Reader, ...]] = {"language": (language_of_text, declared_language)}
