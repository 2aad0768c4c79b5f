"""What a newsroom does after its first day: it adds, edits and removes stories, each at its time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What is done to a story."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A deed at a time. ``story`` counts from the first one that is added (0) and back from there: -1 is the newest
    of the first day. Stories are added in the order of their numbers."""

    at: datetime
    deed: Deed
    story: int


Edition = tuple[Event, ...]
"""What happened since the edition before."""
