"""Which pages a bulk import may gather: those of which nothing is known, by URL, record or withheld text."""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlite_utils import Database

_URLS = " UNION ALL ".join(
    f"SELECT url FROM {table} WHERE url IN (SELECT value FROM json_each(:urls))"
    for table in ("articles", "addresses", "withheld_urls")
)
_VISITED = "SELECT url FROM frontier WHERE portal_id = ? AND url IN (SELECT value FROM json_each(?))"
_RECORDED = 'SELECT "offset" FROM captures WHERE warc = ? AND "offset" IN (SELECT value FROM json_each(?))'
_WITHHELD = (
    "SELECT portal_id, fingerprint FROM withholdings WHERE released_at IS NULL"
    " AND fingerprint IN (SELECT value FROM json_each(?))"
)


class Page(NamedTuple):
    """A page to be stored: where it was found, where it was recorded, and the digest of its text."""

    portal_id: int
    url: str
    warc: str | None
    offset: int | None
    exact: str


class Known:
    """The pages that were asked about, and those of them of which something is known."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._asked: set[Page] = set()
        self._known: set[Page] = set()

    def look_up(self, pages: Iterable[Page]) -> None:
        """Find out about these pages. Many at once are found several times as fast."""
        asked = set(pages)
        self._asked |= asked
        urls = self._urls(asked)
        visited, recorded = self._visited(asked), self._recorded(asked)
        withheld = set(self._db.conn.execute(_WITHHELD, (json.dumps([page.exact for page in asked]),)))
        self._known |= {
            page
            for page in asked
            if page.url in urls
            or (page.portal_id, page.url) in visited
            or (page.warc, page.offset) in recorded
            or (page.portal_id, page.exact) in withheld
        }

    def __contains__(self, page: Page) -> bool:
        """True for a page of which something is known."""
        if page not in self._asked:
            self.look_up([page])
        return page in self._known

    def forget(self) -> None:
        """Ask anew: something was stored."""
        self._asked.clear()
        self._known.clear()

    def _urls(self, pages: Collection[Page]) -> set[str]:
        urls = json.dumps([page.url for page in pages])
        return {url for (url,) in self._db.conn.execute(_URLS, {"urls": urls})}

    def _visited(self, pages: Collection[Page]) -> set[tuple[int, str]]:
        by_portal: dict[int, list[str]] = {}
        for page in pages:
            by_portal.setdefault(page.portal_id, []).append(page.url)
        return {
            (portal_id, url)
            for portal_id, urls in by_portal.items()
            for (url,) in self._db.conn.execute(_VISITED, (portal_id, json.dumps(urls)))
        }

    def _recorded(self, pages: Collection[Page]) -> set[tuple[str | None, int | None]]:
        by_file: dict[str | None, list[int | None]] = {}
        for page in pages:
            by_file.setdefault(page.warc, []).append(page.offset)
        return {
            (warc, offset)
            for warc, offsets in by_file.items()
            for (offset,) in self._db.conn.execute(_RECORDED, (warc, json.dumps(offsets)))
        }
