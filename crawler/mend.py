"""What a browser makes of a page that a parser leaves as it was sent: streamed parts in place, open buttons closed."""

from lxml.html import HtmlElement

_STREAMED = ' id="S:'
"""As React writes it."""


def mend(root: HtmlElement, text: str) -> None:
    """Changes the tree of a page, parsed from ``text``, into what its readers see."""
    if _STREAMED in text:
        _place_streamed_parts(root)
    for button in list(root.iter("button")):
        if next(button.iter("h1", "main"), None) is not None:
            button.drop_tag()  # left open: no button holds the headline of a page


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
