"""Pagers of ASP.NET WebForms: links and buttons that send the page's own form back, with its view state.

What they lead to has no URL. It gets that of the form with the page's number as a fragment (``list.aspx#page=3``), so
that the same page is known again wherever it is met; the fragment is never sent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from lxml import etree
from lxml.html import HtmlElement

from crawler.discover.anchors import Anchor, Targets
from crawler.discover.pager import Pager, pager
from crawler.discover.words import plain, words
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.text import squash

STATE = "__VIEWSTATE"
EVENT = ("__EVENTTARGET", "__EVENTARGUMENT")
MOST_BYTES = 2_000_000
"""Of a form that is sent; servers refuse larger ones (ASP.NET: 4 MB)."""
MOST = 400
"""Links and buttons of one form that are looked at."""

_CALL = re.compile(r"(?:__doPostBack|WebForm_PostBackOptions)\(\s*(['\"])(.*?)\1\s*,\s*(['\"])(.*?)\3")
_NUMBER = re.compile(r"(\d{1,5})$")
_NUMBERED = re.compile(r"#page=(\d{1,5})$")
_SENDING = etree.XPath(
    ".//a[contains(@href, 'PostBack') or contains(@onclick, 'PostBack')]"
    "|.//button[@name or contains(@onclick, 'PostBack')]"
    "|.//input[contains('submit image button', @type) and (@name or contains(@onclick, 'PostBack'))]"
)
_UNSENT = frozenset({"submit", "button", "image", "reset", "file"})
_TICKED = frozenset({"checkbox", "radio"})
_ELLIPSIS = ("...", "…")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The other pages of a listing that are reached by POST; ``certain`` as in :class:`Pager`."""

    links: tuple[Link, ...] = ()
    certain: int = 0


def postbacks(page: Page, targets: Targets) -> Posted:
    """The pages that the pager of a page with view state sends for."""
    form = _form(page.tree) if STATE in page.text else None
    url = targets.resolve(form.get("action") or targets.here) if form is not None else None
    if form is None or url is None:
        return Posted()
    here = _page_number(page.url)
    senders = {_address(i): sender for i, sender in enumerate(_numbered(islice(_senders(form), MOST)))}
    turning = pager(Anchor(url=at, text=s.text, rel="", element=s.element) for at, s in senders.items())
    turns = _turns(turning, senders, here)
    fields = tuple(_fields(form)) if turns else ()
    links = (_link(url, number, (*sender.pairs, *fields)) for number, sender in turns.items())
    return Posted(links=tuple(link for link in links if len(link.form or "") <= MOST_BYTES), certain=turning.certain)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sender:
    """A link or button that sends the form, with what it adds to the fields."""

    element: HtmlElement
    text: str
    pairs: tuple[Pair, ...]


def _form(tree: HtmlElement) -> HtmlElement | None:
    posting = (form for form in tree.iter("form") if (form.get("method") or "post").lower() == "post")
    return next((form for form in posting if any(f.get("name") == STATE for f in form.iter("input"))), None)


def _page_number(url: str) -> int:
    match = _NUMBERED.search(url)
    return int(match[1]) if match else 1


def _address(index: int) -> str:
    """Stands for the URL that a sender has not."""
    return f"?{index}"


def _senders(form: HtmlElement) -> Iterator[_Sender]:
    for element in _SENDING(form):
        text = squash(element.text_content()) or squash(element.get("value") or element.get("title") or "")
        text = text or squash(element.get("title") or element.get("alt") or "")
        call = _CALL.search(f"{element.get('href') or ''} {element.get('onclick') or ''}")
        if call:
            yield _Sender(element=element, text=text, pairs=tuple(zip(EVENT, (call[2], call[4]), strict=True)))
        elif element.tag != "a" and (name := element.get("name")):
            yield _Sender(element=element, text=text, pairs=((name, element.get("value") or ""),))


def _numbered(senders: Iterator[_Sender]) -> Iterator[_Sender]:
    """An ellipsis leads to the page that its argument names, else to the one after the numbers before it."""
    last = 0
    for sender in senders:
        if sender.text in _ELLIPSIS:
            argued = _NUMBER.search(sender.pairs[-1][1])
            number = int(argued[1]) if argued else last + 1
            yield _Sender(element=sender.element, text=str(number) if number > 1 else "", pairs=sender.pairs)
        else:
            last = int(sender.text) if sender.text.isdecimal() else last
            yield sender


def _turns(turning: Pager, senders: dict[str, _Sender], here: int) -> dict[int, _Sender]:
    """The sender for every other page that is offered; a mere word means the page after this one."""
    turns: dict[int, _Sender] = {}
    worded: list[_Sender] = []
    for anchor in turning.pages:
        sender = senders[anchor.url]
        if sender.text.isdecimal():
            turns.setdefault(int(sender.text), sender)
        elif plain(sender.text) not in words("last"):
            worded.append(sender)
    if worded:
        turns.setdefault(here + 1, worded[0])
    return {number: sender for number, sender in turns.items() if number not in (here, 0)}


def _fields(form: HtmlElement) -> Iterator[Pair]:
    """What a browser sends of a form besides the button that was pressed."""
    for field in form.iter("input", "select", "textarea"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or name in EVENT or field.get("disabled") is not None:
            continue
        if field.tag == "select":
            yield from ((name, value) for value in _chosen(field))
        elif field.tag == "textarea":
            yield name, field.text or ""
        elif kind not in _UNSENT and (kind not in _TICKED or field.get("checked") is not None):
            yield name, field.get("value") or ("on" if kind in _TICKED else "")


def _chosen(select: HtmlElement) -> list[str]:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    shown = chosen or ([] if select.get("multiple") is not None else options[:1])
    return [option.get("value", option.text or "") for option in shown]


def _link(url: str, number: int, pairs: tuple[Pair, ...]) -> Link:
    return Link(url=f"{url}#page={number}", kind=Kind.LISTING, form=urlencode(pairs))
