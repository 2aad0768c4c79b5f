"""Pages that are not the document asked for, though the server said 200: missing, login, firewall, broken."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.discover.prose import Prose
from crawler.discover.words import plain, words
from crawler.model import Verdict
from crawler.page import Page

LONG = 2500
"""Bytes of running text from which a page is a document, whatever its title says."""
SMALL = 100_000
"""Characters of source up to which a page can be a challenge."""

_SEPARATOR = re.compile(r"\s+[-–—|•·»:>/]+\s+|\s*[|•»]\s*")
_NO_WORD = re.compile(r"[^\w']+")
_CHALLENGE = re.compile(
    r"/cdn-cgi/challenge-platform/|__cf_chl|cf-browser-verification|_Incapsula_Resource|distil_r_captcha|"
    r"/_sec/cp_challenge|px-captcha|awswaf|DDoS-GUARD|ddos-guard/js|TSPD_101|sucuri_cloudproxy_js",
    re.IGNORECASE,
)
_COOKIE_SCRIPT = re.compile(r"document\.cookie\s*=[\s\S]{0,2000}location\.(reload|href|replace)", re.IGNORECASE)

MESSAGES = (
    ("missing", Verdict.SOFT_404, "says that the page is missing"),
    ("challenge", Verdict.BLOCKED, "a firewall or bot check"),
    ("broken", Verdict.BLOCKED, "an error message"),
    ("login", Verdict.BLOCKED, "asks for a login"),
)
_LONGEST = 80
_ROOM = 24
"""Characters that a message may have besides the known phrase."""
_NOTICES = etree.XPath(
    "//*[self::h1 or self::h2 or self::h3 or contains(@class, 'error') or contains(@class, 'alert')"
    " or contains(@class, '404')][string-length(normalize-space()) < 80]"
)


def condition(page: Page, text: Prose) -> tuple[Verdict, str] | None:
    """The verdict and why, for an HTML page that only says that the document cannot be had; else None."""
    if text.total > LONG:
        return None
    if len(page.text) < SMALL and _CHALLENGE.search(page.text):
        return Verdict.BLOCKED, "a firewall or bot check"
    if text.total < 400 and len(page.text) < SMALL and _COOKIE_SCRIPT.search(page.text):
        return Verdict.BLOCKED, "sets a cookie by script and reloads"
    for said in _announcements(page):
        for purpose, verdict, reason in MESSAGES:
            if _means(said, purpose):
                return verdict, f"{reason}: {said!r}"
    return None


def _announcements(page: Page) -> Iterator[str]:
    """What a page says it is: the parts of its title, its first headings and notices."""
    said = (*_SEPARATOR.split(page.title or ""), *(e.text_content() for e in islice(_NOTICES(page.tree), 12)))
    yield from (plain(text) for text in said if text and len(text) <= _LONGEST)


@lru_cache(maxsize=2048)
def _means(said: str, purpose: str) -> bool:
    bare = f" {_NO_WORD.sub(' ', said)} "
    return any(
        len(said) <= len(phrase) + _ROOM and (f" {phrase} " in bare if phrase.isascii() else phrase in said)
        for phrase in words(purpose)
    )
