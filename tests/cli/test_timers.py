"""Timers and crontab lines: printed, installed and removed, and nothing else touched."""

import os
from configparser import ConfigParser
from pathlib import Path

import pytest

from crawler.cli.timers import UNITS, crontab, units, without
from tests.crawling import muniment

CRAWL = ["/srv/m/bin/muniment", "crawl", "--due", "--archive", "/srv/my towns/100%/archive.db"]
OTHERS = "MAILTO=me\n5 4 * * * backup\n"

CRONTAB = """#!/bin/sh
case "$1" in
  -l) [ -f "$HOME/crontab" ] || { echo "no crontab for you" >&2; exit 1; }; cat "$HOME/crontab" ;;
  -) cat > "$HOME/crontab" ;;
esac
"""
"""The interface of crontab(1) over a file, for a machine without cron."""


def test_the_units_hold_what_systemd_reads() -> None:
    made = units(CRAWL, [CRAWL[0], "status"], Path("/srv/my towns"))
    assert tuple(made) == UNITS
    parsed = {name: ConfigParser(interpolation=None, delimiters=("=",)) for name in made}
    for name, text in made.items():
        parsed[name].read_string(text)
    service = parsed["muniment.service"]["Service"]
    assert service["ExecStart"] == (
        '"/srv/m/bin/muniment" "crawl" "--due" "--archive" "/srv/my towns/100%%/archive.db"'
    )
    assert service["WorkingDirectory"] == "/srv/my towns"
    assert parsed["muniment.service"]["Unit"]["OnFailure"] == "muniment-unwell.service"
    timer = parsed["muniment.timer"]["Timer"]
    assert (timer["Persistent"], timer["OnCalendar"]) == ("true", "*:0/15")
    assert int(timer["RandomizedDelaySec"]) > 0


def test_the_crontab_keeps_what_others_wrote() -> None:
    once = crontab(CRAWL, Path("/srv/my towns"), before=OTHERS)
    assert once.startswith(OTHERS) and "cd '/srv/my towns' && /srv/m/bin/muniment crawl --due" in once
    assert "100\\%" in once
    assert crontab(CRAWL, Path("/srv/my towns"), before=once) == once
    assert without(once) == OTHERS and without(OTHERS) == OTHERS


def test_install_writes_what_print_shows_and_remove_takes_it_away(tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path), "PATH": str(tmp_path)}
    printed = muniment("schedule", "print", cwd=tmp_path, **home).stdout
    installed = muniment("schedule", "install", cwd=tmp_path, **home)
    assert installed.returncode == 0 and "type: systemctl --user enable --now muniment.timer" in installed.stderr
    folder = tmp_path / "systemd" / "user"
    for name in UNITS:
        assert f"# {folder / name}\n{(folder / name).read_text()}" in printed
    (folder / "other.service").write_text("[Unit]\n")
    assert muniment("schedule", "remove", cwd=tmp_path, **home).returncode == 0
    assert [path.name for path in folder.iterdir()] == ["other.service"]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "crontab").write_text(CRONTAB)
    (bin_ / "crontab").chmod(0o755)
    return {"HOME": str(tmp_path), "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}


def test_cron_is_installed_and_removed(tmp_path: Path, home: dict[str, str]) -> None:
    kept = tmp_path / "crontab"
    assert muniment("schedule", "install", "--target", "cron", cwd=tmp_path, **home).returncode == 0
    assert kept.read_text().count("crawl --due") == 1
    kept.write_text(OTHERS + kept.read_text())
    muniment("schedule", "install", "--target", "cron", cwd=tmp_path, **home)
    assert kept.read_text().count("crawl --due") == 1
    assert muniment("schedule", "remove", "--target", "cron", cwd=tmp_path, **home).returncode == 0
    assert kept.read_text() == OTHERS


def test_a_machine_without_cron_is_told(tmp_path: Path) -> None:
    told = muniment("schedule", "install", "--target", "cron", cwd=tmp_path, PATH=str(tmp_path))
    assert told.returncode == 2 and "use --target systemd" in told.stderr
