"""What a URL, with the text of the link to it, makes us expect."""

import re
from functools import lru_cache
from urllib.parse import unquote

from crawler.discover.words import plain, words
from crawler.model import Kind
from crawler.portal import Portal

MAX_SECTION = 30
"""Characters that the last part of a section's path has at most."""
EXTENSIONS = {
    Kind.IMAGE: "jpg jpeg png gif webp bmp tif tiff svg ico heic avif",
    Kind.ATTACHMENT: "pdf doc docx xls xlsx ppt pptx odt ods odp rtf csv txt zip rar 7z hwp hwpx epub mp3 wav mp4 wmv",
    Kind.OTHER: "css js mjs json woff woff2 ttf eot otf swf exe msi dmg apk map cur less scss webmanifest ics kml dwg",
}
FEED_MARKS = ("rss", "feed", "atom", "rdf", "type=")
_BY_EXTENSION = {extension: kind for kind, names in EXTENSIONS.items() for extension in names.split()}
FEED = re.compile(
    r"(^|[/._-])(rss|atom|feeds?|rdf)(\d*\.(xml|rss|aspx?|php|do|jsp))?/?$|\.(rss|atom|rdf)$|/rssfeed\.aspx|/rss/[^?]*\.rss"
    r"|[?&](format=feed|type=(rss|atom|9818|100)|feed=(rss2?|atom)|rss=1|output=rss)(&|$)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.\w{2,5}$")
_JOINERS = re.compile(r"[-_+]")
DOWNLOAD = re.compile(
    r"/(documentcenter/view|showdocument|showpublisheddocument|download(file|s)?\.\w+|get_?file|file_?down(load)?)\b",
    re.IGNORECASE,
)
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


def file_kind(path: str) -> Kind:
    """IMAGE, ATTACHMENT or OTHER for a path that ends like a file of that kind, else UNKNOWN."""
    name, dot, extension = path[-8:].rpartition(".")
    return _BY_EXTENSION.get(extension.lower(), Kind.UNKNOWN) if dot and name else Kind.UNKNOWN


@lru_cache(maxsize=4096)
def _by_name(url: str) -> Kind:
    rest = _rest(url)
    kind, low = file_kind(rest.partition("?")[0]), rest.lower()
    if "sitemap" in low and SITEMAP.search(rest):
        return Kind.SITEMAP
    if DOWNLOAD.search(low):
        return Kind.ATTACHMENT
    feed = kind is Kind.UNKNOWN and any(mark in low for mark in FEED_MARKS) and FEED.search(rest)
    return Kind.FEED if feed else kind


def _rest(url: str) -> str:
    """Path and query."""
    return url[url.find("/", 8) :] if url.find("/", 8) > 0 else "/"


@lru_cache(maxsize=4096)
def looks_like_article(url: str) -> bool:
    """True when the URL has an article's marks: a date in the path, a long slug, a running number."""
    return bool(ARTICLE.search(_rest(url)))


@lru_cache(maxsize=4096)
def names_news(url: str, text: str = "") -> bool:
    """True when the link's text or the last parts of its path name a place where news are listed."""
    if text and len(text) <= 40 and plain(text) in words("news"):
        return True
    *_, before, last = ["", "", *(s for s in unquote(_rest(url).partition("?")[0]).split("/") if s)]
    named = (last, before) if len(last) <= MAX_SECTION and not looks_like_article(url) else (last,)
    return any(plain(_JOINERS.sub(" ", _EXTENSION.sub("", s))) in words("news") for s in named)
