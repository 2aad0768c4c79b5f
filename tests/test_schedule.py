"""When a portal is due: how often, in which hours of its own day."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import PortalError
from crawler.portal import Schedule, duration, from_table
from crawler.portal.schedule import hours

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = Schedule(every=timedelta(hours=6), hours=(time(1), time(6)))
LATE = Schedule(hours=(time(22), time(5)))


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    """A moment of the portal's day, in UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


@pytest.mark.parametrize(
    ("schedule", "moment", "open_"),
    [
        (NIGHT, at(1), True),
        (NIGHT, at(5, 59), True),
        (NIGHT, at(6), False),
        (NIGHT, at(0, 59), False),
        (LATE, at(23), True),
        (LATE, at(4, 59), True),
        (LATE, at(12), False),
        (Schedule(), at(12), True),
    ],
)
def test_hours_are_those_of_the_portal(schedule: Schedule, moment: datetime, open_: bool) -> None:
    assert schedule.open(moment, HANOI) is open_


def test_the_next_crawl_waits_for_its_hours() -> None:
    assert NIGHT.due(None, at(3), HANOI) == at(3)
    assert NIGHT.due(None, at(12), HANOI) == at(1, day=11)
    assert NIGHT.due(at(2), at(12), HANOI) == at(1, day=11)
    assert Schedule().due(at(2), at(3), HANOI) == at(8)


@given(st.integers(0, 60 * 24 * 400), st.sampled_from([NIGHT, LATE]))
def test_what_opens_is_open_and_not_a_day_away(minutes: int, schedule: Schedule) -> None:
    moment = at(0) + timedelta(minutes=minutes)
    opening = schedule.opens(moment, HANOI)
    assert schedule.open(opening, HANOI) and timedelta() <= opening - moment <= timedelta(days=1)


def test_lengths_and_hours_are_read() -> None:
    assert [duration(text) for text in ("30m", "6h", "1d", " 2 w ")] == [
        timedelta(minutes=30),
        timedelta(hours=6),
        timedelta(days=1),
        timedelta(weeks=2),
    ]
    assert hours("22:00-05:30") == (time(22), time(5, 30))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"schedule": {"every": "often"}}, "town.toml: schedule: 'often' is no length of time"),
        ({"schedule": {"every": "1m"}}, "five minutes or more"),
        ({"schedule": {"hours": "25:00-06:00"}}, "no hours of the day"),
        ({"schedule": {"hours": "06:00-06:00"}}, "no hours of the day"),
        ({"schedule": {"evry": "6h"}}, "schedule.evry: unknown key; did you mean 'every'"),
        ({"politeness": {"budget": 0}}, "politeness.budget: 0 requests a day are none"),
        ({"politeness": {"unverified": " "}}, "politeness.unverified: state the reason"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(table: dict[str, object], said: str) -> None:
    whole = {"name": "Town", "url": "https://town.example/", "timezone": "Asia/Ho_Chi_Minh", **table}
    with pytest.raises(PortalError) as wrong:
        from_table(whole, Path("town.toml"), "town")
    assert said in str(wrong.value)
