"""Links that lead nowhere new: the same document printed, shared, sorted, translated by appending, or behind a login.

``Scope`` refuses URLs by themselves; here the page that carries the link is known too.
"""

import re
from urllib.parse import SplitResult, urlsplit

from crawler.discover.canonical import query_pairs

LANGUAGE = re.compile(
    r"(vi|en|fr|de|es|pt|it|nl|pl|ru|uk|ja|jp|ko|kr|zh|cn|tw|th|id|ms|km|lo|ar|tr|cs|sv|da|no|fi|el|hu|ro|bg)"
    r"([-_][a-z]{2})?",
    re.IGNORECASE,
)
ACTIONS = re.compile(
    r"""/(login|logout|log-in|signin|sign-in|signup|register|dang-nhap|dang-ky|anmelden|connexion|wp-login\.php|wp-admin|
        user/(login|register|password)|c/portal/(login|logout|update_language)|member_login|forgot-password|
        print|printpdf|in-an|imprimer|drucken|share|email-?this|sendtofriend|send-to-friend|cart|checkout)(/|\.\w+|$)
    |/(sharer|intent/tweet|share\.php|shareArticle)""",
    re.IGNORECASE | re.VERBOSE,
)
ACTION_KEYS = re.compile(
    r"print(able|view|pdf|version)?|in-?an|replytocom|share|sort\w*|order(by|_?dir)?|orderbycol|dir|"
    r"ngay-?sort|return_?url|redirect(_to|url)?|destination|backurl|add-to-cart|tmpl|format|"
    r"p_p_state_rcv|_\w*_(struts_action|orderBy\w*|displayStyle)|calendar\w*|tribe-bar-date|ical|outlook-ical|"
    r"font_?size|contrast|color_?mode",
    re.IGNORECASE,
)
LANGUAGE_KEYS = re.compile(r"(set_?)?(lang(uage)?|locale|hl|lcid|culture|_x_lang|L)(code|id)?", re.IGNORECASE)
SORT_VALUES = re.compile(r"print|pdf|asc|desc|login|rss_share", re.IGNORECASE)
SILENT_KEYS = frozenset({"format", "dir", "tmpl"})
"""Keys that mean an action only with one of SORT_VALUES or, for ``tmpl``, any value at all."""


def trap(url: str, page_url: str) -> str | None:
    """Why following ``url`` from ``page_url`` would bring nothing new, in a few words; None when it may."""
    link, page = urlsplit(url), urlsplit(page_url)
    if ACTIONS.search(link.path):
        return "action"
    if link.query and (reason := _query_trap(link, page)):
        return reason
    return "language switch" if _appends_language(link.path, page.path) else None


def _query_trap(link: SplitResult, page: SplitResult) -> str | None:
    keys = query_pairs(link.query)
    if any(_acts(k, v) for k, v in keys):
        return "action"
    if len(link.query) > len(page.query) and link.path == page.path and link.path != "/":
        known = set(query_pairs(page.query))
        fresh = [k for k, v in keys if (k, v) not in known]
        if fresh and all(LANGUAGE_KEYS.fullmatch(k) for k in fresh):
            return "language switch"
    return None


def _acts(key: str, value: str) -> bool:
    if not ACTION_KEYS.fullmatch(key):
        return False
    return key.lower() not in SILENT_KEYS or key.lower() == "tmpl" or bool(SORT_VALUES.search(value))


def _appends_language(link: str, page: str) -> bool:
    """True when ``link`` is ``page`` with a language appended (below the root), or ends in two languages."""
    *head, tail = [s.removesuffix(".html") for s in link.split("/") if s] or [""]
    if not head or not LANGUAGE.fullmatch(tail):
        return False
    return bool(LANGUAGE.fullmatch(head[-1])) or head == [s.removesuffix(".html") for s in page.split("/") if s]
