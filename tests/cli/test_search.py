"""``muniment search`` and ``muniment status`` on the demo's archive."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import main
from tests.conftest import Demo

HEADLINE = "Đại hội Chi bộ phòng Giáo dục và Đào tạo"


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--archive", str(demo.folder / "archive.db")])


@pytest.mark.parametrize(
    "words",
    [
        ["dai hoi chi bo phong giao duc"],
        ['"Đại hội Chi bộ"'],
        ["captions:'bỏ phiếu bầu'"],
        ["đại hội", "--byline", "Thu Hằng", "--since", "2020-01-08", "--until", "2020-01-08"],
    ],
)
def test_the_seed_article_is_found(demo: Demo, words: list[str]) -> None:
    result = run(demo, "search", *words)
    assert result.exit_code == 0
    first, second, snippet = result.stdout.split("\n\n")[0].splitlines()
    assert first == f"2020-01-08 16:50  {HEADLINE}"
    assert second.startswith("  Thu Hằng")
    assert "[" in snippet


def test_filters_limit_and_json(demo: Demo) -> None:
    hits = json.loads(run(demo, "search", "thành phố", "--limit", "5", "--json").stdout)
    assert len(hits) == 5
    portal = hits[0]["portal"]
    of_portal = json.loads(run(demo, "search", "thành phố", "--portal", portal, "--json").stdout)
    assert {hit["portal"] for hit in of_portal} == {portal}
    in_2020 = json.loads(
        run(demo, "search", "thành phố", "--since", "2020-01-01", "--until", "2020-12-31", "--json").stdout
    )
    assert {hit["published_at"][:4] for hit in in_2020} == {"2020"}


def test_nothing_found_says_how_the_query_was_understood(demo: Demo) -> None:
    result = run(demo, "search", "xylophone 29-NQ/TW")
    assert (result.exit_code, result.stdout.strip()) == (3, "")
    assert "xylophone" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert run(demo, "search", "-").stderr == "muniment: nothing found; there is no word to search for\n"


@pytest.mark.parametrize("odd", ['"', "*", "AND OR (", "a:b:c", "'; drop table articles; --", "-", "\x00", "({[", "🙂"])
def test_no_query_breaks_the_search(demo: Demo, odd: str) -> None:
    result = run(demo, "search", odd)
    assert result.exit_code in (0, 3)
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("verb", ["search", "status"])
def test_a_missing_archive_is_told_and_not_made(tmp_path: Path, verb: str) -> None:
    arguments = [verb, *(["x"] if verb == "search" else []), "--archive", str(tmp_path / "none.db")]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, len(result.stderr.splitlines())) == (6, 1)
    assert "there is no archive here" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_day_is_wrong_usage(demo: Demo) -> None:
    result = run(demo, "search", "x", "--since", "yesterday")
    assert (result.exit_code, "'yesterday' is no day, month or year such as 2020-01-31" in result.stderr) == (2, True)
    swapped = run(demo, "search", "x", "--since", "2020-12-31", "--until", "2020-01-01")
    assert (swapped.exit_code, swapped.stderr) == (
        2,
        "muniment: --since 2020-12-31 is after --until 2020-01-01; name the earlier day first\n",
    )


@pytest.mark.parametrize(("since", "until"), [("2020", "2020"), ("2020-01", "2020-1"), ("2020-01-08", "2020-01-08")])
def test_a_year_or_month_stands_for_its_days(demo: Demo, since: str, until: str) -> None:
    hits = json.loads(run(demo, "search", "đại", "hội", "--since", since, "--until", until, "--json").stdout)
    assert HEADLINE in {hit["headline"] for hit in hits}
    assert all(since[:7] <= hit["published_at"][:10] for hit in hits)
    assert run(demo, "search", HEADLINE, "--since", "2020-02", "--until", "2020").exit_code == 3


@pytest.mark.parametrize("wrong", ["2020-13", "2020-02-30", "0000", "20", "2020-01-08T10", ""])
def test_what_is_no_day_month_or_year_is_refused(demo: Demo, wrong: str) -> None:
    result = run(demo, "search", "x", "--until", wrong)
    assert (result.exit_code, f"{wrong!r} is no day, month or year" in result.stderr) == (2, True)


def test_words_need_no_quotation_marks(demo: Demo) -> None:
    typed, quoted = (run(demo, "search", *words).stdout for words in (["đại", "hội", "-phường"], ["đại hội -phường"]))
    assert typed == quoted and "Đại hội" in typed


def test_an_option_that_does_not_exist_is_no_word(demo: Demo) -> None:
    result = run(demo, "search", "hội", "--sinse", "2020")
    assert (result.exit_code, "there is no option --sinse" in result.stderr) == (2, True)


@pytest.mark.parametrize("option", ["--byline", "--portal", "--save"])
def test_an_empty_name_is_refused(demo: Demo, option: str) -> None:
    result = run(demo, "search", "hội", option, "")
    assert (result.exit_code, "'' is no name" in result.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [["search", "hội", "--json"], ["people"], ["search", "hội"]])
def test_a_full_disk_behind_standard_output_is_told_in_one_line(demo: Demo, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "crawler.cli", *arguments, "--archive", str(demo.folder / "archive.db")]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    said = "muniment: the disk behind standard output is full; make room and run it again\n"
    assert (ended.returncode, ended.stderr) == (1, said)


def test_days_stay_in_one_line_on_a_narrow_terminal(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    shown = run(demo, "people").stdout
    assert re.search(r"\b2020-01-08\b", shown) and not re.search(r"\b\d{4}-\d?\s", shown)


def test_a_portal_that_the_archive_does_not_have_is_told(demo: Demo) -> None:
    result = run(demo, "search", "thành phố", "--portal", "atlantis")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"no portal 'atlantis'; there are: 127-0-0-1-{demo.port}, " in result.stderr


def test_nothing_typed_shows_the_latest_articles(demo: Demo) -> None:
    days = [hit["published_at"][:10] for hit in json.loads(run(demo, "search", "", "--limit", "9", "--json").stdout)]
    assert days == sorted(days, reverse=True) and len(days) == 9


def test_one_form_of_status_at_a_time(demo: Demo) -> None:
    result = run(demo, "status", "--json", "--html")
    assert (result.exit_code, result.stdout, "not both" in result.stderr) == (2, "", True)


def test_status_shows_every_portal(demo: Demo) -> None:
    result = run(demo, "status")
    assert (result.exit_code, result.stderr) == (0, "")
    slugs = re.findall(r"^(\S+-\d+) ", result.stdout, re.MULTILINE)
    assert slugs == [f"127-0-0-1-{demo.port}", f"localhost-{demo.port + 1}"]
    assert result.stdout.count(" done ") == 2


def test_status_of_one_portal_and_json(demo: Demo) -> None:
    slug = f"127-0-0-1-{demo.port}"
    shown = run(demo, "status", "--portal", slug).stdout
    assert "1 of them removed" in shown
    assert re.search(r"led there +/: \d+ pages, 0 to go, back to 2\d{3}-", shown), shown
    told = json.loads(run(demo, "status", "--portal", slug, "--json").stdout)
    assert [(one["slug"], one["last_outcome"], one["removed"]) for one in told] == [(slug, "done", 1)]
    assert {seed["left"] for seed in told[0]["seeds"]} == {0}
    assert sum(seed["read"] for seed in told[0]["seeds"]) > 120
    unknown = run(demo, "status", "--portal", "atlantis")
    assert (unknown.exit_code, slug in unknown.stderr) == (2, True)
