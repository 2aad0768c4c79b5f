"""What makes a machine run ``muniment crawl --due`` again and again: systemd units and crontab lines. Pure."""

import shlex
from collections.abc import Mapping
from pathlib import Path

UNITS = ("muniment.service", "muniment.timer", "muniment-unwell.service")
MINUTES = 15
BEGIN, END = "# muniment: begin", "# muniment: end"

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
    return dict(zip(UNITS, (text.format(**values) for text in (_SERVICE, _TIMER, _UNWELL)), strict=True))


def crontab(crawl: list[str], folder: Path, *, before: str) -> str:
    """A user's crontab ``before`` with our lines, in place of those that were there."""
    line = f"*/{MINUTES} * * * * cd {shlex.quote(str(folder))} && {shlex.join(crawl)}".replace("%", "\\%")
    return f"{without(before)}{BEGIN}\n{line}\n{END}\n"


def without(before: str) -> str:
    """A user's crontab without our lines; all others stay as they are."""
    kept, ours = [], False
    for line in before.splitlines():
        ours = ours or line == BEGIN
        if not ours:
            kept.append(line)
        ours = ours and line != END
    return "".join(f"{line}\n" for line in kept)


def _escaped(text: str) -> str:
    """Text as a unit file holds it: a percent sign begins a specifier."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of ExecStart: in quotation marks, with what systemd reads in them escaped."""
    escaped = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'
