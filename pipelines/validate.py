"""Is it an article? An article page without headline or text is kept as a capture and rejected with the reason."""

from dataclasses import replace

from crawler.extract.rejection import rejection
from crawler.model import Visit


class Validate:
    """Scrapy item pipeline: visits pass, with ``rejection`` set and the article taken out where it is none."""

    def process_item(self, item: Visit) -> Visit:
        """The visit, its article only when it is one."""
        if item.article is None:
            return item
        reason = rejection(item.article, item.verdict)
        return replace(item, article=None, rejection=reason) if reason else item
