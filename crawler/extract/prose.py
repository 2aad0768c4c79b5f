"""Is it running text: what tells a paragraph from labels, links and lines that are printed around an article."""

import re
from functools import lru_cache

from crawler.extract.blocks import APART, IMAGES, Block, Place
from crawler.extract.landscape import STOPS, says_rights
from crawler.extract.words import table
from crawler.text import size

_ENDED = re.compile(rf"[{STOPS}›)）]$")
_LINES = tuple(line.casefold() for line in table("body")["lines"])
_NOTICES = tuple(table("body")["notices"])
_RELATED = tuple(line.casefold() for line in table("body")["related"])
_COUNT = "0123456789().: "
_ENDS = tuple(line.casefold() for line in table("body")["ends"])

PARAGRAPH = 80
SENTENCE = 35
"""A block of this size is a paragraph, with or without a mark at its end."""
LINKED = 0.6
"""A block whose text is linked to this share is a list of links."""
MOSTLY = 0.8
"""A long block that ends like a sentence is a list of links only from this share on."""
NOTICE = 200
"""A longer block is text, whatever words it starts with."""
SAYING = 250
FOOT = 400
"""So many characters at most has a paragraph that speaks of the site, and a line of rights."""
LABEL = 40
ABOVE = 60
"""So many characters at most has a line that ends the text, and one above links to other articles."""


def is_prose(block: Block) -> bool:
    """True for running text: long, or a sentence with its mark at the end; not mostly links."""
    long = size(block.text)
    if block.links >= LINKED or (block.level and not (block.level > 1 and long >= PARAGRAPH and ended(block.text))):
        return False
    return long >= PARAGRAPH or (long >= SENTENCE and ended(block.text))


def is_full_of_links(block: Block) -> bool:
    """True for a paragraph with more links than other words."""
    linked = LINKED <= block.links < MOSTLY
    return linked and block.name == "p" and size(block.text) >= PARAGRAPH and ended(block.text)


def ended(text: str) -> bool:
    """True when the text ends like a sentence."""
    return bool(_ENDED.search(text))


def is_notice(block: Block) -> bool:
    """True for a line that sites print among the paragraphs: read also, share, advertisement, sources."""
    return len(block.text) < FOOT and _says_notice(block.text)


@lru_cache(maxsize=1024)
def _says_notice(line: str) -> bool:
    text = line.casefold()
    if says_rights(text) or (len(text) < SAYING and any(map(text.__contains__, _NOTICES))):
        return True
    return len(text) < NOTICE and text.lstrip("[(【*•・-–>» ").startswith(_LINES)


def ends_text(block: Block) -> bool:
    """True for the short line or heading behind which only comments, tags or the author's portrait follow."""
    return len(block.text) < LABEL and block.text.casefold().startswith(_ENDS)


def counts_comments(block: Block) -> bool:
    """True for a heading that opens with the number of comments; it may repeat the headline."""
    counted = block.level > 1 and block.text[:1].isdigit()
    return counted and block.text.casefold().lstrip(_COUNT).startswith(_ENDS)


def is_related(block: Block) -> bool:
    """True for the short line or heading above links to other articles."""
    return len(block.text) < ABOVE and opens_related(block)


def opens_related(block: Block) -> bool:
    """True for a line that opens with what announces other articles."""
    return block.text.casefold().startswith(_RELATED)


def is_caption(block: Block) -> bool:
    """True for text that markup names as belonging to a picture, or as apart from the text."""
    if block.apart or block.inside("figcaption", "caption"):
        return True
    figure = block.nearest("figure")
    if figure is None or next(figure.iter(*IMAGES), None) is None:
        return False
    return len(figure.text_content()) < APART


def is_text_place(block: Block) -> bool:
    """True for blocks in the core, and for running text between the headline and the core."""
    return block.place is Place.CORE or (block.place is Place.HEAD and is_prose(block))
