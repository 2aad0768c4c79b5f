"""Pagers that are scripts: a function with the page's number fills a field of a form and sends it.

The form is sent here as a GET with the number in its URL: the servers that print such pagers read both the same way.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from lxml import etree
from lxml.html import HtmlElement

PAGE_FIELD = re.compile(r"(cur(r|rent)?|now|move|n|c|go)?_?page(_?(index|no|num|number))?|pg", re.IGNORECASE)
"""Names of the field that holds the page's number."""
UNSENT = frozenset({"submit", "button", "image", "reset", "file", "password", "checkbox", "radio"})
MOST = 30

_CALL = re.compile(r"\w\(\s*['\"]?(\d{1,5})['\"]?\s*\)")
_CALLING = etree.XPath("//body//*[self::a or self::button][contains(@onclick, '(') or contains(@href, 'javascript:')]")


def pages_by_form(tree: HtmlElement) -> Iterator[str]:
    """Hrefs of the other pages of a listing whose pager sends a form."""
    numbers = dict.fromkeys(islice(_numbers(tree), MOST))
    form = next(((f, field) for f in tree.iter("form") if (field := _page_field(f))), None) if numbers else None
    if form:
        yield from (_sent(*form, number) for number in numbers)


def _numbers(tree: HtmlElement) -> Iterator[str]:
    """The numbers that links both print and hand to a function, but for the first page."""
    for element in _CALLING(tree):
        call = _CALL.search(f"{element.get('onclick') or ''} {element.get('href') or ''}")
        if call and call[1] != "1" and element.text_content().strip() == call[1]:
            yield call[1]


def _page_field(form: HtmlElement) -> str | None:
    names = (field.get("name") or "" for field in form.iter("input"))
    return next((name for name in names if PAGE_FIELD.fullmatch(name)), None)


def _sent(form: HtmlElement, page_field: str, number: str) -> str:
    fields = [(f.get("name"), f.get("value")) for f in form.iter("input") if f.get("type", "").lower() not in UNSENT]
    pairs = [(name, number if name == page_field else value) for name, value in fields if name]
    action = (form.get("action") or "").partition("?")[0].partition("#")[0]
    return f"{action}?{urlencode([(name, value) for name, value in pairs if value])}"
