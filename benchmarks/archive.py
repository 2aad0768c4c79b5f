"""How fast the archive stores and finds, and how large it grows, on generated Vietnamese news.

    python -m benchmarks.archive [--articles 10000]

Prints articles stored per second (bulk, index included), bytes per article, how long one visit's commit takes while
crawling, and p50 and p95 of ten kinds of query. The same number of articles gives the same archive.
"""

import argparse
import random
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from crawler.archive import Archive
from crawler.duplicates import fingerprint
from crawler.model import Article, Capture, Image, Kind, Precision, Timestamp, Visit
from crawler.portal import Portal, from_url

BATCH = 500
"""Articles to a transaction of a bulk import."""

_ONSETS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x".split()
_RIMES = "a ac ai am an ang anh ao ay e em en eo i ich iên inh o oa oc oi on ong ô ôi ông ơ ơi u ua ui ưng ương uy".split()
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Dương".split()
_MIDDLES = "Thị Văn Đức Minh Quang Thu Đông Tiến".split()
_GIVEN = "Huệ Phong Hòa Thủy Dũng Hằng Khỏe Lan Sơn Tuấn Hạnh Mai".split()
_FIRST_DAY = datetime(2012, 1, 1, 1, 0, tzinfo=UTC)


class Press:
    """Writes articles: words by Zipf's law, names, dates, a tenth of them copies on other portals."""

    def __init__(self, seed: int = 29) -> None:
        self._random = random.Random(seed)
        words = [o + _toned(r, t) for o in _ONSETS for r in _RIMES for t in _TONES]
        self._random.shuffle(words)
        self._words = words
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
        self._earlier: list[Article] = []

    def articles(self, portals: Sequence[Portal], count: int) -> Iterator[tuple[Article, int]]:
        """Articles with the number of their portal, in order of publication."""
        for number in range(count):
            of = number % len(portals)
            yield self._article(portals[of], number), of

    def _article(self, portal: Portal, number: int) -> Article:
        r = self._random
        at = _FIRST_DAY + timedelta(hours=number % 120_000, minutes=r.randrange(60))
        url = f"{portal.url}tin-tuc/{number}"
        published = Timestamp(at=at, precision=Precision.MINUTE, raw=f"{at:%d/%m/%Y %H:%M}")
        if self._earlier and r.random() < 0.1:
            copied = r.choice(self._earlier)
            headline, lead, body = copied.headline, copied.lead, copied.body
        else:
            headline, lead = self._text(12), self._text(45)
            body = tuple(self._text(r.randrange(40, 120)) for _ in range(7))
        article = Article(
            url=url,
            portal=portal.slug,
            headline=headline,
            lead=lead,
            body=body,
            byline=self._name(),
            unit="Trung tâm TTVH",
            published=published,
            section="Tin tức",
            images=tuple(Image(url=f"{url}/{n}.jpg", caption=self._text(14), position=n) for n in range(2)),
            language="vi",
        )
        self._earlier = [*self._earlier[-199:], article]
        return article

    def _text(self, length: int) -> str:
        words = self._random.choices(self._words, cum_weights=self._weights, k=length)
        words[length // 2 : length // 2] = [self._name(), str(self._random.randrange(3000))]
        return " ".join(words).capitalize() + "."

    def _name(self) -> str:
        return " ".join(map(self._random.choice, (_SURNAMES, _MIDDLES, _GIVEN)))


def _toned(rime: str, tone: str) -> str:
    """The rime with its tone mark on the last vowel but of open pairs: good enough to be counted."""
    at = max(i for i, c in enumerate(rime) if c in "aeiouyêôơư")
    return unicodedata.normalize("NFC", rime[: at + 1] + tone + rime[at + 1 :])


def visits(portals: Sequence[Portal], count: int) -> Iterator[tuple[Visit, int]]:
    """One visit for every article, as a crawl yields them."""
    for number, (article, of) in enumerate(Press().articles(portals, count)):
        capture = Capture(
            url=article.url,
            captured_at=_FIRST_DAY + timedelta(days=6000, seconds=number),
            status=200,
            media_type="text/html",
            digest=f"sha256:{number:064x}",
            size=40_000,
            warc="bench.warc.gz",
            offset=number * 9000,
            length=9000,
        )
        yield Visit(capture=capture, kind=Kind.ARTICLE, article=article), of


def fill(archive: Archive, count: int) -> float:
    """Store ``count`` articles in bulk; the seconds that took, without the writing of the articles."""
    portals = [from_url(f"https://town{n}.example/") for n in range(20)]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    ids = [archive.portal(portal, now) for portal in portals]
    spent = 0.0
    batch: list[tuple[Visit, int]] = []
    for each in visits(portals, count):
        batch.append(each)
        if len(batch) == BATCH:
            spent += _timed(lambda: _store(archive, batch, ids, now))
            batch = []
    return spent + _timed(lambda: _store(archive, batch, ids, now))


def _store(archive: Archive, batch: list[tuple[Visit, int]], ids: list[int], now: datetime) -> None:
    with archive.transaction():
        for visit, of in batch:
            archive.store(deduplicated(archive, visit), crawl_id=None, portal_id=ids[of], now=now)


def deduplicated(archive: Archive, visit: Visit) -> Visit:
    """The visit with its duplicates, as the pipeline finds them."""
    assert visit.article is not None
    own = fingerprint(visit.article)
    return replace(visit, fingerprint=own, duplicates=archive.near(own, visit.article))


def _timed(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
