"""RSS, sitemap and robots.txt of the sample portal, with the faults that real ones have."""

from html import escape
from itertools import islice
from urllib.parse import urlsplit

from crawler.sample.content import Story
from crawler.sample.newsroom import Newsroom

ROBOTS = """User-agent: *
Disallow: /tim-kiem
Disallow: /quan-tri/
Crawl-delay: 0

Sitemap: /sitemap.xml
"""

FEED_ITEMS = 10
MAPPED = 1000
"""URLs in one sitemap; a portal with more has an index of several."""

_OFF_SITE = "http://baotinh.example/tin/hoi-nghi-bao-chi-2025.html"


def feed(newsroom: Newsroom, base: str) -> str:
    """The newest stories as RSS: junk before the declaration, dates m/d/y without zone, two links gone wrong."""
    items = [_item(s, _link(s, base, i)) for i, s in enumerate(newsroom.latest(FEED_ITEMS - 1))]
    off_site = f"<item><title>Hội nghị báo chí toàn tỉnh</title><link>{_OFF_SITE}</link></item>"
    return f"""\ufeff
<!-- 0.03s -->
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>{escape(newsroom.masthead.name)}</title><link>{base}</link><description>Tin mới nhất</description>
{"".join(items)}{off_site}
</channel></rss>
"""


def _link(story: Story, base: str, place: int) -> str:
    """The third link of every feed has lost its slashes."""
    link = base.rstrip("/") + story.path
    return link.replace("://", ":", 1) if place == 2 else link


def _item(story: Story, link: str) -> str:
    at = story.published
    hour = at.hour % 12 or 12
    date = f"{at.month}/{at.day}/{at.year} {hour}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}"
    return (
        f"<item><title>{escape(story.headline)}</title><link>{escape(link)}</link>"
        f"<description>{escape(story.lead or story.body[0])}</description><image>{urlsplit(link).netloc}</image>"
        f'<guid isPermaLink="false">{story.number}</guid><pubDate>{date}</pubDate></item>\n'
    )


def sitemap(newsroom: Newsroom, base: str, part: int | None = None) -> str:
    """``part`` of the sitemap (from 1), or the whole of it; an index where one file would be too long."""
    if part is None and (parts := -(-newsroom.mapped_count // MAPPED)) > 1:
        maps = "".join(f"<sitemap><loc>{base}sitemap-{i}.xml</loc></sitemap>\n" for i in range(1, parts + 1))
        return _XML + f'<sitemapindex xmlns="{_SPACE}">\n{maps}</sitemapindex>\n'
    start = ((part or 1) - 1) * MAPPED
    urls = "".join(_url(s, base) for s in islice(newsroom.mapped(start), MAPPED))
    return _XML + f'<urlset xmlns="{_SPACE}">\n<url><loc>{base}</loc></url>\n{urls}</urlset>\n'


_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _url(story: Story, base: str) -> str:
    lastmod = story.modified.isoformat(timespec="seconds")
    return f"<url><loc>{base.rstrip('/')}{escape(story.path)}</loc><lastmod>{lastmod}</lastmod></url>\n"
