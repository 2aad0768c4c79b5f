"""What a browser makes of a page: late parts in their places, and no page inside a button."""

from crawler.page import Page
from tests.extract.making import PARAGRAPHS, PROSE, article

HEADLINE = "<h1>Old bridge to be rebuilt</h1>"


def test_parts_that_are_streamed_late_stand_at_their_placeholders() -> None:
    first = f"<div hidden id=\"S:0\"><p>{PROSE[0]}</p><template id='P:1'></template></div>"
    second = f'<div hidden id="S:1"><p>{PROSE[1]}</p></div>'
    shown = f"<div><template id='B:0'></template><p>{PROSE[2]}</p></div>"
    assert article(HEADLINE + shown + second + first).body == PROSE


def test_a_part_without_placeholder_is_shown_where_it_was_sent() -> None:
    cookies = f"<div class='cookie'>{PARAGRAPHS}</div>"
    assert article(f'{HEADLINE}<div hidden id="S:0">{PARAGRAPHS}</div>{cookies}').body == PROSE


def test_other_hidden_parts_stay_hidden() -> None:
    hidden = f'<div hidden id="S:0"></div><div hidden><p>{PROSE[0]} Again.</p></div>'
    assert article(f"{HEADLINE}<div>{PARAGRAPHS}</div>{hidden}").body == PROSE


def test_a_part_that_holds_its_own_placeholder_is_left_where_it_is() -> None:
    body = b'<div hidden id="S:0"><p>Text</p><template id="B:0"></template></div>'
    assert Page(url="http://town.example/1", body=body).tree.text_content() == "Text"


def test_a_button_left_open_does_not_swallow_the_page() -> None:
    opened = f"<header><button class='toggle'>Open<div>{HEADLINE}<div>{PARAGRAPHS}</div></div>"
    assert article(opened).body == PROSE


def test_a_button_prints_nothing_of_the_article() -> None:
    button = "<button>Show the whole article about the bridge over the river.</button>"
    assert article(f"{HEADLINE}<div>{PARAGRAPHS}{button}</div>").body == PROSE
