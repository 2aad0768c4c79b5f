"""Portal files: the cascade, and errors that name file, key and reason."""

from datetime import date
from pathlib import Path

import pytest

from crawler.model import Kind, PortalError
from crawler.portal import files, from_url, load

MINIMAL = 'name = "Town"\nurl = "https://www.town.example/"\ntimezone = "Europe/Berlin"\n'


def write(root: Path, text: str, name: str = "de/town.toml") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_three_keys_suffice(tmp_path: Path) -> None:
    portal = load(write(tmp_path, MINIMAL), tmp_path)
    assert (portal.slug, portal.platform, portal.timezone) == ("de-town", "generic", "Europe/Berlin")
    assert portal.politeness.delay == 1.0
    assert portal.scope.admits("https://town.example/news/1")
    assert not portal.scope.admits("https://town.example/login?next=/")


def test_a_portal_states_only_how_it_differs(tmp_path: Path) -> None:
    text = MINIMAL + (
        '[[seeds]]\nfeed = "https://town.example/rss"\n'
        '[scope]\nhosts = ["files.town.example"]\nexclude = ["/archiv/"]\n'
        '[politeness]\ndelay = 5\ncontact = "archive@library.example"\n'
        '[select]\nheadline = "h1.title"\nbody = [".text", ".more"]\n'
        '[[layouts]]\nuntil = 2020-01-01\n[layouts.select]\nheadline = "p.Title"\n'
    )
    portal = load(write(tmp_path, text), tmp_path)
    assert [(s.url, s.kind) for s in portal.seeds] == [("https://town.example/rss", Kind.FEED)]
    assert (portal.politeness.delay, portal.politeness.timeout) == (5, 60.0)
    assert portal.scope.admits("https://files.town.example/a.pdf")
    assert not portal.scope.admits("https://town.example/archiv/1")
    assert not portal.scope.admits("https://town.example/dang-nhap")
    assert portal.selectors("headline") == ("h1.title",)
    assert portal.selectors("headline", date(2019, 5, 1)) == ("p.Title",)
    assert portal.selectors("headline", date(2020, 1, 1)) == ("h1.title",)
    assert portal.selectors("byline") == ()


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ('name = "T"\nurl = "https://t.example/"\n', "timezone", "missing"),
        (MINIMAL.replace("timezone", "timezon"), "timezon", "did you mean 'timezone'"),
        (MINIMAL.replace("Europe/Berlin", "Berlin"), "timezone", "no IANA zone"),
        (MINIMAL.replace("https://", ""), "url", "not an absolute http(s) URL"),
        (MINIMAL + 'platform = "wordpres"\n', "platform", "no platform"),
        (MINIMAL + 'language = ["de"]\n', "language", "is not a string"),
        (MINIMAL + 'language = "xyz"\n', "language", "'xyz' is no language tag"),
        (MINIMAL + 'language = "German"\n', "language", "no language tag of two letters"),
        (MINIMAL + '[[seeds]]\nrss = "https://t.example/"\n', "seeds[0]", "one key of"),
        (MINIMAL + '[[seeds]]\nfeed = "/rss"\n', "seeds[0].feed", "not an absolute"),
        (MINIMAL + '[scope]\nexclude = ["("]\n', "scope.exclude", "not a regular expression"),
        (MINIMAL + "[scope]\nhosts = [1]\n", "scope.hosts", "list of strings"),
        (MINIMAL + '[scope]\nhosts = ["https://media.t.example/"]\n', "scope.hosts", "is no host"),
        (MINIMAL + '[select]\nheadline = ["h1", "h1["]\n', "select.headline", "'h1[' is no CSS selector"),
        (MINIMAL + '[select]\nbyline = "p::text"\n', "select.byline", "no CSS selector"),
        (MINIMAL + '[select]\nheadlin = "h1"\n', "select.headlin", "did you mean 'headline'"),
        (MINIMAL + '[[layouts]]\n[layouts.select]\nheadline = "h1"\n', "layouts[0].until", "missing"),
        (MINIMAL + "[politeness]\ndelay = -1\n", "politeness.delay", "no number of seconds"),
        (MINIMAL + "[politeness]\ntimeout = nan\n", "politeness.timeout", "no number of seconds"),
        (MINIMAL + "[politeness]\ndelay = true\n", "politeness.delay", "not a number"),
        ("name = ", "", "not TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_reason(tmp_path: Path, text: str, key: str, reason: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PortalError) as error:
        load(path, tmp_path)
    message = str(error.value)
    assert message.startswith(f"{path}: {key}")
    assert reason in message
    assert "\n" not in message


def test_a_path_that_makes_no_slug_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="lower-case"):
        load(write(tmp_path, MINIMAL, "Móng Cái.toml"), tmp_path)


def test_the_declared_portals_load() -> None:
    slugs = [load(path).slug for path in files()]
    assert "vn-quang-ninh-mong-cai" in slugs


@pytest.mark.parametrize(
    ("url", "admitted"),
    [
        ("https://town.example/tin/a", True),
        ("http://www.town.example/tin/a", True),
        ("https://other.example/", False),
        ("ftp://town.example/", False),
        ("mailto:a@town.example", False),
        ("https://town.example/" + "a" * 3000, False),
        ("https://town.example/en/vi/en/vi/en", False),
        ("https://town.example/list/en/vi/en/vi/en/vi", False),
        ("https://town.example/a/b/c/d/e", True),
        ("https://town.example/2020/01/08/tin", True),
        ("https://[broken", False),
    ],
)
def test_scope(url: str, admitted: bool) -> None:
    assert from_url("https://town.example/").scope.admits(url) is admitted


@pytest.mark.parametrize(
    "text",
    ["town", "ftp://town.example/", "https://", "", "http://[::1", "http://town.example:99999/", "http://my town/"],
)
def test_what_is_no_url_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="not an http"):
        from_url(text)
    path = tmp_path / "town.toml"
    path.write_text(f'name = "Town"\nurl = "{text}"\ntimezone = "Europe/Oslo"\n', encoding="utf-8")
    with pytest.raises(PortalError, match=f"{path}: url: "):
        load(path, tmp_path)


@pytest.mark.parametrize("url", ["http://[::1]:8765/", "https://bürger.example/", "HTTPS://a_b.town.example:443"])
def test_urls_of_every_form_are_taken(url: str) -> None:
    assert from_url(url).scope.admits(f"{url.lower()}/news")


def test_a_host_in_another_script_is_the_same_on_the_wire() -> None:
    town = from_url("https://администрация.рф/")
    assert town.slug == "xn-80aalqabyj2ajl4c8g-xn-p1ai"
    assert town.scope.admits("https://xn--80aalqabyj2ajl4c8g.xn--p1ai/news")
