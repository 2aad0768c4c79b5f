"""The dates that a page prints around its article, each with its place and what its surroundings say of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from lxml.html import HtmlElement

from crawler.extract.date_labels import Claim, claim_before, claim_behind, joins_a_period, names_weekday
from crawler.extract.date_lines import (
    FIGURE,
    HINTS,
    INLINE,
    around_of,
    claimed_by,
    is_noise,
    line_before,
    line_element,
    names_inside,
    names_of,
    owned,
    stands_beside_a_title,
    tells_where,
    text_before,
    with_clocks,
)
from crawler.extract.date_places import LINE, Marks, Survey, Zone, machine_value, survey
from crawler.extract.date_relative import relative_in, relative_words
from crawler.extract.readers import Context
from crawler.extract.timestamps import dates_in, parse_machine
from crawler.extract.zones import Reckoning
from crawler.model import Precision, Timestamp
from crawler.text import squash

MOST = 40
"""Dates of a page that are looked at."""
FOOT = 4
"""Dates from the end of the page among which the one of the last edit may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A date of the page in the line of an ``element``, perhaps ``right_above`` the headline.

    ``beside`` counts what else its line holds; ``machine`` that a ``<time>`` wrote it.
    """

    stamp: Timestamp
    zone: Zone
    line: str
    element: HtmlElement
    claim: Claim | None = None
    right_above: bool = False
    hinted: bool = False
    beside: int = 0
    machine: bool = False
    noise: bool = False
    clock: bool = False
    event: bool = False


def candidates(context: Context, reckoning: Reckoning) -> tuple[Candidate, ...]:
    """The dates printed around the article, in document order."""
    seen = _survey(context, reckoning)
    hits, marks = seen.dated, seen.marks
    lines: dict[HtmlElement, tuple[Zone, bool]] = {}
    for index, element in _nearest(hits, marks):
        lines.setdefault(line_element(element), (marks.zone(index), marks.is_right_above(index)))
    for _, element in hits[-FOOT:]:
        lines.setdefault(line_element(element), (Zone.ELSEWHERE, False))
    return tuple(c for element, place in lines.items() for c in _candidates(element, place, marks.shell, reckoning))


def relative_candidates(context: Context, reckoning: Reckoning) -> tuple[Candidate, ...]:
    """The days told by that of the capture between headline and text or right above the headline, alone in a line."""
    seen = _survey(context, reckoning)
    near = ((i, e) for i, e in seen.relative if seen.marks.zone(i) is Zone.BETWEEN or seen.marks.is_right_above(i))
    lines = {line_element(e): (seen.marks.zone(i), seen.marks.is_right_above(i)) for i, e in near}
    headline = str(context.found.get("headline") or "")
    own = ((e, place) for e, place in lines.items() if not stands_beside_a_title(e, headline))
    return tuple(c for e, place in own for c in _relative(e, place, seen.marks.shell, reckoning))


def _survey(context: Context, reckoning: Reckoning) -> Survey:
    seen: Survey | None = context.memo.get("survey")
    if seen is None:
        words = relative_words(reckoning.language) if reckoning.captured_at else None
        seen = context.memo["survey"] = survey(context, words)
    return seen


def _nearest(hits: list[tuple[int, HtmlElement]], marks: Marks) -> list[tuple[int, HtmlElement]]:
    """The dates near the article in document order: of too many, those of the best places, above it the last."""
    near = [(index, element) for index, element in hits if marks.zone(index) is not Zone.ELSEWHERE]
    if len(near) <= MOST:
        return near
    ranked = sorted(near, key=lambda hit: (zone := marks.zone(hit[0]), -hit[0] if zone is Zone.ABOVE else hit[0]))
    return sorted(ranked[:MOST], key=lambda hit: hit[0])


def _candidates(
    element: HtmlElement, place: tuple[Zone, bool], shell: frozenset[HtmlElement], reckoning: Reckoning
) -> Iterator[Candidate]:
    line = with_clocks(squash(" ".join(str(t) for t in element.itertext()))[:LINE], element)
    outer, base = _base(element, place, line, shell)
    yield from _written(element, outer, base, reckoning)
    yield from _printed(element, line, outer, base, reckoning)


def _base(
    element: HtmlElement, place: tuple[Zone, bool], line: str, shell: frozenset[HtmlElement]
) -> tuple[frozenset[str], partial[Candidate]]:
    """The names of what stands around a line, and all that its candidates have in common."""
    zone, right_above = place
    around = around_of(element, shell)
    outer = frozenset(word for e in around for word in names_of(e))
    strange = frozenset(word for e in around for word in names_of(e) - owned(e))
    words = outer.union(*(names_of(e) for e in element if e.tag in INLINE))
    in_time = element.tag == "time" or element.find(".//time") is not None
    tags = HINTS["tags"] - FIGURE if in_time else HINTS["tags"]
    return outer, partial(
        Candidate,
        zone=zone,
        right_above=right_above,
        line=line,
        element=element,
        hinted=not words.isdisjoint(HINTS["date"]),
        noise=is_noise(strange, zone) or any(e.tag in tags and e.tag not in owned(e) for e in around),
        event=zone is not Zone.BETWEEN and not outer.isdisjoint(HINTS["other"]),
    )


def _relative(
    element: HtmlElement, place: tuple[Zone, bool], shell: frozenset[HtmlElement], reckoning: Reckoning
) -> Iterator[Candidate]:
    """The day that a line tells by that of the capture and by nothing else; a bare "today" only where dates stand."""
    line = squash(" ".join(str(t) for t in element.itertext()))[:LINE]
    found = list(relative_in(line, reckoning))
    wide = with_clocks(line, element)
    if len(timed := list(relative_in(wide, reckoning))) == len(found):
        line, found = wide, timed
    if next(dates_in(line, reckoning), None) or line.endswith(SENTENCE):
        return
    outer, base = _base(element, place, line, shell)
    beside = len(line) - sum(printed.end - printed.start for printed, _ in found)
    foreign = any(is_noise(names_of(e), Zone.ABOVE) for e in around_of(element, shell))
    last = 0
    for printed, stamp in found:
        label = claim_before(line[last : printed.start]) or claimed_by(outer)
        one = base(stamp=stamp, claim=label, beside=beside, clock=_is_clock(outer, stamp, reckoning))
        if printed.form == "ago" or printed.clock or one.hinted or label is Claim.PUBLISHED:
            yield replace(one, noise=one.noise or foreign)
        last = printed.end


SENTENCE = (".", "!", "?", "。")


def _written(
    element: HtmlElement, outer: frozenset[str], base: partial[Candidate], reckoning: Reckoning
) -> Iterator[Candidate]:
    """The dates that a line has for machines."""
    for time in (element, *element.iterdescendants("time", "abbr", "span")):
        if stamp := parse_machine(machine_value(time), reckoning):
            label = claim_before(text_before(time, element)) or claimed_by(names_of(time)) or claimed_by(outer)
            yield base(stamp=stamp, machine=True, claim=label, clock=_is_clock(outer, stamp, reckoning))


def _printed(
    element: HtmlElement, line: str, outer: frozenset[str], base: partial[Candidate], reckoning: Reckoning
) -> Iterator[Candidate]:
    """The dates in the text of a line, each with the label between it and the one before."""
    found = list(dates_in(line, reckoning))
    beside = len(line) - sum(printed.end - printed.start for printed, _ in found)
    ends = (0, *(printed.end for printed, _ in found))
    last_days = {n for n, (printed, _) in enumerate(found) if n and joins_a_period(line[ends[n] : printed.start])}
    for n, (printed, stamp) in enumerate(found):
        before = line[ends[n] : printed.start]
        if not before.strip() and not n:
            before = line_before(element)
        inner = names_inside(element, stamp.raw)
        label = claim_before(before) or claim_behind(line[printed.end :]) or claimed_by(inner) or claimed_by(outer)
        if label in (Claim.DATED, None):
            own = base.keywords["hinted"] and base.keywords["zone"] is Zone.BETWEEN
            other = n + 1 in last_days or (not own and tells_where(element, line[printed.end :]))
            label = Claim.OTHER if other else _dated(label, base.keywords["zone"])
        label = Claim.OTHER if n in last_days else label
        names = outer if not inner.isdisjoint(HINTS["icons"]) else outer | inner
        one = base(stamp=stamp, claim=label, beside=beside, clock=_is_clock(names, stamp, reckoning))
        yield replace(one, clock=one.clock or _is_day_of_capture(one, reckoning))


def _dated(label: Claim | None, zone: Zone) -> Claim | None:
    """What a label that says no more than ``Date:`` says beside the headline."""
    return Claim.PUBLISHED if label is Claim.DATED and zone <= Zone.ABOVE else label


def _is_day_of_capture(c: Candidate, reckoning: Reckoning) -> bool:
    """True for the day of the capture with that of the week above the headline, which the page shows every visitor."""
    now = reckoning.captured_at
    if now is None or c.zone is not Zone.ABOVE or c.claim or c.hinted or c.stamp.precision is not Precision.DAY:
        return False
    return c.stamp.at.date() == now.astimezone(reckoning.zone).date() and names_weekday(c.line)


def _is_clock(names: frozenset[str], stamp: Timestamp, reckoning: Reckoning) -> bool:
    """True for a clock of the page, by name or because it shows the time of the capture."""
    now = reckoning.captured_at
    ticks = now is not None and stamp.precision is not Precision.DAY and abs(now - stamp.at) < TICK
    return ticks or not names.isdisjoint(HINTS["clock"])


TICK = timedelta(minutes=10)
