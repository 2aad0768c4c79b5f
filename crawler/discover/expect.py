"""What a URL, with the text of the link to it, makes us expect."""

import re
from urllib.parse import unquote, urlsplit

from crawler.discover.words import plain, words
from crawler.model import Kind
from crawler.portal import Portal

IMAGE = re.compile(r"\.(jpe?g|png|gif|webp|bmp|tiff?|svg|ico|heic|avif)$", re.IGNORECASE)
ATTACHMENT = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|zip|rar|7z|hwpx?|epub|mp3|wav|mp4|avi|mov|wmv|kml|kmz|dwg|ics)$",
    re.IGNORECASE,
)
NOISE = re.compile(r"\.(css|js|mjs|json|woff2?|ttf|eot|otf|swf|exe|msi|dmg|apk|map|cur|less|scss|webmanifest)$", re.I)
FEED = re.compile(
    r"(^|[/._-])(rss|atom|feeds?|rdf)(\d*\.(xml|rss|aspx?|php|do|jsp))?/?$|\.(rss|atom|rdf)$|/rssfeed\.aspx|/rss/[^?]*\.rss"
    r"|[?&](format=feed|type=(rss|atom|9818|100)|feed=(rss2?|atom)|rss=1|output=rss)(&|$)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.\w{2,5}$")
_JOINERS = re.compile(r"[-_+]")
SITEMAP = re.compile(r"sitemap[^/]*\.(xml|txt|aspx)(\.gz)?$|[?&]sitemap=", re.IGNORECASE)
ARTICLE = re.compile(
    r"/(19|20)\d\d/\d{1,2}(/\d{1,2})?/[^/]{4,}|[-/_]n?\d{4,}(\.\w{3,5})?/?$|/\d{4,}[-/][\w-]{8,}|(/|^)[^/]+(-[^/-]+){4,}$"
    r"|[?&](id|newsid|nttid|idx|aid|nid|articleid|itemid|news_id|list_no|seq|b_num|idnews|post|bbsidx)=[\w-]+(&|$)"
    r"|/(view_content|detail|article|artikel|noticia|nachricht|meldung|actualite|news|tin)/[^/]*[\w-]{6,}$",
    re.IGNORECASE,
)


def expect(url: str, portal: Portal) -> Kind:
    """The kind that the URL alone makes likely; UNKNOWN when it says nothing."""
    for kind, patterns in portal.kinds.items():
        if any(p.search(url) for p in patterns):
            return kind
    return _by_name(url)


def _by_name(url: str) -> Kind:
    parts = urlsplit(url)
    for kind, pattern in ((Kind.IMAGE, IMAGE), (Kind.ATTACHMENT, ATTACHMENT), (Kind.OTHER, NOISE)):
        if pattern.search(parts.path):
            return kind
    rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if SITEMAP.search(rest):
        return Kind.SITEMAP
    return Kind.FEED if FEED.search(rest) else Kind.UNKNOWN


def looks_like_article(url: str) -> bool:
    """True when the URL has an article's marks: a date in the path, a long slug, a running number."""
    parts = urlsplit(url)
    return bool(ARTICLE.search(f"{parts.path}?{parts.query}" if parts.query else parts.path))


def names_news(url: str, text: str = "") -> bool:
    """True when the link's text or the last parts of its path name a place where news are listed."""
    if text and plain(text) in words("news"):
        return True
    segments = [s for s in unquote(urlsplit(url).path).split("/") if s][-2:]
    return any(plain(_JOINERS.sub(" ", _EXTENSION.sub("", s))) in words("news") for s in segments)
