"""Platforms are data: each is recognised, its patterns compile, and a wrong file is refused by name."""

from pathlib import Path

import pytest

from crawler.discover import discover, platform, starts
from crawler.discover.platforms import marks
from crawler.model import Kind, PortalError
from crawler.page import Page
from crawler.portal import from_table, from_url, platforms

RECOGNISED = {
    "wordpress": '<meta name="generator" content="WordPress 6.9"><img src="/wp-content/uploads/a.png">',
    "drupal": '<meta name="Generator" content="Drupal 10"><img src="/sites/default/files/a.png">',
    "typo3": '<meta name="generator" content="TYPO3 CMS"><img src="/typo3temp/assets/a.png">',
    "liferay": '<div class="portlet-boundary"></div><a href="/x?p_p_id=101">2</a>',
    "sharepoint-vn": '<meta name="GENERATOR" content="Microsoft SharePoint"><img src="/_layouts/a.gif">',
    "nukeviet": '<meta name="generator" content="NukeViet v4.5"><script>var nv_base_siteurl="/";</script>',
    "vnpt": '<a href="/vi-vn/tin/dai-hoi-p16129-c76190-n249699">Đại hội</a>',
    "civicplus": '<a href="/CivicAlerts.aspx?AID=3">News</a><span class="cpBylineTextTS">CivicPlus</span>',
    "granicus": '<a href="/Home/Components/News/News/42/17">News</a><a>Powered by Granicus</a>',
    "plone": '<meta name="generator" content="Plone - https://plone.org"><img src="/++resource++x.png">',
    "joomla": '<meta name="generator" content="Joomla! - Open Source"><script src="/media/system/js/core.js"></script>',
    "dotnetnuke": '<form action="/Default.aspx"><img src="/Portals/0/a.gif"><p id="dnn_ctr402_Content">',
    "webforms": '<input name="__VIEWSTATE" value="x"><a href="javascript:__doPostBack(1)">2</a>',
    "generic": "<p>Town</p>",
}


@pytest.mark.parametrize("name", RECOGNISED)
def test_each_platform_is_recognised(name: str) -> None:
    html = f"<html><head>{RECOGNISED[name]}</head><body></body></html>"
    assert platform(Page(url="https://town.example/", body=html.encode())) == name


def test_every_platform_says_what_it_was_verified_with_and_can_be_recognised() -> None:
    assert set(platforms()) == set(RECOGNISED)
    assert {m.name for m in marks()} == set(RECOGNISED) - {"generic"}
    assert all(table["verified"] for table in platforms().values())


@pytest.mark.parametrize("name", RECOGNISED)
def test_a_portal_of_each_platform_can_be_declared(name: str) -> None:
    table = {"name": "x", "url": "https://town.example/", "timezone": "Asia/Ho_Chi_Minh", "platform": name}
    portal = from_table(table, Path("x.toml"), "x")
    assert portal.seeds == ()
    assert portal.scope.admits("https://town.example/tin-tuc/dai-hoi")
    assert not portal.scope.admits("https://town.example/login")
    assert starts(portal)[0].url == "https://town.example/"


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("vnpt", "https://town.example/vi-vn/tin/dai-hoi-p16129-c76190-n249699", Kind.ARTICLE),
        ("civicplus", "https://town.example/CivicAlerts.aspx?AID=277", Kind.ARTICLE),
        ("civicplus", "https://town.example/m/newsflash/Home/Detail/277", Kind.ARTICLE),
        ("civicplus", "https://town.example/m/newsflash?cat=7", Kind.LISTING),
        ("civicplus", "https://town.example/m/newsflash/Archive/Item/7?arcId=9", Kind.ARTICLE),
        ("civicplus", "https://town.example/civicalerts.aspx?ARC=L&What=1&CC=0", Kind.LISTING),
        ("liferay", "https://town.example/tin/-/view_content/4418033-khong-dung-tien-mat", Kind.ARTICLE),
        ("liferay", "https://town.example/tin?p_p_id=101&_101_cur=17", Kind.LISTING),
        ("typo3", "https://town.example/?tx_news_pi1%5BcurrentPage%5D=2&cHash=1", Kind.LISTING),
        ("sharepoint-vn", "https://town.example/vn/Pages/chitiettin.aspx?ChuyenmucID=1&IDNews=2", Kind.ARTICLE),
        ("nukeviet", "https://town.example/news/kinh-te/cho-moi-123.html", Kind.ARTICLE),
        ("nukeviet", "https://town.example/news/kinh-te/page-2/", Kind.LISTING),
        ("wordpress", "https://town.example/category/news/page/2/", Kind.LISTING),
        ("plone", "https://town.example/noticias?b_start:int=30", Kind.LISTING),
        ("granicus", "https://town.example/Home/Components/News/News/42/17", Kind.ARTICLE),
        ("joomla", "https://town.example/index.php?option=com_content&view=article&id=3", Kind.ARTICLE),
        ("dotnetnuke", "https://town.example/News/ArticleID/42", Kind.ARTICLE),
        ("drupal", "https://town.example/taxonomy/term/7?page=1", Kind.LISTING),
        ("webforms", "https://town.example/PressReleasePage.aspx?PRID=9", Kind.ARTICLE),
    ],
)
def test_urls_tell_the_kind(name: str, url: str, kind: Kind) -> None:
    table = {"name": "x", "url": "https://town.example/", "timezone": "UTC", "platform": name}
    portal = from_table(table, Path("x.toml"), "x")
    assert portal.scope.refusal(url) is None
    assert [k for k, patterns in portal.kinds.items() if any(p.search(url) for p in patterns)][:1] == [kind]


def test_an_undeclared_home_page_brings_the_places_of_the_platform_it_shows() -> None:
    html = f"<html><head>{RECOGNISED['civicplus']}</head><body></body></html>"
    page = Page(url="https://town.example/", body=html.encode(), media_type="text/html")
    urls = {link.url: link.kind for link in discover(page, from_url("https://town.example/")).links}
    assert urls["https://town.example/m/newsflash"] is Kind.LISTING
    assert urls["https://town.example/RSSFeed.aspx?ModID=1&CID=All-newsflash.xml"] is Kind.FEED


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[detect]\nurl = ['x']", "verified: missing"),
        ("verified = 'a'\nseed = []", "seed: unknown key; did you mean 'seeds'?"),
        ("verified = 'a'\n[detect]\ncookie = ['x']", "detect.cookie: unknown key"),
        ("verified = 'a'\n[detect]\nurl = ['(']", "detect.url: not a regular expression"),
        ("verified = 'a'\n[[seeds]]\npage = '/'", "seeds[0]: "),
        ("verified = ", "not TOML"),
    ],
)
def test_a_wrong_platform_file_is_refused_with_file_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(PortalError, match=r"own\.toml") as refused:
        platforms(tmp_path)
    assert complaint in str(refused.value)


def test_a_wrong_kind_pattern_of_a_portal_is_refused() -> None:
    table = {"name": "x", "url": "https://town.example/", "timezone": "UTC", "kinds": {"article": ["["]}}
    with pytest.raises(PortalError, match=r"x.toml: kinds\.article: not a regular expression"):
        from_table(table, Path("x.toml"), "x")
