"""Where the page of the ``extract`` verb comes from: a file, standard input or the network."""

import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

from crawler.cli.exits import AskedError
from crawler.cli.fetch import Fetcher, FetchError, gunzip
from crawler.page import MAX_PARSED, Page
from crawler.portal import is_url

NOWHERE = "https://page.invalid/page"
"""The URL of a page that does not say its own."""

MAX_READ = 8 * MAX_PARSED


def page_from(source: str, url: str | None = None) -> Page:
    """The page at a URL, in a file (also gzipped) or, for ``-``, on standard input; ``url`` says where it came from."""
    if "://" in source:
        answer = Fetcher().get(source)
        if answer.status >= 400:
            raise FetchError(f"{answer.url}: the server answered {answer.status}")
        return answer.page
    body, at = _read(source)
    stated = url or own_url(Page(url=NOWHERE, body=body))
    return Page(url=stated, body=body, captured_at=at)


def own_url(page: Page) -> str:
    """The URL a page states for itself (canonical link, og:url), else one that stands for nowhere."""
    links = (link["href"].strip() for link in page.relations if "canonical" in link["rel"].lower().split())
    stated = (*links, *page.meta.get("og:url", ()))
    return next((s for s in stated if is_url(s)), NOWHERE)


def _read(source: str) -> tuple[bytes, datetime]:
    """The bytes of a file and when they were written, the best that is known of when they were captured."""
    try:
        if source == "-":
            return gunzip(sys.stdin.buffer.read(MAX_READ)), datetime.now(UTC)
        path = Path(source)
        with path.open("rb") as file:
            return gunzip(file.read(MAX_READ)), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, EOFError, zlib.error) as error:
        raise AskedError(f"{source}: {getattr(error, 'strerror', None) or error}") from None
