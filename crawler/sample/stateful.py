"""Lists of the sample portal whose older pages have no URL: a WebForms pager, and a button that loads JSON."""

import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable, Mapping

from crawler.sample.content import Section, Story
from crawler.sample.newsroom import Listing

_SHOWN = 2
"""Numbers of one block of the pager; an ellipsis leads to the next block."""
_GRID = "ctl00$Main$GridTin"


def postback_pager(listing: Listing) -> str:
    """Numbers that send the form of the page back, a block at a time as a GridView prints them."""
    first = (listing.page - 1) // _SHOWN * _SHOWN + 1
    block = range(first, min(first + _SHOWN, listing.pages + 1))
    offered = {n: str(n) for n in block}
    if first > 1:
        offered = {first - 1: "..."} | offered
    if block.stop <= listing.pages:
        offered[block.stop] = "..."
    cells = "".join(_cell(n, text, listing.page) for n, text in offered.items())
    return (
        f'<form method="post" action="./{listing.section.slug}" id="aspnetForm">'
        f'<input type="hidden" name="__VIEWSTATE" value="{_state(listing.section, offered)}" />'
        '<input type="hidden" name="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" value="" />'
        f'<table><tr>{cells}</tr></table><input type="submit" name="btnTim" value="Tìm" /></form>'
    )


def _cell(number: int, text: str, here: int) -> str:
    if number == here:
        return f"<td><span>{text}</span></td>"
    return f"""<td><a href="javascript:__doPostBack('{_GRID}','Page${number}')">{text}</a></td>"""


def _state(section: Section, offered: Iterable[int]) -> str:
    return b64encode(json.dumps([section.slug, sorted(offered)]).encode()).decode()


def page_asked_for(section: Section, form: Mapping[str, list[str]]) -> int | None:
    """The page that a posted form asks for; None when its view state is not this list's or did not offer that page."""
    sent = {name: values[0] for name, values in form.items()}
    try:
        slug, offered = json.loads(b64decode(sent.get("__VIEWSTATE", ""), validate=True))
    except (ValueError, Error):
        return None
    number = sent.get("__EVENTARGUMENT", "").removeprefix("Page$")
    asked = int(number) if number.isdecimal() and sent.get("__EVENTTARGET") == _GRID and "btnTim" not in sent else None
    return asked if slug == section.slug and asked in offered else None


def load_more(listing: Listing) -> str:
    """A button whose script asks for the next page."""
    if listing.pages == 1:
        return ""
    url = f"/api/tin-tuc?chuyen-muc={listing.section.slug}&amp;trang={listing.page + 1}"
    return f'<button type="button" class="btn load-more" data-url="{url}">Xem thêm</button>'


def more(stories: Iterable[Story]) -> bytes:
    """What the script gets: the stories of a page, and an empty list behind the last."""
    items = [{"title": s.headline, "url": s.path, "date": s.published.isoformat()} for s in stories]
    return json.dumps({"items": items}).encode()
