"""Discovery on HTML pages: the kind of the page and, for each of its links, the kind to expect."""

from collections.abc import Callable, Iterator

from crawler.discover.anchors import Anchor, Targets, anchors
from crawler.discover.condition import condition
from crawler.discover.expect import expect, file_kind, looks_like_article, names_news
from crawler.discover.frame import Frame
from crawler.discover.kind import Found, decide, evidence
from crawler.discover.lines import lines
from crawler.discover.listings import Group, groups, titled
from crawler.discover.notice import Notice, notice
from crawler.discover.numbers import enumerated
from crawler.discover.pager import Pager, leads_to_all, pager
from crawler.discover.position import without_position
from crawler.discover.postbacks import postbacks
from crawler.discover.prose import Inside, prose, text_blocks
from crawler.discover.told import told
from crawler.discover.traps import switches_language
from crawler.discover.words import plain
from crawler.model import Kind, Link, Verdict
from crawler.page import Page
from crawler.portal import Portal

MAX_TEXT = 300
SHORT = 1500
"""Bytes of text up to which a page can be a notice."""
Read = tuple[Kind, str, tuple[Link, ...], Verdict, frozenset[str]]


def read(page: Page, portal: Portal, expected: Kind) -> Read:
    """Kind, reason, links and verdict of an HTML page, and the URLs of the links that its pager leads to."""
    targets = Targets(page.url, portal, page.base_url)
    found = anchors(page, targets)
    blocks = text_blocks(page.tree)
    frame = Frame(blocks)
    others = tuple(a for a in found if a.url != targets.here)
    made, turning = groups(others, frame), pager(others)
    posted = postbacks(page, targets)
    text = prose(blocks, frame, (box for group in made if group.sound for box in group.boxes))
    if said := condition(page, text, len(others)):
        return Kind.OTHER, said[1], (), said[0], frozenset()

    def in_menu(name: str) -> bool:
        alike = (a for a in found if abs(len(a.text) - len(name)) <= len(name) // 2 and plain(a.text) == name)
        return any(frame.holds(a.element) for a in alike)

    short = _notice(page, targets, made, frame, in_menu) if text.main < SHORT else None
    files = any(file_kind(a.url.partition("?")[0]) is Kind.ATTACHMENT for a in others if not frame.holds(a.element))
    pages = turning.certain + posted.certain
    seen = Found(prose=text, groups=made, files=files, pages=pages, in_menu=in_menu, notice=short)
    home = page.url.rstrip("/") == portal.url.rstrip("/")
    kind, reason = decide(evidence(page, seen, home=home, url=expect(page.url, portal), expected=expected))
    judged = _Judge(portal, made, turning, frame)
    unseen = tuple(told(page, targets, kind, alone=not found))
    links = [*unseen, *judged.links(others)]
    kept = _merged(links, targets.here)
    sent = posted.links if kind is Kind.LISTING else ()
    known = (Link(url=targets.here), *kept) if kind in (Kind.LISTING, Kind.ARTICLE) else ()
    tried = (link for link in enumerated(known, portal) if portal.scope.admits(link.url))
    turned = judged.pages.union(link.url for link in (*unseen, *sent) if link.kind is Kind.LISTING)
    return kind, reason, (*kept, *sent, *tried), Verdict.LIVE, frozenset(turned)


def _notice(
    page: Page, targets: Targets, made: tuple[Group, ...], frame: Frame, in_menu: Callable[[str], bool]
) -> Notice | None:
    """The headline and the text of a short page, outside its frame and the entries of its lists."""
    boxes = Inside(box for group in made if group.sound for box in group.boxes)
    shown = lines(page.tree, lambda block: frame.holds(block) or boxes.holds(block), targets.stays)
    return notice(shown, (page.title or "", *page.meta.get("og:title", ())), in_menu)


class _Judge:
    """Names the kind to expect behind each link of one page."""

    def __init__(self, portal: Portal, made: tuple[Group, ...], turning: Pager, frame: Frame) -> None:
        self.portal = portal
        self.frame = frame
        self.sections: set[str] = set()
        self.named: dict[str, Kind] = {}
        sound = [[a.url for a in group.anchors] for group in made if group.sound]
        self.entries = {url for urls in sound for url in urls}
        self.kept = {url: kept for urls in sound for url, kept in without_position(urls).items()}
        self.pages = {a.url for a in turning.pages}
        self.aliases = turning.aliases

    def links(self, found: tuple[Anchor, ...]) -> Iterator[Link]:
        self.sections = {a.url for a in found if a.url in self.entries and self.frame.holds(a.element)}
        for anchor in found:
            kind = self.kind(anchor)
            if kind is not Kind.OTHER:
                url = self.kept.get(anchor.url, anchor.url) if kind is Kind.ARTICLE else anchor.url
                yield Link(url=url, kind=kind, text=anchor.text[:MAX_TEXT] or None)

    def kind(self, anchor: Anchor) -> Kind:
        named = self.named.get(anchor.url) or self.named.setdefault(anchor.url, expect(anchor.url, self.portal))
        if named is not Kind.UNKNOWN:
            return named
        if anchor.url in self.pages:
            return Kind.LISTING
        if anchor.text.isdigit() or anchor.url in self.aliases:
            return Kind.OTHER
        return self._page_kind(anchor)

    def _page_kind(self, anchor: Anchor) -> Kind:
        if self._leads_to_all(anchor):
            return Kind.LISTING
        if anchor.url in self.entries:
            return Kind.LISTING if anchor.url in self.sections else Kind.ARTICLE
        if titled(anchor.text) and looks_like_article(anchor.url):
            return Kind.UNKNOWN if self.frame.holds(anchor.element) else Kind.ARTICLE
        news = names_news(anchor.url, anchor.text) and not titled(anchor.text)
        return Kind.LISTING if news else Kind.UNKNOWN

    def _leads_to_all(self, anchor: Anchor) -> bool:
        return leads_to_all(anchor.text) and not looks_like_article(anchor.url)


def _merged(links: list[Link], here: str) -> tuple[Link, ...]:
    """Every other URL once, at its first place, with the first kind that says something and the longest text."""
    kept: dict[str, Link] = {}
    for link in links:
        before = kept.get(link.url)
        kept[link.url] = link if before is None else _both(before, link)
    return tuple(link for url, link in kept.items() if url != here and not switches_language(url, kept))


def _both(one: Link, two: Link) -> Link:
    kind = two.kind if one.kind is Kind.UNKNOWN else one.kind
    text = max(one.text or "", two.text or "", key=len) or None
    return Link(url=one.url, kind=kind, text=text, modified=one.modified or two.modified)
