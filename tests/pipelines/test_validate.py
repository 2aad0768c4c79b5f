"""What is an article, and why not."""

from datetime import UTC, datetime

import pytest

from crawler.extract.rejection import rejection
from crawler.model import Article, Attachment, Capture, Image, Kind, Verdict, Visit
from pipelines.validate import Validate

CAPTURE = Capture(url="http://127.0.0.1/a", captured_at=datetime(2026, 1, 1, tzinfo=UTC), status=200)
PLAIN = Article(url="http://127.0.0.1/a", portal="town", headline="Budget adopted", body=("The council met.",))


@pytest.mark.parametrize(
    ("article", "verdict", "expected"),
    [
        (PLAIN, Verdict.LIVE, None),
        (Article(url="u", portal="p", body=("Text",)), Verdict.LIVE, "no headline"),
        (Article(url="u", portal="p", headline="H"), Verdict.LIVE, "no text"),
        (Article(url="u", portal="p", headline="H", lead="L"), Verdict.LIVE, None),
        (Article(url="u", portal="p", headline="H", images=(Image(url="i"),)), Verdict.LIVE, None),
        (Article(url="u", portal="p", headline="H", attachments=(Attachment(url="f"),)), Verdict.LIVE, None),
        (PLAIN, Verdict.SOFT_404, "the page is soft-404"),
        (PLAIN, Verdict.BLOCKED, "the page is blocked"),
    ],
)
def test_why_an_article_is_rejected(article: Article, verdict: Verdict, expected: str | None) -> None:
    assert rejection(article, verdict) == expected


def test_a_rejected_visit_passes_without_its_article_and_with_the_reason() -> None:
    visit = Visit(capture=CAPTURE, kind=Kind.ARTICLE, article=Article(url="u", portal="p"))
    passed = Validate().process_item(visit)
    assert passed.article is None
    assert passed.rejection == "no headline"


def test_other_visits_pass_as_they_are() -> None:
    visit = Visit(capture=CAPTURE, kind=Kind.LISTING)
    assert Validate().process_item(visit) is visit
