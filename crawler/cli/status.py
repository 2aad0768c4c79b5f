"""``muniment status``: how the portals of an archive are."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from crawler.archive import Archive, health
from crawler.archive.boundaries import Boundary, boundaries
from crawler.archive.health import Health
from crawler.cli.alarm import call_webhook, run_hook
from crawler.cli.console import out, printable, show_json, table
from crawler.cli.exits import AskedError, Exit
from crawler.cli.options import archive_option
from crawler.cli.portals import not_archived
from crawler.cli.report import page
from crawler.locks import is_locked, warc_folder

HEADINGS = ("PORTAL", "HEALTH", "ARTICLES", "LAST NEWS", "A WEEK", "LAST CRAWL")
LEAST_FREE = 1_000_000_000
"""Bytes free on the archive's disk below which a crawl may soon fail."""


@click.command()
@click.option("--portal", "slug", metavar="SLUG", help="Only this portal, with more details.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--html", "as_html", is_flag=True, help="Print a page for a browser instead of a table.")
@click.option("--hook", metavar="COMMAND", help="When a portal is unhealthy, run this with the JSON on its input.")
@click.option("--webhook", metavar="URL", help="When a portal is unhealthy, send the JSON there by POST.")
@archive_option
@click.pass_context
def status(  # noqa: PLR0913, PLR0917  (click hands over the options by name)
    ctx: click.Context,
    slug: str | None,
    as_json: bool,
    as_html: bool,
    hook: str | None,
    webhook: str | None,
    archive: Path,
) -> None:
    """Show how the portals in the archive are.

    A portal is unhealthy when its crawls fail, when it falls silent against its own habit, when fields of its articles
    vanish, when articles vanish all at once, or when somebody else seems to write on it. "A week" is its habit and,
    in brackets, the last week. --portal tells the seeds apart: how many pages each was first to lead to, and how far
    back. Times are UTC. Exit code 0 when every portal is well, 1 when one needs attention, 3 when there is no portal.

    \b
    Examples:
      muniment status
      muniment status --portal vn-quang-ninh-mong-cai
      muniment status --html > status.html
      muniment status --hook 'mail -s "a portal is unwell" archive@town.example'
    """
    if as_json and as_html:
        raise AskedError("say --json or --html, not both")
    with Archive.read(archive) as opened:
        every = health.portals(opened, datetime.now(UTC), lambda slug: is_locked(warc_folder(archive), slug))
        seeds = boundaries(opened, slug) if slug else ()
    shown = [portal for portal in every if slug in (None, portal.slug)]
    if slug and not shown:
        raise not_archived(slug, archive, [portal.slug for portal in every])
    told = [plain(portal) | ({"seeds": [asdict(seed) for seed in seeds]} if slug else {}) for portal in shown]
    if as_json:
        show_json(told)
    elif as_html:
        click.echo(page(shown, archive), nl=False)
    elif slug:
        out().print(table(("", printable(shown[0].name)), _details(shown[0], seeds)))
    else:
        out().print(table(HEADINGS, map(_row, shown)))
    disk = _disk(archive)
    _complain(shown, disk)
    unwell = bool(disk) or not all(portal.well for portal in shown)
    if unwell and hook:
        run_hook(hook, told)
    if unwell and webhook:
        call_webhook(webhook, told)
    ctx.exit(Exit.NOTHING if not shown else Exit.PARTLY if unwell else Exit.DONE)


def plain(portal: Health) -> dict[str, Any]:
    """A portal's health as JSON holds it, with ``well``."""
    values = asdict(portal) | {"well": portal.well}
    return {name: _iso(value) for name, value in values.items()}


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _complain(shown: Sequence[Health], disk: str | None) -> None:
    for portal in shown:
        for symptom in portal.symptoms:
            if symptom.grave:
                click.echo(f"muniment: {portal.slug}: {symptom.name}: {printable(symptom.text)}", err=True)
    if disk:
        click.echo(f"muniment: {disk}", err=True)


def _disk(archive: Path) -> str | None:
    free = shutil.disk_usage(archive.absolute().parent).free
    return f"{archive}: only {free / 1e6:.0f} MB are free on its disk; make room" if free < LEAST_FREE else None


def _row(portal: Health) -> tuple[object, ...]:
    return (
        portal.slug,
        "well" if portal.well else "UNHEALTHY",
        portal.articles,
        portal.last_news or "never",
        weekly(portal),
        portal.last_outcome or "never",
    )


def weekly(portal: Health) -> str:
    """Articles a week by habit, and in brackets those of the last week."""
    usual = "?" if portal.habit is None else f"{portal.habit:.1f}"
    return f"{usual} ({portal.last_week})"


def _details(portal: Health, seeds: Sequence[Boundary]) -> Iterator[tuple[str, object]]:
    yield "slug", portal.slug
    yield "url", portal.url
    yield "health", "well" if portal.well else "UNHEALTHY"
    for symptom in portal.symptoms:
        yield f"  {symptom.name}", symptom.text
    yield "articles", f"{portal.articles}, {portal.removed} of them removed by the portal"
    yield "captures", f"{portal.captures}, {portal.warc_bytes / 1e6:.1f} MB of WARC records"
    yield "last news", portal.last_news or "never"
    yield "a week", f"{weekly(portal)}: its habit, and the last week"
    yield "last new article", _when(portal.last_new_article_at)
    yield "last crawl", f"{_when(portal.last_crawl_at)} to {_when(portal.last_finished_at)}: {portal.last_outcome}"
    yield "it brought", _counted(portal.last_counts)
    yield "errors in it", _counted(portal.errors, " x ")
    yield "frontier", _counted(portal.frontier)
    left = f"{portal.history_left} pages to go" if portal.history_left else "known"
    yield "history", f"{left}, back to {portal.oldest or 'no date'}"
    for seed in seeds:
        where = seed.seed.removeprefix(portal.url.rstrip("/"))
        yield "  led there", f"{where}: {seed.read} pages, {seed.left} to go, back to {seed.oldest or 'no date'}"
    yield "next due", _when(portal.next_due)
    if portal.certificate_ends:
        yield "certificate", f"ends {portal.certificate_ends:%Y-%m-%d}"


def _counted(counts: Mapping[str, int], times: str = " ") -> str:
    said = (f"{count}{times}{what.replace('_', ' ')}" for what, count in counts.items() if count)
    return ", ".join(said) or "none"


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"
