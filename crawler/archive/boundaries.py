"""How far back each seed of a portal has led a crawl."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.archive import queue
from crawler.archive.archive import Archive
from crawler.archive.rows import rows
from crawler.model import Kind

_PAGES = """
SELECT frontier.url, via, frontier.last_status IN (200, 304) AS read, substr(published_at, 1, 10) AS day,
    last_at IS NULL AND state IN ('waiting', 'leased') AND kind NOT IN ('image', 'attachment') AND priority < ? AS left
FROM frontier LEFT JOIN articles ON articles.url = frontier.url AND frontier.kind = 'article'
WHERE frontier.portal_id = (SELECT id FROM portals WHERE slug = ?)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """Of the pages that a seed was the first to lead to: how many were read and are left, and the day of the oldest."""

    seed: str
    read: int
    left: int
    oldest: str | None


def boundaries(archive: Archive, slug: str) -> tuple[Boundary, ...]:
    """How far every seed has led that answered, the one that led to most pages first."""
    pages = list(rows(archive.db, _PAGES, (queue.PRIORITY[Kind.OTHER], slug)))
    seeds = _seeds({page["url"]: page["via"] for page in pages})
    read, left = (Counter(seeds[page["url"]] for page in pages if page[name]) for name in ("read", "left"))
    oldest: dict[str, str] = {}
    for page in pages:
        if page["day"]:
            seed = seeds[page["url"]]
            oldest[seed] = min(oldest.get(seed, page["day"]), page["day"])
    answered = {page["url"] for page in pages if page["read"]}
    return tuple(
        Boundary(seed=seed, read=count, left=left[seed], oldest=oldest.get(seed))
        for seed, count in read.most_common()
        if seed in answered
    )


def _seeds(via: Mapping[str, str | None]) -> Mapping[str, str]:
    """Every URL with the seed that led to it, over however many pages."""
    seeds: dict[str, str] = {}
    for url in via:
        path = [*_up(url, via, seeds)]
        seed = seeds.get(path[-1], path[-1])
        seeds |= dict.fromkeys(path, seed)
    return seeds


def _up(url: str, via: Mapping[str, str | None], known: Mapping[str, str]) -> Iterable[str]:
    """The URL, the page that led to it, and so on, up to a seed or a page whose seed is known."""
    seen = {url}
    yield url
    while url not in known and (above := via[url]) is not None and above in via and above not in seen:
        seen.add(above)
        yield above
        url = above
