"""Extraction: one page in, one :class:`Article` out. Pure and deterministic; no page makes it raise.

How a field is read
-------------------
``region.find`` names the article region on the lxml tree, ``blocks.blocks`` turns a pruned copy of it into a tuple of
:class:`~crawler.extract.blocks.Block` in document order. Every block belongs to exactly one field. The fields are read
in the order of ``READERS``; a reader is a function ``(context: Context) -> Reading | None`` and the first one that
answers wins: its ``__name__`` becomes the field's origin and the blocks of its ``Reading`` are claimed, so that later
readers no longer see them in ``context.free``. The body comes last and takes what is left.

The contract for the module of a field
--------------------------------------
* It exports ``READERS: Mapping[str, tuple[Reader, ...]]`` for its own fields, best reader first. Declared CSS
  selectors come first in every tuple (``readers.selected_text`` and ``readers.selected_elements`` evaluate them).
* A reader returns ``None`` when it finds nothing or does not trust what it found (a veto); it never guesses.
* ``Reading.value`` has the type of the field in :class:`Article`; ``Reading.blocks`` are the indexes of the blocks that
  carry it, to be kept out of the body. Metadata readers claim too, when the same text is printed: ``context.printed``.
* ``context.found`` holds the values of the fields that were read before; ``context.free`` the blocks nobody claimed;
  ``context.blocks`` all of them.
* For tuples whose parts have a place in the text (images, body) ``Reading.at`` gives the block index of each part;
  ``extract`` turns it into ``Image.position``.
"""

from crawler.extract.article import READERS, context_of, drift, extract

__all__ = ["READERS", "context_of", "drift", "extract"]
