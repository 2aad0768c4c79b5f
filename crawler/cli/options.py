"""Options that several verbs have."""

from pathlib import Path

import click

archive_option = click.option(
    "--archive",
    type=click.Path(dir_okay=False, path_type=Path),
    default="archive.db",
    show_default=True,
    help="The archive; its WARC files are in the folder beside it.",
)
