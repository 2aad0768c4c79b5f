"""Pages that are not the document asked for, though the server said 200: missing, login, firewall, broken."""

import re
from collections.abc import Iterator

from crawler.discover.words import plain, words
from crawler.model import Verdict
from crawler.page import Page
from crawler.text import squash

SHORT = 4000
"""Characters of visible text up to which a page can be a challenge or an error message and nothing else."""

_SEPARATOR = re.compile(r"\s+[-–—|•·»:>/]+\s+|\s*[|•»]\s*")
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
_NO_WORD = re.compile(r"[^\w']+")
_ROOM = 24
"""Characters that a message may have besides the known phrase."""


def condition(page: Page) -> tuple[Verdict, str] | None:
    """The verdict and why, for an HTML page that only says that the document cannot be had; else None."""
    text = squash(page.tree.text_content())
    if len(text) < SHORT and _CHALLENGE.search(page.text):
        return Verdict.BLOCKED, "a firewall or bot check"
    if len(text) < 400 and _COOKIE_SCRIPT.search(page.text):
        return Verdict.BLOCKED, "sets a cookie by script and reloads"
    for said in _announcements(page):
        for purpose, verdict, reason in MESSAGES:
            if _means(said, purpose) and (purpose == "missing" or len(text) < SHORT):
                return verdict, f"{reason}: {said!r}"
    return None


def _announcements(page: Page) -> Iterator[str]:
    """What a page says it is: the parts of its title and its first headings."""
    for part in _SEPARATOR.split(page.title or ""):
        yield plain(part)
    headings = (h for h in page.tree.iter("h1", "h2"))
    for _, heading in zip(range(3), headings, strict=False):
        yield plain(heading.text_content())


def _means(said: str, purpose: str) -> bool:
    return any(len(said) <= len(phrase) + _ROOM and _has(said, phrase) for phrase in words(purpose))


def _has(said: str, phrase: str) -> bool:
    """True when ``phrase`` stands in ``said`` as whole words (or anywhere, in scripts without spaces)."""
    return phrase in said and (not phrase.isascii() or f" {phrase} " in f" {_NO_WORD.sub(' ', said)} ")
