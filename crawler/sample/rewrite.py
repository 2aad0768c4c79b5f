"""What happens to a story afterwards: it is corrected, or another portal takes it over."""

import re
from dataclasses import replace
from datetime import datetime

from crawler.sample.content import Story
from crawler.sample.prose import dice, person

_NAME = re.compile(r"(?:đồng chí|Cô giáo|Bác sĩ|ông|bà|anh|chị) ((?:[A-ZĐ]\w+ ){2}[A-ZĐ]\w+)")
_FIGURE = re.compile(r"(?<![\d/.,])\d{2,3}(?![\d/.,%])")


def can_be_edited(story: Story) -> bool:
    """True for a story that names somebody and has a figure."""
    text = " ".join(story.paragraphs)
    return bool(_NAME.search(text) and _FIGURE.search(text))


def edited(story: Story, seed: int, at: datetime) -> Story:
    """``story`` as corrected at ``at``: one name and one figure are others, of those it has."""
    text = "\n".join(story.paragraphs)
    names = _NAME.search(text)
    text = _FIGURE.sub(lambda m: str(int(m[0]) + 3), text, count=1)
    if names:
        text = text.replace(names[1], person(dice(seed, "edit")))
    return replace(story, paragraphs=tuple(text.split("\n")), edited=at)


# Words that the province's editors replace by their like.
_LIKE = {
    "tại": "ở",
    "và": "cùng",
    "các": "những",
    "được": "đã được",
    "với": "cùng với",
    "trong": "ở trong",
    "hơn": "trên",
    "cho": "để cho",
    "từ": "kể từ",
    "đã": "vừa",
    "có": "hiện có",
    "khoảng": "chừng",
    "là": "chính là",
    "của": "thuộc",
    "đạt": "đạt mức",
    "mỗi": "từng",
}
_EVERY = 20


def reworded(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The same text with about one word in twenty replaced by its like."""
    words = "\n".join(paragraphs).split(" ")
    for start in range(0, len(words), _EVERY):
        place = next((i for i in range(start, min(start + _EVERY, len(words))) if words[i] in _LIKE), None)
        if place is not None:
            words[place] = _LIKE[words[place]]
    return tuple(" ".join(words).split("\n"))
