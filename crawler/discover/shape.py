"""What URLs of one kind have in common: the same words, other numbers. Pure."""

import re

_NUMBER = re.compile(r"\d+")


def shape(url: str) -> str | None:
    """A URL with its numbers blurred, so that the pages of one calendar or counter share it; None without numbers."""
    start = url.find("/", 8)
    blurred, count = _NUMBER.subn("#", url[start:])
    return url[:start] + blurred if count else None


def lies_at(url: str, other: str) -> bool:
    """True when ``url`` lies at the path of ``other``, or beneath it, but for numbers."""
    return _path(url).startswith(_path(other))


def _path(url: str) -> str:
    return _NUMBER.sub("#", url.partition("?")[0].rstrip("/"))
