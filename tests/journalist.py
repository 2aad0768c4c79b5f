"""docs/journalist.md: its commands, run on an archive of the sample portals, and their real output.

``python -m tests.journalist`` writes the output anew into the document.
"""

import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import chdir
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner
from sqlite_utils.cli import cli

from crawler.archive import Archive
from crawler.duplicates import fingerprint
from crawler.model import Article, Capture, Kind, Visit
from crawler.portal import Portal, from_url
from crawler.sample.province import Province
from crawler.sample.town import Town

DOCUMENT = Path(__file__).parent.parent / "docs" / "journalist.md"
TOWN, PROVINCE = from_url("https://mongcai.example/"), from_url("https://quangninh.example/")
FIRST_DAY = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)

_EXAMPLE = re.compile(r"(?<=```console\n)\$ (?P<command>.*)\n(?P<output>(?:(?!```).*\n)*)")


def written_anew(document: str) -> str:
    """The document with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        make_archive(Path("archive.db"))
        return _EXAMPLE.sub(lambda example: f"$ {example['command']}\n{printed(example['command'])}", document)


def printed(command: str) -> str:
    """What sqlite-utils or Datasette prints."""
    name, *arguments = shlex.split(command)
    output = PROGRAMS[name](arguments)
    return "".join(f"{line.rstrip()}\n" for line in output.strip().splitlines())


def _sqlite_utils(arguments: list[str]) -> str:
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, f"{arguments}: {done.output}"
    return done.output


def _datasette(arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "datasette", *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{arguments}: {done.stderr}"
    return done.stdout


PROGRAMS: Mapping[str, Callable[[list[str]], str]] = {"sqlite-utils": _sqlite_utils, "datasette": _datasette}


def make_archive(path: Path) -> None:
    """The two sample portals as they were on two days."""
    with Archive.open(path) as archive:
        for day in (0, 1):
            town = Town(1, 120, day)
            keep(archive, TOWN, [story.article(TOWN.url) for story in town.stories()], day)
            keep(archive, PROVINCE, [story.article(PROVINCE.url) for story in Province(town).stories()], day)


def keep(archive: Archive, portal: Portal, articles: list[Article], day: int) -> None:
    """Store a portal's articles as a crawl on that day does; what was there before and is not now answers 404."""
    at = FIRST_DAY + timedelta(days=day)
    portal_id = archive.portal(portal, at)
    crawl_id = archive.begin_crawl(portal_id, command=f"muniment crawl {portal.slug}", software="muniment", now=at)
    known = archive.db.conn.execute("SELECT url FROM articles WHERE portal_id = ? ORDER BY id", (portal_id,)).fetchall()
    shown = {article.url: article for article in articles}
    with archive.transaction():
        for number, url in enumerate(dict.fromkeys([*(url for (url,) in known), *shown])):
            capture = Capture(
                url=url,
                captured_at=at + timedelta(seconds=number),
                status=200 if url in shown else 404,
                media_type="text/html",
                digest=f"sha256:{number:064x}",
                warc=f"{portal.slug}-{at:%Y%m%d}.warc.gz",
                offset=number * 10_000,
                length=9_000,
            )
            archive.store(_visit(archive, capture, shown.get(url)), crawl_id=crawl_id, portal_id=portal_id, now=at)
    archive.finish_crawl(crawl_id, outcome="done", counts={}, now=at)


def _visit(archive: Archive, capture: Capture, article: Article | None) -> Visit:
    if article is None:
        return Visit(capture=capture, kind=Kind.ARTICLE)
    own = fingerprint(article)
    visit = Visit(capture=capture, kind=Kind.ARTICLE, article=article, fingerprint=own)
    return replace(visit, duplicates=archive.near(own, article))


if __name__ == "__main__":
    DOCUMENT.write_text(written_anew(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
