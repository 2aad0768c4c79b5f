"""Names behind the icon of a person."""

import pytest

from tests.extract.making import PARAGRAPHS, article

ICONS = {
    "font": "<i class='fa fa-user'></i>",
    "named apart": "<i class='bi bi-person-fill' aria-hidden='true'></i>",
    "letters": "<span class='material-icons'>account_circle</span>",
    "boxed": "<span class='meta-icon'><i class='icon-author icon'></i></span>",
    "file": "<img class='icon' src='/theme/user.png' width='12' alt=''>",
}
DAY = "<i class='fa fa-calendar'></i> 3 June 2024"


def _read(line: str, below: str = "") -> tuple[str, ...]:
    return article(f"<article><h1>Old bridge to be rebuilt</h1>{line}<div>{PARAGRAPHS}</div>{below}</article>").authors


@pytest.mark.parametrize("name", ["Jo Doe", "刘晓燕", "สมศรี ทองดี", "ليلى حداد"])
@pytest.mark.parametrize("icon", ICONS.values(), ids=ICONS)
def test_the_name_behind_the_icon(icon: str, name: str) -> None:
    assert _read(f"<div>{icon} {name} {DAY}</div>") == (name,)
    assert _read(f"<ul><li>{DAY}</li><li>{icon} <a href='/u/4'>{name}</a></li></ul>") == (name,)


@pytest.mark.parametrize(
    "line",
    [
        f"<div>{ICONS['font']} admin {DAY}</div>",
        f"<div>{ICONS['font']} 245 {DAY}</div>",
        f"<div>{DAY} <i class='fa fa-folder'></i> Village Life</div>",
        f"<div class='comments'>{ICONS['font']} Jo Doe</div>",
        "<div class='user'>Old Town</div>",
    ],
)
def test_icons_that_name_nobody(line: str) -> None:
    assert _read(line) == ()


def test_an_icon_above_the_headline_or_behind_the_text_is_none_of_the_article() -> None:
    icon = f"<div>{ICONS['font']} Jo Doe</div>"
    assert article(f"{icon}<article><h1>Old bridge to be rebuilt</h1>{PARAGRAPHS}</article>").authors == ()
    assert _read("", below=icon) == ()
