"""What the command's exit code says, and which error leads to which."""

from collections.abc import Collection, Mapping
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

WORST: Mapping[Exit, str] = {
    Exit.ARCHIVE: "the archive could not be used",
    Exit.PARTLY: "a portal failed, or its file is wrong",
    Exit.NOTHING: "a portal brought nothing where something was expected",
    Exit.INTERRUPTED: "stopped by --time-limit or a signal; the next run goes on from here",
    Exit.DONE: "all that was due is done, or waits",
}
"""The exit codes of several crawls together, worst first: the first that one of them earned counts."""

WAITING = (Exit.INTERRUPTED, Exit.LIMITED, Exit.LOCKED)
"""How a crawl may end that is no failure beside others: it goes on in its hours, after its pause, elsewhere."""

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


def combined(codes: Collection[int], *, stopped: bool, wrong: bool) -> Exit:
    """The one exit code of many crawls that ended with ``codes``, ``stopped`` early, with files that are ``wrong``."""
    earned = {_beside_others(code) for code in codes}
    earned |= {Exit.INTERRUPTED} if stopped else set()
    earned |= {Exit.PARTLY} if wrong else set()
    return next((code for code in WORST if code in earned), Exit.DONE)


def _beside_others(code: int) -> Exit:
    if code in WAITING:
        return Exit.DONE
    return Exit(code) if code in WORST else Exit.PARTLY
