"""The words of dates by language, read from ``calendar.toml``: months, eras, halves of the day."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from crawler.extract.words import table

ABBREVIATED = 3
"""Letters an abbreviated month name must have."""

_ACCENTS = re.compile("[\u0300-\u036f]")


def word_key(word: str) -> str:
    """A word without case, accents and closing full stop."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", word.casefold())).strip(".'’ ")


def month(word: str, language: str | None = None) -> int | None:
    """The month that a word names in a language, else in English, else in whatever language has it for one month."""
    key = word_key(word)
    for known in (language, "en"):
        if number := _months(known).get(key) if known else None:
            return number
    return _any_month().get(key)


HAN = "〇○零一二三四五六七八九"
"""The figures of Chinese numerals, the first three of them noughts."""


def number(text: str) -> int | None:
    """The number that digits or a Chinese numeral write: 12, 十二, 二〇二五; None of anything else."""
    if text.isdecimal():
        return int(text)
    if text.strip(HAN + "十"):
        return None
    tens, ten, ones = text.rpartition("十")
    return (_figures(tens or "一") * 10 if ten else 0) + _figures(ones or "〇")


def _figures(han: str) -> int:
    return int("".join(str(max(0, HAN.index(figure) - 2)) for figure in han))


def calendar() -> Mapping[str, Any]:
    """The parsed ``calendar.toml``."""
    return table("calendar")


@cache
def eras() -> Mapping[str, int]:
    """The year before the first of an era, by the era's name: what is added to a year counted in it."""
    return {name: first - 1 for name, first in calendar()["eras"].items()}


@cache
def afternoon() -> frozenset[str]:
    """The words for the second half of a clock of twelve hours, as ``word_key`` gives them."""
    return frozenset(word_key(word) for word in calendar()["meridian"]["pm"])


def from_solar(year: int, month: int, day: int, language: str | None) -> tuple[int, int, int]:
    """Year, month and day of our calendar for one of the solar Hijri calendar, which only its languages count in."""
    calendar_of = calendar()["solar"]
    counts = language in calendar_of["languages"] and calendar_of["first"] <= year <= calendar_of["last"]
    if not counts or not (1 <= month <= 12 and 1 <= day <= 31):
        return year, month, day
    cycle = year + 1595
    leaps = cycle // 33 * 8 + (cycle % 33 + 3) // 4
    before = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    at = date.fromordinal(365 * cycle + leaps + before + day - SOLAR_EPOCH)
    return at.year, at.month, at.day


SOLAR_EPOCH = 356033
"""Days between the count of ``from_solar`` and that of ``date.toordinal``."""


@cache
def _months(language: str) -> Mapping[str, int]:
    forms = list(_forms(language))
    short: dict[str, set[int]] = {}
    for key, number in forms:
        for length in range(ABBREVIATED, len(key)):
            short.setdefault(key[:length], set()).add(number)
    return {key: min(numbers) for key, numbers in short.items() if len(numbers) == 1} | dict(forms)


def _forms(language: str) -> Iterator[tuple[str, int]]:
    for number, forms in enumerate(calendar()["months"].get(language, "").split(), 1):
        for form in forms.split("|"):
            yield word_key(form.replace("_", " ")), number


@cache
def _any_month() -> Mapping[str, int]:
    meanings: dict[str, set[int]] = {}
    for language in calendar()["months"]:
        for key, number in _months(language).items():
            meanings.setdefault(key, set()).add(number)
    return {key: min(numbers) for key, numbers in meanings.items() if len(numbers) == 1}
