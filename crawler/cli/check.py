"""``muniment check``: is the archive sound, and is the evidence unchanged?"""

from pathlib import Path

import click

from crawler.archive import Archive, fixity
from crawler.archive import check as checks
from crawler.archive.check import Finding
from crawler.cli.console import printable, working
from crawler.cli.exits import Exit
from crawler.cli.options import archive_option
from crawler.locks import warc_folder


@click.command()
@click.option("--mend", is_flag=True, help="Make anew what is derived (index, folded text, stories); nothing is lost.")
@click.option("--warc", is_flag=True, help="Also read every WARC record and compare it with its digest.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="The same for N records chosen at random.")
@archive_option
@click.pass_context
def check(ctx: click.Context, mend: bool, warc: bool, sample: int | None, archive: Path) -> None:
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
      muniment check --sample 1000
    """
    with Archive.open(archive, create=False) if mend else Archive.read(archive) as opened:
        with working("Checking the archive ..."):
            found = checks.mend(opened) if mend else checks.check(opened)
        with working("Reading the WARC files ..."):
            found += fixity.damages(opened, warc_folder(archive)) if warc else ()
            found += fixity.sampled(opened, warc_folder(archive), sample) if sample and not warc else ()
    for finding in found:
        click.echo(f"{archive}: {printable(finding.what)}{' (--mend puts it right)' if finding.derived else ''}")
    wrong = [finding for finding in found if not finding.note]
    read = "every WARC record is" if warc else f"{sample} WARC records at random are" if sample else None
    click.echo(_summary(archive, wrong, read))
    ctx.exit(Exit.PARTLY if wrong else Exit.DONE)


def _summary(archive: Path, found: list[Finding], read: str | None) -> str:
    if found:
        said = "1 thing is not as it" if len(found) == 1 else f"{len(found)} things are not as they"
        return f"{archive}: {said} should be"
    return f"{archive}: sound{f', and {read} what was recorded' if read else ''}"
