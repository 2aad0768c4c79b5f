"""``muniment crawl``: one portal, from its seeds or from where the last crawl stopped."""

from collections.abc import Mapping
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from crawler.archive import Archive
from crawler.cli import portals_folder
from crawler.cli.console import printable
from crawler.cli.exits import WORST, AskedError, Exit, combined
from crawler.cli.options import archive_option, jobs_option, length
from crawler.cli.portals import declared, portal_meant
from crawler.cli.turns import Ended, Turns, agenda
from crawler.locks import lock, warc_folder
from crawler.model import PortalError
from crawler.portal import Portal
from crawler.run import run

OUTCOMES: Mapping[str, Exit] = {
    "done": Exit.DONE,
    "interrupted": Exit.INTERRUPTED,
    "nothing found": Exit.NOTHING,
    "rate limited": Exit.LIMITED,
    "out of hours": Exit.INTERRUPTED,
    "budget spent": Exit.INTERRUPTED,
    "portal down": Exit.PARTLY,
    "robots.txt unavailable": Exit.PARTLY,
    "certificate refused": Exit.PARTLY,
    "failed": Exit.ARCHIVE,
}
"""How a crawl ended (``crawls.outcome``) -> the exit code of the command."""

ADVICE: Mapping[str, str] = {
    "interrupted": "the same command goes on from here",
    "out of hours": "its file allows no requests at this hour; the same command goes on later",
    "budget spent": "its file allows no more requests today; the same command goes on later",
    "nothing found": "has the portal moved? 'muniment portal check' looks at it",
    "rate limited": "the portal asked for a pause; the same command goes on later",
    "portal down": "the portal did not answer; the same command tries again",
    "robots.txt unavailable": "no portal is crawled while its robots.txt answers with an error; try again later",
    "certificate refused": "the certificate is not valid, or is another host's; tell the portal, or write 'unverified'"
    " with a reason into [politeness] of its file",
    "failed": "the archive could not be written, see above; nothing stored is lost and the same command goes on",
}
"""How a crawl ended -> what to do about it."""

ARTICLES = ("new", "changed", "unchanged", "not_modified", "gone", "rejected")
PAGES = ("listing pages", "feed pages", "sitemap pages", "image pages", "attachment pages", "other pages", "missing")


TOGETHER = "\b\nExit codes with --due, the worst counts:\n" + "\n".join(
    f"  {code.value}  {meaning}" for code, meaning in WORST.items()
)


@click.command(epilog=TOGETHER)
@click.argument("portal", metavar="SLUG|URL", required=False)
@click.option("--due", is_flag=True, help="Crawl every declared portal whose schedule asks for it now.")
@jobs_option
@click.option(
    "--time-limit",
    callback=length,
    metavar="TIME",
    help="Stop cleanly after so long: 90s, 20m, 2h; the next run goes on from there.",
)
@click.option("--recheck", is_flag=True, help="Ask again for every known page now, not only for those that are due.")
@click.option("--scheduled", is_flag=True, hidden=True, help="This is the portal's turn: quiet seeds may rest.")
@archive_option
@click.pass_context
def crawl(  # noqa: PLR0913, PLR0917  (one for each option)
    ctx: click.Context,
    portal: str | None,
    due: bool,
    jobs: int,
    time_limit: timedelta | None,
    recheck: bool,
    scheduled: bool,
    archive: Path,
) -> None:
    """Crawl one portal into the archive, or all that are due.

    SLUG is a declared portal (see: muniment portal list). A URL needs no declaration: language, feeds, listings and
    articles are found from its home page. A crawl that was stopped or killed goes on where it was; a finished one asks
    every seed and feed for what is new, and what is due to be looked at again.

    With --due every declared portal is crawled whose [schedule] asks for it ("every" and "hours" in its file), several
    hosts at a time, each crawl in a process of its own. Seeds and feeds that hardly ever bring anything may be left out
    of a portal's turn, for a day at most. Run it from cron or a systemd timer (see: muniment schedule); a
    second one that begins while the first still runs ends at once. A portal that asked for a pause, is out of its
    hours or budget, or is crawled by somebody else waits for its turn, which is no failure.

    \b
    Examples:
      muniment crawl --due --time-limit 2h
      muniment crawl vn-quang-ninh-mong-cai
      muniment crawl https://town.example/
      muniment crawl https://town.example/ --archive town.db --recheck
    """
    seconds = time_limit.total_seconds() if time_limit else 0.0
    if bool(portal) is due:
        raise AskedError("name one portal (SLUG or URL), or say --due for all that are due")
    if portal is None:
        ctx.exit(crawl_due(archive, portals_folder(ctx), jobs, seconds))
    root = portals_folder(ctx)
    chosen, command = portal_meant(portal, root), f"muniment crawl {portal}"
    for error in [] if chosen.declared else (found for _, found in declared(root) if isinstance(found, PortalError)):
        click.echo(f"muniment: {error}; if it declares {chosen.url}, mend it first", err=True)
    run(chosen, archive, command=command, recheck=recheck, scheduled=scheduled, seconds=seconds, root=root)
    outcome, text = summary(archive, chosen)
    click.echo(text)
    ctx.exit(OUTCOMES[outcome])


def crawl_due(archive: Path, root: Path, jobs: int, seconds: float, *, forever: bool = False) -> Exit:
    """Crawl what is due, print how each crawl ended, and answer with one exit code for all. Raises LockedError."""
    codes: dict[str, int] = {}

    def ended(one: Ended) -> None:
        codes[one.slug] = one.code
        tell(f"[{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z] {one.slug}: exit code {one.code}\n{one.said}\n", err=False)

    def tell(text: str, *, err: bool = True) -> None:
        # A log on a full disk ends no crawl.
        with suppress(OSError) if forever else nullcontext():
            click.echo(f"muniment: {text}" if err else text, err=err)

    with lock(warc_folder(archive), "due", f"{archive}: another 'crawl --due' or 'watch' is running; it does the work"):
        if archive.exists():
            Archive.open(archive).close()  # of an older schema: now is the time to bring it up to date
        entries, wrong = agenda(archive, root, datetime.now(UTC))
        for error in wrong:
            tell(str(error))
        turns = Turns(archive, root, jobs, forever=forever, ended=ended, tell=tell)
        turns.go(seconds or None)
    if not codes and entries:
        tell(f"nothing is due before {entries[0][0]:%Y-%m-%d %H:%M} UTC ({entries[0][1].slug})")
    failing = [Exit.ARCHIVE] if turns.failing else []
    return combined([*codes.values(), *failing], stopped=turns.stopping, wrong=bool(wrong))


def summary(archive_path: Path, portal: Portal) -> tuple[str, str]:
    """(outcome, what a person wants to know) of the portal's last crawl."""
    with Archive.open(archive_path) as archive:
        crawl, oldest = archive.last_crawl(portal.slug), archive.oldest(portal.slug)
        astray = archive.astray(portal.slug) if crawl.outcome == "nothing found" else None
    counts = crawl.counts
    seconds = (crawl.finished_at - crawl.started_at).total_seconds() if crawl.finished_at else 0.0
    lines = [
        f"{printable(portal.name)}: {crawl.outcome} after {seconds:.0f} s",
        f"  articles   {_listed(counts, ARTICLES)}",
        f"  pages      {_listed(counts, PAGES)}",
        f"  mode       {_progress(crawl.mode, counts.get('history left', 0), oldest)}",
        f"  requests   {counts.get('requests', 0)}, {counts.get('bytes', 0) / 1e6:.1f} MB",
    ]
    if troubles := {k: v for k, v in counts.items() if k in ("failed", "defects", "recovered captures")}:
        lines.append(f"  troubles   {_listed(troubles, tuple(troubles))}; 'muniment status' says which")
    lines.append(f"  kept in    {archive_path} and {warc_folder(archive_path)}/")
    if advice := ADVICE.get(crawl.outcome):
        lines.append(f"  next       {advice}")
    if astray:
        lines.append(f"  because    {astray}")
    return crawl.outcome, "\n".join(lines)


def _progress(mode: str | None, left: int, oldest: str | None) -> str:
    """Catch-up, or how far back the history is read."""
    if not left:
        return f"{mode}; the history is known, back to {oldest or 'no date'}"
    return f"{mode}; back to {oldest or 'no date'} so far, {left} pages to go"


def _listed(counts: Mapping[str, int], names: tuple[str, ...]) -> str:
    said = [f"{counts[name]} {name.replace('_', ' ')}" for name in names if counts.get(name)]
    return ", ".join(said) or "none"
