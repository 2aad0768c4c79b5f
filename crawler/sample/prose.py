"""Sentences of the sample portal: templates from ``prose/*.toml``, filled in by a seeded voice."""

import random
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

PROSE = Path(__file__).parent / "prose"

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Templates of one subject; sentences stand in the order in which a story tells them."""

    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]
    captions: tuple[str, ...]


@cache
def read(name: str) -> Mapping[str, Any]:
    """The table in ``prose/<name>.toml``."""
    return tomllib.loads((PROSE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def topics() -> Mapping[str, Topic]:
    """Every topic by name."""
    files = ("kinh-te", "chinh-tri", "xa-hoi", "thong-bao", "ban-tin")
    return {name: _topic(table) for file in files for name, table in read(file).items()}


def _topic(table: Mapping[str, Iterable[str]]) -> Topic:
    return Topic(**{key: tuple(values) for key, values in table.items()})


def dice(*key: object) -> random.Random:
    """A random source that is the same for the same key, in every process."""
    return random.Random(":".join(map(str, key)))


class Voice:
    """Speaks of one event: who and where are drawn once, figures and wording anew in every sentence."""

    def __init__(self, key: str, day: date, wards: str = "wards") -> None:
        self._key = key
        rng = dice(key, "slots")
        self.slots = _slots(rng, day, read("town")[wards])

    def say(self, template: str, *use: object) -> str:
        """``template`` filled in; the same ``use`` always says the same."""
        rng = dice(self._key, *use)
        while "[" in template:
            template = _CHOICE.sub(lambda m: rng.choice(m[1].split("|")), template)
        text = _SLOT.sub(lambda m: self._slot(m, rng), template)
        return capital(" ".join(text.split()))

    def _slot(self, match: re.Match[str], rng: random.Random) -> str:
        name, low, high = match.groups()
        if name == "n":
            return _number(rng.randint(int(low), int(high)))
        if name == "d":
            return f"{rng.randint(int(low), int(high))},{rng.randint(1, 9)}"
        return self.slots[name]


def capital(text: str) -> str:
    """``text`` with its first letter upper case."""
    return text[:1].upper() + text[1:]


def _number(value: int) -> str:
    return str(value) if value in _YEARS or value < 1000 else f"{value:,}".replace(",", ".")


def _slots(rng: random.Random, day: date, wards: list[str]) -> Mapping[str, str]:
    town = read("town")
    event = day - timedelta(days=rng.randint(0, 1))
    morning = rng.choice(("Sáng", "Chiều"))
    people = [person(rng) for _ in range(3)]
    roles = rng.sample(town["roles"], 4)
    slots = {
        "buoi": morning,
        "buoi_thuong": morning.lower(),
        "ngay": f"{event:%d/%m}",
        "ngay_so": f"{event:%d/%m/%Y}",
        "nam": str(day.year),
        "nam1": str(day.year - 1),
        "nam_sau": str(day.year + 1),
        "r2": roles[3],
        "ong": person(rng, "m"),
        "nu": person(rng, "f"),
        "dan1": _citizen(rng),
        "dan2": _citizen(rng),
    }
    for i in range(3):
        slots[f"p{i + 1}"] = people[i]
        slots[f"ld{i + 1}"] = f"đồng chí {people[i]}, {roles[i]}"
    slots |= _several("xa", rng.sample(wards, 3)) | _several("cq", rng.sample(town["agencies"], 2))
    slots |= _several("goods", rng.sample(town["goods"], 3)) | _several("crops", rng.sample(town["crops"], 1))
    slots |= _several("truong", rng.sample(town["schools"], 2)) | _several("duong", rng.sample(town["streets"], 2))
    return slots | {"thon": rng.choice(town["hamlets"])}


def person(rng: random.Random, sex: str = "") -> str:
    """An invented Vietnamese name of a man (``m``), a woman (``f``) or either."""
    town, sex = read("town"), sex or rng.choice("mf")
    parts = (town["surnames"], town[f"middle_{sex}"], town[f"given_{sex}"])
    return " ".join(rng.choice(part) for part in parts)


def _citizen(rng: random.Random) -> str:
    title, sex = rng.choice((("ông", "m"), ("anh", "m"), ("bà", "f"), ("chị", "f")))
    return f"{title} {person(rng, sex)}"


def _several(name: str, values: list[str]) -> dict[str, str]:
    named = {f"{name}{i or ''}": value for i, value in zip((0, 2, 3), values, strict=False)}
    return named | {f"{key}_hoa": capital(value) for key, value in named.items()}
