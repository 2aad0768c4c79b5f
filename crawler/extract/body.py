"""The body: the paragraphs of the core that no other field claimed."""

from collections.abc import Mapping

from crawler.extract.blocks import Block, Place
from crawler.extract.readers import Context, Reader, Reading


def remaining_text(context: Context) -> Reading | None:
    """What is left of the core once the other fields took their blocks."""
    kept = [block for block in context.free if block.text and _is_body(block)]
    if not kept:
        return None
    return Reading(
        value=tuple(block.text for block in kept),
        blocks=frozenset(block.index for block in kept),
        at=tuple(block.index for block in kept),
    )


def _is_body(block: Block) -> bool:
    return block.place is Place.CORE and block.links < 0.9 and not block.inside("figcaption", "figure")


READERS: Mapping[str, tuple[Reader, ...]] = {"body": (remaining_text,)}
