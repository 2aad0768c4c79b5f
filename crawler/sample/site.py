"""From a path to an answer: what each address of a portal holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import parse_qs, urlsplit

from crawler.sample import feeds, pages, stateful
from crawler.sample.answer import Answer, html, moved
from crawler.sample.chrome import Moment
from crawler.sample.content import Quirk, Section, Story
from crawler.sample.faults import Faults
from crawler.sample.markup import article_page
from crawler.sample.newsroom import Newsroom
from crawler.sample.pdf import pdf
from crawler.sample.photo import photo
from crawler.sample.trouble import instead, spoiled

_XML = "text/xml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a route is asked: the fetch, the path as its pattern matched it, the query."""

    moment: Moment
    match: re.Match[str]
    query: Mapping[str, list[str]]
    form: Mapping[str, list[str]]

    @property
    def newsroom(self) -> Newsroom:
        """The newsroom of the portal that is asked."""
        return self.moment.newsroom

    def parameter(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        return self.query.get(name, [default])[0]


Route = Callable[[Ask], Answer | None]


def answer(target: str, moment: Moment, faults: Faults, form: str = "") -> Answer:
    """The answer to a GET of ``target`` (path and query), or to a POST of ``form`` to it."""
    struck = instead(faults, target, moment)
    if struck:
        return struck
    found = _routed(target, moment, form) or html(pages.not_found(moment), 404)
    return spoiled(faults, target, moment, found)


def _routed(target: str, moment: Moment, form: str) -> Answer | None:
    parts = urlsplit(target)
    query, fields = parse_qs(parts.query), parse_qs(form)
    for pattern, route in _ROUTES:
        match = pattern.fullmatch(parts.path)
        found = route(Ask(moment=moment, match=match, query=query, form=fields)) if match else None
        if found:
            return found
    return None


def _robots(ask: Ask) -> Answer | None:
    if ask.moment.pager or not ask.newsroom.mapped_count:
        return None
    return Answer(media_type="text/plain", body=feeds.ROBOTS.encode())


def _sitemap(ask: Ask) -> Answer | None:
    parts = -(-ask.newsroom.mapped_count // feeds.MAPPED)
    part = int(ask.match[1]) if ask.match[1] else None
    if ask.moment.pager or not 1 <= (part or 1) <= parts:
        return None
    return _dated(feeds.sitemap(ask.newsroom, ask.moment.base, part), ask.newsroom)


def _feed(ask: Ask) -> Answer | None:
    return None if ask.moment.pager else _dated(feeds.feed(ask.newsroom, ask.moment.base), ask.newsroom)


def _dated(text: str, newsroom: Newsroom) -> Answer:
    body = text.encode()
    return Answer(media_type=_XML, body=body, etag=_etag(body), modified=newsroom.latest(1)[0].modified)


def _listing(ask: Ask) -> Answer | None:
    section = next((s for s in ask.newsroom.sections if s.slug == ask.match[1]), None)
    number = ask.match[2] or ask.parameter("page", "1")
    if section and ask.moment.pager:
        return _unaddressed(ask, section)
    if section is None or not number.isdecimal() or bool(ask.match[2]) > (section.pager == "previous-next"):
        return None
    listing = ask.newsroom.listing(section, int(number))
    return html(pages.listing_page(ask.moment, listing)) if listing else None


def _unaddressed(ask: Ask, section: Section) -> Answer | None:
    """A list whose older pages have no URL."""
    number = stateful.page_asked_for(section, ask.form) if ask.form else 1
    if number is None:
        return html(pages.not_found(ask.moment), 500)
    listing = ask.newsroom.listing(section, number)
    return html(pages.listing_page(ask.moment, listing)) if listing else None


def _more(ask: Ask) -> Answer | None:
    section = next((s for s in ask.newsroom.sections if s.slug == ask.parameter("chuyen-muc")), None)
    number = ask.parameter("trang")
    if ask.moment.pager != "load-more" or section is None or not number.isdecimal():
        return None
    listing = ask.newsroom.listing(section, int(number))
    return Answer(media_type="application/json", body=stateful.more(listing.stories if listing else ()))


def _article(ask: Ask) -> Answer | None:
    story = ask.newsroom.find(int(ask.match[1]))
    if story is None:
        return None
    if story.path != ask.match[0]:
        return moved(story.path)
    charset = "ISO-8859-1" if story.quirk is Quirk.LYING_CHARSET else "utf-8"
    return Answer(
        media_type=f"text/html; charset={charset}",
        body=article_page(ask.moment, story).encode(),
        etag=None if story.number % 2 else _etag(repr(story).encode()),
        modified=story.modified,
    )


def _old_address(ask: Ask) -> Answer | None:
    number = ask.parameter("id")
    story = ask.newsroom.find(int(number)) if number.isdecimal() else None
    return moved(story.path) if story else None


def _photo(ask: Ask) -> Answer | None:
    story = ask.newsroom.find(int(ask.match[1], 16))
    if story is None or not any(p.path == ask.match[0] for p in story.pictures):
        return None
    return _file(story, "image/jpeg", photo(ask.match[0]))


def _document(ask: Ask) -> Answer | None:
    story = ask.newsroom.find(int(ask.match[1]))
    file = next((f for f in story.files if f.path == ask.match[0]), None) if story else None
    return _file(story, "application/pdf", pdf((file.label, *story.paragraphs))) if story and file else None


def _file(story: Story, media_type: str, body: bytes) -> Answer:
    return Answer(media_type=media_type, body=body, etag=_etag(body), modified=story.published)


def _english(ask: Ask) -> Answer | None:
    return html(pages.english(ask.moment)) if ask.newsroom.english else None


def _endless(ask: Ask) -> Answer | None:
    return html(pages.english(ask.moment, ask.match[0])) if ask.moment.endless else None


def _calendar(ask: Ask) -> Answer | None:
    month = re.fullmatch(r"\d{4}-\d\d", ask.parameter("thang"))
    return html(pages.calendar(ask.moment, month[0])) if ask.moment.endless and month else None


_PATTERNS: tuple[tuple[str, Route], ...] = (
    (r"/", lambda ask: html(pages.home(ask.moment))),
    (r"/trang-chu", lambda _: moved("/", 302)),
    (r"/robots\.txt", _robots),
    (r"/sitemap(?:-(\d+))?\.xml", _sitemap),
    (r"/rss/tin-moi\.rss", _feed),
    (r"/vi-vn/tin/[a-z0-9-]+-p\d+-c\d+-n(\d+)", _article),
    (r"/vn/tin-tuc/[a-z-]+/(\d+)/[a-z0-9-]*\.aspx", _article),
    (r"/news/[a-z-]+/[a-z0-9-]*-(\d+)\.html", _article),
    (r"/en/news/[a-z0-9-]*-(\d+)\.html", _article),
    (r"/tin-tuc/xem-tin\.aspx", _old_address),
    (r"/vi-vn/tin-tuc/([a-z-]+)(?:/page/(\d+))?", _listing),
    (r"/api/tin-tuc", _more),
    (r"/caches/editor/a60/([0-9a-f]{8})-[0-9a-f-]+\.JPG", _photo),
    (r"/uploads/van-ban/\d{4}/\d+-[a-z-]+-(\d+)\.pdf", _document),
    (r"/en/", _english),
    (r"/vi-vn/gioi-thieu", lambda ask: html(pages.plain(ask.moment, *pages.ABOUT))),
    (r"/vi-vn/lien-he", lambda ask: html(pages.plain(ask.moment, *pages.CONTACT))),
    (r"/tim-kiem", lambda ask: html(pages.search(ask.moment))),
    (r"/quan-tri/.*", lambda ask: html(pages.login(ask.moment))),
    (r"/lich-cong-tac", _calendar),
    (r"(?:/[^?]*)?/(?:en|vi)/?", _endless),
)
_ROUTES = tuple((re.compile(pattern), route) for pattern, route in _PATTERNS)


def _etag(body: bytes) -> str:
    return f'"{sha1(body, usedforsecurity=False).hexdigest()[:20]}"'
