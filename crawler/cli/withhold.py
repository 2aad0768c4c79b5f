"""``muniment withhold``: articles that must not be shown, and their way back."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.archive import Archive, comparison, withholding
from crawler.archive.withholding import Withheld
from crawler.cli.console import out, printable, table
from crawler.cli.exits import AskedError, Exit
from crawler.cli.options import archive_option

KEPT = (
    "another program still reads the archive as it was before, and the file keeps the withheld words for it;"
    " end that program or wait for it, then run 'muniment withhold' to finish"
)


@click.command()
@click.argument("article", metavar="[ID|URL]", required=False)
@click.option("--reason", metavar="TEXT", help="Why; it stands in the archive with the date.")
@click.option("--release", is_flag=True, help="Bring a withheld article back as it was.")
@archive_option
@click.pass_context
def withhold(ctx: click.Context, article: str | None, reason: str | None, release: bool, archive: Path) -> None:
    """Take an article out of the archive's tables, views and index; without ID or URL, list those that are.

    The evidence stays: the captures of the article and its WARC records are kept, and so is a new capture of it, which
    is not shown. Copies at other URLs are told, not withheld with it. The table "withholdings" has the dates and
    reasons; --release is dated too. To forget an article for good, delete its row instead.

    Its words are taken out of the bytes of the file as well, which writes the index anew: minutes for a million
    articles, in steps between which crawls go on. The table "withholdings" keeps the article, deflated. While another
    program reads the archive as it was before, the words are kept for it: after 5 seconds that is told, with exit code
    1, and "muniment withhold" finishes the work once that program is done.

    \b
    Examples:
      muniment withhold 17 --reason 'names a minor; asked by letter of 3 May'
      muniment withhold https://town.example/news/flood --release
      sqlite-utils archive.db "select * from withheld"
      sqlite-utils query archive.db "delete from articles where id = 17"
    """
    with Archive.open(archive, create=False) as opened:
        if release and article is not None:
            _release(opened, article)
            return
        if article is None:
            known = withholding.withheld(opened)
            _list(known)
            erased = not known or not _has_log(archive) or withholding.empty_log(opened)
        else:
            _withhold(opened, article, reason)
            erased = withholding.erase(opened)
    if not erased:
        click.echo(f"muniment: {archive}: {KEPT}", err=True)
        ctx.exit(Exit.PARTLY)


def _has_log(archive: Path) -> bool:
    """True when there is a write-ahead log with anything in it, which can be emptied."""
    log = archive.with_name(f"{archive.name}-wal")
    return log.exists() and log.stat().st_size > 0 and os.access(log, os.W_OK)


def _list(found: Sequence[Withheld]) -> None:
    cells = [(one.article_id, one.portal, one.withheld_at, one.reason, one.url) for one in found]
    if cells:
        out().print(table(("ID", "PORTAL", "SINCE", "REASON", "URL"), cells))
    else:
        click.echo("muniment: no article is withheld", err=True)


def _withhold(archive: Archive, which: str, reason: str | None) -> None:
    article_id = comparison.find(archive, which)
    if article_id is None and (withheld := withholding.find(archive, which)):
        click.echo(f"article {withheld} is withheld already; --release brings it back")
        return
    if article_id is None:
        raise AskedError(f"{archive.path}: no article has the id or URL {which}; 'muniment search' finds both")
    if not reason:
        raise AskedError("say why with --reason: whoever asks in some years will want to know")
    copies = withholding.copies(archive, article_id)
    withholding.withhold(archive, article_id, reason=reason, now=datetime.now(UTC))
    click.echo(f"article {article_id} is withheld; --release brings it back")
    for url in copies:
        click.echo(f"a copy is still shown: {printable(url)}")


def _release(archive: Archive, which: str) -> None:
    article_id = withholding.find(archive, which)
    if article_id is None:
        raise AskedError(
            f"{archive.path}: no withheld article has the id or URL {which}; 'muniment withhold' lists them"
        )
    withholding.release(archive, article_id, now=datetime.now(UTC))
    click.echo(f"article {article_id} is shown again")
