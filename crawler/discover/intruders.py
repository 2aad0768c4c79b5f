"""Links that somebody else has put into a portal's page: gambling and the like, often hidden from readers.

In April 2023 such links were found in 90 Vietnamese government sites. One visible link may be news, hidden ones and
many are not.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.discover.words import plain
from crawler.page import Page
from crawler.portal import Portal

TABLE = Path(__file__).with_name("intruders.toml")
MANY = 3
"""Different hosts that visible links of that kind must lead to, to be no accident."""
SHOWN = 5

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px|pt|em)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\s*\d{3,}|(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)


def intruders(page: Page, portal: Portal) -> tuple[str, ...]:
    """Evidence, a line for each link (``'text' -> host, hidden``); empty when the page's links are its own."""
    found = list(_suspects(page, portal))
    hidden = [line for line, _, concealed in found if concealed]
    if not hidden and len({host for _, host, _ in found}) < MANY:
        return ()
    return tuple(dict.fromkeys(hidden or [line for line, _, _ in found]))[:SHOWN]


def speaks_of_gambling(text: str) -> bool:
    """True for text that holds one of the words such links are made of."""
    return bool(_words().search(plain(text)))


def _suspects(page: Page, portal: Portal) -> Iterator[tuple[str, str, bool]]:
    """(evidence, host, whether hidden) of links that lead away and speak of such things."""
    for link in page.tree.iter("a"):
        host = _host(link.get("href"))
        if host is None or host.removeprefix("www.") in portal.scope.hosts:
            continue
        text = plain(link.text_content()[:200])
        if _words().search(text) or _hosts().search(host):
            concealed = _concealed(link)
            yield f"{text!r} -> {host}{', hidden' if concealed else ''}", host, concealed


def _host(href: str | None) -> str | None:
    if not href or not href.lower().startswith(("http://", "https://", "//")):
        return None
    try:
        return urlsplit(href).netloc.lower() or None
    except ValueError:
        return None


def _concealed(link: HtmlElement) -> bool:
    return any(
        e.get("hidden") is not None or _HIDDEN.search(e.get("style") or "") for e in (link, *link.iterancestors())
    )


@cache
def _table() -> dict[str, list[str]]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {**{key: words for key, words in table.items() if key != "hosts"}, "hosts": table["hosts"]["any"]}


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(_pattern(word) for key, words in _table().items() if key != "hosts" for word in words))


@cache
def _hosts() -> re.Pattern[str]:
    return re.compile(_any_of(_table()["hosts"]))


def _pattern(word: str) -> str:
    stem = re.escape(plain(word.removesuffix("*")))
    # Scripts without spaces have no word boundaries.
    return (rf"\b{stem}" + ("" if word.endswith("*") else r"\b")) if stem.isascii() else stem


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
