"""What the crawl tests share: the real command in a process of its own, against the sample portal on loopback."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator

from crawler.model import Article

ROOT = Path(__file__).parent.parent
PARTS = ("crawler", "spiders", "pipelines", "scrapy.cfg")
SAID = "headline, lead, body, captions, byline, unit, section, language, published_at, published_precision, verdict"


def command(*arguments: str) -> list[str]:
    """The command line of `muniment` as this environment runs it."""
    return [sys.executable, "-m", "crawler.cli", *arguments]


def environment(source: Path = ROOT, **more: str) -> dict[str, str]:
    """The environment of a child that runs the software from ``source``."""
    return os.environ | {"PYTHONPATH": str(source)} | more


def muniment(
    *arguments: str, cwd: Path, source: Path = ROOT, timeout: float = 120, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run `muniment` to its end; ``more`` are environment variables."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(source, **more),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def checkout(folder: Path) -> Path:
    """A copy of the software in ``folder``, into whose ``spiders`` a test can declare portals."""
    for name in PARTS:
        part = ROOT / name
        if part.is_dir():
            shutil.copytree(part, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(part, folder / name)
    return folder


def bare_checkout(folder: Path) -> Path:
    """The same with no portal declared."""
    checkout(folder)
    for path in (folder / "spiders").rglob("*.toml"):
        path.unlink()
    return folder


def declare(source: Path, slug: str, url: str, *, include: tuple[str, ...] = (), more: str = "") -> None:
    """Declare a portal of this machine, asked without pause; ``include`` are its scope's patterns."""
    text = (
        f'name = "{slug}"\nurl = "{url}"\ntimezone = "Asia/Ho_Chi_Minh"\n{more}\n'
        f"[scope]\ninclude = {list(include)!r}\n[politeness]\ndelay = 0.0\n"
    )
    (source / "spiders" / f"{slug}.toml").write_text(text, encoding="utf-8")


def rows(archive: Path, sql: str) -> list[dict[str, Any]]:
    """The rows of a query on an archive."""
    db = Database(str(archive))
    try:
        return list(db.query(sql))
    finally:
        db.close()


def column(archive: Path, sql: str) -> list[Any]:
    """The first column of a query on an archive."""
    return [next(iter(row.values())) for row in rows(archive, sql)]


def said(archive: Path) -> list[dict[str, Any]]:
    """What every article and version says: the part of an archive that must not depend on how it was crawled."""
    return (
        rows(archive, f"SELECT url, versions, {SAID} FROM articles ORDER BY url")
        + rows(
            archive,
            "SELECT a.url, number, made_by, v.fingerprint FROM versions AS v JOIN articles AS a ON a.id = article_id"
            " ORDER BY a.url, number",
        )
        + rows(
            archive,
            "SELECT a.url AS page, i.number, i.url, i.caption, i.credit, i.capture_id IS NOT NULL AS kept"
            " FROM images AS i JOIN articles AS a ON a.id = article_id ORDER BY a.url, i.number",
        )
        + rows(
            archive,
            "SELECT a.url AS page, f.number, f.url, f.label, f.capture_id IS NOT NULL AS kept"
            " FROM attachments AS f JOIN articles AS a ON a.id = article_id ORDER BY a.url, f.number",
        )
    )


def expected(article: Article) -> dict[str, Any]:
    """What the archive must say of an article, by field."""
    return {
        "headline": article.headline,
        "lead": article.lead,
        "body": "\n\n".join(article.body),
        "byline": article.byline,
        "authors": list(article.authors),
        "unit": article.unit,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "section": article.section,
        "language": article.language,
        "images": [(image.url, image.caption, image.credit) for image in article.images],
        "attachments": [(file.url, file.label) for file in article.attachments],
    }


def archived(archive: Path) -> Mapping[str, dict[str, Any]]:
    """What the archive says of every article, by URL and field."""
    found = {
        row["url"]: row | {"authors": [], "images": [], "attachments": []}
        for row in rows(
            archive,
            "SELECT url, headline, lead, coalesce(body, '') AS body, byline, unit, source, published_at AS published,"
            " updated_at AS updated, section, language FROM articles",
        )
    }
    for field, sql in (
        ("authors", "p.name FROM bylines AS t JOIN people AS p ON p.id = person_id AND role = 'author'"),
        ("images", "t.url AS there, caption, credit FROM images AS t"),
        ("attachments", "t.url AS there, label FROM attachments AS t"),
    ):
        order = "position" if field == "authors" else "number"
        for row in rows(
            archive, f"SELECT a.url AS page, {sql} JOIN articles AS a ON a.id = t.article_id ORDER BY t.{order}"
        ):
            page, *values = row.values()
            found[page][field].append(values[0] if field == "authors" else tuple(values))
    return {url: {name: value for name, value in row.items() if name != "url"} for url, row in found.items()}


def warcs(archive: Path) -> list[Path]:
    """The WARC files of an archive, finished or not."""
    return sorted(path for path in archive.with_suffix(".warc").iterdir() if ".warc.gz" in path.name)


def check_warcs(archive: Path) -> None:
    """`warcio check` accepts every file, and none is left open."""
    files = warcs(archive)
    assert files
    assert [f.name for f in files if not f.name.endswith(".warc.gz")] == []
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *map(str, files)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def headers(archive: Path) -> list[dict[str, str]]:
    """The WARC headers of every record, with its ``file``, ``offset`` and HTTP ``status``, as warcio reads them."""
    found = []
    for path in warcs(archive):
        with path.open("rb") as file:
            records = ArchiveIterator(file)
            for record in records:
                place = {"file": path.name, "offset": str(records.get_record_offset())}
                answered = record.rec_type in ("response", "revisit")
                status = {"status": record.http_headers.get_statuscode()} if answered else {}
                found.append(dict(record.rec_headers.headers) | place | status)
    return found


def exchanges(archive: Path) -> list[tuple[str, int, str, int]]:
    """(file name, offset, URL, status) of every response and revisit record."""
    return [
        (
            record["file"],
            int(record["offset"]),
            record.get("Muniment-URL", record["WARC-Target-URI"]),
            int(record["status"]),
        )
        for record in headers(archive)
        if "status" in record
    ]


def check_captures(archive: Path) -> None:
    """Every response record has its row, and every row its record."""
    recorded = sorted(exchanges(archive))
    entered = rows(archive, 'SELECT warc, "offset", url, status FROM captures WHERE warc IS NOT NULL')
    assert recorded == sorted(tuple(row.values()) for row in entered)


def check_clear(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The command ended with ``code`` and said ``words``; nothing it said is a traceback."""
    output = done.stdout + done.stderr
    assert done.returncode == code, output
    assert "Traceback" not in output
    assert [word for word in words if word not in output] == [], output
