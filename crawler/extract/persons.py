"""Whom a printed or machine-written byline credits: persons, organisations, sources. Pure string functions."""

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.extract.byline_labels import CREDITING, PERSONS, TRIM, Label, chunks, meaning
from crawler.extract.name_lists import BRACKETS, cut, split_names
from crawler.text import squash

BESIDE = 45
"""Characters beside names that a line with a byline may have."""
ADDRESS = re.compile(r"\(?\S+@\S+\.\w+\)?|https?://\S+|(?<!\S)@\w+")
_COLON_LABEL = re.compile(r"[^:：]{1,30}[:：]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Who a line credits; ``labelled`` when a word of the line says that it is a byline.

    ``entered`` when that word says no more than who put the text on the page, or edited it.
    """

    authors: tuple[str, ...] = ()
    unit: str | None = None
    source: str | None = None
    labelled: bool = False
    entered: bool = False

    def __bool__(self) -> bool:
        return bool(self.authors or self.unit or self.source)


@lru_cache(maxsize=4096)
def credits_in(line: str, *, sure: bool = False) -> Credits:
    """Who a printed line credits; ``sure`` when its place says that it holds names, so that one word is enough.

    The pieces of the line that stand in elements or lines of their own are separated by line feeds.
    """
    first, *pieces = [text for piece in line.split("\n") if (text := squash(ADDRESS.sub(" ", piece)))] or [""]
    opening = f"{first}: " if pieces and meaning(first.strip(TRIM)) else f"{first} | "
    parts = list(chunks((opening + " | ".join(pieces)).rstrip(" |")))
    wrote: list[str] = []
    entered: list[str] = []
    units: list[str] = []
    sources: list[str] = []
    for label, text in parts:
        if label is Label.SOURCE:
            sources += [s for s in (text.strip(TRIM),) if s]
        elif label is Label.UNIT:
            units += [s for s in (cut(BRACKETS.sub(" ", text)).strip(TRIM),) if s]
        elif label is not Label.OTHER:
            persons, organisations = split_names(text, sure=sure or label in PERSONS)
            (entered if label is Label.ENTERED else wrote).extend(persons)
            units += organisations
    return Credits(
        authors=tuple(dict.fromkeys(wrote or entered)),
        unit=units[0] if units else None,
        source=sources[0] if sources else None,
        labelled=any(label in CREDITING for label, _ in parts),
        entered=bool(entered) and not wrote,
    )


def is_whole(text: str, credits: Credits) -> bool:
    """False for a sentence that happens to open like a byline."""
    said = sum(len(name) for name in (*credits.authors, credits.unit or "", credits.source or ""))
    return bool(_COLON_LABEL.match(text)) or len(text) - said <= BESIDE


def named_label(text: str) -> str:
    """The text behind the labels and openings of a byline: what a label of another kind brings is left out."""
    return ", ".join(chunk for label, chunk in chunks(text) if label in (None, *PERSONS, Label.UNIT))
