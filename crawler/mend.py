"""What a browser makes of a page that a parser leaves as it was sent: streamed parts in place, open buttons closed."""

import re

from lxml.html import Element, HtmlElement

_STREAMED = ' id="S:'
"""As React writes it."""
_EMPTY_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def mend(root: HtmlElement, text: str) -> None:
    """Changes the tree of a page, parsed from ``text``, into what its readers see."""
    if _STREAMED in text:
        _place_streamed_parts(root)
    for pre in list(root.iter("pre")):
        silent = sum(len(e.text_content()) for e in root.iter("script", "style"))
        if 2 * len(pre.text_content()) > len(root.text_content()) - silent:  # no program or letter that a text quotes
            _part_at_empty_lines(pre)
    for button in list(root.iter("button")):
        if next(button.iter("h1", "main"), None) is not None:
            button.drop_tag()  # left open: no button holds the headline of a page
        elif (parent := button.getparent()) is not None and parent.tag in _HEADINGS:
            button.drop_tag()  # opens what stands below the heading, as in accordions


def _part_at_empty_lines(pre: HtmlElement) -> None:
    """Breaks between the paragraphs of a text that is set as typed."""
    for element in list(pre.iter()):
        above, *paragraphs = _EMPTY_LINES.split(element.text or "")
        element.text = above
        for at, text in enumerate(paragraphs):
            element.insert(2 * at, _break())
            element.insert(2 * at + 1, _break(text))
        if element is not pre and (parent := element.getparent()) is not None:
            element.tail, *paragraphs = _EMPTY_LINES.split(element.tail or "")
            for text in reversed(paragraphs):
                parent.insert(parent.index(element) + 1, _break(text))
                parent.insert(parent.index(element) + 1, _break())


def _break(tail: str | None = None) -> HtmlElement:
    element = Element("br")
    element.tail = tail
    return element


def _place_streamed_parts(root: HtmlElement) -> None:
    """Moves what React sends late, hidden at the end of the page (``S:1``), to its placeholder (``B:1`` or ``P:1``)."""
    places = {
        place.get("id", "")[2:]: place for place in root.iter("template") if place.get("id", "")[:2] in ("B:", "P:")
    }
    for part in [e for e in root.iter("div") if e.get("hidden") is not None and e.get("id", "")[:2] == "S:"]:
        place = places.get(part.get("id", "")[2:])
        if place is not None and part not in place.iterancestors():
            place.addprevious(part)
        del part.attrib["hidden"]
