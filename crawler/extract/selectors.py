"""Declared CSS selectors on the page's tree; one that is no CSS matches nothing."""

from collections.abc import Iterable
from functools import cache

import lxml.html
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from crawler.page import Page


def selected_elements(page: Page, selectors: Iterable[str]) -> list[lxml.html.HtmlElement]:
    """The elements of the page that the first matching CSS selector finds, in document order."""
    return next((found for selector in selectors if (found := _matches(page.tree, selector))), [])


def _matches(tree: lxml.html.HtmlElement, selector: str) -> list[lxml.html.HtmlElement]:
    compiled = _compiled(selector)
    return [e for e in compiled(tree) if isinstance(e, lxml.html.HtmlElement)] if compiled else []


@cache
def _compiled(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError:
        return None
