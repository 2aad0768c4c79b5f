"""Stories: the copies of one text, on one portal or several, and their head."""

from dataclasses import replace
from datetime import datetime

from benchmarks.press import Press
from crawler.archive import Archive
from crawler.model import Article, Precision, Timestamp
from tests.archive.visits import NOW, PORTAL, Town, capture, page

PRESS = Press()


def told(number: int, *, day: int, url: str | None = None, **changes: object) -> Article:
    """An article of the generated press, published on a day of January 2020."""
    at = Timestamp(at=datetime(2020, 1, day, 9, 0, tzinfo=NOW.tzinfo), precision=Precision.MINUTE, raw=f"{day}/1/2020")
    article = replace(Press(number).article(PORTAL, number), published=at)
    return replace(article, url=url or article.url, **changes)  # type: ignore[arg-type]


def stories(town: Town) -> list[tuple[str, str]]:
    """(url of the head, url of each copy)."""
    return sorted(
        (row["url"], row["copy_url"])
        for row in town.rows("SELECT articles.url, copy_url FROM reposts JOIN articles ON articles.id = first_id")
    )


def test_the_first_published_heads_the_story_whatever_came_first_into_the_archive(town: Town) -> None:
    neighbour = Town(town.archive, town.archive.portal(replace(PORTAL, slug="neighbour"), NOW), town.crawl_id)
    late, early = told(1, day=20, url="https://b.example/1"), told(1, day=3, url="https://a.example/1", headline="Khác")
    neighbour.store(page(late))
    assert stories(town) == []
    town.store(page(early, day=1))
    assert stories(town) == [(early.url, late.url)]
    (repost,) = town.rows("SELECT * FROM reposts")
    assert (repost["first_portal"], repost["copy_portal"], repost["similarity"]) == (PORTAL.slug, "neighbour", 1.0)


def test_exact_copies_and_unlike_articles(town: Town) -> None:
    town.store(page(told(1, day=1, url="https://a.example/1")))
    town.store(page(told(2, day=2, url="https://a.example/2")))
    stored = town.store(page(told(1, day=5, url="https://c.example/1")))
    assert town.column("SELECT other_id FROM story_matches WHERE article_id = ?", stored.article_id) == [1]
    assert stories(town) == [("https://a.example/1", "https://c.example/1")]


def test_a_round_up_does_not_make_its_parts_one_story(town: Town) -> None:
    parts = [told(number, day=number) for number in (1, 2, 3)]
    for part in parts:
        town.store(page(part))
    body = tuple(paragraph for part in parts for paragraph in part.body)
    stored = town.store(page(replace(parts[2], url="https://d.example/week", headline="Tuần qua", body=body)))
    assert sorted(town.column("SELECT other_id FROM story_matches WHERE article_id = ?", stored.article_id)) == [
        1,
        2,
        3,
    ]
    assert len(stories(town)) == 1
    town.store(page(replace(parts[2], url="https://e.example/3", body=parts[2].body[1:])))
    assert (parts[2].url, "https://e.example/3") in stories(town) and town.sound()


def test_an_edited_article_is_found_by_what_it_says_now(town: Town) -> None:
    first, second = told(1, day=1, url="https://a.example/1"), told(2, day=1, url="https://a.example/1")
    town.store(page(first))
    town.store(page(second, day=1))
    town.store(page(replace(first, url="https://b.example/old"), day=2))
    assert stories(town) == []
    town.store(page(replace(second, url="https://b.example/new"), day=3))
    assert stories(town) == [("https://a.example/1", "https://b.example/new")]


def test_bulletins_have_no_story(town: Town) -> None:
    for number in range(12):
        town.store(page(PRESS.bulletin(PORTAL, number), day=number))
    assert stories(town) == [] and town.column("SELECT count(*) FROM articles") == [12]


def test_a_template_does_not_grow_without_end(archive: Archive, town: Town) -> None:
    with archive.transaction():
        for number in range(90):
            town.store(page(PRESS.bulletin(PORTAL, number), capture=capture(f"https://town.example/{number}")))
    (most,) = town.column("SELECT max(n) FROM (SELECT count(*) AS n FROM sketches GROUP BY hash)")
    assert most == 61
