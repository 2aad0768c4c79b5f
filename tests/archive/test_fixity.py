"""The evidence is compared with its rows: nothing to tell of sound files, the file and byte of what was altered."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.archive.fixity import damages, sampled
from crawler.warc import Exchange, WarcFolder, captures
from tests.archive.visits import NOW, PORTAL


@dataclass(frozen=True)
class Kept:
    """An archive with three captures in one WARC file."""

    archive: Archive
    folder: Path

    @property
    def file(self) -> Path:
        (path,) = self.folder.glob("*.warc.gz")
        return path

    def told(self) -> list[str]:
        return [finding.what for finding in damages(self.archive, self.folder)]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    folder = tmp_path / "archive.warc"
    with WarcFolder(folder, prefix="town", info={}) as warc:
        for n in range(3):
            warc.write(
                Exchange(
                    url=f"https://town.example/{n}",
                    method="GET",
                    request_headers=(),
                    request_body=b"",
                    captured_at=NOW,
                    status=200,
                    headers=(("Content-Type", "text/html"),),
                    payload=f"<p>Tin số {n}</p>".encode() * 50,
                    protocol="HTTP/1.1",
                    ip=None,
                    truncated=None,
                    refers_to=None,
                )
            )
    with Archive.open(tmp_path / "archive.db") as archive:
        portal_id = archive.portal(PORTAL, NOW)
        for path in folder.glob("*.warc.gz"):
            archive.reconcile(captures(path), crawl_id=None, portal_id=portal_id)
        yield Kept(archive, folder)


def test_sound_evidence_has_nothing_to_tell(kept: Kept) -> None:
    assert kept.archive.db["captures"].count == 3
    assert kept.told() == []


def test_a_record_that_was_altered_is_named(kept: Kept) -> None:
    kept.archive.db.execute("UPDATE captures SET digest = 'sha256:0' WHERE id = 2")
    (told,) = kept.told()
    assert "was altered: https://town.example/1" in told and kept.file.name in told


def test_a_damaged_file_tells_from_where_it_cannot_be_read(kept: Kept) -> None:
    offsets = [offset for (offset,) in kept.archive.db.execute('SELECT "offset" FROM captures ORDER BY id')]
    data = bytearray(kept.file.read_bytes())
    data[offsets[1] + 30] ^= 0xFF
    kept.file.write_bytes(bytes(data))
    told = kept.told()
    assert any(f"records cannot be read, the first at byte {offsets[1]}" in line for line in told)
    # A terminal gets words, never the bytes of the record.
    assert all(line.isascii() and line.isprintable() for line in told)


def test_a_file_cut_short_and_a_missing_one_are_told(kept: Kept) -> None:
    data = kept.file.read_bytes()
    kept.file.write_bytes(data[: len(data) - 40])
    assert kept.told() != []
    name = kept.file.name
    kept.file.unlink()
    assert kept.told() == [f"{kept.folder / name}: missing, with 3 captures; bring the file back"]


def test_a_sample_reads_only_so_many_records_and_finds_the_same_troubles(kept: Kept) -> None:
    assert list(sampled(kept.archive, kept.folder, 3)) == []
    kept.archive.db.execute("UPDATE captures SET digest = 'sha256:0'")
    told = [finding.what for finding in sampled(kept.archive, kept.folder, 2)]
    assert len(told) == 2 and all("was altered: https://town.example/" in what for what in told)
    kept.file.write_bytes(kept.file.read_bytes()[:50])
    assert all("restore the file" in finding.what for finding in sampled(kept.archive, kept.folder, 3))
    kept.file.unlink()
    assert ["bring the file back" in finding.what for finding in sampled(kept.archive, kept.folder, 1)] == [True]


def test_a_record_that_nobody_entered_is_told(kept: Kept) -> None:
    kept.archive.db.execute("DELETE FROM captures WHERE id = 3")
    (told,) = kept.told()
    assert told.endswith("has no row in captures")
