"""What one version of an article says."""

import hashlib
from dataclasses import dataclass

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
