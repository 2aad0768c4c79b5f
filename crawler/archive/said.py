"""What one version of an article says."""

import hashlib
import unicodedata
from dataclasses import dataclass

from crawler.archive.rows import printed
from crawler.model import Article
from crawler.text import squash


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a version holds: all that makes it differ from another one."""

    published_at: str | None
    byline: str | None
    headline: str | None
    lead: str | None
    captions: str | None
    body: str | None

    @property
    def fingerprint(self) -> str:
        """A digest that white space and Unicode normalisation do not change."""
        fields = (self.published_at, self.byline, self.headline, self.lead, self.captions, self.body)
        text = "\x1f".join(squash(field) for field in fields)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    @property
    def words(self) -> int:
        """How many words its lead and body have."""
        return len(f"{self.lead or ''} {self.body or ''}".split())


def said_in(article: Article) -> Said:
    """What an article says, as its row and its version hold it."""
    return Said(
        published_at=printed(article.published),
        byline=_nfc(article.byline),
        headline=_nfc(article.headline),
        lead=_nfc(article.lead),
        captions=_nfc("\n".join(image.caption for image in article.images if image.caption)),
        body=_nfc("\n\n".join(article.body)),
    )


def _nfc(text: str | None) -> str | None:
    return unicodedata.normalize("NFC", text) if text else None
