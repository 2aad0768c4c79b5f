"""One visit, one transaction: what each kind of visit leaves in the tables."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.archive import Outcome
from crawler.archive.search import query
from crawler.model import Image, Kind, Link, Precision, Timestamp, Verdict
from tests.archive.visits import BODY, NOW, SEED, URL, Town, capture, edited, failure, other, page


def test_an_article_is_stored_with_all_its_parts(town: Town) -> None:
    stored = town.store(page())
    (article,) = town.rows("SELECT * FROM articles")
    assert stored.outcome is Outcome.NEW and stored.article_id == article["id"] and stored.version == 1
    assert article["url"] == URL and article["headline"] == SEED.headline and article["body"] == "\n\n".join(BODY)
    assert article["published_at"] == "2020-01-08T16:50+07:00" and article["published_raw"] == "08/01/2020 16:50"
    assert article["captions"] == "Bỏ phiếu bầu Ban Chi ủy\nĐồng chí Dương Thị Huệ chúc mừng Đại hội"
    assert json.loads(article["origins"]) == {"headline": "printed"} and article["verdict"] == "live"
    assert town.rows("SELECT name, kind, role FROM bylines JOIN people ON people.id = person_id ORDER BY position") == [
        {"name": "Thu Hằng", "kind": "person", "role": "author"},
        {"name": "Trung tâm TTVH", "kind": "unit", "role": "unit"},
    ]
    assert town.column("SELECT caption FROM images ORDER BY number") == [image.caption for image in SEED.images]
    assert town.column("SELECT label FROM attachments") == ["Nghị quyết"]
    assert town.column("SELECT name FROM tags JOIN article_tags ON tag_id = tags.id") == ["giáo dục"]
    assert town.column("SELECT capture_id FROM versions") == [stored.capture_id] == [article["capture_id"]]
    assert town.sound()


def test_the_same_visit_again_changes_nothing(town: Town) -> None:
    visit = page(links=[Link(url="https://town.example/a", kind=Kind.ARTICLE)])
    first = town.store(visit)
    before = town.rows("SELECT * FROM articles") + town.rows("SELECT * FROM versions")
    again = town.store(visit)
    assert again.outcome is Outcome.UNCHANGED and again.capture_id == first.capture_id
    assert town.rows("SELECT * FROM articles") + town.rows("SELECT * FROM versions") == before
    assert town.column("SELECT count(*) FROM captures") == [1] and town.column("SELECT count(*) FROM frontier") == [2]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"headline": "Đại hội điểm"}, Outcome.CHANGED),
        ({"lead": None}, Outcome.CHANGED),
        ({"body": (*BODY, "Thêm một đoạn.")}, Outcome.CHANGED),
        ({"byline": "Thu Hà"}, Outcome.CHANGED),
        ({"images": (replace(SEED.images[0], caption="Ảnh khác"),)}, Outcome.CHANGED),
        ({"published": Timestamp(at=NOW, precision=Precision.DAY, raw="23/11/2026")}, Outcome.CHANGED),
        ({"headline": "Đại  hội Chi bộ\u00a0phòng Giáo dục và Đào tạo "}, Outcome.UNCHANGED),
        ({"headline": "Đại hội Chi bộ phòng Giáo dục và Đào tạo"}, Outcome.UNCHANGED),
        ({"body": (" ".join(BODY),)}, Outcome.UNCHANGED),
        ({"section": "Thời sự"}, Outcome.UNCHANGED),
        ({"tags": ("mới",)}, Outcome.UNCHANGED),
        ({"images": tuple(replace(image, url=f"{image.url}?v=2") for image in SEED.images)}, Outcome.UNCHANGED),
    ],
)
def test_a_version_is_made_exactly_when_the_article_says_something_else(
    town: Town, change: dict[str, object], outcome: Outcome
) -> None:
    town.store(page())
    stored = town.store(page(edited(**change), day=1))
    assert stored.outcome is outcome
    made = 2 if outcome is Outcome.CHANGED else 1
    assert stored.version == made and town.column("SELECT versions FROM articles") == [made]
    assert town.column("SELECT last_seen_at FROM articles") == ["2026-11-24T12:00:00Z"]
    assert town.sound()


def test_a_changed_article_is_found_by_what_it_says_now(town: Town) -> None:
    town.store(page())
    town.store(page(edited(headline="Khai mạc hội chợ", lead=None, body=("Hội chợ khai mạc.",), images=()), day=1))
    assert query(town.archive, "dai hoi") == [] and query(town.archive, "chi ủy") == []
    assert [hit.headline for hit in query(town.archive, "hoi cho")] == ["Khai mạc hội chợ"]
    assert town.column("SELECT count(*) FROM images") == [0]


def test_not_modified_says_only_that_the_article_is_still_there(town: Town) -> None:
    town.store(page())
    before = town.rows("SELECT * FROM articles")[0]
    stored = town.store(other(Kind.ARTICLE, URL, status=304, day=3))
    after = town.rows("SELECT * FROM articles")[0]
    assert stored.outcome is Outcome.NOT_MODIFIED and stored.article_id == before["id"]
    assert {name for name in after if after[name] != before[name]} == {"last_seen_at"}
    assert town.column("SELECT seen_until FROM versions") == [after["last_seen_at"]] == ["2026-11-26T12:00:00Z"]


def test_a_removed_article_is_kept_and_shown_as_removed_until_it_is_back(town: Town) -> None:
    town.store(page())
    gone = town.store(other(Kind.ARTICLE, URL, status=404, day=1))
    assert gone.outcome is Outcome.GONE and gone.article_id == 1
    (removal,) = town.rows("SELECT * FROM removals")
    assert removal["verdict"] == "gone" and removal["removed_at"] == "2026-11-24T12:00:00Z" and removal["status"] == 404
    assert query(town.archive, "đại hội")[0].verdict == "gone"
    town.store(page(day=2))
    assert town.rows("SELECT * FROM removals") == []
    assert town.column("SELECT verdict FROM verdicts ORDER BY seen_at") == ["gone", "live"]


def test_an_error_page_sent_with_200_is_no_edit(town: Town) -> None:
    town.store(page())
    blocked = replace(other(Kind.OTHER, URL, day=1), verdict=Verdict.BLOCKED)
    soft = replace(other(Kind.OTHER, URL, day=2), verdict=Verdict.SOFT_404)
    assert town.store(blocked).outcome is Outcome.FAILED
    assert town.column("SELECT verdict FROM articles") == ["live"]
    assert town.store(soft).outcome is Outcome.GONE
    assert town.column("SELECT verdict FROM articles") == ["soft-404"]


def test_a_404_of_something_unknown_leaves_no_article(town: Town) -> None:
    stored = town.store(other(Kind.UNKNOWN, "https://town.example/x", status=404))
    assert stored.outcome is Outcome.GONE and stored.article_id is None and town.rows("SELECT * FROM articles") == []


def test_a_failure_is_a_capture_with_its_error(town: Town) -> None:
    stored = town.store(other(Kind.UNKNOWN, capture=failure()))
    assert stored.outcome is Outcome.FAILED
    assert town.rows("SELECT id, status, error FROM captures") == [
        {"id": stored.capture_id, "status": 0, "error": "connection refused"}
    ]


def test_what_robots_txt_disallows_was_never_sent(town: Town) -> None:
    stored = town.store(other(Kind.UNKNOWN, capture=failure(error="robots.txt disallows it")))
    assert stored.capture_id is None and town.rows("SELECT * FROM captures") == []
    assert town.rows("SELECT state, due_at, reason FROM frontier") == [
        {"state": "excluded", "due_at": None, "reason": "robots.txt disallows it"}
    ]


def test_a_rejected_page_leaves_its_capture_and_the_reason(town: Town) -> None:
    visit = replace(other(Kind.ARTICLE, URL), rejection="no body")
    assert town.store(visit).outcome is Outcome.REJECTED
    assert town.column("SELECT reason FROM frontier") == ["no body"] and town.rows("SELECT * FROM articles") == []


def test_several_urls_with_one_canonical_url_are_one_article(town: Town) -> None:
    town.store(page(url=f"{URL}?print=1"))
    town.store(page(url=f"{URL}?share=2", day=1))
    town.store(page(day=2))
    assert town.column("SELECT url FROM articles") == [URL]
    assert town.column("SELECT url FROM addresses") == [f"{URL}?print=1", f"{URL}?share=2"]
    assert town.column("SELECT count(*) FROM versions") == [1]


def test_a_page_that_names_another_page_as_its_canonical_url_is_not_believed(town: Town) -> None:
    home = "https://town.example/"
    town.store(page(edited(url=home), url=f"{home}a"))
    words = tuple(" ".join(f"chữ{n * i}" for n in range(60)) for i in range(3, 6))
    town.store(page(edited(url=home, headline="Tin khác", lead=None, body=words), url=f"{home}b"))
    assert town.column("SELECT url FROM articles ORDER BY id") == [home, f"{home}b"]


def test_a_copy_that_names_the_original_as_its_canonical_url_is_an_article_of_its_own(town: Town) -> None:
    town.store(page())
    town.store(page(url="https://province.example/copy"))
    town.store(page(edited(url="https://www.town.example/x"), url="https://m.town.example/x"))
    found = town.column("SELECT url FROM articles ORDER BY id")
    assert found == [URL, "https://province.example/copy", "https://www.town.example/x"]


def test_one_address_of_an_article_may_go_while_its_own_stays(town: Town) -> None:
    town.store(page())
    town.store(page(url=f"{URL}?print=1"))
    town.store(other(Kind.ARTICLE, f"{URL}?print=1", status=404, day=1))
    assert town.column("SELECT verdict FROM articles") == ["live"]
    town.store(other(Kind.ARTICLE, URL, status=404, day=2))
    assert town.column("SELECT verdict FROM articles") == ["gone"]


def test_a_file_of_an_article_points_to_its_capture(town: Town) -> None:
    town.store(page())
    image = town.store(other(Kind.IMAGE, SEED.images[1].url))
    file = town.store(other(Kind.ATTACHMENT, SEED.attachments[0].url))
    assert town.column("SELECT capture_id FROM images ORDER BY number") == [None, image.capture_id]
    assert town.column("SELECT capture_id FROM attachments") == [file.capture_id]
    more = (*SEED.images, Image(url="https://town.example/3.jpg", caption="Ảnh"))
    town.store(page(edited(images=more), day=1))
    assert town.column("SELECT capture_id FROM images ORDER BY number") == [None, image.capture_id, None]


def test_a_redirect_is_done_with_its_target(town: Town) -> None:
    town.frontier.add([Link(url="https://town.example/old", kind=Kind.ARTICLE)], NOW, via=None)
    town.store(page(capture=capture(URL, requested_url="https://town.example/old", etag='"1"')))
    rows = town.rows("SELECT url, due_at IS NULL AS never, reason, etag FROM frontier ORDER BY due_at IS NULL")
    assert rows[0] == {"url": URL, "never": 0, "reason": None, "etag": '"1"'}
    assert rows[1]["never"] == 1 and rows[1]["reason"] == f"redirects to {URL}"


def test_a_new_date_on_the_same_text_does_not_replace_the_first_one(town: Town) -> None:
    town.store(page())
    rebuilt = Timestamp(at=NOW, precision=Precision.MINUTE, raw="23/11/2026 12:00")
    stored = town.store(page(edited(published=rebuilt), day=1))
    assert stored.outcome is Outcome.CHANGED
    assert town.column("SELECT published_at FROM articles") == ["2020-01-08T16:50+07:00"]
    assert town.column("SELECT published_at FROM versions ORDER BY number") == [
        "2020-01-08T16:50+07:00",
        "2026-11-23T12:00+00:00",
    ]


def test_a_day_may_become_a_minute(town: Town) -> None:
    assert SEED.published is not None
    day = Timestamp(at=SEED.published.at.replace(hour=0, minute=0), precision=Precision.DAY, raw="08/01/2020")
    town.store(page(edited(published=day)))
    town.store(page(day=1))
    assert town.column("SELECT published_at FROM articles") == ["2020-01-08T16:50+07:00"]


def test_robots_txt_is_dated(town: Town) -> None:
    texts = (("User-agent: *", 0), ("User-agent: *", 1), ("User-agent: *\nDisallow: /", 2))
    for text, day in texts:
        shown = capture("https://town.example/robots.txt", day=day)
        capture_id = town.archive.record(shown, crawl_id=town.crawl_id, portal_id=town.portal_id)
        town.archive.robots(capture_id, town.portal_id, shown, text)
    assert town.rows("SELECT text, fetched_at, last_seen_at FROM robots ORDER BY id") == [
        {"text": "User-agent: *", "fetched_at": "2026-11-23T12:00:00Z", "last_seen_at": "2026-11-24T12:00:00Z"},
        {
            "text": "User-agent: *\nDisallow: /",
            "fetched_at": "2026-11-25T12:00:00Z",
            "last_seen_at": "2026-11-25T12:00:00Z",
        },
    ]


def test_captures_without_a_row_are_entered_once(town: Town) -> None:
    found = [capture(f"https://town.example/{n}") for n in range(3)]
    town.archive.record(found[0], crawl_id=town.crawl_id, portal_id=town.portal_id)
    assert town.archive.reconcile(found, crawl_id=town.crawl_id, portal_id=town.portal_id) == 2
    assert town.archive.reconcile(found, crawl_id=town.crawl_id, portal_id=town.portal_id) == 0


def test_the_earlier_payload_is_the_latest_full_record(town: Town) -> None:
    first, second = capture(day=0), capture(day=1)
    for each in (first, second, capture(day=2, status=304, digest=None), capture(day=3, status=500)):
        town.archive.record(each, crawl_id=town.crawl_id, portal_id=town.portal_id)
    earlier = town.archive.earlier_payload(URL)
    assert earlier is not None and earlier.digest == second.digest and earlier.captured_at == NOW + timedelta(days=1)
    assert town.archive.earlier_payload("https://town.example/never") is None


def test_a_revisit_refers_to_the_record_that_has_the_bytes(town: Town) -> None:
    """The second capture of a payload is itself a revisit record, so the third must not refer to it."""
    for day, digest in enumerate(("sha256:a", "sha256:a", "sha256:b", "sha256:a", "sha256:a")):
        again = capture(day=day, digest=digest)
        town.archive.record(again, crawl_id=town.crawl_id, portal_id=town.portal_id)
        earlier = town.archive.earlier_payload(URL)
        first = 2 if digest == "sha256:b" else 0
        assert earlier is not None
        assert (earlier.digest, earlier.captured_at) == (digest, NOW + timedelta(days=first))
