"""What the demo shows of an archive."""

import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from crawler.archive import Archive
from crawler.archive.holdings import filed, holdings, news
from crawler.cli.console import out, printable, table
from crawler.locks import warc_folder

MODULES = {"sqlite-utils": "sqlite_utils", "muniment": "crawler.cli"}
"""Commands that are shown -> modules that run them, so that they are those of this environment."""

BODY = 300
"""Characters of an article's body that are shown."""

SEARCHES = (
    ("sqlite-utils", "search", "ARCHIVE", "articles", "dai hoi chi bo", "-c", "published_at", "-c", "headline"),
    ("sqlite-utils", "search", "ARCHIVE", "articles", '"Đại hội Chi bộ"', "-c", "published_at", "-c", "headline"),
    ("sqlite-utils", "search", "ARCHIVE", "articles", 'captions : "bỏ phiếu"', "-c", "byline", "-c", "captions"),
    ("muniment", "search", "cua khau", "--limit", "2"),
)


def show_archive(path: Path, url: str) -> None:
    """Print what the archive holds, one article as filed, and searches to try."""
    with Archive.open(path) as archive:
        held, article = holdings(archive), filed(archive, url)
    click.echo(f"\nArchived: {held.articles} articles, {held.captions} captions, {held.people} people in bylines")
    click.echo(f"Evidence: {held.captures} captures; archive and WARC files take {disk(path) / 1e6:.1f} MB")
    click.echo("\nOne article as it is filed:\n")
    out().print(table(("COLUMN", "VALUE"), _columns(article)))
    click.echo("\nSearches to try, and what they find:")
    for search in SEARCHES:
        _run([str(path) if word == "ARCHIVE" else word for word in search], path)
    _where(path)
    click.echo("Run the demo again: the portal will be a day older.")


def show_news(path: Path, since: datetime, statuses: Mapping[int, int]) -> None:
    """Print what came, changed and went since then, and how much of what was asked for was not sent again."""
    with Archive.open(path) as archive:
        found = news(archive, since)
    click.echo("\nSince the last run:")
    for what, headlines in (("new", found.new), ("edited", found.edited), ("removed", found.removed)):
        for headline in headlines or ("none",):
            click.echo(f"  {what:<8} {printable(headline)}")
    asked, spared = sum(statuses.values()), statuses.get(304, 0)
    click.echo(f"\nNothing else was fetched again: of {asked} pages and files that were asked for, the portal did not")
    click.echo(f"send {spared}, because they had not changed. The rest were listings, feeds and what is named above.")
    _where(path)


def disk(path: Path) -> int:
    """The bytes an archive takes: the database with its journal, and the WARC files."""
    files = (*path.parent.glob(f"{path.name}*"), *warc_folder(path).glob("*"))
    return sum(file.stat().st_size for file in files if file.is_file())


def _columns(article: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(name, text if len(text) <= BODY else f"{text[:BODY]} ...") for name, text in article.items() if text]


def _run(command: Sequence[str], path: Path) -> None:
    if command[0] == "muniment" and path != Path("archive.db"):
        command = [*command, "--archive", str(path)]
    if command[0] == "sqlite-utils":
        command = [*command, "--limit", "3", "--table"]
    click.echo(f"\n$ {shlex.join(command)}")
    subprocess.run([sys.executable, "-m", MODULES[command[0]], *command[1:]], check=False)


def _where(path: Path) -> None:
    click.echo(f"\nThe archive is {path}; the evidence is in {warc_folder(path)}/. Next:")
    click.echo("  muniment status                        is every portal well?")
    click.echo("  muniment crawl https://town.example/   archive a real portal")
    click.echo("  README.md                              the first five minutes")
