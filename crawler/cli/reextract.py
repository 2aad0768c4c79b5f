"""``muniment reextract``: recorded pages read again, from the WARC files, by the software of today."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.status import Status

from crawler.archive import Archive, rereading
from crawler.archive.rereading import Listed, Reading
from crawler.cli import portals_folder
from crawler.cli.console import printable
from crawler.cli.exits import Exit
from crawler.cli.options import archive_option
from crawler.cli.portals import not_archived, portal_archived
from crawler.locks import warc_folder
from crawler.model import PortalError
from crawler.replay import Replay, Told, UnreadError

MEANT = {
    Reading.CHANGED: "read differently",
    Reading.NEW: "new",
    Reading.LOST: "no longer taken for an article, and kept as it was",
    Reading.EDITED: "edited by hand and left so, the new reading beside it as a version",
}
"""What is told of a page by its URL."""


@dataclass(slots=True)
class Work:
    """What was done so far, and what could not be."""

    pages: int = 0
    readings: Counter[Reading] = field(default_factory=Counter)
    unread: dict[Path, str] = field(default_factory=dict)
    """What is wrong with a WARC file, as it was first met."""
    missed: Counter[Path] = field(default_factory=Counter)
    failed: int = 0
    wrong: int = 0
    """Portals that could not be begun with."""

    @property
    def partly(self) -> bool:
        """True when something could not be read."""
        return bool(self.missed or self.failed or self.wrong)


@click.command()
@click.argument("slug", required=False)
@archive_option
@click.pass_context
def reextract(ctx: click.Context, slug: str | None, archive: Path) -> None:
    """Read recorded pages again, with the software and the portal files of today.

    For after an upgrade, or when selectors of a portal's file were mended: what was archived before is read out of the
    WARC files once more, for the portal SLUG or for all of them. Nothing is asked of any portal.

    Where an article is now read to say something else, that becomes its newest version, made_by "extractor" in the
    table "versions": so that an edit by the portal and a better reading by us are told apart. Earlier versions stay.
    A page that was taken for no article can become one. A page that is no longer taken for one is told, and its article
    stays. Articles that were edited by hand, withheld or deleted stay as they are.

    It can be stopped at any moment and begun again: what is read already says the same when it is read once more.
    Crawls go on beside it. Exit code 1 when a WARC file is missing or damaged (the others are read), 3 when there is
    nothing to read, 4 when it was interrupted.

    \b
    Examples:
      muniment reextract
      muniment reextract vn-quang-ninh-mong-cai
      sqlite-utils archive.db "select url, seen_at, difference from changes where made_by = 'extractor'"
    """
    work = Work()
    with Archive.open(archive, create=False) as opened:
        if slug and slug not in opened.slugs():
            raise not_archived(slug, archive, opened.slugs())
        for each in [slug] if slug else opened.slugs():
            _read_portal(work, opened, each, portals_folder(ctx), only=slug is not None)
    _complain(work)
    click.echo(_summary(archive, work))
    ctx.exit(Exit.PARTLY if work.partly else Exit.DONE if work.pages else Exit.NOTHING)


def _read_portal(work: Work, archive: Archive, slug: str, root: Path, *, only: bool) -> None:
    """Read the pages of one portal again; beside others, one whose file is wrong is told and left out."""
    try:
        portal = portal_archived(archive, slug, root)
    except PortalError as error:
        if only:
            raise
        click.echo(f"muniment: {error}; {slug} is left out", err=True)
        work.wrong += 1
        return
    replay, pages = Replay(archive, portal, warc_folder(archive.path)), rereading.pages(archive, slug)
    with _progress(slug) as show:
        for number, page in enumerate(pages, 1):
            _read_page(work, replay, page)
            show.update(f"{slug}: {number} of {len(pages)} pages, {_counted(work)}")


def _read_page(work: Work, replay: Replay, page: Listed) -> None:
    try:
        told = replay.read(page, datetime.now(UTC))
    except UnreadError as error:
        work.unread.setdefault(error.file, error.what)
        work.missed[error.file] += 1
        return
    work.pages += 1
    work.readings[told.reading] += 1
    work.failed += told.failed
    if told.failed:
        click.echo(f"muniment: {printable(told.url)}: the extractor failed: {printable(told.reason)}", err=True)
    elif told.reading in MEANT:
        click.echo(f"{printable(told.url)}: {_said(told)}")


def _said(told: Told) -> str:
    return MEANT[told.reading] + (f" ({printable(told.reason)})" if told.reading is Reading.LOST else "")


@contextmanager
def _progress(slug: str) -> Iterator[Status]:
    """A line that tells how far the work is, where standard error is a terminal."""
    console = Console(stderr=True)
    status = Status(f"{slug}: beginning", console=console)
    if not console.is_terminal:
        yield status
        return
    with status:
        yield status


def _complain(work: Work) -> None:
    for file, what in work.unread.items():
        pages = "1 page was" if work.missed[file] == 1 else f"{work.missed[file]} pages were"
        click.echo(f"muniment: {file}: {what}, then read again; {pages} left as before", err=True)


def _counted(work: Work) -> str:
    counts = work.readings
    new = "1 new article" if counts[Reading.NEW] == 1 else f"{counts[Reading.NEW]} new articles"
    return f"{counts[Reading.CHANGED] + counts[Reading.EDITED]} read differently, {new}"


def _summary(archive: Path, work: Work) -> str:
    pages = "1 page" if work.pages == 1 else f"{work.pages} pages"
    lost = work.readings[Reading.LOST]
    return f"{archive}: {pages} read again: {_counted(work)}" + (
        f", {lost} no longer taken for articles" if lost else ""
    )
