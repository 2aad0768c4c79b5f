"""The frontier: what is fetched next, who holds it, and when it is due again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.archive.frontier import Frontier
from crawler.model import Kind, Link, Verdict, Visit
from crawler.recheck import DEEP, FRONT
from tests.archive.visits import NOW, PORTAL, SEED, URL, Town, capture, edited, failure, other, page

HOST = "https://town.example"


def links(*paths: str, kind: Kind = Kind.UNKNOWN) -> list[Link]:
    return [Link(url=f"{HOST}/{path}", kind=kind) for path in paths]


def claim_all(frontier: Frontier, at: timedelta = timedelta()) -> list[str]:
    claimed = []
    while (found := frontier.claim("host:boot:1:1", NOW + at)) is not None:
        claimed.append(found.url.removeprefix(f"{HOST}/"))
    return claimed


def test_the_most_valuable_is_claimed_first_and_once(town: Town) -> None:
    kinds = (Kind.IMAGE, Kind.OTHER, Kind.UNKNOWN, Kind.ARTICLE, Kind.LISTING, Kind.FEED)
    for kind in kinds:
        town.frontier.add(links(kind, kind=kind), NOW, via=None)
    assert claim_all(town.frontier) == ["feed", "listing", "article", "unknown", "other", "image"]
    assert claim_all(town.frontier) == [] and town.frontier.counts() == {"leased": 6}


def test_unknown_urls_far_from_articles_wait_for_nearer_ones(town: Town) -> None:
    town.frontier.add(links("seed", kind=Kind.LISTING), NOW, via=None)
    town.store(other(url=f"{HOST}/seed", links=[*links("near"), *links("article", kind=Kind.ARTICLE)]), now=NOW)
    town.store(other(Kind.OTHER, f"{HOST}/near", links=links("far")), now=NOW)
    town.store(other(Kind.OTHER, f"{HOST}/far", links=links("farther")), now=NOW)
    town.frontier.add(links("beside"), NOW, via=f"{HOST}/seed")
    depths = dict(town.archive.db.conn.execute("SELECT url, depth FROM frontier"))
    assert [depths[f"{HOST}/{name}"] for name in ("near", "far", "farther")] == [1, 2, 3]
    assert claim_all(town.frontier) == ["article", "beside", "farther"]


def test_known_urls_are_not_added_again_but_learn_their_kind(town: Town) -> None:
    assert town.frontier.add(links("a", "b", "a"), NOW, via=None) == 2
    assert town.frontier.add(links("b", kind=Kind.ARTICLE), NOW, via=None) == 0
    assert claim_all(town.frontier) == ["b", "a"]


def test_a_url_that_changed_since_its_capture_is_due_now(town: Town) -> None:
    town.store(page())
    known = Link(url=URL, kind=Kind.ARTICLE, modified=NOW - timedelta(days=1))
    town.frontier.add([known], NOW, via=None)
    assert claim_all(town.frontier) == []
    town.frontier.add([Link(url=URL, modified=NOW + timedelta(hours=1))], NOW + timedelta(hours=2), via=None)
    assert claim_all(town.frontier, timedelta(hours=2)) == ["tin-tuc/dai-hoi-chi-bo"]


def test_a_claim_knows_the_validators(town: Town) -> None:
    town.store(page(capture=capture(etag='"7"', last_modified="Wed, 08 Jan 2020 09:50:00 GMT")))
    assert town.frontier.make_due([Kind.ARTICLE], NOW) == 1
    claimed = town.frontier.claim("me", NOW)
    assert claimed is not None and (claimed.kind, claimed.etag, claimed.tries) == (Kind.ARTICLE, '"7"', 0)
    town.store(other(Kind.ARTICLE, capture=capture(status=304)), now=NOW)
    town.frontier.make_due([], NOW, urls=[URL])
    again = town.frontier.claim("me", NOW)
    assert again is not None and again.etag == '"7"' and again.last_modified == "Wed, 08 Jan 2020 09:50:00 GMT"


def test_leases_of_the_dead_go_back(town: Town) -> None:
    town.frontier.add(links("a", "b"), NOW, via=None)
    town.frontier.claim("host:boot:1:1", NOW)
    town.frontier.claim("host:boot:2:2", NOW)
    assert town.frontier.give_back(lambda owner: owner == "host:boot:2:2", NOW) == 1
    assert claim_all(town.frontier) == ["a"]
    assert town.frontier.release("host:boot:2:2", NOW) == 1 and claim_all(town.frontier) == ["b"]


def test_excluded_urls_stay_excluded(town: Town) -> None:
    town.frontier.add(links("a"), NOW, via=None)
    town.frontier.exclude(f"{HOST}/a", "endless URL space", NOW)
    town.frontier.add(links("a", kind=Kind.ARTICLE), NOW, via=None)
    town.frontier.make_due(tuple(Kind), NOW, urls=[f"{HOST}/a"])
    assert claim_all(town.frontier) == [] and town.frontier.counts() == {"excluded": 1}


def test_a_short_fault_is_tried_again_within_seconds_and_a_long_one_a_day_later(town: Town) -> None:
    town.frontier.add(links("a"), NOW, via=None)
    waits = []
    now = NOW
    for _ in range(5):
        assert claim_all(town.frontier, now - NOW) == ["a"]
        town.store(other(capture=failure(f"{HOST}/a"), kind=Kind.UNKNOWN), now=now)
        due = town.frontier.next_due()
        assert due is not None
        waits.append((due - now).total_seconds())
        now = due
    assert waits == [2, 4, 8, 86_400, 2]
    town.store(other(Kind.OTHER, capture=capture(f"{HOST}/a", day=2)), now=now)
    assert town.column("SELECT tries FROM frontier") == [0]


def test_a_404_is_asked_again_on_other_days_before_it_is_dead(town: Town) -> None:
    states = []
    for day in range(3):
        at = NOW + timedelta(days=day)
        town.store(other(Kind.UNKNOWN, f"{HOST}/a", status=404, day=day), now=at)
        states.append((town.column("SELECT state FROM frontier"), town.frontier.next_due()))
    assert states == [
        (["waiting"], NOW + timedelta(days=1)),
        (["waiting"], NOW + timedelta(days=2)),
        (["dead"], None),
    ]
    town.frontier.add([Link(url=f"{HOST}/a", modified=NOW + timedelta(days=5))], NOW + timedelta(days=6), via=None)
    assert claim_all(town.frontier, timedelta(days=6)) == ["a"]


def test_faults_before_a_404_do_not_make_it_dead(town: Town) -> None:
    for seconds in range(3):
        town.store(other(Kind.UNKNOWN, f"{HOST}/a", status=503, day=seconds / 86_400), now=NOW)
    town.store(other(Kind.UNKNOWN, f"{HOST}/a", status=404, day=1))
    assert town.frontier.counts() == {"waiting": 1}


def test_the_server_says_when_to_come_back(town: Town) -> None:
    retry_at = NOW + timedelta(seconds=90, milliseconds=200)
    visit = other(Kind.UNKNOWN, f"{HOST}/a", status=429)
    town.store(replace(visit, retry_at=retry_at), now=NOW)
    due = town.frontier.next_due()
    assert due is not None and retry_at <= due < retry_at + timedelta(seconds=1)


def test_an_older_capture_says_nothing_of_what_is_due(town: Town) -> None:
    town.store(page(day=5))
    before = town.rows("SELECT * FROM frontier")
    town.store(other(Kind.ARTICLE, URL, status=404, day=1), now=NOW + timedelta(days=6))
    assert town.rows("SELECT * FROM frontier") == before
    assert town.column("SELECT verdict FROM articles") == ["live"]


@pytest.mark.parametrize("kind", [Kind.IMAGE, Kind.ATTACHMENT])
def test_files_are_fetched_once(town: Town, kind: Kind) -> None:
    town.store(other(kind, f"{HOST}/file"))
    assert town.frontier.next_due() is None and town.frontier.counts() == {"waiting": 1}


def test_portals_do_not_see_each_others_frontier(town: Town) -> None:
    neighbour = Frontier(town.archive, town.archive.portal(replace(PORTAL, slug="neighbour"), NOW))
    neighbour.add(links("a"), NOW, via=None)
    assert claim_all(town.frontier) == [] and claim_all(neighbour) == ["a"]


def test_a_redirect_to_a_page_that_was_just_visited_needs_no_other_visit(town: Town) -> None:
    for path in ("old", "older"):
        town.frontier.add(links(path), NOW, via=None)
    hop = capture(f"{HOST}/old", status=301)
    assert not town.frontier.leads_to(hop, URL, since=NOW, now=NOW)
    town.store(page())
    assert not town.frontier.leads_to(hop, URL, since=NOW + timedelta(seconds=1), now=NOW)
    assert claim_all(town.frontier) == ["old", "older"]
    assert town.frontier.leads_to(hop, URL, since=NOW, now=NOW + timedelta(seconds=2))
    assert town.frontier.counts() == {"leased": 1, "waiting": 2}
    assert town.archive.db.conn.execute("SELECT url, article_id FROM addresses").fetchall() == [(f"{HOST}/old", 1)]
    assert not town.frontier.leads_to(capture(URL, status=301), URL, since=NOW, now=NOW)


def test_a_form_is_kept_until_a_later_page_brings_it_anew(town: Town) -> None:
    def seen(form: str, after: timedelta) -> None:
        link = Link(url=f"{HOST}/list#page=2", kind=Kind.LISTING, form=form)
        town.frontier.add([link, *links("plain")], NOW + after, via=None)

    seen("state=1", timedelta())
    seen("state=2", timedelta(minutes=5))
    claimed = town.frontier.claim("me", NOW)
    assert claimed and (claimed.url, claimed.form) == (f"{HOST}/list#page=2", "state=1")
    town.frontier.release("me", NOW)
    seen("state=3", timedelta(hours=2))
    forms = [town.frontier.claim("me", NOW + timedelta(hours=2)) for _ in range(2)]
    assert [claimed.form for claimed in forms if claimed] == ["state=3", None]


def test_a_number_that_was_tried_too_early_is_asked_for_when_a_page_links_to_it(town: Town) -> None:
    town.frontier.add(links("news?id=7", "other"), NOW, via=None)
    for day in range(3):
        for path in ("news?id=7", "other"):
            missing = capture(f"{HOST}/{path}", day=day, status=404)
            town.store(Visit(capture=missing, kind=Kind.UNKNOWN, verdict=Verdict.GONE))
    later = NOW + timedelta(days=30)
    assert town.frontier.counts() == {"dead": 2}
    town.frontier.add(links("other"), later, via=None)
    town.frontier.add(links("news?id=7", kind=Kind.ARTICLE), later, via=None)
    assert claim_all(town.frontier, timedelta(days=30)) == ["news?id=7"]


def test_a_new_article_leads_on_like_a_page_that_brought_some(town: Town) -> None:
    town.frontier.add(links("far"), NOW, via=None)
    with town.archive.transaction():
        town.archive.db.conn.execute("UPDATE frontier SET depth = 5")
    town.store(replace(page(url=f"{HOST}/far"), links=tuple(links("farther"))), now=NOW)
    assert dict(town.archive.db.conn.execute("SELECT url, depth FROM frontier"))[f"{HOST}/farther"] == 1


def listing(town: Town, url: str, day: float, *named: Link) -> None:
    """A listing is visited on a day and names these."""
    town.store(other(url=url, day=day, links=named), now=NOW + timedelta(days=day))


def test_news_come_before_history(town: Town) -> None:
    old = links("old-1", "old-2", kind=Kind.ARTICLE)
    listing(town, f"{HOST}/news", 0, *old)
    listing(town, f"{HOST}/news", 1, *links("fresh", kind=Kind.ARTICLE), *old)
    claimed = town.frontier.claim("host:boot:1:1", NOW + timedelta(days=1))
    assert claimed is not None and claimed.url == f"{HOST}/fresh"


def test_a_list_that_brings_much_is_asked_soon_and_a_quiet_one_late(town: Town) -> None:
    def waits(name: str) -> float:
        sql = "SELECT julianday(due_at) - julianday(last_at) FROM frontier WHERE url = ?"
        return float(town.column(sql, f"{HOST}/{name}")[0])

    for day in range(20):
        listing(town, f"{HOST}/busy", day, *links(*(f"busy-{day}-{n}" for n in range(12)), kind=Kind.ARTICLE))
        listing(town, f"{HOST}/quiet", day, *links("same", kind=Kind.ARTICLE))
    assert waits("busy") < 0.15 < 2 < waits("quiet")


def test_a_list_that_brought_news_has_its_next_page_looked_at_and_only_that(town: Town) -> None:
    pages = links("news?page=2", "news?page=3", kind=Kind.LISTING)
    town.frontier.add(links("news", kind=Kind.LISTING), NOW, via=None)
    listing(town, f"{HOST}/news", 0, *links("a", kind=Kind.ARTICLE), *pages)
    for n in (2, 3):
        listing(town, f"{HOST}/news?page={n}", 0, *links(f"b-{n}", kind=Kind.ARTICLE), *pages)

    def due(day: float) -> list[str]:
        until = (NOW + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return sorted(town.column("SELECT url FROM frontier WHERE kind = 'listing' AND due_at <= ?", until))

    listing(town, f"{HOST}/news", 0.1, *links("a", kind=Kind.ARTICLE), *pages)
    assert due(0.1) == []
    listing(town, f"{HOST}/news", 0.2, *links("new", "a", kind=Kind.ARTICLE), *pages)
    assert due(0.2) == [f"{HOST}/news?page=2"]
    listing(town, f"{HOST}/news?page=2", 0.2, *links("pushed", kind=Kind.ARTICLE), *pages)
    assert due(0.2) == [f"{HOST}/news?page=3"]
    listing(town, f"{HOST}/news?page=3", 0.2, *links("b-3", kind=Kind.ARTICLE), *pages)
    assert due(0.2) == []


def test_the_history_that_is_left_is_counted(town: Town) -> None:
    assert town.frontier.history_left() == 0
    town.frontier.add([*links("a", "b", kind=Kind.ARTICLE), *links("photo", kind=Kind.IMAGE)], NOW, via=None)
    assert town.frontier.history_left() == 2
    town.store(page(replace(SEED, url=f"{HOST}/a")))
    assert town.frontier.history_left() == 1


def days_of(calendar: str, *numbers: int) -> list[Link]:
    return links(*(f"{calendar}/{number}" for number in numbers))


def test_pages_with_such_urls_rest_when_three_were_empty_and_one_is_tried_after_a_week(town: Town) -> None:
    week = timedelta(days=7)
    town.frontier.add(links("seed", kind=Kind.LISTING), NOW, via=None)
    town.store(other(url=f"{HOST}/seed", links=[*days_of("day", *range(9)), *links("about")]), now=NOW)
    for number in range(3):
        town.store(other(Kind.OTHER, f"{HOST}/day/{number}", links=days_of("day", 0, 5)), now=NOW)
    assert claim_all(town.frontier) == ["about"]
    later = set(claim_all(town.frontier, week)) - {"seed", "day/0", "day/1", "day/2"}
    assert len(later) == 1 and later < {f"day/{number}" for number in range(3, 9)}


def test_a_page_that_leads_elsewhere_or_shares_its_form_with_articles_is_no_calendar(town: Town) -> None:
    town.frontier.add(links("seed", kind=Kind.LISTING), NOW, via=None)
    articles = links("news/7", kind=Kind.ARTICLE)
    town.store(
        other(url=f"{HOST}/seed", links=[*days_of("hub", *range(6)), *days_of("news", 1, 2, 3, 4), *articles]), now=NOW
    )
    for number in range(4):
        town.store(other(Kind.OTHER, f"{HOST}/hub/{number}", links=links(f"section-of-{number}")), now=NOW)
    for number in range(1, 4):
        town.store(other(Kind.OTHER, f"{HOST}/news/{number}", status=404), now=NOW)
    assert {"hub/4", "hub/5", "news/4", "news/7"} <= set(claim_all(town.frontier))


def visited(town: Town, rate: float, *paths: str, status: int = 200, kind: Kind = Kind.LISTING) -> None:
    """Lists that were visited now and are known to bring so much."""
    for path in paths:
        town.store(other(kind, f"{HOST}/{path}", status=status))
        sql = "UPDATE frontier SET rate = ?, due_at = '2027-01-01T00:00:00Z' WHERE url = ?"
        town.archive.db.conn.execute(sql, (rate, f"{HOST}/{path}"))
    town.archive.db.conn.commit()


def asked_in_turn(town: Town, hours: float, *seeds: str) -> list[str]:
    """What a turn asks so many hours later, when turns come every six hours."""
    at = timedelta(hours=hours)
    town.frontier.begin_turn([Kind.FEED], NOW + at, timedelta(hours=6), [f"{HOST}/{seed}" for seed in seeds])
    return sorted(claim_all(town.frontier, at))


def test_a_turn_leaves_out_quiet_seeds_and_feeds_for_a_day_at_most(town: Town) -> None:
    visited(town, 0.2, "quiet", "other")
    visited(town, 0.05, "feed", kind=Kind.FEED)
    visited(town, 8, "busy")
    seeds = ("quiet", "other", "busy")
    assert asked_in_turn(town, 6, *seeds) == ["busy"]
    assert asked_in_turn(town, 12, *seeds) == ["other", "quiet"]
    assert asked_in_turn(town, 18.01, *seeds) == ["feed"]


def test_a_turn_asks_the_seed_that_brings_most_however_little_that_is(town: Town) -> None:
    visited(town, 0.001, "a", "c")
    visited(town, 0.002, "b")
    assert asked_in_turn(town, 6, "a", "b", "c") == ["b"]


def test_a_turn_asks_new_seeds_and_those_that_failed(town: Town) -> None:
    visited(town, 0.001, "a", "b")
    visited(town, 0.001, "broken", status=503)
    visited(town, 0.001, "missing", status=404)
    town.frontier.add(links("new", kind=Kind.LISTING), NOW, via=None)
    assert asked_in_turn(town, 6, "a", "b", "broken", "missing", "new") == ["a", "broken", "missing", "new"]


def test_a_list_that_tells_of_edits_brings_something(town: Town) -> None:
    def told(day: float, *modified: float) -> None:
        known = [
            Link(url=f"{HOST}/{n}", kind=Kind.ARTICLE, modified=NOW + timedelta(days=at))
            for n, at in enumerate(modified)
        ]
        town.store(other(Kind.SITEMAP, f"{HOST}/sitemap.xml", links=known, day=day))

    def rate() -> float:
        return float(town.column("SELECT rate FROM frontier WHERE url LIKE '%sitemap.xml'")[0])

    told(0, -9, -9)
    for number in range(2):
        town.store(page(edited(url=f"{HOST}/{number}"), day=0.1))
    first = rate()
    told(1, -9, -9)
    assert rate() < first
    second = rate()
    told(2, 1.5, -9)
    assert rate() > second * 0.9
    assert claim_all(town.frontier, timedelta(days=2)) == ["0"]


def test_a_feed_that_a_listing_names_is_expected_to_bring_as_much_as_a_seed(town: Town) -> None:
    found = [*links("feed", kind=Kind.FEED), *links("second", kind=Kind.LISTING)]
    town.store(other(url=f"{HOST}/seed", links=found), now=NOW)
    for path, kind in (("feed", Kind.FEED), ("second", Kind.LISTING)):
        town.store(other(kind, f"{HOST}/{path}"))
    rates = {row["url"].removeprefix(f"{HOST}/"): row["rate"] for row in town.rows("SELECT url, rate FROM frontier")}
    assert rates == {"seed": FRONT, "feed": FRONT, "second": DEEP}
