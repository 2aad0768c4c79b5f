"""Visits as a crawl makes them: our own seed article, other articles, listings and errors."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from crawler.archive import Archive, Stored
from crawler.archive.frontier import Frontier
from crawler.archive.preparing import Prepared
from crawler.duplicates import fingerprint
from crawler.model import Article, Attachment, Capture, Image, Kind, Link, Precision, Timestamp, Visit
from crawler.portal import from_url

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PORTAL = from_url("https://town.example/")
URL = "https://town.example/tin-tuc/dai-hoi-chi-bo"

BODY = (
    "Chi bộ phòng Giáo dục và Đào tạo là chi bộ độc lập trực thuộc Đảng bộ cơ quan chính quyền thành phố gồm 14 đảng "
    "viên, có nhiệm vụ tổ chức lãnh đạo, chỉ đạo các đảng viên thực hiện nhiệm vụ quản lý nhà nước về Giáo dục và Đào "
    "tạo trên địa bàn thành phố. Nhiệm kỳ 2017 – 2020, Chi bộ cơ quan Phòng GD&ĐT đã hoàn thành toàn diện mục tiêu.",
    "Nhiệm kỳ 2020-2022 chi bộ phấn đấu triển khai có hiệu quả việc đổi mới chương trình, sách giáo khoa theo Nghị "
    "quyết 29-NQ/TW của Ban Chấp hành Trung ương Đảng (khóa XI) về đổi mới căn bản, toàn diện giáo dục và đào tạo.",
    "Đồng chí Nguyễn Đông Phong, Trưởng phòng giáo dục, được tín nhiệm tái cử, giữ chức Bí thư Chi bộ.",
)
SEED = Article(
    url=URL,
    portal=PORTAL.slug,
    headline="Đại hội Chi bộ phòng Giáo dục và Đào tạo",
    lead="Chi bộ phòng Giáo dục và Đào tạo TP Móng Cái vừa tổ chức Đại hội nhiệm kỳ 2020- 2022.",
    body=BODY,
    byline="Thu Hằng",
    authors=("Thu Hằng",),
    unit="Trung tâm TTVH",
    published=Timestamp(
        at=datetime(2020, 1, 8, 16, 50, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
        precision=Precision.MINUTE,
        raw="08/01/2020 16:50",
    ),
    tags=("giáo dục",),
    images=(
        Image(url="https://town.example/1.jpg", caption="Bỏ phiếu bầu Ban Chi ủy", position=1),
        Image(url="https://town.example/2.jpg", caption="Đồng chí Dương Thị Huệ chúc mừng Đại hội", position=2),
    ),
    attachments=(Attachment(url="https://town.example/nq.pdf", label="Nghị quyết"),),
    language="vi",
    origins={"headline": "printed"},
)

_offsets = count(0, 1000)


def capture(url: str = URL, *, day: float = 0, status: int = 200, **more: Any) -> Capture:
    """A recorded response, ``day`` days after NOW."""
    offset = next(_offsets)
    given: dict[str, Any] = {
        "url": url,
        "captured_at": NOW + timedelta(days=day),
        "status": status,
        "media_type": "text/html",
        "digest": f"sha256:{offset:064x}",
        "size": 40_000,
        "warc": "town.warc.gz",
        "offset": offset,
        "length": 900,
    }
    return Capture(**given | more)


def failure(url: str = URL, error: str = "connection refused", *, day: float = 0) -> Capture:
    """An exchange that brought no response."""
    return Capture(url=url, captured_at=NOW + timedelta(days=day), status=0, error=error)


def page(article: Article = SEED, *, day: float = 0, links: Iterable[Link] = (), **more: Any) -> Visit:
    """The visit of an article page."""
    shown = more.pop("capture", None) or capture(more.pop("url", article.url), day=day)
    return Visit(capture=shown, kind=Kind.ARTICLE, article=article, links=tuple(links), **more)


def other(kind: Kind = Kind.LISTING, url: str = "https://town.example/tin-tuc", **more: Any) -> Visit:
    """The visit of a page that is no article."""
    links = more.pop("links", ())
    return Visit(capture=more.pop("capture", None) or capture(url, **more), kind=kind, links=tuple(links))


def edited(**changes: Any) -> Article:
    """The seed article, changed."""
    return replace(SEED, **changes)


@dataclass(frozen=True)
class Town:
    """An archive, its one portal and the crawl that is under way."""

    archive: Archive
    portal_id: int
    crawl_id: int

    @property
    def frontier(self) -> Frontier:
        return Frontier(self.archive, self.portal_id)

    def store(self, visit: Visit, *, now: datetime | None = None, prepared: Prepared | None = None) -> Stored:
        """Store a visit as the pipelines do: with its duplicates."""
        if visit.article is not None:
            own = fingerprint(visit.article)
            visit = replace(visit, fingerprint=own, duplicates=self.archive.near(own, visit.article))
        at = now or visit.capture.captured_at
        return self.archive.store(visit, crawl_id=self.crawl_id, portal_id=self.portal_id, now=at, prepared=prepared)

    def rows(self, sql: str, *parameters: object) -> list[dict[str, Any]]:
        return list(self.archive.db.query(sql, list(parameters)))

    def column(self, sql: str, *parameters: object) -> list[Any]:
        return [value for (value,) in self.archive.db.conn.execute(sql, parameters)]

    def sound(self) -> bool:
        """True when SQLite, the index and the foreign keys say so."""
        db = self.archive.db
        for table in {"articles_fts", "captions_fts"} & set(db.table_names()):
            db.conn.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        whole = self.column("PRAGMA integrity_check") == ["ok"]
        return whole and not list(db.conn.execute("PRAGMA foreign_key_check"))
