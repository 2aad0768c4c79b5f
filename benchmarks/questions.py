"""What is asked of an archive of generated news: every kind of query of the interface, several of each kind."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from benchmarks.press import PEOPLE, PORTALS, UNITS, Press, document
from crawler.archive import Archive
from crawler.archive.search import query
from crawler.text import strip_accents

RUNS = 25

Action = Callable[[], object]

_BY_BYLINE = """
SELECT articles.id, headline FROM people JOIN bylines ON person_id = people.id JOIN articles ON articles.id = article_id
WHERE name = ? ORDER BY published_at DESC LIMIT 20
"""
_PLAIN_TOOL = """
SELECT articles.id, published_at, articles.headline FROM articles JOIN articles_fts ON articles.id = articles_fts.rowid
WHERE articles_fts MATCH ? ORDER BY articles_fts.rank LIMIT 20
"""
_LATEST = "SELECT published_at, headline FROM search WHERE query = ? ORDER BY id DESC LIMIT 20"
_BEST_OF_LATEST = """
SELECT published_at, headline
FROM (SELECT published_at, headline, rank FROM search WHERE query = ? ORDER BY id DESC LIMIT 1000)
ORDER BY rank LIMIT 20
"""
_FACET = "SELECT portal, count(*) FROM search WHERE query = ? GROUP BY portal"
_BY_MONTH = "SELECT substr(published_at, 1, 7) AS month, count(*) FROM search WHERE query = ? GROUP BY month"
_BY_DATE = "SELECT published_at, headline FROM search WHERE query = ? ORDER BY published_at DESC LIMIT 20"
_QUOTED = "SELECT published_at, snippet FROM search WHERE query = ? ORDER BY rank LIMIT 20"

_LISTS = {
    "timeline by month": "SELECT substr(published_at, 1, 7) AS month, count(*) FROM articles GROUP BY 1",
    "who signs most": "SELECT name, articles FROM people_in_bylines ORDER BY articles DESC LIMIT 20",
    "what changed since": "SELECT seen_at, url FROM changes WHERE seen_at >= '2025-12-31' ORDER BY seen_at LIMIT 20",
    "what was removed": "SELECT * FROM removals ORDER BY removed_at DESC LIMIT 20",
    "copies on other portals": "SELECT * FROM reposts WHERE first_portal <> copy_portal LIMIT 20",
    "new in saved searches": "SELECT * FROM new_hits LIMIT 20",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for: words, names and numbers, by how many articles say them."""

    documents: list[str]
    persons: list[str]
    places: list[str]
    pairs: list[str]
    names: list[str]
    words: list[str]
    frequent: list[str]

    @property
    def some(self) -> list[str]:
        """Words in 2 % of all articles."""
        return [pair.split()[0] for pair in self.pairs]

    @property
    def plain(self) -> list[str]:
        """The same without accents."""
        return [strip_accents(word) for word in self.some]


def questions(archive: Archive) -> Mapping[str, Sequence[Action]]:
    """The queries by kind: first those of ``muniment search``, then those of plain tools."""
    press = Press()
    (last,) = archive.db.conn.execute("SELECT max(id) FROM articles").fetchone()
    asked = Asked(
        names=[press.name() for _ in range(RUNS)],
        words=[press.word() for _ in range(RUNS)],
        frequent=press.most_frequent(RUNS),
        pairs=[f"{press.rare()} {press.rare()}" for _ in range(RUNS)],
        persons=[press.person(n * PEOPLE // RUNS) for n in range(RUNS)],
        places=[press.place(n * PEOPLE // RUNS) for n in range(RUNS)],
        documents=[document(last * n // RUNS) for n in range(RUNS)],
    )
    with archive.transaction():
        archive.db.conn.execute(
            "INSERT INTO saved_searches (name, query, seen_up_to) SELECT ?, ?, max(id) - 10000 FROM articles",
            ("frequent", asked.frequent[0]),
        )
    lists = {name: [partial(_answered, archive, text)] for name, text in _LISTS.items()}
    share = _share(archive, asked.plain)
    return {**_searched(archive, asked, share), **_by_plain_tools(archive, asked, share), **lists}


def _searched(archive: Archive, asked: Asked, share: str) -> dict[str, list[Action]]:
    search = partial(query, archive)
    return {
        "a document number (5 articles)": [partial(search, number) for number in asked.documents],
        "a person as a phrase, 0.02 %": [partial(search, f'"{name}"') for name in asked.persons],
        "a person without accents, 0.02 %": [partial(search, f'"{strip_accents(name)}"') for name in asked.persons],
        "a word in 0.02 %": [partial(search, place) for place in asked.places],
        "two words, together in 0.04 %": [partial(search, pair) for pair in asked.pairs],
        "a word in 2 %": [partial(search, word) for word in asked.some],
        f"the same without accents, {share}": [partial(search, word) for word in asked.plain],
        "a person as a phrase, 4 %": [partial(search, f'"{name}"') for name in asked.names],
        "a person without accents, 4 %": [partial(search, strip_accents(name)) for name in asked.names],
        "a person in captions, 0.2 %": [partial(search, f'captions:"{name}"') for name in asked.names],
        "any word": [partial(search, word) for word in asked.words],
        "a frequent word": [partial(search, word) for word in asked.frequent],
        "two frequent words": [partial(search, " ".join(pair)) for pair in pairwise(asked.frequent)],
        "a frequent word, one portal": [
            partial(search, word, portal=PORTALS[n % 20].slug) for n, word in enumerate(asked.frequent)
        ],
    }


def _by_plain_tools(archive: Archive, asked: Asked, share: str) -> dict[str, list[Action]]:
    def sql(text: str, values: Sequence[str]) -> list[Action]:
        return [partial(_answered, archive, text, value) for value in values]

    return {
        "plain tool, a document number": sql(_PLAIN_TOOL, [f'"{number}"' for number in asked.documents]),
        "plain tool, a person as a phrase, 0.02 %": sql(_PLAIN_TOOL, [f'"{name}"' for name in asked.persons]),
        "plain tool, a person without accents, 0.02 %": sql(
            _PLAIN_TOOL, [f'"{strip_accents(name)}"' for name in asked.persons]
        ),
        "plain tool, a word in 0.02 %": sql(_PLAIN_TOOL, asked.places),
        "plain tool, two words, together in 0.04 %": sql(_PLAIN_TOOL, asked.pairs),
        "plain tool, a word in 2 %": sql(_PLAIN_TOOL, asked.some),
        f"plain tool, the same without accents, {share}": sql(_PLAIN_TOOL, asked.plain),
        "plain tool, a person as a phrase, 4 %": sql(_PLAIN_TOOL, [f'"{name}"' for name in asked.names]),
        "plain tool, a frequent word": sql(_PLAIN_TOOL, asked.frequent),
        "plain tool, a frequent word, the latest": sql(_LATEST, asked.frequent),
        "plain tool, a frequent word, the best of the latest 1,000": sql(_BEST_OF_LATEST, asked.frequent),
        "plain tool, a frequent word in a month": sql(
            _PLAIN_TOOL, [f"{w} AND filters: m201903" for w in asked.frequent]
        ),
        "a word in 2 % by date": sql(_BY_DATE, asked.some),
        "a word in 2 % by portal": sql(_FACET, asked.some),
        "frequent word by date": sql(_BY_DATE, asked.frequent[:5]),
        "frequent word by portal": sql(_FACET, asked.frequent[:5]),
        "frequent word by month": sql(_BY_MONTH, asked.frequent[:5]),
        "a word in 2 %, with a piece of the text": sql(_QUOTED, asked.some),
        "by byline": sql(_BY_BYLINE, UNITS),
        "latest of a portal": sql("SELECT * FROM news WHERE portal = ? LIMIT 20", [p.slug for p in PORTALS]),
    }


def _share(archive: Archive, values: Sequence[str]) -> str:
    """In what share of all articles each stands on average: 2.1 %."""
    (articles,) = archive.db.conn.execute("SELECT count(*) FROM articles").fetchone()
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    hits = sum(archive.db.conn.execute(sql, (value,)).fetchone()[0] for value in values)
    return f"{100 * hits / len(values) / articles:.2g} %"


def _answered(archive: Archive, sql: str, *values: str) -> object:
    return archive.db.conn.execute(sql, values).fetchall()


def timings(actions: Sequence[Action]) -> tuple[float, float]:
    """(p50, p95) in milliseconds; each action counts with the best of three runs."""
    best = sorted(min(_timed(action) for _ in range(3)) * 1000 for action in actions)
    return best[len(best) // 2], best[min(int(len(best) * 0.95), len(best) - 1)]


def _timed(action: Action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
