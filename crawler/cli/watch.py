"""``muniment watch``: crawl what is due, for as long as it runs."""

from pathlib import Path

import click

from crawler.cli import portals_folder
from crawler.cli.crawl import crawl_due
from crawler.cli.options import archive_option, jobs_option


@click.command()
@jobs_option
@archive_option
@click.pass_context
def watch(ctx: click.Context, jobs: int, archive: Path) -> None:
    """Crawl every declared portal when its schedule asks for it, until stopped.

    For machines with neither cron nor systemd; those that have one are served better by it (see: muniment schedule),
    since it starts again by itself. Portal files that are added or changed meanwhile are heeded. Ctrl-C or SIGTERM
    stops the crawls cleanly.

    An archive that cannot be used for a while (moved, locked, on a full disk, without permission) does not end it:
    that is said once, tried again every few minutes, and said again when it is over.

    \b
    Examples:
      muniment watch
      muniment watch --jobs 8 --archive towns.db
    """
    click.echo("muniment: watching; Ctrl-C stops", err=True)
    ctx.exit(crawl_due(archive, portals_folder(ctx), jobs, 0.0, forever=True))
