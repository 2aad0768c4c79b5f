"""The day of publication told apart from those of events, periods, visits and other articles."""

from datetime import timedelta

import pytest

from crawler.extract.date_labels import Claim, claim_before, joins_a_period, names_a_place
from tests.extract.test_dates_labels import CAPTURED, PARAGRAPH, article

EVENTS = [
    ("de", "<p>Datum: 15.03.2025, 19 Uhr</p><p>Ort: Rathaus</p>"),
    ("de", "<dl><dt>Datum</dt><dd>15.03.2025</dd><dt>Ort</dt><dd>Rathaus</dd></dl>"),
    ("it", "<p>Data: 15 marzo 2025</p><p>Luogo: Teatro</p>"),
    ("es", "<p><b>Fecha del evento:</b> 15/03/2025</p>"),
    ("fr", "<p>Date : 15 mars 2025 à 20h - Lieu : salle des fêtes</p>"),
    ("pl", "<p>Data: 15.03.2025</p><p>Miejsce: park</p>"),
    ("en", "<ul><li>Date: 15 March 2025</li><li>Time: 7pm</li><li>Venue: Town Hall</li></ul>"),
    ("vi", "<p>Thời gian: 08h00 ngày 15/3/2025</p><p>Địa điểm: Hội trường</p>"),
    ("ja", "<table><tr><th>日時</th><td>2025年3月15日</td></tr><tr><th>場所</th><td>公民館</td></tr></table>"),
    ("ko", "<p>일시: 2025. 3. 15. 14:00</p><p>장소: 군청</p>"),
    ("zh", "<p>活动时间：2025年3月15日</p>"),
    ("cs", "<p>Termín: 15. 3. 2025</p>"),
    ("de", "<p>15.03.2025 - 20.03.2025</p>"),
    ("en", "<p>15 March 2025 to 20 March 2025</p>"),
    ("vi", "<p>15/03/2025 đến ngày 20/03/2025</p>"),
]


@pytest.mark.parametrize(("language", "event"), EVENTS)
def test_the_day_of_an_event_is_not_that_of_publication(language: str, event: str) -> None:
    assert article(event, language).published is None
    read = article(f"<p>2025-03-06</p><p>{PARAGRAPH}</p>{event}", language)
    assert read.published is not None
    assert read.published.isoformat() == "2025-03-06"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("it", "In pubblicazione dal 06/03/2025 al 20/03/2025"),
        ("sk", "Zverejnené od 06.03.2025 do 20.03.2025"),
        ("cs", "Vyvěšeno: 6. 3. 2025 Sejmuto: 20. 3. 2025"),
        ("pl", "Opublikowano: 06.03.2025. Data zakończenia publikacji: 20.03.2025"),
    ],
)
def test_of_a_period_of_publication_the_first_day_counts(language: str, line: str) -> None:
    read = article(f"<p>{line}</p>", language)
    assert read.published is not None
    assert read.published.isoformat() == "2025-03-06"


def test_a_place_beside_the_date_of_the_article_is_that_of_its_report() -> None:
    cells = (
        "<td class='author'>By: Correspondent</td><td class='dateline'>Date: 2025-03-06</td><td>Place: Riverside</td>"
    )
    read = article(f"<table><tr>{cells}</tr></table>", "en")
    assert read.published is not None


def test_the_day_of_the_capture_with_its_weekday_above_the_headline_is_a_clock() -> None:
    today, before = CAPTURED.date(), CAPTURED.date() - timedelta(days=1)
    for day, expected in ((today, None), (before, before.isoformat())):
        line = f"<p>{day:%A}, {day:%-d %B %Y}</p>"
        read = article("", "en", above=line)
        assert (read.published and read.published.isoformat()) == expected


OTHER_NEWS = "<ul>{}</ul>".format(
    "".join(f"<li><a>Road closed for the fair {n}</a> ({n}/05/2025)</li>" for n in (12, 13))
)


def test_the_day_below_the_text_is_found_before_linked_titles_with_their_days() -> None:
    read = article("", "de", below=f"<p>06.03.2025</p>{OTHER_NEWS}")
    assert (read.published and read.published.isoformat(), read.origins["published"]) == ("2025-03-06", "date_at_end")
    assert article("", "de", below=OTHER_NEWS).published is None


def test_the_day_of_another_article_in_a_sentence_leaves_the_one_at_the_headline() -> None:
    read = article("<p>06.03.2025</p><p>Mehr dazu im Artikel vom 01.02.2025</p>", "de")
    assert read.published is not None
    assert read.published.isoformat() == "2025-03-06"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Artikel vom ", Claim.PUBLISHED),
        ("Autor: Frau Weber | Artikel vom ", Claim.PUBLISHED),
        ("Mehr dazu im Artikel vom ", None),
        ("Datum: ", Claim.DATED),
        ("Veranstaltungsdatum: ", Claim.OTHER),
    ],
)
def test_labels(text: str, claim: Claim | None) -> None:
    assert claim_before(text) is claim


def test_words_of_periods_and_places() -> None:
    assert joins_a_period(" bis zum ")
    assert not joins_a_period(" | ")
    assert names_a_place("Ort: Rathaus")
    assert names_a_place("場所|公民館")
    assert not names_a_place("Orte der Stadt")
