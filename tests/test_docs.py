"""The documentation says what is: generated pages are current, links lead somewhere, README commands run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.cli import VERBS
from crawler.cli.exits import MEANINGS
from crawler.cli.manual import manual
from tests.conftest import Demo

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS = [
    line
    for block in re.findall(r"<!-- run -->\n```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def test_the_manual_is_that_of_the_command() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == manual(), "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", prose)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_verb_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"(?:`|^|\s)muniment ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    blocks = re.findall(r"^(?:\$ )?muniment ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(blocks) <= set(VERBS)
    assert {verb for verb in named if f"`muniment {verb}" in page.read_text(encoding="utf-8")} <= set(VERBS)


def test_the_tree_of_the_architecture_is_the_tree() -> None:
    tree = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    for package in ("crawler", "spiders", "pipelines"):
        part = re.split(rf"^{package}/.*$", tree, flags=re.MULTILINE)[1].split("\n\n")[0]
        told = set(re.findall(r"^  ([\w.]+/?) ", part, re.MULTILINE))
        there = {f"{path.name}/" if path.is_dir() else path.name for path in (ROOT / package).iterdir()}
        countries = {name for name in there if package == "spiders" and name.endswith("/")}
        assert told == {name for name in there - countries if not name.startswith("__")}


def test_readme_names_every_exit_code() -> None:
    assert all(f"| {code.value} | {meaning} |" in README for code, meaning in MEANINGS.items())


def test_readme_shows_what_the_demo_shows(demo: Demo) -> None:
    shown = {" ".join(line.split()) for line in demo.first.stdout.splitlines()}
    blocks = re.findall(r"<!-- shown by the demo -->\n```text\n(.*?)```", README, re.DOTALL)
    assert blocks
    assert {" ".join(line.split()) for block in blocks for line in block.splitlines()} <= shown


def test_readme_has_commands_to_run() -> None:
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_commands_run_on_the_demo(demo: Demo, command: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=demo.folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() or command.startswith("warcio check")
