"""The lead: named, described, between headline and text, or set apart by its letters or by pictures."""

import pytest

from crawler.extract import extract
from tests.extract.making import PROSE, article, page, portal

HEAD = "<h1>Old bridge to be rebuilt</h1>"
REST = f"<p>{PROSE[1]}</p><p>{PROSE[2]}</p>"


@pytest.mark.parametrize(
    ("html", "origin"),
    [
        (f"{HEAD}<p class='sapo'>{PROSE[0]}</p><div>{REST}</div>", "named_lead"),
        (f"{HEAD}<div class='article__standfirst'>{PROSE[0]}</div><div>{REST}</div>", "named_lead"),
        (f"{HEAD}<div class='intro'><p>{PROSE[0]}</p></div><div>{REST}</div>", "named_lead"),
        (f"{HEAD}<div><p class='Vorspann'>{PROSE[0]}</p>{REST}</div>", "named_lead"),
        (f"{HEAD}<div itemprop='description'>{PROSE[0]}</div><div>{REST}</div>", "named_lead"),
        (f"{HEAD}<p>{PROSE[0]}</p><div class='entry-content'>{REST}</div>", "head_lead"),
        (f"{HEAD}<div><p><b>{PROSE[0]}</b></p>{REST}</div>", "emphasised_lead"),
        (f"{HEAD}<div><p><em>{PROSE[0]}</em></p>{REST}</div>", "emphasised_lead"),
        (f"{HEAD}<div><p>{PROSE[0]}</p><p><img src='/a.jpg'></p>{REST}</div>", "lead_above_pictures"),
        (f"{HEAD}<div><p class='sapo'>{PROSE[0]}</p><p>{PROSE[0]}</p>{REST}</div>", "named_lead"),
    ],
)
def test_lead_is_found_once_and_kept_out_of_the_body(html: str, origin: str) -> None:
    got = article(html)
    assert (got.lead, got.body) == (PROSE[0], PROSE[1:])
    assert got.origins["lead"] == origin


def test_lead_that_the_page_gives_as_its_description() -> None:
    head = f"<head><title>Old bridge</title><meta name='description' content='{PROSE[0]}'></head>"
    html = f"<html>{head}<body>{HEAD}<div><p>{PROSE[0]}</p>{REST}</div></body></html>"
    got = extract(page(html), portal())
    assert (got.lead, got.body, got.origins["lead"]) == (PROSE[0], PROSE[1:], "described_lead")


@pytest.mark.parametrize(
    "html",
    [
        f"{HEAD}<div><p>{PROSE[0]}</p>{REST}</div>",
        f"{HEAD}<div><p><b>{PROSE[0]}</b></p><p><b>{PROSE[1]}</b></p><p><b>{PROSE[2]}</b></p></div>",
        f"{HEAD}<p class='author-bio'>Jane Doe writes about bridges and rivers.</p><div><p>{PROSE[0]}</p>{REST}</div>",
    ],
    ids=["nothing sets it apart", "all is bold", "the author's portrait"],
)
def test_no_lead_is_guessed(html: str) -> None:
    assert article(html).lead is None
