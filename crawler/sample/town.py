"""The newsroom of the town: any number of stories, each made only when somebody asks for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from itertools import chain

from crawler.sample.compose import Order, compose, turn
from crawler.sample.content import ZONE, Quirk, Section, Story
from crawler.sample.editions import Deed, Edition, Event
from crawler.sample.newsroom import FIRST_DAY, Listing, Masthead
from crawler.sample.prose import dice
from crawler.sample.rewrite import can_be_edited, edited
from crawler.sample.written import EDUCATION, ENGLISH_FROM, SEED_NUMBER, SEED_PUBLISHED, english_stories, seed_story

SECTIONS = (
    Section(slug="tin-tuc-su-kien", name="Tin tức - Sự kiện", category=76101, topics=("ha-tang", "cu-tri", "cua-khau")),
    Section(slug="kinh-te", name="Kinh tế - Cửa khẩu", category=76120, topics=("nong-nghiep", "cua-khau", "ha-tang")),
    Section(slug="chinh-tri", name="Chính trị - Xây dựng Đảng", category=76131, topics=("dang", "cu-tri")),
    Section(slug="van-hoa-xa-hoi", name="Văn hóa - Xã hội", category=76152, topics=("van-hoa", "an-sinh")),
    EDUCATION,
    Section(slug="an-ninh-quoc-phong", name="An ninh - Quốc phòng", category=76204, topics=("an-ninh",)),
    Section(slug="y-te", name="Y tế - Sức khỏe", category=76215, topics=("y-te",)),
    Section(
        slug="thong-bao",
        name="Thông báo",
        category=76230,
        topics=("thoi-tiet", "tuyen-dung", "gia-ca", "dau-gia", "tiep-dan"),
        pager="previous-next",
    ),
)
NOTICES = len(SECTIONS) - 1

# Which section story number i belongs to, again and again: places in SECTIONS.
_ROTA = (0, 1, 2, 3, 4, 0, 7, 1, 5, 3, 0, 6, 2, 4, 1, 7)
_PLACES = {s: tuple(i for i, t in enumerate(_ROTA) if t == s) for s in range(len(SECTIONS))}

_STEP = 3
_FIRST = datetime(2012, 3, 1, 9, 12, tzinfo=ZONE)
_LAST = datetime.combine(FIRST_DAY, time(15, 34), ZONE)
_ADDED = (timedelta(hours=16, minutes=46), timedelta(hours=23, minutes=21))
_EDITED = timedelta(hours=17, minutes=41)
_REMOVED = timedelta(hours=18)
SMALLEST = 40

# Who plays which part: (part, how far from oldest to newest the search for a suitable story starts).
_CAST = (
    ("mixed", 0.1),
    ("mixed", 0.35),
    ("mixed", 0.65),
    ("lang", 0.5),
    ("charset", 0.75),
    ("release", 0.8),
    ("release", 0.86),
    ("release", 0.92),
    ("edited", 0.7),
    ("removed", 0.3),
)
_QUIRKS = {"mixed": Quirk.MIXED, "lang": Quirk.LYING_LANG, "charset": Quirk.LYING_CHARSET}


class Town:
    """The stories of the town's portal as of ``edition``; ``articles`` counts those of edition 0, the first day.

    ``editions`` say what each later one brought. Without any there is one, the day after: two stories are added, one
    is corrected and one removed.
    """

    masthead = Masthead(
        name="Cổng thông tin điện tử thành phố Móng Cái",
        publisher="Ủy ban nhân dân thành phố Móng Cái",
        address="Số 1 đại lộ Hòa Bình, thành phố Móng Cái, tỉnh Quảng Ninh",
    )
    sections: tuple[Section, ...] = SECTIONS

    def __init__(
        self, seed: int = 1, articles: int = 120, edition: int = 0, editions: Sequence[Edition] | None = None
    ) -> None:
        if articles < SMALLEST:
            raise ValueError(f"a town needs at least {SMALLEST} articles, not {articles}")
        self.seed = seed
        self.english = english_stories()
        self.before = articles - len(self.english)
        self.seed_index = self._seed_index()
        self.cast = self._cast()
        editions = (self._day_after(),) if editions is None else editions
        if not 0 <= edition <= len(editions):
            raise ValueError(f"there are editions 0 to {len(editions)}, not {edition}")
        past = tuple(chain.from_iterable(editions[:edition]))
        self.today = max((event.at.date() for event in past), default=FIRST_DAY)
        self._added = tuple(event.at for event in past if event.deed is Deed.ADDED)
        self._edited = {self.before + event.story: event.at for event in past if event.deed is Deed.EDITED}
        self._removed = {self.before + event.story for event in past if event.deed is Deed.REMOVED}
        self.total = self.before + len(self._added)
        self.story: Callable[[int], Story] = lru_cache(maxsize=4096)(self._story)
        self.per_page = 6 if articles <= 500 else 20

    def find(self, number: int) -> Story | None:
        """The story with that number, if there is (still) one."""
        if number >= ENGLISH_FROM:
            return next((s for s in self.english if s.number == number), None)
        index, rest = divmod(number - SEED_NUMBER, _STEP)
        index += self.seed_index
        return None if rest or not 0 <= index < self.total or self._gone(index) else self.story(index)

    def latest(self, count: int) -> tuple[Story, ...]:
        """The newest stories."""
        newest = range(self.total - 1, max(self.total - count - 2, -1), -1)
        return tuple(self.story(i) for i in newest if not self._gone(i))[:count]

    def related(self, story: Story) -> tuple[Story, ...]:
        """A few stories of the same section, the story itself among them."""
        if story.number >= ENGLISH_FROM:
            return self.english
        places, rank = _PLACES[SECTIONS.index(story.section)], _rank(self.index(story))
        near = range(min(rank + 3, self._count(story.section) - 1), max(rank - 3, -1), -1)
        return tuple(self.story(i) for r in near if not self._gone(i := _nth(places, r)))

    def listing(self, section: Section, page: int) -> Listing | None:
        """One page of a section; None when there is no such page."""
        count = self._count(section)
        pages = -(-count // self.per_page)
        if not 1 <= page <= pages:
            return None
        newest = count - 1 - (page - 1) * self.per_page
        places = _PLACES[SECTIONS.index(section)]
        indexes = (_nth(places, r) for r in range(newest, max(newest - self.per_page, -1), -1))
        stories = tuple(self.story(i) for i in indexes if not self._gone(i))
        return Listing(section=section, page=page, pages=pages, stories=stories)

    @property
    def mapped_count(self) -> int:
        """How many stories the sitemap names, about."""
        return len(self._mapped)

    def mapped(self, start: int = 0) -> Iterator[Story]:
        """The stories that the sitemap names, from the ``start``-th on: about half of all, and every new one."""
        yield from (self.story(i) for i in self._mapped[start:] if not self._gone(i))

    @property
    def _mapped(self) -> Sequence[int]:
        even = range(0, self.before, 2)
        return even if self.total == self.before else [*even, *range(self.before, self.total)]

    def stories(self) -> Iterator[Story]:
        """Every story there is, made one at a time."""
        yield from (self.story(i) for i in range(self.total) if not self._gone(i))
        yield from self.english

    def added(self) -> tuple[Story, ...]:
        """The stories that came after the first day."""
        return tuple(self.story(i) for i in range(self.before, self.total))

    def index(self, story: Story) -> int:
        """The place of a Vietnamese story, from oldest to newest."""
        return (story.number - SEED_NUMBER) // _STEP + self.seed_index

    def _gone(self, index: int) -> bool:
        return index in self._removed

    def _count(self, section: Section) -> int:
        places = _PLACES[SECTIONS.index(section)]
        blocks, rest = divmod(self.total, len(_ROTA))
        return blocks * len(places) + sum(place < rest for place in places)

    def _seed_index(self) -> int:
        """A place in the section of education, as far along as January 2020 is."""
        wanted = round((self.before - 1) * (SEED_PUBLISHED - _FIRST) / (_LAST - _FIRST))
        places = _PLACES[SECTIONS.index(EDUCATION)]
        return min((i for i in range(self.before) if i % len(_ROTA) in places), key=lambda i: abs(i - wanted))

    def _published(self, index: int) -> datetime:
        if index >= self.before:
            return self._added[index - self.before]
        if index <= self.seed_index:
            at = _FIRST + (SEED_PUBLISHED - _FIRST) * (index / self.seed_index)
        else:
            # Portals print more each year: the newest stories are days apart, the oldest weeks.
            left = (self.before - 1 - index) / (self.before - 1 - self.seed_index)
            at = SEED_PUBLISHED + (_LAST - SEED_PUBLISHED) * (1 - left**1.8)
        fixed = index in (0, self.seed_index, self.before - 1) or self.before > 2000
        return at.replace(second=0, microsecond=0) if fixed else self._office_hours(at, index)

    def _office_hours(self, at: datetime, index: int) -> datetime:
        rng = dice(self.seed, index, "time")
        return at.replace(hour=rng.randint(7, 20), minute=rng.randint(1, 59), second=0, microsecond=0)

    def _story(self, index: int) -> Story:
        story = self._plain(index)
        quirk = next((_QUIRKS[p] for p in _QUIRKS if index in self.cast[p]), Quirk.NONE)
        if index in self._edited:
            story = edited(story, self.seed, self._edited[index])
        return replace(story, quirk=quirk)

    def _plain(self, index: int) -> Story:
        if index == self.seed_index:
            return seed_story()
        section = SECTIONS[_ROTA[index % len(_ROTA)]]
        number = SEED_NUMBER + (index - self.seed_index) * _STEP
        topic = turn(section.topics, _rank(index), self.seed, section.slug)
        return compose(
            Order(
                key=f"town{self.seed}",
                index=index,
                number=number,
                section=section,
                published=self._published(index),
                topic=topic,
            )
        )

    def _day_after(self) -> Edition:
        """Two stories more, one corrected, one removed."""
        added = tuple(Event(at=_LAST + later, deed=Deed.ADDED, story=i) for i, later in enumerate(_ADDED))
        corrected, removed = (self.cast[part][0] - self.before for part in ("edited", "removed"))
        return (
            *added,
            Event(at=_LAST + _EDITED, deed=Deed.EDITED, story=corrected),
            Event(at=_LAST + _REMOVED, deed=Deed.REMOVED, story=removed),
        )

    def _cast(self) -> dict[str, tuple[int, ...]]:
        taken = {self.seed_index}
        cast: dict[str, tuple[int, ...]] = {"seed": (self.seed_index,)}
        for part, start in _CAST:
            index = next(i for i in range(int(self.before * start), self.before) if self._suits(part, i, taken))
            taken.add(index)
            cast[part] = (*cast.get(part, ()), index)
        return cast

    def _suits(self, part: str, index: int, taken: set[int]) -> bool:
        if index in taken or _ROTA[index % len(_ROTA)] == NOTICES:
            return False
        return part != "edited" or (index % 2 == 0 and can_be_edited(self._plain(index)))


def _rank(index: int) -> int:
    """How many older stories the section of story ``index`` has."""
    block, place = divmod(index, len(_ROTA))
    places = _PLACES[_ROTA[place]]
    return block * len(places) + places.index(place)


def _nth(places: tuple[int, ...], rank: int) -> int:
    """The index of the ``rank``-th oldest story of a section that has these places in the rota."""
    block, place = divmod(rank, len(places))
    return block * len(_ROTA) + places[place]
