"""Pages of one kind, written by us: every markup of ``notices.html`` and ``others.html`` in every language.

A markup begins at ``=== name window-title path``. It stands in one of the frames, which turn from language to language;
``languages.json`` has the words.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = json.loads((HERE / "languages.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One page: what markup in which language and frame, its URL and its source."""

    markup: str
    language: str
    frame: str
    url: str
    html: str


def pages(file: str) -> Iterator[Made]:
    """Every markup of a file in every language, each in the frame whose turn it is."""
    frames = dict(_parts("frames.html"))
    for row, (head, source) in enumerate(_parts(file)):
        name, _, rest = head.partition(" ")
        window, _, path = rest.rpartition(" ")
        for column, (language, words) in enumerate(LANGUAGES.items()):
            frame = list(frames)[(row + column) % len(frames)]
            around = frames[frame].replace("%%window%%", window).replace("%%content%%", source)
            url = f"https://town.example{path}"
            yield Made(markup=name, language=language, frame=frame, url=url, html=around.format(**words))


def _parts(file: str) -> Iterator[tuple[str, str]]:
    for part in (HERE / file).read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, source = part.partition("\n")
        yield head, source
