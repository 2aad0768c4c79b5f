"""The headline: the title of the article, not of the page. Choosing among those printed and stated is the task."""

import re
from collections.abc import Callable, Mapping

from crawler.extract.headings import JOINTS, Heading, Titles, folded, letters
from crawler.extract.headline_lines import (
    SECTIONS,
    SHORTEST,
    TELLING,
    labelled_headline,
    opening_line,
    title_line,
    titles_of,
)
from crawler.extract.readers import Context, Reader, Reading, selected
from crawler.text import size

_WORD = re.compile(r"\w+")
WORD = 4
"""Letters of a word that tells what a title is about."""
AKIN = 0.5
PART = 0.4
SITE_NAME = 32
LONGER = 1.5
MENU = 3
NEAR = 1
"""A name of the site or section is shorter, and so many link lists stand between it and the headline; near the
text there is at most one."""

Choice = Callable[[tuple[Heading, ...], Titles], str | None]


def _nearest_of_several(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The last of several headings above the text that print different stated titles."""
    stated = {folded(title) for title in said.stated}
    fits = [h for h in printed if h.above and h.tag in ("h1", "h2") and h.key in stated]
    return fits[-1].text if len({h.key for h in fits}) > 1 else None


def _below_site_name(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The last heading above the text where all before it is a short h1 beyond a menu: the site's or section's name."""
    names = [h for h in printed if h.opening and h.tag == "h1"]
    below = [h for h in reversed(printed) if h.opening and h.tag != "h1"]
    stated = {folded(title) for title in said.stated}
    nearest = next((h for h in below if h.key in stated), next((h for h in below if h.close), None))
    if not names or nearest is None or nearest.gap >= MENU or size(nearest.text) < SHORTEST:
        return None
    far = all(size(h.text) < SITE_NAME and (h.home or h.gap - nearest.gap >= MENU) for h in names)
    meant = any(h.key in title for title in said.whole for h in names if not h.home)
    return nearest.text if far and (not meant or any(_kin(nearest.text, title) for title in said.whole)) else None


def _below_path(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The heading behind an h1 that is the last entry of the path to the page and repeats the window's title."""
    stated = {folded(title) for title in said.stated}
    titles = (n for n, h in enumerate(printed) if h.tag == "h1" and h.opening and h.key in stated)
    path = next((n for n in titles if printed[n].entry and not printed[n].close), None)
    behind = next(iter(printed[path + 1 :]), None) if path is not None else None
    if path is None or behind is None or not behind.opening or behind.tag not in ("h1", "h2") or behind.parts:
        return None
    return behind.text if _kin(behind.text, printed[path].text) else None


_DASHES = ("-", "–", "—")


def _behind_kicker(printed: tuple[Heading, ...], _: Titles) -> str | None:
    """The title that a heading above the text prints behind a kicker and, in an element of its own, a dash."""
    parts = [h.parts for h in printed if h.opening and len(h.parts) == 3 and h.parts[1] in _DASHES]
    return next((title for kicker, _, title in parts if len(title) >= max(TELLING, len(kicker))), None)


def _kin(one: str, other: str) -> bool:
    """True for two titles that have words in common."""
    return bool(_words(one) & _words(other))


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(folded(title)) if len(word) >= WORD)


def _newsroom_title(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The preview's title where linked data says that a newsroom wrote it; as printed, when it is.

    Where window and preview have titles of their own, for search and links, that of linked data if the h1 prints it.
    """
    if not said.newsroom or not said.preview or len(said.preview) < SHORTEST:
        return None
    key = folded(said.preview)
    same = next((h.text for h in printed if h.key == key), None)
    if same or letters(said.preview) in {letters(h.text) for h in printed}:
        return same or said.preview
    linked = folded(said.linked) if said.linked and folded(said.linked) != folded(said.window or "") else None
    named = (h.text for h in printed if _is_named(h, key) or (h.tag == "h1" and h.opening and h.key == linked))
    return next(named, said.preview)


def _is_named(heading: Heading, title: str) -> bool:
    """True for an h1 behind which the title only has a name, joined by a dash or bar."""
    begins = heading.tag == "h1" and len(heading.key) >= TELLING and title.startswith(heading.key)
    behind = title.removeprefix(heading.key)
    return begins and (behind.startswith(FULL_WIDTH) or bool(JOINTS.match(behind)))


FULL_WIDTH = ("：", "｜", "_")
"""What joins a name to a title in scripts without spaces."""


def _printed_as_stated(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The first h1, else the first heading, that prints a stated title."""
    stated = {folded(title) for title in said.stated}
    fits = [h for h in printed if h.key in stated]
    first = next((h for h in fits if h.tag == "h1"), fits[0] if fits else None)
    return _without_kicker(first.text, said) if first else None


def _printed_in_parts(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The stated title that the parts of a heading above the text print together, or that one of them prints."""
    stated = {letters(title): title for title in reversed(said.stated)}
    careful = {letters(title) for title in (said.preview, said.linked) if title}
    several = [(heading, heading.parts) for heading in printed if heading.opening and heading.parts]
    own = (text for _, parts in several for text in parts if letters(text) in careful)
    whole = (stated[key] for heading, _ in several if (key := letters(heading.text)) in stated)
    part = (text for _, parts in several for text in parts if letters(text) in stated)
    return next(own, next(whole, next(part, None)))


def _printed_in_title(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The longest h1 that is a part of a title; where that is short, a much longer heading close to the text."""
    fits = [h for h in printed if len(h.text) >= SHORTEST and any(h.key in title for title in said.whole)]
    best = max((h for h in fits if h.tag == "h1"), key=_length, default=None)
    if best is None:
        return None
    other = max((h for h in fits if h.close and h.opening), key=_length, default=best)
    longer = size(best.text) < SITE_NAME and _length(other) > LONGER * _length(best)
    return _without_kicker((other if longer else best).text, said)


def _length(heading: Heading) -> int:
    return len(heading.text)


def _stated_in_printed(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The h1 that holds a stated title and more; the title itself when the rest is a kicker or a name joined to it."""
    for heading in printed:
        if heading.tag != "h1":
            continue
        parts = [t for t in said.stated if len(t) >= TELLING and folded(t) in heading.key]
        if parts:
            return next((t for t in parts if _is_joined(heading, t, said)), heading.text)
    return None


def _begins_title(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The heading close to the text that prints what a stated title has before its first dash or bar."""
    parts = {JOINTS.split(folded(title))[0] for title in said.stated}
    fits = (h.text for h in printed if h.opening and h.close and len(h.text) >= TELLING and h.key in parts)
    return next(fits, None)


def _akin_h1(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The h1 above the text that has half of its words in common with a stated title, and more than one."""
    fits = (h for h in printed if h.tag == "h1" and h.opening and not h.home)
    return next((h.text for h in fits if any(_is_akin(h.text, title) for title in said.stated)), None)


def _is_akin(one: str, other: str) -> bool:
    return _shared(one, other) >= AKIN and len(_words(one) & _words(other)) > 1


def _shared(one: str, other: str) -> float:
    """The share of the words of a title that another one has too."""
    words = _words(one)
    return len(words & _words(other)) / len(words) if words else 0.0


def _is_joined(heading: Heading, title: str, said: Titles) -> bool:
    """True where a heading holds a title behind a kicker, or before a name that a dash or bar joins to it."""
    behind = heading.key.partition(folded(title))[2]
    return bool(JOINTS.match(behind)) if behind else bool(heading.parts) or title in (said.preview, said.linked)


def _subheading_in_title(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The first heading of any kind that is a good part of a title."""
    fits = (h for h in printed if len(h.text) >= SHORTEST)
    return next((h.text for h in fits if any(h.key in t and len(h.key) >= PART * len(t) for t in said.whole)), None)


def _printed_h1(printed: tuple[Heading, ...], _: Titles) -> str | None:
    """The h1 nearest to the text where there are few, else the first."""
    fits = [h.text for h in printed if h.tag == "h1" and h.opening]
    return None if not fits else fits[-1] if len(fits) <= 2 else fits[0]


def _stated_as_in_url(printed: tuple[Heading, ...], said: Titles) -> str | None:
    """The stated title in two or more words of the URL, where no heading above the text has more of them."""
    heard = [_shared(said.slug, h.text) for h in printed if h.opening]
    parts = [part for title in said.stated for part in (JOINTS.split(title)[0], title) if len(part) >= TELLING]
    best = max(parts, key=lambda title: _shared(said.slug, title), default="")
    share = _shared(said.slug, best) if len(_words(said.slug) & _words(best)) > 1 else 0.0
    return best if share >= AKIN and share > max(heard, default=0) else None


def _nearest_heading(printed: tuple[Heading, ...], _: Titles) -> str | None:
    """The last heading of any kind before the first paragraph that is not named as the line below the headline."""
    near = (h for h in reversed(printed) if h.opening and h.close and h.gap <= NEAR and not h.below)
    return next((h.text for h in near if size(h.text) >= SHORTEST), None)


def _stated(_: tuple[Heading, ...], said: Titles) -> str | None:
    """What the page calls itself."""
    return next(iter(said.stated), None)


def _without_kicker(text: str, said: Titles) -> str:
    """A printed title without the line over it that preview and linked data leave out."""
    stated = (t for t in (said.preview, said.linked) if t and len(t) >= TELLING)
    return next((t for t in stated if folded(text).endswith(folded(t))), text)


def _reader(choice: Choice) -> Reader:
    def read(context: Context) -> Reading | None:
        printed = tuple(h for h in context.headings if h.key not in SECTIONS)
        text = choice(printed, titles_of(context))
        return Reading(value=text, blocks=context.printed(text)) if text else None

    read.__name__ = choice.__name__.lstrip("_")
    return read


READERS: Mapping[str, tuple[Reader, ...]] = {
    "headline": (
        selected("headline"),
        labelled_headline,
        _reader(_below_site_name),
        _reader(_nearest_of_several),
        _reader(_newsroom_title),
        _reader(_behind_kicker),
        _reader(_below_path),
        _reader(_printed_as_stated),
        _reader(_printed_in_parts),
        _reader(_printed_in_title),
        _reader(_stated_in_printed),
        _reader(_begins_title),
        _reader(_akin_h1),
        _reader(_subheading_in_title),
        title_line,
        _reader(_printed_h1),
        _reader(_stated_as_in_url),
        _reader(_nearest_heading),
        opening_line,
        _reader(_stated),
    )
}
