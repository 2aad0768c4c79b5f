"""``muniment check``: is the archive sound, and is the evidence unchanged?"""

from pathlib import Path

import click

from crawler.archive import Archive, fixity
from crawler.archive import check as checks
from crawler.archive.check import Finding
from crawler.cli.console import printable, working
from crawler.cli.exits import Exit
from crawler.cli.options import archive_option
from crawler.crawl import warc_folder


@click.command()
@click.option("--mend", is_flag=True, help="Make anew what is derived (index, folded text, stories); nothing is lost.")
@click.option("--warc", is_flag=True, help="Also read every WARC record and compare it with its digest.")
@archive_option
@click.pass_context
def check(ctx: click.Context, mend: bool, warc: bool, archive: Path) -> None:
    """Check that the archive is sound.

    Asks SQLite for its own integrity and foreign keys, the full-text index for its integrity, and compares the tables
    with each other. What other programs left behind (an index that lags, sketches of deleted articles) is mended with
    --mend; all else is told. An article that was edited by hand is noted and no fault. Exit code 0 for a sound archive,
    1 when something is left to do, 6 when it cannot be read.

    \b
    Examples:
      muniment check
      muniment check --mend
      muniment check --warc --archive town.db
    """
    with Archive.open(archive, create=False) as opened:
        with working("Checking the archive ..."):
            found = checks.mend(opened) if mend else checks.check(opened)
        with working("Reading the WARC files ..."):
            found += fixity.damages(opened, warc_folder(archive)) if warc else ()
    for finding in found:
        click.echo(f"{archive}: {printable(finding.what)}{' (--mend puts it right)' if finding.derived else ''}")
    wrong = [finding for finding in found if not finding.note]
    click.echo(_summary(archive, wrong, warc=warc))
    ctx.exit(Exit.PARTLY if wrong else Exit.DONE)


def _summary(archive: Path, found: list[Finding], *, warc: bool) -> str:
    if found:
        return f"{archive}: {len(found)} things are not as they should be"
    return f"{archive}: sound{', and every WARC record is what it was' if warc else ''}"
