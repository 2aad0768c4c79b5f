"""``muniment portal``: the declared portals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from crawler.cli import portals_folder
from crawler.cli.articles import FIELDS
from crawler.cli.console import out, printable, table, working
from crawler.cli.detection import detect, file_for, write
from crawler.cli.exits import AskedError, Exit
from crawler.cli.fetch import Fetcher
from crawler.cli.forgetting import forget
from crawler.cli.options import archive_option
from crawler.cli.portals import declared, portal_at, portal_meant
from crawler.cli.probing import Probe, Tried, probe, try_articles, turned, urls_of
from crawler.discover import starts
from crawler.portal import GENERIC, Portal, slug_of, verified


@click.group()
def portal() -> None:
    """List, show, add, check and forget portals.

    A portal is a TOML file below spiders/, such as spiders/vn/quang-ninh/mong-cai.toml; its place in the folder gives
    its slug, vn-quang-ninh-mong-cai. The file states only what cannot be detected.
    """


@portal.command("list")
@click.pass_context
def list_portals(ctx: click.Context) -> None:
    """List the declared portals.

    A file that is wrong is listed, told with its error, and does not stop the others; the exit code is then 2.
    """
    root = portals_folder(ctx)
    found = list(declared(root))
    rows = (
        _listed(p) if isinstance(p, Portal) else (slug_of(path, root), "(wrong file)", None, None, None)
        for path, p in found
    )
    out().print(table(("SLUG", "NAME", "PLACE", "PLATFORM", "SEEDS"), rows))
    wrong = [error for _, error in found if not isinstance(error, Portal)]
    for error in wrong:
        click.echo(f"muniment: {error}", err=True)
    ctx.exit(Exit.USAGE if wrong else Exit.DONE)


@portal.command("show")
@click.argument("slug", metavar="SLUG|URL")
@click.pass_context
def show_portal(ctx: click.Context, slug: str) -> None:
    """Show what holds for a portal: its file, over its platform, over what holds for all.

    \b
    Example:
      muniment portal show vn-quang-ninh-mong-cai
    """
    out().print(table(("KEY", "VALUE"), _stated(portal_meant(slug, portals_folder(ctx)))))


@portal.command("add")
@click.argument("url")
@click.option("--timezone", metavar="ZONE", help="The time zone, such as Europe/Oslo, where it cannot be told.")
@click.pass_context
def add_portal(ctx: click.Context, url: str, timezone: str | None) -> None:
    """Detect what a portal is made of, and write its declaration.

    Asks for the home page, robots.txt and the feeds, sitemaps and listings they name, politely, and writes what works
    to a TOML file below spiders/. The file is yours to correct. Nothing is archived.

    \b
    Examples:
      muniment portal add https://town.example/
      muniment portal add https://town.example/ --timezone Europe/Oslo
    """
    root = portals_folder(ctx)
    if known := portal_at(url, root):
        raise AskedError(f"{url}: declared already; see 'muniment portal show {known.slug}'")
    with working(f"Looking at {url}"):
        found = detect(url, Fetcher())
    if not found.articles:
        click.echo(f"muniment: {found.url}: no links to articles were found; is it the home page?", err=True)
        ctx.exit(Exit.NOTHING)
    if known := portal_at(found.url, root):
        raise AskedError(f"{url}: leads to {found.url}, declared already; see 'muniment portal show {known.slug}'")
    path = file_for(found.url, root)
    found = replace(found, timezone=timezone or found.timezone)
    made = write(found, path, root)
    click.echo(f"{path}:\n\n{printable(found.toml)}")
    click.echo(f"Try it:    muniment portal check {made.slug}\nCrawl it:  muniment crawl {made.slug}")


@portal.command("check")
@click.argument("slug", metavar="SLUG|URL")
@click.pass_context
def check_portal(ctx: click.Context, slug: str) -> None:
    """Try what a portal's file says: seed by seed, and selector by selector on some articles.

    Asks politely for every seed, the next page of every listing and three articles, and says for each field on how
    many of them it was found, and by what. Nothing is archived. Exit code 1 when a seed or a selector does not work,
    3 when no article is found.

    \b
    Example:
      muniment portal check vn-quang-ninh-mong-cai
    """
    chosen = portal_meant(slug, portals_folder(ctx))
    polite = chosen.politeness
    fetcher = Fetcher(polite.delay, polite.contact, verified=polite.unverified is None)
    with working(f"Trying {slug}"):
        probes = [probe(fetcher, chosen, start.url, start.kind) for start in starts(chosen)]
        pagers = [turned(fetcher, chosen, seed) for seed in probes]
        tried = try_articles(fetcher, chosen, urls_of(probes))
    seeds = ((p.url, _mark(p.works), p.remark, pager) for p, pager in zip(probes, pagers, strict=True))
    out().print(table(("SEED", "WORKS", "ANSWER", "PAGER"), seeds))
    if tried.articles:
        out().print("")
        out().print(table(("FIELD", "FOUND ON", "FOUND BY", "SELECTOR"), _fields(chosen, tried)))
    if chosen.platform != GENERIC:
        click.echo(f"\n{_trust(chosen.platform)}")
    for remark in tried.remarks:
        click.echo(f"muniment: {printable(remark)}", err=True)
    ctx.exit(_verdict(chosen, probes, tried))


@portal.command("forget")
@click.argument("slug")
@archive_option
@click.pass_context
def forget_portal(ctx: click.Context, slug: str, archive: Path) -> None:
    """Take a portal that brought no article out of the archive, such as a mistyped host.

    It is gone from "status" and from every table: its crawls, its captures, its queue. WARC files stay where they are,
    and a portal of which anything is archived is refused.

    \b
    Example:
      muniment portal forget twon-example
    """
    for line in forget(archive, slug, portals_folder(ctx)):
        click.echo(line)


def _fields(portal: Portal, tried: Tried) -> Iterator[tuple[str, str, str, str]]:
    pages = len(tried.articles)
    for field in FIELDS:
        found = [article.origins[field] for article in tried.articles if field in article.origins]
        lost = tried.drift.get(field, 0)
        declared = f"matches on {pages - lost} of {pages}" if portal.selectors(field) else ""
        yield field, f"{len(found)} of {pages} pages", ", ".join(sorted(set(found))), declared


def _verdict(portal: Portal, probes: Sequence[Probe], tried: Tried) -> Exit:
    """Guessed seeds may fail; declared ones may not."""
    if not tried.articles:
        return Exit.NOTHING
    broken = bool(portal.seeds) and not all(p.works for p in probes)
    return Exit.PARTLY if broken or tried.drift else Exit.DONE


def _trust(platform: str) -> str:
    said = verified(platform)
    unverified = said.removeprefix("no: ")
    return f"platform {platform}: {'verified with ' + said if said == unverified else 'UNVERIFIED, ' + unverified}"


def _mark(works: bool) -> str:
    return "yes" if works else "no"


def _listed(portal: Portal) -> tuple[object, ...]:
    return portal.slug, portal.name, portal.place, portal.platform, len(portal.seeds) or "detected"


def _stated(portal: Portal) -> Iterator[tuple[str, object]]:
    for key in ("slug", "name", "url", "place", "timezone", "language", "platform"):
        yield key, getattr(portal, key) or "detected"
    yield "verified", verified(portal.platform)
    yield from ((f"{seed.kind} seed", seed.url) for seed in portal.seeds)
    yield "hosts", ", ".join(portal.scope.hosts)
    yield from (("include", pattern.pattern) for pattern in portal.scope.include)
    yield from (("exclude", pattern.pattern) for pattern in portal.scope.exclude)
    yield from _selectors(portal)
    polite = portal.politeness
    yield "politeness", f"{polite.delay:g} s between requests, {polite.timeout:g} s for an answer"
    yield "contact", polite.contact or "none stated"


def _selectors(portal: Portal) -> Iterator[tuple[str, str]]:
    for layout in portal.layouts:
        until = f" until {layout.until}" if layout.until else ""
        for field in layout.select:
            yield f"{field} selector{until}", ", ".join(layout.select[field])
