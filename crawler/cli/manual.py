"""The manual of the command as one Markdown page, made from the help texts: ``make docs`` writes docs/cli.md."""

import sys
from collections.abc import Iterator

import click

from crawler.cli import main

WIDTH = 100

OPENING = """# The command

This page is made from the help texts of `muniment` by `make docs`; a test compares them.
"""


def manual() -> str:
    """The help of ``muniment`` and of every verb, in the order in which a new user needs them."""
    return "\n".join([OPENING, *_chapters(main, "muniment", None, 2)])


def _chapters(command: click.Command, name: str, parent: click.Context | None, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, color=False)
    title = context.command_path
    yield f"{'#' * level} {title}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            if inner := command.get_command(context, verb):
                yield from _chapters(inner, verb, context, level + 1 if parent else level)


if __name__ == "__main__":
    sys.stdout.write(manual())
