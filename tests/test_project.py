"""What holds for the project as a whole: its names, files, versions, requirements and import contracts."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = dict(
    line.split("#")[0].strip().split("==")
    for line in (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8").splitlines()
    if "==" in line
)


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    names = [name for name in listed.split("\0") if name] or [str(p.relative_to(ROOT)) for p in untracked()]
    return tuple(path for name in names if (path := ROOT / name).is_file())


def untracked() -> Iterator[Path]:
    """The files of a source tree without git."""
    hidden = re.compile(
        r"/(\.[a-z_]+cache|\.venv|\.hypothesis|__pycache__|[^/]+\.egg-info|archive\.(db|warc)[^/]*)(/|$)"
    )
    yield from (p for p in ROOT.rglob("*") if p.is_file() and not hidden.search(p.as_posix()))


def test_no_other_distribution_owns_our_import_names() -> None:
    owners = packages_distributions()
    assert {name: set(owners.get(name, [])) - {"muniment"} for name in ("crawler", "spiders", "pipelines")} == {
        "crawler": set(),
        "spiders": set(),
        "pipelines": set(),
    }


def test_no_file_is_larger_than_a_megabyte_and_no_archive_is_kept() -> None:
    assert [p.name for p in tracked() if p.stat().st_size > 1_000_000] == []
    assert [p.name for p in tracked() if re.search(r"\.(db|warc|gz|wacz)(-wal|-shm)?$", p.name)] == []


def test_no_file_names_a_machine() -> None:
    absolute = re.compile(r"(?<![\w./~:-])/(home|Users|root|opt|tmp|work|var/folders)/\w")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in tracked()
        if path.parent.name != "platforms"  # URL patterns
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if absolute.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", [p for p in tracked() if p.suffix == ".toml"], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_toml_file_loads(path: Path) -> None:
    assert tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_version_is_the_same_everywhere() -> None:
    stated = PYPROJECT["project"]["version"]
    assert version("muniment") == stated
    assert re.search(rf"^## {re.escape(stated)}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "stated", [*PYPROJECT["project"]["dependencies"], *PYPROJECT["project"]["optional-dependencies"]["dev"]]
)
def test_every_dependency_is_pinned_to_a_version_it_allows(stated: str) -> None:
    wanted = Requirement(stated)
    assert wanted.specifier.contains(PINS[wanted.name.lower()])


def test_everything_that_is_imported_is_a_stated_dependency() -> None:
    stated = {Requirement(each).name.lower() for each in PYPROJECT["project"]["dependencies"]}
    owners = packages_distributions()
    imported = {
        name.split(".")[0]
        for package in ("crawler", "spiders", "pipelines")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in names_imported(node)
    }
    foreign = {owner.lower() for name in imported - set(sys.stdlib_module_names) for owner in owners.get(name, [name])}
    assert foreign - {"muniment"} <= stated


def names_imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def test_runtime_and_test_requirements_agree_and_name_no_index() -> None:
    text = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    runtime = [line.split("#")[0].strip() for line in text.splitlines() if "==" in line]
    assert runtime
    assert all(PINS[name] == pin for name, pin in (line.split("==") for line in runtime))
    for file in ("runtime.txt", "dev.txt"):
        words = (ROOT / "requirements" / file).read_text(encoding="utf-8")
        assert not re.search(r"https?://|file://|--hash|--index-url|--find-links(?! )|--extra-index-url", words)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "Makefile", folder)
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_make_alone_lists_every_target(tmp_path: Path) -> None:
    shown = make(tmp_path).stdout
    phony = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
    assert phony == ["help", "demo", "crawl", "test", "lint", "bench", "docs"]
    assert all(re.search(rf"^  make {target} +\S", shown, re.MULTILINE) for target in phony)


def test_make_says_what_is_missing_when_there_is_no_python(tmp_path: Path) -> None:
    done = make(tmp_path, "demo", "PYTHONS=no-such-python")
    assert done.returncode != 0
    assert "Python 3.11 or newer with venv is needed" in done.stderr
    assert not (tmp_path / ".venv").exists()


VIOLATIONS = {
    "crawler/text.py": ("import crawler.archive", "Layers"),
    "crawler/discover/words.py": ("import crawler.extract", "Layers"),
    "crawler/strays.py": ("", "Layers"),
    "spiders/loader.py": ("import pipelines.store", "Spiders and pipelines"),
    "crawler/sample/__init__.py": ("import sqlite3", "Only the archive"),
    "crawler/extract/body.py": ("import scrapy", "Only the rim"),
    "crawler/cli/search.py": ("from twisted.internet import defer", "The command reaches"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for package in ("crawler", "spiders", "pipelines"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_import_contracts_hold(copy: Path) -> None:
    done = contracts(copy)
    assert (done.returncode, "BROKEN" in done.stdout) == (0, False), done.stdout


@pytest.mark.parametrize("file", VIOLATIONS)
def test_the_import_contracts_catch_a_violation(copy: Path, file: str) -> None:
    statement, contract = VIOLATIONS[file]
    path = copy / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{statement}\n", encoding="utf-8")
    try:
        done = contracts(copy)
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert len(broken) == 1 and broken[0].startswith(contract), done.stdout


def test_the_contracts_speak_of_every_module() -> None:
    contracts = {each["name"]: each for each in PYPROJECT["tool"]["importlinter"]["contracts"]}
    there = {f"crawler.{path.stem}" for path in (ROOT / "crawler").iterdir() if path.suffix == ".py" or path.is_dir()}
    there -= {"crawler.__init__", "crawler.__pycache__", "crawler.platforms"}
    users = set(contracts["Only the archive uses sqlite-utils"]["source_modules"]) - {"spiders", "pipelines"}
    assert users == there - {"crawler.archive"}
    pure = set(contracts["Only the rim, spiders and pipelines import scrapy or twisted"]["source_modules"])
    rim = re.findall(r"\w+", contracts["Layers, as in docs/architecture.md"]["layers"][1])
    assert pure == there - {"crawler.cli", *(f"crawler.{name}" for name in rim)}


def test_optional_layers_are_only_those_that_do_not_exist_yet() -> None:
    layers = " ".join(PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"])
    missing = [name for name in re.findall(r"\((\w+)\)", layers) if (ROOT / "crawler" / f"{name}.py").exists()]
    assert missing == []
