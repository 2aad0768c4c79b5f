"""``muniment schedule``: have this machine crawl what is due, by itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from crawler.cli import timers
from crawler.cli.exits import AskedError
from crawler.cli.options import archive_option

NO_CRONTAB = ("no crontab for", "no such file", "can't open your crontab")
"""How cron programs say that a user has no crontab."""

target_option = click.option(
    "--target",
    type=click.Choice(["systemd", "cron"]),
    default="systemd",
    show_default=True,
    help="A timer of your systemd user session, or a line in your crontab.",
)


@click.group()
def schedule() -> None:
    """Have this machine run 'muniment crawl --due' every quarter of an hour.

    How often each portal is really crawled says its own file: [schedule] every = "6h" and hours = "01:00-06:00".
    """


@schedule.command("print")
@target_option
@archive_option
def show(target: str, archive: Path) -> None:
    """Print what 'install' would write, and change nothing.

    \b
    Examples:
      muniment schedule print
      muniment schedule print --target cron
    """
    if target == "cron":
        click.echo(timers.crontab(_crawl(archive), Path.cwd(), before=""), nl=False)
    for name, text in _units(archive).items() if target == "systemd" else ():
        click.echo(f"# {_unit_folder() / name}\n{text}")


@schedule.command()
@target_option
@archive_option
def install(target: str, archive: Path) -> None:
    """Write the timer, or the crontab line, and switch it on. Run it again after moving the archive.

    In a crontab only the lines between '# muniment: begin' and '# muniment: end' are ours; a unit file that somebody
    else wrote under one of our names is left alone, and so is a crontab whose marks are damaged (exit code 2).

    \b
    Examples:
      muniment schedule install
      muniment schedule install --target cron --archive /srv/towns/archive.db
    """
    if target == "cron":
        _write_crontab(timers.crontab(_crawl(archive), Path.cwd(), before=_crontab()))
        click.echo("muniment: the line is in your crontab; 'crontab -l' shows it")
        return
    folder = _unit_folder()
    folder.mkdir(parents=True, exist_ok=True)
    _ours(folder)
    for name, text in _units(archive).items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(f"muniment: wrote {folder / name}")
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", "muniment.timer")
    click.echo("muniment: for crawls while you are logged out: loginctl enable-linger")


@schedule.command()
@target_option
def remove(target: str) -> None:
    """Take away what 'install' wrote, and nothing else.

    A crontab whose marks are damaged, and a unit file without our first line, are left as they are and said
    (exit code 2).

    \b
    Examples:
      muniment schedule remove
      muniment schedule remove --target cron
    """
    if target == "cron":
        before = _crontab()
        after = timers.without(before)
        if after == before:
            click.echo("muniment: no line of ours is in your crontab; nothing was changed")
            return
        _write_crontab(after)
        click.echo("muniment: the line is no longer in your crontab")
        return
    written = _ours(_unit_folder())
    if not written:
        click.echo(f"muniment: no unit of ours is in {_unit_folder()}; nothing was changed")
        return
    _systemctl("disable", "--now", "muniment.timer")
    for path in written:
        path.unlink()
        click.echo(f"muniment: removed {path}")
    _systemctl("daemon-reload")


def _ours(folder: Path) -> list[Path]:
    """The unit files that 'install' wrote. Raises AskedError when somebody else wrote one of these names."""
    there = [path for name in timers.UNITS if (path := folder / name).exists()]
    for path in there:
        if not path.read_bytes().startswith(timers.MARK.encode()):
            raise AskedError(
                f"{path}: not written by 'muniment schedule install', so left alone; rename it and try again"
            )
    return there


def _crawl(archive: Path) -> list[str]:
    return [*_muniment(), "crawl", "--due", "--archive", str(archive.absolute())]


def _units(archive: Path) -> Mapping[str, str]:
    status = [*_muniment(), "status", "--archive", str(archive.absolute())]
    return timers.units(_crawl(archive), status, Path.cwd())


def _muniment() -> list[str]:
    """This command, as it can be called from anywhere."""
    script = Path(sys.executable).with_name("muniment")
    return [str(script)] if script.exists() else [sys.executable, "-m", "crawler.cli"]


def _unit_folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"


def _systemctl(*words: str) -> None:
    """Ask the user's systemd; where it does not answer, say what is to be typed."""
    command = ["systemctl", "--user", *words]
    done = subprocess.run(command, capture_output=True, check=False) if shutil.which("systemctl") else None
    if done is None or done.returncode != 0:
        click.echo(f"muniment: systemd did not answer; when it runs, type: {' '.join(command)}", err=True)


def _crontab() -> str:
    """The user's crontab, empty when there is none. Raises AskedError when that cannot be told."""
    if not shutil.which("crontab"):
        raise AskedError("there is no crontab command on this machine; install cron, or use --target systemd")
    done = subprocess.run(["crontab", "-l"], capture_output=True, env=os.environ | {"LC_ALL": "C"}, check=False)
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "surrogateescape")
    said = done.stderr.decode("utf-8", "replace").strip()
    if any(words in said.lower() for words in NO_CRONTAB):
        return ""
    raise AskedError(f"your crontab could not be read, so it was left as it is: {said or 'crontab -l failed'}")


def _write_crontab(text: str) -> None:
    done = subprocess.run(
        ["crontab", "-"], input=text.encode("utf-8", "surrogateescape"), capture_output=True, check=False
    )
    if done.returncode != 0:
        raise AskedError(f"crontab refused the new lines: {done.stderr.decode('utf-8', 'replace').strip()}")
