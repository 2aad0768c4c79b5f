"""The stories themselves: deterministic, varied, in two editions, and the seed article word for word."""

import re
import unicodedata
from collections import Counter
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from html import unescape
from itertools import combinations

import pytest

from crawler.model import Precision
from crawler.sample.compose import BULLETINS
from crawler.sample.content import ZONE, Dated, Form, Opened, Quirk, Signed, Story
from crawler.sample.editions import Deed, Event
from crawler.sample.muddle import muddled
from crawler.sample.province import Province
from crawler.sample.town import SECTIONS, Town
from crawler.sample.written import seed_story


@pytest.fixture(scope="module")
def town() -> Town:
    return Town(seed=1)


@pytest.fixture(scope="module")
def stories(town: Town) -> tuple[Story, ...]:
    return tuple(town.stories())


def test_the_seed_article_is_what_a_human_would_file() -> None:
    article = seed_story().article("http://town.example/")
    assert article.url.endswith("/vi-vn/tin/dai-hoi-chi-bo-phong-giao-duc-va-dao-tao-p16129-c76190-n249699")
    assert article.headline == "Đại hội Chi bộ phòng Giáo dục và Đào tạo"
    assert article.published is not None and article.published.isoformat() == "2020-01-08T16:50+07:00"
    assert article.published.raw == "08/01/2020 16:50"
    assert (article.byline, article.authors, article.unit) == ("Thu Hằng", ("Thu Hằng",), "Trung tâm TTVH")
    assert article.lead is not None and article.lead.startswith("Chi bộ phòng Giáo dục và Đào tạo TP Móng Cái vừa")
    assert [len(p) for p in article.body] == [1997, 1109, 164]
    assert [i.caption for i in article.images] == [
        "Các Đại biểu dự Đại hội điểm- Đại hội Chi bộ Phòng Giáo dục đào tạo",
        "Đồng chí Nguyễn Đông Phong, Trưởng phòng, Bí thư Chi bộ trình bày báo cáo chính trị",
        "Bỏ phiếu bầu Ban Chi ủy",
        "Biểu quyết các chỉ tiêu nhiệm kỳ tới",
        "Đồng chí Dương Thị Huệ, Phó Chủ tịch HĐND TP Móng Cái, Bí thư Đảng ủy CQCQ chúc mừng Đại hội điểm thành công "
        "tốt đẹp",
    ]


def test_same_seed_same_site(stories: tuple[Story, ...]) -> None:
    assert tuple(Town(seed=1).stories()) == stories
    others = {s.headline for s in Town(seed=2).stories()}
    assert len(others & {s.headline for s in stories}) < 40


def test_about_120_articles_of_every_manner_over_all_years(stories: tuple[Story, ...]) -> None:
    assert len(stories) == 120
    assert len({s.path for s in stories}) == 120
    assert {s.published.year for s in stories} == set(range(2012, 2026))
    assert {s.form for s in stories} == set(Form)
    assert {s.dated for s in stories} == set(Dated)
    assert {s.opened for s in stories} == set(Opened)
    assert {s.signature.style for s in stories} == set(Signed)
    assert {s.quirk for s in stories} == set(Quirk)
    assert Counter(s.language for s in stories) == {"vi": 115, "en": 5}
    assert {s.section for s in stories} >= set(SECTIONS)
    assert sum(bool(s.files) for s in stories) >= 5
    assert sum(len(s.pictures) for s in stories) > 120


def test_every_text_is_finished(stories: tuple[Story, ...]) -> None:
    for story in stories:
        for text in (story.headline, story.lead or "", *story.body, *(p.caption or "" for p in story.pictures)):
            assert not re.search(r"[\[\]{}|]", text), text
            assert unicodedata.normalize("NFC", text) == text
        assert len(story.body) >= 2
        assert story.headline[0].isupper() or story.headline[0].isdigit()


def test_the_newest_come_last_and_pages_of_a_section_hold_all_of_it(town: Town, stories: tuple[Story, ...]) -> None:
    dates = [s.published for s in stories if s.language == "vi"]
    assert dates == sorted(dates)
    for section in town.sections:
        first = town.listing(section, 1)
        assert first is not None
        pages = [town.listing(section, n) for n in range(1, first.pages + 1)]
        listed = [s for page in pages if page for s in page.stories]
        assert listed == [s for s in reversed(stories) if s.section == section]
        assert town.listing(section, first.pages + 1) is None
        assert town.listing(section, 0) is None


def test_every_story_is_related_to_itself(town: Town, stories: tuple[Story, ...]) -> None:
    assert all(s in town.related(s) for s in stories)


def test_positions_of_photos_are_inside_the_body(stories: tuple[Story, ...]) -> None:
    for story in stories:
        assert all(0 <= p.after <= len(story.body) for p in story.pictures)
    assert all(p.after == len(s.body) for s in stories if s.form is Form.AFTER for p in s.pictures)


def test_the_next_day_brings_two_corrects_one_and_removes_one() -> None:
    before, after = Town(seed=1), Town(seed=1, edition=1)
    old, new = ({s.number: s for s in town.stories()} for town in (before, after))
    assert [s.number for s in after.added()] == sorted(new.keys() - old.keys())
    assert len(after.added()) == 2
    assert old.keys() - new.keys() == {before.story(before.cast["removed"][0]).number}
    changed = [n for n in old.keys() & new.keys() if old[n] != new[n]]
    assert changed == [before.story(before.cast["edited"][0]).number]
    was, now = old[changed[0]], new[changed[0]]
    assert was.path == now.path and was.headline == now.headline and now.modified > was.modified
    words = list(zip(" ".join(was.body).split(), " ".join(now.body).split(), strict=False))
    assert any(a != b and a.strip(",.;").isdecimal() for a, b in words)
    assert before.latest(1)[0].published < after.latest(2)[1].published


def test_a_town_can_live_event_by_event() -> None:
    day = datetime(2025, 10, 24, tzinfo=ZONE)
    deeds = ((Deed.ADDED, 0), (Deed.EDITED, 0), (Deed.REMOVED, -2), (Deed.ADDED, 1), (Deed.REMOVED, 0))
    events = [Event(at=day + timedelta(hours=9 * n), deed=deed, story=story) for n, (deed, story) in enumerate(deeds)]
    editions = [(event,) for event in events]
    life = [Town(edition=n, editions=editions) for n in range(len(events) + 1)]
    said = [{s.number: s for s in town.stories()} for town in life]
    assert said[0] == {s.number: s for s in Town().stories()}
    (first,) = said[1].keys() - said[0].keys()
    assert said[1][first].published == events[0].at and life[1].latest(1) == (said[1][first],)
    assert said[2].keys() == said[1].keys()
    assert said[2][first].paragraphs != said[1][first].paragraphs and said[2][first].modified == events[1].at
    assert said[2].keys() - said[3].keys() == {life[0].story(life[0].before - 2).number}
    (second,) = said[4].keys() - said[3].keys()
    assert said[4].keys() - said[5].keys() == {first} and life[5].latest(1) == (said[4][second],)
    assert [town.today.day for town in life] == [23, 24, 24, 24, 25, 25]


def test_the_province_took_over_three_releases_each_in_its_own_way(town: Town) -> None:
    taken = {s.headline: s for s in Province(town).stories() if s.section.slug == "thong-tin-bao-chi"}
    exact, framed, edited = (town.story(i) for i in town.cast["release"])
    assert len(tuple(Province(town).stories())) == 8
    assert taken[exact.headline].body == exact.body
    assert taken[framed.headline].body[1:-1] == framed.body
    ours, theirs = (" ".join(s.body).split() for s in (edited, taken[edited.headline]))
    assert 0.02 < 1 - SequenceMatcher(None, ours, theirs, autojunk=False).ratio() < 0.08
    assert 0.75 < similarity(edited, taken[edited.headline]) < 0.95


@pytest.mark.parametrize("seed", [1, 2])
def test_no_other_two_stories_are_near_duplicates(seed: int) -> None:
    town = Town(seed=seed)
    stories = list(town.stories())
    assert max(similarity(a, b) for a, b in combinations(stories, 2)) < 0.35
    bulletins = [s for s in stories if s.headline.startswith(("Bản tin thời tiết", "Giá cả thị trường"))]
    assert len(bulletins) >= 2 * len(BULLETINS)


def similarity(one: Story, other: Story) -> float:
    """Jaccard similarity of the shingles of three words."""
    mine, yours = _shingles(one), _shingles(other)
    return len(mine & yours) / len(mine | yours)


def _shingles(story: Story) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join((story.headline, story.lead or "", *story.body)).lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def test_day_precision_has_no_time_of_day(stories: tuple[Story, ...]) -> None:
    for story in stories:
        stamp = story.timestamp
        if story.dated in (Dated.DAY, Dated.ENGLISH):
            assert stamp.precision is Precision.DAY and (stamp.at.hour, stamp.at.minute) == (0, 0)
        else:
            assert stamp.precision is Precision.MINUTE and stamp.at == story.published


def test_a_large_town_is_made_story_by_story() -> None:
    town = Town(seed=1, articles=100_000)
    deep = town.listing(town.sections[0], 900)
    assert deep is not None and len(deep.stories) == 20
    assert town.find(deep.stories[0].number) == deep.stories[0]
    assert town.mapped_count == 49_998
    assert town.story(town.seed_index) == seed_story()
    seed_neighbours = (town.story(town.seed_index - 1).published, town.story(town.seed_index + 1).published)
    assert seed_neighbours[0] < seed_story().published < seed_neighbours[1]


@pytest.mark.parametrize(("articles", "edition"), [(39, 0), (120, 2)])
def test_what_cannot_be_is_refused(articles: int, edition: int) -> None:
    with pytest.raises(ValueError, match=r"at least 40|editions 0 to 1, not 2"):
        Town(articles=articles, edition=edition)


def test_muddled_text_mixes_three_manners_and_stays_the_same_text(stories: tuple[Story, ...]) -> None:
    text = " ".join(stories[0].body)
    mixed = muddled(text)
    assert re.search(r"&\w+;[\u0300-\u036f]", mixed), "an entity with a combining tone"
    assert unescape(mixed) != unicodedata.normalize("NFD", unescape(mixed))
    assert unescape(mixed) != unicodedata.normalize("NFC", unescape(mixed))
    assert unicodedata.normalize("NFC", unescape(mixed)) == text
