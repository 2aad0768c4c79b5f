"""The portal over real HTTP."""

import re
import time
from collections.abc import Iterator
from html import unescape

import feedparser
import pytest

from crawler.sample.content import Form, Opened, Signed, Story
from crawler.sample.feeds import FEED_ITEMS
from crawler.sample.server import SamplePortal
from crawler.text import squash
from tests.sample.client import ask, connected, get


@pytest.fixture(scope="module")
def portal() -> Iterator[SamplePortal]:
    with SamplePortal() as running:
        yield running


def center(url: str) -> str:
    return squash(get(url).tree.get_element_by_id("center").text_content())


def test_every_article_prints_what_it_is_expected_to_say(portal: SamplePortal) -> None:
    pairs = [*zip(portal.town.stories(), portal.articles(), strict=True)]
    pairs += zip(portal.province.stories(), portal.second_articles(), strict=True)
    for story, article in pairs:
        page = get(article.url)
        assert page.status == 200
        column = page.tree.get_element_by_id("center")
        text = squash(column.text_content())
        for part in (article.headline, article.lead, *article.body, article.byline, article.unit, article.source):
            assert part is None or part in text, (article.url, part)
        assert article.published is not None and article.published.raw in text
        assert [i.get("src") for i in column.xpath(".//img")] == [_as_printed(story, p.path) for p in story.pictures]
        if story.form is not Form.ALT:
            # A caption over two paragraphs has no space between them in text_content.
            assert all(squash(line) in text for p in story.pictures for line in p.lines)
        assert "Loading..." in text


def _as_printed(story: Story, path: str) -> str:
    return path.removeprefix("/") if story.form is Form.TABLE else path


def test_body_paragraphs_and_photos_stand_in_the_expected_order(portal: SamplePortal) -> None:
    story = next(s for s in portal.town.stories() if s.form is Form.CENTRED and len(s.pictures) > 2)
    column = get(portal.url + story.path[1:]).tree.get_element_by_id("center")
    body, before, seen = [squash(p) for p in story.body], 0, []
    for element in column.iter("p", "img"):
        before += element.tag == "p" and squash(element.text_content()) in body
        seen += [before] if element.tag == "img" else []
    assert seen == [p.after for p in story.pictures]


@pytest.mark.parametrize(
    ("form", "markup"),
    [
        (Form.CENTRED, r'<p style="text-align:center"><img [^>]+></p>\n<p style="text-align:center">[^<]'),
        (Form.TABLE, r"<tr><td><img [^>]+></td></tr>\n<tr><td><p [^>]*><span"),
        (Form.FIGURE, r"<figure [^>]+><img [^>]+><figcaption>"),
        (Form.ITALIC, r"<img [^>]+></p>\n<p [^>]*center[^>]*><em>"),
        (Form.ALT, r'<p><img alt="[^"]{9,}" [^>]+></p>'),
        (Form.AFTER, r'</p>\n<p style="text-align:center"><img'),
    ],
)
def test_each_form_has_its_markup(portal: SamplePortal, form: Form, markup: str) -> None:
    story = next(s for s in portal.town.stories() if s.form is form and s.pictures and s.language == "vi")
    assert re.search(markup, get(portal.url + story.path[1:]).text)


@pytest.mark.parametrize(
    ("style", "markup"),
    [
        (Signed.RIGHT, r'<p style="text-align:right"><strong>{}</strong></p>'),
        (Signed.TWO_LINES, r"<strong>{}<br />[^<]+</strong></p>"),
        (Signed.LIST_ITEM, r"<ol>\n<li>(?s:.*)</li>\n<li style=\"text-align:right\">{}</li></ol>"),
        (Signed.LABELLED, r"<strong>Tác giả:</strong> {}</p>"),
        (Signed.ROLE, r"<em>Tin, ảnh: {}</em></p>"),
    ],
)
def test_each_byline_has_its_markup(portal: SamplePortal, style: Signed, markup: str) -> None:
    story = next(s for s in portal.town.stories() if s.signature.style is style)
    assert re.search(markup.format(story.signature.author), get(portal.url + story.path[1:]).text)


@pytest.mark.parametrize(("opened", "tag"), [(Opened.BOLD, "p/strong"), (Opened.ITALIC, "p/em")])
def test_a_lead_can_be_a_paragraph_of_the_text(portal: SamplePortal, opened: Opened, tag: str) -> None:
    story = next(s for s in portal.town.stories() if s.opened is opened and s.form is Form.CENTRED)
    column = get(portal.url + story.path[1:]).tree.get_element_by_id("center")
    assert story.lead in [squash(e.text_content()) for e in column.xpath(f".//{tag}")]


def test_clock_and_counters_change_at_every_fetch_and_validators_do_not(portal: SamplePortal) -> None:
    url = portal.url_of("seed")[0]
    one, two = get(url), get(url)
    clocks = [re.findall(r'id="clock">([^<]+)', page.text)[0] for page in (one, two)]
    assert clocks[0] != clocks[1]
    assert re.fullmatch(r"Thứ \w+, ngày 23 tháng 10 năm 2025 \| \d\d:\d\d:\d\d GMT\+7", clocks[0])
    views = [re.findall(r"Lượt xem: (\d+)", page.text) for page in (one, two)]
    assert views[0] != views[1]
    assert one.headers["last-modified"] == two.headers["last-modified"] == "Wed, 08 Jan 2020 09:50:00 GMT"


def test_unchanged_articles_answer_304(portal: SamplePortal) -> None:
    tagged = next(a for a in portal.articles() if "etag" in get(a.url, "HEAD").headers)
    dated = next(a for a in portal.articles() if "etag" not in get(a.url, "HEAD").headers)
    etag = get(tagged.url).headers["etag"]
    modified = get(dated.url).headers["last-modified"]
    assert get(tagged.url, if_none_match=etag).status == 304
    assert get(tagged.url, if_none_match='"other"').status == 200
    assert get(dated.url, if_modified_since=modified).status == 304
    assert get(dated.url, if_modified_since="Sun, 01 Jan 2012 00:00:00 GMT").status == 200
    assert get(dated.url, if_modified_since="yesterday").status == 200
    assert [r.status for r in portal.requests[-5:]] == [304, 200, 304, 200, 200]
    assert all(r.conditional for r in portal.requests[-5:])


def test_the_log_tells_who_asked_what(portal: SamplePortal) -> None:
    start = len(portal.requests)
    get(portal.url + "khong-co?x=1")
    get(portal.second_url, "HEAD", if_none_match='"x"')
    one, two = portal.requests[start:]
    assert (one.portal, one.method, one.path, one.status) == ("first", "GET", "/khong-co?x=1", 404)
    assert (two.portal, two.method, two.path, two.status) == ("second", "HEAD", "/", 200)
    assert (one.conditional, two.conditional) == (False, True)
    assert one.at <= two.at <= time.monotonic()


def test_gzip_is_sent_to_those_who_accept_it(portal: SamplePortal) -> None:
    url = portal.url_of("seed")[0]
    packed = get(url, accept_encoding="gzip, deflate")
    assert packed.headers["content-encoding"] == "gzip"
    assert "Thu Hằng" in packed.text
    assert "content-encoding" not in get(url).headers


def test_one_connection_serves_many_requests_and_head_has_no_body(portal: SamplePortal) -> None:
    with connected(portal.url) as connection:
        for method in ("GET", "HEAD", "GET"):
            got = ask(connection, portal.url, method)
            assert got.status == 200 and bool(got.body) == (method == "GET")
        assert int(ask(connection, portal.url, "HEAD").headers["content-length"]) > 5000


def test_old_and_wrong_addresses_redirect(portal: SamplePortal) -> None:
    url = portal.url_of("seed")[0]
    old = get(f"{portal.url}tin-tuc/xem-tin.aspx?id=249699")
    assert old.status == 301 and portal.url.rstrip("/") + old.headers["location"] == url
    other_slug = get(f"{portal.url}vi-vn/tin/ten-cu-p1-c2-n249699")
    assert other_slug.status == 301 and other_slug.headers["location"] == old.headers["location"]
    assert get(portal.url + "trang-chu").headers["location"] == "/"
    assert any(link.startswith("/tin-tuc/xem-tin.aspx?id=") for link in get(portal.url).links())


def test_photos_and_files_are_there_and_nothing_else_is(portal: SamplePortal) -> None:
    for article in portal.articles():
        for image in article.images[:1]:
            got = get(image.url)
            assert got.headers["content-type"] == "image/jpeg" and got.body[:2] == b"\xff\xd8"
            assert get(image.url, if_none_match=got.headers["etag"]).status == 304
        for attachment in article.attachments:
            assert get(attachment.url).body.startswith(b"%PDF")
    assert get(portal.url + "caches/editor/a60/0003cf63-0000-4aaa-abbb-cccccccccccc.JPG").status == 404
    assert get(portal.url + "uploads/van-ban/2020/11-tb-ubnd-249699.pdf").status == 404


def test_a_walk_over_numbered_pages_finds_the_whole_section(portal: SamplePortal) -> None:
    found, url = set[str](), portal.url + "vi-vn/tin-tuc/tin-tuc-su-kien"
    first = get(url)
    assert squash(first.tree.xpath("string(//ul[@class='pagination'])")) == "1234Trang sau"
    alias = get(url + "?page=1").tree.xpath("//div[@class='list-news']//h4/a/@href")
    assert alias == first.tree.xpath("//div[@class='list-news']//h4/a/@href")
    page: str | None = url
    while page:
        got = get(page)
        found.update(got.tree.xpath("//div[@class='list-news']//h4/a/@href"))
        onward = got.tree.xpath("//li[@class='next']/a/@href")
        page = portal.url + onward[0][1:] if onward else None
    assert found == {s.path for s in portal.town.stories() if s.section.slug == "tin-tuc-su-kien"}
    assert get(url + "?page=99").status == get(url + "?page=x").status == get(url + "/page/2").status == 404


def test_the_notices_have_only_back_and_on(portal: SamplePortal) -> None:
    url = portal.url + "vi-vn/tin-tuc/thong-bao"
    links = get(url + "/page/2").links()
    assert {"/vi-vn/tin-tuc/thong-bao/page/1", "/vi-vn/tin-tuc/thong-bao/page/3"} <= links
    assert "/vi-vn/tin-tuc/thong-bao/page/4" not in get(url + "/page/3").links()


def test_robots_names_the_sitemap_relatively_and_the_sitemap_half_of_the_articles(portal: SamplePortal) -> None:
    robots = get(portal.url + "robots.txt").text
    assert "Disallow: /tim-kiem" in robots and "Disallow: /quan-tri/" in robots and "Crawl-delay: 0" in robots
    assert "Sitemap: /sitemap.xml" in robots
    sitemap = get(portal.url + "sitemap.xml")
    named = set(re.findall(r"<loc>([^<]+)</loc><lastmod>", sitemap.text))
    assert named < {a.url for a in portal.articles()} and 55 <= len(named) <= 65
    assert get(portal.second_url + "robots.txt").status == get(portal.second_url + "sitemap.xml").status == 404


def test_a_large_sitemap_is_an_index() -> None:
    with SamplePortal(articles=3000) as portal:
        index = get(portal.url + "sitemap.xml").text
        parts = re.findall(r"<sitemap><loc>([^<]+)", index)
        assert len(parts) == 2
        urls = [u for part in parts for u in re.findall(r"<loc>([^<]+)</loc><lastmod>", get(part).text)]
        assert len(set(urls)) == len(urls) == portal.town.mapped_count
        assert get(portal.url + "sitemap-3.xml").status == 404


def test_the_feed_has_its_faults_and_only_the_newest(portal: SamplePortal) -> None:
    raw = get(portal.url + "rss/tin-moi.rss").body
    assert raw.startswith("\ufeff".encode()) and not raw.lstrip("\ufeff".encode()).startswith(b"<?xml")
    text = raw.decode()
    entries = feedparser.parse(text[text.index("<?xml") :].encode()).entries
    assert len(entries) == FEED_ITEMS
    links = [e.link for e in entries]
    assert sum(re.match(r"http:[^/]", link) is not None for link in links) == 1
    assert sum("baotinh.example" in link for link in links) == 1
    assert links[0] == portal.url + portal.town.latest(1)[0].path[1:]
    assert re.fullmatch(r"\d{1,2}/\d{1,2}/2025 \d{1,2}:\d\d:00 [AP]M", entries[0].published)
    assert "/rss/tin-moi.rss" in get(portal.url).tree.xpath("//link[@rel='alternate']/@href")


def test_chrome_carries_the_usual_traps(portal: SamplePortal) -> None:
    page = get(portal.url_of("seed")[0])
    stale = "Phường Trà Cổ ra quân làm sạch bãi biển chào hè"
    assert stale in page.text and "Hội nghị cộng tác viên bản tin nội bộ quý III" in page.text
    assert portal.town.story(portal.town.seed_index).path in page.tree.xpath("//div[@class='related']//a/@href")
    assert re.search(r"Số lượt truy cập: [\d.]+", page.text)
    assert {"/tim-kiem?tu-khoa=dau+gia", "/quan-tri/dang-nhap", portal.second_url} <= page.links()


def test_a_lying_lang_a_lying_charset_and_mixed_letters(portal: SamplePortal) -> None:
    lying = get(portal.url_of("lang")[0])
    assert lying.tree.get("lang") == "de"
    wrong = get(portal.url_of("charset")[0])
    assert wrong.headers["content-type"] == "text/html; charset=ISO-8859-1" and "windows-1252" in wrong.text
    for url in portal.url_of("mixed"):
        assert re.search(r"&\w+;[\u0300-\u036f]", get(url).text)
        assert "&amp;" not in unescape(get(url).text)


def test_english_pages_stand_under_en(portal: SamplePortal) -> None:
    english = [a for a in portal.articles() if a.language == "en"]
    assert {a.url for a in english} <= {portal.url + link[1:] for link in get(portal.url + "en/").links()}
    assert "/en/" in get(portal.url).links()
    assert get(english[0].url).tree.get("lang") == "en"


def test_the_edition_can_change_while_the_portal_runs() -> None:
    with SamplePortal() as portal:
        edited, removed, added = (portal.url_of(p) for p in ("edited", "removed", "added"))
        before = get(edited[0])
        assert [get(u).status for u in (*removed, *added)] == [200, 404, 404]
        portal.edition = 1
        after = get(edited[0], if_modified_since=before.headers["last-modified"])
        assert [get(u).status for u in (*removed, *added)] == [404, 200, 200]
        assert after.status == 200 and after.headers["last-modified"] == "Fri, 24 Oct 2025 02:15:00 GMT"
        assert "Cập nhật: 24/10/2025 09:15" in after.text and center(edited[0]) != ""
        feed, sitemap = get(portal.url + "rss/tin-moi.rss").text, get(portal.url + "sitemap.xml").text
        assert all(url in feed or url.replace("://", ":") in feed for url in added)
        assert all(url in sitemap for url in (*added, *edited)) and removed[0] not in sitemap
        assert f"{edited[0]}</loc><lastmod>2025-10-24T09:15:00+07:00" in sitemap
        unchanged = portal.url_of("seed")[0]
        assert get(unchanged, if_modified_since="Wed, 08 Jan 2020 09:50:00 GMT").status == 304


def test_it_is_fast_enough_for_crawl_tests(portal: SamplePortal) -> None:
    urls = [a.url for a in portal.articles()]
    with connected(portal.url) as connection:
        start = time.perf_counter()
        for url in urls:
            ask(connection, url)
        assert len(urls) / (time.perf_counter() - start) > 60  # 450 a second on an idle core; far from that is a fault
