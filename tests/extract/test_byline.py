"""Bylines: lines of print into names, and pages into byline, authors, unit and source."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.extract.name_kinds import is_account, is_organisation
from crawler.extract.persons import credits_in
from crawler.model import Article
from crawler.page import Page
from crawler.portal import from_table

LINES = [
    ("Thu Hằng", ("Thu Hằng",), None, None),
    ("Trung tâm TTVH", (), "Trung tâm TTVH", None),
    ("Trung tâm Truyền thông và Văn hóa", (), "Trung tâm Truyền thông và Văn hóa", None),
    ("Trung tâm Văn hóa - Thông tin huyện", (), "Trung tâm Văn hóa - Thông tin huyện", None),
    ("Phòng Văn hóa, Thông tin và Thể thao", (), "Phòng Văn hóa, Thông tin và Thể thao", None),
    ("Thu Hằng - Phòng Tài chính – Kế hoạch", ("Thu Hằng",), "Phòng Tài chính – Kế hoạch", None),
    ("Phòng Văn hóa - Minh Anh", ("Minh Anh",), "Phòng Văn hóa", None),
    ("Tác giả: Thu Hằng", ("Thu Hằng",), None, None),
    ("Bài, ảnh: Đức Hùng", ("Đức Hùng",), None, None),
    ("Tin ảnh: Minh Đức", ("Minh Đức",), None, None),
    ("Tin, ảnh: Thu Hằng - Trung tâm TTVH", ("Thu Hằng",), "Trung tâm TTVH", None),
    ("PV Thu Hằng", ("Thu Hằng",), None, None),
    ("Thu Hằng và Minh Đức", ("Thu Hằng", "Minh Đức"), None, None),
    ("Theo “Báo Đắk Nông điện tử”", (), None, "Báo Đắk Nông điện tử"),
    ("Nguồn tin: Cổng TTĐT tỉnh", (), None, "Cổng TTĐT tỉnh"),
    ("Đoàn Thị Hương", ("Đoàn Thị Hương",), None, None),
    ("By Maria Lopez and John Doe", ("Maria Lopez", "John Doe"), None, None),
    ("By Jo Doe The Associated Press", ("Jo Doe",), "The Associated Press", None),
    ("Written by John Smith | Senior Reporter", ("John Smith",), None, None),
    ("Von Hanna Ritter, Redakteurin für Finanzen 09.09.2025, 15:15 Uhr", ("Hanna Ritter",), None, None),
    ("Von Max Weber und Anna Schmidt", ("Max Weber", "Anna Schmidt"), None, None),
    ("von Max Weber und dpa", ("Max Weber",), "dpa", None),
    ("Von Johann Ritter, Zürich", ("Johann Ritter",), None, None),
    ("Text und Fotos: Max Weber", ("Max Weber",), None, None),
    ("Dr. Max Kolbe", ("Dr. Max Kolbe",), None, None),
    ("Pressestelle der Stadt Ahlen", (), "Pressestelle der Stadt Ahlen", None),
    ("Par Jean-Pierre Dupont et Marie de la Tour", ("Jean-Pierre Dupont", "Marie de la Tour"), None, None),
    ("Por María R. Sahagún y Juan Pérez", ("María R. Sahagún", "Juan Pérez"), None, None),
    ("Publicado por: Ana Souza", ("Ana Souza",), None, None),
    ("Scritto da Giulia Ferri", ("Giulia Ferri",), None, None),
    ("a cura di Ufficio Stampa", (), "Ufficio Stampa", None),
    ("Av Per-Erik Olsen og Kari Nordmann", ("Per-Erik Olsen", "Kari Nordmann"), None, None),
    ("Door Jan de Vries", ("Jan de Vries",), None, None),
    ("Autor: Katarzyna Wrona", ("Katarzyna Wrona",), None, None),
    ("Автор: Ярослав Коваль, Антон Зима", ("Ярослав Коваль", "Антон Зима"), None, None),
    ("Oleh Budi Santoso", ("Budi Santoso",), None, None),
    ("来源：新华网 作者：张三 编辑：李四", ("张三",), None, "新华网"),
    ("记者 王小明", ("王小明",), None, None),
    ("作者：王小明 时间：2005-08-22 19:13 来源：县报 点击：12", ("王小明",), None, "县报"),
    ("작성자: 홍길동", ("홍길동",), None, None),
    ("홍길동 기자", ("홍길동",), None, None),
    ("담당부서: 노인복지팀 (061-240-8940)", (), "노인복지팀", None),
    ("作者：宋雨 杨志远", ("宋雨", "杨志远"), None, None),
    ("本报记者 宋雨 柏志远 报道", ("宋雨", "柏志远"), None, None),
    ("By Jo Doe, MD, Ph.D., and Al Roe, RN", ("Jo Doe", "Al Roe"), None, None),
    ("By Jo Doe, Al Roe, Safe Browsing team", ("Jo Doe", "Al Roe"), "Safe Browsing team", None),
    ("Ein Artikel von Rechtsanwalt Max Weber", ("Max Weber",), None, None),
    ("Bài viết của Thu Hằng", ("Thu Hằng",), None, None),
    ("Von Max Weber\nund\nAnna Schmidt", ("Max Weber", "Anna Schmidt"), None, None),
    ("Redaktion", (), "Redaktion", None),
    ("ByEmma Stone", ("Emma Stone",), None, None),
    ("By Jo Doe Reuters Berlin", ("Jo Doe",), "Reuters Berlin", None),
    ("Blue River Editorial Team", (), "Blue River Editorial Team", None),
    ("Town Lifestyle Desk", (), "Town Lifestyle Desk", None),
    ("Jo Doe Vice President of Parks", ("Jo Doe",), None, None),
    ("Jo Doe, Founder & Lead Reviewer", ("Jo Doe",), None, None),
    ("Eine Kolumne von Hanna Ritter", ("Hanna Ritter",), None, None),
    ("Contributors: Jo Doe", ("Jo Doe",), None, None),
    ("By Jo DoePublished: Jan 29, 2025", ("Jo Doe",), None, None),
    ("By Jo Doe/Al Roe", ("Jo Doe", "Al Roe"), None, None),
    ("By Jo Doe - Green River", ("Jo Doe",), None, None),
    ("By Jo Doe — Town Council", ("Jo Doe",), "Town Council", None),
    ("Thu Hằng - Minh Đức", ("Thu Hằng", "Minh Đức"), None, None),
    ("Posted by Jo Doe on May 3, 2024", ("Jo Doe",), None, None),
    ("(Theo TTXVN)", (), None, "TTXVN"),
    ("Nhóm PV", (), "Nhóm PV", None),
    ("Thu Hằng – CC VHXH", ("Thu Hằng",), None, None),
    ("Agnieszka Wrońska, Referat Promocji i Kultury", ("Agnieszka Wrońska",), "Referat Promocji i Kultury", None),
    ("Elif Karaca, Basın ve Halkla İlişkiler Müdürlüğü", ("Elif Karaca",), "Basın ve Halkla İlişkiler Müdürlüğü", None),
    ("Sabine Krüger, Hauptamt", ("Sabine Krüger",), "Hauptamt", None),
    ("本报记者 刘晓燕 文/图", ("刘晓燕",), None, None),
    ("■ 本报记者 刘晓燕", ("刘晓燕",), None, None),
    ("= 박지영 기자 =", ("박지영",), None, None),
    ("기자명 박지영 기자", ("박지영",), None, None),
    ("เขียนโดย สมศรี ทองดี เมื่อ 3 มิ.ย. 2567", ("สมศรี ทองดี",), None, None),
    ("News | Jo Doe", ("Jo Doe",), None, None),
    ("Updated 3 May 2024", (), None, None),
    ("Posted by jgarcia on May 3", (), None, None),
    ("Đại hội diễn ra tốt đẹp", (), None, None),
    ("5 min read", (), None, None),
]


@pytest.mark.parametrize(("line", "authors", "unit", "source"), LINES)
def test_credits_of_a_line(line: str, authors: tuple[str, ...], unit: str | None, source: str | None) -> None:
    found = credits_in(line)
    assert (found.authors, found.unit, found.source) == (authors, unit, source)


def test_one_word_is_a_name_only_where_names_are_expected() -> None:
    assert credits_in("HL").authors == ()
    assert credits_in("HL", sure=True).authors == ("HL",)


def test_pieces_of_a_line_are_kept_apart() -> None:
    assert credits_in("By\nEmma Stone\nLifestyle Writer", sure=True).authors == ("Emma Stone",)
    assert credits_in("Emma\nStone", sure=True).authors == ("Emma Stone",)
    assert credits_in("Written by\nEmma\nand\nPaul", sure=True).authors == ("Emma", "Paul")
    assert credits_in("Author(s)\nEmma Stone\nPaul Reed", sure=True).authors == ("Emma Stone", "Paul Reed")


@pytest.mark.parametrize(
    "name", ["admin", "Admin English", "web.editor", "quản trị", "jo@town.example", "user2", "L_104485", "관리자"]
)
def test_accounts_credit_nobody(name: str) -> None:
    assert is_account(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UBND phường Hồng Gai", True),
        ("Department of Public Works", True),
        ("Public Works", True),
        ("Hauptamt", True),
        ("VHXH", True),
        ("Sabine Amtmann", False),
        ("MDR THÜRINGEN", True),
        ("新华社", True),
        ("문화관광과", True),
        ("town.gov", True),
        ("Nguyễn Xuân Trường", False),
        ("JÖRG MEIER", False),
        ("Tim Hanlon", False),
    ],
)
def test_organisations_are_told_from_persons(name: str, expected: bool) -> None:
    assert is_organisation(name) is expected


TEXT = "<p>{}</p>".format(
    "Sáng nay, thành phố khai mạc hội chợ hoa xuân bên bờ sông với hơn hai trăm gian hàng của bà con các xã, phường. "
    "Hội chợ mở cửa đến hết tuần sau và có nhiều hoạt động văn nghệ, ẩm thực phục vụ nhân dân và du khách gần xa."
)


def article(body: str, head: str = "", name: str = "Móng Cái", title: str = "Khai mạc hội chợ hoa xuân") -> Article:
    html = f"<html><head><title>{title}</title>{head}</head><body><div><h1>{title}</h1>{body}</div></body></html>"
    url = "https://town.example.vn/tin/hoi-cho"
    portal = from_table({"name": name, "url": url, "timezone": "Asia/Ho_Chi_Minh"}, Path("t.toml"), "town")
    return extract(Page(url=url, body=html.encode(), captured_at=datetime(2024, 5, 1, tzinfo=UTC)), portal)


def linked(author: str, more: str = "") -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}{more}}}</script>'


SIGNED = {
    "right-aligned paragraphs": '<p style="text-align:right"><b>{0}</b></p><p style="text-align:right">{1}</p>',
    "two lines in one paragraph": '<p align="right">{0}<br>{1}</p>',
    "list items": '<ul><li style="text-align:right">{0}</li><li style="text-align:right">{1}</li></ul>',
    "plain paragraphs": "<p>{0}</p><p>{1}</p>",
    "labelled": "<p><b>Tác giả: </b>{0}</p><p><b>Đơn vị: </b>{1}</p>",
}


@pytest.mark.parametrize("markup", SIGNED.values(), ids=SIGNED)
def test_person_and_unit_signed_below_the_text(markup: str) -> None:
    read = article(f"<div>{TEXT * 3}{markup.format('Thu Hằng', 'Trung tâm TTVH')}</div>")
    assert (read.byline, read.authors, read.unit) == ("Thu Hằng", ("Thu Hằng",), "Trung tâm TTVH")
    assert "Thu Hằng" not in read.body


def test_source_below_the_byline() -> None:
    read = article(
        f'<div>{TEXT * 3}<p style="text-align:right">Bài, ảnh: Đức Hùng</p>'
        '<p style="text-align:right">Theo “Báo An Lạc điện tử”</p></div>'
    )
    assert (read.authors, read.source) == (("Đức Hùng",), "Báo An Lạc điện tử")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ('{"@type": "Person", "name": "Thu Hằng"}', ("Thu Hằng",)),
        (
            '[{"@type": "Person", "name": "Von Max Weber"}, {"name": "Anna Schmidt, dpa"}]',
            ("Max Weber", "Anna Schmidt", "dpa"),
        ),
        ('["Max Weber"]', ("Max Weber",)),
        ('{"name": "Jo O&#8217;Doe"}', ("Jo O’Doe",)),
        ('{"name": "admin"}', ()),
        ('{"name": "jo.doe"}', ()),
        ('{"name": "https://town.example/author/jo"}', ()),
        ('{"name": "Móng Cái"}', ()),
    ],
)
def test_authors_in_linked_data(author: str, expected: tuple[str, ...]) -> None:
    assert article(TEXT * 3, linked(author)).authors == expected


def test_a_reference_in_linked_data_is_followed() -> None:
    person = '{"@type": "Person", "@id": "#jo", "name": "Jo Doe"}'
    graph = f'{{"@graph": [{{"@type": "Article", "author": {{"@id": "#jo"}}}}, {person}]}}'
    read = article(TEXT * 3, f'<script type="application/ld+json">{graph}</script>')
    assert (read.authors, read.origins["authors"]) == (("Jo Doe",), "author_in_linked_data")


def test_the_writer_in_print_goes_before_the_organisation_in_linked_data() -> None:
    read = article(
        f'<p class="author">Thu Hằng</p>{TEXT * 3}', linked('{"@type": "Organization", "name": "Town News"}')
    )
    assert (read.authors, read.origins["authors"]) == (("Thu Hằng",), "named_byline")


def test_an_organisation_that_is_the_only_author_is_the_unit() -> None:
    read = article(TEXT * 3, linked('{"@type": "Organization", "name": "Phòng Văn hóa"}'))
    assert (read.authors, read.unit) == ((), "Phòng Văn hóa")


@pytest.mark.parametrize(
    "line",
    [
        '<div class="meta"><span class="byline">By <a href="/x">Jo Doe</a></span> | 03/05/2024</div>',
        '<p><a rel="author" href="/x">Jo Doe</a></p>',
        '<p>By <a href="/authors/jo-doe">Jo Doe</a>, Staff Writer</p>',
        "<p>Von Jo Doe</p>",
        "<p>Jo Doe | 03/05/2024 - 13:45</p>",
        "<address>Jo Doe</address>",
        "<dl><dt>작성자</dt><dd>Jo Doe</dd></dl>",
    ],
)
def test_bylines_below_the_headline(line: str) -> None:
    assert article(f"{line}<div>{TEXT * 3}</div>").authors == ("Jo Doe",)


@pytest.mark.parametrize(
    "label",
    [
        "<div><h3>Author</h3><p>Jo Doe</p></div>",
        "<div><h6>Author(s)</h6><ul><li><a href='/?who=jo'>Jo Doe</a></li></ul></div>",
        "<div><h2>Article by</h2><div>Jo Doe</div></div>",
        "<div class='elementor-widget'><h3>Written by Jo Doe</h3><p>Jo Doe works here.</p></div>",
    ],
)
def test_the_label_of_a_byline_as_a_heading_below_the_text(label: str) -> None:
    assert article(f"<div>{TEXT * 3}</div><section>{label}</section>").authors == ("Jo Doe",)


def test_an_author_beside_the_headline_in_an_aside_of_that_name() -> None:
    assert article(f"<aside class='post-author'>Jo Doe</aside><div>{TEXT * 3}</div>").authors == ("Jo Doe",)
    far = f"<div>{TEXT * 3}{'<i></i>' * 80}</div>"
    assert article(f"{far}<aside><span class='author'>Jo Doe</span></aside>").authors == ()


@pytest.mark.parametrize(
    ("name", "expected"), [("littlefox", ("littlefox",)), ("der Karl", ("der Karl",)), ("admin", ()), ("Home", ())]
)
def test_a_pen_name_where_nobody_signs(name: str, expected: tuple[str, ...]) -> None:
    read = article(f"<p>von <a rel='author' href='/x'>{name}</a></p><div>{TEXT * 3}</div>")
    assert read.authors == expected


def test_a_pen_name_gives_way_to_a_name() -> None:
    read = article(f"<p><a rel='author' href='/x'>littlefox</a></p><p>Von Jo Doe</p><div>{TEXT * 3}</div>")
    assert read.authors == ("Jo Doe",)


def test_the_author_in_the_labelled_fields_of_the_preview() -> None:
    fields = "<meta name='twitter:label1' content='{}'><meta name='twitter:data1' content='Jo Doe'>"
    assert article(TEXT * 3, fields.format("Verfasst von")).authors == ("Jo Doe",)
    assert article(TEXT * 3, fields.format("Filed under")).authors == ()


def test_another_organisation_in_meta_goes_before_the_site_itself_in_linked_data() -> None:
    site = linked('{"@type": "Organization", "name": "Town News"}', ', "publisher": {"name": "Town News"}')
    read = article(TEXT * 3, site + "<meta name='author' content='River Press Agency'>")
    assert (read.authors, read.unit) == ((), "River Press Agency")
    other = site.replace("Town News", "Press Office", 1)
    assert article(TEXT * 3, other + "<meta name='author' content='Town News'>").unit == "Press Office"


def test_a_labelled_line_below_the_headline_goes_before_who_entered_the_text() -> None:
    entered = linked('{"@type": "Person", "name": "Ann Poster"}')
    assert article(f"<p>Von Jo Doe</p><div>{TEXT * 3}</div>", entered).authors == ("Jo Doe",)
    assert article(f"<p>Von Jo</p><div>{TEXT * 3}</div>", entered).authors == ("Ann Poster",)
    assert article(f"<div>{TEXT * 3}</div><p>Von Jo Doe</p>", entered).authors == ("Ann Poster",)


@pytest.mark.parametrize(
    ("line", "authors", "unit"),
    [
        ("Posted on December 5, 2023 by Jo Doe", ("Jo Doe",), None),
        ("Posted by Jo Doe on December 5, 2023", ("Jo Doe",), None),
        ("Publié le 5 décembre 2023 à 14:35 par Jeanne Marchal", ("Jeanne Marchal",), None),
        ("Veröffentlicht am 05.12.2023 von Hanna Ritter", ("Hanna Ritter",), None),
        ("Publicado em 05/12/2023 por Ascom", (), "Ascom"),
        ("Published December 5, 2023 by Public Information Office", (), "Public Information Office"),
        ("Posted on December 5, 2023 by jgarcia", (), None),
        ("Publié le 5 décembre 2023 - Jeanne Marchal", ("Jeanne Marchal",), None),
        ("5 December 2023 · 2 min · Jo Doe", ("Jo Doe",), None),
        ("05/12/2023 | Notícias | Por: Ana Souza", ("Ana Souza",), None),
        ("Publicado em 05/12/2023 às 10h15 - Categoria: Meio Ambiente - Por: Ana Souza", ("Ana Souza",), None),
    ],
)
def test_who_published_on_a_day(line: str, authors: tuple[str, ...], unit: str | None) -> None:
    read = article(f"<p>{line}</p><div>{TEXT * 3}</div>")
    assert (read.authors, read.unit) == (authors, unit)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("— Jo Doe, Town Clerk", ("Jo Doe",)),
        ("Lenka Dvořáčková, starostka obce", ("Lenka Dvořáčková",)),
        ("Szabó Katalin<br>polgármester", ("Szabó Katalin",)),
        ("Ihr Bürgermeister<br>Jens Ahlers", ("Jens Ahlers",)),
        ("박지영 기자 jypark@town.example", ("박지영",)),
        ("Jo Doe came with her class", ()),
        ("Tel: Town Hall<br>Mayor", ()),
    ],
)
def test_what_the_signer_is_beside_the_name(end: str, expected: tuple[str, ...]) -> None:
    assert article(f"<div>{TEXT * 3}<p>{end}</p></div>").authors == expected


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("<em>Ufficio stampa Comune di Lavino</em>", "Ufficio stampa Comune di Lavino"),
        ("<b>Пресс-служба администрации района</b>", "Пресс-служба администрации района"),
        ("Ufficio stampa Comune di Lavino", None),
        ("<em>Get the latest news straight to your phone with the app of the Town Press</em>", None),
    ],
)
def test_an_office_alone_signs_below_the_text_where_its_letters_set_it_apart(line: str, unit: str | None) -> None:
    assert article(f"<div>{TEXT * 3}<p>{line}</p></div>").unit == unit


def test_an_office_in_an_element_for_the_byline() -> None:
    read = article(f'<div class="by-line">Office of Public Affairs</div><div>{TEXT * 3}</div>')
    assert (read.authors, read.unit) == ((), "Office of Public Affairs")


@pytest.mark.parametrize("label", ["<b>작성자</b>", "<strong>Tác giả</strong>", "<span class='l'>Author</span>"])
def test_a_label_in_letters_of_its_own(label: str) -> None:
    line = f"<ul><li>{label} <span>Jo Doe</span></li><li><b>작성일</b> 2024-06-03</li></ul>"
    assert article(f"{line}<div>{TEXT * 3}</div>").authors == ("Jo Doe",)


def test_a_reporter_to_a_line() -> None:
    read = article(f"<p>Von Jo Doe</p><p>Von Al Roe</p><div>{TEXT * 3}</div>")
    assert (read.authors, read.byline) == (("Jo Doe", "Al Roe"), "Von Jo Doe, Von Al Roe")


def test_the_section_beside_the_date_is_no_name() -> None:
    head = "<div><span>Green River</span><div>3. Mai 2024, 10:15 Uhr</div></div>"
    section = "<meta property='article:section' content='Green River'>"
    assert article(f"{head}<div>{TEXT}</div>", section).authors == ()


def test_the_headline_beside_the_date_is_no_organisation() -> None:
    title = "Trường PTDTBT TH&amp;THCS Hải Sơn mở thư viện"
    read = article(
        f"<p class='title'>{title}</p><p>Ngày đăng 07/08/2022 | 03:32 AM</p><div>{TEXT * 3}</div>", title=title
    )
    assert (read.authors, read.unit) == ((), None)


def test_several_authors_in_elements_of_the_same_name() -> None:
    names = "".join(f'<span class="author">{name}</span>' for name in ("Jo Doe", "Al Roe"))
    biography = '<div class="author-bio"><span class="author-title">Editor</span></div>'
    assert article(f"<div>{names}</div><div>{TEXT * 3}</div>{biography}").authors == ("Jo Doe", "Al Roe")


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<div class="comments"><span class="author">Troll Doe</span><p>Ha!</p></div>',
        '<div class="related"><a href="/b">Other</a><span class="byline">By Jo Doe</span></div>',
        f'{"<i></i>" * 90}<div class="appetizer"><a href="/b">Other</a><p class="appetizer-author">By Jo Doe</p></div>',
        "<p>By the end of the week the market will have moved to the river bank again.</p>",
    ],
)
def test_names_of_others_are_no_byline(elsewhere: str) -> None:
    read = article(f"<div>{TEXT * 3}</div>{elsewhere}")
    assert (read.byline, read.authors) == (None, ())


def test_agencies_in_general_are_nobody() -> None:
    read = article(f'<div>{TEXT * 3}</div><p class="byline">red, Stadtblatt.at/Agenturen</p>')
    assert (read.authors, read.unit) == ((), "Stadtblatt.at")


def test_a_reporter_in_brackets_stays_in_the_text() -> None:
    text = "会议要求各乡镇抓住有利时机，四月底前完成两万亩造林任务，并对造林质量负责。" * 3
    read = article(f"<div><p>{text}</p><p>{text}（记者 赵海燕）</p></div>", title="春季植树造林动员会")
    assert read.authors == ("赵海燕",)
    assert read.body[-1].endswith("（记者 赵海燕）")


def test_a_line_of_names_beside_the_date() -> None:
    head = "<div><span>Hanna Ritter, Max Weber</span><div>3. Mai 2024, 10:15 Uhr</div></div>"
    got = article(f"{head}<div>{TEXT}</div>")
    assert (got.authors, got.byline) == (("Hanna Ritter", "Max Weber"), "Hanna Ritter, Max Weber")


def test_a_name_in_brackets_below_a_chinese_text() -> None:
    text = "市议会周二晚上开会，同意在冬天之前重建河上的旧桥，并感谢两岸居民的耐心等待和支持。"
    got = article(f"<div><p>{text}</p><p>{text[::-1]}</p><p>（袁小源）</p></div>", title="重建旧桥")
    assert (got.authors, len(got.body)) == (("袁小源",), 2)
    got = article(f"<div><p>{text}</p><p>{text[::-1]}</p><p>（未完）</p></div>", title="重建旧桥")
    assert got.authors == ()


CHINESE = "市议会周二晚上开会，同意在冬天之前重建河上的旧桥，并感谢两岸居民的耐心等待和支持。"


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("", "<p>青石写于2005年6月12日</p>", ("青石",)),
        ("", "<p>（刘晓燕 赵志强）</p>", ("刘晓燕", "赵志强")),
        ("", "<p>（县融媒体中心 刘晓燕）</p>", ("刘晓燕",)),
        ("", "<p>【佐々木真理】</p>", ("佐々木真理",)),
        ("", "<p>刘晓燕 文/图</p>", ("刘晓燕",)),
        ("<p>■ 刘晓燕</p>", "", ("刘晓燕",)),
        ("<p>2024年6月3日　記者・佐々木真理</p>", "", ("佐々木真理",)),
        ("", "<p>（桥梁工程）</p>", ()),
        ("<p>青石 发表于 2005-9-15 11:46:00</p>", "", ("青石",)),
        ("<p>TOWN.EXAMPLE 2004年7月16日08:19 [ 袁小源 ] 来源：[ 县报 ]</p>", "", ("袁小源",)),
        ("", "<p>桥梁论坛 发布时间 2005/05/17 22:11:42 by bluestone</p>", ("bluestone",)),
        ("<p>本报实习生 袁小源 周明</p><p>本报记者 王大桥 方小河</p>", "", ("袁小源", "周明", "王大桥", "方小河")),
        ("<p>袁小源、欧阳河</p>", "", ("袁小源", "欧阳河")),
        ("", "<p>管理员 发表于 2005-9-15</p>", ()),
        ("", "<p>本文写于2005年6月12日</p>", ()),
        ("", "<p>调查报告发表于2005年6月12日，引起很大反响。</p>", ()),
    ],
)
def test_how_chinese_pages_sign(above: str, below: str, expected: tuple[str, ...]) -> None:
    text = f"<p>{CHINESE}</p><p>{CHINESE[::-1]}</p>"
    assert article(f"<div>{above}{text}{below}</div>", title="重建旧桥").authors == expected


def test_the_foot_of_the_article_signs_and_that_of_the_site_does_not() -> None:
    sign = "<span class='author vcard'><a class='fn'>Andrea</a></span>"
    assert article(f"<article>{TEXT}<footer class='entry-meta'>{sign}</footer></article>").authors == ("Andrea",)
    assert article(f"<article>{TEXT}</article><footer class='site'>{sign}</footer>").authors == ()


def test_no_author_in_linked_data_is_nobody() -> None:
    assert article(TEXT, linked('"No Author"')).authors == ()
