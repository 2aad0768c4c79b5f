"""Articles that no list shows any more, found by their running number where the CMS offers nothing else."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from crawler.discover.canonical import canonical
from crawler.model import Kind, Link
from crawler.portal import NUMBER, Portal

MOST = 3000
"""Numbers below the highest one seen that are tried; most of them are gone on an old portal."""


def enumerated(links: Iterable[Link], portal: Portal) -> Iterator[Link]:
    """The numbers below the highest that ``links`` show, newest first, for every template of the portal."""
    urls = [link.url for link in links] if portal.numbered else []
    for template in portal.numbered:
        before, _, after = canonical(urljoin(portal.url, template.replace(NUMBER, _MARK))).partition(_MARK)
        pattern = re.compile(f"{re.escape(before)}(\\d{{1,9}}){re.escape(after)}", re.IGNORECASE)
        seen = {int(match[1]): match for url in urls if (match := pattern.fullmatch(url))}
        if seen:
            yield from _below(seen)


def _below(seen: dict[int, re.Match[str]]) -> Iterator[Link]:
    """Every number from the highest down that was not seen, in the spelling of the highest one's URL."""
    highest = max(seen)
    match = seen[highest]
    head, tail = match.string[: match.start(1)], match.string[match.end(1) :]
    for number in range(highest - 1, max(highest - MOST, 0), -1):
        if number not in seen:
            yield Link(url=f"{head}{number}{tail}", kind=Kind.UNKNOWN)


_MARK = "0123456789"
