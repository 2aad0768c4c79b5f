"""How long a robots.txt is used in a real crawl, by a clock that the site itself sets ahead."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.sample.answer import Answer, html
from tests.crawling import column, environment, rows
from tests.sites import Site, serving, story

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
STORIES = 7

CRAWL = """
import sys
from datetime import datetime
from pathlib import Path
from crawler.portal import from_table
from crawler.run import run
url, archive, clock = sys.argv[1:]
table = {"name": "Site", "url": url, "timezone": "UTC", "seeds": [{"listing": url}], "politeness": {"delay": 0.0}}
now = lambda: datetime.fromisoformat(Path(clock).read_text())
run(from_table(table, Path("site.toml"), "xx-site"), Path(archive), command="simulated", recheck=False, clock=now)
"""


@dataclass(kw_only=True)
class Slow(Site):
    """A site that sets the crawl's clock ahead: by six hours for a story that is new, by one for an error."""

    clock: Path
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    robots: Iterator[Answer] = field(default_factory=lambda: iter(()))

    def answer(self, target: str, form: str = "") -> Answer:
        """The answer to a path."""
        at = datetime.fromisoformat(self.clock.read_text(encoding="utf-8"))
        first = target not in {path for _, path in self.asked}
        self.asked.append(((at - START) / timedelta(hours=1), target))
        answer = next(self.robots) if target == "/robots.txt" else self.answers[target]
        hours = 6 if target.startswith("/n/") and first else int(answer.status == 500)
        self.clock.write_text((at + timedelta(hours=hours)).isoformat(), encoding="utf-8")
        return answer

    def hours(self, path: str) -> list[float]:
        """When ``path`` was asked for."""
        return [hour for hour, asked in self.asked if asked == path]


@pytest.fixture
def site(tmp_path: Path) -> Slow:
    clock = tmp_path / "clock"
    clock.write_text(START.isoformat(), encoding="utf-8")
    headlines = [f"A long headline of story number {n}" for n in range(STORIES)]
    links = "".join(f'<li><a href="/n/{n}">{headline}</a></li>' for n, headline in enumerate(headlines))
    stories = {f"/n/{n}": Answer(body=story(headline)) for n, headline in enumerate(headlines)}
    return Slow(clock=clock, answers={"/": html(f"<ul>{links}</ul>")} | stories)


def says(text: str, status: int = 200) -> Answer:
    return Answer(body=text.encode(), media_type="text/plain", status=status)


def crawl(site: Slow, folder: Path) -> Path:
    """One crawl by the clock of the site; the archive."""
    archive = folder / "archive.db"
    with serving(site) as url:
        done = subprocess.run(
            [sys.executable, "-c", CRAWL, url, str(archive), str(site.clock)],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return archive


def test_an_answer_is_used_for_24_hours_and_then_the_next_one_holds(site: Slow, tmp_path: Path) -> None:
    site.robots = iter([says(""), says("User-agent: *\nDisallow: /n/5\n")])
    archive = crawl(site, tmp_path)
    assert site.hours("/robots.txt") == [0, 24]
    assert [site.hours(f"/n/{n}")[0] for n in range(5)] == [0, 6, 12, 18, 24]
    assert site.hours("/n/5") == [] and site.hours("/n/6")[0] == 30
    assert rows(archive, "SELECT fetched_at, text FROM robots ORDER BY id") == [
        {"fetched_at": "2026-11-02T06:00:00Z", "text": ""},
        {"fetched_at": "2026-11-03T06:00:00Z", "text": "User-agent: *\nDisallow: /n/5\n"},
    ]
    assert column(archive, "SELECT reason FROM frontier WHERE url LIKE '%/n/5'") == ["robots.txt disallows"]


def test_what_was_forbidden_is_so_for_as_long(site: Slow, tmp_path: Path) -> None:
    site.robots = iter([says("User-agent: *\nDisallow: /n/0\n"), says("", 404)])
    archive = crawl(site, tmp_path)
    assert site.hours("/robots.txt") == [0, 24]
    assert site.hours("/n/0") == [36]  # asked by the first crawl after the robots.txt that allows it
    assert len(column(archive, "SELECT url FROM articles")) == STORIES


def test_an_error_closes_the_host_and_is_not_kept_for_a_day(site: Slow, tmp_path: Path) -> None:
    site.robots = iter([says(""), says("broken", 500), says("broken", 500), says("")])
    crawl(site, tmp_path)
    assert site.hours("/robots.txt") == [0, 24, 25, 26]
    assert [site.hours(f"/n/{n}")[0] for n in range(4)] == [0, 6, 12, 18]
    between = [path for hour, path in site.asked if 24 <= hour < 26]
    assert between == ["/robots.txt", "/robots.txt"]
    assert min(site.hours(f"/n/{n}")[0] for n in range(4, STORIES)) == 26
