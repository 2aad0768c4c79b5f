"""A process that is killed between any two steps of storing a visit leaves all of the visit or nothing of it."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from crawler.model import Kind, Link
from tests.archive.visits import NOW, PORTAL, SEED, URL, Town, capture, edited, page

COPY = edited(url="https://town.example/copy")
LINKS = [Link(url="https://town.example/next", kind=Kind.ARTICLE), Link(url="https://town.example/more")]
VISITS = [
    page(capture=capture(requested_url="https://town.example/short"), links=LINKS),
    page(COPY),
    page(edited(headline="Đại hội điểm", authors=("Thu Hà",)), day=1),
    replace(page(day=2), article=None, capture=capture(day=2, status=404)),
]
TABLES = (
    *("captures", "articles", "articles_plain", "versions", "verdicts", "addresses", "images", "attachments", "people"),
    *("bylines", "tags", "article_tags", "stories", "story_matches", "sketches", "frontier"),
)


def begin(path: Path) -> Town:
    archive = Archive.open(path)
    portal_id = archive.portal(PORTAL, NOW)
    town = Town(archive, portal_id, archive.begin_crawl(portal_id, command="test", software="test", now=NOW))
    town.frontier.add([Link(url="https://town.example/short", kind=Kind.ARTICLE)], NOW, via=None)
    return town


def dump(town: Town) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the archive holds."""
    select = town.archive.db.conn.execute
    return {table: sorted(select(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}


def steps_of(path: Path) -> list[tuple[int, str]]:
    """(which visit, which step) of storing all visits without being killed."""
    town, steps = begin(path), []
    for number, visit in enumerate(VISITS):
        town.archive.at_step = lambda name, number=number: steps.append((number, name))  # type: ignore[misc]
        town.store(visit)
    town.archive.close()
    return steps


def store_and_die(path: Path, fatal: tuple[int, str]) -> None:
    """In a child: store the visits; at the fatal step the process kills itself."""
    town = begin(path)
    for number, visit in enumerate(VISITS):
        town.archive.at_step = _killer(fatal[1]) if number == fatal[0] else lambda _name: None
        town.store(visit)


def _killer(fatal: str) -> Callable[[str], None]:
    def step(name: str) -> None:
        if name == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def killed_at(path: Path, fatal: tuple[int, str]) -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            store_and_die(path, fatal)
        finally:
            os._exit(1)
    return os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL


def test_every_step_of_every_visit_can_be_the_last(tmp_path: Path) -> None:
    steps = steps_of(tmp_path / "whole.db")
    assert len(set(steps)) > 25 and {"begun", "story joined", "committed"} <= {name for _, name in steps}
    states = _states(tmp_path / "states.db")
    for at, fatal in enumerate(dict.fromkeys(steps)):
        path = tmp_path / f"{at}.db"
        assert killed_at(path, fatal)
        with Archive.open(path) as archive:
            town = Town(archive, 1, 1)
            stored = fatal[0] + (fatal[1] == "committed")
            assert town.sound() and dump(town) == states[stored], fatal
            for visit in VISITS[stored:]:
                town.store(visit)
            assert dump(town) == states[-1], fatal


def _states(path: Path) -> list[dict[str, list[tuple[Any, ...]]]]:
    """What the archive holds after none, one, two, ... of the visits."""
    town = begin(path)
    states = [dump(town)]
    for visit in VISITS:
        town.store(visit)
        states.append(dump(town))
    town.archive.close()
    return states


def test_what_a_killed_crawl_had_claimed_is_claimed_again(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    pid = os.fork()
    if pid == 0:
        begin(path).frontier.claim("host:boot:1:1", NOW)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    with Archive.open(path) as archive:
        town = Town(archive, 1, 1)
        assert town.frontier.claim("host:boot:2:2", NOW) is None
        assert town.frontier.give_back(lambda _owner: False, NOW) == 1
        claimed = town.frontier.claim("host:boot:2:2", NOW)
        assert claimed is not None and claimed.url == "https://town.example/short"


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_exception_at_any_step_leaves_nothing_either(town: Town, error: type[BaseException]) -> None:
    def fail(name: str) -> None:
        if name == "parts written":
            raise error

    before = dump(town)
    town.archive.at_step = fail
    with pytest.raises(error):
        town.store(page())
    town.archive.at_step = lambda _name: None
    assert dump(town) == before and town.sound()
    assert town.store(page()).article_id == 1 and SEED.url == URL
