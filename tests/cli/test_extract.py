"""``muniment extract`` on files, standard input and URLs, good and bad."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import main
from crawler.cli.source import NOWHERE, own_url
from crawler.page import Page
from tests.cli.serving import Answered, serving
from tests.cli.town import PARAGRAPHS, article, town

URL = "https://town.example/news/2024/09/article-101.html"


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["extract", *arguments], input=stdin)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(article(1))
    return path


def test_every_field_is_shown_with_the_reader_that_found_it(saved: Path) -> None:
    result = run(str(saved), "--url", URL)
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip() and line[0] != " "}
    assert lines["FIELD"].split() == ["FIELD", "VALUE", "FOUND", "BY"]
    assert "Forty lime trees" in lines["headline"]
    assert {"headline", "body", "published", "images", "authors"} <= set(lines)
    assert "https://town.example/photo-1.jpg" in result.stdout
    assert "2024-09-11T08:30" in lines["published"]


def test_json_holds_the_article_with_origins(saved: Path) -> None:
    told = json.loads(run(str(saved), "--url", URL, "--json").stdout)
    assert (told["url"], told["kind"]) == (URL, "article")
    found = told["article"]
    assert found["published"]["at"].startswith("2024-09-11T08:30")
    assert found["images"][0]["caption"] == "The bridge over the mill stream in spring"
    assert set(found["origins"]) <= set(found)
    assert found["origins"]["headline"]
    assert PARAGRAPHS[1] in (*found["body"], found["lead"])


def test_a_gzipped_file_standard_input_and_a_url_say_the_same(saved: Path, tmp_path: Path) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(article(1)))
    wanted = json.loads(run(str(saved), "--url", URL, "--json").stdout)["article"]
    assert json.loads(run(str(packed), "--url", URL, "--json").stdout)["article"] == wanted
    assert json.loads(run("-", "--url", URL, "--json", stdin=article(1)).stdout)["article"] == wanted
    with serving(town()) as served:
        live = json.loads(run(f"{served.url}/news/2024/09/article-101.html", "--json").stdout)["article"]
    assert [live[field] for field in ("headline", "body", "published")] == [
        wanted[field] for field in ("headline", "body", "published")
    ]


def test_the_selectors_of_a_declared_portal_are_used(saved: Path, tmp_path: Path) -> None:
    portal = (
        'name = "Town"\nurl = "https://town.example/"\ntimezone = "Europe/Oslo"\n[select]\nheadline = "figcaption"\n'
    )
    (tmp_path / "town.toml").write_text(portal, encoding="utf-8")
    by_url = CliRunner().invoke(main, ["extract", str(saved), "--url", URL, "--json"], obj=tmp_path)
    by_slug = CliRunner().invoke(main, ["extract", str(saved), "--portal", "town", "--json"], obj=tmp_path)
    for result in (by_url, by_slug):
        found = json.loads(result.stdout)["article"]
        assert (found["portal"], found["headline"]) == ("town", "The bridge over the mill stream in spring")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no article"),
        (b"\x00\x01\x02\x03 nothing at all", "no article"),
        (b"%PDF-1.4 ...", "no article"),
        (b"<div>" * 100_000, "no article"),
        (b"<html><body><p>Page not found</p></body></html>", "no article"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "feed"),
        ("<h1>Tin</h1><p>hết".encode("utf-16"), "no article"),
        (b"\x1f\x8b\x08\x00broken", "broken.html"),
    ],
    ids=["empty", "binary", "pdf", "nested", "soft 404", "feed", "utf-16", "broken gzip"],
)
def test_what_is_no_article_is_told_with_its_reason(tmp_path: Path, body: bytes, reason: str) -> None:
    path = tmp_path / "broken.html"
    path.write_bytes(body)
    result = run(str(path), "--url", URL)
    assert result.exit_code == (2 if body.startswith(b"\x1f") else 3)
    assert (result.stdout, len(result.stderr.splitlines())) == ("", 1)
    assert result.stderr.startswith("muniment: ")
    assert reason in result.stderr


def test_a_page_that_is_no_article_is_told_in_json_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.touch()
    result = run(str(path), "--json")
    assert (result.exit_code, json.loads(result.stdout)["article"]) == (3, None)


def test_a_url_that_answers_with_an_error_is_told() -> None:
    with serving({"/down": Answered(status=503)}) as served:
        result = run(f"{served.url}/down")
    assert (result.exit_code, result.stderr) == (1, f"muniment: {served.url}/down: the server answered 503\n")


def test_a_url_that_robots_txt_forbids_is_not_asked_for() -> None:
    with serving(town()) as served:
        result = run(f"{served.url}/secret/plan.html")
        assert [path for path, _ in served.asked] == ["/robots.txt"]
    assert result.exit_code == 1
    assert "robots.txt forbids it" in result.stderr


def test_an_unknown_portal_is_wrong_usage(saved: Path) -> None:
    assert run(str(saved), "--portal", "atlantis").exit_code == 2


def test_no_page_sends_control_characters_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(article(1).replace(b"Forty lime", b"Forty &#x1b;[31m&#x9b;2J lime"))
    result = run(str(path), "--url", URL)
    assert result.exit_code == 0
    assert not {"\x1b", "\x9b"} & set(result.stdout)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://town.example/a">', "https://town.example/a"),
        ('<meta property="og:url" content="https://town.example/b">', "https://town.example/b"),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="about:blank">', NOWHERE),
        ("", NOWHERE),
    ],
)
def test_a_saved_page_says_its_own_url(head: str, url: str) -> None:
    assert own_url(Page(url=NOWHERE, body=f"<html><head>{head}</head></html>".encode())) == url
