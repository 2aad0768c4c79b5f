"""The pictures of the article, each with its caption and credit."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract.blocks import Block
from crawler.extract.captions import captions
from crawler.extract.pictures import Caption, Picture
from crawler.extract.readers import Context, Reader, Reading, selected_elements
from crawler.extract.sources import is_file, is_picture, source
from crawler.extract.units import PICTURES, has_caption
from crawler.extract.words import table
from crawler.model import Image
from crawler.text import squash

_ASIDE = table("images")["aside"]
_ASIDE_TAGS = frozenset(_ASIDE["tags"])
_ASIDE_WORDS = frozenset(_ASIDE["words"])
_ASIDE_PHRASES = re.compile("|".join(_ASIDE["phrases"]))
_WORD = re.compile(r"[^a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
HERO_CLIMB = 8
"""Elements above the text in which a picture in front of the headline is looked for."""


def selected_images(context: Context) -> Reading | None:
    """The pictures in the elements that the declared selectors find."""
    elements = selected_elements(context.page, context.selectors("images"))
    images = [image for element in elements for image in element.iter(*PICTURES)]
    return _reading(_pictures(context, images), context)


def pictures(context: Context) -> Reading | None:
    """The pictures in and around the text: the lead picture in front of it, those in it, captioned ones behind it."""
    if context.core is None:
        return None
    printed = _blocks_by_source(context.blocks)
    inside = (e for e in context.core.iter(*PICTURES) if not is_aside(e, context.core))
    in_front = (e for e in _in_front(context.core) if _may_lead(e, printed, context))
    images = [e for e in (*in_front, *inside) if not _is_fallback(e)]
    return _reading(_pictures(context, images), context)


def _pictures(context: Context, images: Sequence[HtmlElement]) -> list[Picture]:
    """The images that are pictures, with their places; of a file shown twice the first, or the one with a caption."""
    blocks = _blocks_by_source(context.blocks)
    found: dict[str, Picture] = {}
    others = frozenset(images)
    at = 0
    for image in images:
        url = source(context.page, image)
        if url is None or not is_picture(image, url):
            continue
        if url in found and not _is_told_better(image, found[url].image, others, context.core):
            continue
        block = next((b for b in blocks.get(_key(image), ()) if b.index >= at), None)
        at = block.index if block is not None else max(at, _anchor(image, context))
        behind = at + (block is not None)
        away = _leads_to(image, context)
        teaser = _host(away) == _host(context.page.url)
        found[url] = Picture(
            image=image, url=url, block=block, at=at, behind=behind, away=away is not None, teaser=teaser
        )
    return list(found.values())


def _is_told_better(
    image: HtmlElement, before: HtmlElement, others: Container[HtmlElement], core: HtmlElement | None
) -> bool:
    """True for a file that is shown again, now with a caption (the poster of a film, the thumbnail of a gallery)."""
    return has_caption(image, others, core) and not has_caption(before, others, core)


def _reading(found: Sequence[Picture], context: Context) -> Reading | None:
    told = captions(context, found)
    kept = [picture for picture in found if told[picture.image] or _is_own(picture, context)]
    return Reading(
        value=tuple(_image(picture, told) for picture in kept),
        blocks=frozenset(index for caption in told.values() for index in caption.blocks),
        at=tuple(picture.at for picture in kept),
    )


def _image(picture: Picture, told: Mapping[HtmlElement, Caption]) -> Image:
    caption = told[picture.image]
    alt = squash(picture.image.get("alt")) or None
    return Image(url=picture.url, alt=alt, caption=caption.text, credit=caption.credit)


def _is_own(picture: Picture, context: Context) -> bool:
    """False for a picture without a caption that leads to another page, or that nothing ties to the article."""
    if picture.away:
        return False
    if _in(picture.image, context.core) or _is_tied(picture.image, picture.url, context):
        return True
    headline = context.printed(str(context.found.get("headline") or ""))
    return picture.block is not None and bool(headline) and min(headline) < picture.at


def _in(image: HtmlElement, core: HtmlElement | None) -> bool:
    return core is not None and core in image.iterancestors()


def _may_lead(image: HtmlElement, printed: Container[tuple[str, ...]], context: Context) -> bool:
    """True for an image in front of the text that its place or the page's metadata ties to the article."""
    framed = next(image.iterancestors("figure", "picture"), None) is not None
    if framed or _key(image) in printed or _is_tied(image, source(context.page, image), context):
        return True
    return has_caption(image, (), context.core)


def _is_fallback(image: HtmlElement) -> bool:
    """True for the copy of a picture that is only shown where scripts do not run."""
    noscript = next(image.iterancestors("noscript"), None)
    if noscript is None or (beside := noscript.getparent()) is None:
        return False
    return any(noscript not in e.iterancestors() for e in beside.iter(*PICTURES))


def _leads_to(image: HtmlElement, context: Context) -> str | None:
    """The other page that an image is a link to; None for links to files and to the page itself."""
    link = next(image.iterancestors("a"), None)
    href = context.page.join(link.get("href")) if link is not None else None
    return None if is_file(href) or href == context.page.url else href


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url else None


def _is_tied(image: HtmlElement, url: str | None, context: Context) -> bool:
    """True for an image that says the headline, or whose file the page's metadata names."""
    headline = context.found.get("headline")
    return (bool(headline) and squash(image.get("alt")) == headline) or _is_shown(url, context)


def _is_shown(url: str | None, context: Context) -> bool:
    """True for the file that the page's metadata names as the article's picture, in whatever size."""
    named = [*context.page.meta.get("og:image", ()), *context.page.meta.get("twitter:image", ())]
    return url is not None and any(_stem(url) == _stem(name) for name in named)


def _stem(url: str) -> str:
    name = url.split("?", 1)[0].rstrip("/").rpartition("/")[2].lower()
    return re.sub(r"[-_]?\d+x\d+|\.\w+$", "", name)


def _in_front(core: HtmlElement) -> Iterator[HtmlElement]:
    """Images between the headline and the text, and those in front of the headline in the same part of the page."""
    climbed = [e for e, _ in zip((core, *core.iterancestors()), range(HERO_CLIMB), strict=False)]
    for element in reversed(climbed):
        around = element.getparent()
        if around is not None and element.tag not in ("body", "html"):
            for sibling in reversed(list(element.itersiblings(preceding=True))):
                yield from (e for e in sibling.iter(*PICTURES) if not is_aside(e, around))


def is_aside(image: HtmlElement, top: HtmlElement) -> bool:
    """True for an image that has an element around it, up to ``top``, which is named as no part of the article."""
    for element in image.iterancestors():
        if element is top:
            return False
        if element.tag in _ASIDE_TAGS:
            return True
        if _names_aside(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return 2 * len(element.text_content()) < len(top.text_content())
    return False


@lru_cache(maxsize=20000)
def _names_aside(names: str) -> bool:
    own = " ".join(name.rpartition("__")[2] for name in names.split())
    words = _WORD.split(_CAMEL.sub("-", own).lower())
    return not _ASIDE_WORDS.isdisjoint(words) or _ASIDE_PHRASES.search("".join(words)) is not None


def _key(image: HtmlElement) -> tuple[str, ...]:
    return tuple((image.get(name) or "").strip() for name in ("src", "data-src", "alt"))


def _blocks_by_source(blocks: Sequence[Block]) -> Mapping[tuple[str, ...], list[Block]]:
    found: dict[tuple[str, ...], list[Block]] = {}
    for block in blocks:
        if block.image is not None:
            found.setdefault(_key(block.image), []).append(block)
    return found


def _anchor(image: HtmlElement, context: Context) -> int:
    """The index behind the block that prints the paragraph before an image which the region does not hold."""
    before = next((p for p in image.iterancestors("p")), None)
    paragraphs = image.xpath("preceding::p[normalize-space()][1]") if before is None else [before]
    indexes = context.printed(*(p.text_content() for p in paragraphs))
    return max(indexes) + 1 if indexes else 0


READERS: Mapping[str, tuple[Reader, ...]] = {"images": (selected_images, pictures)}
