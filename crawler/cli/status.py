"""``muniment status``: how the portals of an archive are."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from crawler.archive import Archive, health
from crawler.archive.health import Health
from crawler.cli.console import out, printable, show_json, table
from crawler.cli.exits import AskedError, Exit
from crawler.cli.options import archive_option

REMEDIES: Mapping[str | None, str] = {
    "unfinished": "is being crawled, or the crawl was killed",
    "interrupted": "was interrupted; the next crawl goes on from there",
    "nothing found": "brought nothing: has it moved or changed? Try 'muniment portal check'",
    None: "was never crawled",
}
"""Outcomes of a last crawl that ask for attention -> what to say of the portal."""

HEADINGS = ("PORTAL", "ARTICLES", "REMOVED", "LAST NEW", "LAST CRAWL", "OUTCOME", "NEXT DUE")


@click.command()
@click.option("--portal", "slug", metavar="SLUG", help="Only this portal, with more details.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@archive_option
@click.pass_context
def status(ctx: click.Context, slug: str | None, as_json: bool, archive: Path) -> None:
    """Show how the portals in the archive are.

    Times are UTC. Exit code 0 when every portal's last crawl was done, 1 when one needs attention, 3 when there is no
    portal.

    \b
    Examples:
      muniment status
      muniment status --portal vn-quang-ninh-mong-cai
      muniment status --json
    """
    with Archive.open(archive, create=False) as opened:
        every = health.portals(opened)
    shown = [portal for portal in every if slug in (None, portal.slug)]
    if slug and not shown:
        raise AskedError(f"{archive}: no portal {slug!r}; there are: {', '.join(p.slug for p in every) or 'none'}")
    if as_json:
        show_json([_plain(asdict(portal)) for portal in shown])
    elif slug:
        out().print(table(("", printable(shown[0].name)), _details(shown[0])))
    else:
        out().print(
            table(("PORTAL", "ARTICLES", "REMOVED", "LAST NEW", "LAST CRAWL", "OUTCOME", "NEXT"), map(_row, shown))
        )
    unwell = [portal for portal in shown if portal.last_outcome != "done"]
    for portal in unwell:
        what = REMEDIES.get(portal.last_outcome, f"was last crawled with the outcome: {portal.last_outcome}")
        click.echo(f"muniment: {portal.slug} {what}", err=True)
    ctx.exit(Exit.NOTHING if not shown else Exit.PARTLY if unwell else Exit.DONE)


def _row(portal: Health) -> tuple[object, ...]:
    return (
        portal.slug,
        portal.articles,
        portal.removed,
        _when(portal.last_new_article_at),
        _when(portal.last_crawl_at),
        portal.last_outcome or "never crawled",
        _when(portal.next_due),
    )


def _details(portal: Health) -> Iterator[tuple[str, object]]:
    yield "slug", portal.slug
    yield "url", portal.url
    yield "articles", f"{portal.articles}, {portal.removed} of them removed by the portal"
    yield "captures", f"{portal.captures}, {portal.warc_bytes / 1e6:.1f} MB of WARC records"
    yield "last new article", _when(portal.last_new_article_at)
    yield "last crawl", f"{_when(portal.last_crawl_at)} to {_when(portal.last_finished_at)}: {portal.last_outcome}"
    yield "it brought", _counted(portal.last_counts)
    yield "errors in it", _counted(portal.errors, " x ")
    yield "frontier", _counted(portal.frontier)
    yield "next due", _when(portal.next_due)


def _counted(counts: Mapping[str, int], times: str = " ") -> str:
    said = (f"{count}{times}{what.replace('_', ' ')}" for what, count in counts.items() if count)
    return ", ".join(said) or "none"


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
