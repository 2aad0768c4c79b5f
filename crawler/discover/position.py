"""Where an article stood in a listing, taken out of its URL.

Boards hand the page number and the search on to the article (``view.do?nttId=7&pageIndex=3&endDate=2026-01-07``): the
same article gets a new URL whenever it moves to the next page, or every day.
"""

import re
from collections.abc import Iterable

from crawler.discover.canonical import query_pairs

POSITION = re.compile(
    r"(cur(r|rent)?|now|move|n|c|go)?_?page(_?(index|no|num|number|unit|size))?|start|offset|list(_?cnt)|record_?cnt|"
    r"(sr?ch|search|sch|s)_?(word|keyword|key|txt|text|condition|type|gubun|column|field|str|val(ue)?|sdate|edate)|"
    r"(start|end|begin|from|to|b|s|e)_?(date|dt|start|end|day)|period|keyword|key|word",
    re.IGNORECASE,
)
"""Query keys that say where in which list the reader came from, when another key names the article."""


def without_position(urls: Iterable[str]) -> dict[str, str]:
    """For the URLs of one list's entries those to keep instead, where another key tells the entries apart."""
    queries = {url: dict(query_pairs(url.partition("?")[2])) for url in urls if "?" in url}
    if len(queries) < 2:
        return {}
    values: dict[str, set[str]] = {}
    for query in queries.values():
        for key, value in query.items():
            values.setdefault(key, set()).add(value)
    named = any(len(found) == len(queries) and not POSITION.fullmatch(key) for key, found in values.items())
    positions = {key for key, found in values.items() if len(found) == 1 and POSITION.fullmatch(key)} if named else ()
    return {url: _without(url, positions) for url in queries} if positions else {}


def _without(url: str, keys: Iterable[str]) -> str:
    path, _, query = url.partition("?")
    kept = "&".join(part for part in query.split("&") if part.partition("=")[0] not in keys)
    return f"{path}?{kept}" if kept else path
