"""An article as rows for people and as plain values for JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from crawler.model import Article, Attachment, Image, Timestamp

NOT_READ = ("url", "portal", "origins")
"""Fields of an article that no reader finds."""

FIELDS = tuple(f.name for f in fields(Article) if f.name not in NOT_READ)


def rows(article: Article) -> Iterator[tuple[str, str, str | None]]:
    """Every field that was found: its name, its value as text, and the reader that found it."""
    for name in FIELDS:
        if text := as_text(getattr(article, name)):
            yield name, text, article.origins.get(name)


def as_text(value: object) -> str:
    """A field's value as a person reads it; the empty string when there is none."""
    match value:
        case None:
            return ""
        case Timestamp():
            return f"{value.isoformat()}  (to the {value.precision}; printed: {value.raw})"
        case Image():
            return _lines(value.url, caption=value.caption, credit=value.credit, alt=value.alt)
        case Attachment():
            return _lines(value.url, label=value.label, media_type=value.media_type)
        case tuple():
            separator = "\n\n" if any(len(as_text(v)) > 60 for v in value) else ", "
            return separator.join(as_text(v) for v in value)
        case _:
            return str(value)


def as_json(article: Article) -> Mapping[str, Any]:
    """The article as JSON takes it: times in ISO 8601 cut to their precision, with the printed text."""
    return asdict(article) | {name: _time(getattr(article, name)) for name in ("published", "updated")}


def _time(time: Timestamp | None) -> Mapping[str, str] | None:
    return {"at": time.isoformat(), "precision": time.precision, "raw": time.raw} if time else None


def _lines(first: str, **more: str | None) -> str:
    return "\n".join([first, *(f"{name}: {text}" for name, text in more.items() if text)])
