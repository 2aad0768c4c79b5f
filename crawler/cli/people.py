"""``muniment people``: who signs, and which names may be one."""

from dataclasses import asdict
from pathlib import Path

import click

from crawler.archive import Archive, names
from crawler.cli.console import out, show_json, table
from crawler.cli.exits import Exit
from crawler.cli.options import archive_option


@click.command()
@click.argument("like", metavar="[NAME]", required=False)
@click.option("--kind", type=click.Choice(["person", "unit"]), help="Only persons, or only units (organisations).")
@click.option("--candidates", is_flag=True, help="Names that may be one and the same, and what they differ by.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many names to show.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@archive_option
@click.pass_context
def people(  # noqa: PLR0913, PLR0917  (one for each option)
    ctx: click.Context, like: str | None, kind: str | None, candidates: bool, limit: int, as_json: bool, archive: Path
) -> None:
    """List the names in bylines: how many articles each signed, the first and the last.

    NAME is found anywhere in a name, with or without accents. Spelling variants (accents, capitals, order, initials)
    are shown with --candidates and never merged by guess. Exit code 3 when there is no such name.

    \b
    Examples:
      muniment people
      muniment people hang --kind person
      muniment people --candidates
    """
    with Archive.read(archive) as opened:
        if candidates:
            pairs = [pair for pair in names.candidates(opened.db, like) if kind in (None, pair.kind)]
            found = [asdict(pair) for pair in pairs[:limit]]
        else:
            found = [asdict(person) for person in names.signers(opened.db, like=like, kind=kind, limit=limit)]
    if as_json:
        show_json(found)
    elif found:
        out().print(table([name.upper().replace("_", " ") for name in found[0]], [list(row.values()) for row in found]))
    else:
        said = "no two names in the bylines seem to be one" if candidates else "no name in the bylines is like that"
        click.echo(f"muniment: {said}", err=True)
    ctx.exit(Exit.DONE if found else Exit.NOTHING)
