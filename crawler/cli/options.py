"""Options that several verbs have."""

from datetime import timedelta
from pathlib import Path

import click

from crawler.portal import duration


def length(_ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    """Callback of an option that takes a length of time: 30m, 2h, 1d."""
    try:
        return duration(value) if value else None
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param=param) from None


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
