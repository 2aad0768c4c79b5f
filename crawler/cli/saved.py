"""``muniment saved``: searches to come back to, and what is new in them."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from crawler.archive import Archive
from crawler.archive import saved as searches
from crawler.archive.saved import Found
from crawler.cli.console import out, printable, show_json, table
from crawler.cli.exits import AskedError, Exit
from crawler.cli.options import archive_option


@click.command()
@click.argument("name", required=False)
@click.option("--keep", is_flag=True, help="Show what is new and let it stay new.")
@click.option("--forget", is_flag=True, help="Delete the saved search.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@archive_option
@click.pass_context
def saved(  # noqa: PLR0913, PLR0917  (one for each option)
    ctx: click.Context, name: str | None, keep: bool, forget: bool, as_json: bool, archive: Path
) -> None:
    """Show what is new in a saved search; without NAME, list them and how much is new in each.

    'muniment search QUERY --save NAME' saves one. What was shown is not new the next time, unless --keep is given. Exit
    code 3 when nothing is new. With other tools: the table "saved_searches" and the view "new_hits".

    \b
    Examples:
      muniment search 'captions:"Dương Thị Huệ"' --save hue
      muniment saved
      muniment saved hue
      sqlite-utils archive.db "select * from new_hits where search = 'hue'"
    """
    reads = not forget and (name is None or keep)
    with Archive.read(archive) if reads else Archive.open(archive, create=False) as opened:
        if name is None:
            _list(opened, as_json=as_json)
        elif forget:
            if not searches.forget(opened, name):
                raise _unknown(archive, name)
            click.echo(f"{name} is forgotten")
        else:
            ctx.exit(_show(opened, name, keep=keep, as_json=as_json))


def _list(archive: Archive, *, as_json: bool) -> None:
    known = searches.searches(archive)
    if as_json:
        show_json([asdict(one) for one in known])
        return
    cells = [(one.name, "query refused" if one.new is None else one.new, one.query) for one in known]
    out().print(table(("NAME", "NEW", "QUERY"), cells))


def _show(archive: Archive, name: str, *, keep: bool, as_json: bool) -> Exit:
    found = searches.new(archive, name)
    if found is None:
        raise _unknown(archive.path, name)
    if as_json:
        show_json([asdict(one) for one in found])
    elif found:
        click.echo("\n".join(map(_line, found)))
    else:
        click.echo(f"muniment: nothing is new in {name}", err=True)
    if found and not keep:
        searches.seen(archive, name, _latest(found))
    return Exit.DONE if found else Exit.NOTHING


def _latest(found: Sequence[Found]) -> int:
    return max(one.id for one in found)


def _line(one: Found) -> str:
    day = (one.published_at or "no date")[:16].replace("T", " ")
    return printable(f"{day}  {one.headline or '(no headline)'}\n  {one.portal} | {one.url}")


def _unknown(archive: Path, name: str) -> AskedError:
    return AskedError(f"{archive}: no search is saved as {name}; 'muniment saved' lists them")
