"""What became of an article whose URL leads elsewhere: one rule for whoever meets the redirect. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawler.model import Kind, Verdict
from crawler.portal import host
from crawler.recheck import failing

FOR_GOOD = (301, 308)
_INDEX = re.compile(r"/(?:index|default)\.\w+$", re.IGNORECASE)

_INSTEAD: Mapping[Kind, Verdict] = {Kind.ARTICLE: Verdict.SOFT_404, Kind.LISTING: Verdict.SOFT_404}
"""What it says of an article that another page of this kind comes in its place; all other kinds prove nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A URL that led to another one, and what came there.

    ``kind`` is None where nobody looked, off the portal; there ``status`` is the one of the redirect, else that of the
    page that came. ``same`` is True for an article that says what the one asked for said.
    """

    asked: str
    target: str
    kind: Kind | None
    status: int
    same: bool = False


def fate(led: Redirect) -> Verdict | None:
    """What became of the article that was asked for; None where the redirect does not tell.

    Moved is an article that has another place: by its text on the portal, and off the portal by a permanent redirect
    to a page. A home page, a login or a park of domains there prove nothing. A list or another article on the portal is
    what portals answer with for what they removed.
    """
    if led.kind is None:
        return Verdict.MOVED if led.status in FOR_GOOD and _is_page_elsewhere(led) else Verdict.UNKNOWN
    if failure := failing(led.status):
        return Verdict.GONE if failure == "gone" else None
    if led.kind is Kind.ARTICLE and (led.same or same_page(led.asked, led.target)):
        return Verdict.MOVED
    return None if same_page(led.asked, led.target) else _INSTEAD.get(led.kind, Verdict.UNKNOWN)


def same_page(asked: str, target: str) -> bool:
    """True when the target goes by the name of what was asked for, in another folder or with more parameters."""
    return _name(asked) == _name(target) and _parameters(asked) <= _parameters(target)


def _is_page_elsewhere(led: Redirect) -> bool:
    here, there = urlsplit(led.asked), urlsplit(led.target)
    return host(there.netloc) != host(here.netloc) and there.path.strip("/") != ""


def _name(url: str) -> str:
    return _INDEX.sub("", urlsplit(url).path).rstrip("/").rpartition("/")[2]


def _parameters(url: str) -> set[tuple[str, str]]:
    return set(parse_qsl(urlsplit(url).query, keep_blank_values=True))
