"""What the faults of the sample portal answer instead of a page, or make of one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from crawler.sample import pages
from crawler.sample.answer import Answer, html, moved
from crawler.sample.chrome import Moment, Sheet, page
from crawler.sample.faults import ROBOTS, Faults, Switch

NESTED = 100_000
_MEGABYTE = 1024 * 1024
_GIANT = "Trang rất lớn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blow:
    """A fault that strikes a request."""

    switch: Switch
    path: str
    moment: Moment


def instead(faults: Faults, path: str, moment: Moment) -> Answer | None:
    """What a switched-on fault answers in place of the page; None when the page may be made."""
    if path == ROBOTS and faults.strikes("robots", path):
        return _BUSY
    for fault, reply in _REPLIES.items():
        if faults.strikes(fault, path):
            return reply(Blow(switch=getattr(faults, fault), path=path, moment=moment))
    soft = faults.soft_404
    return html(pages.not_found(moment)) if soft and soft.pattern and soft.strikes(path) else None


def spoiled(faults: Faults, path: str, moment: Moment, answer: Answer) -> Answer:
    """``answer`` with what the switched-on faults make of it."""
    soft = faults.soft_404
    if answer.status == 404 and soft is not None and not soft.pattern and soft.strikes(path):
        return html(pages.not_found(moment))
    for fault, spoil in _SPOILS.items():
        if answer.body and faults.strikes(fault, path):
            return replace(answer, body=spoil(answer.body), etag=None, modified=None)
    return answer


_BUSY = Answer(status=503, media_type="text/plain", body=b"Service Unavailable")


def _throttled(blow: Blow) -> Answer:
    headers = {"Retry-After": f"{blow.switch.seconds:g}"}
    return Answer(status=429, media_type="text/plain", body=b"Too Many Requests", headers=headers)


def _loop(blow: Blow) -> Answer:
    parts = urlsplit(blow.path)
    lap = int(parse_qs(parts.query).get("lap", ["0"])[0])
    return moved(f"{parts.path}?lap={(lap + 1) % 3}", 302)


def _filler(moment: Moment, megabytes: int) -> Iterator[bytes]:
    before, _, after = page(moment, Sheet(title=_GIANT, main=f"<h1>{_GIANT}</h1>\n@@")).encode().partition(b"@@")
    line = "<p>Dòng số liệu dài trong một bảng không bao giờ hết.</p>\n".encode()
    piece = line * (_MEGABYTE // len(line) + 1)
    yield before
    for _ in range(megabytes):
        yield piece[:_MEGABYTE]
    yield after


def _nested(body: bytes) -> bytes:
    inside = re.compile(rb"(<div id=\"center\">)(.*)(<div id=\"right\">)", re.DOTALL)
    return inside.sub(rb"\1" + b"<div>" * NESTED + rb"\2" + b"</div>" * NESTED + rb"\3", body)


_ARTICLE_LINKS = re.compile(rb'href="[^"]*/(?:vi-vn/tin|vn/tin-tuc|news|tin-tuc/xem-tin)[^"]*\d[^"]*"')
_ENTRIES = re.compile(rb"<(item|url|sitemap)>.*?</\1>", re.DOTALL)
_TITLE = re.compile(rb"<title>[^<]*</title>")
_PLANTED = (
    '<title>Sòng bạc ABC</title></head><body><div style="position:absolute;left:-9999px">'
    '<a href="http://nhacai.example/">nhà cái uy tín</a><a href="http://slots.example/">casino online</a></div>'
).encode()


def _scripted(body: bytes) -> bytes:
    return _ENTRIES.sub(b"", _ARTICLE_LINKS.sub(b'href="#"', body))


def _hijacked(body: bytes) -> bytes:
    head, _, rest = _TITLE.sub(b"", body, count=1).rpartition(b"</head>")
    return head + _PLANTED + rest.partition(b">")[2]


_SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "nul_bytes": lambda body: body.replace(b" ", b"\x00 \x00"),
    "nested": _nested,
    "scripted": _scripted,
    "hijacked": _hijacked,
}
_REPLIES: dict[str, Callable[[Blow], Answer]] = {
    "unavailable": lambda _: _BUSY,
    "throttled": _throttled,
    "redirect_loop": _loop,
    "gone": lambda blow: html(pages.not_found(blow.moment), 404),
    "sent_home": lambda _: moved("/", 302),
    "login": lambda blow: html(pages.login(blow.moment)),
    "giant": lambda blow: Answer(stream=_filler(blow.moment, blow.switch.megabytes)),
}
