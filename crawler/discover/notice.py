"""Short articles: a notice of one sentence is told from a page about the site by the lines around its text."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.discover.expect import file_kind
from crawler.discover.lines import Line
from crawler.discover.listings import DATE
from crawler.discover.words import plain, words
from crawler.model import Kind
from crawler.text import size

TEXT = 36
"""UTF-8 bytes from which a line can be the whole text of a notice."""
SHORTEST, LONGEST = 10, 250
"""UTF-8 bytes and characters of a headline."""
WORDS = 16
"""Letters beside a day that make a headline of what is set as one."""
OPENING = 90
"""Characters of a text among which its day can stand."""
DAY = 80
"""Characters of a line that prints a day and beside it a label, the hour, who published."""
YEARS = ((1950, 2100), (2490, 2640), (1370, 1480))
"""Years as they are printed: of the common, the Buddhist and the solar era."""
NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
OWN = 0.4
"""Share of the text on the page that stands below the headline of an article."""
DOCUMENTS = 2
"""So many documents at most are an article's; more are a list."""
TEASERS = 3
"""So many days with a text below each make a list of teasers."""
GENERAL = ("news", "service", "related", "login", "home")
"""Purposes in words.toml of names that are no headlines."""
LINKS = 3
"""So many lines in a row that are links make a list."""
NEAR = 3
"""So many lines at most stand between the day and the headline or the text."""
WITHIN = 12
"""So many lines at most stand between a headline and its text."""

SENTENCE = (".", "!", "?", "。", "！", "？")
TITLE_PARTS = re.compile(r"\s+[-–—|•·»:>/]+\s+|\s*[|•»]\s*|:\s+")
CONTACT = re.compile(r"@\w|(?<![\d./-])\+?\(?\d[\d() .-]{7,}\d(?!\d)|\b(fax|tel)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A headline with a text of its own below it, and what else stands there.

    ``named`` says that the page's title prints the headline, ``dated`` that a day stands beside it; ``texts`` are the
    lines of text, ``contacts`` those with a telephone number or an address for mail, ``links`` those that lead away.
    """

    headline: str
    named: bool
    texts: int
    dated: bool
    contacts: int
    links: int


def notice(shown: Sequence[Line], titles: Collection[str], in_menu: Callable[[str], bool]) -> Notice | None:
    """The headline of a page with the text below it, the one that the title names before others; None without."""
    named = {plain(part) for title in titles for part in (title, *TITLE_PARTS.split(title))}
    for n in _headlines(shown, named):
        name = plain(shown[n].text)
        if not _is_general(name, in_menu) and (found := _text_below(shown, n, name in named)):
            return found
    return None


def _headlines(shown: Sequence[Line], named: Collection[str]) -> Iterator[int]:
    """Where headlines can stand: what the title names, then what is set as one, then what stands above a day."""
    able = [n for n, line in enumerate(shown) if _can_be_headline(line)]
    yield from (n for n in able if plain(shown[n].text) in named)
    yield from (n for n in able if shown[n].head)
    yield from (n for n in able if any(map(_is_day, shown[n + 1 : n + 1 + NEAR])))


def _can_be_headline(line: Line) -> bool:
    if line.linked or line.size < SHORTEST or len(line.text) > LONGEST:
        return False
    if not line.head:
        return not _is_day(line)
    beside = "".join(filter(str.isalpha, DATE.sub("", line.text)))  # of a headline that has a day in it: minutes
    return size(beside) >= WORDS or not _is_day(line)


def _is_general(name: str, in_menu: Callable[[str], bool]) -> bool:
    """True for the name of a section, or of what many pages have beside their text."""
    return any(name in words(purpose) for purpose in GENERAL) or in_menu(name)


def _text_below(shown: Sequence[Line], at: int, named: bool) -> Notice | None:
    """What stands below a headline, up to where other articles begin; None where no text does, or several teasers."""
    end = _end(shown, at + 1)
    repeated = Counter(line.text for line in shown)
    below = [n for n in range(at + 1, end) if _is_text(shown[n]) and repeated[shown[n].text] == 1]
    if not below:
        return _document_below(shown, at, named)
    if below[0] > at + WITHIN or _teasers(shown) >= TEASERS:
        return None
    if sum(shown[n].size for n in below) < OWN * sum(line.size for line in shown if _is_text(line)):
        return None
    beside = (*shown[max(at - NEAR, 0) : at], *shown[at + 1 : min(below[-1] + NEAR + 1, end)])
    return Notice(
        headline=shown[at].text,
        named=named,
        texts=len(below),
        dated=any(map(_is_day, beside)) or _prints_day(shown[below[0]].text[:OPENING]),
        contacts=sum(1 for line in shown[at + 1 : end] if CONTACT.search(line.text) and not _prints_day(line.text)),
        links=sum(1 for line in shown[at + 1 :] if line.linked),
    )


def _document_below(shown: Sequence[Line], at: int, named: bool) -> Notice | None:
    """A headline with a day and a document or two that have the text; more documents are a list."""
    documents = [n for n in range(at + 1, len(shown)) if _is_document(shown[n])]
    if not 1 <= len(documents) <= DOCUMENTS or documents[0] > at + WITHIN:
        return None
    beside = (*shown[max(at - NEAR, 0) : at], *shown[at + 1 : at + 1 + NEAR])
    if not any(map(_is_day, beside)):
        return None
    return Notice(headline=shown[at].text, named=named, texts=0, dated=True, contacts=0, links=len(documents))


def _is_document(line: Line) -> bool:
    hrefs = [a.get("href") or "" for a in line.block.iter("a")] if line.linked else []
    return any(file_kind(href.partition("?")[0]) is Kind.ATTACHMENT for href in hrefs)


def _teasers(shown: Sequence[Line]) -> int:
    """How many times a line of text follows a day: once in an article, often in a list."""
    days = [n for n, line in enumerate(shown) if _is_day(line)]
    return sum(1 for n, after in pairwise((*days, len(shown))) if any(map(_is_text, shown[n:after])))


def _end(shown: Sequence[Line], start: int) -> int:
    """Where other articles begin: at the linked headline of one, at what announces them, at the third link in a row."""
    links = 0
    for n in range(start, len(shown)):
        links = links + 1 if shown[n].linked else 0
        if links == LINKS or (shown[n].linked and shown[n].head and shown[n].size >= SHORTEST):
            return n
        if plain(shown[n].text).strip(" :.-»") in words("related"):
            return n
    return len(shown)


def _is_text(line: Line) -> bool:
    return line.size >= TEXT and not line.linked and not line.head and not _is_day(line)


def _is_day(line: Line) -> bool:
    """True for a line that prints a day and little else, and is no sentence."""
    if line.linked or len(line.text) > DAY:
        return False
    numbers = [int(number) for number in NUMBER.findall(line.text)]
    year = any(first <= n <= last for n in numbers for first, last in YEARS)
    if not (_prints_day(line.text) or (year and any(0 < n < 32 for n in numbers))):
        return False
    return not line.text.endswith(SENTENCE) or size("".join(filter(str.isalpha, line.text))) < TEXT


def _prints_day(text: str) -> bool:
    """True when ``text`` has a date in figures or words; hours of opening look like one but for a zero."""
    return any(all(map(int, NUMBER.findall(day[0]))) for day in DATE.finditer(text))
