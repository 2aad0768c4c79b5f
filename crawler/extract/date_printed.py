"""Dates that a page prints: with a label, at the headline, in the text or behind it."""

import re
from urllib.parse import urlsplit

from crawler.extract.blocks import Place
from crawler.extract.date_candidates import Candidate
from crawler.extract.date_choice import (
    BARELY,
    BESIDE,
    doubtful,
    finest,
    is_clock,
    of_one_day,
    printed_dates,
    reckoning_of,
    relative_dates,
    sound,
    stands_at_headline,
)
from crawler.extract.date_labels import Claim
from crawler.extract.date_lines import is_linked
from crawler.extract.date_places import Zone
from crawler.extract.date_readings import LONGEST_LINE, printed, reading
from crawler.extract.readers import Context, Reading
from crawler.extract.timestamps import dates_in
from crawler.extract.words import table


def labelled_date(context: Context) -> Reading | None:
    """A printed date that a label or the name of its element calls the date of publication."""
    claimed = list(sound(context, aside=Zone.BEHIND))
    labelled = [c for c in claimed if c.claim is Claim.PUBLISHED] or [c for c in claimed if c.claim is Claim.ISSUED]
    aside = labelled and (labelled[0].zone > Zone.ABOVE or labelled[0].beside > BESIDE)
    at_headline = any(c.claim is None and stands_at_headline(c) for c in sound(context))
    if aside and len({c.stamp.at.date() for c in labelled}) > 1 and at_headline:
        labelled = []
    if labelled or at_headline:
        return printed(context, labelled)
    dated = [c for c in claimed if c.claim is Claim.DATED]
    others = [c for c in doubtful(context) if c.claim is Claim.PUBLISHED]
    return printed(context, dated or of_one_day(others))


def date_at_headline(context: Context) -> Reading | None:
    """A date printed by itself between headline and text, or right above the headline."""
    return printed(context, (c for c in sound(context) if c.claim is None and stands_at_headline(c)))


def date_among_foreign_names(context: Context) -> Reading | None:
    """The only day that is printed by itself around the headline, though the names around it speak against it."""
    return printed(context, of_one_day(list(doubtful(context))))


def date_at_end(context: Context) -> Reading | None:
    """A date printed by itself in or behind the text, unless there are several: those are of other articles."""
    others = (c for c in sound(context) if c.claim is not Claim.UPDATED and not stands_at_headline(c))
    alone = [c for c in others if c.beside <= BARELY]
    own = [c for c in alone if not is_linked(c.element)] or alone
    return printed(context, own if len({c.line for c in own}) == 1 else ())


def date_in_a_line(context: Context) -> Reading | None:
    """A date printed among other things between headline and text, or in the text in a line that is none of it."""
    near = (c for c in sound(context) if c.claim is not Claim.UPDATED and c.zone in (Zone.BETWEEN, Zone.INSIDE))
    lines = (c for c in near if c.beside <= BESIDE or not c.line.endswith("."))
    return printed(context, (c for c in lines if c.zone is Zone.BETWEEN or (c.hinted and c.beside <= BESIDE)))


def date_opening_the_text(context: Context) -> Reading | None:
    """The date with which the first paragraph begins."""
    headline = str(context.found.get("headline") or "\0")
    core = (b.text for b in context.blocks if b.place is Place.CORE and not (b.level or b.text.startswith(headline)))
    first = next((text for text in core if len(text) > LONGEST_LINE), "")
    found = next(dates_in(first[:LONGEST_LINE], reckoning_of(context)), None)
    return reading(found[1]) if found and found[0].start <= 1 else None


def date_beside_own_title(context: Context) -> Reading | None:
    """The date that a list of articles prints beside the headline of this one."""
    headline = str(context.found.get("headline") or "")
    own = [c for c in printed_dates(context) if len(headline) >= BARELY and headline in c.line]
    days = {c.stamp.at.date() for c in own if len(c.line) <= len(headline) + BESIDE and c.stamp.raw not in headline}
    return printed(context, own if len(days) == 1 else ())


def only_date(context: Context) -> Reading | None:
    """The only day that is printed near the article, though the names of its surroundings speak against it."""
    near = [c for c in printed_dates(context) if c.zone is not Zone.ELSEWHERE and c.beside <= BESIDE]
    fits = [c for c in near if c.claim in (Claim.PUBLISHED, None) and not (is_clock(c) or c.event)]
    labelled = [c for c in fits if c.claim is Claim.PUBLISHED]
    chosen = labelled or [c for c in fits if c.zone is not Zone.BEHIND]
    days = {c.stamp.at.date() for c in (labelled or near)}
    return reading(finest(chosen[0].stamp, (c.stamp for c in chosen))) if chosen and len(days) == 1 else None


def relative_date(context: Context) -> Reading | None:
    """The only day at the headline that is told by that of the capture: ``Hôm qua, 16:30``, ``vor 3 Stunden``."""
    return _told(context, (Claim.PUBLISHED, None))


def relative_update(context: Context) -> Reading | None:
    """The same of the last edit, which a label calls so."""
    return _told(context, (Claim.UPDATED,))


def _told(context: Context, claims: tuple[Claim | None, ...]) -> Reading | None:
    told = [c for c in relative_dates(context) if c.claim in claims]
    labelled = [c for c in told if c.claim]
    chosen = of_one_day(labelled or told)
    return Reading(value=chosen[0].stamp, blocks=context.printed(chosen[0].line)) if chosen else None


def date_of_first_post(context: Context) -> Reading | None:
    """The earliest date printed by itself on a page whose URL names a thread: that of its first post."""
    if _THREADS.isdisjoint(re.split(r"[\W_]", urlsplit(context.page.url).path.lower())):
        return None
    alone = (c for c in printed_dates(context) if c.zone is not Zone.ELSEWHERE and c.beside <= BARELY)
    posts = (c.stamp for c in alone if c.claim in (Claim.PUBLISHED, None) and not (is_clock(c) or c.event))
    return reading(min(posts, key=lambda stamp: stamp.at, default=None))


_THREADS = frozenset(table("dates")["threads"]["path"])


def date_of_update_only(context: Context) -> Reading | None:
    """The date of the last edit, where the page prints no other."""
    return labelled_update(context) or update_in_a_long_line(context)


def labelled_update(context: Context) -> Reading | None:
    """A printed date that a label or the name of its element calls the date of the last edit."""
    return printed(context, sorted(_updates(context, BESIDE), key=lambda c: c.zone))


def update_in_a_long_line(context: Context) -> Reading | None:
    """The same in a line between headline and text that also names the author, the section and the like."""
    return printed(context, (c for c in _updates(context, 2 * BESIDE) if c.zone is Zone.BETWEEN))


def _updates(context: Context, beside: int) -> list[Candidate]:
    claimed = (c for c in printed_dates(context) if c.claim is Claim.UPDATED and c.beside <= beside)
    return [c for c in claimed if not c.clock]
