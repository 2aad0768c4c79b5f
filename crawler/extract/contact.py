"""The office that Japanese pages name as answerable for a text: ``お問い合わせ`` and the lines below it."""

import re
from collections.abc import Sequence

from crawler.extract.persons import Credits
from crawler.extract.readers import NOTHING, Context
from crawler.extract.signature import Byline
from crawler.extract.words import table
from crawler.page import Page
from crawler.text import squash

BELOW = 3
"""Lines below the title of a contact block among which one names the office."""
TITLE = 40

_TITLE = re.compile("|".join(table("bylines")["contact"]["titles"]))
_SAID = ("問い合", "問合")
_OFFICE = re.compile(
    r"(?P<office>(?:[^\s\d：:〒、。（(]{1,20}[\s　]){0,3}[^\s\d：:〒、。（(]{0,20}"
    rf"(?:{'|'.join(table('bylines')['contact']['offices'])}))(?=[\s　：:〒、（(\d]|電話|TEL|℡|$)"
)


def office(context: Context) -> Byline | None:
    """The office in the line that is titled as contact, or right below it; the last such line of the page."""
    unit = _titled([b.text for b in context.blocks if b.text]) or _titled(_texts(context.page))
    return Byline(credits=Credits(unit=unit), blocks=NOTHING) if unit else None


def _titled(texts: Sequence[str]) -> str | None:
    for at in range(len(texts) - 1, -1, -1):
        title = _TITLE.search(texts[at]) if len(texts[at]) <= 2 * TITLE else None
        if title is None:
            continue
        own = texts[at][title.end() :].strip(" 　：:／/先は】］）)")
        for text in (own, *texts[at + 1 : at + 1 + BELOW]):
            if found := _OFFICE.match(text):
                return found["office"]
    return None


def _texts(page: Page) -> Sequence[str]:
    """The texts of the page where it speaks of contacts, also outside the article: contact blocks are boxes."""
    if not any(word in page.text for word in _SAID):
        return ()
    return [text for t in page.tree.itertext() if (text := squash(str(t)))]
