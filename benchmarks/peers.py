"""Quality and time beside other extractors, in one process: ``make bench CORPUS=folder PEERS=environment``.

    python -m benchmarks.peers CORPUS --packages PEERS/lib/python3.11/site-packages [--sets fundus,chinese] [--bare]

CORPUS is a folder with ``sets/``, ``score.py`` (``pages``, ``score``, ``METADATA``) and ``peers.py`` (the adaptors of
the peers); the packages of the peers and rapidfuzz come from an environment of their own. Every page goes through all
extractors before the next page, each time another one first; what is told of time is that of the processor.
"""

import argparse
import gzip
import importlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.extraction import extract

Extractor = Callable[[bytes, str | None], dict[str, Any]]

PEERS = ("trafilatura", "readability")
MEASURES = {
    "errors": "errors",
    "body_f1": "body", "segments_f1": "segments", "headline": "headline", "authors_f1": "authors", "date_day": "day",
    "date_minute": "minute", "captions_f1": "captions", "credits_f1": "credits",
}  # fmt: skip
"""The measures of ``score.py`` that are shown, and what they are called."""
WARM = 20
"""Pages that every extractor reads first, so that none is charged for loading its tables."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The pages of a corpus: its folder, its scorer, and whether the pages are stripped of their metadata."""

    folder: Path
    scorer: ModuleType
    bare: bool

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of its sets."""
        return tuple(sorted(path.name for path in (self.folder / "sets").iterdir()))

    def pages(self, name: str) -> Iterator[tuple[Mapping[str, Any], bytes]]:
        """The pages of a set: what is known of each (id, url, gold) and its bytes."""
        for row, path in self.scorer.pages(self.folder / "sets", name):
            raw = gzip.decompress(path.read_bytes())
            yield row, self.scorer.METADATA.sub(b"", raw) if self.bare else raw

    def scores(self, name: str, predictions: Path) -> Mapping[str, float | None]:
        """The measures of a set by name."""
        scores: Mapping[str, float | None] = self.scorer.score(self.folder / "sets", name, predictions)
        return scores


def main() -> None:
    """Print the table of quality, a row a set and extractor, and the table of time."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--packages", type=Path, help="the site-packages folder in which the peers are installed")
    arguments.add_argument("--sets", help="their names, separated by commas; all when left out")
    arguments.add_argument("--bare", action="store_true", help="strip the pages of their metadata first")
    options = arguments.parse_args()
    sys.path += [str(options.corpus), *([str(options.packages)] if options.packages else [])]
    scorer, peers = importlib.import_module("score"), importlib.import_module("peers")
    extractors: dict[str, Extractor] = {"muniment": extract} | {name: getattr(peers, name) for name in PEERS}
    corpus = Corpus(options.corpus, scorer, options.bare)
    sets = options.sets.split(",") if options.sets else corpus.sets
    print(f"| set | extractor | {' | '.join(MEASURES.values())} |\n|---|---|{'---|' * len(MEASURES)}")
    spent: dict[str, list[float]] = {name: [] for name in extractors}
    for row, raw in islice(corpus.pages(sets[0]), WARM):
        for each in extractors.values():
            timed(each, raw, row["url"])
    with tempfile.TemporaryDirectory() as folder:
        for name in sets:
            for extractor, seconds in run(corpus, name, extractors, Path(folder)).items():
                spent[extractor] += seconds
            for extractor in extractors:
                print(_row(name, extractor, corpus.scores(name, Path(folder) / f"{extractor}.jsonl")), flush=True)
    print("\n".join(times(spent)))


def run(corpus: Corpus, name: str, extractors: Mapping[str, Extractor], folder: Path) -> dict[str, list[float]]:
    """What each extractor finds in the pages of a set, written as the scorer reads it; seconds by extractor."""
    order = list(extractors)
    found: dict[str, list[str]] = {extractor: [] for extractor in order}
    spent: dict[str, list[float]] = {extractor: [] for extractor in order}
    for number, (row, raw) in enumerate(corpus.pages(name)):
        first = number % len(order)
        for extractor in (*order[first:], *order[:first]):
            seconds, result = timed(extractors[extractor], raw, row["url"])
            spent[extractor].append(seconds)
            told = {"id": row["id"], "ms": seconds * 1000, **result}
            found[extractor].append(json.dumps(told, ensure_ascii=False, default=corpus.scorer.iso))
    for extractor, lines in found.items():
        (folder / f"{extractor}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return spent


def timed(extractor: Extractor, body: bytes, url: str | None) -> tuple[float, dict[str, Any]]:
    """Seconds of the processor that a page took, and what was found; a page that an extractor fails on is an error."""
    started = time.process_time()
    try:
        found = extractor(body, url) or {}
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is its result
        found = {"error": f"{type(error).__name__}: {error}"[:300]}
    return time.process_time() - started, found


def times(spent: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The table of time: a row for each extractor, and its ratio to the first peer."""
    yield "\n| extractor | pages | median | mean | p95 |\n|---|---|---|---|---|"
    for name, seconds in spent.items():
        p95 = sorted(seconds)[int(len(seconds) * 0.95)]
        shown = (f"{1000 * s:.1f} ms" for s in (statistics.median(seconds), statistics.mean(seconds), p95))
        yield f"| {name} | {len(seconds)} | {' | '.join(shown)} |"
    ours, peer = spent["muniment"], spent[PEERS[0]]
    yield (
        f"\n{sum(ours) / sum(peer):.2f} x the time of {PEERS[0]} for all pages;"
        f" median page {statistics.median(a / b for a, b in zip(ours, peer, strict=True)):.2f} x"
    )


def _row(name: str, extractor: str, scores: Mapping[str, float | None]) -> str:
    shown = (scores.get(measure) for measure in MEASURES)
    return f"| {name} | {extractor} | {' | '.join('' if s is None else f'{s:.3f}' for s in shown)} |"


if __name__ == "__main__":
    main()
