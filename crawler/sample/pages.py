"""Pages of the sample portal that are not articles: home, listings, about, search, login, not found."""

from html import escape

from crawler.sample import stateful
from crawler.sample.chrome import Moment, Sheet, anchors, page
from crawler.sample.content import Section, Story
from crawler.sample.newsroom import Listing, Newsroom

_WINDOW = 2


def home(moment: Moment) -> str:
    """The home page: newest stories, then a few of each section."""
    newsroom = moment.newsroom
    blocks = "\n".join(_block(newsroom, section) for section in newsroom.sections)
    main = f'<div class="hot">{"".join(map(_teaser, newsroom.latest(5)))}</div>{blocks}'
    feed = '<link rel="alternate" type="application/rss+xml" title="Tin mới" href="/rss/tin-moi.rss" />'
    return page(moment, Sheet(title=newsroom.masthead.name, main=main, head=feed))


def _block(newsroom: Newsroom, section: Section) -> str:
    listing = newsroom.listing(section, 1)
    links = anchors({s.path: s.headline for s in listing.stories[:3]}) if listing else ""
    title = f'<a href="/vi-vn/tin-tuc/{section.slug}">{escape(section.name)}</a>'
    return f'<div class="block"><h2>{title}</h2><ul>{links}</ul></div>'


def listing_page(moment: Moment, listing: Listing) -> str:
    """A page of a section with its pager."""
    name = escape(listing.section.name)
    rows = "".join(map(_teaser, listing.stories))
    pager = _PAGERS[moment.pager or listing.section.pager](listing)
    main = f'<h1 class="cat-title">{name}</h1>\n<div class="list-news">{rows}</div>\n{pager}'
    title = f"{listing.section.name} | {moment.newsroom.masthead.name}"
    return page(moment, Sheet(title=title, main=main, path=section_path(listing)))


def section_path(listing: Listing) -> str:
    """The path of a listing without its page."""
    return f"/vi-vn/tin-tuc/{listing.section.slug}"


def english(moment: Moment, path: str = "/en/") -> str:
    """The English corner: the same list under whatever path."""
    rows = "".join(map(_teaser, moment.newsroom.english))
    main = f'<h1>News in English</h1><div class="list-news">{rows}</div>'
    return page(moment, Sheet(title="Mong Cai city portal", main=main, path=path))


def calendar(moment: Moment, month: str) -> str:
    """A month without events that links to the month after and before it, for ever."""
    year, _, number = month.partition("-")
    months = int(year) * 12 + int(number) - 1
    around = {f"/lich-cong-tac?thang={(m) // 12:04d}-{m % 12 + 1:02d}": label for m, label in _around(months)}
    main = f"<h1>Lịch công tác tháng {number}/{year}</h1><p>Không có sự kiện.</p><ul>{anchors(around)}</ul>"
    return page(moment, Sheet(title="Lịch công tác", main=main))


def _around(months: int) -> tuple[tuple[int, str], ...]:
    return (months - 1, "Tháng trước"), (months + 1, "Tháng sau")


ABOUT = (
    "Giới thiệu chung",
    "Thành phố nằm ở cửa sông, có đường biên giới trên bộ và bờ biển dài mười bảy cây số. Trang này giới thiệu bộ máy, "
    "đơn vị hành chính và lịch làm việc của các phòng, ban.",
)
CONTACT = (
    "Liên hệ",
    "Ban Biên tập tiếp nhận ý kiến trong giờ hành chính, từ thứ Hai đến thứ Sáu. Bạn đọc gửi kèm tên và địa chỉ.",
)


def plain(moment: Moment, title: str, text: str) -> str:
    """A page with a heading and a paragraph."""
    main = f'<h1>{escape(title)}</h1><div class="content">{escape(text)}</div>'
    return page(moment, Sheet(title=title, main=main))


def search(moment: Moment) -> str:
    """The search page, which robots.txt forbids."""
    return page(moment, Sheet(title="Tìm kiếm", main="".join(map(_teaser, moment.newsroom.latest(10)))))


def login(moment: Moment) -> str:
    """A login form in the portal's chrome."""
    main = """<h1>Đăng nhập hệ thống</h1><p>Vui lòng đăng nhập để tiếp tục.</p>
<form method="post" action="/quan-tri/dang-nhap"><input name="user" /><input name="pass" type="password" /></form>"""
    return page(moment, Sheet(title="Đăng nhập", main=main))


def not_found(moment: Moment) -> str:
    """The page for what is not there; portals send it with 404 or, wrongly, with 200."""
    main = (
        '<div class="portlet-msg-error"><h2>Trạng thái</h2><h3>Không tìm thấy</h3>'
        '<p>Trang bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ.</p><a href="/">Quay lại trang chủ</a></div>'
    )
    return page(moment, Sheet(title=f"Không tìm thấy | {moment.newsroom.masthead.name}", main=main))


def _teaser(story: Story) -> str:
    path, text = escape(story.path), escape(story.headline)
    photo = f'<a href="{path}"><img src="{story.pictures[0].path}" width="130" alt="" /></a>' if story.pictures else ""
    summary = escape((story.lead or story.body[0])[:140])
    date = f'<span class="ShowDate">({story.published:%d/%m/%Y})</span>'
    return f'<div class="item-news">{photo}<h4><a href="{path}">{text}</a> {date}</h4><p>{summary}...</p></div>\n'


def _numbered(listing: Listing) -> str:
    """Page numbers around this one, first, last and next; page 1 is also reachable as ?page=1."""
    if listing.pages == 1:
        return ""
    base, here = section_path(listing), listing.page
    shown = {1, listing.pages, *range(max(here - _WINDOW, 1), min(here + _WINDOW, listing.pages) + 1)}
    numbers = "".join(
        f'<li class="active"><span>{n}</span></li>' if n == here else f'<li><a href="{base}?page={n}">{n}</a></li>'
        for n in sorted(shown)
    )
    following = f'<li class="next"><a href="{base}?page={here + 1}">Trang sau</a></li>' if here < listing.pages else ""
    return f'<ul class="pagination">{numbers}{following}</ul>'


def _previous_next(listing: Listing) -> str:
    """Only back and on, by path."""
    base, here = section_path(listing), listing.page
    back = f'<a href="{base}/page/{here - 1}">« Trước</a>' if here > 1 else "<span>« Trước</span>"
    on = f'<a href="{base}/page/{here + 1}">Sau »</a>' if here < listing.pages else "<span>Sau »</span>"
    return f'<div class="nav-links">{back} | {on}</div>'


_PAGERS = {
    "numbered": _numbered,
    "previous-next": _previous_next,
    "postback": stateful.postback_pager,
    "load-more": stateful.load_more,
}
