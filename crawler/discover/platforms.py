"""Which CMS family a page was made by, from the ``[detect]`` tables of ``crawler/platforms``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

from crawler.model import Link
from crawler.page import Page
from crawler.portal import GENERIC, SEED_KINDS, platforms

_HEAD = 200_000
"""Characters of the source that are searched for a platform's marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The patterns by which one platform is recognised; a generator counts three times, an URL twice."""

    name: str
    patterns: tuple[tuple[str, int, re.Pattern[str]], ...]


WEIGHTS = {"generator": 3, "url": 2, "markup": 1}


@cache
def marks() -> tuple[Marks, ...]:
    """The marks of every platform that has some."""
    return tuple(
        Marks(
            name=name,
            patterns=tuple(
                (where, WEIGHTS[where], re.compile(pattern, re.IGNORECASE))
                for where, found in table.get("detect", {}).items()
                for pattern in found
            ),
        )
        for name, table in platforms().items()
        if table.get("detect")
    )


def platform(page: Page) -> str:
    """The platform's name, ``generic`` when no marks are found."""
    source = page.text[:_HEAD]
    where = {"generator": " ".join(page.meta.get("generator", ())), "url": f"{page.url}\n{source}", "markup": source}
    scores = {m.name: sum(w for at, w, p in m.patterns if p.search(where[at])) for m in marks()}
    best = max(scores, key=lambda name: scores[name], default=GENERIC)
    return best if scores.get(best, 0) > 0 else GENERIC


def guesses(name: str, home: str) -> Iterator[Link]:
    """The well-known feeds, sitemaps and listings of a platform, for the portal at ``home``."""
    table: Mapping[str, object] = platforms().get(name, {})
    seeds = table.get("seeds", ())
    for entry in seeds if isinstance(seeds, list) else ():
        for kind, path in entry.items():
            yield Link(url=urljoin(home, path), kind=SEED_KINDS[kind])
