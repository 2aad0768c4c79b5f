"""What makes a machine run ``muniment crawl --due`` again and again: systemd units and crontab lines. Pure."""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from crawler.cli.exits import AskedError

UNITS = ("muniment.service", "muniment.timer", "muniment-unwell.service")
MINUTES = 15
BEGIN, END = "# muniment: begin", "# muniment: end"
DUE = "crawl --due"
"""What every line of ours runs."""
MARK = "# Written by 'muniment schedule install'; 'muniment schedule remove' takes it away.\n"
"""The first line of a unit file of ours; one without it is somebody else's."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SERVICE = """\
[Unit]
Description=Crawl the portals that are due
OnFailure=muniment-unwell.service

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={crawl}
# Interrupted, locked and asked to pause go on by themselves.
SuccessExitStatus=4 5 7
Nice=10
"""
_TIMER = """\
[Unit]
Description=Crawl the portals that are due, every {minutes} minutes

[Timer]
OnCalendar=*:0/{minutes}
RandomizedDelaySec=120
Persistent=true

[Install]
WantedBy=timers.target
"""
_UNWELL = """\
[Unit]
Description=Say which portals are unhealthy

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={status}
"""


def units(crawl: list[str], status: list[str], folder: Path) -> Mapping[str, str]:
    """The systemd units by file name: a timer, the crawl it starts, and what says so when a crawl failed."""
    values = {
        "folder": _escaped(str(folder)),
        "crawl": " ".join(map(_quoted, crawl)),
        "status": " ".join(map(_quoted, status)),
        "minutes": MINUTES,
    }
    return dict(zip(UNITS, (MARK + text.format(**values) for text in (_SERVICE, _TIMER, _UNWELL)), strict=True))


def crontab(crawl: list[str], folder: Path, *, before: str) -> str:
    """A user's crontab ``before`` with our lines, in place of those that were there. Raises AskedError as without()."""
    line = f"*/{MINUTES} * * * * cd {shlex.quote(str(folder))} && {shlex.join(crawl)}".replace("%", "\\%")
    above, _, below = _parted(before)
    return f"{_whole(above)}{BEGIN}\n{line}\n{END}\n{below}"


def without(before: str) -> str:
    """A user's crontab without our lines; all others stay byte for byte.

    Raises AskedError when our marks stand otherwise than we set them: what is ours can then only be guessed.
    """
    above, _, below = _parted(before)
    return above + below


def _parted(text: str) -> tuple[str, str, str]:
    """(what stands above our block, the block, what stands below it); without a block all stands above it."""
    lines = _LINE.findall(text)
    marks = [(number, line.rstrip("\r\n")) for number, line in enumerate(lines) if line.rstrip("\r\n") in (BEGIN, END)]
    if not marks:
        return text, "", ""
    if [mark for _, mark in marks] != [BEGIN, END]:
        found = ", ".join(f"'{mark}' in line {number + 1}" for number, mark in marks)
        raise AskedError(
            f"your crontab was left as it is: it should hold '{BEGIN}' and below it '{END}', once, but has"
            f" {found}; mend that with 'crontab -e' and try again"
        )
    (first, _), (last, _) = marks
    others = [number for number in range(first + 1, last) if lines[number].strip() and DUE not in lines[number]]
    if others:
        raise AskedError(
            f"your crontab was left as it is: line {others[0] + 1} stands between our marks and is not"
            " ours; move it with 'crontab -e' and try again"
        )
    return "".join(lines[:first]), "".join(lines[first : last + 1]), "".join(lines[last + 1 :])


def _whole(text: str) -> str:
    """Text whose last line ends: cron ignores one that does not."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def _escaped(text: str) -> str:
    """Text as a unit file holds it: a percent sign begins a specifier."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of ExecStart: in quotation marks, with what systemd reads in them escaped."""
    escaped = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'
