"""The headings that a page prints and the titles that it states about itself, the site's name cut off."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.page import Page
from crawler.text import squash

LONGEST = 300
_NAMED = (
    ".//*[self::h1 or self::h2 or self::h3 or"
    " ((self::p or self::div or self::span or self::td or self::strong or self::b)"
    " and (contains(@class,'itle') or contains(@class,'eadline') or contains(@id,'itle') or @itemprop='headline'))]"
)
_JOINTS = re.compile(r"\s+[|–—»«:·•/<-]+\s+|\s*[|»•]\s*|\s+::+\s+")
_FOLDED = str.maketrans(dict.fromkeys("‘’‚`´", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—‐‑", "-"))
_LETTERS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A printed heading: ``above`` the text or in it, never behind it."""

    text: str
    tag: str
    above: bool

    @property
    def key(self) -> str:
        """The text as it is compared."""
        return folded(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What a page calls itself, without the site's name: for link previews, in linked data, in the window."""

    preview: str | None
    linked: str | None
    window: str | None
    newsroom: bool
    whole: tuple[str, ...]

    @property
    def stated(self) -> tuple[str, ...]:
        """All of them, the most careful first."""
        return tuple(title for title in (self.preview, self.linked, self.window) if title)


def headings(page: Page, core: HtmlElement, is_noise: Callable[[HtmlElement], bool]) -> tuple[Heading, ...]:
    """The headings above and in the core in document order, those in navigation and the like left out."""
    inside = set(core.iter())
    before = True
    found = []
    body = page.tree.find("body")
    for element in (page.tree if body is None else body).xpath(_NAMED):
        within = element in inside
        if not within and not before:
            break
        before = before and not within
        text = squash(element.text_content())
        if text and len(text) < LONGEST and not any(is_noise(e) for e in (element, *element.iterancestors())):
            found.append(Heading(text=text, tag=element.tag, above=not within))
    return tuple(found)


def titles(page: Page) -> Titles:
    """The titles that the page states about itself."""
    preview = next((t for name in ("og:title", "twitter:title") for t in page.meta.get(name, ())), None)
    news = tuple(_headlines(page.linked_data))
    linked = next((title for title, _ in news), None)
    host = (urlsplit(page.url).hostname or "").removeprefix("www.").rpartition(".")[0]
    site = next(iter(page.meta.get("og:site_name", ())), "")
    return Titles(
        preview=_without_site(preview, site, host),
        linked=_without_site(linked, site, host),
        window=_without_site(page.title, site, host),
        newsroom=any("News" in kind or "LiveBlog" in kind for _, kind in news),
        whole=tuple(folded(title) for title in (preview, linked, page.title) if title),
    )


def folded(text: str) -> str:
    """A text as titles are compared: no case, one kind of quotation mark and dash."""
    return text.translate(_FOLDED).casefold()


def _headlines(nodes: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(said := node.get("headline"), str) and (title := squash(html.unescape(said))):
            yield title, str(node.get("@type"))


def _without_site(title: str | None, site: str, host: str) -> str | None:
    """A title without the parts at its ends that name the site."""
    text = squash(html.unescape(title or ""))
    while joints := list(_JOINTS.finditer(text)):
        if _is_site(text[joints[-1].end() :], site, host):
            text = text[: joints[-1].start()]
        elif _is_site(text[: joints[0].start()], site, host):
            text = text[joints[0].end() :]
        else:
            break
    return text or None


def _is_site(part: str, site: str, host: str) -> bool:
    said, name = folded(part), folded(site)
    if not said or (name and (said in name or name in said)):
        return True
    letters, host = _LETTERS.sub("", said), _LETTERS.sub("", host.lower())
    return len(letters) > 3 and (letters in host or (len(host) > 4 and host in letters))
