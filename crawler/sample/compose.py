"""Makes a story out of templates: text, photos, files and the manner of its page."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha1
from typing import TypeVar

from crawler.sample.content import Dated, File, Form, Opened, Picture, Section, Signature, Signed, Story
from crawler.sample.newsroom import address, slug
from crawler.sample.prose import Topic, Voice, dice, read, topics

T = TypeVar("T")

BULLETINS = ("thoi-tiet", "gia-ca")
NOTICES = ("tuyen-dung", "dau-gia", "tiep-dan")
SYSTEMS = {Form.TABLE: "sharepoint", Form.FIGURE: "nukeviet"}

_DATED = (Dated.CLOCK, Dated.TWELVE_HOURS, Dated.WEEKDAY, Dated.ZONED, Dated.DAY)
_WITH_UNIT = (Signed.TWO_LINES,)


def turn(values: Sequence[T], index: int, *key: object) -> T:
    """One of ``values``; every run of ``len(values)`` indexes has each of them once."""
    run, place = divmod(index, len(values))
    return dice(*key, run).sample(values, len(values))[place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a story is to be: ``key`` and ``index`` stand for it, and always for the same one."""

    key: str
    index: int
    number: int
    section: Section
    published: datetime
    topic: str
    wards: str = "wards"

    def turn(self, manners: Iterable[T]) -> T:
        """This story's turn of the manners of one kind: every run of as many stories has each of them once."""
        each = tuple(manners)
        return turn(each, self.index, self.key, type(each[0]).__name__)


def compose(order: Order) -> Story:
    """The story that was ordered."""
    voice = Voice(f"{order.key}:{order.index}", order.published.date(), order.wards)
    words, rng = topics()[order.topic], dice(order.key, order.index, "manner")
    form, opened, number = order.turn(Form), order.turn(Opened), order.number
    headline = voice.say(rng.choice(words.headlines), "headline")
    lead = voice.say(rng.choice(words.leads), "lead")
    paragraphs = _paragraphs(order.topic, words, voice, rng)
    story = Story(
        number=number,
        path=address(slug(headline), order.section, number, SYSTEMS.get(form, "vnpt")),
        section=order.section,
        headline=headline,
        published=order.published,
        lead=None if opened is Opened.NONE else lead,
        paragraphs=(lead, *paragraphs) if opened is Opened.NONE else paragraphs,
        files=_files(order.topic, rng, number, order.published.year),
        signature=_signature(order.topic, order.turn(Signed), rng),
        form=form,
        dated=order.turn(_DATED),
        opened=opened,
    )
    return replace(story, pictures=_pictures(story, words, voice, rng))


def photo_path(number: int, position: int) -> str:
    """Where a story's photo lies; the story's number can be read back from it."""
    mark = sha1(f"{number}:{position}".encode(), usedforsecurity=False).hexdigest()
    return f"/caches/editor/a60/{number:08x}-{position:04x}-4{mark[:3]}-a{mark[3:6]}-{mark[6:18]}.JPG"


def _paragraphs(topic: str, words: Topic, voice: Voice, rng: random.Random) -> tuple[str, ...]:
    sentences = [voice.say(template, i) for i, template in _chosen(topic, words.sentences, rng)]
    if topic in BULLETINS or topic in NOTICES:
        return tuple(sentences)
    paragraphs = []
    while sentences:
        size = rng.randint(1, 3)
        paragraphs.append(" ".join(sentences[:size]))
        del sentences[:size]
    return tuple(paragraphs)


def _chosen(topic: str, sentences: Sequence[str], rng: random.Random) -> list[tuple[int, str]]:
    """Some of the sentences in their order, each with its place."""
    numbered = list(enumerate(sentences))
    if topic in BULLETINS:
        return numbered
    size = rng.randint(5, 6) if topic in NOTICES else rng.randint(8, 11)
    return sorted(rng.sample(numbered, size))


def _signature(topic: str, style: Signed, rng: random.Random) -> Signature:
    town = read("town")
    if topic in BULLETINS or topic in NOTICES or style is Signed.NONE:
        return Signature()
    return Signature(
        style=style,
        author=rng.choice(town["reporters"]),
        unit=rng.choice(town["units"]) if style in _WITH_UNIT else None,
        source=rng.choice(town["sources"]) if style is Signed.LABELLED and rng.random() < 0.5 else None,
    )


def _pictures(story: Story, words: Topic, voice: Voice, rng: random.Random) -> tuple[Picture, ...]:
    count = min(rng.choice((0, 1, 1, 2, 2, 3, 4)), len(words.captions))
    captions = [voice.say(c, "caption", c) for c in rng.sample(words.captions, count)]
    end = len(story.paragraphs)
    last = end - 2 if story.signature.style is Signed.LIST_ITEM else end
    places = (
        [end] * count if story.form is Form.AFTER else sorted(_place(rng.randint(0, last), story) for _ in captions)
    )
    return tuple(
        Picture(path=photo_path(story.number, i), lines=(caption,), credit=_credit(story.form, rng), after=place)
        for i, (caption, place) in enumerate(zip(captions, places, strict=True))
    )


def _place(drawn: int, story: Story) -> int:
    """A paragraph with pictures right behind it opens the article as a lead does: no story without lead looks so."""
    return min(2, len(story.paragraphs)) if drawn == 1 and story.lead is None else drawn


def _credit(form: Form, rng: random.Random) -> str | None:
    return rng.choice(read("town")["reporters"]) if form is Form.FIGURE and rng.random() < 0.6 else None


def _files(topic: str, rng: random.Random, number: int, year: int) -> tuple[File, ...]:
    if topic not in NOTICES:
        return ()
    act = rng.randint(11, 480)
    notice = File(path=f"/uploads/van-ban/{year}/{act}-tb-ubnd-{number}.pdf", label=f"Thông báo số {act}/TB-UBND")
    annex = File(path=f"/uploads/van-ban/{year}/{act}-phu-luc-{number}.pdf", label=f"Phụ lục kèm theo Thông báo {act}")
    return (notice, annex) if rng.random() < 0.4 else (notice,)
