"""The one form of a URL that the frontier keeps: what is certain to be the same document gets the same URL.

Portals put the article's id into the query, so unknown keys are never dropped and nothing is reordered that could
matter; only fragments, default ports, tracking and session keys and percent-encoding are made uniform.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit, urlunsplit

from w3lib.url import safe_url_string

DROPPED = re.compile(
    r"utm_\w+|mtm_\w+|pk_(campaign|kwd|source|medium|content)|at_(medium|campaign)|fbclid|gclid|dclid|gbraid|wbraid|"
    r"msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|_hs(enc|mi)|ref_src|fb_(action|source)\w*|"
    r"phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|cfid|cftoken|zanpid",
    re.IGNORECASE,
)
"""Query keys that name the visitor or where he came from, never the document."""

RETURN = re.compile(r"(_\w+_)?(redirect|re(turn|t)_?url|(p_l_)?back_?url|destination|next_?url)", re.IGNORECASE)
"""Query keys that say where to go back to: dropped when their value is an address."""

PATH_SESSION = re.compile(r";(jsessionid|phpsessid|sid)=[^/?#]*|/\([SF]\([a-z0-9]{8,}\)\)(?=/)", re.IGNORECASE)
ROOT_INDEX = re.compile(r"/(index\.(html?|php\d?|aspx?|jsp|do|cgi)|default\.(aspx?|html?))", re.IGNORECASE)
COUNTING = re.compile(r"page|seite|offset|start|cur$|^p$", re.IGNORECASE)
"""Query keys that count pages: where a pager appends instead of replacing, the last value is the one meant."""

_DEFAULT_PORT = {"http": ":80", "https": ":443"}
PLAIN = re.compile(r"https?://[a-z0-9.:-]+(/[\w/.~+!*()$:@;,=-]*(\?[\w/.~+!*()$:@;,=&?-]*)?)?", re.ASCII)
"""URLs that percent-encoding would not change."""
_DONE = re.compile(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:(?!80/|443/)\d+)?/(?!(?i:index|default)\.\w+$)([\w~+-][\w.~+-]*(/|$))*",
    re.ASCII,
)
"""URLs that are canonical as they are: the most of them."""
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The form of an absolute http(s) URL under which it is kept; canonical(canonical(u)) == canonical(u)."""
    if _DONE.fullmatch(url):
        return url
    parts = urlsplit(url if PLAIN.fullmatch(url) else _ESCAPE.sub(lambda m: m[0].upper(), safe_url_string(url)))
    scheme = parts.scheme.lower()
    netloc = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORT.get(scheme, ":"))
    return urlunsplit((scheme, netloc.rstrip("."), _path(parts.path), _query(parts.query), ""))


def beside(url: str, page_url: str) -> str:
    """``url`` on the scheme and host form of the page that links to it, where both name the same host.

    Portals link to themselves with and without ``https`` and ``www``; the form that just answered is kept.
    """
    if url.startswith(page_url[: page_url.find("/", 8) + 1] or page_url):
        return url
    link, page = urlsplit(url), urlsplit(page_url)
    if link.netloc.removeprefix("www.") != page.netloc.lower().removeprefix("www."):
        return url
    scheme = "https" if "https" in (link.scheme, page.scheme) else link.scheme
    return SplitResult(scheme, page.netloc.lower(), link.path, link.query, "").geturl()


def query_pairs(query: str) -> list[tuple[str, str]]:
    """Key and value of every part of a query, still percent-encoded; a part without ``=`` has the value ``""``."""
    return [(k, v) for k, _, v in (part.partition("=") for part in query.split("&") if part)]


def _path(path: str) -> str:
    path = re.sub(r"(?<!:)/{2,}", "/", PATH_SESSION.sub("", path)) or "/"
    return "/" if ROOT_INDEX.fullmatch(path) else _dots(path)


def _dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1] or [""]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "") or "/"


def _query(query: str) -> str:
    if not query:
        return ""
    parts = dict.fromkeys(p for p in query.replace("&amp;", "&").split("&") if p)
    kept = [p for p in parts if not _is_dropped(*p.partition("=")[::2])]
    last = {p.partition("=")[0]: p for p in query.replace("&amp;", "&").split("&")}
    return "&".join(dict.fromkeys(last[k] if COUNTING.search(k := p.partition("=")[0]) else p for p in kept))


def _is_dropped(key: str, value: str) -> bool:
    if DROPPED.fullmatch(key):
        return True
    return bool(RETURN.fullmatch(key)) and ("/" in value or "%2f" in value.lower())
