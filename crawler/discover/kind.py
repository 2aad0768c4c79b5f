"""What kind of page a page is, decided from the page itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.discover.expect import looks_like_article
from crawler.discover.listings import Group, titled
from crawler.discover.notice import Notice
from crawler.discover.prose import Prose
from crawler.discover.words import plain, words
from crawler.model import Kind
from crawler.page import Page

ARTICLE_TYPE = re.compile(r"\w*Article|\w*BlogPosting|SocialMediaPosting|Report|PressRelease|SpecialAnnouncement")
LISTING_TYPE = re.compile(r"CollectionPage|ItemList|SearchResultsPage|Blog")
"""Types of schema.org that a page can declare to be."""
PUBLISHED = ("article:published_time", "datepublished", "pubdate", "dc.date.issued", "dc.date")
TITLE_PARTS = re.compile(r"\s+[-–—|•·»:>/]+\s+|\s*[|•»]\s*")
_FIELDS = etree.XPath(
    "//body//*[self::textarea or self::select or (self::input and (not(@type) or @type='text' or @type='email'"
    " or @type='tel' or @type='number' or @type='date' or @type='password' or @type='file'))]"
    "[not(ancestor::*[contains(@class, 'comment') or contains(@id, 'comment') or contains(@class, 'search')"
    " or contains(@class, 'newsletter') or self::header or self::footer or self::nav or self::aside])]"
)
_NAMED = etree.XPath("//body//*[contains(@class, 'itle') or contains(@class, 'eadline') or contains(@class, 'ubject')]")
SHOWN = 60
"""Characters of a headline that the reason repeats."""
LONG = 4000
"""Bytes of running text from which a page is an article whether it has a headline or not."""
LONGEST = 400
"""Characters that an element with the headline has at most, white space included."""
PATTERN = 3.0
"""What a URL pattern of the portal or its platform adds: much, but an article's URL may answer with a list."""
DATED = 1.7
"""What a day beside headline and text adds: pages of the site have none."""
NAMED = 0.5
"""What a headline adds that the title names, where it is no title of three words."""
ASKED = 1.0
"""What a headline with a text below it adds where the link to the page makes an article likely."""
FEW_LINKS, FEW_ENTRIES = 8, 0.5
"""Lines that are links, and weight of lists, up to which a text without a day is not the introduction to them."""
FORM, FILLED_IN = 2, -1.5
"""Fields from which a page is a form, and what a form or contact data take from a page without a day."""
SENTENCES = 250
"""Bytes of text below which a form or contact data is what the page is for."""
ENOUGH = 1.75
"""Score that an article or a listing has at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found on the page: its text, its lists of entries, its documents, its links to pages of a listing."""

    prose: Prose
    groups: tuple[Group, ...]
    files: bool
    pages: int
    in_menu: Callable[[str], bool]
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was counted on a page; ``listed`` is the weight of its lists of entries."""

    prose: Prose
    entries: int
    listed: float
    pager: int
    types: frozenset[str]
    og_article: bool
    published: bool
    headline: bool
    notice: Notice | None
    fields: int
    service: str | None
    home: bool
    url: Kind
    article_url: bool
    expected: Kind


def evidence(page: Page, found: Found, *, home: bool, url: Kind, expected: Kind) -> Evidence:
    """Everything that speaks for one kind or the other."""
    sound = [group for group in found.groups if group.sound]
    return Evidence(
        prose=found.prose,
        entries=max((g.size for g in sound), default=0),
        listed=max(map(_weight, sound), default=0.0),
        pager=found.pages,
        types=frozenset(_declared_types(page)),
        og_article="article" in page.meta.get("og:type", ()),
        published=any(name in page.meta for name in PUBLISHED),
        headline=_can_be_short(found) and has_headline(page, found.in_menu),
        notice=found.notice,
        fields=len(_FIELDS(page.tree)) if found.notice else 0,
        service=service_name(page),
        home=home,
        url=url,
        article_url=looks_like_article(page.url),
        expected=expected,
    )


def _can_be_short(found: Found) -> bool:
    """True where the headline decides: below it stands some text, or a document that has the text."""
    return found.prose.main < LONG and (found.prose.total > 0 or found.files)


def _weight(group: Group) -> float:
    """How much a list of entries speaks for a listing; a list of related articles speaks little."""
    return (min(group.size / 3.5, 2.5) + min(group.dated / 4, 1.5)) * (0.4 if group.related else 1.0)


def decide(e: Evidence) -> tuple[Kind, str]:
    """The kind of an HTML page and the reason in a few words."""
    if e.home:
        return Kind.LISTING, "home page"
    for_article, for_listing = article_score(e), listing_score(e)
    scores = f"article {for_article:.1f}, listing {for_listing:.1f}: text {e.prose.main}, {e.entries} entries"
    if e.notice and e.notice.dated:
        scores += f", a day beside {e.notice.headline[:SHOWN]!r}"
    if max(for_article, for_listing) < ENOUGH:
        return Kind.OTHER, f"too little of either; {scores}"
    if e.service and for_article >= for_listing:
        return Kind.OTHER, f"a page for the visitors of the site: {e.service!r}"
    return (Kind.ARTICLE if for_article >= for_listing else Kind.LISTING), scores


def article_score(e: Evidence) -> float:
    """How much speaks for an article."""
    declared = 1.5 * any(map(ARTICLE_TYPE.fullmatch, e.types)) + 0.5 * e.og_article + 0.5 * e.published
    text = min(e.prose.main / 500, 8.0)
    told = PATTERN * (e.url is Kind.ARTICLE) + 0.75 * (e.expected is Kind.ARTICLE)
    return text + declared + told + 1.5 * e.headline + 0.5 * e.article_url + _short(e)


def _short(e: Evidence) -> float:
    """How much speaks for an article of a few lines."""
    found = e.notice
    if found is None:
        return 0.0
    if found.dated:
        return DATED + NAMED * (found.named and not e.headline)
    if e.fields >= FORM or found.contacts > found.texts:
        return FILLED_IN * (e.prose.main < SENTENCES)
    alone = found.links <= FEW_LINKS and e.listed < FEW_ENTRIES
    return NAMED * (found.named and not e.headline) + ASKED * (alone and e.expected is Kind.ARTICLE)


def listing_score(e: Evidence) -> float:
    """How much speaks for a listing."""
    declared = 1.0 * any(map(LISTING_TYPE.fullmatch, e.types))
    told = PATTERN * (e.url is Kind.LISTING) + 0.75 * (e.expected is Kind.LISTING)
    return e.listed + min(e.pager, 2) * 0.75 + declared + told


def has_headline(page: Page, in_menu: Callable[[str], bool]) -> bool:
    """True when the title names one document: a headline that is printed on the page, and no section of its menu."""
    titles = (page.title or "", *page.meta.get("og:title", ()))
    named = {plain(part) for title in titles for part in (title, *TITLE_PARTS.split(title)) if titled(part)}
    for element in _standing(page.tree) if named else ():
        text = element.text_content()
        if len(text) < LONGEST and (text := plain(text)) in named and not _is_linked(element):
            return not in_menu(text)
    return False


def service_name(page: Page) -> str | None:
    """The name of a page that serves the site (search, contact), where its title or only h1 is nothing else."""
    headings = [plain(h.text_content()) for h in islice(page.tree.iter("h1"), 2)]
    names = (plain(TITLE_PARTS.split(page.title or "")[0]), *(headings if len(headings) == 1 else ()))
    return next((name for name in names if name in words("service")), None)


def _standing(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Where a headline can stand: headings first, then what is named as one."""
    yield from islice(tree.iter("h1", "h2", "h3"), 20)
    yield from islice(_NAMED(tree), 30)


def _is_linked(element: HtmlElement) -> bool:
    return element.find(".//a[@href]") is not None or any(a.tag == "a" for a in element.iterancestors())


def _declared_types(page: Page) -> Iterator[str]:
    """The types of schema.org of the page's linked data, and of its only article in the markup."""
    yield from (t for node in page.linked_data for t in _types(node.get("@type")))
    marked = [t for n in page.having("itemtype", lambda value: "schema.org" in value) for t in _marked(page, n)]
    if len(marked) == 1:
        yield from marked


def _marked(page: Page, n: int) -> Iterator[str]:
    yield from (t for t in _types(page.elements[n].get("itemtype")) if ARTICLE_TYPE.fullmatch(t))


def _types(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value.rpartition("/")[2],)
    return tuple(str(v) for v in value) if isinstance(value, list) else ()
