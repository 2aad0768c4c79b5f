"""Declared CSS selectors on the page's tree."""

from collections.abc import Iterable
from functools import cache

import lxml.html
from lxml.cssselect import CSSSelector

from crawler.page import Page


def selected_elements(page: Page, selectors: Iterable[str]) -> list[lxml.html.HtmlElement]:
    """The elements of the page that the first matching CSS selector finds, in document order."""
    return next((found for selector in selectors if (found := _matches(page.tree, selector))), [])


def _matches(tree: lxml.html.HtmlElement, selector: str) -> list[lxml.html.HtmlElement]:
    return [e for e in _compiled(selector)(tree) if isinstance(e, lxml.html.HtmlElement)]


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")
