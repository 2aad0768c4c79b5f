"""How ``muniment portal forget`` refuses, and what it tells."""

from collections.abc import Iterator
from pathlib import Path

from crawler.archive import Archive, forgetting
from crawler.archive.forgetting import Forgotten, Held
from crawler.cli.exits import AskedError
from crawler.cli.portals import not_archived
from crawler.locks import lock, warc_folder
from crawler.portal import files, slug_of


def forget(path: Path, slug: str, root: Path) -> Iterator[str]:
    """Forget a portal; what to tell of it, line by line. Raises AskedError for one that is not to be forgotten."""
    with Archive.open(path, create=False) as archive:
        if slug not in archive.slugs():
            raise not_archived(slug, path, archive.slugs())
        with lock(warc_folder(path), slug, f"{slug}: it is being crawled; wait for that or stop it"):
            if kept := forgetting.held(archive, slug):
                raise AskedError(f"{path}: {slug} stays: {_why(kept)}")
            gone = forgetting.forget(archive, slug)
    yield from _told(path, slug, gone, root)


def _why(kept: Held) -> str:
    if kept.articles or kept.withheld:
        withheld = f" and {kept.withheld} withheld" if kept.withheld else ""
        return (
            f"{kept.articles} articles{withheld} are archived, and what is archived is kept. Has it moved? With its new"
            " URL in its file it goes on as the same portal. To give its articles up all the same, delete their rows"
            " first ('muniment withhold --help' shows how)"
        )
    return f"its captures prove {kept.proved} things that other portals of this archive published"


def _told(path: Path, slug: str, gone: Forgotten, root: Path) -> Iterator[str]:
    crawls = "1 crawl" if gone.crawls == 1 else f"{gone.crawls} crawls"
    yield f"{path}: {slug} is forgotten, with {crawls} and {gone.captures} captures"
    if gone.warcs:
        yield f"what it answered stays in {', '.join(str(warc_folder(path) / name) for name in gone.warcs)}"
    if declared := next((file for file in files(root) if slug_of(file, root) == slug), None):
        yield f"{declared} still declares it: correct its url or delete the file, or the next crawl brings it back"
