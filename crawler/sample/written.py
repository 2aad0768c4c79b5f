"""Stories written by hand: the town's own article of January 2020, and the English pages."""

from datetime import datetime

from crawler.sample.compose import photo_path
from crawler.sample.content import ZONE, Dated, Form, Opened, Picture, Section, Signature, Signed, Story
from crawler.sample.newsroom import address, slug
from crawler.sample.prose import read

SEED_NUMBER = 249699
SEED_PUBLISHED = datetime(2020, 1, 8, 16, 50, tzinfo=ZONE)
ENGLISH_FROM = 5_000_000
"""Story numbers of the English pages start here."""

EDUCATION = Section(slug="giao-duc", name="Giáo dục và Đào tạo", category=76190, topics=("giao-duc",))
ENGLISH = Section(slug="news", name="News in English", category=76900)


def seed_story() -> Story:
    """The town's own article of 8 January 2020, word for word."""
    text = read("seed")
    pictures = (Picture(path=photo_path(SEED_NUMBER, i), lines=tuple(c)) for i, c in enumerate(text["captions"]))
    return Story(
        number=SEED_NUMBER,
        path=address(slug(text["headline"]), EDUCATION, SEED_NUMBER, "vnpt"),
        section=EDUCATION,
        headline=text["headline"],
        published=SEED_PUBLISHED,
        lead=text["lead"],
        paragraphs=tuple(text["body"]),
        pictures=tuple(pictures),
        signature=Signature(style=Signed.TWO_LINES, author=text["byline"], unit=text["unit"]),
        form=Form.CENTRED,
        opened=Opened.SAPO,
    )


def english_stories() -> tuple[Story, ...]:
    """The English corner of the portal, newest first."""
    return tuple(_english(i) for i in range(len(read("english")["story"])))


def _english(index: int) -> Story:
    text, number = read("english")["story"][index], ENGLISH_FROM + index
    captions = enumerate(text["captions"])
    day = datetime.strptime(text["day"], "%d/%m/%Y").replace(hour=9, tzinfo=ZONE)
    author, account = text["byline"], text.get("account", False)
    signed = Signature(style=Signed.RIGHT, author=author, account=account) if author else Signature()
    return Story(
        number=number,
        path=f"/en/news/{slug(text['headline'])}-{number}.html",
        section=ENGLISH,
        headline=text["headline"],
        published=day,
        lead=text["lead"] or None,
        paragraphs=tuple(text["body"]),
        pictures=tuple(Picture(path=photo_path(number, i), lines=(c,), after=i + 1) for i, c in captions),
        signature=signed,
        form=Form.ITALIC,
        dated=Dated.ENGLISH,
        opened=Opened.SAPO if text["lead"] else Opened.NONE,
        language="en",
    )
