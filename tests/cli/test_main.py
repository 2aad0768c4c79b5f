"""The command as a whole: help, version, exit codes; errors are one line, never a traceback."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from crawler.cli import VERBS, main
from crawler.cli.exits import ERRORS, MEANINGS, AskedError, Exit, exit_for
from crawler.model import ArchiveError, FixityError, LockedError, MunimentError, PortalError


def test_version_and_help_name_the_command_and_all_verbs() -> None:
    assert CliRunner().invoke(main, ["--version"], prog_name="muniment").stdout == f"muniment {version('muniment')}\n"
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert all(f"\n  {verb} " in shown for verb in VERBS)
    assert all(f"  {code.value}  {meaning}\n" in shown for code, meaning in MEANINGS.items())


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_every_verb_teaches_with_an_example_or_lists_its_verbs(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*path, "--help"])
    assert shown.exit_code == 0
    assert f"muniment {' '.join(path)}" in shown.stdout or "Commands:" in shown.stdout or path[-1] == "list"


def test_a_mistyped_verb_names_the_nearest() -> None:
    for typed, said in (("staus", "Did you mean 'status'?"), ("xyzzy", "No such command 'xyzzy'.")):
        result = CliRunner().invoke(main, [typed])
        assert (result.exit_code, said in result.stderr) == (2, True)


def test_every_error_has_an_exit_code() -> None:
    table = {
        AskedError: Exit.USAGE,
        PortalError: Exit.USAGE,
        LockedError: Exit.LOCKED,
        ArchiveError: Exit.ARCHIVE,
        FixityError: Exit.ARCHIVE,
        MunimentError: Exit.PARTLY,
    }
    assert dict(ERRORS) == table
    assert [exit_for(kind("x")) for kind in table] == list(table.values())
    assert set(MEANINGS) == set(Exit)

    class NewError(PortalError):
        pass

    assert exit_for(NewError("x")) is Exit.USAGE


def test_an_interrupted_verb_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def stuck() -> None:
        raise KeyboardInterrupt

    group = type(main)("muniment", commands={})
    group.get_command = lambda ctx, name: stuck  # type: ignore[method-assign]
    result = CliRunner().invoke(group, ["stuck"])
    assert (result.exit_code, result.stderr) == (4, "\nmuniment: interrupted\n")


def test_the_module_runs_as_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crawler.cli", "extract", "no-such-file.html"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "muniment: no-such-file.html: No such file or directory\n"
