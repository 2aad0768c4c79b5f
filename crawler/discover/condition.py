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
SHORT = 800
BARE = 300
FEW = 10
"""Links that a challenge may have."""
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
    ("missing", Verdict.SOFT_404, "says that the page is missing", LONG),
    ("challenge", Verdict.BLOCKED, "a firewall or bot check", SHORT),
    ("broken", Verdict.BLOCKED, "an error message", SHORT),
    ("login", Verdict.BLOCKED, "asks for a login", SHORT),
)
"""Purpose in words.toml, verdict, reason, and the text up to which a page that says so is nothing else."""

_LONGEST = 80
_ROOM = 24
"""Characters that a message may have besides the known phrase."""
_NOTICES = etree.XPath(
    "//*[self::h2 or self::h3 or contains(@class, 'error') or contains(@class, 'alert') or contains(@class, '404')]"
    "[not(.//a)][string-length(normalize-space()) < 80]"
)


def condition(page: Page, text: Prose, links: int) -> tuple[Verdict, str] | None:
    """The verdict and why, for an HTML page that only says that the document cannot be had; else None."""
    if said := _asks_for_password(page):
        return Verdict.BLOCKED, f"asks for a login: {said!r}"
    if text.total > LONG:
        return None
    if text.total < SHORT and links < FEW and len(page.text) < SMALL:
        if _CHALLENGE.search(page.text):
            return Verdict.BLOCKED, "a firewall or bot check"
        if text.total < BARE and _COOKIE_SCRIPT.search(page.text):
            return Verdict.BLOCKED, "sets a cookie by script and reloads"
    return _message(page, text)


def _asks_for_password(page: Page) -> str | None:
    """What a page calls itself that is named after a login and has a field for the password, whatever else it says."""
    if "password" not in page.text or page.tree.find(".//input[@type='password']") is None:
        return None
    return next((said for said in _title_parts(page) if _means(said, "login")), None)


def _message(page: Page, text: Prose) -> tuple[Verdict, str] | None:
    for said in _names(page):
        for purpose, verdict, reason, limit in MESSAGES:
            if text.total <= limit and _means(said, purpose):
                return verdict, f"{reason}: {said!r}"
    for said in _notices(page) if text.total <= SHORT else ():
        if _means(said, "missing"):
            return Verdict.SOFT_404, f"says that the page is missing: {said!r}"
    return None


def _names(page: Page) -> Iterator[str]:
    """What the page calls itself: the parts of its title and its first heading."""
    yield from _title_parts(page)
    heading = next((h.text_content() for h in page.tree.iter("h1")), "")
    if heading and len(heading) <= _LONGEST:
        yield plain(heading)


def _title_parts(page: Page) -> Iterator[str]:
    yield from (plain(part) for part in _SEPARATOR.split(page.title or "") if part and len(part) <= _LONGEST)


def _notices(page: Page) -> Iterator[str]:
    yield from (plain(e.text_content()) for e in islice(_NOTICES(page.tree), 12))


@lru_cache(maxsize=2048)
def _means(said: str, purpose: str) -> bool:
    bare = f" {_NO_WORD.sub(' ', said)} "
    return any(
        len(said) <= len(phrase) + _ROOM and (f" {phrase} " in bare if phrase.isascii() else phrase in said)
        for phrase in words(purpose)
    )
