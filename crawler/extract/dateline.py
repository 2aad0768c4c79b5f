"""The dateline: the place, and the day beside it, with which the text opens (``HANOI, March 6 –``, ``Berlin (dpa) –``).

Only what cannot be anything else is read: a place that an agency or a day stands beside, or one in capitals that the
text or the portal names once more. The paragraph keeps its words.
"""

import re
from collections.abc import Mapping

from crawler.extract.credits import names_agency
from crawler.extract.date_choice import reckoning_of
from crawler.extract.date_labels import claim_before
from crawler.extract.date_words import calendar, month, word_key
from crawler.extract.readers import Context, Reader, Reading
from crawler.extract.words import table

OPENING = 120
"""Characters of the first paragraph in which its dateline stands."""
LONGEST = 5
"""Words that the name of a place may have."""

_TABLE = table("dates")["dateline"]
_BEFORE = "|".join(_TABLE["before_day"])
_AGENCIES = "|".join(_TABLE["agencies"])
_WIRES = frozenset(table("bylines")["initials"]["agencies"])
_NAME = r"[^\W\d_][\w.'’]*(?:[ /-][^\W\d_][\w.'’]*)*?"
_DAY = (
    rf"(?P<article>(?:{_BEFORE})\s)?(?:\d{{1,2}}(?:er|º)?\.?\s(?:de\s|tháng\s)?(?P<behind>[^\W\d_]{{3,12}}|\d\d?)\.?"
    r"|(?P<ahead>[^\W\d_]{3,12})\.?\s\d{1,2}|\d{1,2}[/.-]\d{1,2})(?P<year>\.?[ ,/.-]{0,2}(?:de\s|del\s|năm\s)?\d{4})?"
)
_LATIN = re.compile(
    rf"(?:\((?P<first>[^()\d]{{2,30}})\)\s?[-–—]\s)?(?P<open>\()?(?P<place>{_NAME})(?:,\s(?P<region>[^\W\d_]\w{{1,12}}\.?))?"
    rf"(?:,\s(?P<day>{_DAY}))?(?(open)\))(?:\.?\s(?:\((?P<agency>[^()]{{2,30}})\)|/(?P<slashed>[^()/\d]{{2,30}})/))?(?P<end>\.?\s?[-–—―]{{1,2}}\s|\.\s)",
    re.I,
)
_WIDE = (
    re.compile(
        rf"[（(【\[]?(?:{_AGENCIES})(?P<place>[\u4e00-\u9fff]{{2,6}}?)(?P<day>(?:\d{{1,2}}月)?\d{{1,2}}日)?[电電讯訊]"
    ),
    re.compile(r"【(?P<place>[\u4e00-\u9fffァ-ヶー]{2,8}?)(?:[＝=][^】]{2,12}|(?:共同|時事|ロイター|AFP))】"),
    re.compile(r"[(\[](?P<place>[가-힣]{2,10})\s?=\s?[^)\]]{2,16}[)\]]"),
)


def opening_place(context: Context) -> Reading | None:
    """The place and the day with which the lead or the first paragraph opens, as printed."""
    texts = [text for text in (context.found.get("lead"), *context.found.get("body", ())[:1]) if text]
    found = (_dateline(context, text) for text in texts)
    dateline = next((line for line in found if line), None)
    return Reading(value=dateline) if dateline else None


def _dateline(context: Context, text: str) -> str | None:
    wide = next((match for pattern in _WIDE if (match := pattern.match(text[:OPENING]))), None)
    if wide:
        return wide["place"] + (wide.groupdict().get("day") or "")
    match = _LATIN.match(text[:OPENING])
    if match is None or not _is_place(match["place"]) or not _is_day(match):
        return None
    sure = _says_where(match) or _is_named_again(context, match, text[match.end() :])
    if not sure or not (match["end"].strip(" .") or match["year"] or match["slashed"]):
        return None
    if match["day"]:
        return text[match.start("place") : match.end("day")].rstrip(".")
    return text[match.start("place") : match.end("region" if match["region"] else "place")]


def _is_place(name: str) -> bool:
    """True for few words in capitals that are neither a label nor a day of the week."""
    words = re.split(r"[ /-]", name)
    days = {word_key(day) for day in calendar()["weekdays"]["words"]}
    capital = all(word[:1].isupper() for word in words) and len(name) > 2
    return capital and len(words) <= LONGEST and days.isdisjoint(map(word_key, words)) and claim_before(name) is None


def _is_day(match: re.Match[str]) -> bool:
    """False where the word of the day is no month."""
    word = match["behind"] or match["ahead"]
    return word is None or word.isdigit() or month(word) is not None


def _says_where(match: re.Match[str]) -> bool:
    """True for a place with an agency or in a form that only datelines have."""
    agency = match["agency"] or match["slashed"] or match["first"]
    if agency and (names_agency(agency) or not _WIRES.isdisjoint(re.split(r"\W", agency.lower()))):
        return True
    shouted = match["place"].isupper()
    behind_dash = bool(match["end"].strip(" ."))
    region = match["region"]
    abroad = bool(
        region and shouted and behind_dash and (region.endswith(".") or (region.isupper() and len(region) == 2))
    )
    dated = bool(match["day"] and (match["article"] or shouted))
    return abroad or dated or bool(agency and shouted and " " in match["place"] and behind_dash)


def _is_named_again(context: Context, match: re.Match[str], rest: str) -> bool:
    """True for a place that the portal's name has, or one in capitals or with a day that the article has once more.

    In German every noun is written like a name.
    """
    name = " ".join(word if not word.isupper() else word.capitalize() for word in match["place"].split(" "))
    once_more = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    if once_more.search(context.portal.name):
        return True
    told = match["day"] or (match["place"].isupper() and reckoning_of(context).language not in _NOUNS)
    article = (str(context.found.get("headline")), rest, *context.found.get("body", ())[1:])
    return bool(told) and any(map(once_more.search, article))


_NOUNS = ("de", "lb")

READERS: Mapping[str, tuple[Reader, ...]] = {"dateline": (opening_place,)}
