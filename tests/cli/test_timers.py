"""Timers and crontab lines: printed, installed and removed, and nothing else touched."""

import os
from configparser import ConfigParser
from pathlib import Path

import pytest

from crawler.cli.exits import AskedError
from crawler.cli.timers import BEGIN, END, UNITS, crontab, units, without
from tests.crawling import muniment

CRAWL = ["/srv/m/bin/muniment", "crawl", "--due", "--archive", "/srv/my towns/100%/archive.db"]
OTHERS = "MAILTO=me\n5 4 * * * backup\n"

CRONTAB = """#!/bin/sh
case "$1" in
  -l) [ -f "$HOME/crontab" ] || { echo "no crontab for you" >&2; exit 1; }; cat "$HOME/crontab" ;;
  -) cat > "$HOME/crontab.new" && mv "$HOME/crontab.new" "$HOME/crontab"; echo written >> "$HOME/log" ;;
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
    between = once.replace(OTHERS, "MAILTO=me\n") + "5 4 * * * backup\r\n\x0c\u2028# end"
    again = crontab(["/else/muniment", "crawl", "--due"], Path("/srv"), before=between)
    assert without(again) == without(between) == "MAILTO=me\n5 4 * * * backup\r\n\x0c\u2028# end"
    assert again.index("/else/muniment") < again.index("backup")
    assert crontab(CRAWL, Path("/srv"), before="5 4 * * * cut").startswith("5 4 * * * cut\n#")


LINE = "*/15 * * * * cd /srv && muniment crawl --due"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((BEGIN, LINE), f"has '{BEGIN}' in line 2;"),
        ((LINE, END), f"has '{END}' in line 3;"),
        ((END, LINE, BEGIN), f"has '{END}' in line 2, '{BEGIN}' in line 4;"),
        ((BEGIN, BEGIN, LINE, END), f"'{BEGIN}' in line 2, '{BEGIN}' in line 3"),
        ((BEGIN, LINE, END, BEGIN, LINE, END), "in line 5"),
        ((BEGIN, LINE, "1 1 * * * backup", END), "line 4 stands between our marks and is not ours"),
    ],
    ids=["no end", "no begin", "turned round", "begun twice", "two blocks", "a line of others"],
)
def test_a_damaged_block_is_refused_and_nothing_written(
    tmp_path: Path, home: dict[str, str], lines: tuple[str, ...], told: str
) -> None:
    text = "\n".join(("MAILTO=me", *lines, "5 4 * * * backup", ""))
    with pytest.raises(AskedError):
        without(text)
    (tmp_path / "crontab").write_text(text)
    for verb in ("remove", "install"):
        refused = muniment("schedule", verb, "--target", "cron", cwd=tmp_path, **home)
        assert refused.returncode == 2 and told in refused.stderr and refused.stderr.count("\n") == 1, refused.stderr
    assert (tmp_path / "crontab").read_text() == text and not (tmp_path / "log").exists()


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
    again = muniment("schedule", "remove", cwd=tmp_path, **home)
    assert again.returncode == 0 and "nothing was changed" in again.stdout and again.stderr == ""


def test_a_unit_of_others_under_our_name_is_left_alone(tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path), "PATH": str(tmp_path)}
    muniment("schedule", "install", cwd=tmp_path, **home)
    folder = tmp_path / "systemd" / "user"
    (folder / "muniment.timer").write_text("[Timer]\nOnCalendar=monthly\n")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for verb in ("remove", "install"):
        refused = muniment("schedule", verb, cwd=tmp_path, **home)
        assert refused.returncode == 2 and "muniment.timer: not written by" in refused.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


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


def test_what_others_wrote_is_kept_byte_for_byte(tmp_path: Path, home: dict[str, str]) -> None:
    kept, others = (
        tmp_path / "crontab",
        b"# caf\xe9\r\n\t5 4 * * * backup \n\n\n@reboot x\x0c\x1c# muniment: beginner\n",
    )
    kept.write_bytes(others)
    for verb in ("install", "install", "remove"):
        done = muniment("schedule", verb, "--target", "cron", cwd=tmp_path, **home)
        assert done.returncode == 0, done.stderr
    assert kept.read_bytes() == others


def test_remove_writes_nothing_where_nothing_is_ours(tmp_path: Path, home: dict[str, str]) -> None:
    done = muniment("schedule", "remove", "--target", "cron", cwd=tmp_path, **home)
    assert done.returncode == 0 and "nothing was changed" in done.stdout
    assert not (tmp_path / "crontab").exists()
    for text in ("", OTHERS, "5 4 * * * cut"):
        (tmp_path / "crontab").write_text(text)
        assert muniment("schedule", "remove", "--target", "cron", cwd=tmp_path, **home).returncode == 0
        assert (tmp_path / "crontab").read_text() == text
    assert not (tmp_path / "log").exists()


def test_a_crontab_that_cannot_be_read_is_not_replaced(tmp_path: Path, home: dict[str, str]) -> None:
    (tmp_path / "bin" / "crontab").write_text(f"#!/bin/sh\n[ $1 = -l ] && echo 'cannot chdir' >&2 && exit 1\n{CRONTAB}")
    (tmp_path / "crontab").write_text(OTHERS)
    for verb in ("install", "remove"):
        refused = muniment("schedule", verb, "--target", "cron", cwd=tmp_path, **home)
        assert refused.returncode == 2 and "could not be read, so it was left as it is: cannot chdir" in refused.stderr
    assert (tmp_path / "crontab").read_text() == OTHERS


def test_a_machine_without_cron_is_told(tmp_path: Path) -> None:
    told = muniment("schedule", "install", "--target", "cron", cwd=tmp_path, PATH=str(tmp_path))
    assert told.returncode == 2 and "use --target systemd" in told.stderr
