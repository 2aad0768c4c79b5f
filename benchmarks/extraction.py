"""The extractor in the form that the corpus scorer takes: bytes and URL in, a plain dictionary out."""

from typing import Any

from crawler.extract import extract as extract_article
from crawler.model import Article, Image
from crawler.page import Page
from crawler.portal import from_url

NOWHERE = "http://localhost/page.html"


def extract(html: bytes, url: str | None) -> dict[str, Any]:
    """Headline, authors, published, body (the lead in front, paragraphs by line) and captions of a page.

    Where a page credits no person, the unit counts as its author.
    """
    url = url if url and url.startswith(("http://", "https://")) else NOWHERE
    article = extract_article(Page(url=url, body=html), from_url(url))
    return {
        "headline": article.headline,
        "authors": list(article.authors) or ([article.unit] if article.unit else []),
        "published": article.published.isoformat() if article.published else None,
        "body": "\n".join(_text(article)),
        "captions": [_caption(image) for image in article.images if image.caption or image.credit],
    }


def _text(article: Article) -> tuple[str, ...]:
    return (article.lead, *article.body) if article.lead else article.body


def _caption(image: Image) -> dict[str, Any]:
    return {"text": image.caption or "", "credits": image.credit.split(" | ") if image.credit else []}
