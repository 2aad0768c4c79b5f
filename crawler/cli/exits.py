"""What the command's exit code says, and which error leads to which."""

from collections.abc import Mapping
from enum import IntEnum

from crawler.model import ArchiveError, FixityError, LockedError, MunimentError, PortalError


class AskedError(MunimentError):
    """What was asked for cannot be done as asked; the message names it and the reason."""


class Exit(IntEnum):
    """The exit codes of every verb."""

    DONE = 0
    PARTLY = 1
    USAGE = 2
    NOTHING = 3
    INTERRUPTED = 4
    LOCKED = 5
    ARCHIVE = 6
    LIMITED = 7


MEANINGS: Mapping[Exit, str] = {
    Exit.DONE: "done",
    Exit.PARTLY: "partly failed: the messages say what",
    Exit.USAGE: "wrong usage or configuration; nothing was done",
    Exit.NOTHING: "nothing found where something was expected",
    Exit.INTERRUPTED: "interrupted; the next run goes on from here",
    Exit.LOCKED: "another process is writing to this archive",
    Exit.ARCHIVE: "the archive cannot be used; nothing was lost",
    Exit.LIMITED: "the portal asked for a pause; a later run goes on from here",
}

ERRORS: Mapping[type[MunimentError], Exit] = {
    AskedError: Exit.USAGE,
    PortalError: Exit.USAGE,
    FixityError: Exit.ARCHIVE,
    LockedError: Exit.LOCKED,
    ArchiveError: Exit.ARCHIVE,
    MunimentError: Exit.PARTLY,
}


def exit_for(error: MunimentError) -> Exit:
    """The exit code of an error: that of its class or the nearest class above it."""
    return next(ERRORS[kind] for kind in type(error).__mro__ if kind in ERRORS)
