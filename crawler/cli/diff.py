"""``muniment diff``: what changed between two versions of an article, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from crawler.archive import Archive, comparison
from crawler.archive.comparison import Comparison, Evidence
from crawler.archive.differences import MARKS, Change, Piece, shortened
from crawler.archive.history import Version
from crawler.cli.console import out, printable, show_json
from crawler.cli.exits import AskedError, Exit
from crawler.cli.options import archive_option

STYLES = {Change.REMOVED: "red strike", Change.ADDED: "green bold", Change.SAME: ""}


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option(
    "--from", "first", type=click.IntRange(1), metavar="N", help="The older version [default: the one before]."
)
@click.option("--to", "last", type=click.IntRange(1), metavar="N", help="The newer version [default: the newest].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@archive_option
@click.pass_context
def diff(  # noqa: PLR0913, PLR0917  (one for each option)
    ctx: click.Context, article: str, first: int | None, last: int | None, as_json: bool, archive: Path
) -> None:
    """Show what an article said before and after an edit.

    [-Words-] are gone and {+words+} are new. Each version is named with the capture that proves it. Exit code 3 when
    the article never changed. The view "changes" of the archive lists all edits.

    \b
    Examples:
      muniment diff 17
      muniment diff https://town.example/news/flood --from 1 --to 3
      sqlite-utils archive.db "select article_id, seen_at, edit, new_headline from changes order by seen_at desc"
    """
    with Archive.read(archive) as opened:
        article_id = comparison.find(opened, article)
        if article_id is None:
            raise AskedError(f"{archive}: no article has the id or URL {article}; 'muniment search' finds both")
        known = comparison.versions(opened, article_id)
        if len(known) == 1 and first is None and last is None:
            said = f"article {article_id} says the same since {known[0].seen_from}, last seen {known[0].seen_until}"
            click.echo(f"muniment: {said}", err=True)
            ctx.exit(Exit.NOTHING)
        new = _numbered(known, last or len(known))
        found = comparison.compare(opened, article_id, _numbered(known, first or max(new.number - 1, 1)), new)
    if as_json:
        show_json(asdict(found))
    else:
        for line in _lines(found, styled=out().is_terminal):
            out().print(line, soft_wrap=True)


def _numbered(known: Sequence[Version], number: int) -> Version:
    if number > len(known):
        raise AskedError(f"there is no version {number}; the article has {len(known)}")
    return known[number - 1]


def _lines(found: Comparison, *, styled: bool) -> Iterator[Text]:
    yield Text(printable(found.url))
    for sign, version, evidence in zip("-+", (found.old, found.new), found.evidence, strict=True):
        yield Text(f"{sign} version {version.number}, shown from {version.seen_from} to {version.seen_until}")
        yield Text(f"  {_proof(evidence)}")
    made = "" if found.new.made_by == "portal" else ", made by another reading of the same page"
    yield Text(f"edit: {found.edit}{made}")
    for name, pieces in found.fields.items():
        yield Text(f"\n{name}")
        yield Text("  ").append(_side_by_side(pieces, styled=styled))


def _proof(evidence: Evidence | None) -> str:
    if evidence is None:
        return "no capture proves it"
    place = f" in {evidence.warc} at {evidence.offset}" if evidence.warc else ""
    return f"captured {evidence.captured_at}{place}, {evidence.digest}"


def _side_by_side(pieces: Sequence[Piece], *, styled: bool) -> Text:
    made = Text()
    for position, piece in enumerate(shortened(pieces)):
        before, after = ("", "") if styled else MARKS[piece.change]
        text = f"{before}{printable(piece.text)}{after}"
        made.append(" " if position else "").append(text, style=STYLES[piece.change])
    return made
