"""``muniment demo``: a sample portal on this machine, crawled over HTTP and shown."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import click

from crawler.archive import Archive
from crawler.archive.holdings import crawled_urls, was_crawled
from crawler.cli.exits import AskedError, Exit
from crawler.cli.options import archive_option
from crawler.cli.showing import show_archive, show_news
from crawler.portal import from_url
from crawler.sample.server import SamplePortal

PORT = 8765
TOWN = "http://127.0.0.1:"
OPENINGS = (
    "A sample city portal, and that of its province, are running on this machine and are crawled over HTTP.",
    "The sample portals are a day older now and are crawled again.",
)


@click.command()
@archive_option
@click.option("--port", type=click.IntRange(1024, 65534), help=f"The sample portal's port.  [default: {PORT}]")
@click.option("--serve", is_flag=True, help="Only run the sample portal, until Ctrl-C, for experiments.")
@click.pass_context
def demo(ctx: click.Context, archive: Path, port: int | None, serve: bool) -> None:
    """Crawl a sample portal on this machine and show what was archived.

    It is the portal of a Vietnamese city, and that of its province, which took some articles over. Both were written
    for this demo and are served by this command, on one port and the next; nothing leaves the machine. The first run
    crawls all of it. In later runs the portal is a day older: two articles are new, one was edited, one was removed.

    \b
    Examples:
      muniment demo
      muniment demo --archive sample.db
      muniment demo --serve
    """
    with running(port or known_port(archive) or PORT) as portal:
        if serve:
            wait(portal)
        later = was_finished(archive, portal)
        portal.edition = int(later)
        click.echo(OPENINGS[later])
        started = datetime.now(UTC).replace(microsecond=0)
        for url in (portal.url, portal.second_url):
            if failed := crawl(url, archive):
                ctx.exit(failed)
        if later:
            show_news(archive, started, Counter(hit.status for hit in portal.requests))
        else:
            show_archive(archive, portal.url_of("seed")[0])


@contextmanager
def running(port: int) -> Iterator[SamplePortal]:
    """The sample portal on ``port`` and the next. Raises AskedError when they are taken."""
    try:
        portal = SamplePortal(port=port, second_port=port + 1)
    except OSError as error:
        taken = f"the sample portal cannot be served on the ports {port} and {port + 1}: {error.strerror}"
        raise AskedError(f"{taken}; end what uses them, or choose --port and another --archive") from None
    with portal:
        yield portal


def known_port(archive: Path) -> int | None:
    """The port that the sample portal had when it was first crawled into this archive."""
    if not archive.exists():
        return None
    with Archive.open(archive) as opened:
        return next((urlsplit(url).port for url in crawled_urls(opened, TOWN)), None)


def was_finished(archive: Path, portal: SamplePortal) -> bool:
    """True when both portals were crawled to the end: then it is time for the next day."""
    if not archive.exists():
        return False
    with Archive.open(archive) as opened:
        return all(was_crawled(opened, from_url(url).slug) for url in (portal.url, portal.second_url))


def crawl(url: str, archive: Path) -> int:
    """Crawl a portal as anybody would, in a process of its own; its exit code."""
    arguments = ["crawl", url, "--archive", str(archive), "--recheck"]
    click.echo(f"\n$ muniment {' '.join(arguments)}")
    child = subprocess.Popen([sys.executable, "-m", "crawler.cli", *arguments])
    try:
        code = child.wait()
    except KeyboardInterrupt:
        # Ctrl-C reached the crawl too; it ends by itself, with everything stored.
        child.wait()
        raise
    if code < 0:
        click.echo("muniment: the crawl was killed; 'muniment demo' goes on from here", err=True)
    return Exit.INTERRUPTED if code < 0 else code


def wait(portal: SamplePortal) -> None:
    """Serve until Ctrl-C."""
    click.echo(f"The town:     {portal.url}\nThe province: {portal.second_url}\nCtrl-C ends it.")
    Event().wait()
