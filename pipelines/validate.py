"""Is it an article? An article page without headline or text is kept as a capture and rejected with the reason."""

from collections.abc import Callable
from dataclasses import replace

from crawler.model import Article, Verdict, Visit

CHECKS: tuple[tuple[str, Callable[[Article], bool]], ...] = (
    ("no headline", lambda a: bool(a.headline)),
    ("no text", lambda a: bool(a.body or a.lead or a.images or a.attachments)),
)
"""Reason for a rejection -> what an article must have. A notice may consist of a picture or a file alone."""


class Validate:
    """Scrapy item pipeline: visits pass, with ``rejection`` set and the article taken out where it is none."""

    def process_item(self, item: Visit) -> Visit:
        """The visit, its article only when it is one."""
        if item.article is None:
            return item
        reason = rejection(item.article, item.verdict)
        return replace(item, article=None, rejection=reason) if reason else item


def rejection(article: Article, verdict: Verdict) -> str | None:
    """Why what was extracted is no article, in a few words; None when it is one."""
    if verdict in (Verdict.SOFT_404, Verdict.BLOCKED):
        return f"the page is {verdict}"
    return next((reason for reason, holds in CHECKS if not holds(article)), None)
