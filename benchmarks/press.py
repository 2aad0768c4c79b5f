"""Vietnamese town news by the thousand: words by Zipf's law, names, dates, stock phrases. Same seed, same news."""

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from crawler.model import Article, Capture, Image, Kind, Precision, Timestamp, Visit
from crawler.portal import Portal, from_url
from crawler.text import strip_accents

_ONSETS = (*"bcdđghklmnrstvx", "ch", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr")
_RIMES = (
    *("ac", "ai", "am", "an", "ang", "anh", "ao", "ay", "em", "en", "eo", "ich", "iên", "inh", "oc", "oi", "on", "ong"),
    *("ôi", "ông", "ơi", "ua", "ưng", "ương", "iêu", "oan", "âm", "ăn", "ôn", "ung", "êu", "iệt", "ân"),
)
_OPEN = ("a", "ê", "i", "o", "ô", "ơ", "u", "ư", "oa")
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Dương"]
_MIDDLES = ["Thị", "Văn", "Đức", "Minh", "Quang", "Thu", "Đông", "Tiến"]
_GIVEN = ["Huệ", "Phong", "Hòa", "Thủy", "Dũng", "Hằng", "Khỏe", "Lan", "Sơn", "Tuấn", "Hạnh", "Mai"]
UNITS = ("Trung tâm TTVH", "Đài Truyền thanh", "Phòng Văn hóa", "Cổng TTĐT")

PEOPLE = 5000
"""One of so many persons and one of so many places is named in every article: each in 0.02 % of all articles."""

FIRST_DAY = datetime(2012, 1, 1, 1, 0, tzinfo=UTC)
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
PORTALS = tuple(from_url(f"https://town{n}.example/") for n in range(20))


class Press:
    """Writes articles of about 3.8 KB; a tenth of them are copies of earlier ones, a stock phrase stands in most."""

    def __init__(self, seed: int = 29) -> None:
        self._random = random.Random(seed)
        words = [_syllable(o, r, t) for o in _ONSETS for r in (*_RIMES, *_OPEN) for t in _TONES]
        self._random.shuffle(words)
        self._words = words
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
        # Without accents, a word would be found in every spelling of the folded columns.
        self._less_frequent = [word for word in words[len(words) // 2 :] if strip_accents(word) != word]
        self._stock = [self.text(30) for _ in range(40)]
        self._earlier: list[Article] = []

    def articles(self, portals: Sequence[Portal], count: int) -> Iterator[tuple[Article, int]]:
        """Articles with the number of their portal, in order of publication."""
        for number in range(count):
            of = number % len(portals)
            article = self.article(portals[of], number)
            if self._earlier and self._random.random() < 0.1:
                article = _told_again(self._random.choice(self._earlier), article)
            self._earlier = [*self._earlier[-199:], article]
            yield article, of

    def article(self, portal: Portal, number: int) -> Article:
        """An article of its own."""
        r = self._random
        at = FIRST_DAY + timedelta(hours=number % 120_000, minutes=r.randrange(60))
        url = f"{portal.url}tin-tuc/{number}"
        body = [self.text(r.randrange(40, 115)) for _ in range(7)]
        body[r.randrange(7)] += " " + r.choice(self._stock)
        body[-1] += f" {self.person(r.randrange(PEOPLE))} ({document(number)}) {self.place(r.randrange(PEOPLE))}."
        return Article(
            url=url,
            portal=portal.slug,
            headline=self.text(10),
            lead=self.text(35),
            body=tuple(body),
            byline=self.name(),
            unit=r.choice(UNITS),
            published=Timestamp(at=at, precision=Precision.MINUTE, raw=f"{at:%d/%m/%Y %H:%M}"),
            section="Tin tức",
            images=tuple(Image(url=f"{url}/{n}.jpg", caption=self.text(12), position=n) for n in range(2)),
            language="vi",
        )

    def bulletin(self, portal: Portal, number: int, form: int = 0) -> Article:
        """A form filled in with the numbers of a day."""
        r = random.Random(f"bulletin {number}")
        at = FIRST_DAY + timedelta(days=number)
        lines = _FORMS[form % len(_FORMS)]
        said = tuple(line.format(d=f"{at:%d/%m/%Y}", n=_Numbers(r)) for line in lines)
        return Article(
            url=f"{portal.url}ban-tin/{form}-{number}",
            portal=portal.slug,
            headline=f"Bản tin ngày {at:%d/%m/%Y}",
            body=said,
            published=Timestamp(at=at, precision=Precision.DAY, raw=f"{at:%d/%m/%Y}"),
        )

    def text(self, length: int) -> str:
        """A paragraph of some words, with a name and a number."""
        words = self._random.choices(self._words, cum_weights=self._weights, k=length)
        words[length // 2 : length // 2] = [self.name(), str(self._random.randrange(3000))]
        return " ".join(words).capitalize() + "."

    def word(self) -> str:
        """Any word, frequent ones more often."""
        return self._random.choices(self._words, cum_weights=self._weights)[0]

    def most_frequent(self, count: int) -> list[str]:
        """The words that stand in most articles."""
        return self._words[:count]

    def rare(self) -> str:
        """One of the less frequent words."""
        return self._random.choice(self._less_frequent)

    def person(self, number: int) -> str:
        """One of ``PEOPLE``, whose names are of less frequent words."""
        own = random.Random(f"person {number}")
        return " ".join((own.choice(_SURNAMES), *(word.capitalize() for word in own.choices(self._less_frequent, k=2))))

    def place(self, number: int) -> str:
        """One of as many places, a word that stands nowhere else."""
        own = random.Random(f"place {number}")
        return "".join(own.choices(self._less_frequent, k=3)).capitalize()

    def name(self) -> str:
        """A person who stands in 4 % of the articles, like each of the other 959."""
        return " ".join(map(self._random.choice, (_SURNAMES, _MIDDLES, _GIVEN)))


def document(number: int) -> str:
    """The number of the document that an article cites; five articles in a row cite the same."""
    return f"{number // 5}/QĐ-UBND"


def visit_of(article: Article, number: int) -> Visit:
    """The visit of an article's page."""
    capture = Capture(
        url=article.url,
        captured_at=FETCHED + timedelta(seconds=number),
        status=200,
        media_type="text/html",
        digest=f"sha256:{number:064x}",
        size=40_000,
        warc="press.warc.gz",
        offset=number * 9000,
        length=9000,
    )
    return Visit(capture=capture, kind=Kind.ARTICLE, article=article)


class _Numbers:
    """``{n.small}``, ``{n.large}``: another number every time."""

    def __init__(self, r: random.Random) -> None:
        self._random = r

    @property
    def small(self) -> int:
        return self._random.randrange(10, 99)

    @property
    def large(self) -> int:
        return self._random.randrange(100, 99_999)


_FORMS = (
    (
        "Dự báo thời tiết ngày {d}: nhiều mây, có mưa rào và dông vài nơi, gió đông bắc cấp {n.small}.",
        "Nhiệt độ thấp nhất từ {n.small} đến {n.small} độ, nhiệt độ cao nhất từ {n.small} đến {n.small} độ, độ ẩm",
        "trung bình {n.small} phần trăm, tầm nhìn xa trên {n.small} km, lượng mưa đo được {n.large} mm.",
        "Khu vực ven biển gió mạnh, sóng cao {n.small} dm, tàu thuyền cần chú ý khi ra khơi trong ngày và đêm.",
    ),
    (
        "Tính đến 18 giờ ngày {d}, toàn tỉnh ghi nhận {n.large} ca mắc mới, trong đó có {n.large} ca tại cộng đồng.",
        "Số ca đang điều trị là {n.large}, số ca khỏi bệnh trong ngày là {n.large}, số ca nặng là {n.small}.",
        "Số liều vắc xin đã tiêm trong ngày là {n.large} liều, nâng tổng số lên {n.large} liều.",
        "Người dân tiếp tục thực hiện nghiêm các biện pháp phòng chống dịch theo hướng dẫn của ngành y tế.",
    ),
    (
        "Giá cả thị trường ngày {d}: gạo tẻ {n.large} đồng, thịt lợn {n.large} đồng, cá biển {n.large} đồng một cân.",
        "Rau cải {n.large} đồng, cà chua {n.large} đồng, trứng gà {n.large} đồng một chục, xăng {n.large} đồng,",
        "vàng {n.large} nghìn đồng một lượng, tỷ giá {n.large} đồng một đô la.",
        "Ban quản lý chợ trung tâm tổng hợp và cung cấp thông tin cho bà con tiểu thương và người tiêu dùng.",
    ),
)


def _told_again(earlier: Article, new: Article) -> Article:
    return replace(new, headline=earlier.headline, lead=earlier.lead, body=earlier.body)


def _syllable(onset: str, rime: str, tone: str) -> str:
    """A syllable with its tone mark where today's spelling puts it, near enough."""
    at = rime.find("o") if rime.startswith("oa") else max(i for i, c in enumerate(rime) if c in "aeiouyêôơưâă")
    return unicodedata.normalize("NFC", onset + rime[: at + 1] + tone + rime[at + 1 :])
