"""The language of the text itself; what ``lang`` attributes claim is often wrong on portals."""

import re
from collections import Counter
from collections.abc import Mapping

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
OWN_SCRIPT = 0.3
FEW_SUFFICE = {"ja": 0.05, "vi": 0.08, "uk": 0.02, "ru": 0.008}
"""Kana among Chinese characters; letters that only one language has among those that several have."""

_WORD = re.compile(r"[^\W\d_]+")


def language_of_text(context: Context) -> Reading | None:
    """The language of lead and body, else of the headline with them."""
    text = " ".join((context.found.get("lead") or "", *context.found.get("body", ())))
    code = detect(text) or detect(f"{context.found.get('headline') or ''} {text}")
    return Reading(value=code) if code else None


def declared_language(context: Context) -> Reading | None:
    """What the page claims, else the portal's language: for texts too short to tell."""
    claimed = (context.page.language_attribute or "")[:2].lower()
    return Reading(value=claimed) if claimed.isalpha() and len(claimed) == 2 else None


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is written in; None when it is too short or mixed to tell."""
    sample = text[:SAMPLE].lower()
    letters = sum(1 for c in sample if c.isalpha())
    return (_by_script(sample, letters) or _by_words(sample)) if letters else None


def _by_script(sample: str, letters: int) -> str | None:
    if sample.isascii():
        return None
    for language, characters in SCRIPTS.items():
        if len(characters.findall(sample)) >= FEW_SUFFICE.get(language, OWN_SCRIPT) * letters:
            return language
    return None


def _by_words(sample: str) -> str | None:
    words = Counter(_WORD.findall(sample))
    known = {language: sum(words[w] for w in own) for language, own in WORDS.items()}
    best = max(known, key=lambda language: known[language])
    enough = known[best] >= FEWEST and known[best] >= LEAST_SHARE * words.total()
    return best if enough else None


READERS: Mapping[str, tuple[Reader, ...]] = {"language": (language_of_text, declared_language)}
