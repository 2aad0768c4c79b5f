"""The headings that a page prints and the titles that it states about itself, the site's name cut off."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract.landscape import LINK_LIST, PARAGRAPH, Node
from crawler.extract.words import table
from crawler.page import Page
from crawler.text import squash, strip_accents

LONGEST = 300
SITE_WORDS = 3
"""Words of a site's name of which one is a label of its host."""
_HEADINGS = frozenset(("h1", "h2", "h3"))
_TITLED = re.compile("title|headline|tieude|titulo|titre|subject")
_BELOW = re.compile(r"sub-?_?(?:tit|head|line)|untertitel|sous-?_?titre|sottotitolo|bajada|podtytul|podtitul")
_DATE_BEHIND = re.compile(r"\s*[(\[]\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[)\]]$")
JOINTS = re.compile(r"\s+[|–—»«:·•/<-]+\s+|\s*[|•]\s*|(?<=\w)»\s+|\s+::+\s+")
_FOLDED = str.maketrans(dict.fromkeys("‘’‚`´", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—‐‑", "-"))
_HOST = re.compile(r"^(?:https?:)?//[^/?#]*|[?#].*$")
"""What is no path in a link, also in one that is no sound URL."""
_LETTERS = re.compile(r"[^a-z0-9]")
_GENERIC = frozenset(table("headline")["generic"])
_SLUGS = re.compile(r"[^/]+")
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A printed heading: ``above`` the text or in it, never behind it.

    ``opening`` says that no paragraph of the text stands before it, ``gap`` how many link lists stand between it and
    the first paragraph, ``close`` that a name or its place says that it belongs to the text, ``home`` that it is a
    link to the site's front page, ``entry`` that it is one of a list, as in a path to the page.
    """

    text: str
    tag: str
    element: HtmlElement
    above: bool
    opening: bool = True
    gap: int = 0
    close: bool = True
    home: bool = False
    entry: bool = False

    @property
    def below(self) -> bool:
        """True where a name says that it stands below a headline."""
        return bool(_BELOW.search(f"{self.element.get('class') or ''} {self.element.get('id') or ''}".lower()))

    @property
    def key(self) -> str:
        """The text as it is compared."""
        return folded(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts of its elements where it has several: a kicker and the headline."""
        texts = tuple(text for part in self.element if (text := squash(part.text_content())))
        return texts if len(texts) > 1 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What a page calls itself, without the site's name: for link previews, in linked data, in the window.

    ``slug`` is the longest part of its URL's path, ``whole`` the titles with the site's name, as they are compared.
    """

    preview: str | None
    linked: str | None
    window: str | None
    newsroom: bool
    whole: tuple[str, ...]
    slug: str = ""

    @property
    def stated(self) -> tuple[str, ...]:
        """All of them, the most careful first."""
        return tuple(title for title in (self.preview, self.linked, self.window) if title)


def headings(nodes: list[Node], core: HtmlElement) -> tuple[Heading, ...]:
    """The headings above and in the core in document order, those in navigation and the like left out."""
    around = {core, *core.iterancestors()}
    found: list[tuple[Heading, int]] = []
    reached = inside = begun = False
    links = 0
    for node in nodes:
        inside = node.element is core or (reached and core in node.element.iterancestors())
        if reached and not inside:
            break
        is_heading = _is_heading(node)
        begun = begun or (reached and node.weight >= PARAGRAPH and not is_heading)
        reached = reached or inside
        links += node.weight <= LINK_LIST and not begun and not node.out
        if is_heading and not node.out and (text := _printed(node)):
            heading = Heading(
                text=text,
                tag=str(node.element.tag),
                element=node.element,
                above=not inside,
                opening=not begun,
                close=inside or is_titled(node.element) or not around.isdisjoint(_parents(node.element)),
                home=_leads_home(node.element),
                entry=any(_follows(parent) for parent in islice(node.element.iterancestors(), 2)),
            )
            found.append((heading, links))
    return tuple(replace(heading, gap=links - before) for heading, before in found)


def _parents(element: HtmlElement) -> list[HtmlElement]:
    """The element around a heading, and the next one around a main heading, which is often in a box of its own."""
    return list(islice(element.iterancestors(), 1 if element.tag == "h3" else 2))


def _follows(element: HtmlElement) -> bool:
    """True for an entry of a list that is not its first."""
    return element.tag == "li" and element.getprevious() is not None


def _leads_home(element: HtmlElement) -> bool:
    links = [link.get("href") or "" for link in (element, *element.iterdescendants("a")) if link.tag == "a"]
    return any(_HOST.sub("", link.strip()).rstrip("/") in ("", ".", "..") for link in links)


def _printed(node: Node) -> str | None:
    text = _DATE_BEHIND.sub("", squash(node.text or node.element.text_content()))
    letters = sum(1 for c in text if c.isalpha())
    return text if len(text) < LONGEST and 3 * letters > len(text) else None


def _is_heading(node: Node) -> bool:
    return node.element.tag in _HEADINGS or (bool(node.text) and len(node.text) < LONGEST and is_titled(node.element))


def is_titled(element: HtmlElement) -> bool:
    """True when the class, id or itemprop of an element says that it is a title."""
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return bool(_TITLED.search(named.lower()))


def titles(page: Page) -> Titles:
    """The titles that the page states about itself."""
    preview = next((t for name in ("og:title", "twitter:title") for t in page.meta.get(name, ())), None)
    news = tuple(_headlines(page.linked_data))
    linked = next((title for title, _ in news), None)
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    site = next(iter(page.meta.get("og:site_name", ())), "")
    sections = frozenset(letters(part) for part in _SLUGS.findall(_HOST.sub("", page.url))[:-1])
    return Titles(
        preview=_without_site(preview, site, host, sections),
        linked=_without_site(linked, site, host, sections),
        window=_without_site(page.title, site, host, sections),
        newsroom=any("News" in kind or "LiveBlog" in kind for _, kind in news),
        whole=tuple(folded(title) for title in (preview, linked, page.title) if title),
        slug=max(_SLUGS.findall(_HOST.sub("", page.url)), key=len, default=""),
    )


def folded(text: str) -> str:
    """A text as titles are compared: no case, one kind of quotation mark and dash."""
    return text.translate(_FOLDED).casefold()


def letters(text: str) -> str:
    """A text as titles are compared that may have other marks between their words."""
    return _NO_LETTERS.sub("", folded(text))


def _headlines(nodes: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(said := node.get("headline"), str) and (title := squash(html.unescape(said))):
            yield title, str(node.get("@type"))


def _without_site(title: str | None, site: str, host: str, sections: Set[str]) -> str | None:
    """A title without the parts at its ends that name the site, or behind it the section of its URL."""
    text = squash(html.unescape(title or ""))
    while joints := list(JOINTS.finditer(text)):
        last = text[joints[-1].end() :]
        if letters(last) in sections or _is_site(last, site, host):
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
    plain = _LETTERS.sub("", strip_accents(said))
    labels = [label for label in host.lower().split(".")[:-1] if label not in _GENERIC]
    if len(plain) > 3 and (plain in _LETTERS.sub("", host.lower()) or any(_names(label, plain) for label in labels)):
        return True
    return len(words := said.split()) <= SITE_WORDS and not set(labels).isdisjoint(words)


def _names(label: str, plain: str) -> bool:
    label = _LETTERS.sub("", label)
    return len(label) > 4 and label in plain
