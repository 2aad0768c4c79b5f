"""How an element sets its text: aligned, italic, bold, by its tag, its style or its classes."""

from lxml.html import HtmlElement

from crawler.extract.names import HEADINGS

ITALIC = frozenset(("i", "em", "cite"))
BOLD = HEADINGS | {"b", "strong", "th"}
BOLD_NAMES = frozenset(("bold", "font-bold", "fw-bold"))
CENTER = frozenset(("text-center", "aligncenter", "has-text-align-center", "text-xs-center", "rtecenter"))
RIGHT = frozenset(("text-right", "text-end", "alignright", "has-text-align-right", "rteright"))


def style_of(tag: HtmlElement) -> str:
    """The element's own style, in lower case and without spaces."""
    style = tag.get("style")
    return style.lower().replace(" ", "") if style else ""


def aligned(tag: HtmlElement, style: str, names: str) -> str | None:
    """Where the element says that its text is aligned: left, center, right."""
    declared = "" if tag.tag == "table" else str(tag.get("align") or "").strip().lower()  # of a table: its own place
    if tag.tag == "center" or declared == "center" or "text-align:center" in style:
        return "center"
    if declared == "right" or "text-align:right" in style or "text-align:end" in style:
        return "right"
    return "left" if declared or "text-align:" in style else _aligned_by_class(names)


def _aligned_by_class(names: str) -> str | None:
    classes = set(names.split())
    if classes & CENTER:
        return "center"
    return "right" if classes & RIGHT else None


def is_italic(tag: HtmlElement, style: str, names: str) -> bool:
    """True when the element says that its text is italic."""
    return tag.tag in ITALIC or "font-style:italic" in style or "italic" in names.split()


def is_bold(tag: HtmlElement, style: str, names: str) -> bool:
    """True when the element says that its text is bold."""
    if tag.tag in BOLD or "font-weight:bold" in style or "font-weight:700" in style:
        return True
    return "bold" in names and not BOLD_NAMES.isdisjoint(names.split())
