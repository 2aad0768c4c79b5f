"""Pages and contexts for the tests of extraction."""

from datetime import UTC, datetime

from crawler.extract import context_of, extract
from crawler.extract.readers import Context
from crawler.model import Article
from crawler.page import Page
from crawler.portal import Portal, from_url

URL = "http://town.example/news/1"
PROSE = (
    "The council met on Tuesday evening and agreed to rebuild the old bridge over the river before winter.",
    "Work on the bridge begins in May, and pedestrians will use a temporary crossing until it is finished.",
    "The mayor thanked the residents of both banks for their patience during the long planning period.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in PROSE)
MENU = "<ul class='menu'>" + "".join(f"<li><a href='/{n}'>Department number {n}</a></li>" for n in range(8)) + "</ul>"


def page(html: str, title: str = "Old bridge to be rebuilt | Town") -> Page:
    """A page with this in its body."""
    if "<html" not in html:
        html = f"<html><head><title>{title}</title></head><body>{html}</body></html>"
    return Page(url=URL, body=html.encode(), captured_at=datetime(2026, 3, 1, tzinfo=UTC))


def portal() -> Portal:
    """A portal nobody declared."""
    return from_url("http://town.example/")


def context(html: str) -> Context:
    """What the readers of a page with this in its body are given."""
    return context_of(page(html), portal())


def article(html: str) -> Article:
    """What is read out of a page with this in its body."""
    return extract(page(html), portal())
