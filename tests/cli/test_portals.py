"""The declared portals as the command shows them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import main
from crawler.cli.detection import file_for
from crawler.cli.fetch import Fetcher
from crawler.cli.portals import portal_at, portal_called, portal_meant
from crawler.model import Kind, PortalError
from crawler.portal import load, slug_of
from crawler.sample.faults import Faults
from crawler.sample.server import SamplePortal
from tests.cli.serving import Answered, serving
from tests.cli.town import town

TOWN = """name = "Town of Example"
url = "https://town.example/"
place = "xx/town"
timezone = "Europe/Oslo"

[[seeds]]
feed = "https://town.example/rss"

[scope]
exclude = ["/intranet/"]

[select]
headline = "h1.title"

[[layouts]]
until = 2020-01-01
select = { byline = [".by", ".author"] }

[politeness]
delay = 2.5
contact = "archive@example.org"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "town.toml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "xx" / "village.toml").write_text(
        'name = "Village"\nurl = "https://village.example/"\ntimezone = "Europe/Oslo"\n', encoding="utf-8"
    )
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, obj=root)


def test_list_shows_every_portal(root: Path) -> None:
    result = run(root, "portal", "list")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["SLUG", "NAME", "PLACE", "PLATFORM", "SEEDS"]
    assert lines[1] == ["xx-town", "Town", "of", "Example", "xx/town", "generic", "1"]
    assert lines[2] == ["xx-village", "Village", "generic", "detected"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('name = "X"\nurl = "https://x.example/"\ntimezone = "Europe/Osla"\n', "timezone: 'Europe/Osla'"),
        ('nmae = "X"\n', "nmae: unknown key; did you mean 'name'?"),
        ("name = \n", "not TOML"),
    ],
)
def test_a_broken_file_is_told_and_stops_no_other(root: Path, wrong: str, told: str) -> None:
    (root / "xx" / "broken.toml").write_text(wrong, encoding="utf-8")
    result = run(root, "portal", "list")
    assert result.exit_code == 2
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["SLUG", "xx-broken", "xx-town", "xx-village"]
    assert "broken.toml" in result.stderr
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_show_prints_what_holds_for_a_portal(root: Path) -> None:
    shown = run(root, "portal", "show", "xx-town").stdout
    for stated in (
        "https://town.example/rss",
        "/intranet/",
        "h1.title",
        "byline selector until 2020-01-01",
        ".by, .author",
        "2.5 s between requests",
        "archive@example.org",
        "wp-admin",
    ):
        assert stated in shown


@pytest.mark.parametrize(
    ("platform", "said"), [("wordpress", "verified with abrhinehart"), ("joomla", "UNVERIFIED, documentation only")]
)
def test_what_the_rules_of_a_platform_were_tried_with_is_told(tmp_path: Path, platform: str, said: str) -> None:
    answers = town()
    with serving(answers) as served:
        text = f'name = "T"\nurl = "{served.url}/"\ntimezone = "Europe/Oslo"\nplatform = "{platform}"\n'
        (tmp_path / "town.toml").write_text(text, encoding="utf-8")
        shown, checked = (run(tmp_path, "portal", verb, "town") for verb in ("show", "check"))
    (line,) = (line for line in shown.stdout.splitlines() if line.startswith("verified"))
    assert line.split(maxsplit=2)[1] == ("no:" if "UNVERIFIED" in said else "abrhinehart_CountyData2:")
    assert f"platform {platform}: {said}" in checked.stdout


def test_an_unknown_slug_names_the_nearest(root: Path) -> None:
    result = run(root, "portal", "show", "town")
    assert result.exit_code == 2
    assert result.stderr == "muniment: no portal 'town'; did you mean xx-town?\n"


def test_a_broken_file_is_told_when_its_slug_is_asked_for(root: Path) -> None:
    (root / "broken.toml").write_text("name = 3\n", encoding="utf-8")
    with pytest.raises(PortalError, match="name: 3 is not a string"):
        portal_called("broken", root)


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.town.example/news/1", "xx-town"),
        ("https://town.example/intranet/1", "xx-town"),
        ("https://city.example/news/1", None),
    ],
)
def test_a_url_finds_its_portal_by_the_host(root: Path, url: str, slug: str | None) -> None:
    found = portal_at(url, root)
    assert (found and found.slug) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("xx-town", "xx-town"),
        ("https://town.example/", "xx-town"),
        ("http://www.village.example/news", "xx-village"),
        ("https://city.example/", "city-example"),
    ],
)
def test_a_portal_is_meant_by_its_slug_or_a_url(root: Path, name: str, slug: str) -> None:
    assert portal_meant(name, root).slug == slug


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere", "no portal 'nowhere'"),
        ("ftp://x.example/", "not an http"),
        ("town.example", "did you mean 'https://town.example'"),
        ("town.example/news", "did you mean 'https://town.example/news'"),
    ],
)
def test_what_is_no_portal_is_refused(root: Path, name: str, told: str) -> None:
    with pytest.raises(PortalError, match=told):
        portal_meant(name, root)


def test_add_writes_what_it_detects_and_check_tries_it(tmp_path: Path) -> None:
    answers = town()
    with serving(answers) as served:
        answers.update(town(served.url))
        refused = run(tmp_path, "portal", "add", f"{served.url}/")
        added = run(tmp_path, "portal", "add", f"{served.url}/", "--timezone", "Europe/Oslo")
        path = next(tmp_path.rglob("*.toml"))
        slug = slug_of(path, tmp_path)
        again = run(tmp_path, "portal", "add", f"{served.url}/news/")
        checked = run(tmp_path, "portal", "check", slug)
        by_url = run(tmp_path, "portal", "check", f"{served.url}/news/")
        path.write_text(path.read_text(encoding="utf-8") + '\n[select]\nheadline = ".gone"\n', encoding="utf-8")
        drifted = run(tmp_path, "portal", "check", slug)
        answers["/rss"] = Answered(status=500)
        broken = run(tmp_path, "portal", "check", slug)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--timezone" in refused.stderr
    made = load(path, tmp_path)
    assert added.exit_code == 0
    assert f"muniment crawl {slug}" in added.stdout
    assert 'timezone = "Europe/Oslo"' in added.stdout
    assert (made.name, made.language, made.timezone) == ("Town of Example", "en", "Europe/Oslo")
    assert {seed.kind for seed in made.seeds} == {Kind.FEED, Kind.LISTING}
    assert (again.exit_code, "declared already" in again.stderr) == (2, True)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert by_url.stdout == checked.stdout
    assert "3 of 3 pages" in checked.stdout
    assert (drifted.exit_code, "matches on 0 of 3" in drifted.stdout) == (1, True)
    assert (broken.exit_code, "answers 500" in broken.stdout) == (1, True)


def test_add_follows_a_home_page_that_moved_to_a_portal_that_is_known(tmp_path: Path) -> None:
    with serving(town()) as served, serving({"/": moved_to(f"{served.url}/")}) as old:
        declared = run(tmp_path, "portal", "add", f"{served.url}/", "--timezone", "Europe/Oslo")
        again = run(tmp_path, "portal", "add", f"{old.url}/", "--timezone", "Europe/Oslo")
    assert (declared.exit_code, again.exit_code) == (0, 2)
    assert f"leads to {served.url}/, declared already" in again.stderr


def moved_to(url: str) -> Answered:
    return Answered(status=301, headers={"Location": url})


def test_add_reads_the_zone_off_the_text_where_the_page_lies_about_its_language(tmp_path: Path) -> None:
    with SamplePortal(articles=40) as portal:
        vietnamese = Fetcher().get(portal.url).body.decode()
    home = vietnamese.replace('<html lang="vi"', '<html lang="en-us"')
    assert home != vietnamese
    with serving({"/": Answered(body=home.encode(), headers={"Content-Type": "text/html; charset=utf-8"})}) as served:
        added = run(tmp_path, "portal", "add", f"{served.url}/")
    assert 'timezone = "Asia/Ho_Chi_Minh"' in added.stdout


def test_add_writes_nothing_where_there_are_no_articles(tmp_path: Path) -> None:
    with serving({"/": Answered(body=b"<html><body><p>Welcome to the town</p></body></html>")}) as served:
        result = run(tmp_path, "portal", "add", f"{served.url}/")
    assert (result.exit_code, list(tmp_path.iterdir())) == (3, [])


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://mongcai.gov.vn/", "vn/mongcai.toml"),
        ("https://vinh.nghean.gov.vn/trang-chu", "vn/nghean/vinh.toml"),
        ("https://www.oslo.example/", "example/oslo.toml"),
        ("http://127.0.0.1:8765/", "127-0-0-1-8765.toml"),
        ("https://gov.com/", "gov-com.toml"),
    ],
)
def test_a_new_portal_gets_a_place_by_its_host(url: str, path: str) -> None:
    assert file_for(url, Path()) == Path(path)


def test_a_long_seed_hides_no_column(tmp_path: Path) -> None:
    long = f"/news/{'council-meetings-and-decisions-' * 3}"
    answers = town()
    with serving({**answers, long: answers["/news/"]}) as served:
        text = (
            f'name = "T"\nurl = "{served.url}/"\ntimezone = "Europe/Oslo"\n[[seeds]]\nlisting = "{served.url}{long}"\n'
        )
        (tmp_path / "town.toml").write_text(text, encoding="utf-8")
        checked = run(tmp_path, "portal", "check", "town")
    assert checked.exit_code == 0
    assert checked.stdout.splitlines()[0].split() == ["SEED", "WORKS", "ANSWER", "PAGER"]
    assert "".join(line.split(" ")[0] for line in checked.stdout.split("\n\n")[0].splitlines()[1:]) == served.url + long


@pytest.mark.parametrize("pager", [None, "postback", "load-more"])
def test_check_turns_the_page_of_a_listing(tmp_path: Path, pager: str | None) -> None:
    with SamplePortal(articles=60, faults=Faults(pager=pager)) as town:
        seeds = "".join(
            f'\n[[seeds]]\nlisting = "{town.url}vi-vn/{path}"' for path in ("tin-tuc/kinh-te", "gioi-thieu")
        )
        text = f'name = "Town"\nurl = "{town.url}"\ntimezone = "Asia/Ho_Chi_Minh"{seeds}\n'
        (tmp_path / "town.toml").write_text(text, encoding="utf-8")
        checked = run(tmp_path, "portal", "check", "town")
    listing, about = (line for line in checked.stdout.splitlines() if line.startswith(town.url))
    assert listing.split()[1] == "yes" and "4 more" in listing
    assert ("form" in checked.stdout) is (pager == "postback")
    assert about.split()[1] == "no"
    assert checked.exit_code == 1
