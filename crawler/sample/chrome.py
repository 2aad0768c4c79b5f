"""What stands around the content of every page: menus, clock, counters, share buttons, print script, footer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from html import escape

from crawler.sample.content import WEEKDAYS, ZONE, Quirk, Story
from crawler.sample.newsroom import Newsroom
from crawler.sample.prose import read

_LYING = {Quirk.LYING_LANG: "de"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One fetch of one portal: ``fetch`` counts the portal's fetches and drives its clock and counters."""

    newsroom: Newsroom
    base: str
    neighbour: str
    fetch: int
    endless: bool = False
    pager: str | None = None

    @property
    def clock(self) -> str:
        """The time that pages show; no two fetches show the same."""
        opened = datetime.combine(self.newsroom.today, time(8, 0), ZONE)
        now = opened + timedelta(seconds=self.fetch)
        return f"{WEEKDAYS[now.weekday()]}, ngày {now.day} tháng {now.month} năm {now.year} | {now:%H:%M:%S} GMT+7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is special to one page: its title, middle column, path, and more of its ``<head>``."""

    title: str
    main: str
    path: str = "/"
    head: str = ""
    story: Story | None = None


def page(moment: Moment, sheet: Sheet) -> str:
    """A whole HTML page."""
    story = sheet.story
    masthead = moment.newsroom.masthead
    quirk = story.quirk if story else Quirk.NONE
    language = _LYING.get(quirk, story.language if story else "vi")
    charset = "windows-1252" if quirk is Quirk.LYING_CHARSET else "utf-8"
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<title>{escape(sheet.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1" />
{sheet.head}
{_print_script()}
</head>
<body>
<div id="topbar"><span id="clock">{moment.clock}</span> {_languages(moment, sheet.path)}</div>
<div id="banner"><a href="/" class="logo" title="Trang chủ">{escape(masthead.name)}</a>
<form action="/tim-kiem" method="get"><input type="text" name="tu-khoa" value="Từ khóa tìm kiếm" />
<input type="submit" value="Tìm kiếm" /></form></div>
<div id="menu"><ul>{_menu(moment)}</ul></div>
<div id="wrap">
<div id="left">{_left(moment)}</div>
<div id="center">
{sheet.main}
</div>
<div id="right">{_right(moment)}</div>
</div>
{_footer(moment)}
</body>
</html>
"""


def share() -> str:
    """Share buttons that carry the title of another article, whatever the page."""
    title = escape(read("chrome")["shared_title"])
    return f"""<div class="share"><a href="#" onclick="shareOn('facebook', '{title}')" title="{title}">Chia sẻ</a>
<a href="#" onclick="shareOn('zalo', '{title}')">Zalo</a> <a href="javascript:window.print()">Bản in</a></div>"""


def anchors(links: Mapping[str, str]) -> str:
    """List items that link to paths by their text."""
    return "".join(f'<li><a href="{escape(path)}">{escape(text)}</a></li>' for path, text in links.items())


def _menu(moment: Moment) -> str:
    sections = {f"/vi-vn/tin-tuc/{s.slug}": s.name for s in moment.newsroom.sections}
    return anchors({"/": "Trang chủ", "/vi-vn/gioi-thieu": "Giới thiệu", **sections, "/vi-vn/lien-he": "Liên hệ"})


def _languages(moment: Moment, path: str) -> str:
    if moment.endless:
        here = escape(path.rstrip("/"))
        return f'<a href="{here}/en">English</a> <a href="{here}/vi">Tiếng Việt</a>'
    return '<a href="/">Tiếng Việt</a>' + (' <a href="/en/">English</a>' if moment.newsroom.english else "")


def _left(moment: Moment) -> str:
    notice = escape(read("chrome")["notice"])
    calendar = '<a href="/lich-cong-tac?thang=2025-11">Lịch công tác</a>' if moment.endless else "Lịch công tác"
    keywords = anchors({"/tim-kiem?tu-khoa=dau+gia": "đấu giá đất", "/tim-kiem?tu-khoa=tuyen+dung": "tuyển dụng"})
    return (
        f'<div class="box"><h3>Chuyên mục</h3><ul>{_menu(moment)}</ul></div>'
        f'<div class="box"><h3>Từ khóa nóng</h3><ul>{keywords}</ul></div>'
        f'<div class="box"><h3>{calendar}</h3><marquee>{notice}</marquee></div>'
    )


def _right(moment: Moment) -> str:
    newest, *others = moment.newsroom.latest(4)
    most_read = {f"/tin-tuc/xem-tin.aspx?id={newest.number}": newest.headline, **{s.path: s.headline for s in others}}
    partners = {moment.neighbour: "Cổng thông tin bạn", "http://dichvucong.example/": "Dịch vụ công trực tuyến"}
    return (
        f'<div class="box"><h3>Tin đọc nhiều</h3><ul>{anchors(most_read)}</ul></div>'
        f'<div class="box"><h3>Liên kết website</h3><ul>{anchors(partners)}</ul></div>'
    )


def _footer(moment: Moment) -> str:
    masthead = moment.newsroom.masthead
    visits = f"{4_318_207 + moment.fetch:,}".replace(",", ".")
    return f"""<div id="footer"><p><strong>{escape(masthead.name)}</strong></p>
<p>Cơ quan chủ quản: {escape(masthead.publisher)}. Địa chỉ: {escape(masthead.address)}</p>
<p>Giấy phép số 27/GP-TTĐT ngày 14/06/2011. Điện thoại: 0203.000.000. Bản quyền © 2011 - 2025</p>
<p>Số lượt truy cập: {visits} | Đang trực tuyến: {11 + moment.fetch % 37}</p>
<p><a href="/quan-tri/dang-nhap">Đăng nhập</a></p>
</div>"""


def _print_script() -> str:
    stale = read("chrome")
    return f"""<script type="text/javascript">
function shareOn(net, title) {{ window.open('/chia-se?net=' + net + '&t=' + title); }}
function printNews() {{
  var w = window.open('', 'print', 'width=800,height=600');
  w.document.write('<html><head><title>In bài viết</title></head><body>');
  w.document.write('<h1>{stale["printed_title"]}</h1>');
  w.document.write('<h3>{stale["printed_lead"]}</h3></body></html>');
}}
</script>"""
