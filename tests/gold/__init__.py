"""Pages with known answers, written by us: ``<name>.html`` is the article's markup, ``<name>.json`` what it says.

The JSON holds ``url``, optionally ``frame`` (a page of ``frames/`` that stands around the article), ``words`` (the
language of a frame that is written in several), ``zone``, ``charset`` and ``captured_at``, and ``expect``: the fields
of :class:`crawler.model.Article` that are compared. A body paragraph or lead written as ``first words … last words``
stands for the paragraph that begins and ends so.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.extract import extract
from crawler.model import Article, Attachment, Image, Timestamp
from crawler.page import Page
from crawler.portal import from_table

HERE = Path(__file__).parent
WORDS = json.loads((HERE / "frames" / "words.json").read_text(encoding="utf-8"))
CAPTURED = "2026-03-02T03:04:05+00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One page and what it says."""

    name: str
    html: str
    url: str
    zone: str
    charset: str
    captured_at: datetime
    expect: Mapping[str, Any]


def pages() -> Iterator[Gold]:
    """Every gold page of this folder."""
    for path in sorted(HERE.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        html = path.with_suffix(".html").read_text(encoding="utf-8")
        yield Gold(
            name=path.stem,
            html=framed(html, told.get("frame"), WORDS.get(told.get("words"), {})),
            url=told["url"],
            zone=told.get("zone", "Asia/Ho_Chi_Minh"),
            charset=told.get("charset", "utf-8"),
            captured_at=datetime.fromisoformat(told.get("captured_at", CAPTURED)).astimezone(UTC),
            expect=told["expect"],
        )


def framed(article: str, frame: str | None, fields: Mapping[str, str]) -> str:
    """The article's markup inside its frame, with every ``{{field}}`` filled in."""
    html = (HERE / "frames" / f"{frame}.html").read_text(encoding="utf-8") if frame else "{{article}}"
    html = html.replace("{{article}}", article)
    for name, value in fields.items():
        html = html.replace("{{" + name + "}}", value)
    return html.replace("{{self_link}}", "").replace("{{headline}}", "")


def read(gold: Gold) -> Article:
    """What extraction makes of a gold page."""
    portal = from_table(
        {"name": "Town", "url": gold.url, "timezone": gold.zone}, Path(f"{gold.name}.toml"), slug=gold.name
    )
    body = gold.html.encode(gold.charset)
    return extract(Page(url=gold.url, body=body, captured_at=gold.captured_at), portal)


def agrees(found: Any, expected: Any) -> bool:
    """True when a field is what the gold says; of images and attachments only the stated keys are compared."""
    if isinstance(expected, list):
        return len(found or ()) == len(expected) and all(map(agrees, found or (), expected))
    if isinstance(expected, dict):
        return all(agrees(getattr(found, key, None), value) for key, value in expected.items())
    if isinstance(expected, str) and " … " in expected:
        first, _, last = expected.partition(" … ")
        return isinstance(found, str) and found.startswith(first) and found.endswith(last)
    return bool(shown(found) == expected)


def shown(found: Any) -> Any:
    """A field's value as the gold files write it."""
    if isinstance(found, Timestamp):
        return found.isoformat()
    if isinstance(found, Image | Attachment):
        return {name: getattr(found, name) for name in found.__dataclass_fields__ if getattr(found, name) is not None}
    return [shown(item) for item in found] if isinstance(found, tuple) else found
