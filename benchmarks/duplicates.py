"""How many copies of an article are found after twelve kinds of edit, and how many bulletins are taken for copies.

    python -m benchmarks.duplicates [--articles 300] [--bulletins 600]

Originals, copies and bulletins are written by ``benchmarks.press`` and looked up in a real archive. A bulletin fills
the same form with other numbers every day: none is a copy of another.
"""

import argparse
import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.press import Press, visit_of
from crawler.archive import Archive
from crawler.duplicates import fingerprint
from crawler.model import Article
from crawler.portal import from_url
from crawler.text import strip_accents

Edit = Callable[[Article, Press, random.Random], Article]

HERE, THERE = from_url("https://here.example/"), from_url("https://there.example/")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _words(share: float) -> Edit:
    def edit(article: Article, press: Press, r: random.Random) -> Article:
        def other(word: str) -> str:
            return press.word() if r.random() < share else word

        return replace(article, body=tuple(" ".join(map(other, p.split())) for p in article.body))

    return edit


def _retitled(article: Article, press: Press, _r: random.Random) -> Article:
    return replace(article, headline=press.text(11), lead=press.text(40))


def _appended(article: Article, press: Press, _r: random.Random) -> Article:
    return replace(article, body=(*article.body, press.text(90), press.text(80)))


def _boilerplate(article: Article, press: Press, _r: random.Random) -> Article:
    return replace(article, lead=None, body=(press.text(25), article.lead or "", *article.body, press.text(50)))


def _excerpt(article: Article, _press: Press, _r: random.Random) -> Article:
    return replace(article, lead=None, body=article.body[2:5])


def _cut(article: Article, _press: Press, _r: random.Random) -> Article:
    return replace(article, body=article.body[: len(article.body) // 2 + 1])


def _digest(article: Article, press: Press, _r: random.Random) -> Article:
    around = tuple(press.text(90) for _ in range(6))
    return replace(article, lead=None, body=(*around[:3], *article.body, *around[3:]))


def _reordered(article: Article, _press: Press, r: random.Random) -> Article:
    return replace(article, body=tuple(r.sample(article.body, len(article.body))))


def _unaccented(article: Article, _press: Press, _r: random.Random) -> Article:
    return replace(article, lead=strip_accents(article.lead or ""), body=tuple(map(strip_accents, article.body)))


def _respaced(article: Article, _press: Press, _r: random.Random) -> Article:
    return replace(article, body=tuple(p.replace(" ", "\u00a0 ").replace(",", " ;").upper() for p in article.body))


def _corrected(article: Article, _press: Press, _r: random.Random) -> Article:
    first, *rest = article.body
    words = ["2021" if word.isdigit() else word for word in first.split()]
    return replace(article, body=(" ".join(words), *rest), headline=f"Đính chính: {article.headline}")


EDITS: Mapping[str, Edit] = {
    "5 % of words": _words(0.05),
    "10 % of words": _words(0.10),
    "title and lead": _retitled,
    "appended": _appended,
    "boilerplate": _boilerplate,
    "excerpt": _excerpt,
    "cut": _cut,
    "in a digest": _digest,
    "reordered": _reordered,
    "unaccented": _unaccented,
    "respaced": _respaced,
    "corrected": _corrected,
}


def measure(articles: int, bulletins: int) -> dict[str, float]:
    """Recall by kind of edit, and how many pairs of bulletins were taken for copies."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive.db") as archive:
        press = Press()
        originals = [press.article(HERE, number) for number in range(articles)]
        stored = _store(archive, originals)
        found = {name: _recall(archive, originals, stored, edit) for name, edit in EDITS.items()}
        return found | {"false pairs": float(_false_pairs(archive, press, bulletins))}


def _store(archive: Archive, articles: list[Article]) -> list[int]:
    portal_id = archive.portal(HERE, NOW)
    with archive.transaction():
        kept = [
            archive.store(visit_of(article, number), crawl_id=None, portal_id=portal_id, now=NOW)
            for number, article in enumerate(articles)
        ]
    return [each.article_id or 0 for each in kept]


def _recall(archive: Archive, originals: list[Article], stored: list[int], edit: Edit) -> float:
    press, r = Press(seed=30), random.Random(31)
    hits = 0
    for original, article_id in zip(originals, stored, strict=True):
        copy = replace(edit(original, press, r), url=original.url.replace("here", "there"))
        hits += article_id in {found.article_id for found in archive.near(fingerprint(copy), copy)}
    return hits / len(originals)


def _false_pairs(archive: Archive, press: Press, count: int) -> int:
    bulletins = [press.bulletin(HERE, number, form=number) for number in range(count)]
    portal_id = archive.portal(HERE, NOW)
    pairs = 0
    with archive.transaction():
        for number, bulletin in enumerate(bulletins):
            visit = visit_of(bulletin, 1_000_000 + number)
            pairs += len(archive.near(fingerprint(bulletin), bulletin))
            archive.store(visit, crawl_id=None, portal_id=portal_id, now=NOW)
    return pairs


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--bulletins", type=int, default=600)
    given = options.parse_args()
    for name, figure in measure(given.articles, given.bulletins).items():
        print(f"{name:20} {figure:8.3f}")


if __name__ == "__main__":
    main()
