"""The table of date forms that portals print, and the times of day that stand beside them. Text in, numbers out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.extract.date_words import HAN, afternoon, calendar, eras, from_solar, month, number, word_key

_ERA = "|".join(re.escape(era) for era in eras() if len(era) > 1)
_LETTERS = f"(?-i:(?<![A-Za-z])[{''.join(era for era in eras() if len(era) == 1)}])"
_YEAR = rf"(?P<year>(?:(?:{_ERA}|{_LETTERS})\s?)?(?:\d{{1,4}}|元))"
_WORD = r"(?P<month>[^\W\d_][^\s\d,;:|/()\-–،]{1,20})"
_NAME = _WORD.replace(
    "(?P<month>", r"(?P<month>(?:كانون|تشرين)\s[^\W\d_]{4,7}|tháng\s(?:mười\s(?:một|hai)|[^\W\d_]{2,5})|"
)
"""A month whose name may have two or three words, as in the countries of the Levant and in Vietnam."""
_OTHER_NAME = r"(?:[^\W\d_]{3,10}(?: [^\W\d_]{3,10})? / )?"
"""The first name of a month that has two, as in the countries of the Levant."""
_DAY = r"(?<!\d)(?<!\d[.,:/-])(?P<day>\d{1,2})"

_NAMED_YEAR = r"(?P<year>\d{4}|['’]\d\d|(?<=-)\d\d)(?!\d)"
_TWO = r"\d{1,2}"
_HANS = f"[{HAN}十]{{1,3}}"

FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern, re.I))
    for form, pattern in (
        # 2022-02-11, 2025.12.10., 2025/12/10
        (
            "iso",
            rf"(?<![\d./-])(?P<year>[12]\d{{3}}|25\d\d)\s?(?P<s>[-./])\s?(?P<month>{_TWO})\s?(?P=s)\s?(?P<day>{_TWO})(?!\d)",
        ),
        # 113-05-07 of the years of the republic, 25-12-10: see ``_YEAR_FIRST``
        ("republic", r"(?<![\w./-])(?P<year>1[01]\d)(?P<s>[-./])(?P<month>\d\d)(?P=s)(?P<day>\d\d)(?![\d./-])"),
        ("short iso", r"(?<![\w./-])(?P<year>[012]\d)(?P<s>[-./])(?P<month>\d\d)(?P=s)(?P<day>\d\d)(?![\d./-])"),
        # 2025 03 06
        ("spaced", r"(?<![\w./-])(?P<year>20\d\d) (?P<month>\d\d) (?P<day>\d\d)(?! ?\w)"),
        # 06 03 2025 and nothing else: day, month and year in elements of their own
        ("apart", r"^(?P<day>\d\d?)\s(?P<month>\d\d?)[ /](?P<year>20\d\d)$"),
        # R7.3.6, 令和7.3.6
        (
            "era",
            rf"(?<![\w.])(?P<year>(?:{_LETTERS}|{_ERA})\s?(?:\d\d?|元))[./](?P<month>{_TWO})[./](?P<day>{_TWO})(?!\d)",
        ),
        # 08/01/2020, 27.01.2020, 07-08-2024, 8. 1. 2020, 21.10.19; glued to the name of a place: Cái12/03/2025
        (
            "numeric",
            rf"(?:(?<![A-Za-z])|(?-i:(?<=[^\W\d_A-Z][a-z]))(?=\d\d\D\d\d\D\d{{4}})){_DAY}\s?(?P<s>[-./])\s?(?P<month>{_TWO})\s?(?P=s)\s?(?P<year>\d{{4}}|['’]?\d\d)(?![\d%])(?!(?P=s)\d)",
        ),
        # 2024 оны 12 сарын 05
        (
            "mongolian",
            rf"(?<!\d)(?P<year>\d{{4}}) оны (?P<month>{_TWO})(?:-р| дугаар| дүгээр)? сарын (?P<day>{_TWO})(?!\d)",
        ),
        # 2024. gada 5. decembris
        ("latvian", rf"(?<!\d)(?P<year>[12]\d{{3}})\. gada (?P<day>{_TWO})\. {_WORD}"),
        # 26 | 01 | 2022
        ("barred", rf"(?<![|\w] ){_DAY} (?P<s>[|·]) (?P<month>{_TWO}) (?P=s) (?P<year>\d{{4}})(?!\d)"),
        # 2019年4月2日, 令和元年5月1日, 2025년 1월 7일
        ("cjk", rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>{_TWO})\s?[月월]\s?(?P<day>{_TWO})\s?[日號号일]"),
        # 114年5月7日 of the years of the republic
        ("republic", rf"(?<![\d{HAN}])(?P<year>1[01]\d)\s?年\s?(?P<month>{_TWO})\s?月\s?(?P<day>{_TWO})\s?日"),
        # 二〇二五年三月六日, 令和七年三月六日
        (
            "han",
            rf"(?P<year>[一二][{HAN}]{{3}}|(?:{_ERA})(?:{_HANS}|元))\s?年\s?(?P<month>{_HANS})\s?月\s?(?P<day>{_HANS})\s?[日號号]",
        ),
        # ngày 27 tháng 9 năm 2017, 27 tháng 9, 2017
        ("vietnamese", rf"{_DAY}\s?(?:tháng|thg|th\.?)\s?(?P<month>{_TWO})[\s,]*(?:năm)?\s?(?P<year>\d{{4}})(?!\d)"),
        # Tháng 3 6, 2025
        ("vietnamese", rf"(?:tháng|thg|th)\.?\s?(?P<month>{_TWO})\s{_DAY},?\s(?P<year>\d{{4}})(?!\d|:)"),
        # 6 III 2025, 6.V.2025 r.
        ("roman", rf"{_DAY}[\s./-]{{1,2}}(?P<month>(?-i:[IVX]{{1,4}}))[\s./-]{{1,2}}(?P<year>\d{{4}})(?!\d)"),
        # 25. Januar 2022, 25 de noviembre de 2025, 1st of May 2020, 16 січня 2023, 27-Sep-2017, 4 ธ.ค. 2567,
        # 24 نيسان / أبريل 2020
        (
            "day month",
            rf"{_DAY}(?:st|nd|rd|th|er|º|ª|°|\.|-a\b|η|ης)?[\s\-–]*(?:de |of |ng |d['’])?{_OTHER_NAME}{_NAME}"
            rf"[\s.,،\-–'’/]*(?:de |del |of |năm |{_ERA})?\s?{_NAMED_YEAR}",
        ),
        # 13 มิ.ย. 68
        ("thai", rf"{_DAY}\s?(?P<month>[\u0e00-\u0eff.]{{3,20}})\s?(?P<year>[4-7]\d)(?![\d.:])"),
        # June 25, 2025; Sept. 3rd 2024
        (
            "month day",
            rf"(?<!\w){_NAME}\s?(?P<day>{_TWO})(?:st|nd|rd|th)?(?:\s?,\s?|\s|\.\s)(?P<year>\d{{4}})(?!\d|:)",
        ),
        # 2020. szeptember 21., 2019 m. kovo 4 d., 2024ko abenduaren 3a
        ("year month", rf"(?<!\d)(?P<year>[12]\d{{3}})(?:\.|ko| m\.|\. gada)?\s{_WORD}\s(?P<day>{_TWO})(?!\d)"),
        # Mon Oct 11 14:57:21 CEST 2021
        (
            "ctime",
            rf"(?<!\w){_WORD}\s(?P<day>{_TWO})\s(?=\d\d?:\d\d)[\d:]+\s(?:[A-Z]{{1,5}}\s)?(?P<year>\d{{4}})(?!\d)",
        ),
    )
)
"""The forms of a date in the order in which they are tried."""

_HALF = "|".join(
    sorted((re.escape(w) for words in calendar()["meridian"].values() for w in words), key=len, reverse=True)
)
_CLOCK = (
    rf"(?:(?P<before>{_HALF})\s?)?(?<!\d)(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?(?:h:|[:.h시時时点點])\s?(?P<minute>[0-5]\d)(?![\d%]|\.\d{4}|\s?min\b)|\s?(?:giờ|h|hod\.|uur|ч\.?|heures?|horas?)\s?(?P<minute2>[0-5]\d)(?!\d)"
    r"|(?P<whole>\s?(?:Uhr|h\b|giờ|시|時|时|点)|(?=\s?[ap]\.?\s?m\b)))"
    r"(?:\s?[:.분分]\s?(?P<second>[0-5]\d)(?!\d)(?:[.,]\d{1,9})?|\s?(?:phút|分|분|min|мин\.))?"
    rf"(?:\s?(?P<after>{_HALF})(?![^\W\d_])\.?)?"
)
_ZONE = (
    r"(?:\s?(?:Uhr\b|hrs?\b|h\b|น\.?)?\s?[(\[]?(?P<zone>(?-i:(?:GMT|UTC)?\s?[+\-−]\s?\d{1,2}(?::?\d\d)?(?!\d)(?![/.]\d)"
    r"|[A-Z]{2,4}T\b|[A-Z]{1,2}ST\b|Z\b|GMT|UTC|MEZ|MESZ|MSK|WITA|WI[BT]\b|[ECMP]T\b))[)\]]?)?"
)
_GLUE = "|".join(sorted((re.escape(w) for w in calendar()["between"]["words"]), key=len, reverse=True))
_JOIN = rf"(?:\s|T(?=\d)|(?:{_GLUE})(?![^\W\d_])){{0,8}}"
_DAYS = "|".join(sorted(map(re.escape, calendar()["weekdays"]["words"]), key=len, reverse=True))
_WEEKDAY = rf"(?:(?:{_DAYS})\.?,?\s)?"
_DAYNAME = rf"(?:(?:{_DAYS}|[^\W\d_]{{2,3}})\.?,?\s)?"
AFTER = re.compile(
    rf"(?:(?:er|st|nd|an|án|a|d)\b)?\.?(?:\s?[(（][^\s()\d（）]{{1,10}}[)）])?{_JOIN}{_WEEKDAY}{_JOIN}{_CLOCK}{_ZONE}",
    re.I,
)
BEFORE = re.compile(rf"{_CLOCK}{_ZONE}{_JOIN}{_DAYNAME}{_JOIN}$", re.I)

_MAY_DATE = re.compile(rf"\d{{3}}|\d\s?[-./]\s?\d|[\d元{HAN}十]\s?[年년]|['’-]\d\d|[\u0e00-\u0eff.]\s?[4-7]\d")
"""What one of every form in ``FORMS`` has: a quick look that spares most numbers the many thorough ones."""
_ZEROS = "٠۰०০๐０"
"""The zeros of Arabic, Persian, Devanagari, Bengali, Thai and full-width digits; the others follow."""
_WIDE = str.maketrans("／－．：ＲＨＳ", "/-.:RHS")
_DIGITS = {ord(zero) + n: str(n) for zero in _ZEROS for n in range(10)} | _WIDE
_OTHER_DIGIT = re.compile(f"[{''.join(map(chr, _DIGITS))}]")
REACH = 60
"""How many characters before a date its time of day may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A date as it stands in a text between ``start`` and ``end``, time of day included.

    ``swappable`` dates are written with two numbers that may be day and month either way; ``american`` ones have the
    form that .NET gives dates in the United States, whatever the language of the page. ``clock`` is None without a
    time of day, which also is what midnight of a clock of twelve hours means: the importer knew no time.
    """

    form: str
    year: int
    month: int
    day: int
    start: int
    end: int
    clock: tuple[int, int, int | None] | None = None
    zone: str | None = None
    swappable: bool = False
    american: bool = False
    short_year: bool = False


def scan(text: str, language: str | None = None) -> Iterator[Printed]:
    """The dates that stand in a text, in order; of forms that overlap the earlier one in the table counts."""
    text = digits(text)
    return iter(_scanned(text, language) if _MAY_DATE.search(text) else ())


def digits(text: str) -> str:
    """A text with the digits of other scripts, and signs of full width, written as ours; as long as it was."""
    return text.translate(_DIGITS) if _OTHER_DIGIT.search(text) else text


@lru_cache(maxsize=1024)
def _scanned(text: str, language: str | None) -> tuple[Printed, ...]:
    taken: list[tuple[int, int]] = []
    found = []
    for form, pattern in FORMS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if printed := _printed(form, match, language):
                taken.append((printed.start, printed.end))
                found.append(printed)
    return tuple(sorted(found, key=lambda printed: printed.start))


def _printed(form: str, match: re.Match[str], language: str | None) -> Printed | None:
    if language not in _YEAR_FIRST.get(form, (language,)):
        return None
    in_year = number(match["month"]) or month(match["month"], language)
    year = FIRST_YEARS[form] + int(match["year"]) if form in FIRST_YEARS else _year(match["year"])
    day = number(match["day"])
    if not in_year or not day or year is None:
        return None
    start, end, clock = _with_clock(match, form)
    year, in_year, day = from_solar(year, in_year, day, language)
    return Printed(
        form=form,
        year=year,
        month=in_year,
        day=day,
        start=start,
        end=end,
        clock=clock_of(clock),
        zone=clock["zone"] if clock else None,
        swappable=form == "numeric",
        american=form == "numeric" and clock is not None and _american(match, clock),
        short_year=form not in FIRST_YEARS and bool(_SHORT_YEAR.fullmatch(match["year"])),
    )


_SHORT_YEAR = re.compile(r"['’ ]*\d\d ?")
_YEAR_FIRST = {"republic": ("zh",), "short iso": ("ko",), "spaced": ("lt",), "era": ("ja",)}
"""Forms that are understood in these languages only, where the year goes first."""
FIRST_YEARS = {"republic": 1911, "thai": 1957}
"""What is added to years of the republic, and to Buddhist years of two digits."""


def _year(printed: str) -> int | None:
    """The year of our calendar, from Buddhist years and from years of an era too."""
    printed = printed.replace(" ", "")
    for era, before in eras().items():
        if printed.startswith(era):
            counted = printed.removeprefix(era)
            return before + (1 if counted == "元" else number(counted) or 0)
    printed = printed.strip("'’")
    year = number(printed)
    if year is None or len(printed) == 3:
        return None
    return year - BUDDHIST if 2400 < year < 2700 else year


BUDDHIST = 543


def _with_clock(match: re.Match[str], form: str) -> tuple[int, int, re.Match[str] | None]:
    """Start and end of the date with its time of day, and the match of the time: behind the date, else before it."""
    start, end = match.span()
    text = match.string
    if form == "ctime":
        return start, end, CTIME.search(match[0])
    if after := AFTER.match(text, end):
        return start, after.end(), after
    if before := BEFORE.search(text[max(0, start - REACH) : start]):
        return max(0, start - REACH) + before.start(), end, before
    return start, end, None


def _american(date: re.Match[str], clock: re.Match[str]) -> bool:
    unpadded = not any(part.startswith("0") for part in (date["month"], date["day"], clock["hour"]))
    return (
        unpadded and date["s"] == "/" and clock["second"] is not None and (clock["after"] or "").upper() in ("AM", "PM")
    )


def clock_of(clock: re.Match[str] | None) -> tuple[int, int, int | None] | None:
    """Hour, minute and second that a match of ``AFTER`` or ``BEFORE`` tells; None where it tells none."""
    if clock is None:
        return None
    hour, minute = int(clock["hour"]), int(clock["minute"] or clock["minute2"] or 0)
    half = word_key(clock["before"] or clock["after"] or "")
    if half and hour == 12 and minute == 0 and half not in afternoon():
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in afternoon() else 0)
    if hour > 23:
        return None
    return hour, minute, int(clock["second"]) if clock["second"] else None


CTIME = re.compile(rf"{_CLOCK}\s(?P<zone>[A-Z]{{1,5}}\b)?")
