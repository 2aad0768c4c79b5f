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

    \b
    Example:
      muniment schedule remove
    """
    if target == "cron":
        _write_crontab(timers.without(_crontab()))
        click.echo("muniment: the line is no longer in your crontab")
        return
    _systemctl("disable", "--now", "muniment.timer")
    for name in timers.UNITS:
        (_unit_folder() / name).unlink(missing_ok=True)
        click.echo(f"muniment: removed {_unit_folder() / name}")
    _systemctl("daemon-reload")


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
    if not shutil.which("crontab"):
        raise AskedError("there is no crontab command on this machine; install cron, or use --target systemd")
    done = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _write_crontab(text: str) -> None:
    done = subprocess.run(["crontab", "-"], input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AskedError(f"crontab refused the new lines: {done.stderr.strip()}")
