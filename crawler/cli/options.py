"""Options that several verbs have."""

import re
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import click

from crawler.portal.schedule import limit


def length(_ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    """Callback of an option that takes a length of time with its unit: 90s, 20m, 2h."""
    try:
        return limit(value) if value is not None else None
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param=param) from None


_TIME = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)


def first_day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Callback of an option that takes a day, or a month or year for its first day."""
    return _days(param, value)[0] if value is not None else None


def last_day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Callback of an option that takes a day, or a month or year for its last day."""
    return _days(param, value)[1] if value is not None else None


def _days(param: click.Parameter, value: str) -> tuple[date, date]:
    """The first and the last day of a year (2020), a month (2020-01) or a day (2020-01-31)."""
    found = _TIME.fullmatch(value.strip())
    year, month, day = map(int, found.groups("0")) if found else (0, 0, 0)
    last = month or 12
    try:
        return date(year, month or 1, day or 1), date(year, last, day or monthrange(year, last)[1])
    except ValueError:
        said = f"{value!r} is no day, month or year such as 2020-01-31, 2020-01 or 2020"
        raise click.BadParameter(said, param=param) from None


archive_option = click.option(
    "--archive",
    type=click.Path(dir_okay=False, path_type=Path),
    default="archive.db",
    show_default=True,
    help="The archive; its WARC files are in the folder beside it.",
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="With several portals: how many are crawled at once; of one host it is always one.",
)
