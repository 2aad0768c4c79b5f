"""What portals print on links and messages, by purpose (``words.toml``)."""

import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from crawler.text import NON_JOINER, squash

TABLE = Path(__file__).with_name("words.toml")


@cache
def words(purpose: str) -> frozenset[str]:
    """Every word or phrase of all languages for one purpose of ``words.toml``, folded."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))[purpose]
    return frozenset(plain(word) for language in table.values() for word in language)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """``text`` on one line, in lower case, without accents; how link texts are compared with word lists."""
    if text.isascii():
        return " ".join(text.lower().split())
    letters = unicodedata.normalize("NFD", squash(text).casefold().replace("đ", "d").replace(NON_JOINER, ""))
    return unicodedata.normalize("NFC", "".join(c for c in letters if not "\u0300" <= c <= "\u036f"))
