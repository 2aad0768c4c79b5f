"""Options that several verbs have."""

from datetime import timedelta
from pathlib import Path

import click

from crawler.portal.schedule import limit


def length(_ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    """Callback of an option that takes a length of time with its unit: 90s, 20m, 2h."""
    try:
        return limit(value) if value is not None else None
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
