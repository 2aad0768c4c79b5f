"""The newsroom of the province: a second portal with eight stories, three of them taken over from the town."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from crawler.sample.compose import Order, compose, photo_path
from crawler.sample.content import ZONE, Dated, Form, Opened, Section, Signature, Signed, Story
from crawler.sample.newsroom import FIRST_DAY, Listing, Masthead, address, slug
from crawler.sample.rewrite import reworded
from crawler.sample.town import Town

PRESS = Section(slug="thong-tin-bao-chi", name="Thông tin báo chí", category=310)
DISTRICTS = Section(slug="tin-dia-phuong", name="Tin địa phương", category=320)

_OWN = ("van-hoa", "y-te", "ha-tang", "nong-nghiep", "giao-duc")
_FIRST_OWN, _FIRST_COPY = 88_001, 88_101
_FRAME = (
    "Văn phòng UBND tỉnh vừa nhận được thông tin do thành phố Móng Cái gửi đăng trên chuyên trang của các địa phương.",
    "Bạn đọc có thể gửi ý kiến về nội dung này tới hộp thư của Ban Biên tập trong giờ hành chính.",
)


class Province:
    """The stories of the province's portal; they are the same in every edition."""

    masthead = Masthead(
        name="Cổng thông tin tổng hợp tỉnh Quảng Ninh",
        publisher="Văn phòng Ủy ban nhân dân tỉnh Quảng Ninh",
        address="Phường Hồng Hà, thành phố Hạ Long, tỉnh Quảng Ninh",
    )
    sections: tuple[Section, ...] = (PRESS, DISTRICTS)
    english: tuple[Story, ...] = ()

    def __init__(self, town: Town) -> None:
        self.today = town.today
        copies = (_copy(town.story(index), i) for i, index in enumerate(town.cast["release"]))
        own = (_own(town.seed, i, topic) for i, topic in enumerate(_OWN))
        self._stories = tuple(sorted((*copies, *own), key=lambda s: s.published, reverse=True))

    def find(self, number: int) -> Story | None:
        """The story with that number, if there is one."""
        return next((s for s in self._stories if s.number == number), None)

    def latest(self, count: int) -> tuple[Story, ...]:
        """The newest stories."""
        return self._stories[:count]

    def related(self, story: Story) -> tuple[Story, ...]:
        """The stories of the same section, the story itself among them."""
        return tuple(s for s in self._stories if s.section == story.section)

    def listing(self, section: Section, page: int) -> Listing | None:
        """The only page of a section; None for another."""
        stories = tuple(s for s in self._stories if s.section == section)
        return Listing(section=section, page=1, pages=1, stories=stories) if page == 1 else None

    @property
    def mapped_count(self) -> int:
        """None: this portal has no sitemap."""
        return 0

    def mapped(self, start: int = 0) -> Iterator[Story]:
        """Nothing: this portal has no sitemap."""
        yield from self._stories[len(self._stories) + start :]

    def stories(self) -> Iterator[Story]:
        """Every story there is."""
        yield from self._stories


def _own(seed: int, index: int, topic: str) -> Story:
    published = datetime.combine(FIRST_DAY, time(8 + index, 7 + 9 * index), ZONE) - timedelta(days=9 + 31 * index)
    return compose(
        Order(
            key=f"province{seed}",
            index=index,
            number=_FIRST_OWN + index,
            section=DISTRICTS,
            published=published,
            topic=topic,
            wards="far_wards",
        )
    )


def _copy(story: Story, index: int) -> Story:
    """A press release of the town: word for word, with other text around it, or with one word in twenty replaced."""
    number = _FIRST_COPY + index
    copied = replace(
        story,
        number=number,
        path=address(slug(story.headline), PRESS, number, "nukeviet"),
        section=PRESS,
        published=story.published + timedelta(minutes=41),
        pictures=tuple(replace(p, path=photo_path(number, i), credit=None) for i, p in enumerate(story.pictures[:1])),
        signature=Signature(style=Signed.LABELLED, author="Nguyễn Hạ Vy", source=Town.masthead.name),
        form=Form.FIGURE,
        dated=Dated.WEEKDAY,
        opened=Opened.SAPO if story.lead else Opened.NONE,
    )
    if index == 1:
        return replace(copied, frame=_FRAME)
    return replace(copied, paragraphs=reworded(story.paragraphs)) if index == 2 else copied
