"""The body: paragraphs in order, without what sites print among and around them."""

import json

import pytest

from tests.extract.making import PARAGRAPHS, PROSE, article

HEADLINE = "<h1>Old bridge to be rebuilt</h1>"


def body(html: str) -> tuple[str, ...]:
    got = article(html)
    return (got.lead, *got.body) if got.lead else got.body


@pytest.mark.parametrize(
    "html",
    [
        f"{HEADLINE}<div>{PARAGRAPHS}</div>",
        f"{HEADLINE}<div>{'<br><br>'.join(PROSE)}</div>",
        f"{HEADLINE}<div>{'<br>'.join(PROSE)}</div>",
        f"{HEADLINE}<div>" + "".join(f"<div>{text}</div>" for text in PROSE) + "</div>",
        f"{HEADLINE}<table><tr><td>" + "</td></tr><tr><td>".join(PROSE) + "</td></tr></table>",
        f"{HEADLINE}<div>" + "".join(f"<section><p>{text}</p></section>" for text in PROSE) + "</div>",
        f"{HEADLINE}<div><font face='Arial'><p>" + "<p>".join(PROSE) + "</font></div>",
    ],
    ids=["p", "br br", "br", "div", "table", "sections", "font and unclosed p"],
)
def test_paragraphs_of_all_makes(html: str) -> None:
    assert body(html) == PROSE


@pytest.mark.parametrize("line", ["", "<p>Posted on March 4, 2024</p>"])
def test_the_heading_of_the_section_above_the_headline_is_no_text(line: str) -> None:
    section = f"<h3>News Flash</h3>{line}<h2>Old bridge to be rebuilt</h2>"
    assert body(f"<div>{section}{PARAGRAPHS}</div>") == PROSE
    under = f"<h2>Old bridge to be rebuilt</h2>{line}<h3>What was agreed</h3>"
    assert body(f"<div>{under}{PARAGRAPHS}</div>") == ("What was agreed", *PROSE)


@pytest.mark.parametrize(
    "between",
    [
        "<figure><img src='/a.jpg'><figcaption>The bridge in spring.</figcaption></figure>",
        "<p>Read more: <a href='/b'>Another bridge</a></p>",
        "<p>Lesen Sie auch: Die zweite Brücke</p>",
        "<p>Xem thêm: Cầu thứ hai</p>",
        "<h3>Auch interessant</h3><ul><li><a href='/c'>Something else entirely</a></li></ul>",
        "<p><a href='/d'>A link to another article of the town that stands alone</a></p>",
        "<p>Advertisement</p>",
        "<p class='author'>By Jane Doe</p>",
        "<p>Loading...</p>",
        "<p>Get the stories of the week straight to your inbox, free of charge and without advertising.</p>",
        "<p>Warning: Undefined variable $town in /srv/www/site/footer.php on line 12, as nobody should read.</p>",
        "<p>Unser Magazin gibt es im Abo, als E-Paper und am Kiosk, jeden ersten Freitag im Monat.</p>",
        "<p>Werden Sie Teil unserer Runde und erhalten Sie exklusive Angebote aus der ganzen Region.</p>",
        "<p>Tu suscripción se está usando en otro dispositivo y solo puedes leer en uno a la vez.</p>",
        "<p>Czytasz właśnie nowy rodzaj materiału, w którym krótko mówimy o rzeczach ważnych.</p>",
        "<h3>Auf dieser Seite:</h3><ul><li><a href='#a'>Zwei Jahre Arbeit</a></li></ul>",
        "<div class='fact infobox'><p>The bridge was built in 1911 and is 40 metres long, says the plate.</p></div>",
    ],
)
def test_what_stands_between_paragraphs_is_left_out(between: str) -> None:
    assert body(f"{HEADLINE}<div><p>{PROSE[0]}</p><p>{PROSE[1]}</p>{between}<p>{PROSE[2]}</p></div>") == PROSE


def test_nothing_is_kept_behind_the_line_that_announces_comments() -> None:
    remarks = "<h3>Comments</h3><p>I was against it from the beginning, and I still am, my friends.</p>"
    assert body(f"{HEADLINE}<div>{PARAGRAPHS}{remarks}</div>") == PROSE


def test_sub_headings_lists_quotations_and_tables_are_text() -> None:
    inner = (
        f"<h2>Two years of work</h2><p>{PROSE[1]}</p><ul><li>piers</li><li>deck</li></ul>"
        f"<blockquote>{PROSE[2]}</blockquote><table><tr><td>Cost</td><td>2 million</td></tr></table>"
    )
    expected = (PROSE[0], "Two years of work", PROSE[1], "piers", "deck", PROSE[2], "Cost", "2 million")
    assert body(f"{HEADLINE}<div><p>{PROSE[0]}</p>{inner}</div>") == expected


def test_what_stands_above_the_headline_in_the_same_element_is_no_text() -> None:
    shop = "<p>Welcome to the friendly town by the river, where everybody finds what they are looking for.</p>"
    assert body(f"<div>{shop}{HEADLINE}{PARAGRAPHS}</div>") == PROSE
    assert body(f"<div>{PARAGRAPHS}{HEADLINE}<p>{PROSE[0][:40]}.</p></div>")[:3] == PROSE


def test_a_text_that_begins_with_a_list_begins_with_its_first_entry() -> None:
    entries = f"<ol><li>Welcome</li><li>Minutes of May</li><li>{PROSE[0]}</li></ol>"
    expected = ("Welcome", "Minutes of May", *PROSE)
    assert body(f"{HEADLINE}<div>{entries}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>") == expected
    announced = f"<p>Decided were:</p>{entries}"
    expected = ("Decided were:", *expected)
    assert body(f"{HEADLINE}<div>{announced}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>") == expected


@pytest.mark.parametrize("jump", ["nav_two_years_of_work", "related-work-of-two-years", "time-of-work", "share"])
def test_the_id_of_a_sub_heading_is_made_of_its_words_and_says_nothing(jump: str) -> None:
    heading = f"<h2 id='{jump}'>Two years of work</h2>"
    expected = (PROSE[0], "Two years of work", *PROSE[1:])
    assert body(f"{HEADLINE}<div><p>{PROSE[0]}</p>{heading}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>") == expected


def test_headline_and_repeated_paragraphs_are_printed_once() -> None:
    twice = f"<div class='phone'><p>{PROSE[0]}</p></div><div class='screen'>{PARAGRAPHS}</div>"
    assert body(f"{HEADLINE}<div><p>Old bridge to be rebuilt</p>{twice}</div>") == PROSE


def test_labels_before_the_first_and_after_the_last_paragraph_go() -> None:
    around = f"<p>Stand: 1. Mai</p><p>3 min</p>{PARAGRAPHS}<h3>Topics</h3><p>Bridges</p>"
    assert body(f"{HEADLINE}<div>{around}</div>") == PROSE


def test_scripts_without_spaces() -> None:
    text = (
        "市议会周二晚上开会，同意在冬天之前重建河上的旧桥，并感谢两岸居民的耐心等待和支持。",
        "工程五月开始，行人将使用临时通道。",
    )
    assert body("<h1>重建旧桥</h1><div>" + "".join(f"<p>　　{t}</p>" for t in text) + "</div>") == text


def linked_data(**said: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **said})}</script>"


MACHINES = "<p>" + "</p><p>".join((*PROSE, *(f"Addendum {text[0].lower()}{text[1:]}" for text in PROSE))) + "</p>"


@pytest.mark.parametrize("wrapped", [MACHINES, MACHINES.replace("<", "&lt;"), MACHINES.replace("<p>", "\n")])
def test_a_text_that_only_machines_are_told_is_read(wrapped: str) -> None:
    got = article(f"{linked_data(articleBody=wrapped)}{HEADLINE}<div><p>{PROSE[0]}</p></div>")
    assert (got.lead, *got.body)[-5:] == tuple(MACHINES[3:-4].split("</p><p>"))[-5:]
    assert got.origins["body"] == "text_in_linked_data"


def test_the_printed_text_is_preferred_to_that_for_machines() -> None:
    told = " ".join((*PROSE, *PROSE[:2]))
    got = article(f"{linked_data(articleBody=told)}{HEADLINE}<div>{PARAGRAPHS}</div>")
    assert (got.body, got.origins["body"]) == (PROSE, "remaining_text")


def test_paid_and_cut_texts_are_said_to_be_so() -> None:
    assert article(f"{linked_data(isAccessibleForFree='False')}{HEADLINE}{PARAGRAPHS}").origins["body"] == "paid_text"
    cut = PARAGRAPHS.replace("planning period.", "planning period, and ...")
    assert article(f"{HEADLINE}<div>{cut}</div>").origins["body"] == "cut_text"
    assert article(f"{HEADLINE}<div>{PARAGRAPHS}</div>").origins["body"] == "remaining_text"


def test_linked_headings_without_a_paragraph_of_their_own_lead_elsewhere() -> None:
    teasers = "".join(f"<div><h3><a href='/{n}'>Another bridge in the town</a></h3></div>" for n in range(2))
    own = f"<h3><a href='/plan'>The plan</a></h3><p>{PROSE[1]}</p>"
    html = f"{HEADLINE}<div><p>{PROSE[0]}</p>{own}{teasers}<p>{PROSE[2]}</p></div>"
    assert body(html) == (PROSE[0], "The plan", PROSE[1], PROSE[2])


def test_a_text_that_is_wholly_named_as_a_caption_is_the_text() -> None:
    slides = "".join(f"<li><h2>Step {n}</h2><p class='caption'>{text}</p></li>" for n, text in enumerate(PROSE, 1))
    read = article(f"<h1>Old bridge to be rebuilt</h1><ul class='slides'>{slides}</ul>")
    assert [text for text in read.body if text in PROSE] == list(PROSE)


def test_a_paragraph_that_a_picture_repeats_for_the_blind_stays_in_the_text() -> None:
    long = f"{PROSE[0]} {PROSE[1]}"
    read = article(f"<h1>Old bridge to be rebuilt</h1><img src='/a.jpg' alt='{long}'><p>{long}</p>{PARAGRAPHS}")
    assert long in (*read.body, read.lead)


def test_a_figure_that_was_left_open_around_the_text_is_no_picture() -> None:
    text = (
        *PROSE,
        *(f"{sentence} So it was said {n} times in all that evening." for n, sentence in enumerate(PROSE * 3)),
    )
    html = f"{HEADLINE}<div><figure><img src='/a.jpg'>" + "".join(f"<p>{line}</p>" for line in text) + "</div>"
    assert body(html) == text


def test_a_sentence_of_links_is_text_and_a_label_above_a_link_is_not() -> None:
    links = ("the council agreed to pay", "for a crossing of walkers and riders")
    linked = (
        "At the end of March " + " ".join(f"<a href='/{n}'>{link}</a>" for n, link in enumerate(links)) + " in May."
    )
    more = "<p>From the desk: <a href='/c'>All that you have to know about the old bridge of our town, and more</a></p>"
    expected = f"At the end of March {links[0]} {links[1]} in May."
    assert body(f"{HEADLINE}<div>{PARAGRAPHS}{more}<p>{linked}</p></div>") == (*PROSE, expected)


def test_letters_that_were_decoded_twice_are_no_line_of_rights() -> None:
    garbled = "Mrs BenoÃ®t CÃ´tÃ© said that the bridge is hers too, and that nobody had asked the people of her street."
    rights = "© 2025 The town and all that write for it in its newspaper, on its pages and elsewhere in the county."
    text = f"<p>{PROSE[0]}</p><p>{garbled}</p><p>{rights}</p><p>{PROSE[1]}</p>"
    assert body(f"{HEADLINE}<div>{text}</div>") == (PROSE[0], garbled, PROSE[1])


TEASER = (
    "<section><h3><a href='/{n}'>Bridge {n} of the county</a></h3>"
    "<p>The county has big plans. It plans bridge {n} too, as it says.{more}</p></section>"
)


@pytest.mark.parametrize("place", ["between", "behind"])
def test_boxes_of_a_linked_title_and_a_short_text_are_teasers(place: str) -> None:
    said = (*PROSE, *(f"{sentence} So it was said {n} times." for n, sentence in enumerate(PROSE * 2)))
    paragraphs = "".join(f"<p>{text}</p>" for text in said[1:])
    boxes = "".join(TEASER.format(n=n, more="") for n in range(2))
    between, behind = (boxes, "") if place == "between" else ("", boxes)
    assert body(f"{HEADLINE}<div><p>{said[0]}</p>{between}{paragraphs}<div>{behind}</div></div>") == said


def test_entries_of_an_article_that_are_most_of_it_are_no_teasers() -> None:
    entries = "".join(TEASER.format(n=n, more=f" {PROSE[1]}") for n in range(4))
    text = body(f"{HEADLINE}<div><p>{PROSE[0]}</p>{entries}<p>{PROSE[2]}</p></div>")
    assert text[1:3] == (
        "Bridge 0 of the county",
        f"The county has big plans. It plans bridge 0 too, as it says. {PROSE[1]}",
    )


@pytest.mark.parametrize(
    "line", ["Jane Miller is a reporter of the Town Paper.", "Reporter Jane Miller has lived here for years."]
)
def test_the_last_line_that_tells_who_the_author_is_is_no_text(line: str) -> None:
    assert body(f"{HEADLINE}<p class='byline'>By Jane Miller</p><div>{PARAGRAPHS}<p>{line}</p></div>") == PROSE


def test_an_author_who_is_quoted_at_the_end_is_text() -> None:
    line = "It is high time, and nobody doubts it any more, said Jane Miller of the Town Paper."
    assert body(f"{HEADLINE}<p class='byline'>By Jane Miller</p><div>{PARAGRAPHS}<p>{line}</p></div>") == (*PROSE, line)


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Jane Miller, with help of the desk in the county town.",
        "Would you like to read more of the town? Sign up for our newsletter, it is free.",
        "Если Вы заметите ошибку в тексте, выделите её и нажмите Ctrl-Enter.",
        "凡注明来源为本报的所有文字、图片，版权均属本报所有，未经许可不得转载。",
    ],
)
def test_lines_that_speak_of_the_site_are_no_text(line: str) -> None:
    assert body(f"{HEADLINE}<div>{PARAGRAPHS}<p>{line}</p></div>") == PROSE


def test_a_short_sentence_right_behind_the_lead_is_text_and_a_label_beside_it_is_none() -> None:
    lead = "<p><strong>The town council tells when and where the old bridge will be closed next week.</strong></p>"
    read = article(f"<div><h1>Bridge closed</h1>{lead}<p>Reason: new cables.</p>{PARAGRAPHS}</div>")
    assert (read.lead or "").startswith("The town council") and read.body == ("Reason: new cables.", *PROSE)
    labels = "<div><p>Reading time:</p><p>2 min.</p></div>"
    assert article(f"<div><h1>Bridge closed</h1>{lead}{labels}{PARAGRAPHS}</div>").body == PROSE


def test_of_many_posts_on_a_page_the_first_is_the_article() -> None:
    later = "".join(
        f"<table><tr><td class='post-body'>{text} So somebody else thinks.</td></tr></table>" for text in PROSE
    )
    first = f"<table><tr><td class='post-body'>{PARAGRAPHS}</td></tr></table>"
    assert body(f"{HEADLINE}<div>{first}{later}{later}</div>") == PROSE


def test_a_heading_that_is_a_long_sentence_is_text() -> None:
    said = "The bridge over the river is to be closed in May, and it will stay closed for the whole of the winter."
    assert body(f"{HEADLINE}<div><h3>{said}</h3>{PARAGRAPHS}</div>") == (said, *PROSE)


def test_one_paragraph_of_several_beside_lists_of_links_is_not_all_of_the_text() -> None:
    links = "".join(f"<p><a href='/{n}'>Something else entirely, number {n} of the list</a></p>" for n in range(9))
    text = f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>{links}<p>{PROSE[2]}</p>"
    assert body(f"{HEADLINE}<center>{text}</center>") == PROSE


def test_a_heading_that_repeats_the_headline_with_a_kicker_is_no_text() -> None:
    kicker = "<h2>On the river: Old bridge to be rebuilt</h2>"
    assert body(f"{HEADLINE}<div>{kicker}{PARAGRAPHS}</div>") == PROSE


def test_a_sub_heading_in_the_text_that_has_the_headline_in_it_stays() -> None:
    sub = "Why is the old bridge to be rebuilt?"
    text = f"<p>{PROSE[0]}</p><h2>{sub}</h2><p>{PROSE[1]}</p>"
    assert body(f"{HEADLINE}<div>{text}</div>") == (PROSE[0], sub, PROSE[1])


@pytest.mark.parametrize(
    "box",
    [
        "<div class='image-description'>The old bridge over the river, as it was seen from the mill in spring.</div>",
        "<div class='popupHowTo'><p>Drag this icon to the house of your browser, and let it go there.</p></div>",
        "<div id='opinie'><p>I was against it from the beginning, and I still am, my dear friends.</p></div>",
        "<p>Dieses Thema im Programm: Das Radio der Stadt berichtet heute um 18 Uhr.</p>",
    ],
)
def test_what_sites_add_to_every_article_is_no_text(box: str) -> None:
    longer = "".join(f"<p>{text} {PROSE[0]}</p>" for text in PROSE)
    assert body(f"{HEADLINE}<div>{longer}{box}</div>") == tuple(f"{text} {PROSE[0]}" for text in PROSE)


def test_a_long_label_above_other_articles_goes_with_them() -> None:
    label = "Das Thema könnte dich vielleicht auch interessieren:"
    boxes = f"<p>{label}</p><ul><li>Die neue Mühle</li><li>Das alte Wehr</li></ul>"
    text = f"<p>{PROSE[0]}</p>{boxes}<p>{PROSE[1]}</p><p>{PROSE[2]}</p>"
    assert body(f"{HEADLINE}<div>{text}</div>") == PROSE


def test_what_is_said_to_readers_who_have_not_paid_is_no_text() -> None:
    wall = "<p>To view the full story, please subscribe to the Town Paper at five crowns a week.</p>"
    assert body(f"{HEADLINE}<div>{PARAGRAPHS}{wall}</div>") == PROSE
