"""Articles that no list shows any more are found by their running numbers, through gaps, to both ends."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from crawler.sample.answer import Answer, html
from tests.crawling import check_clear, checkout, column, command, declare, environment, muniment
from tests.sites import Site, serving, story

SLUG = "xx-numbered"
GAP = 5
NUMBERED = f'[listing]\nenumerate = ["/news.aspx?AID={{n}}"]\ngap = {GAP}'
LISTED = (90, 88, 70)
THERE = {*range(80, 91), *range(62, 76), *range(41, 58, 4)}
"""From 41 to 90; up to four numbers are missing in a row."""
BEHIND = {30, 31}
"""Behind a gap that is too wide."""


@dataclass(kw_only=True)
class Forgetful(Site):
    """A list of three articles, and many more that only their numbers lead to."""

    answers: dict[str, Answer] = field(default_factory=dict)
    listed: tuple[int, ...] = LISTED
    there: set[int] = field(default_factory=lambda: THERE | BEHIND)

    def answer(self, target: str, form: str = "") -> Answer:
        """The answer to a path."""
        number = target.removeprefix("/news.aspx?AID=")
        if number.isdecimal() and int(number) in self.there:
            return Answer(body=story(f"The town council met for the {number}th time this year"))
        row = '<li><h3><a href="/news.aspx?AID={0}">The town council met for the {0}th time</a></h3></li>'
        entries = "".join(row.format(n) for n in self.listed)
        return html(f"<html><body><ul>{entries}</ul></body></html>") if target == "/" else html("<h1>Gone</h1>", 404)


def archived(archive: Path) -> set[int]:
    return {int(url.rpartition("=")[2]) for url in column(archive, "SELECT url FROM articles")}


def asked(site: Forgetful) -> set[int]:
    return {int(hit.path.rpartition("=")[2]) for hit in site.hits if "AID=" in hit.path}


def test_a_killed_crawl_goes_on_through_gaps_and_ends_at_both_ends(tmp_path: Path) -> None:
    source, site = checkout(tmp_path / "source"), Forgetful()
    with serving(site) as url:
        declare(source, SLUG, url, more=NUMBERED)
        killed_after(site, source, tmp_path, 25)
        check_clear(muniment("crawl", SLUG, cwd=tmp_path, source=source), 0)
        assert archived(tmp_path / "archive.db") == THERE
        assert asked(site) == set(range(min(THERE) - GAP, max(THERE) + GAP + 1))
        site.listed, site.there = (93, *LISTED), site.there | {93}
        check_clear(muniment("crawl", SLUG, cwd=tmp_path, source=source), 0, "1 new")
    assert archived(tmp_path / "archive.db") == THERE | {93}


def killed_after(site: Forgetful, source: Path, folder: Path, requests: int) -> None:
    crawl = subprocess.Popen(
        command("crawl", SLUG),
        cwd=folder,
        env=environment(source),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(site.hits) < requests:
        assert crawl.poll() is None, "the crawl ended before it was killed"
    crawl.kill()
    crawl.wait()
