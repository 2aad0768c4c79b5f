"""The declared portals as the command shows them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import main
from crawler.cli.portals import portal_admitting, portal_called
from crawler.model import PortalError

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
    assert "xx-town" in result.stdout
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
        ("https://town.example/intranet/1", None),
        ("https://city.example/news/1", None),
    ],
)
def test_a_url_finds_the_portal_that_admits_it(root: Path, url: str, slug: str | None) -> None:
    found = portal_admitting(url, root)
    assert (found and found.slug) == slug
