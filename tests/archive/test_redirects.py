"""What became of an article whose URL leads elsewhere: the rule, and what it changes in an archive."""

from datetime import timedelta

import pytest

from crawler.archive.redirects import Redirect, fate, same_page
from crawler.model import Article, Kind, Verdict
from tests.archive.visits import NOW, URL, Town, capture, edited, other, page

TOWN = "https://town.example"
OTHER_TEXT = tuple(" ".join(f"chữ{n * i}" for n in range(60)) for i in range(3, 6))


@pytest.mark.parametrize(
    ("target", "kind", "status", "same", "verdict"),
    [
        # Off the portal, where nobody looks: only a page that is there for good is another place.
        ("https://province.example/news/5", None, 301, False, Verdict.MOVED),
        ("https://province.example/news/5", None, 308, False, Verdict.MOVED),
        ("https://province.example/news/5", None, 302, False, Verdict.UNKNOWN),
        ("https://province.example/", None, 301, False, Verdict.UNKNOWN),
        ("https://town.example/login?to=/news/5", None, 301, False, Verdict.UNKNOWN),
        ("https://www.town.example/closed/5", None, 301, False, Verdict.UNKNOWN),
        # On the portal: what came tells.
        (f"{TOWN}/archive/the-bridge", Kind.ARTICLE, 200, True, Verdict.MOVED),
        (f"{TOWN}/archive/the-bridge", Kind.ARTICLE, 304, True, Verdict.MOVED),
        (f"{TOWN}/archive/5", Kind.ARTICLE, 200, False, Verdict.MOVED),
        (f"{TOWN}/news/9", Kind.ARTICLE, 200, False, Verdict.SOFT_404),
        (f"{TOWN}/", Kind.LISTING, 200, False, Verdict.SOFT_404),
        (f"{TOWN}/news", Kind.LISTING, 304, False, Verdict.SOFT_404),
        (f"{TOWN}/en/5", Kind.LISTING, 200, False, None),
        (f"{TOWN}/login?to=/news/5", Kind.OTHER, 200, False, Verdict.UNKNOWN),
        (f"{TOWN}/5.pdf", Kind.ATTACHMENT, 200, False, Verdict.UNKNOWN),
        (f"{TOWN}/news/5/", Kind.OTHER, 200, False, None),
        (f"{TOWN}/missing", Kind.OTHER, 404, False, Verdict.GONE),
        (f"{TOWN}/missing", Kind.LISTING, 410, False, Verdict.GONE),
        (f"{TOWN}/busy", Kind.OTHER, 503, False, None),
        (f"{TOWN}/login", Kind.OTHER, 403, False, None),
        (f"{TOWN}/news/9", Kind.ARTICLE, 0, False, None),
    ],
)
def test_the_rule(target: str, kind: Kind | None, status: int, same: bool, verdict: Verdict | None) -> None:
    led = Redirect(asked=f"{TOWN}/news/5", target=target, kind=kind, status=status, same=same)
    assert fate(led) is verdict


@pytest.mark.parametrize(
    ("asked", "target", "same"),
    [
        ("/news/5", "/en/news/5/", True),
        ("/news?id=5", "/news?id=5&lang=en", True),
        ("/news/5/index.html", "/news/5", True),
        ("/news/5/index.html", "/index.html", False),
        ("/news?id=5", "/news", False),
        ("/?p=5", "/", False),
        ("/news/5", "/login?to=/news/5", False),
    ],
)
def test_the_same_page_by_another_url(asked: str, target: str, same: bool) -> None:
    assert same_page(TOWN + asked, TOWN + target) is same


def another(n: int) -> Article:
    """An article that says something else."""
    return edited(url=f"{TOWN}/tin-tuc/khac-{n}", headline=f"Tin khác {n}", lead=None, body=OTHER_TEXT)


def verdicts(town: Town) -> dict[str, str]:
    return {row["url"]: row["verdict"] for row in town.rows("SELECT url, verdict FROM articles")}


@pytest.mark.parametrize("known", [True, False])
def test_another_article_in_its_place_is_no_edit(town: Town, known: bool) -> None:
    """Whether the other one was known before or not, and by whichever URL sorts first."""
    town.store(page())
    instead = another(1)
    if known:
        town.store(page(instead))
    town.store(page(instead, capture=capture(instead.url, day=1, requested_url=URL)))
    assert verdicts(town) == {URL: "soft-404", instead.url: "live"}
    assert town.column("SELECT number FROM versions") == [1, 1]
    assert town.rows("SELECT state, last_status, reason FROM frontier WHERE url = ?", URL) == [
        {"state": "waiting", "last_status": 404, "reason": f"redirects to {instead.url}"}
    ]
    town.store(page(day=2))
    assert verdicts(town) == {URL: "live", instead.url: "live"}


@pytest.mark.parametrize("target", [f"{TOWN}/a/another-name", f"{TOWN}/z/another-name"])
def test_an_article_that_has_a_new_url_stays_one_article(town: Town, target: str) -> None:
    town.store(page())
    town.store(page(edited(url=target), capture=capture(target, day=1, requested_url=URL)))
    assert verdicts(town) == {URL: "live"} and town.column("SELECT url FROM addresses") == [target]
    changed = edited(url=target, body=OTHER_TEXT)
    town.store(page(changed, capture=capture(target, day=2, requested_url=URL)))
    assert verdicts(town) == {URL: "live"} and town.column("SELECT versions FROM articles") == [2]


@pytest.mark.parametrize("target", [f"{TOWN}/a/copy", f"{TOWN}/z/copy"])
def test_an_article_that_leads_to_its_copy_is_moved(town: Town, target: str) -> None:
    town.store(page())
    town.store(page(edited(url=target)))
    town.store(page(edited(url=target), capture=capture(target, day=1, requested_url=URL)))
    assert verdicts(town) == {URL: "moved", target: "live"}


def test_the_capture_of_the_redirect_proves_it(town: Town) -> None:
    town.store(page())
    hop = capture(URL, day=1, status=301, requested_url=URL)
    proof = town.archive.record(hop, crawl_id=town.crawl_id, portal_id=town.portal_id)
    town.store(other(capture=capture(f"{TOWN}/", day=1, requested_url=URL)))
    assert town.rows("SELECT verdict, capture_id FROM verdicts") == [{"verdict": "soft-404", "capture_id": proof}]


@pytest.mark.parametrize("kind", [Kind.LISTING, Kind.OTHER])
def test_what_was_visited_in_the_same_crawl_is_judged_at_the_time_of_the_redirect(town: Town, kind: Kind) -> None:
    town.store(page())
    town.store(other(kind, f"{TOWN}/there", day=1))
    hop = capture(URL, day=1, status=302, requested_url=URL)
    town.archive.record(hop, crawl_id=town.crawl_id, portal_id=town.portal_id)
    assert town.frontier.leads_to(hop, f"{TOWN}/there", since=NOW, now=NOW + timedelta(days=9))
    (told,) = town.rows("SELECT verdict, seen_at, status FROM verdicts JOIN captures ON captures.id = capture_id")
    assert told == {
        "verdict": "soft-404" if kind is Kind.LISTING else "unknown",
        "seen_at": "2026-11-24T12:00:00Z",
        "status": 302,
    }


def test_an_old_url_of_an_article_that_lives_elsewhere_judges_nothing(town: Town) -> None:
    """By whichever way it is met: led off, to a list that was just visited, to a list, to another article."""
    old, instead = f"{TOWN}/old", another(1)
    town.store(page(capture=capture(URL, requested_url=old)))
    town.store(other(url=f"{TOWN}/news", day=1))
    town.frontier.led_off(capture(old, day=1, status=301), "https://province.example/5", "led off", NOW)
    town.frontier.leads_to(capture(old, day=1, status=301), f"{TOWN}/news", since=NOW, now=NOW)
    town.store(other(capture=capture(f"{TOWN}/", day=1, requested_url=old)))
    town.store(page(instead, capture=capture(instead.url, day=1, requested_url=old)))
    assert verdicts(town) == {URL: "live", instead.url: "live"} and town.rows("SELECT * FROM verdicts") == []


def test_not_modified_is_said_of_the_page_that_came(town: Town) -> None:
    instead = another(1)
    town.store(page())
    town.store(page(instead))
    unchanged = capture(instead.url, day=1, status=304, digest=None, requested_url=URL)
    town.store(other(Kind.ARTICLE, capture=unchanged))
    assert verdicts(town) == {URL: "soft-404", instead.url: "live"}


def test_a_page_of_which_nobody_knows_where_it_is_is_asked_for_again(town: Town) -> None:
    town.store(page())
    town.store(other(Kind.OTHER, capture=capture(f"{TOWN}/login", day=1, requested_url=URL)))
    assert verdicts(town) == {URL: "unknown"} and town.column("SELECT id FROM removals") == []
    due = town.rows("SELECT kind, state, due_at FROM frontier WHERE url = ?", URL)
    assert due == [{"kind": "article", "state": "waiting", "due_at": "2026-12-01T12:00:00Z"}]
