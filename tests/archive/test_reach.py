"""How far a crawl walks where nothing new is found: endless URL spaces end, long archives do not."""

from collections.abc import Callable
from datetime import timedelta

from crawler.archive import Archive
from crawler.archive.frontier import Frontier
from crawler.model import Kind, Link
from tests.archive.visits import NOW, PORTAL, other

SITE = "https://town.example"


def walk(archive: Archive, portal_id: int, page: Callable[[str], tuple[Kind, list[Link]]], limit: int = 200) -> int:
    """Visit whatever is due until nothing is; how many visits that took."""
    frontier = Frontier(archive, portal_id)
    for visits in range(limit):
        claimed = frontier.claim("walker", NOW + timedelta(seconds=visits))
        if claimed is None:
            return visits
        kind, links = page(claimed.url)
        archive.store(other(kind, claimed.url, links=links), crawl_id=None, portal_id=portal_id, now=NOW)
    return limit


def begin(archive: Archive, *links: Link) -> int:
    portal_id = archive.portal(PORTAL, NOW)
    Frontier(archive, portal_id).add(links, NOW, via=None)
    return portal_id


def articles(first: int, last: int) -> list[Link]:
    return [Link(url=f"{SITE}/tin/{n}", kind=Kind.ARTICLE) for n in range(first, last)]


def test_a_calendar_without_end_is_left_after_a_few_hops(archive: Archive) -> None:
    portal_id = begin(archive, Link(url=f"{SITE}/lich/0"))

    def month(url: str) -> tuple[Kind, list[Link]]:
        if "/lich/" not in url:
            return Kind.OTHER, []
        number = int(url.rpartition("/")[2])
        return Kind.OTHER, [
            *articles(0, 3),
            Link(url=f"{SITE}/lich/{number + 1}"),
            Link(url=f"{SITE}/lich/{number - 1}"),
        ]

    assert walk(archive, portal_id, month) < 25


def test_a_list_that_repeats_itself_under_new_urls_is_left_too(archive: Archive) -> None:
    portal_id = begin(archive, Link(url=f"{SITE}/en", kind=Kind.LISTING))

    def switch(url: str) -> tuple[Kind, list[Link]]:
        if "/tin/" in url:
            return Kind.OTHER, []
        return Kind.LISTING, [*articles(0, 5), Link(url=f"{url}/vi/en", kind=Kind.LISTING)]

    assert walk(archive, portal_id, switch) < 25


def test_a_pager_is_walked_to_its_end_though_a_sitemap_told_its_articles_before(archive: Archive) -> None:
    pages, each = 30, 3
    told = articles(0, (pages - 1) * each)
    portal_id = begin(archive, Link(url=f"{SITE}/list/0", kind=Kind.LISTING), *told)

    def page(url: str) -> tuple[Kind, list[Link]]:
        if "/tin/" in url:
            return Kind.OTHER, []
        number = int(url.rpartition("/")[2])
        pager = [Link(url=f"{SITE}/list/{number + 1}", kind=Kind.LISTING)] if number < pages - 1 else []
        return Kind.LISTING, [*articles(number * each, (number + 1) * each), *pager]

    assert walk(archive, portal_id, page) == pages * (each + 1)
