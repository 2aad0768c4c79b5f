"""``muniment extract``: what is read out of one page, and by which reader."""

from urllib.parse import urljoin

import click

from crawler import extract as extraction
from crawler.cli import portals_folder
from crawler.cli.articles import as_json, rows
from crawler.cli.console import out, show_json, table
from crawler.cli.exits import Exit
from crawler.cli.portals import portal_at, portal_called
from crawler.cli.source import NOWHERE, page_from
from crawler.discover import discover
from crawler.extract.rejection import rejection
from crawler.model import Article, Kind
from crawler.page import Page
from crawler.portal import Portal, from_url


@click.command()
@click.argument("source", metavar="FILE|URL")
@click.option("--url", metavar="URL", help="Where the page of a FILE came from; relative links need it.")
@click.option("--portal", "slug", metavar="SLUG", help="The portal whose selectors to use; else found by the URL.")
@click.option("--json", "as_json_", is_flag=True, help="Print JSON instead of a table.")
@click.pass_context
def extract(ctx: click.Context, source: str, url: str | None, slug: str | None, as_json_: bool) -> None:
    """Show what is read out of one page, and which reader found each field.

    FILE is a saved page (also gzipped), or - for standard input. A URL is asked for once, if its robots.txt allows it.
    Nothing is archived. Exit code 3 when the page is no article; the reason is printed.

    \b
    Examples:
      muniment extract https://town.example/news/123
      muniment extract saved.html --url https://town.example/news/123
      muniment extract page.html.gz --json
      curl -s https://town.example/news/123 | muniment extract - --portal vn-quang-ninh-mong-cai
    """
    page, root = page_from(source, url), portals_folder(ctx)
    portal = portal_called(slug, root) if slug else portal_at(page.url, root) or from_url(urljoin(page.url, "/"))
    if page.url == NOWHERE:
        click.echo(
            "muniment: the page does not say its URL; give it with --url, or relative links lead nowhere", err=True
        )
    kind, reason, article = judged(page, portal)
    if as_json_:
        show_json({"url": page.url, "kind": kind, "reason": reason, "article": article and as_json(article)})
    elif article:
        out().print(table(("FIELD", "VALUE", "FOUND BY"), rows(article), lines=True))
    if not article:
        click.echo(f"muniment: {page.url}: no article: {reason}", err=True)
        ctx.exit(Exit.NOTHING)


def judged(page: Page, portal: Portal) -> tuple[Kind, str | None, Article | None]:
    """The page's kind, why it has it or why it is no article, and the article, if it is one."""
    found = discover(page, portal, expected=Kind.UNKNOWN)
    if found.kind is not Kind.ARTICLE:
        return found.kind, f"{found.kind} page: {found.reason}", None
    article = extraction.extract(page, portal)
    reason = rejection(article, found.verdict)
    return found.kind, reason or found.reason, None if reason else article
