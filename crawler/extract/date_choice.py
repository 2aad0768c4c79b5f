"""Which of the dates printed around an article may be its own: sound ones, and those in doubtful company."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.extract.blocks import Place
from crawler.extract.date_candidates import Candidate, candidates, relative_candidates
from crawler.extract.date_labels import Claim
from crawler.extract.date_places import Zone
from crawler.extract.date_sources import from_url
from crawler.extract.language import detect
from crawler.extract.readers import Context
from crawler.extract.zones import Reckoning, reckoning
from crawler.model import Precision, Timestamp

BARELY = 25
"""Characters beside it that a line may have which is nothing but a date."""
BESIDE = 60
"""Characters beside its dates that a line of dates may have."""


def reckoning_of(context: Context) -> Reckoning:
    """How the dates of this page are read, with the day that its URL names."""
    way: Reckoning | None = context.memo.get("reckoning")
    if way is None:
        text = " ".join(b.text for b in context.blocks if b.place is Place.CORE)
        way = reckoning(context.page, context.portal, detect(text[:SAMPLE]))
        day = from_url(context.page.url, way)
        way = context.memo["reckoning"] = replace(way, day=day.at.date() if day else None)
    return way


SAMPLE = 1000
"""Characters of the text by which its language is told."""


def printed_dates(context: Context) -> tuple[Candidate, ...]:
    """Every date printed around the article, in document order."""
    found = context.memo.get("dates")
    if found is None:
        found = context.memo["dates"] = candidates(context, reckoning_of(context))
    return tuple(found)


def relative_dates(context: Context) -> list[Candidate]:
    """The days told by that of the capture in lines that say no more, in places that may be the article's."""
    told = relative_candidates(context, reckoning_of(context))
    return [c for c in told if c.beside <= (BESIDE if c.claim else BARELY) and not (c.noise or c.event or is_clock(c))]


def sound(context: Context, aside: Zone = Zone.ELSEWHERE) -> Iterator[Candidate]:
    """The candidates of the page that may be the article's, the best place first; from ``aside`` on as they stand.

    Above the headline that is the nearest line of those right above it: clocks of the page stand at its top.
    """
    headline = str(context.found.get("headline") or "")
    near = (c for c in printed_dates(context) if c.zone is not Zone.ELSEWHERE and c.claim is not Claim.OTHER)
    near = (c for c in near if not _says_headline(c, headline))
    fits = [c for c in near if not (c.noise or is_clock(c) or c.event)]
    nearest = next((c.line for c in reversed(fits) if c.zone is Zone.ABOVE and c.right_above), None)
    yield from sorted(fits, key=lambda c: (min(c.zone, aside), c.zone is Zone.ABOVE and c.line != nearest))


def doubtful(context: Context) -> Iterator[Candidate]:
    """Dates printed by themselves around the headline in parts of the page that are named like something else."""
    headline = str(context.found.get("headline") or "")
    near = (c for c in printed_dates(context) if c.noise and c.zone <= Zone.ABOVE and c.beside <= BARELY)
    fits = (c for c in near if c.claim in (Claim.PUBLISHED, None) and not (is_clock(c) or c.event))
    yield from sorted((c for c in fits if not _says_headline(c, headline)), key=lambda c: c.zone)


def of_one_day(found: list[Candidate]) -> list[Candidate]:
    """The candidates if all are of one day, else none."""
    return found if len({c.stamp.at.date() for c in found}) == 1 else []


def is_clock(c: Candidate) -> bool:
    """True for a clock of the page, unless a label says that it is the date of publication."""
    return c.clock and c.claim is not Claim.PUBLISHED


def _says_headline(c: Candidate, headline: str) -> bool:
    """True for a date in the words of the headline, or in other words about it: of the event, not of publication."""
    other = c.beside > BARELY or c.line.endswith(".")
    said = c.claim is None and c.stamp.precision is Precision.DAY and other
    return c.stamp.raw in headline and (c.line in headline or headline in c.line or said)


def stands_at_headline(c: Candidate) -> bool:
    """True for a line of dates between headline and text or right above the headline."""
    return c.zone in (Zone.BETWEEN, Zone.ABOVE) and c.beside <= BESIDE


def finest(stamp: Timestamp, others: Iterable[Timestamp]) -> Timestamp:
    """The first of ``others`` that adds a time of day to a bare day, else the time itself."""
    if stamp.precision is not Precision.DAY:
        return stamp
    same = (o for o in others if o.precision is not Precision.DAY and o.at.date() == stamp.at.date())
    return next(same, stamp)
