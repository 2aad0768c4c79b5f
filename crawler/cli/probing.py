"""Trying a portal without archiving anything: what its seeds answer now, and what its article pages give."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.cli.fetch import Fetcher, FetchError
from crawler.discover import discover
from crawler.extract import drift, extract
from crawler.model import Article, Kind, Link, Verdict
from crawler.portal import Portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What one seed answers: its kind, a remark for people, the article URLs it leads to, and its other pages."""

    url: str
    declared: Kind
    kind: Kind | None
    remark: str
    articles: tuple[str, ...] = ()
    pages: tuple[Link, ...] = ()

    @property
    def works(self) -> bool:
        """True when the seed is what it was declared to be and leads somewhere."""
        return self.kind is self.declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The articles of some pages of a portal, and on how many of the pages each declared selector found nothing."""

    articles: tuple[Article, ...] = ()
    drift: Mapping[str, int]
    remarks: tuple[str, ...] = ()


def probe(fetcher: Fetcher, portal: Portal, url: str, declared: Kind) -> Probe:
    """What the seed at ``url`` answers now."""
    try:
        answer = fetcher.get(url)
    except FetchError as error:
        return Probe(url=url, declared=declared, kind=None, remark=str(error).removeprefix(f"{url}: "))
    if answer.status >= 400:
        return Probe(url=url, declared=declared, kind=None, remark=f"answers {answer.status}")
    found = discover(answer.page, portal, expected=declared)
    if found.verdict is not Verdict.LIVE:
        return Probe(url=url, declared=declared, kind=None, remark=found.reason)
    articles = tuple(link.url for link in found.links if link.kind is Kind.ARTICLE)
    remark = f"{found.kind}: {len(found.links)} links, {len(articles)} of them to articles"
    return Probe(
        url=answer.url, declared=declared, kind=found.kind, remark=remark, articles=articles, pages=found.pages
    )


def turned(fetcher: Fetcher, portal: Portal, seed: Probe) -> str:
    """What turning the page of a listing brings, in a few words; empty for what has no pages."""
    if seed.kind is not Kind.LISTING:
        return ""
    if not seed.pages:
        return "none found"
    onward = seed.pages[0]
    try:
        answer = fetcher.get(onward.url, onward.form)
    except FetchError as error:
        return f"fails: {str(error).removeprefix(f'{onward.url}: ')}"
    if answer.status >= 400:
        return f"fails: {onward.url} answers {answer.status}"
    found = discover(answer.page, portal, expected=Kind.LISTING)
    more = {link.url for link in found.links if link.kind is Kind.ARTICLE} - set(seed.articles)
    sent = " by form" if onward.form is not None else ""
    return f"{len(more)} more{sent}" if more else f"nothing new{sent}"


def try_articles(fetcher: Fetcher, portal: Portal, urls: Sequence[str], enough: int = 3) -> Tried:
    """Read article pages until ``enough`` of them are articles; pages that are none are remarked on."""
    articles: list[Article] = []
    remarks: list[str] = []
    lost: Counter[str] = Counter()
    for url in urls[: 3 * enough]:
        try:
            page = fetcher.get(url).page
        except FetchError as error:
            remarks.append(str(error))
            continue
        found = discover(page, portal, expected=Kind.ARTICLE)
        if found.kind is not Kind.ARTICLE:
            remarks.append(f"{url}: {found.kind} page: {found.reason}")
            continue
        articles.append(extract(page, portal))
        lost.update(drift(page, portal))
        if len(articles) == enough:
            break
    return Tried(articles=tuple(articles), drift=lost, remarks=tuple(remarks))


def urls_of(probes: Iterable[Probe]) -> tuple[str, ...]:
    """The article URLs of all seeds, one of each seed in turn, so that no seed hides another."""
    rows = [probe.articles for probe in probes]
    longest = max(map(len, rows), default=0)
    return tuple(dict.fromkeys(row[i] for i in range(longest) for row in rows if i < len(row)))
