"""Kill crawls at random moments: ``python -m benchmarks.kill --kills 200``.

Each crawl of the sample town is killed once (SIGKILL) and ended by the same command. The archive must then be that of
an uninterrupted crawl, every WARC file valid, and every record entered.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.sample.server import SamplePortal
from tests.crawling import command, environment, exchanges, muniment, rows, said, warcs

ARTICLES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One crawl that was killed and ended: what was found wrong, and what the kill left behind."""

    wrong: tuple[str, ...]
    left_open: bool
    recovered: int
    again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What an uninterrupted crawl left, and how many requests it took."""

    said: list[dict[str, object]]
    requests: int


def main() -> None:
    """Print a table of what held, and exit with 1 when something did not."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=200, help="how many crawls are killed")
    arguments.add_argument("--seed", type=int, default=1, help="of the random moments")
    options = arguments.parse_args()
    started = time.monotonic()
    with SamplePortal(articles=ARTICLES) as town:
        rounds = tuple(killed(town, options.kills, random.Random(options.seed)))
    print(table(rounds, time.monotonic() - started))
    sys.exit(any(one.wrong for one in rounds))


def killed(town: SamplePortal, kills: int, dice: random.Random) -> Iterator[Round]:
    """Crawl ``town`` as often, killing each crawl once."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        muniment("crawl", town.url, cwd=archive.parent)
        whole = Whole(said=said(archive), requests=len(town.requests))
    for _ in range(kills):
        with tempfile.TemporaryDirectory() as folder:
            yield one_round(town, Path(folder) / "archive.db", whole, dice)


def one_round(town: SamplePortal, archive: Path, whole: Whole, dice: random.Random) -> Round:
    """Kill a crawl at a random moment, end it with the same command, and compare."""
    before = len(town.requests)
    kill(town, archive, dice.randrange(whole.requests), dice.random() * 0.05)
    left_open = any(archive.with_suffix(".warc").glob("*.open"))
    done = muniment("crawl", town.url, cwd=archive.parent)
    recovered = rows(archive, "SELECT counts ->> 'recovered captures' AS n FROM crawls ORDER BY id DESC LIMIT 1")
    return Round(
        wrong=tuple(name for name, holds in checks(archive, done, whole).items() if not holds),
        left_open=left_open,
        recovered=recovered[0]["n"] or 0,
        again=len(town.requests) - before - whole.requests,
    )


def kill(town: SamplePortal, archive: Path, requests: int, seconds: float) -> None:
    """Start a crawl and kill it so many requests and seconds later."""
    wanted = len(town.requests) + requests
    crawl = subprocess.Popen(
        command("crawl", town.url),
        cwd=archive.parent,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(town.requests) < wanted and crawl.poll() is None:
        time.sleep(0.001)
    time.sleep(seconds)
    crawl.kill()
    crawl.wait()


def checks(archive: Path, done: subprocess.CompletedProcess[str], whole: Whole) -> dict[str, bool]:
    """Each thing that must hold after a killed crawl was ended."""
    files = [str(path) for path in warcs(archive)]
    valid = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, check=False)
    entered = rows(archive, 'SELECT warc, "offset", url, status FROM captures WHERE warc IS NOT NULL')
    return {
        "the same command ends the crawl": done.returncode == 0,
        "the archive says the same": said(archive) == whole.said,
        "every WARC file is valid": valid.returncode == 0 and not any(name.endswith(".open") for name in files),
        "every record is entered": Counter(exchanges(archive)) == Counter(tuple(row.values()) for row in entered),
        "no URL is left leased": not rows(archive, "SELECT url FROM frontier WHERE state = 'leased'"),
    }


def table(rounds: tuple[Round, ...], seconds: float) -> str:
    """What held how often."""
    wrong = Counter(name for one in rounds for name in one.wrong)
    lines = [
        f"{len(rounds)} crawls of {ARTICLES} articles killed once each, in {seconds:.0f} s:",
        *(f"  {name:<34} failed {count} times" for name, count in wrong.items()),
        f"  {'all held':<34} {sum(not one.wrong for one in rounds)} of {len(rounds)}",
        f"  {'WARC files left open and mended':<34} {sum(one.left_open for one in rounds)}",
        f"  {'captures entered from WARC':<34} {sum(one.recovered for one in rounds)}",
        f"  {'requests asked again, on average':<34} {sum(one.again for one in rounds) / max(len(rounds), 1):.1f}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
