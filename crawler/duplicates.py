"""Exact and near duplicates: fingerprints and similarity of texts. Pure, the same in every process and for ever.

A text is seen as its shingles: the runs of five words of the folded text, hashed. About one hash in 32 (more of
short texts) is the sketch that candidates are looked up by; the final say is always ``near`` on all shingles.
"""

import hashlib
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from crawler.model import Article, Fingerprint
from crawler.text import words

JACCARD = 0.30
CONTAINMENT = 0.55
"""Two texts are near duplicates when they share this much of both, or of the shorter one."""

MIN_SHINGLES = 24
"""Shorter texts ("see the attached file") are duplicates only when they are the same."""

_RUN = 5
_PACKED, _SIZE = "I", 4
"""A shingle as it is packed, and its bytes."""
RATES = (1, 4, 16, 32)
"""One hash in so many is sampled: of short texts more, always such that the sketches of long ones are part of it."""
SHORTEST = {1: 0, 4: 64, 16: 192, 32: 384}
"""From how many shingles on a text is sampled at a rate."""
_FROM = [SHORTEST[rate] for rate in RATES]

_FEW_NUMBERS = 4
_SAME_WORDS, _SAME_FORM, _SAME_TEXT = 0.9, 0.8, 0.5
"""Texts with (almost) the same words must share 0.8 of their numbers to be one text, other texts half of them."""


def fingerprint(article: Article) -> Fingerprint:
    """What duplicates of ``article`` are found by."""
    said = words(text_of(article))
    return _fingerprint(_digest(words(article.headline or ""), said), _shingles(said))


def fingerprint_of(exact: str, text: str) -> Fingerprint:
    """The fingerprint of a stored article, by its ``text_of`` and what digests that and its headline."""
    return _fingerprint(exact, shingles(text))


def _fingerprint(exact: str, hashes: frozenset[int]) -> Fingerprint:
    return Fingerprint(exact=exact, sketch=sketch(hashes), shingles=array(_PACKED, sorted(hashes)).tobytes())


def text_of(article: Article) -> str:
    """The running text of an article, or the captions of a photo story: what duplicates are compared by."""
    captions = (image.caption for image in article.images if image.caption)
    return joined(article.lead, "\n\n".join(article.body), "\n".join(captions))


def joined(lead: str | None, body: str | None, captions: str | None) -> str:
    """``text_of`` for the columns of a stored article."""
    return "\n".join(filter(None, (lead, body))) or captions or ""


@lru_cache(maxsize=128)
def shingles(text: str) -> frozenset[int]:
    """The hashes of all runs of five words of ``text``."""
    # What shares a stock phrase is compared with the same dozen texts again and again.
    return _shingles(words(text))


def sketch(hashes: Iterable[int]) -> tuple[int, ...]:
    """The sampled hashes of a text, in order; empty for texts too short to be compared."""
    known = frozenset(hashes)
    if len(known) < MIN_SHINGLES:
        return ()
    one_in = rate(len(known))
    return tuple(sorted(h for h in known if h % one_in == 0))


def rate(length: int) -> int:
    """One in how many hashes of a text of ``length`` shingles is in its sketch."""
    return RATES[bisect_right(_FROM, length) - 1]


def sampled(own: Fingerprint) -> dict[int, int]:
    """How many hashes the sketch of a text has in common with sketches of each rate, at most."""
    known, sampled_at = own.sketch, rate(len(own.shingles) // _SIZE)
    return {each: len(known) if each <= sampled_at else sum(h % each == 0 for h in known) for each in RATES}


class Text(NamedTuple):
    """A text to be compared, with its shingles."""

    text: str
    shingles: frozenset[int]


def compared(text: str) -> Text:
    """``text`` ready to be compared."""
    return Text(text, shingles(text))


def unpacked(text: str, packed: bytes) -> Text:
    """A text ready to be compared, by the shingles in its fingerprint."""
    return Text(text, frozenset(array(_PACKED, packed)))


class Likeness(NamedTuple):
    """How much two texts share: of both together, and of the shorter one."""

    jaccard: float
    containment: float


def similarity(a: frozenset[int], b: frozenset[int]) -> Likeness:
    """How much two texts share, by their shingles."""
    if not a or not b:
        return Likeness(0.0, 0.0)
    shared = len(a & b)
    return Likeness(shared / (len(a) + len(b) - shared), shared / min(len(a), len(b)))


def formulaic(a: str, b: str) -> bool:
    """True when two alike texts are one form filled in twice: the same words around other numbers."""
    ours, theirs = words(a), words(b)
    mine, other = _numbers(ours), _numbers(theirs)
    fewer, shared = min(len(mine), len(other)), len(mine & other)
    if fewer < _FEW_NUMBERS or shared >= fewer * _SAME_FORM:
        return False
    jaccard, _ = similarity(_shingles(_without_numbers(ours)), _shingles(_without_numbers(theirs)))
    return jaccard > _SAME_WORDS or shared < fewer * _SAME_TEXT


def near(a: Text, b: Text) -> Likeness | None:
    """How alike two texts are, when one is a copy of the other or of a part of it."""
    like = similarity(a.shingles, b.shingles)
    if (like.jaccard < JACCARD and like.containment < CONTAINMENT) or formulaic(a.text, b.text):
        return None
    return like


def _numbers(said: list[bytes]) -> frozenset[bytes]:
    return frozenset(word for word in said if word[:1].isdigit())


def _without_numbers(said: list[bytes]) -> list[bytes]:
    return [word for word in said if not word[:1].isdigit()]


def _digest(headline: list[bytes], said: list[bytes]) -> str:
    """Equal for texts that differ in white space, punctuation, accents or capitals only."""
    return hashlib.blake2b(b" ".join((*headline, b"|", *said)), digest_size=16).hexdigest()


def _shingles(said: list[bytes]) -> frozenset[int]:
    hashed = struct.pack(f"<{len(said)}I", *map(crc32, said))
    return frozenset({crc32(hashed[at : at + _RUN * 4]) for at in range(0, len(hashed) - _RUN * 4 + 1, 4)})
