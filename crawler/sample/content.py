"""What the sample portal says: stories, and for each the article that a crawl must find in its page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from crawler.model import Article, Attachment, Image, Precision, Timestamp
from crawler.text import squash

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Form(StrEnum):
    """Where a page keeps its photos and captions, and which of the town's old systems made it."""

    CENTRED = "caption in centred paragraphs after the photo"
    TABLE = "photo and caption in rows of a table"
    FIGURE = "figure, figcaption with credit"
    ITALIC = "centred italic paragraph after the photo"
    ALT = "caption only in alt"
    AFTER = "photos after the text and its byline"


class Signed(StrEnum):
    """How a page names its author."""

    RIGHT = "right-aligned paragraph"
    TWO_LINES = "name and unit in one paragraph"
    LIST_ITEM = "last item of a list"
    LABELLED = "block Tác giả:"
    ROLE = "Tin, ảnh: name"
    NONE = "not at all"


class Dated(StrEnum):
    """How a page prints its date."""

    CLOCK = "08/01/2020 16:50"
    TWELVE_HOURS = "08/01/2020 | 04:50 PM"
    WEEKDAY = "Thứ tư - 08/01/2020 16:50"
    ZONED = "Thứ tư, 08/01/2020, 16:50 (GMT+7)"
    DAY = "(08/01/2020)"
    ENGLISH = "January 8, 2020"


class Opened(StrEnum):
    """How a page prints its lead."""

    BOLD = "bold first paragraph"
    SAPO = "block of its own"
    ITALIC = "italic first paragraph"
    NONE = "no lead"


class Quirk(StrEnum):
    """What is wrong with a page."""

    NONE = "nothing"
    MIXED = "entities, composed and decomposed letters in one text"
    LYING_LANG = "lang names another language"
    LYING_CHARSET = "declares another charset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A department of the portal; ``pager`` is how its listing leads on to older pages."""

    slug: str
    name: str
    category: int
    topics: tuple[str, ...] = ()
    pager: Literal["numbered", "previous-next"] = "numbered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo: ``lines`` are the paragraphs of its caption, ``after`` the body paragraphs printed before it."""

    path: str
    lines: tuple[str, ...] = ()
    credit: str | None = None
    after: int = 0

    @property
    def caption(self) -> str | None:
        """The whole caption on one line."""
        return squash(" ".join(self.lines)) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A PDF that an article offers."""

    path: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed: in the manner ``style``, ``author`` of ``unit``, or taken over from ``source``."""

    style: Signed = Signed.NONE
    author: str | None = None
    unit: str | None = None
    source: str | None = None
    account: bool = False
    """True when ``author`` is the account of a CMS, which is nobody's name."""

    @property
    def line(self) -> str | None:
        """The byline as printed, without the label of a field (``Tác giả:``) but with a role (``Tin, ảnh:``)."""
        if self.account:
            return None
        return f"Tin, ảnh: {self.author}" if self.author and self.style is Signed.ROLE else self.author


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as its author wrote it, and the manner in which its page prints it."""

    number: int
    path: str
    section: Section
    headline: str
    published: datetime
    paragraphs: tuple[str, ...]
    lead: str | None = None
    pictures: tuple[Picture, ...] = ()
    files: tuple[File, ...] = ()
    signature: Signature = Signature()
    edited: datetime | None = None
    form: Form = Form.CENTRED
    dated: Dated = Dated.CLOCK
    opened: Opened = Opened.NONE
    quirk: Quirk = Quirk.NONE
    language: str = "vi"
    frame: tuple[str, str] | None = None
    """Paragraphs that another portal printed before and after the text it took over."""

    @property
    def modified(self) -> datetime:
        """When the story was last changed."""
        return self.edited or self.published

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs that stand on the page between lead and byline."""
        before, after = self.frame or ("", "")
        return tuple(p for p in (before, *self.paragraphs, after) if p)

    def article(self, base: str, portal: str = "sample") -> Article:
        """The article that a crawl of the portal at ``base`` must make of this story's page."""
        return Article(
            url=urljoin(base, self.path),
            portal=portal,
            headline=squash(self.headline),
            lead=squash(self.lead) or None,
            body=tuple(map(squash, self.body)),
            byline=self.signature.line,
            authors=(self.signature.author,) if self.signature.author and not self.signature.account else (),
            unit=self.signature.unit,
            source=self.signature.source,
            published=self.timestamp,
            updated=_minute(self.edited) if self.edited else None,
            section=self.section.name,
            images=tuple(self._image(p, base) for p in self.pictures),
            attachments=tuple(_attachment(f, base) for f in self.files),
            language=self.language,
        )

    @property
    def timestamp(self) -> Timestamp:
        """The date as the page prints it."""
        day_only = self.dated in (Dated.DAY, Dated.ENGLISH)
        at = self.published.replace(hour=0, minute=0) if day_only else self.published
        return Timestamp(at=at, precision=Precision.DAY if day_only else Precision.MINUTE, raw=printed(self))

    def alt(self, picture: Picture) -> str:
        """The photo's ``alt``: its caption, the headline or nothing, as the form has it."""
        return {
            Form.ALT: picture.caption or "",
            Form.ITALIC: picture.caption or "",
            Form.FIGURE: self.headline,
        }.get(self.form, "")

    def _image(self, picture: Picture, base: str) -> Image:
        return Image(
            url=urljoin(base, picture.path),
            alt=squash(self.alt(picture)) or None,
            caption=picture.caption,
            credit=picture.credit,
            position=picture.after,
        )


def _minute(at: datetime) -> Timestamp:
    return Timestamp(at=at, precision=Precision.MINUTE, raw=f"{at:%d/%m/%Y %H:%M}")


def _attachment(file: File, base: str) -> Attachment:
    return Attachment(url=urljoin(base, file.path), label=file.label, media_type="application/pdf")


WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
_MONTHS += ("October", "November", "December")


def printed(story: Story) -> str:
    """The story's date in its page's manner."""
    at, weekday = story.published, WEEKDAYS[story.published.weekday()]
    manners = {
        Dated.CLOCK: f"{at:%d/%m/%Y %H:%M}",
        Dated.TWELVE_HOURS: f"{at:%d/%m/%Y} | {at:%I:%M} {'AM' if at.hour < 12 else 'PM'}",
        Dated.WEEKDAY: f"{weekday} - {at:%d/%m/%Y %H:%M}",
        Dated.ZONED: f"{weekday}, {at:%d/%m/%Y, %H:%M} (GMT+7)",
        Dated.DAY: f"({at:%d/%m/%Y})",
        Dated.ENGLISH: f"{_MONTHS[at.month - 1]} {at.day}, {at.year}",
    }
    return manners[story.dated]
