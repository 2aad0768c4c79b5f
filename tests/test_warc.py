"""WARC files are judged by warcio, the field's own library, and by its `warcio check`."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.model import ArchiveError
from crawler.warc import Exchange, WarcFolder, captures, digest, recover

AT = datetime(2020, 1, 8, 9, 50, 1, 250000, tzinfo=UTC)
INFO = {"software": "muniment/test", "format": "WARC File Format 1.1"}


def exchange(number: int = 0, **changes: object) -> Exchange:
    fields: dict[str, object] = {
        "url": f"http://127.0.0.1/tin/b%C3%A0i?n={number}&b=%20",
        "method": "GET",
        "request_headers": (("Host", "127.0.0.1"), ("User-Agent", "muniment")),
        "request_body": b"",
        "captured_at": AT,
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
        "payload": b"<html>" + bytes([number % 256]) * 5000,
        "ip": "127.0.0.1",
    }
    return Exchange(**(fields | changes))  # type: ignore[arg-type]


def folder(path: Path, **options: int) -> WarcFolder:
    return WarcFolder(path, prefix="town", info=INFO, **options)


def records(path: Path) -> list[tuple[str, str | None, bytes]]:
    with path.open("rb") as file:
        return [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.raw_stream.read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]


def check(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True, check=False
    )


def test_every_exchange_is_a_response_and_a_request_record_that_warcio_accepts(tmp_path: Path) -> None:
    with folder(tmp_path) as out:
        places = [out.write(exchange(n)) for n in range(3)]
    (path,) = tmp_path.iterdir()
    assert [r[0] for r in records(path)] == ["warcinfo", *["response", "request"] * 3]
    assert {p.warc for p in places} == {path.name}
    assert check(path).returncode == 0, check(path).stdout


def test_a_place_points_at_its_record(tmp_path: Path) -> None:
    with folder(tmp_path) as out:
        places = [out.write(exchange(n)) for n in range(3)]
    (path,) = tmp_path.iterdir()
    for number, place in enumerate(places):
        with path.open("rb") as file:
            file.seek(place.offset)
            record = next(iter(ArchiveIterator(file)))
            assert record.rec_headers.get_header("WARC-Target-URI").endswith(f"n={number}&b=%20")
            assert record.http_headers.headers.count(("Set-Cookie", "b=2")) == 1
    found = list(captures(path))
    assert [(c.offset, c.length) for c in found] == [(p.offset, p.length) for p in places]
    assert found[1].digest == digest(exchange(1).payload)
    assert found[1].captured_at == AT
    assert [c.offset for c in captures(path, since=places[1].offset)] == [p.offset for p in places[1:]]


def test_files_are_bounded_in_size(tmp_path: Path) -> None:
    with folder(tmp_path, max_file=1) as out:
        names = {out.write(exchange(n)).warc for n in range(3)}
    assert len(names) == 3
    assert names == {p.name for p in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("changes", "profile"),
    [
        ({"status": 304, "payload": b"", "refers_to": ("http://127.0.0.1/", AT)}, "server-not-modified"),
        ({"status": 304, "payload": b""}, "server-not-modified"),
        ({"refers_to": ("http://127.0.0.1/a", AT)}, "identical-payload-digest"),
    ],
)
def test_the_same_payload_again_is_a_revisit_record(tmp_path: Path, changes: dict[str, object], profile: str) -> None:
    with folder(tmp_path) as out:
        out.write(exchange(**changes))
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        revisit = list(ArchiveIterator(file))[1]
    assert revisit.rec_type == "revisit"
    assert revisit.rec_headers.get_header("WARC-Profile").endswith(profile)
    assert check(path).returncode == 0


def test_a_truncated_payload_says_so(tmp_path: Path) -> None:
    with folder(tmp_path) as out:
        out.write(exchange(truncated="disconnect"))
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        assert list(ArchiveIterator(file))[1].rec_headers.get_header("WARC-Truncated") == "disconnect"
    assert [capture.error for capture in captures(path)] == ["truncated: disconnect"]


@pytest.mark.parametrize("lost", [1, 10, 200])
def test_a_torn_tail_is_cut_at_the_last_whole_record(tmp_path: Path, lost: int) -> None:
    out = folder(tmp_path)
    for n in range(3):
        out.write(exchange(n))
    (path,) = tmp_path.iterdir()
    torn = path.read_bytes()[:-lost]
    out.close()
    for finished in tmp_path.iterdir():
        finished.unlink()
    (tmp_path / "town-20200108095001-00001-9.warc.gz.open").write_bytes(torn)
    (mended,) = recover(tmp_path, "town")
    assert mended.path == tmp_path / "town-20200108095001-00001-9.warc.gz"
    assert 0 < mended.cut <= len(torn)
    assert check(mended.path).returncode == 0
    assert [r[0] for r in records(mended.path)][:3] == ["warcinfo", "response", "request"]
    assert list(recover(tmp_path, "town")) == []


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    with folder(tmp_path) as out:
        out.write(exchange())
        assert list(recover(tmp_path, "town")) == []
        out.write(exchange(1))
    (path,) = tmp_path.iterdir()
    assert len(records(path)) == 5


def test_an_unwritable_folder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("a file where the folder should be")
    with pytest.raises(ArchiveError, match="WARC files cannot be written"):
        folder(tmp_path / "warc").write(exchange())


def test_a_full_disk_takes_nothing_back_that_was_stored(tmp_path: Path) -> None:
    """A real write error: the process may not write files beyond a limit."""
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from crawler.model import ArchiveError
from tests.test_warc import exchange, folder
import random
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
out = folder(Path({str(tmp_path)!r}))
out.write(exchange())
try:
    out.write(exchange(1, payload=random.Random(1).randbytes(200_000)))
except ArchiveError as wrong:
    print(wrong)
out.close()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "WARC files cannot be written: File too large" in done.stdout
    (path,) = tmp_path.iterdir()
    assert check(path).returncode == 0
    assert len(records(path)) == 3
