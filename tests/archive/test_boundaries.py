"""How far back each seed has led."""

from dataclasses import replace
from datetime import datetime, timedelta

from crawler.archive.boundaries import Boundary, boundaries
from crawler.model import Kind, Link
from tests.archive.visits import NOW, PORTAL, SEED, Town, other, page

HOST = "https://town.example"


def listing(town: Town, path: str, *links: tuple[str, Kind]) -> None:
    """A visit of a list that links to these paths."""
    town.store(other(url=f"{HOST}/{path}", links=[Link(url=f"{HOST}/{to}", kind=kind) for to, kind in links]), now=NOW)


def article(town: Town, path: str, day: str) -> None:
    """A visit of an article that was published on a day."""
    assert SEED.published is not None
    published = replace(SEED.published, at=datetime.fromisoformat(f"{day}T09:00:00+07:00"))
    told = replace(SEED, url=f"{HOST}/{path}", headline=path, body=(path * 40,), published=published)
    town.store(page(told), now=NOW + timedelta(seconds=1))


def test_each_seed_has_led_to_pages_of_its_own(town: Town) -> None:
    seeds = ("council", "schools", "missing")
    town.frontier.add([Link(url=f"{HOST}/{seed}", kind=Kind.LISTING) for seed in seeds], NOW, via=None)
    listing(town, "council", ("a", Kind.ARTICLE), ("council?page=2", Kind.LISTING))
    listing(town, "council?page=2", ("b", Kind.ARTICLE), ("council?page=3", Kind.LISTING))
    listing(town, "schools", ("a", Kind.ARTICLE), ("c", Kind.ARTICLE), ("d", Kind.ARTICLE))
    town.store(other(url=f"{HOST}/missing", status=404), now=NOW)
    for path, day in (("a", "2026-11-20"), ("b", "2019-03-01"), ("c", "2025-05-05")):
        article(town, path, day)
    assert boundaries(town.archive, PORTAL.slug) == (
        Boundary(seed=f"{HOST}/council", read=4, left=1, oldest="2019-03-01"),
        Boundary(seed=f"{HOST}/schools", read=2, left=1, oldest="2025-05-05"),
    )
    assert boundaries(town.archive, "xx-nowhere") == ()


def test_pages_that_lead_to_each_other_have_no_end_and_no_seed(town: Town) -> None:
    listing(town, "a", ("b", Kind.LISTING))
    listing(town, "b", ("a", Kind.LISTING))
    town.archive.db.conn.execute("UPDATE frontier SET via = ? WHERE url = ?", (f"{HOST}/b", f"{HOST}/a"))
    assert [one.read for one in boundaries(town.archive, PORTAL.slug)] == [2]
