"""When a page says it was published and updated, and by which of its parts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.extract.date_labels import Claim, claim_before, claim_behind
from crawler.model import Article
from crawler.page import Page
from crawler.portal import from_table, from_url

TEXT = "<p>{}</p>".format(
    "Sáng nay, thành phố khai mạc hội chợ hoa xuân bên bờ sông với hơn hai trăm gian hàng của bà con các xã, phường. "
    "Hội chợ mở cửa đến hết tuần sau và có nhiều hoạt động văn nghệ, ẩm thực phục vụ nhân dân và du khách gần xa."
)
TITLE = "Khai mạc hội chợ hoa xuân"


def article(
    body: str, head: str = "", *, url: str = "https://town.example.vn/tin/hoi-cho", zone: str = "Asia/Ho_Chi_Minh"
) -> Article:
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    portal = from_table({"name": "Town", "url": url, "timezone": zone}, Path("t.toml"), "town")
    return extract(Page(url=url, body=html.encode(), captured_at=datetime(2024, 10, 23, 4, 19, tzinfo=UTC)), portal)


def published(
    body: str, head: str = "", url: str = "https://town.example.vn/tin/hoi-cho"
) -> tuple[str | None, str | None]:
    read = article(body, head, url=url)
    return (read.published.isoformat() if read.published else None), read.origins.get("published")


def page(line: str, *, above: str = "", below: str = "") -> str:
    return f"<div>{above}<h1>{TITLE}</h1>{line}<div>{TEXT * 3}</div>{below}</div>"


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


IN_HEAD = [
    (linked('{"@type": "NewsArticle", "datePublished": "2024-05-03T08:47:42Z"}'), "2024-05-03T15:47:42+07:00"),
    (linked('{"@type": "NewsArticle", "dateCreated": "2024-05-03T15:47"}'), "2024-05-03T15:47+07:00"),
    (
        linked('[{"@type": "WebPage", "datePublished": "2020-01-01"}, {"@type": "Post", "datePublished": "2020-01-01"},'
               ' {"@type": "Article", "datePublished": "2024-05-03"}]'),
        "2024-05-03",
    ),
    (linked('{"@type": "Organization", "foundingDate": "1999-01-01"}'), None),
    (linked('{"@type": "Article", "datePublished": "2031-05-03"}'), None),
    ('<meta property="article:published_time" content="2024-05-03T15:47:42+07:00">', "2024-05-03T15:47:42+07:00"),
    ('<meta name="DC.date.issued" content="2024-05-03">', "2024-05-03"),
    ('<meta name="pubdate" content="Fri, 03 May 2024 15:47:42 GMT">', "2024-05-03T22:47:42+07:00"),
    ('<meta property="article:modified_time" content="2024-05-03">', None),
    ('<script>s = {"publishedAt": "2024-05-03T08:47:42Z", "x": 1}</script>', "2024-05-03T15:47:42+07:00"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), IN_HEAD)
def test_dates_for_machines(head: str, expected: str | None) -> None:
    assert published(page(""), head)[0] == expected


PRINTED = [
    ("<p>Ngày đăng: 08/01/2020 16:50</p>", "2020-01-08T16:50+07:00", "labelled_date"),
    ("<dl><dt>Đăng ngày</dt><dd>08/01/2020 16:50</dd></dl>", "2020-01-08T16:50+07:00", "labelled_date"),
    ("<table><tr><th>등록일</th><td>2020-01-08 16:50</td></tr></table>", "2020-01-08T16:50+07:00", "labelled_date"),
    ("<p>Veröffentlicht am Mittwoch, 8. Januar 2020 um 16.50 Uhr</p>", "2020-01-08T16:50+07:00", "labelled_date"),
    ("<p>Posted by Jo Doe on January 8, 2020</p>", "2020-01-08", "labelled_date"),
    ('<span class="published-date">08/01/2020</span>', "2020-01-08", "labelled_date"),
    ("<p>08/01/2020 16:50</p>", "2020-01-08T16:50+07:00", "date_at_headline"),
    ("<p>Thứ tư, 08/01/2020 | 16:50 | Lượt xem: 1512</p>", "2020-01-08T16:50+07:00", "date_at_headline"),
    ("<p><span>08</span>/<span>01</span>/<span>2020</span></p>", "2020-01-08", "date_at_headline"),
    ('<time datetime="2020-01-08T16:50:12+07:00">hôm qua</time>', "2020-01-08T16:50:12+07:00", "date_at_headline"),
    ("<p>Cập nhật: 15/10/2024 14:35</p>", "2024-10-15T14:35+07:00", "date_of_update_only"),
    ("<p>16/72/2020</p>", None, None),
    ("<p>Hạn nộp hồ sơ: 30/09/2024</p>", None, None),
    ("<p>Khai mạc: 30/09/2024</p>", None, None),
]


@pytest.mark.parametrize(("line", "expected", "origin"), PRINTED)
def test_dates_in_print(line: str, expected: str | None, origin: str | None) -> None:
    assert published(page(line)) == (expected, origin)


REFUSED = {
    "clock of the page": page(
        "", above='<div class="top"><span class="clock">Thứ Tư, 23/10/2024 | 11:19 GMT+7</span></div>'
    ),
    "clock without a name": page("", above="<p>Thứ Tư, 23/10/2024 11:19:07</p>"),
    "today": page("", above="<div>Hôm nay: Thứ Tư, 23/10/2024</div>"),
    "other news": page(
        "", below="<ul>" + "".join(f"<li><a>Tin {n}</a> ({n}/09/2024)</li>" for n in range(10, 15)) + "</ul>"
    ),
    "comments": page("", below='<div class="comments"><p>An: 20/10/2024 08:00</p></div>'),
    "footer": page("", below="<footer>© 2019-2024. Giấy phép số 12 ngày 05/06/2018</footer>"),
    "year": page("<p>Nhiệm kỳ 2020-2024</p>"),
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_dates_of_other_things_are_refused(body: str) -> None:
    assert published(body) == (None, None)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/2024/05/03/hoi-cho.html", "2024-05-03"), ("/tin/20240503-hoi-cho", "2024-05-03"), ("/2024/05/hoi-cho", None)],
)
def test_date_in_the_url(path: str, expected: str | None) -> None:
    assert published(page(""), url=f"https://town.example.vn{path}")[0] == expected


def test_a_day_in_metadata_takes_the_time_printed_beside_it() -> None:
    head = '<meta property="article:published_time" content="2020-01-08">'
    assert published(page("<p>08/01/2020 16:50</p>"), head) == ("2020-01-08T16:50+07:00", "published_in_meta")


def test_the_date_that_readers_see_goes_before_another_one_in_metadata() -> None:
    head = '<meta property="article:published_time" content="2022-08-31T08:00:00+07:00">'
    assert published(page("<p>08/11/2019</p>"), head) == ("2019-11-08", "date_at_headline")


def test_a_printed_date_of_an_update_leaves_the_one_in_metadata() -> None:
    data = '{"@type": "Article", "datePublished": "2019-11-08T08:00:00Z", "dateModified": "2022-08-31T08:00:00Z"}'
    read = article(page("<p>31/08/2022</p>"), linked(data))
    assert read.published is not None and read.published.isoformat() == "2019-11-08T15:00+07:00"
    assert read.updated is not None and read.updated.isoformat() == "2022-08-31T15:00+07:00"


def test_published_and_updated_in_one_line() -> None:
    read = article(page("<p>Posted on June 25, 2020 | Last Updated on June 26, 2020</p>"))
    assert read.published is not None and read.published.isoformat() == "2020-06-25"
    assert read.updated is not None and read.updated.isoformat() == "2020-06-26"


def test_the_day_of_the_url_tells_which_number_is_the_day() -> None:
    url = "https://town.example.com/2024/01/06/fair"
    assert published(page("<p>06/01/2024 - 13:55</p>"), url=url)[0] == "2024-01-06T13:55+07:00"


def test_the_line_of_the_date_is_no_text() -> None:
    read = article(f"<div><h1>{TITLE}</h1><div><p>08/01/2020 16:50</p>{TEXT * 3}</div></div>")
    assert "08/01/2020 16:50" not in read.body


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ngày đăng: ", Claim.PUBLISHED),
        ("Posted by Jo Doe on ", Claim.PUBLISHED),
        ("Zuletzt aktualisiert am Montag, den ", Claim.UPDATED),
        ("Mis à jour le ", Claim.UPDATED),
        ("발행 12. 등록일 ", Claim.PUBLISHED),
        ("发布时间：", Claim.PUBLISHED),
        ("最終更新日：", Claim.UPDATED),
        ("gültig bis ", Claim.OTHER),
        ("Hạn nộp: ", Claim.OTHER),
        ("© ", Claim.OTHER),
        ("Hà Nội, ", None),
        ("Thứ tư, ngày ", None),
        ("Từ thứ tư, ngày ", Claim.OTHER),
        ("Cập nhật: Thứ tư, ngày ", Claim.UPDATED),
        ("", None),
    ],
)
def test_labels_before_a_date(text: str, claim: Claim | None) -> None:
    assert claim_before(text) is claim


@pytest.mark.parametrize(
    ("text", "claim"), [("更新", Claim.UPDATED), (" 発行", None), ("更新：", None), (" by Jo", None)]
)
def test_labels_behind_a_date(text: str, claim: Claim | None) -> None:
    assert claim_behind(text) is claim


@pytest.mark.parametrize(
    ("line", "data", "expected"),
    [
        # the minute that is printed, told by a machine with seconds and zone
        ("<p>15/10/2024 14:35</p>", '"publishDate":"2024-10-15T07:35:12Z"', "2024-10-15T14:35:12+07:00"),
        # the page prints the clock of UTC, or one of twelve hours
        ("<p>15/10/2024 07:35</p>", '"publishDate":"2024-10-15T07:35:12Z"', "2024-10-15T14:35:12+07:00"),
        ("<p>15/10/2024 2:35</p>", '"publicationDate":1728977712000', "2024-10-15T14:35:12+07:00"),
        # what is printed is the last edit
        (
            "<p>15/10/2024 16:02</p>",
            '"date_published":"2024-10-15T14:35:12+07:00","date_modified":"2024-10-15T16:02:40+07:00"',
            "2024-10-15T14:35:12+07:00",
        ),
        # another time is another article's
        ("<p>15/10/2024 16:02</p>", '"datePublished":"2024-10-15T14:35:12+07:00"', "2024-10-15T16:02+07:00"),
        # a key with several values is that of a list
        (
            "",
            '"publishDate":"2024-10-11","publishDate":"2024-10-12","page_datePublication":"2024-10-15T07:35:12Z"',
            "2024-10-15T14:35:12+07:00",
        ),
        ("", 'article_publication_date: "Tue, 15 Oct 2024 14:35:06"', "2024-10-15T14:35:06+07:00"),
        ("", 'push(["setContentCreated", "2024-10-15T14:35:12+07:00"])', "2024-10-15T14:35:12+07:00"),
        ("", '"publishDate":"2024-10-11","publishDate":"2024-10-12"', None),
    ],
)
def test_scripts_and_print_together(line: str, data: str, expected: str | None) -> None:
    assert published(page(line, below=f"<script>x = {{{data}}}</script>"))[0] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<div><time>15.10.2024</time> <time>14:35 Uhr</time></div>", "2024-10-15T14:35+07:00"),
        ("<div><span>15/10/2024</span> <span>14h35</span></div>", "2024-10-15T14:35+07:00"),
        ("<div><span>14:35</span> <span>15/10/2024</span></div>", "2024-10-15T14:35+07:00"),
        ("<div><span>15/10/2024</span> <span>8:30 min</span></div>", "2024-10-15"),
        ("<div><span>15/10/2024</span> <span>16/10/2024 14:35</span></div>", "2024-10-15"),
    ],
)
def test_a_time_of_day_in_an_element_of_its_own(line: str, expected: str) -> None:
    assert published(page(line))[0] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('<abbr class="published" title="2024-10-15T14:35:00+07:00">Tue</abbr>', "2024-10-15T14:35+07:00"),
        ('<span property="dc:created" content="2024-10-15T07:35:46+00:00">15/10</span>', "2024-10-15T14:35:46+07:00"),
        ('<span title="15/10/2024 14:35">2 giờ trước</span>', "2024-10-15T14:35+07:00"),
        ('<abbr title="15 October 2024 14:35">2 weeks ago</abbr>', "2024-10-15T14:35+07:00"),
        ('<span class="day">15</span> <span class="month">10</span> <span class="year">2024</span>', "2024-10-15"),
        ("<b>15</b> <span>10/2024</span>", "2024-10-15"),
        # a day alone, as Drupal writes it, and with the time of day that is printed beside it
        ('<time datetime="2024-10-15T12:00:00Z">15/10/2024</time>', "2024-10-15"),
        ('<time datetime="2024-10-15T12:00:00Z">15/10/2024 19:00</time>', "2024-10-15T19:00+07:00"),
        ('<a title="15/10/2024 là ngày hội">Ngày hội</a>', None),
        ('<time data-timestamp="1728977700">15/10/2024 - 09:35</time>', "2024-10-15T14:35:00+07:00"),
        # the page counts its days in UTC, and prints them
        ('<time datetime="2024-10-14T18:05:00+00:00">14/10/2024</time>', "2024-10-14T18:05+00:00"),
    ],
)
def test_values_for_machines_in_the_line(line: str, expected: str | None) -> None:
    assert published(page(f"<p>{line}</p>"))[0] == expected


def test_a_list_of_articles_that_holds_this_one_tells_its_date() -> None:
    others = f"<ul class='related'><li>{TITLE} (15/10/2024)</li><li>Sửa đường liên xã (17/10/2024)</li></ul>"
    assert published(page("", below=others)) == ("2024-10-15", "date_beside_own_title")


def test_the_only_date_near_the_article_counts_whatever_surrounds_it() -> None:
    aside = "<aside class='widget'><h3>Ngày đăng</h3><p>15/10/2024</p></aside>"
    assert published(page("", below=aside)) == ("2024-10-15", "only_date")
    assert published(page("", below=aside + aside.replace("15", "16"))) == (None, None)


def test_a_headline_is_no_label_of_the_date_below_it() -> None:
    lines = f"<div><h1>Lễ khai mạc</h1><p>15/10/2024 14:35</p><div>{TEXT * 3}</div></div>"
    assert published(lines)[0] == "2024-10-15T14:35+07:00"


OWN = "2024-10-20"


@pytest.mark.parametrize(
    "html",
    [
        page("", below='<div class="post-footer">Dieser Beitrag wurde am 20.10.2024 von Anna geschrieben</div>'),
        page("", below='<footer class="article-foot"><time>20.10.2024</time></footer>'),
        page("", above='<aside class="c-meta"><time datetime="2024-10-20">20.10.</time></aside>'),
        page("", above="<p>© Anna Musterfrau</p><time>20.10.2024</time>"),
        page('<p class="date" content="2024-10-20 00:00:00">Oktober 2024</p>'),
        page('<p class="info">20.10.2024</p>', above="<ul>" + "<li><a>Tin 01.02.2023</a></li>" * 45 + "</ul>"),
        page('<section class="NewsTeaser_meta"><time>20.10.2024</time></section>', below="<p>01.02.2023</p>"),
        page('<p>20.10.2024</p>', below='<p class="published">01.02.2023</p><p class="published">02.02.2023</p>'),
        f"<div class='teaser'>Schwimmen 20.10.2024 Kategorie: Schwimmen, Verband, Jugend</div><p>x</p>{TEXT * 3}",
        page('<p>Im Radio am 01.02.2023</p>', above='<p class="teaser published">20.10.2024</p>'),
    ],
    ids=["post-footer", "article-footer", "aside", "credit", "content", "menu", "teaser", "list", "line", "broadcast"],
)  # fmt: skip
def test_the_articles_own_date_in_strange_company(html: str) -> None:
    assert published(html)[0] == OWN


def test_a_teaser_that_repeats_the_article_is_not_the_article() -> None:
    own = f"<h2><span>20.10.2024</span></h2><h3>{TITLE}</h3><div class='post-body'>{TEXT * 3}</div>"
    popular = f"<div class='popular'><a href='/tin/hoi-cho'>{TITLE}</a><div>{TEXT[3:90]}</div></div>"
    assert published(own + "<p>x<br></p>" * 150 + popular)[0] == OWN


META = '<meta name="date" content="2024-10-15">'


def test_a_date_right_above_the_headline_refutes_metadata_that_stands_alone() -> None:
    html = page(
        "", above='<header><div class="news-date">20.10.2024 - Redaktion: Anna Muster, Pressestelle</div></header>'
    )
    assert published(html, META)[0] == OWN
    assert published("<i class='date'>Chủ nhật, 20.10.2024</i>" + "<hr>" * 30 + page(""), META)[0] == "2024-10-15"


@pytest.mark.parametrize("label", ["Ngày đăng", "Erstellt am"])
def test_day_and_month_for_machines_are_read_as_they_are_printed(label: str) -> None:
    html = page("", below=f"<p>{label}: 03.10.2024</p>")
    assert published(html, '<meta name="date" content="10/03/2024 12:43">')[0] == "2024-10-03T12:43+07:00"


def test_print_and_metadata_on_either_side_of_midnight_agree() -> None:
    meta = '<meta name="date" content="2024-10-14T22:30:00Z">'
    read = article(page("<div><p>14.10.2024 | Pressestelle der Stadt, Nummer 24</p></div>"), meta)
    assert read.origins["published"] == "published_in_meta"


@pytest.mark.parametrize(
    ("line", "head", "expected"),
    [
        ("<p>20.10.2024 | Pressestelle der Stadt, Nummer 24</p>", META, OWN),
        ("<p>Cập nhật: 20.10.2024</p>", META, "2024-10-15"),
        ("<p>20.10.2024</p><p>21.10.2024</p>", META, "2024-10-15"),
        ("<p>20.10.2024</p>", META + '<meta property="article:modified_time" content="2024-10-20">', "2024-10-15"),
        ("<p>15.10.2024</p>", META + linked('{"@type": "NewsArticle", "datePublished": "2024-10-12"}'), "2024-10-15"),
        ("", META + linked('{"@type": "NewsArticle", "datePublished": "2024-10-12"}'), "2024-10-12"),
    ],
)
def test_what_the_page_prints_decides_between_dates_for_machines(line: str, head: str, expected: str) -> None:
    assert published(page(f"<div class='side'><div>{line}</div></div>"), head)[0] == expected


def test_a_citation_names_the_day_it_was_looked_up() -> None:
    assert claim_before("1. 城市年鉴 [引用日期") is Claim.OTHER


def test_a_long_heading_does_not_open_the_text() -> None:
    kept = f"<h3>{'Thành phố khai mạc hội chợ hoa xuân bên bờ sông với nhiều gian hàng. ' * 2}</h3>"
    opening = TEXT.replace("<p>", "<p>15.10.2024 - ", 1)
    assert published(page(kept + opening)) == ("2024-10-15", "date_opening_the_text")


def test_a_sentence_about_the_day_in_the_headline_is_not_the_date() -> None:
    day = "<h1>Giá cả thị trường ngày 15/10/2024</h1><p><b>Giá tham khảo 15/10/2024 tại chợ 4.</b></p>"
    assert published(f"<div><p class='Time'>(16/10/2024)</p>{day}<div>{TEXT * 3}</div></div>")[0] == "2024-10-16"


def test_the_day_of_issue_counts_where_no_other_is_named() -> None:
    issued = "<tr><td>Ngày ban hành</td><td>13/10/2024</td></tr>"
    posted = "<tr><td>Ngày đăng</td><td>15/10/2024</td></tr>"
    assert published(page(f"<table>{issued}</table>")) == ("2024-10-13", "labelled_date")
    assert published(page(f"<table>{issued}{posted}</table>")) == ("2024-10-15", "labelled_date")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Publicerad 2024-05-03 av Karin Lidström. Senast ändrad 2024-05-07</p>",
        "<p>03 maggio 2024 (modifica il 7 maggio 2024)</p>",
        "<table><tr><th>Data opublikowania:</th><td>03.05.2024</td></tr>"
        "<tr><th>Data ostatniej aktualizacji:</th><td>07.05.2024</td></tr></table>",
    ],
)
def test_the_last_edit_beside_publication(line: str) -> None:
    read = article(page(line))
    assert read.published is not None
    assert read.updated is not None
    assert (read.published.isoformat(), read.updated.isoformat()) == ("2024-05-03", "2024-05-07")


def test_of_two_dates_above_the_headline_the_nearer_one_counts() -> None:
    clock = "<header><a href='/'>Vĩnh Hưng</a><span>22 tháng 10, 2024</span></header>"
    assert published(page("", above=f"{clock}<p>03/05/2024</p>"))[0] == "2024-05-03"


def test_a_bare_first_of_january_that_no_line_prints_is_a_year() -> None:
    head = linked('{"@type": "Article", "datePublished": "2004-01-01"}')
    assert published(page("<p>Cập nhật: 15/10/2024</p>"), head) == ("2024-10-15", "date_of_update_only")
    assert published(page("<p>01/01/2004</p>"), head) == ("2004-01-01", "published_in_linked_data")
    assert published(page(""), head) == ("2004-01-01", "published_in_linked_data")


def test_release_dates_in_the_text_leave_the_date_at_the_headline() -> None:
    book = "<p><b>Tác giả:</b> Nguyễn Văn A <b>Xuất bản:</b> {} tại Nhà xuất bản Sông Hồng, bìa cứng, in lần thứ {}</p>"
    line = "<p>Minh Anh · 20/10/2024 · một bình luận</p>"
    read = published(page(line + book.format("17/06/2024", "hai"), below=book.format("04/09/2024", "ba")))
    assert read == ("2024-10-20", "date_at_headline")


def test_a_thread_is_of_the_day_of_its_first_post() -> None:
    post = '<div class="comment"><span>{}</span><p>Ai biết đường ra chợ mới không?</p></div>'
    posts = post.format("13/10/2024") + post.format("28/09/2024") + post.format("30/09/2024")
    below = f'<div class="comments">{posts}</div>'
    assert published(page("", below=below), url="https://town.example.vn/forum/cho-1")[0] == "2024-09-28"
    assert published(page("", below=below), url="https://town.example.vn/tin/cho-1")[0] is None


def test_a_time_told_once_more_without_zone_tells_the_zone_of_the_page() -> None:
    head = linked('{"@type": "Article", "datePublished": "2024-02-18T02:18:11Z"}')
    script = '<script>var publication_date = "2024-02-17 21:18:11";</script>'
    url = "https://news.example.com/2024/02/17/feria/"
    html = f"<html lang=es><head>{head}{script}</head><body>{page('')}</body></html>"
    read = extract(Page(url=url, body=html.encode()), from_url(url)).published
    assert read is not None
    assert read.isoformat() == "2024-02-17T21:18:11-05:00"


def test_json_ld_written_as_meta_is_read() -> None:
    data = '{"@type": "Article", "datePublished": "2024-05-03T08:47:42Z"}'.replace('"', "&quot;")
    head = f'<meta name="script:ld+json" content="{data}">'
    assert published(page(""), head)[0] == "2024-05-03T15:47:42+07:00"
