"""The files an article offers for download: documents and archives linked in its text or listed beside it."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from crawler.extract.images import is_aside
from crawler.extract.readers import Context, Reader, Reading, selected_elements
from crawler.extract.region import UNDIVIDED
from crawler.extract.words import table
from crawler.model import Attachment
from crawler.text import squash

_TABLE = table("attachments")
_TYPES: Mapping[str, str] = _TABLE["types"]
_NAMED = re.compile(rf"\.({'|'.join(_TYPES)})\b\W*(?:\([^)]*\)\W*)?$", re.I)
_QUICK = re.compile(rf"\.(?:{'|'.join(_TYPES)})(?![a-z])|{_TABLE['places']['scripts'].lower()}")
_SCRIPTED = re.compile(rf"['\"]((?:https?:)?/[^'\"]+\.(?:{'|'.join(_TYPES)}))['\"]", re.I)
_HINTS = re.compile("|".join(_TABLE["places"]["hints"]), re.I)
_LABELS = re.compile(rf"\W*(?:{'|'.join(_TABLE['places']['labels'])})\b", re.I)
_NOTHING = frozenset(_TABLE["nothing"]["words"])
LABEL = 40
"""Characters of the line that announces the files behind it."""
_CLIMB = 4
"""Elements above the text in which lists of files are looked for, and above a link in which they are named."""


def selected_attachments(context: Context) -> Reading | None:
    """The files linked in the elements that the declared selectors find."""
    elements = selected_elements(context.page, context.selectors("attachments"))
    return _reading(context, (link for element in elements for link in element.iter("a", "button")))


def linked_files(context: Context) -> Reading | None:
    """The files linked in the text, and those in the lists of files that stand before or behind it."""
    if context.core is None:
        return None
    core = context.core
    around = [e for e, _ in zip(core.iterancestors(), range(_CLIMB), strict=False) if e.tag not in ("body", "html")]
    top = around[-1] if around else core
    links = (link for link in top.iter("a", "button") if _may_lead_to_file(link) and not is_aside(link, top))
    return _reading(context, (link for link in links if _is_beside(link, core) or _is_listed(link)))


def _is_beside(link: HtmlElement, core: HtmlElement) -> bool:
    """True for a link in the text, or behind it in the same element where the text is but one paragraph or row."""
    if core in link.iterancestors():
        return True
    return core.tag in UNDIVIDED and any(e in link.iterancestors() for e in core.itersiblings())


def _reading(context: Context, links: Iterator[HtmlElement]) -> Reading | None:
    found: dict[str, Attachment] = {}
    for link in links:
        attachment = _attachment(context, link)
        if attachment is not None:
            found.setdefault(attachment.url, attachment)
    hrefs = set(found)
    blocks = (b for b in context.blocks if b.links >= 0.5 and b.index not in context.claimed)
    printed = frozenset(b.index for b in blocks if hrefs & {context.page.join(href) for href in b.hrefs})
    above = (context.blocks[n - 1] for n in printed if n and n - 1 not in printed)
    labels = frozenset(b.index for b in above if len(b.text) <= LABEL and _LABELS.match(b.text))
    return Reading(value=tuple(found.values()), blocks=printed | labels)


def _attachment(context: Context, link: HtmlElement) -> Attachment | None:
    text = squash(str(link.text_content()))
    for href in _targets(link):
        url = context.page.join(href)
        name = _file_name(url, text) if url else None
        if url and name:
            return Attachment(url=url, label=_label(link, text, name), media_type=_TYPES[_extension(name)])
    return None


def _may_lead_to_file(link: HtmlElement) -> bool:
    """A quick look that spares most links of a page the close one."""
    said = " ".join([link.text or "", *link.values()])
    return _QUICK.search(said.lower()) is not None


def _targets(link: HtmlElement) -> Iterator[str]:
    """The addresses that a link or button may lead to: its own, those in its attributes and in its script."""
    href = link.get("href") or ""
    if href and not href.startswith(("#", "javascript:", "mailto:", "tel:")):
        yield href
    yield from (v for name in _TABLE["buttons"]["attributes"] if "/" in (v := link.get(name) or ""))
    yield from _SCRIPTED.findall(f"{link.get('onclick') or ''} {href if href.startswith('javascript:') else ''}")


def _file_name(url: str, text: str) -> str | None:
    """The name of the document that a URL leads to: in its path, in its query, or printed on the link."""
    parts = urlsplit(url)
    in_path = unquote(parts.path).rpartition("/")[2]
    in_query = (value.rpartition("/")[2] for _, value in parse_qsl(parts.query))
    return next((name for name in (in_path, *in_query, text) if _NAMED.search(name)), None)


def _extension(name: str) -> str:
    found = _NAMED.search(name)
    return found.group(1).lower() if found else ""


def _label(link: HtmlElement, text: str, name: str) -> str:
    candidates = (text, squash(link.get("title")), squash(link.get("data-file-nm")), squash(link.get("download")))
    return next((c for c in candidates if c and c.casefold().strip(" .:()[]") not in _NOTHING), squash(name))


def _is_listed(link: HtmlElement) -> bool:
    """True for a link outside the text in an element whose name or first words say that it lists files."""
    above = [element for element, _ in zip(link.iterancestors(), range(_CLIMB), strict=False)]
    return any(_names_files(f"{e.get('class') or ''} {e.get('id') or ''}") or _says_files(e) for e in above)


@lru_cache(maxsize=20000)
def _names_files(names: str) -> bool:
    return len(names) > 3 and _HINTS.search(re.sub(r"[-_]", "", names)) is not None


def _says_files(element: HtmlElement) -> bool:
    first = " ".join(islice(element.itertext(), 8))
    return element.tag not in ("body", "html") and _LABELS.match(first.strip()) is not None


READERS: Mapping[str, tuple[Reader, ...]] = {"attachments": (selected_attachments, linked_files)}
