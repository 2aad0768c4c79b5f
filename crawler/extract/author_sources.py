"""Authors written for machines: JSON-LD and ``<meta>`` (``bylines.toml``)."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from crawler.extract.byline_labels import is_author_label
from crawler.extract.name_kinds import is_account, is_degree, is_no_name, is_organisation, is_role, without_roles
from crawler.extract.name_lists import split_list
from crawler.extract.persons import Credits, named_label
from crawler.extract.words import table
from crawler.page import Page
from crawler.text import squash

TYPES = ("article", "posting", "report", "story", "review", "recipe", "webpage", "creativework", "video")
"""What the type of a JSON-LD object must hold to speak of the article, best first."""
LONGEST = 120
SHORTEST = 3
"""Letters that a site's name has more of where an account is called after it."""
MOST = 12
"""Names in metadata beyond which they are keywords."""
_LOGIN = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+")


def from_linked_data(page: Page) -> Credits:
    """Who JSON-LD names as author of the article."""
    nodes = sorted((n for n in page.linked_data if _rank(n) < len(TYPES)), key=_rank)
    site = _site(page)
    for node in nodes:
        for key in ("author", "creator"):
            if found := _credits(_agents(page, node.get(key)), site):
                return found
    return Credits()


def from_meta(page: Page) -> Credits:
    """Who ``<meta>`` elements name as author."""
    values = [[(v, None) for v in page.meta[name]] for name in table("bylines")["meta"]["author"] if name in page.meta]
    values += _labelled(page)
    site = _site(page) if values else frozenset[str]()
    found = [credits for agents in values if (credits := _credits(agents, site))]
    return next((credits for credits in found if credits.authors), found[0] if found else Credits())


def _labelled(page: Page) -> list[list[tuple[str, None]]]:
    """What the preview's labelled fields name as author: ``twitter:label1``, ``twitter:data1``."""
    fields = ((page.meta.get(f"twitter:label{n}", ()), page.meta.get(f"twitter:data{n}", ())) for n in (1, 2))
    return [[(said[0], None)] for label, said in fields if label and said and is_author_label(label[0])]


def is_own(page: Page, name: str | None) -> bool:
    """True for the name of the site itself."""
    return name is not None and _key(name) in _site(page)


def is_login_of_site(page: Page, name: str) -> bool:
    """True for an account that is called after the site: ``brooksideadmin``, ``phongdienportal``."""
    if " " in name:
        return False
    key = _key(name)
    sites = (site for site in _site(page) if len(site) > SHORTEST and key.startswith(site) and key != site)
    return any(is_account(key.removeprefix(site)) for site in sites)


def _rank(node: Mapping[str, Any]) -> int:
    kinds = str(node.get("@type")).lower()
    return next((rank for rank, kind in enumerate(TYPES) if kind in kinds), len(TYPES))


def _agents(page: Page, value: Any, depth: int = 0) -> Iterator[tuple[str, str | None]]:
    """(name, type) of each author; a reference is followed to the object with that @id."""
    if isinstance(value, str):
        yield value, None
    elif isinstance(value, list):
        for item in value[:20]:
            yield from _agents(page, item, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        name = value.get("name")
        if name is None and "@id" in value:
            target = next((n for n in page.linked_data if n.get("@id") == value["@id"] and n.get("name")), {})
            value, name = target, target.get("name")
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str):
                yield one, str(value.get("@type"))


def _site(page: Page) -> frozenset[str]:
    """The names of the site itself, folded: an author of such a name is an organisation."""
    publishers = (node.get("publisher") for node in page.linked_data)
    names = [str(p["name"]) for p in publishers if isinstance(p, dict) and isinstance(p.get("name"), str)]
    host = urlsplit(page.url).hostname or ""
    return frozenset(
        map(_key, (*names, *page.meta.get("og:site_name", ()), host.removeprefix("www."), *host.split(".")))
    )


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold())).removeprefix("the").removeprefix("der")


def _credits(agents: Iterable[tuple[str, str | None]], site: frozenset[str]) -> Credits:
    authors: list[str] = []
    units: list[str] = []
    for text, kind in agents:
        for name in _names(text):
            organised = (kind and "Organization" in kind) or _key(name) in site or is_organisation(name)
            (units if organised else authors).append(name)
    names = tuple(dict.fromkeys(authors))
    if len(names) > MOST:
        return Credits()
    both = tuple(dict.fromkeys((*authors, *units)))
    return Credits(authors=both if names else (), unit=units[0] if units else None, labelled=True)


def _is_login(name: str) -> bool:
    """True for ``emma-mackenzie`` and ``jo.doe``; a domain such as ``mbl.is`` names a site."""
    known = name.rpartition(".")[2] in table("zones")["hosts"] or name.endswith(
        (".com", ".org", ".net", ".eu", ".info")
    )
    return _LOGIN.fullmatch(name) is not None and not ("." in name and known)


def _is_nobody(name: str) -> bool:
    return is_account(name) or is_degree(name) or is_no_name(name) or _is_login(name)


def _names(text: str) -> Iterator[str]:
    text = squash(html.unescape(text))
    if not text or len(text) > LONGEST or "://" in text or "@" in text or text.startswith(("/", "{", "[")):
        return
    for part in split_list(named_label(text)):
        name = without_roles(part)
        name = part if name != part and is_role(name) else name
        if len(name) > 1 and not _is_nobody(name):
            yield name
