"""``muniment search``: articles in the archive that say something."""

import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from crawler.archive import Archive, saved
from crawler.archive.reading import read
from crawler.archive.search import MOST, Filters, Hit, find
from crawler.cli.console import printable, show_json
from crawler.cli.exits import AskedError, Exit
from crawler.cli.options import archive_option, first_day, last_day
from crawler.cli.portals import not_archived


def typed(_ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str:
    """Callback of the words of a query, of which one may begin with a dash; what looks like an option is refused."""
    for word in value:
        if re.match(r"--\w", word):
            raise click.BadParameter(f"there is no option {word}", param=param)
    return " ".join(value)


def named(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Callback of an option that takes a name, which has a letter or a figure."""
    if value is not None and not any(map(str.isalnum, value)):
        raise click.BadParameter(f"{value!r} is no name; leave the option out to see all", param=param)
    return value


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", metavar="QUERY", nargs=-1, callback=typed)
@click.option("--portal", callback=named, metavar="SLUG", help="Only articles of this portal.")
@click.option("--byline", callback=named, metavar="NAME", help="Only articles signed with this name.")
@click.option(
    "--since", callback=first_day, metavar="DAY", help="Only articles published on or after this day, month or year."
)
@click.option(
    "--until", callback=last_day, metavar="DAY", help="Only articles published on or before this day, month or year."
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many articles to show.")
@click.option(
    "--save", callback=named, metavar="NAME", help="Save the search; 'muniment saved NAME' shows what is new in it."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@archive_option
@click.pass_context
def search(  # noqa: PLR0913, PLR0917  (one for each option)
    ctx: click.Context,
    words: str,
    portal: str | None,
    byline: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    save: str | None,
    as_json: bool,
    archive: Path,
) -> None:
    """Find articles, best first.

    All words must be in the article. A word typed with accents is meant exactly; typed without, it is found with any.
    "Quotation marks", inside the shell's own, make a phrase, a star* stands for any ending, OR gives a choice, -word
    excludes, and headline:, lead:, body:, captions: and byline: before a word or phrase look there only. Anything else
    is text, as in 29-NQ/TW. A Korean word is found with its particles; figures and letters of full width are as good as
    others. How the query was read is told at the end. Without QUERY the latest articles are shown.
    Exit code 3 when nothing is found.

    \b
    Examples:
      muniment search dai hoi chi bo --since 2020
      muniment search '"Đại hội Chi bộ" -phường' --since 2020-01-01 --until 2020-12-31
      muniment search 'captions:"bỏ phiếu"' --byline 'Thu Hằng'
      muniment search 'flood OR storm' --portal no-oslo --json
      muniment search '"cửa khẩu"' --save border
    """
    filters: Filters = {
        "portal": portal,
        "byline": byline,
        "since": since,
        "until": until,
    }
    if since and until and since > until:
        raise AskedError(f"--since {since} is after --until {until}; name the earlier day first")
    reading = read(words)
    if save and (since or until or not reading.match):
        raise AskedError("a search is saved with --portal and --byline only, and needs a word to search for")
    with Archive.open(archive, create=False) if save else Archive.read(archive) as opened:
        if portal and portal not in (slugs := opened.slugs()):
            raise not_archived(portal, archive, slugs)
        found = find(opened, words, limit=limit, **filters)
        if save:
            saved.save(opened, save, words, **filters)
    if as_json:
        show_json([asdict(hit) for hit in found.hits])
    elif found.hits:
        read_as = [f"looked for {printable(reading.explanation)}"] if words.strip() else []
        click.echo("\n\n".join([*map(_shown, found.hits), *read_as]))
    if found.many:
        said = f"more than {MOST:,} articles match; these are of the latest, those that match in the headline first"
        click.echo(f"muniment: {said}", err=True)
    if not found.hits:
        told = printable(reading.explanation)
        click.echo(f"muniment: nothing found; {f'looked for {told}' if reading.match else told}", err=True)
        ctx.exit(Exit.NOTHING)


def _shown(hit: Hit) -> str:
    first = [(hit.published_at or "no date")[:16].replace("T", " "), hit.headline or "(no headline)"]
    second = [
        part for part in (hit.byline, hit.portal, hit.verdict if hit.verdict != "live" else None, hit.url) if part
    ]
    return printable(f"{'  '.join(first)}\n  {' | '.join(second)}\n  {' '.join(hit.snippet.split())}")
