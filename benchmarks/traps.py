"""How many requests of a crawl go into the endless URL space of a real portal, and whether its pages stay reachable.

``python -m benchmarks.traps PATHS`` takes a list of the HTML paths of an HTTrack copy of a Liferay portal (one a line,
size and path separated by a tab), rebuilds the URLs and walks them as a crawl would: a page is fetched when a fetched
page links to it and discovery admits the link.

``python -m benchmarks.traps`` crawls the maze of the tests over HTTP, a small one and one of some hundred articles:
calendars, loops, session ids, sort orders and soft 404s hang on every page.
"""

import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from crawler.discover.anchors import Targets
from crawler.portal import LANGUAGES, Portal, from_url
from tests.crawling import column, muniment
from tests.sites import serving
from tests.test_crawl_traps import Maze, trapped

HOME = "https://portal.example/"
ROOT = "web/source/"
LOGIN = re.compile(r"/(login|dang-nhap)([0-9a-f]{4})?$")
_COPIED_QUERY = re.compile(r"(login|dang-nhap)([0-9a-f]{4})$")
ARTICLE = re.compile(r"/view_content/\d+-[^/]+$")
DOUBLED = re.compile(r"/view_content/.*/view_content/")


def original(path: str) -> str:
    """The URL of which ``path`` is the HTTrack copy: ``.html`` goes, and four hex digits stand for a query."""
    bare = "/".join(segment.removesuffix(".html") for segment in path.removeprefix(ROOT).split("/"))
    return HOME + _COPIED_QUERY.sub(r"\1?q=\2", bare)


def parent(url: str) -> str:
    """The page that links to ``url``: for one with a language appended the page it was appended to."""
    head, _, tail = url.rpartition("/")
    return head if tail in LANGUAGES and head.count("/") > 3 else HOME


def switched(url: str) -> str:
    """The page that was there before languages were appended."""
    while parent(url) != HOME:
        url = parent(url)
    return url


def is_trap(url: str) -> bool:
    """True for copies of a page under a language switch or a doubled path, and for logins."""
    return parent(url) != HOME or bool(LOGIN.search(url.partition("?")[0]) or DOUBLED.search(url))


def walk(urls: Iterable[str], portal: Portal) -> set[str]:
    """The URLs that a crawl of ``portal`` fetches, of those that exist."""
    fetched = {HOME}
    for url in sorted(urls, key=len):
        source = parent(url)
        if source in fetched and Targets(source, portal).resolve(url):
            fetched.add(url)
    return fetched - {HOME}


def main(listing: Path) -> int:
    """Print the figures; 1 when more than 5 % of the requests are wasted or a real article is refused."""
    lines = listing.read_text(encoding="utf-8").splitlines()
    copied = {original(line.partition("\t")[2]) for line in lines if line.strip()}
    urls = copied | {switched(url) for url in copied}
    traps = {url for url in urls if is_trap(url)}
    articles = {url for url in urls - traps if ARTICLE.search(url)}
    portal = from_url(HOME)
    fetched = walk(urls, portal)
    wasted = len(fetched & traps) / max(len(fetched), 1)
    alone = {url for url in traps if portal.scope.admits(url)}
    print(f"{len(urls):,} URLs, {len(traps):,} of them in the trap, {len(articles)} articles")
    print(f"crawl: {len(fetched):,} requests, {len(fetched & traps)} in the trap ({wasted:.1%})")
    print(f"articles fetched: {len(fetched & articles)} of {len(articles)}")
    print(f"pages outside the trap fetched: {len(fetched - traps)} of {len(urls - traps)}")
    print(f"scope alone, without knowing the linking page, admits {len(alone)} URLs of the trap")
    return 0 if wasted < 0.05 and articles <= fetched else 1


def crawled(articles: int) -> tuple[int, int, int]:
    """(requests, those in traps, articles archived) of a crawl of a maze with so many articles."""
    maze = Maze(articles=articles)
    with tempfile.TemporaryDirectory() as folder, serving(maze) as url:
        muniment("crawl", url, cwd=Path(folder), timeout=600)
        kept = column(Path(folder) / "archive.db", "SELECT url FROM articles")
    return len(maze.hits), len(trapped(hit.path for hit in maze.hits)), len(kept)


def maze(sizes: Iterable[int] = (60, 400)) -> int:
    """Print the figures; 1 when an article is lost, or more than 5 % of the requests of the largest are wasted."""
    wasted, lost = 0.0, 0
    for articles in sizes:
        requests, inside, kept = crawled(articles)
        wasted, lost = inside / requests, lost + articles - kept
        print(f"maze of {articles} articles: {requests} requests, {inside} in traps ({wasted:.1%}), {kept} articles")
    return 0 if wasted < 0.05 and not lost else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if sys.argv[1:] else maze())
