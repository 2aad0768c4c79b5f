"""Bylines as Chinese and Korean pages print them: reporters in brackets, lines of names, who wrote on which day."""

import re
from collections.abc import Iterable
from itertools import takewhile

from crawler.extract.blocks import Block, Place
from crawler.extract.byline_labels import TRIM
from crawler.extract.name_kinds import is_account, is_organisation
from crawler.extract.name_lists import HAN_NAME, JA_NAME
from crawler.extract.persons import Credits
from crawler.extract.prose import is_prose
from crawler.extract.readers import NOTHING, Context
from crawler.extract.signature import Byline
from crawler.extract.words import table

ABOVE = 3
"""Lines above the first paragraph among which one of names is the byline."""
LINES = 3
"""Lines of reporters that may follow the first one."""
LINE = 160
"""Characters a line may have that says who wrote on which day."""

_TITLES = "|".join(table("bylines")["titles"]["han"])
_HAN = r"[\u3400-\u9fff·]{2,6}"
_REPORTER = rf"(?:{_TITLES})[\s:：]*(?P<names>{_HAN}(?:[\s、，]+(?:(?:{_TITLES})\s*)?{_HAN}){{0,5}})"
_LIST = re.compile(rf"{HAN_NAME}(?:[、，\s]+{HAN_NAME}){{0,4}}|{HAN_NAME}(?:、[\u3400-\u9fff]{{2,3}}){{1,4}}")
"""A line that is nothing but Chinese names, of a list the first one with a known surname."""
_IN_BRACKETS = re.compile(
    rf"[（(【][^（）()【】。]{{0,12}}?{_REPORTER}\s*[)）】]|^.{{0,14}}?{_REPORTER.replace('names', 'line')}\s*$"
    rf"|^.{{0,14}}?(?:记者|記者)\s*(?P<credited>{_HAN})\s*[/／]\s*[文图摄].{{0,16}}$"
    r"|[（(]\s*(?P<korean>[가-힣\s,·=]{2,16}기자)\s*[)）]\s*$"
    r"|[（(][\u3040-\u9fff]{1,12}[課係室局班]\s+(?P<desk>[\u3400-\u9fff]{2,4})[)）]$"
    rf"|^[（(【]\s*(?P<alone>(?:{JA_NAME}|{HAN_NAME})(?:[、，\s]+{HAN_NAME}){{0,3}})\s*[)）】]$"
    rf"|^[（(]\s*[\u3400-\u9fff]{{2,12}}(?:中心|电视台|局|社|报|网|办)\s+(?P<sent>{HAN_NAME})\s*[)）]$"
    rf"|^(?P<made>{HAN_NAME}(?:[、，\s]+{HAN_NAME}){{0,3}})\s*[/／]?\s*(?:文\s?[/／]?\s?[图圖摄攝]|文|撰文|供稿)$"
)
_WROTE = re.compile(
    r"(?:^|[\s|])(?![本此该該原全])(?P<name>[^\s|,，。:：]{2,20}?)\s*(?:写于|作于|发表于|發表於)\s*[:：]?\s*"
    r"(?=(?:19|20)\d\d\D\d[^，。]{0,24}$)"
    rf"|(?:19|20)\d\d\D.{{0,24}}?[\[【［]\s*(?P<boxed>{HAN_NAME})\s*[\]】］]"
    r"|(?:19|20)\d\d\D[\d\s:/.-]{0,20}\bby\s+(?P<by>[^\s|,，。:：]{2,20})(?!\w)"
)
"""``青石写于2005年6月12日``, ``2004年7月16日08:19 [ 王小明 ]``, ``2005/05/17 22:11 by 青石``."""
_LETTERS = re.compile("[\u3400-\u9fff\uac00-\ud7af]")
_TITLE = re.compile(rf"{_TITLES}|\s*기자$")


def in_brackets(context: Context) -> Byline | None:
    """The reporters named in brackets or in lines of their own: （记者 王小明）, 本报记者 王小明, (홍길동 기자)."""
    matches = ((n, m) for n, b in enumerate(context.blocks) if b.place is Place.CORE and (m := _reporter(b)))
    first = next(matches, None)
    if first is None:
        return None
    at, found = first
    own = bool(found["line"] or found["alone"] or found["credited"] or found["sent"] or found["made"])
    below = context.blocks[at + 1 : at + 1 + LINES] if found["line"] else ()
    more = list(takewhile(lambda m: m is not None and m["line"], map(_reporter, below)))
    texts = [next(name for name in m.groupdict().values() if name) for m in (found, *more) if m]
    authors = tuple(name for text in texts for name in re.split(r"[\s、，,]+", _TITLE.sub(" ", text)) if len(name) > 1)
    lines = frozenset(b.index for b in context.blocks[at : at + 1 + len(more)]) if own else NOTHING
    return Byline(line=", ".join(text.strip() for text in texts), credits=Credits(authors=authors), blocks=lines)


def _reporter(block: Block) -> re.Match[str] | None:
    return _IN_BRACKETS.search(block.text) if _LETTERS.search(block.text) else None


def above_text(context: Context) -> Byline | None:
    """The line of Chinese names that stands by itself between headline and text."""
    last = [b for b in _above(context.blocks) if not b.links][-ABOVE:]
    block = next((b for b in last if not b.level and _LIST.fullmatch(b.text.strip(TRIM))), None)
    if block is None or block.place is not Place.CORE:
        return None
    names = tuple(re.split(r"[、，\s]+", block.text.strip(TRIM)))
    return Byline(line=block.text, credits=Credits(authors=names), blocks=frozenset((block.index,)))


def on_a_day(context: Context) -> Byline | None:
    """Who a short line says to have written on a day, or names in brackets behind the date."""
    short = (b for b in context.blocks if 0 < len(b.text) <= LINE and not b.level and _LETTERS.search(b.text))
    found = next((m for b in short if (m := _WROTE.search(b.text))), None)
    name = next(filter(None, found.groups()), None) if found else None
    if name is None or is_account(name) or is_organisation(name):
        return None
    return Byline(line=name, credits=Credits(authors=(name,)))


def _above(blocks: Iterable[Block]) -> Iterable[Block]:
    return takewhile(lambda b: b.place is Place.HEAD or not is_prose(b), (b for b in blocks if b.text))
