"""The seed article, word for word, in every markup that portals print such an article in."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.model import Article, Precision
from crawler.page import Page
from crawler.portal import from_table
from crawler.text import squash
from tests.gold import HERE, framed

SEED = HERE / "seed"
URL = "https://mongcai.gov.vn/vi-vn/tin/dai-hoi-chi-bo-phong-giao-duc-va-dao-tao-p16129-c76190-n249699"
PHOTO = "https://mongcai.gov.vn/caches/editor/a60/{}.JPG"
LINES = [line for line in (SEED / "article.txt").read_text(encoding="utf-8").splitlines() if squash(line)]
NAMES = (
    *("headline", "date", "lead", "caption1", "caption2", "caption3", "caption4", "caption5a", "caption5b"),
    *("body1", "body2", "body3", "byline", "unit"),
)
PARTS = dict(
    zip(NAMES, LINES, strict=False),
    url=URL,
    self_link=f'<li><a href="{URL}">Đại hội Chi bộ phòng Giáo dục và Đào tạo</a> <span>(08/01/2020)</span></li>',
)
CAPTIONS = (
    "Các Đại biểu dự Đại hội điểm- Đại hội Chi bộ Phòng Giáo dục đào tạo",
    "Đồng chí Nguyễn Đông Phong, Trưởng phòng, Bí thư Chi bộ trình bày báo cáo chính trị",
    "Bỏ phiếu bầu Ban Chi ủy",
    "Biểu quyết các chỉ tiêu nhiệm kỳ tới",
    "Đồng chí Dương Thị Huệ, Phó Chủ tịch HĐND TP Móng Cái, "
    "Bí thư Đảng ủy CQCQ chúc mừng Đại hội điểm thành công tốt đẹp",
)
MARKUPS = sorted(path.stem for path in SEED.glob("*.html"))
FRAMES = ("bare", "vn-portal")


@cache
def article(markup: str, frame: str) -> Article:
    html = framed((SEED / f"{markup}.html").read_text(encoding="utf-8"), frame, PARTS)
    portal = from_table({"name": "Móng Cái", "url": URL, "timezone": "Asia/Ho_Chi_Minh"}, Path("t.toml"), "mong-cai")
    return extract(Page(url=URL, body=html.encode(), captured_at=datetime(2024, 10, 23, 4, 20, tzinfo=UTC)), portal)


everywhere = [pytest.param(markup, frame, id=f"{markup}-{frame}") for markup in MARKUPS for frame in FRAMES]
in_every_markup = pytest.mark.parametrize(("markup", "frame"), everywhere)


def test_there_are_enough_markups() -> None:
    assert len(MARKUPS) >= 8


@in_every_markup
def test_headline(markup: str, frame: str) -> None:
    assert article(markup, frame).headline == "Đại hội Chi bộ phòng Giáo dục và Đào tạo"


@in_every_markup
def test_published(markup: str, frame: str) -> None:
    published = article(markup, frame).published
    assert published is not None
    assert (published.isoformat(), published.precision) == ("2020-01-08T16:50+07:00", Precision.MINUTE)
    assert "08/01/2020 16:50" in published.raw


@in_every_markup
def test_lead(markup: str, frame: str) -> None:
    assert article(markup, frame).lead == squash(PARTS["lead"])


@in_every_markup
def test_body(markup: str, frame: str) -> None:
    assert article(markup, frame).body == tuple(squash(PARTS[name]) for name in ("body1", "body2", "body3"))


@in_every_markup
def test_byline(markup: str, frame: str) -> None:
    read = article(markup, frame)
    assert (read.byline, read.authors, read.unit) == ("Thu Hằng", ("Thu Hằng",), "Trung tâm TTVH")


@in_every_markup
def test_images_and_captions(markup: str, frame: str) -> None:
    expected = [(PHOTO.format(i), caption) for i, caption in enumerate(CAPTIONS, 1)]
    if markup == "two-images-one-caption":
        expected.append((PHOTO.format(6), CAPTIONS[-1]))
    assert [(image.url, image.caption) for image in article(markup, frame).images] == expected


@in_every_markup
def test_image_positions(markup: str, frame: str) -> None:
    before = 3 if markup == "photos-after-text" else 0
    assert {image.position for image in article(markup, frame).images} == {before}


@in_every_markup
def test_no_chrome(markup: str, frame: str) -> None:
    assert "Loading" not in repr(article(markup, frame))
    assert article(markup, frame).attachments == ()
