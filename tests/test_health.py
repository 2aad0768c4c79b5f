"""What is wrong with a portal: every symptom appears when it should, and none on a portal that is well."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.health import Facts, Presence, habit, patience, symptoms, vanished

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
DAILY = {TODAY - timedelta(days=n): 3 for n in range(60)}
WELL = Facts(
    outcome="done",
    last_crawl_at=NOW - timedelta(hours=1),
    watched_since=NOW - timedelta(days=300),
    answered_at=NOW - timedelta(hours=1),
    next_due=NOW + timedelta(hours=5),
    days=DAILY,
    requests=100,
    failures=1,
    pages=20,
    rejected=1,
    fields={"byline": Presence(recent=20, recent_with=17, before=200, before_with=180)},
    languages={"vi": Presence(recent=20, recent_with=20, before=200, before_with=198)},
    titles=("Thành phố Móng Cái", "Cổng thông tin thành phố Móng Cái"),
)
LOST = Presence(recent=20, recent_with=0, before=200, before_with=180)


def named(facts: Facts, *, grave: bool = True) -> set[str]:
    return {symptom.name for symptom in symptoms(facts, NOW) if symptom.grave is grave}


def test_a_portal_that_is_well_has_no_symptoms() -> None:
    assert symptoms(WELL, NOW) == ()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("outcome", {"outcome": "nothing found"}),
        ("outcome", {"outcome": "portal down"}),
        ("outcome", {"outcome": None, "last_crawl_at": None}),
        ("outcome", {"outcome": None}),
        ("silent", {"days": {TODAY - timedelta(days=n): 3 for n in range(12, 60)}}),
        ("fields lost", {"fields": {"byline": LOST}}),
        ("drift", {"lost": {"byline": 15}}),
        ("rejected", {"rejected": 12}),
        ("failing", {"failures": 30}),
        ("vanished", {"unsettled": 7}),
        ("overdue", {"next_due": NOW - timedelta(days=3)}),
        ("hijacked?", {"suspicions": ("https://town.example/: 'casino' -> x.example, hidden",)}),
        ("hijacked?", {"titles": ("Thành phố Móng Cái", "Casino ABC")}),
        ("hijacked?", {"languages": {"vi": LOST}}),
        ("hijacked?", {"gambling": 9}),
    ],
)
def test_each_trouble_is_a_grave_symptom(name: str, change: dict[str, object]) -> None:
    assert named(replace(WELL, **change)) == {name}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("under way", {"outcome": "interrupted"}),
        ("under way", {"outcome": None, "running": True}),
        ("certificate", {"certificate_ends": NOW + timedelta(days=9)}),
        ("robots.txt", {"robots_changed_at": NOW - timedelta(days=2), "robots_refuses": 4}),
        ("unknown", {"unsettled": 2}),
        ("dormant", {"days": {date(2012, 5, n): 1 for n in range(1, 20)}}),
    ],
)
def test_what_needs_nobody_is_told_and_no_alarm(name: str, change: dict[str, object]) -> None:
    facts = replace(WELL, **change)  # type: ignore[arg-type]
    assert (named(facts), named(facts, grave=False)) == (set(), {name})


def test_a_portal_that_is_not_reached_is_not_called_silent() -> None:
    long_ago = NOW - timedelta(days=30)
    days = {day - timedelta(days=30): count for day, count in DAILY.items()}
    assert named(replace(WELL, days=days, answered_at=long_ago)) == set()


def test_a_slow_portal_may_be_quiet_for_longer() -> None:
    monthly = {TODAY - timedelta(days=30 * n + 40): 1 for n in range(12)}
    assert named(replace(WELL, days=monthly)) == set()
    much_later = {day - timedelta(days=300): count for day, count in monthly.items()}
    watched = replace(WELL, days=much_later, watched_since=NOW - timedelta(days=700))
    assert named(watched) == {"silent"}


def test_the_habit_is_told_by_the_week() -> None:
    assert habit(DAILY) == pytest.approx(21)
    assert habit(dict.fromkeys(list(DAILY)[:4], 1)) is None and patience({}) is None


def test_holidays_lengthen_the_patience() -> None:
    with_holiday = {day: n for day, n in DAILY.items() if not 20 <= (TODAY - day).days < 34}
    assert patience(DAILY) == 7 and patience(with_holiday) == 23


def test_a_rare_field_does_not_vanish() -> None:
    rare = Presence(recent=20, recent_with=0, before=200, before_with=40)
    few = Presence(recent=5, recent_with=0, before=200, before_with=180)
    assert (vanished(LOST), vanished(rare), vanished(few)) == (True, False, False)


@given(st.integers(8, 20), st.integers(8, 200), st.data())
def test_a_field_that_is_there_more_often_is_not_lost_sooner(recent: int, before: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(0, before))
    found = [
        vanished(Presence(recent=recent, recent_with=n, before=before, before_with=earlier)) for n in range(recent + 1)
    ]
    assert found == sorted(found, reverse=True)
