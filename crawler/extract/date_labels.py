"""What the words beside a date say of it: published, updated, or neither (``dates.toml``)."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from crawler.extract.date_words import calendar, word_key
from crawler.extract.words import table
from crawler.text import squash

REACH = 70
"""Characters before a date in which its label stands."""
LONGEST_LABEL = 5
BETWEEN = 3
"""Words that may stand between a label and its date: a weekday, a preposition."""

_WORD = re.compile(r"[^\s:：;,|()\[\]（）【】/•·–—]+|[|•·]")
_BARS = ("|", "•", "·")
_BY = re.compile(
    r"\b(?:by|von|par|por|da|di|bởi|av|af|door|przez|oleh)\s(?:[^\d:|.]|\.(?!\s)|(?<=\b\w)\.){2,60}$", re.I
)
"""Who published, up to the full stop of the sentence."""
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(map(re.escape, calendar()['weekdays']['words']))})\b", re.I)
"""Said of the day itself: ``Thứ tư, ngày`` (Wednesday) is no ``từ ngày`` (from the day)."""
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Claim(StrEnum):
    """What a date is by its label."""

    PUBLISHED = "published"
    DATED = "dated"
    ISSUED = "issued"
    UPDATED = "updated"
    OTHER = "other"


def claim_before(text: str) -> Claim | None:
    """What the words in front of a date say: the label that stands nearest to it, few words between."""
    tail = _WEEKDAY.sub(" ", text[-REACH:]).rstrip(" :：-–—.,|(（\u00a0")
    return _claim(tail, between=0) or _claim(_BY.sub("", tail), between=BETWEEN)


def _claim(tail: str, *, between: int) -> Claim | None:
    tail = re.split(r"\d", tail)[-1]
    words = [word_key(word) for word in _WORD.findall(tail)]
    for end in range(len(words), max(0, len(words) - 1 - between), -1):
        for length in range(min(LONGEST_LABEL, end), 0, -1):
            label = " ".join(words[end - length : end])
            if (claim := _labels().get(label)) and _may_stand(label, words, end):
                return claim
        if words[end - 1] in _BARS:
            return None
    return _glued(words[-1]) if words and _SPACELESS.search(words[-1]) else None


def _may_stand(label: str, words: list[str], end: int) -> bool:
    """False for rights that speak of a year further off, and for labels within a sentence that must open it."""
    start = end - label.count(" ") - 1
    within = start > 0 and words[start - 1] not in _BARS and label.rpartition(" ")[2] in _opening()
    return not within and (end == len(words) or label not in _rights())


def joins_a_period(between: str) -> bool:
    """True for what stands between the first and the last day of a period: a dash, ``bis``, ``đến ngày``."""
    return squash(between).casefold() in _until()


def names_weekday(line: str) -> bool:
    """True for a line that names a day of the week, as East Asian lines do in brackets: ``(木)``."""
    return _WEEKDAY.search(line) is not None or re.search(r"[(（][月火水木金土日월화수목금토일][)）]", line) is not None


def names_a_place(text: str) -> bool:
    """True for a line that begins with the label of the place of an event."""
    return _places().match(text) is not None


def claim_behind(text: str) -> Claim | None:
    """What the word right behind a date says in scripts without spaces, as in 2023年3月10日更新."""
    word = re.match(r"[\s)）]?([^\s\d:：|()（）]{2,8})(?![:：])", text)
    if word is None or not _SPACELESS.match(word[1]):
        return None
    return next((claim for size in (3, 2) if (claim := _labels().get(word[1][:size]))), None)


def _glued(word: str) -> Claim | None:
    """The label that ends a word of a script without spaces."""
    return next((claim for size in range(min(8, len(word)), 1, -1) if (claim := _labels().get(word[-size:]))), None)


@cache
def _labels() -> Mapping[str, Claim]:
    groups = table("dates")["labels"]
    return {_label(word): claim for claim in Claim for word in groups[claim]}


@cache
def _rights() -> frozenset[str]:
    """Labels of rights, which speak of the year right behind them only: a photo credit may stand above a date."""
    return frozenset(map(_label, table("dates")["labels"]["rights"]))


def _label(label: str) -> str:
    return " ".join(word_key(word) for word in label.split())


@cache
def _opening() -> frozenset[str]:
    return frozenset(table("dates")["labels"]["opening"])


@cache
def _until() -> frozenset[str]:
    return frozenset(map(str.casefold, table("dates")["labels"]["until"]))


@cache
def _places() -> re.Pattern[str]:
    words = sorted(map(re.escape, table("dates")["labels"]["places"]), key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(words)})\s?(?:[:：|]|$)", re.I)
