"""What several test modules share."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # As a shell leaves it for what runs in the background: commands under test would inherit it, and wait for ever.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True, kw_only=True)
class Demo:
    """Two runs of ``muniment demo`` in one folder; ``port`` is the sample portal's."""

    folder: Path
    port: int
    first: subprocess.CompletedProcess[str]
    second: subprocess.CompletedProcess[str]


def free_port() -> int:
    """A port that is free on loopback, as is the next one."""
    while True:
        with socket.socket() as one, socket.socket() as two, suppress(OSError):
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            two.bind(("127.0.0.1", port + 1))
            return port


def muniment(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, as a user does."""
    command = [sys.executable, "-m", "crawler.cli", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, run twice."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    first = muniment(folder, "demo", "--port", str(port))
    shutil.copy(folder / "archive.db", folder / "first.db")
    yield Demo(folder=folder, port=port, first=first, second=muniment(folder, "demo"))
