"""Headlines that stand in no heading: in a cell with a label, in a line that prints the title, in the first line."""

import re

from crawler.extract.blocks import Block, Place
from crawler.extract.headings import Titles, folded, is_titled, titles
from crawler.extract.prose import is_caption, is_prose
from crawler.extract.readers import Context, Reading
from crawler.extract.words import table
from crawler.text import size, squash

_PATH = re.compile(r"\S\s*[>»›]\s*\S")
LABELS = frozenset(table("headline")["labels"])
SECTIONS = frozenset(table("headline")["sections"])
LONGEST = 160
"""A longer line is a paragraph."""
TELLING = 15
"""So many characters of one title in another are no accident."""
SHORTEST = 8
"""A shorter heading says nothing when it occurs in a title."""


def titles_of(context: Context) -> Titles:
    """The titles that the page states about itself, read once for all readers."""
    found: Titles = context.memo.get("titles") or titles(context.page)
    context.memo["titles"] = found
    return found


def labelled_headline(context: Context) -> Reading | None:
    """The cell behind the only one of the page that says ``Title``, as boards print their entries."""
    labels = (e for e in context.page.tree.iter("th", "dt") if _label(e.text_content()) in LABELS)
    cells = [cell for label in labels if (cell := label.getnext()) is not None and cell.tag in ("td", "dd")]
    texts = [text for cell in cells if (text := squash(cell.text_content()))]
    if len(texts) != 1 or len(texts[0]) > LONGEST:
        return None
    return Reading(value=texts[0], blocks=context.printed(texts[0]))


def _label(text: str) -> str:
    return "".join(text.split()).casefold().rstrip(":：")


def opening_line(context: Context) -> Reading | None:
    """The first line above the first paragraph that is no date: old pages print the title so."""
    blocks = [b for b in context.blocks if b.text]
    first = next((n for n, b in enumerate(blocks) if b.place is Place.CORE and is_prose(b)), 0)
    lines = [b for b in blocks[:first] if _is_line(b) and folded(b.text) not in SECTIONS]
    titled = next(((b, text) for b in lines if (text := _titled_line(b))), None)
    line, text = titled or next(((b, b.text) for b in lines), (None, ""))
    return Reading(value=text, blocks=frozenset((line.index,))) if line else None


def _titled_line(block: Block) -> str | None:
    """The line of a block of several that an element in it calls a title, as WebForms print it below the section."""
    spans = block.tag.iter("span") if len(block.lines) > 1 else ()
    titles = {squash(e.text_content()) for e in spans if is_titled(e)}
    return next((line for line in block.lines if line in titles), None)


def title_line(context: Context) -> Reading | None:
    """The line above the first paragraph that prints a stated title, whatever it stands in."""
    stated = {folded(title) for title in titles_of(context).stated if len(title) >= SHORTEST}
    first = next((b.index for b in context.blocks if b.place is Place.CORE and is_prose(b)), 0)
    line = next((b for b in context.blocks[:first] if not b.links and folded(b.text) in stated), None)
    return Reading(value=line.text, blocks=frozenset((line.index,))) if line else None


def _is_line(block: Block) -> bool:
    letters = sum(1 for c in block.text if c.isalpha())
    if _PATH.search(block.text):
        return False
    return (
        block.links == 0
        and TELLING <= size(block.text) <= LONGEST
        and 2 * letters > len(block.text)
        and not is_caption(block)
    )
