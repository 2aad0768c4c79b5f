"""What a crawl notices besides articles: titles, suspicions, and articles gone all at once."""

from datetime import datetime, timedelta

import pytest

from crawler.archive import health
from crawler.model import Article, Kind, Verdict, Visit
from tests.archive.visits import NOW, PORTAL, SEED, Town, capture, edited, other, page

HOME = PORTAL.url


def articles(town: Town, count: int) -> list[Article]:
    """So many different articles, stored."""
    made = [
        edited(url=f"{SEED.url}-{n}", headline=f"Tin số {n}", body=(f"Đoạn {n} của bài viết thứ {n * n}.",))
        for n in range(count)
    ]
    for article in made:
        town.store(page(article))
    return made


def next_crawl(town: Town, day: float) -> Town:
    now = NOW + timedelta(days=day)
    crawl_id = town.archive.begin_crawl(town.portal_id, command="muniment crawl town", software="muniment/0", now=now)
    return Town(town.archive, town.portal_id, crawl_id)


def visit_all(town: Town, made: list[Article], day: float, *, missing: int) -> int:
    """Visit every article a second time, the first ``missing`` of them being gone; what was settled."""
    later = next_crawl(town, day)
    for n, article in enumerate(made):
        status = 404 if n < missing else 200
        seen = capture(article.url, day=day, status=status)
        gone = Visit(capture=seen, kind=Kind.ARTICLE, verdict=Verdict.GONE)
        later.store(gone if n < missing else page(article, capture=seen))
    return town.archive.settle(later.crawl_id, NOW + timedelta(days=day))


def verdicts(town: Town) -> dict[str, int]:
    return dict(town.archive.db.conn.execute("SELECT verdict, count(*) FROM articles GROUP BY verdict"))


def test_a_few_missing_articles_are_gone(town: Town) -> None:
    made = articles(town, 30)
    assert visit_all(town, made, 1, missing=4) == 0
    assert verdicts(town) == {"gone": 4, "live": 26}
    assert len(town.column("SELECT id FROM removals")) == 4


def test_an_outage_removes_nothing_and_the_articles_come_back(town: Town) -> None:
    made = articles(town, 20)
    assert visit_all(town, made, 1, missing=18) == 18
    assert verdicts(town) == {"unknown": 18, "live": 2}
    assert town.column("SELECT id FROM removals") == []
    waiting = town.column("SELECT DISTINCT state FROM frontier WHERE url LIKE '%-1'")
    assert waiting == ["waiting"]
    assert visit_all(town, made, 4, missing=0) == 0
    assert verdicts(town) == {"live": 20}


def test_what_is_missing_for_two_weeks_is_gone_however_much_it_is(town: Town) -> None:
    made = articles(town, 12)
    days = (1, 4, 7, 10, 13, 15)
    assert [visit_all(town, made, day, missing=12) for day in days] == [12, 12, 12, 12, 12, 0]
    assert verdicts(town) == {"gone": 12}


def test_a_title_and_a_suspicion_are_dated_rows(town: Town) -> None:
    for day, title in ((0, "Thành phố"), (1, "Thành phố"), (2, "Sòng bạc")):
        town.store(Visit(capture=capture(HOME, day=day), kind=Kind.LISTING, title=title, suspicions=("'x' -> y",)))
    kept = town.rows("SELECT title, first_seen_at, last_seen_at FROM titles ORDER BY id")
    assert [row["title"] for row in kept] == ["Thành phố", "Sòng bạc"]
    assert (kept[0]["first_seen_at"][:10], kept[0]["last_seen_at"][:10]) == ("2026-11-23", "2026-11-24")
    suspicions = town.rows("SELECT url, evidence, first_seen_at, last_seen_at, capture_id FROM suspicions")
    assert [(row["url"], row["evidence"]) for row in suspicions] == [(HOME, "'x' -> y")]
    assert suspicions[0]["last_seen_at"].startswith("2026-11-25") and suspicions[0]["capture_id"]


def names(town: Town, now: datetime) -> set[str]:
    (portal,) = health.portals(town.archive, now, lambda _slug: False)
    return {symptom.name for symptom in portal.symptoms}


def test_a_suspicion_is_over_when_the_page_is_clean_again(town: Town) -> None:
    town.store(Visit(capture=capture(HOME), kind=Kind.LISTING, suspicions=("'x' -> y",)))
    assert "hijacked?" in names(town, NOW)
    town.store(other(url=HOME, day=1))
    assert "hijacked?" not in names(town, NOW)


def test_a_page_that_is_refused_three_times_is_blocked(town: Town) -> None:
    town.store(page())
    for day, verdict in ((1, "live"), (3, "live"), (6, "blocked")):
        refused = capture(SEED.url, day=day, status=403)
        town.store(Visit(capture=refused, kind=Kind.ARTICLE, verdict=Verdict.BLOCKED))
        assert town.column("SELECT verdict FROM articles") == [verdict]
    assert town.column("SELECT id FROM removals") == []


@pytest.mark.parametrize(("landed", "verdict"), [(HOME, "soft-404"), (f"{SEED.url}/", "live")])
def test_an_article_that_leads_to_a_list_is_missing(town: Town, landed: str, verdict: str) -> None:
    town.store(page())
    town.store(other(capture=capture(landed, day=1, requested_url=SEED.url)))
    assert town.column("SELECT verdict FROM articles") == [verdict]


def test_fields_that_vanish_from_new_articles_are_told(town: Town) -> None:
    for n in range(60):
        recent = n >= 40
        words = " ".join(f"từ{n}x{i}" for i in range(30))
        article = edited(
            url=f"{SEED.url}-{n}",
            headline=f"Tin số {n}",
            body=(words,),
            byline=None if recent else "Thu Hằng",
            published=None,
        )
        town.store(page(article, day=n))
    town.archive.finish_crawl(town.crawl_id, outcome="done", counts={}, now=NOW)
    (portal,) = health.portals(town.archive, NOW + timedelta(days=60), lambda _slug: False)
    told = {symptom.name: symptom.text for symptom in portal.symptoms}
    assert told["fields lost"].startswith("recent articles have no byline, as")
