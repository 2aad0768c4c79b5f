"""A town's portal small enough to be written here: a home page, a feed, three articles and what is none."""

from collections.abc import Mapping

from tests.cli.serving import Answered

PARAGRAPHS = (
    "The town council met on Tuesday evening in the old school and decided to repair the bridge over the mill stream "
    "before winter. The mayor said that the work would begin in October and cost less than the engineers had feared.",
    "Residents of the lower town had asked for the repair for years. During the floods of last spring the bridge was "
    "closed for eleven days, and children had to be driven to school over the pass, which takes an hour each way.",
    "The council also agreed to plant forty lime trees along the station road. The gardeners will begin with the "
    "northern side as soon as the ground allows it, and the school classes have offered to help them.",
)

ARTICLE = """<!doctype html><html lang="en"><head><title>{headline} - Town of Example</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Town of Example">
<meta property="article:published_time" content="2024-09-1{n}T08:30:00+02:00"></head>
<body><header><nav><a href="/">Home</a> <a href="/news/">News</a></nav></header>
<main><article><h1 class="title">{headline}</h1><p class="by">By Ane Dahl</p>
<figure><img src="/photo-{n}.jpg" alt=""><figcaption>The bridge over the mill stream in spring</figcaption></figure>
{text}</article></main><footer>Town of Example</footer></body></html>"""

HEADLINES = (
    "Council decides to repair the mill bridge",
    "Forty lime trees for the station road",
    "Evening classes begin again in the old school",
)

HOME = """<!doctype html><html lang="en"><head><title>Town of Example</title>
<meta property="og:site_name" content="Town of Example">
<link rel="alternate" type="application/rss+xml" href="/rss"></head><body>
<nav><a href="/">Home</a> <a href="/news/">News</a></nav><main>{entries}</main></body></html>"""

ENTRY = """<div class="entry"><h3><a href="/news/2024/09/article-10{n}.html">{headline}</a></h3>
<span>1{n}/09/2024</span></div>"""

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Town of Example</title>{items}</channel></rss>"""

ITEM = "<item><title>{headline}</title><link>{base}/news/2024/09/article-10{n}.html</link></item>"

HTML = {"Content-Type": "text/html; charset=utf-8"}


def article(n: int) -> bytes:
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return ARTICLE.format(n=n, headline=HEADLINES[n], text=text).encode()


def town(base: str = "") -> dict[str, Answered]:
    """The portal's answers by path; ``base`` stands before the article URLs of its feed."""
    entries = "".join(ENTRY.format(n=n, headline=headline) for n, headline in enumerate(HEADLINES))
    items = "".join(ITEM.format(n=n, headline=headline, base=base) for n, headline in enumerate(HEADLINES))
    pages: Mapping[str, bytes] = {
        "/": HOME.format(entries=entries).encode(),
        "/news/": HOME.format(entries=entries).encode(),
        **{f"/news/2024/09/article-10{n}.html": article(n) for n in range(len(HEADLINES))},
    }
    return {
        **{
            path: Answered(body=body, headers={"Content-Type": "text/html; charset=utf-8"})
            for path, body in pages.items()
        },
        "/rss": Answered(body=FEED.format(items=items).encode(), headers={"Content-Type": "application/rss+xml"}),
        "/robots.txt": Answered(body=b"User-agent: *\nDisallow: /secret/\n", headers={"Content-Type": "text/plain"}),
    }
