"""Two rows of one portal become one: what each of them has of everything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.archive import withholding
from crawler.archive.check import check
from crawler.archive.search import query
from crawler.model import Kind, Link, Visit
from crawler.portal import from_url
from tests.archive.visits import NOW, PORTAL, SEED, URL, Town, capture, edited, other, page

OTHER = "https://town.example/khac"
DECLARED = replace(PORTAL, slug="xx-town")


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://town.example", True),
        ("http://www.town.example/", True),
        ("https://town.example/en/", False),
        ("https://town.example:8080/", False),
        ("https://east.town.example/", False),
    ],
)
def test_a_portal_is_known_by_its_url(town: Town, url: str, same: bool) -> None:
    portal = replace(from_url(url), slug="xx-town")
    assert town.archive.namesakes(portal, ()) == ([PORTAL.slug] if same else [])
    assert town.archive.namesakes(portal, {PORTAL.slug}) == []


def second(town: Town) -> Town:
    """The portal under another slug, as an earlier release entered it."""
    now = NOW + timedelta(days=1)
    portal_id = town.archive.portal(DECLARED, now)
    return Town(town.archive, portal_id, town.archive.begin_crawl(portal_id, command="c", software="s", now=now))


def test_rows_of_both_are_put_together(town: Town) -> None:
    theirs = second(town)
    town.frontier.add([Link(url=f"{PORTAL.url}a", kind=Kind.ARTICLE), Link(url=f"{PORTAL.url}b")], NOW, via=None)
    town.store(page())
    town.store(Visit(capture=capture(PORTAL.url), kind=Kind.LISTING, title="Town", suspicions=("'x' -> y",)))
    theirs.store(page(edited(url=OTHER, headline="Khác", lead=None, body=("Một bài khác hẳn.",)), day=1))
    theirs.store(Visit(capture=capture(PORTAL.url, day=2), kind=Kind.LISTING, title="Town", suspicions=("'x' -> y",)))
    theirs.store(other(Kind.OTHER, f"{PORTAL.url}b", day=3))
    for each, day in ((town, 1), (theirs, 2)):
        each.archive.keep_certificate(
            each.portal_id, "town.example", NOW + timedelta(days=90), NOW + timedelta(days=day)
        )
    known = set(town.column("SELECT url FROM frontier"))

    assert town.archive.take_over(DECLARED.slug, PORTAL.slug) == 1

    assert town.rows("SELECT slug, added_at FROM portals") == [{"slug": "xx-town", "added_at": "2026-11-23T12:00:00Z"}]
    for table in ("crawls", "captures", "articles", "frontier", "titles", "suspicions", "certificates"):
        assert set(town.column(f"SELECT portal_id FROM {table}")) == {theirs.portal_id}, table
    assert sorted(town.column("SELECT url FROM frontier")) == sorted(known)
    seen = town.rows("SELECT url, last_at FROM frontier WHERE url IN (?, ?) ORDER BY url", PORTAL.url, f"{PORTAL.url}b")
    assert [row["last_at"] for row in seen] == ["2026-11-25T12:00:00Z", "2026-11-26T12:00:00Z"]
    for table, first, last in (("titles", "23", "25"), ("suspicions", "23", "25"), ("certificates", "24", "25")):
        (row,) = town.rows(f"SELECT first_seen_at, last_seen_at FROM {table}")
        assert (row["first_seen_at"][8:10], row["last_seen_at"][8:10]) == (first, last), table
    assert {hit.portal for hit in query(town.archive, "bài OR đại", portal="xx-town")} == {"xx-town"}
    assert len(query(town.archive, "bài OR đại", portal="xx-town")) == 2
    assert town.sound() and check(town.archive) == []


def test_a_withheld_article_comes_back_to_the_portal_that_took_over(town: Town) -> None:
    second(town)
    town.store(page())
    withholding.withhold(town.archive, 1, reason="asked by letter", now=NOW)
    town.archive.take_over(DECLARED.slug, PORTAL.slug)
    withholding.release(town.archive, 1, now=NOW)
    assert [hit.url for hit in query(town.archive, "đại hội", portal="xx-town")] == [URL]
    assert town.column("SELECT headline FROM articles") == [SEED.headline] and town.sound()


def test_captures_that_a_killed_crawl_left_belong_to_no_crawl(town: Town) -> None:
    found = [capture(f"{PORTAL.url}{n}") for n in range(2)]
    assert town.archive.reconcile(found, crawl_id=None, portal_id=town.portal_id) == 2
    town.archive.take_over(DECLARED.slug, PORTAL.slug)
    assert town.rows("SELECT DISTINCT slug, crawl_id FROM captures JOIN portals ON portals.id = portal_id") == [
        {"slug": "xx-town", "crawl_id": None}
    ]
