"""``muniment withhold``: articles that must not be shown, and their way back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.archive import Archive, comparison, withholding
from crawler.archive.withholding import Withheld
from crawler.cli.console import out, printable, table
from crawler.cli.exits import AskedError
from crawler.cli.options import archive_option


@click.command()
@click.argument("article", metavar="[ID|URL]", required=False)
@click.option("--reason", metavar="TEXT", help="Why; it stands in the archive with the date.")
@click.option("--release", is_flag=True, help="Bring a withheld article back as it was.")
@archive_option
def withhold(article: str | None, reason: str | None, release: bool, archive: Path) -> None:
    """Take an article out of the archive's tables, views and index; without ID or URL, list those that are.

    The evidence stays: the captures of the article and its WARC records are kept, and so is a new capture of it, which
    is not shown. Copies at other URLs are told, not withheld with it. The table "withholdings" has the dates and
    reasons; --release is dated too. To forget an article for good, delete its row instead.

    Its words are taken out of the bytes of the file as well, which writes the index anew: minutes for a million
    articles, in steps between which crawls go on. The table "withholdings" keeps the article, deflated.

    \b
    Examples:
      muniment withhold 17 --reason 'names a minor; asked by letter of 3 May'
      muniment withhold https://town.example/news/flood --release
      sqlite-utils archive.db "select * from withheld"
      sqlite-utils query archive.db "delete from articles where id = 17"
    """
    with Archive.open(archive, create=False) as opened:
        if article is None:
            _list(withholding.withheld(opened))
        elif release:
            _release(opened, article)
        else:
            _withhold(opened, article, reason)


def _list(found: Sequence[Withheld]) -> None:
    cells = [(one.article_id, one.portal, one.withheld_at, one.reason, one.url) for one in found]
    if cells:
        out().print(table(("ID", "PORTAL", "SINCE", "REASON", "URL"), cells))
    else:
        click.echo("muniment: no article is withheld", err=True)


def _withhold(archive: Archive, which: str, reason: str | None) -> None:
    article_id = comparison.find(archive, which)
    if article_id is None:
        told = " (it is withheld already)" if withholding.find(archive, which) else "; 'muniment search' finds both"
        raise AskedError(f"{archive.path}: no article has the id or URL {which}{told}")
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
