"""Bylines that are nothing but initials."""

from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.model import Article
from crawler.page import Page
from crawler.portal import from_table

TEXT = "Das Freibad Auental öffnet am Samstag um neun Uhr seine Becken, der Eintritt ist für Kinder frei."
LAST = "Die Bademeister haben in den vergangenen Wochen Rutsche und Sprungturm geprüft und frisch gestrichen."
NOBODY: tuple[()] = ()

ENDS = [
    (f"<p>{LAST} (nb)</p>", ("nb",), None),
    (f"<p>{LAST} (NB)</p>", ("NB",), None),
    (f"<p>{LAST} – mse</p>", ("mse",), None),
    (f"<p>{LAST}</p><p>– mse</p>", ("mse",), None),
    (f"<p>{LAST}<br>- mse</p>", ("mse",), None),
    (f"<p>{LAST}</p><p><em>mse</em></p>", ("mse",), None),
    (f"<p>{LAST}</p><p>(hk/dpa)</p>", ("hk",), "dpa"),
    (f"<p>{LAST}</p><p>- ats/nxp</p>", ("nxp",), "ats"),
    (f"<p>{LAST} (kna/kna)</p>", ("kna",), None),
    (f"<p>{LAST} (dpa)</p>", NOBODY, "dpa"),
    (f"<p>{LAST}</p><p>T.H</p>", ("T.H",), None),
    (f"<p>{LAST}</p><p>N. T. H.</p>", ("N. T. H",), None),
    (f"<p>{LAST}</p><p>HL</p>", ("HL",), None),
    # abbreviations, words and signs of the text
    (f"<p>{LAST} (red)</p>", NOBODY, None),
    (f"<p>{LAST[:-1]} (nb)</p>", NOBODY, None),
    (f"<p>{LAST} (m/w/d)</p>", NOBODY, None),
    (f"<p>{LAST} Anmeldung unter freibad.de</p>", NOBODY, None),
    (f"<p>{LAST}</p><p>neu</p>", NOBODY, None),
    (f"<p>{LAST}</p><p>mse</p>", NOBODY, None),
    (f"<p>{LAST}</p><ul><li>(de/fr)</li></ul>", NOBODY, None),
    (f"<p>{LAST}</p><p>PV</p>", NOBODY, None),
]


def article(html: str) -> Article:
    portal = from_table(
        {"name": "Auental", "url": "https://auental.example.de/", "timezone": "Europe/Berlin"}, Path("t"), "t"
    )
    return extract(
        Page(url="https://auental.example.de/meldung/7", body=f"<html><body>{html}</body></html>".encode()), portal
    )


@pytest.mark.parametrize(("end", "authors", "unit"), ENDS)
def test_initials_below_the_text(end: str, authors: tuple[str, ...], unit: str | None) -> None:
    found = article(f"<article><h1>Freibad öffnet</h1><p>{TEXT}</p>{end}</article>")
    assert (found.authors, found.unit) == (authors, unit)


def test_initials_at_the_end_of_a_paragraph_stay_in_the_text() -> None:
    found = article(f"<article><h1>Freibad öffnet</h1><p>{TEXT}</p><p>{LAST} (nb)</p></article>")
    assert (found.byline, found.body) == ("nb", (TEXT, f"{LAST} (nb)"))


def test_initials_on_a_line_of_their_own_are_no_text() -> None:
    found = article(f"<article><h1>Freibad öffnet</h1><p>{TEXT}</p><p>{LAST}</p><p>(nb)</p></article>")
    assert (found.byline, found.body) == ("nb", (TEXT, LAST))


@pytest.mark.parametrize(
    ("line", "authors"),
    [("N.T.H - 09:20 05/06/2023", ("N.T.H",)), ("05.06.2023 | A. B.", ("A. B",)), ("05.06.2023 9:20 a.m.", NOBODY)],
)
def test_initials_with_dots_beside_the_date(line: str, authors: tuple[str, ...]) -> None:
    assert article(f"<article><h1>Freibad</h1><div>{line}</div><p>{TEXT}</p><p>{LAST}</p></article>").authors == authors
