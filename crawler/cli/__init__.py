"""The ``muniment`` command. A verb is a module of this package that holds a click command of the same name."""

import errno
import importlib
import os
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from crawler.cli.exits import MEANINGS, Exit, exit_for
from crawler.model import MunimentError
from crawler.portal import PORTALS

VERBS = (
    "demo",
    "crawl",
    "extract",
    "search",
    "saved",
    "diff",
    "people",
    "withhold",
    "status",
    "check",
    "reextract",
    "portal",
    "schedule",
    "watch",
)
"""In the order in which a new user needs them."""

EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code.value}  {meaning}" for code, meaning in MEANINGS.items())


class Verbs(click.Group):
    """A group that imports a verb's module when it is asked for, and turns errors into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """The names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (click's)
        """The command of a verb, or None when there is no such verb."""
        if cmd_name not in VERBS:
            return None
        command = getattr(importlib.import_module(f"crawler.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was asked for; one that does not exist is refused with the nearest one."""
        if args[0] not in VERBS and (near := get_close_matches(args[0], VERBS, 1)):
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; what a user can act on becomes one line on standard error and an exit code."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
            return done
        except MunimentError as error:
            click.echo(f"muniment: {error}", err=True)
            ctx.exit(exit_for(error))
        except KeyboardInterrupt:
            click.echo("\nmuniment: interrupted", err=True)
            ctx.exit(Exit.INTERRUPTED)
        except OSError as error:
            if error.errno != errno.ENOSPC or error.filename is not None:
                raise
            # What could not be written is still in the buffer, and would fail once more when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            click.echo("muniment: the disk behind standard output is full; make room and run it again", err=True)
            ctx.exit(Exit.PARTLY)


@click.group(cls=Verbs, epilog=EPILOG, context_settings={"max_content_width": 100})
@click.version_option(package_name="muniment", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Keep what local governments publish.

    Muniment crawls the news portals of towns and provinces. Every answer of a portal goes into WARC files as evidence;
    every article goes into one SQLite file, archive.db, with its byline, dates, captions and history, where it can be
    searched by anyone who has the file.

    \b
    Begin here:
      muniment demo                        a sample portal on this machine, crawled and shown
      muniment crawl https://town.example/ crawl a portal, declared or not
      muniment search "town council"       find articles in what was crawled
      muniment VERB --help                 what a verb does, with examples
    """
    ctx.obj = ctx.obj or PORTALS


def portals_folder(ctx: click.Context) -> Path:
    """The folder of the portal files: ``spiders/``, unless the caller of ``main`` gave another as ``obj``."""
    return Path(ctx.find_object(Path) or PORTALS)
