"""``muniment portal``: the declared portals."""

from collections.abc import Iterator

import click

from crawler.cli import portals_folder
from crawler.cli.console import out, table
from crawler.cli.exits import Exit
from crawler.cli.portals import declared, portal_called
from crawler.portal import Portal


@click.group()
def portal() -> None:
    """List, show, add and check portals.

    A portal is a TOML file below spiders/, such as spiders/vn/quang-ninh/mong-cai.toml; its place in the folder gives
    its slug, vn-quang-ninh-mong-cai. The file states only what cannot be detected.
    """


@portal.command("list")
@click.pass_context
def list_portals(ctx: click.Context) -> None:
    """List the declared portals.

    A file that is wrong is told with its error and does not stop the others; the exit code is then 2.
    """
    found = list(declared(portals_folder(ctx)))
    rows = [_listed(p) for _, p in found if isinstance(p, Portal)]
    out().print(table(("SLUG", "NAME", "PLACE", "PLATFORM", "SEEDS"), rows))
    wrong = [error for _, error in found if not isinstance(error, Portal)]
    for error in wrong:
        click.echo(f"muniment: {error}", err=True)
    ctx.exit(Exit.USAGE if wrong else Exit.DONE)


@portal.command("show")
@click.argument("slug")
@click.pass_context
def show_portal(ctx: click.Context, slug: str) -> None:
    """Show what holds for a portal: its file, over its platform, over what holds for all.

    \b
    Example:
      muniment portal show vn-quang-ninh-mong-cai
    """
    out().print(table(("KEY", "VALUE"), _stated(portal_called(slug, portals_folder(ctx)))))


def _listed(portal: Portal) -> tuple[object, ...]:
    return portal.slug, portal.name, portal.place, portal.platform, len(portal.seeds) or "detected"


def _stated(portal: Portal) -> Iterator[tuple[str, object]]:
    for key in ("slug", "name", "url", "place", "timezone", "language", "platform"):
        yield key, getattr(portal, key) or "detected"
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
