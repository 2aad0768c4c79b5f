"""The place and the day with which a text opens."""

from pathlib import Path

import pytest

from crawler.extract.dateline import opening_place
from crawler.extract.readers import Context
from crawler.page import Page
from crawler.portal import from_table
from tests.extract.test_dates_labels import article

PORTAL = from_table(
    {"name": "Thành phố Móng Cái", "url": "https://town.example/", "timezone": "UTC"}, Path("t.toml"), "town"
)


def dateline(text: str, headline: str = "", *, language: str = "en") -> str | None:
    page = Page(url="https://town.example/1", body=f"<html lang={language}></html>".encode())
    read = opening_place(Context(page=page, portal=PORTAL, found={"headline": headline, "body": (text,)}))
    return read.value if read else None


PLACES = {
    "MÓNG CÁI (Báo Quảng Ninh) - Sáng nay, thành phố ra quân": "MÓNG CÁI",
    "Móng Cái - Sáng nay, thành phố ra quân": "Móng Cái",
    "HẠ LONG - Sáng nay, tại Hạ Long đã diễn ra hội nghị": "HẠ LONG",
    "Hà Nội, ngày 6/3/2025 - Hội nghị": "Hà Nội, ngày 6/3/2025",
    "HANOI, March 6 - The council": "HANOI, March 6",
    "HANOI, March 6, 2025 – The council": "HANOI, March 6, 2025",
    "Berlin (dpa/bb) – Der Rat": "Berlin",
    "Frankfurt/Main (dpa) - Der Rat": "Frankfurt/Main",
    "Musterstadt, den 6. März 2025 – Der Rat": "Musterstadt, den 6. März 2025",
    "ELM FALLS, Wis. – Water service": "ELM FALLS, Wis.",
    "NAPA, CA - Water service": "NAPA, CA",
    "LONDON (Reuters) - Water service": "LONDON",
    "Paris, le 6 mars 2025 – Le maire": "Paris, le 6 mars 2025",
    "Madrid, 6 mar (EFE).- El alcalde": "Madrid, 6 mar",
    "Bogotá, 6 de marzo de 2025. La alcaldía de Bogotá": "Bogotá, 6 de marzo de 2025",
    "(ANSA) - ROMA, 06 MAR - Il sindaco": "ROMA, 06 MAR",
    "Warszawa (PAP) - Prezydent": "Warszawa",
    "МОСКВА, 6 марта. /ТАСС/. Мэр": "МОСКВА, 6 марта",
    "新华社北京3月6日电（记者李明）今天": "北京3月6日",
    "【東京＝佐藤健】都は": "東京",
    "(서울=연합뉴스) 김철수 기자": "서울",
}


@pytest.mark.parametrize(("text", "place"), PLACES.items())
def test_a_place_opens_the_text(text: str, place: str) -> None:
    assert dateline(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "Thursday, March 6 – The council met", "Donnerstag, den 6. März – Der Rat", "From Monday, March 6 – The",
        "Angela Muster (CDU) - die Kandidatin", "SPD (Berlin) - hat", "Dr. Anna Muster (SPD) – Die", "Mr. Smith – who",
        "HNP - Sáng nay", "BBC – the", "NATO - Today", "HỘI NGHỊ - Sáng nay", "CẢNH BÁO - Sáng nay", "COVID-19 - Die",
        "STAND - Der", "Stand, 6. März – Der", "UPDATE, March 6 – The", "Pressemitteilung, 6. März 2025 – Der",
        "Der Rat – so heißt", "Zum Beispiel - die", "Adobe Flash – what Adobe Flash was", "Park, 5 - 7 years",
        "HANOI, Room 6 - The council", "【お知らせ】今日", "【重要】今日", "",
    ],
)  # fmt: skip
def test_what_is_no_place_is_not_read(text: str) -> None:
    assert dateline(text) is None


def test_nouns_in_capitals_are_no_places_in_german() -> None:
    assert dateline("KRÄHENJAGD – So wird gelockt", "Neues von der Krähenjagd", language="de") is None


def test_the_paragraph_keeps_its_words() -> None:
    text = "HANOI, March 6 - The council opened the bridge over the river, and many people walked across it at noon."
    read = article(f"<p>{text}</p>", "en")
    assert (read.dateline, read.origins["dateline"]) == ("HANOI, March 6", "opening_place")
    assert text in (read.lead, *read.body)
