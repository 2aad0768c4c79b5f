"""Captures: a row for every exchange that was recorded, and for every one that failed."""

from sqlite_utils import Database

from crawler.archive.rows import insert, moment, row, rows, stamp, value
from crawler.model import Capture
from crawler.robots import DISALLOWED, Dated


def never_sent(capture: Capture) -> bool:
    """True when there was no exchange at all, and nothing that could be recorded."""
    return capture.status == 0 and (capture.error or "").startswith(DISALLOWED)


def record(db: Database, capture: Capture, *, crawl_id: int | None, portal_id: int) -> tuple[int, bool]:
    """(id of the capture's row, whether it is new). The same record or failure gives the same row."""
    earlier = known(db, capture)
    if earlier is not None:
        return earlier, False
    return insert(db, "captures", {"crawl_id": crawl_id, "portal_id": portal_id} | columns(capture)), True


def earlier_payload(db: Database, url: str) -> Capture | None:
    """The capture whose record holds the latest payload of ``url``, for a revisit record to refer to.

    A payload that came again was recorded without its bytes, so the first capture of it is the one that has them.
    """
    found = row(
        db,
        "SELECT * FROM captures WHERE url = :url AND status = 200 AND warc IS NOT NULL AND digest ="
        " (SELECT digest FROM captures WHERE url = :url AND status = 200 AND warc IS NOT NULL AND digest IS NOT NULL"
        " ORDER BY captured_at DESC LIMIT 1) ORDER BY captured_at LIMIT 1",
        {"url": url},
    )
    if found is None:
        return None
    return Capture(
        url=url,
        captured_at=moment(found["captured_at"]),
        status=found["status"],
        media_type=found["media_type"],
        digest=found["digest"],
        size=found["bytes"],
        warc=found["warc"],
        offset=found["offset"],
        length=found["length"],
        source=found["source"],
    )


def keep_robots(db: Database, capture_id: int, portal_id: int, capture: Capture, text: str) -> bool:
    """Date a robots.txt: a new row when it differs from the last one, else the last one was seen again.

    True when it is another one than the last.
    """
    at = stamp(capture.captured_at)
    last = row(
        db,
        "SELECT id, status, text FROM robots WHERE portal_id = ? AND url = ? ORDER BY fetched_at DESC, id DESC LIMIT 1",
        (portal_id, capture.url),
    )
    if last and (last["status"], last["text"]) == (capture.status, text):
        db.conn.execute("UPDATE robots SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", (at, last["id"]))
        return False
    values = {"portal_id": portal_id, "url": capture.url, "fetched_at": at, "last_seen_at": at}
    insert(
        db,
        "robots",
        values | {"status": capture.status, "digest": capture.digest, "capture_id": capture_id, "text": text},
    )
    return last is not None


def robots_of(db: Database, portal_id: int, url: str) -> tuple[Dated, ...]:
    """Every answer to a request for that robots.txt, oldest first."""
    found = rows(
        db,
        "SELECT status, text, fetched_at, last_seen_at FROM robots WHERE portal_id = ? AND url = ?"
        " ORDER BY fetched_at, id",
        (portal_id, url),
    )
    return tuple(
        Dated(
            status=each["status"],
            text=each["text"] or "",
            first_at=moment(each["fetched_at"]),
            last_at=moment(each["last_seen_at"]),
        )
        for each in found
    )


def known(db: Database, capture: Capture) -> int | None:
    """The row that a capture has already."""
    found: int | None
    if capture.warc is not None:
        place = (capture.warc, capture.offset)
        found = value(db, 'SELECT id FROM captures WHERE warc = ? AND "offset" = ?', place)
    else:
        at = (capture.url, stamp(capture.captured_at))
        found = value(db, "SELECT id FROM captures WHERE url = ? AND captured_at = ? AND warc IS NULL", at)
    return found


def columns(capture: Capture) -> dict[str, object]:
    """The row of an exchange, without its id, crawl and portal."""
    return {
        "url": capture.url,
        "requested_url": capture.requested_url if capture.requested_url != capture.url else None,
        "captured_at": stamp(capture.captured_at),
        "status": capture.status,
        "media_type": capture.media_type,
        "bytes": capture.size,
        "digest": capture.digest,
        "warc": capture.warc,
        "offset": capture.offset,
        "length": capture.length,
        "source": capture.source,
        "error": capture.error,
    }


def of_redirect(db: Database, came: Capture, crawl_id: int | None) -> int | None:
    """The capture by which the same crawl was led from the URL it asked for to the one that came."""
    sql = (
        "SELECT id FROM captures WHERE url = ? AND captured_at <= ? AND crawl_id IS ? AND status BETWEEN 300 AND 399"
        " AND status <> 304 ORDER BY captured_at DESC, id DESC LIMIT 1"
    )
    found: int | None = value(db, sql, (requested(came), stamp(came.captured_at), crawl_id))
    return found


def requested(capture: Capture) -> str:
    """The URL the frontier asked for."""
    return capture.requested_url or capture.url
