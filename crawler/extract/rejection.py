"""Is what was extracted an article? If not, why."""

from collections.abc import Callable

from crawler.model import Article, Verdict

CHECKS: tuple[tuple[str, Callable[[Article], bool]], ...] = (
    ("no headline", lambda a: bool(a.headline)),
    ("no text", lambda a: bool(a.body or a.lead or a.images or a.attachments)),
)
"""Reason for a rejection -> what an article must have. A notice may consist of a picture or a file alone."""


_REFUSED = (Verdict.SOFT_404, Verdict.BLOCKED)
REASONS = (*(reason for reason, _ in CHECKS), *(f"the page is {verdict}" for verdict in _REFUSED))
"""All that ``rejection`` says."""


def rejection(article: Article, verdict: Verdict) -> str | None:
    """Why what was extracted is no article, in a few words; None when it is one."""
    if verdict in _REFUSED:
        return f"the page is {verdict}"
    return next((reason for reason, holds in CHECKS if not holds(article)), None)
