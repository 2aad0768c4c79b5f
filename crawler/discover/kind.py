"""What kind of page a page is, decided from the page itself."""

from dataclasses import dataclass

from crawler.discover.anchors import Anchor
from crawler.discover.expect import expect, looks_like_article
from crawler.discover.listings import Group
from crawler.discover.prose import Prose
from crawler.model import Kind
from crawler.page import Page
from crawler.portal import Portal

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "BlogPosting",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "BackgroundNewsArticle",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "TechArticle",
        "ScholarlyArticle",
        "Report",
        "PressRelease",
        "SpecialAnnouncement",
    ]
)
LISTING_TYPES = frozenset(["CollectionPage", "ItemList", "SearchResultsPage", "Blog"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was counted on a page."""

    prose: Prose
    entries: int
    dated: int
    pager: int
    declared_article: bool
    declared_listing: bool
    published: bool
    home: bool
    url: Kind
    article_url: bool


def evidence(page: Page, portal: Portal, groups: tuple[Group, ...], pages: tuple[Anchor, ...], text: Prose) -> Evidence:
    """Everything that speaks for one kind or the other."""
    types = {t for node in page.linked_data for t in _types(node.get("@type"))}
    return Evidence(
        prose=text,
        entries=max((g.size for g in groups if g.sound), default=0),
        dated=max((g.dated for g in groups), default=0),
        pager=len(pages),
        declared_article=bool(types & ARTICLE_TYPES) or "article" in page.meta.get("og:type", ()),
        declared_listing=bool(types & LISTING_TYPES),
        published=any(k in page.meta for k in ("article:published_time", "datepublished", "pubdate", "dc.date.issued")),
        home=page.url.rstrip("/") == portal.url.rstrip("/"),
        url=expect(page.url, portal),
        article_url=looks_like_article(page.url),
    )


def decide(e: Evidence) -> tuple[Kind, str]:
    """The kind of an HTML page and the reason in a few words."""
    if e.home:
        return Kind.LISTING, "home page"
    if e.url in (Kind.ARTICLE, Kind.LISTING):
        return e.url, "URL pattern"
    for_article, for_listing = article_score(e), listing_score(e)
    if max(for_article, for_listing) < 2:
        return Kind.OTHER, f"little text ({e.prose.main}) and few entries ({e.entries})"
    if for_article >= for_listing:
        return Kind.ARTICLE, f"text {e.prose.main}, article {for_article:.1f} against listing {for_listing:.1f}"
    return (
        Kind.LISTING,
        f"{e.entries} entries, {e.dated} dated, listing {for_listing:.1f} against article {for_article:.1f}",
    )


def article_score(e: Evidence) -> float:
    """How much speaks for an article."""
    text = min(e.prose.main / 500, 4.0)
    return text + 1.5 * e.declared_article + 1.0 * e.published + 0.5 * e.article_url


def listing_score(e: Evidence) -> float:
    """How much speaks for a listing."""
    return min(e.entries / 5, 2.0) + min(e.dated / 4, 2.0) + min(e.pager, 2) * 0.75 + 1.0 * e.declared_listing


def _types(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value.rpartition("/")[2],)
    return tuple(str(v) for v in value) if isinstance(value, list) else ()
