"""Links that lead nowhere new: the same document printed, shared, sorted, translated by appending, or behind a login.

``Scope`` refuses URLs by themselves; here the page that carries the link is known too.
"""

import re
from collections.abc import Container

from crawler.discover.canonical import query_pairs
from crawler.portal import LANGUAGES

ACTIONS = re.compile(
    r"""/(login|logout|log-in|signin|sign-in|signup|register|dang-nhap|dang-ky|anmelden|connexion|wp-login\.php|wp-admin|
        user/(login|register|password)|c/portal/(login|logout|update_language)|member_login|forgot-password|
        print|printpdf|in-an|imprimer|drucken|share|email-?this|sendtofriend|send-to-friend|cart|checkout)(/|\.\w+|$)
    |/(sharer|intent/tweet|share\.php|shareArticle)""",
    re.IGNORECASE | re.VERBOSE,
)
COPY = re.compile(r"/(in|print|druck|pdf|imprimir|stampa|email|comments|trackback|amp)/?", re.IGNORECASE)
"""What a page appends to its own path for a copy of itself; elsewhere these may be sections."""
ACTION_KEYS = re.compile(
    r"print(able|view|pdf|version)?|in-?an|replytocom|share|sort\w*|order(by|_?dir)?|orderbycol|dir|"
    r"add-to-cart|tmpl|format|"
    r"p_p_state_rcv|_\w*_(struts_action|orderBy\w*|displayStyle)|calendar\w*|tribe-bar-date|ical|outlook-ical|"
    r"font_?size|contrast|color_?mode",
    re.IGNORECASE,
)
LANGUAGE_KEYS = re.compile(r"(set_?)?(lang(uage)?|locale|hl|lcid|culture|_x_lang|L)(code|id)?", re.IGNORECASE)
SORT_VALUES = re.compile(r"print|pdf|asc|desc|login|component", re.IGNORECASE)
SILENT_KEYS = frozenset({"format", "dir", "tmpl"})
"""Keys that mean an action only with one of SORT_VALUES."""


class Traps:
    """The links that lead nowhere new, seen from one page."""

    def __init__(self, page_url: str) -> None:
        self.path, _, self.query = page_url[page_url.find("/", 8) :].partition("?")
        self.pairs = frozenset(query_pairs(self.query))

    def reason(self, url: str) -> str | None:
        """Why following a canonical URL would bring nothing new, in a few words; None when it may."""
        path, _, query = url[url.find("/", 8) :].partition("?")
        if ACTIONS.search(path):
            return "action"
        if query and (reason := self._of_query(path, query)):
            return reason
        if path.startswith(self.path) and COPY.fullmatch(path, len(self.path.rstrip("/"))):
            return "copy of this page"
        return "language switch" if self._appends_language(path) else None

    def _of_query(self, path: str, query: str) -> str | None:
        pairs = query_pairs(query)
        if any(_acts(key, value) for key, value in pairs):
            return "action"
        fresh = [key for key, value in pairs if (key, value) not in self.pairs]
        same = path == self.path != "/"
        return "language switch" if same and fresh and all(map(LANGUAGE_KEYS.fullmatch, fresh)) else None

    def _appends_language(self, path: str) -> bool:
        """True for this page with a language appended; below the root, where a language is an edition."""
        head, _, tail = path.rstrip("/").rpartition("/")
        language = tail.removesuffix(".html").lower().partition("-")[0].partition("_")[0]
        if language not in LANGUAGES or len(tail) > 10:
            return False
        return head != "" and head.removesuffix(".html") == self.path.rstrip("/").removesuffix(".html")


def switches_language(url: str, urls: Container[str]) -> bool:
    """True for a URL that is one of ``urls`` with a language appended, below the root."""
    head, _, tail = url.partition("?")[0].rstrip("/").rpartition("/")
    return tail in LANGUAGES and head in urls and head.count("/") > 2


def _acts(key: str, value: str) -> bool:
    if not ACTION_KEYS.fullmatch(key):
        return False
    return key.lower() not in SILENT_KEYS or bool(SORT_VALUES.search(value))
