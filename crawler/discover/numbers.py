"""Articles that no list shows any more, found by their running number where the CMS offers nothing else.

Every article that is found brings the numbers around it, as far as the portal's ``gap``. So the search goes on through
smaller gaps, ends at both ends of the numbers, and a crawl that was stopped goes on where the frontier left off.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from crawler.discover.canonical import canonical
from crawler.model import Kind, Link
from crawler.portal import NUMBER, Portal

_MARK = "0123456789"


def enumerated(links: Iterable[Link], portal: Portal) -> Iterator[Link]:
    """The numbers around those that ``links`` show, the highest first, for every template of the portal."""
    urls = [link.url for link in links] if portal.numbered else []
    for template in portal.numbered:
        before, _, after = canonical(urljoin(portal.url, template.replace(NUMBER, _MARK))).partition(_MARK)
        pattern = re.compile(f"{re.escape(before)}(\\d{{1,9}}){re.escape(after)}", re.IGNORECASE)
        seen = {int(match[1]): match for url in urls if (match := pattern.fullmatch(url))}
        if seen:
            yield from _around(seen, portal.gap)


def _around(seen: dict[int, re.Match[str]], gap: int) -> Iterator[Link]:
    """The numbers near the seen ones, in the spelling of the highest one's URL."""
    match = seen[max(seen)]
    head, tail = match.string[: match.start(1)], match.string[match.end(1) :]
    near = {number for known in seen for number in range(max(known - gap, 1), known + gap + 1)}
    for number in sorted(near - seen.keys(), reverse=True):
        yield Link(url=f"{head}{number}{tail}", kind=Kind.UNKNOWN)
