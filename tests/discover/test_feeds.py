"""Feeds with the faults that portals serve."""

from datetime import UTC, datetime

import pytest

from crawler.discover import discover
from crawler.discover.discovery import Discovery
from crawler.model import Kind, Link
from crawler.page import Page
from crawler.portal import from_table, from_url

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PORTAL = from_url("https://town.example/")
HANOI = from_table(
    {"name": "x", "url": "https://town.example/", "timezone": "Asia/Ho_Chi_Minh"},
    __file__,
    "x",  # type: ignore[arg-type]
)
RSS = "<rss version='2.0'><channel><title>Tin</title><link>https://town.example/</link>{}</channel></rss>"


def read(text: str | bytes, portal: object = PORTAL, url: str = "https://town.example/rss/1/tin.rss") -> Discovery:
    body = text if isinstance(text, bytes) else text.encode()
    page = Page(url=url, body=body, media_type="text/xml", captured_at=NOW)
    return discover(page, HANOI if portal is HANOI else PORTAL)


def item(link: str, date: str = "", title: str = "Đại hội chi bộ") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{date}</item>"


def only(found: Discovery) -> Link:
    assert found.kind is Kind.FEED, found.reason
    assert len(found.links) == 1, found.links
    return found.links[0]


@pytest.mark.parametrize(
    "link",
    [
        "https://town.example/tin/1",
        "http:town.example/tin/1",
        "http://www.town.example/tin/1",
        "/tin/1",
        "tin/1/../1",
        "<![CDATA[https://town.example/tin/1]]>",
        "https://town.example/tin/1?utm_source=rss",
        "\n https://town.example/tin/1 ",
    ],
)
def test_links_with_slips(link: str) -> None:
    base = "https://town.example/rss.xml"
    assert only(read(RSS.format(item(link)), url=base)).url == "https://town.example/tin/1"


@pytest.mark.parametrize(
    "mess",
    [
        "\ufeff{}",
        "\n\n  <?xml version='1.0' encoding='utf-8'?>{}",
        "<br />\n<b>Notice</b>: Undefined index in rss.php<br/><?xml version='1.0'?>{}",
        "<?xml version='1.0' encoding='windows-1252'?>{}",
        "<?xml version='1.0' encoding='utf-16'?>{}",
        "<!-- cache 08/01/2020 -->{}",
        "{}\n<!-- 0.2 s -->",
    ],
)
def test_junk_around_the_feed(mess: str) -> None:
    link = only(read(mess.format(RSS.format(item("/tin/1", title="Đại hội\x0b chi bộ & đoàn \x1fthể")))))
    assert link == Link(url="https://town.example/tin/1", kind=Kind.ARTICLE, text="Đại hội chi bộ & đoàn thể")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("<pubDate>Wed, 08 Jan 2020 16:50:00 +0700</pubDate>", "2020-01-08T09:50:00+00:00"),
        ("<pubDate>Wed, 08 Jan 2020 16:50 -0500</pubDate>", "2020-01-08T21:50:00+00:00"),
        ("<pubDate>8/12/2026 2:55:37 PM</pubDate>", "2026-08-12T07:55:37+00:00"),
        ("<pubDate>8/12/2026 12:05:00 AM</pubDate>", "2026-08-11T17:05:00+00:00"),
        ("<pubDate>2020-01-08 16:50</pubDate>", "2020-01-08T09:50:00+00:00"),
        ("<pubDate>13/45/2020 9:00:00 AM</pubDate>", None),
        ("<pubDate>Wed, 08 Jan 2031 16:50:00 +0700</pubDate>", None),
        ("<pubDate>Mon, 01 Jan 1900 00:00:00 GMT</pubDate>", None),
        ("<pubDate>hôm qua</pubDate>", None),
        ("", None),
    ],
)
def test_times(date: str, expected: str | None) -> None:
    modified = only(read(RSS.format(item("/tin/1", date)), HANOI)).modified
    assert (modified.isoformat() if modified else None) == expected


def test_a_time_without_zone_is_no_time_where_the_portal_has_none() -> None:
    assert only(read(RSS.format(item("/tin/1", "<pubDate>8/12/2026 2:55:37 PM</pubDate>")))).modified is None


def test_atom_tells_when_an_entry_was_updated() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Dự án</title><link href="/tin/1"/>
    <published>2020-01-01T00:00:00Z</published><updated>2020-02-02T00:00:00+07:00</updated></entry></feed>"""
    assert only(read(atom)).modified == datetime(2020, 2, 1, 17, tzinfo=UTC)


def test_rdf_items_are_read() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <item rdf:about="https://town.example/tin/1"><title>お知らせ</title><link>https://town.example/tin/1</link></item>
    </rdf:RDF>"""
    assert only(read(rdf)).text == "お知らせ"


def test_items_that_lead_elsewhere_or_twice_are_left_out_and_files_are_attachments() -> None:
    items = [item("https://other.example/a"), item("/tin/1"), item("/tin/1#x"), item("/kh.pdf"), item("")]
    found = read(RSS.format("".join(items)))
    assert [(link.url, link.kind) for link in found.links] == [
        ("https://town.example/tin/1", Kind.ARTICLE),
        ("https://town.example/kh.pdf", Kind.ATTACHMENT),
    ]


def test_a_permalink_guid_stands_in_for_a_missing_link() -> None:
    assert only(read(RSS.format("<item><guid>https://town.example/tin/1</guid></item>"))).url.endswith("/tin/1")


def test_an_empty_feed_is_a_feed() -> None:
    found = read(RSS.format(""))
    assert (found.kind, found.links) == (Kind.FEED, ())


def test_html_with_a_feed_like_name_is_no_feed() -> None:
    html = "<!DOCTYPE html><html><head><title>Not found</title></head><body>&lt;rss&gt; <rss>x</rss></body></html>"
    assert read(html).kind is Kind.OTHER


def test_a_torn_feed_gives_what_it_has() -> None:
    torn = RSS.format(item("/tin/1") + item("/tin/2"))[:-60]
    assert [link.url for link in read(torn).links][:1] == ["https://town.example/tin/1"]


def test_links_to_local_files_are_never_opened() -> None:
    assert read(RSS.format(item("file:///etc/hostname"))).links == ()
