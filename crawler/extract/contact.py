"""The office that Japanese pages name as answerable for a text: ``お問い合わせ`` and the lines below it."""

import re

from crawler.extract.persons import Credits
from crawler.extract.readers import NOTHING, Context
from crawler.extract.signature import Byline
from crawler.extract.words import table

BELOW = 3
"""Lines below the title of a contact block among which one names the office."""
TITLE = 40

_TITLE = re.compile("|".join(table("bylines")["contact"]["titles"]))
_OFFICE = re.compile(
    r"(?P<office>(?:[^\s\d：:〒、。（(]{1,20}[\s　]){0,3}[^\s\d：:〒、。（(]{0,20}"
    rf"(?:{'|'.join(table('bylines')['contact']['offices'])}))(?=[\s　：:〒、（(\d]|電話|TEL|℡|$)"
)


def office(context: Context) -> Byline | None:
    """The office in the line that is titled as contact, or right below it."""
    for block in reversed(context.blocks):
        title = _TITLE.search(block.text) if 0 < len(block.text) <= 2 * TITLE else None
        if title is None:
            continue
        below = [b.text for b in context.blocks[block.index + 1 : block.index + 1 + BELOW] if b.text]
        for text in (block.text[title.end() :].strip(" 　：:／/先は】］）)"), *below):
            if found := _OFFICE.match(text):
                return Byline(credits=Credits(unit=found["office"]), blocks=NOTHING)
    return None
