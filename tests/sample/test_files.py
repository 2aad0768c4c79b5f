"""Photos and PDFs: valid, small, distinct."""

import re
import struct
import zlib

import pytest

from crawler.sample.pdf import pdf
from crawler.sample.photo import photo


def segments(jpeg: bytes) -> dict[int, bytes]:
    """Marker segments up to the scan, and under 0 the entropy-coded data."""
    found, at = {}, 2
    while True:
        marker, length = struct.unpack_from(">xBH", jpeg, at)
        found[marker] = jpeg[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == 0xDA:
            return found | {0: jpeg[at:-2]}


def test_a_photo_is_a_baseline_jpeg_with_every_block() -> None:
    jpeg = photo("one")
    assert jpeg[:2] == b"\xff\xd8" and jpeg[-2:] == b"\xff\xd9"
    parts = segments(jpeg)
    assert struct.unpack(">BHHB", parts[0xC0][:6]) == (8, 160, 240, 3)
    assert blocks(parts[0].replace(b"\xff\x00", b"\xff")) == 30 * 20 * 3


def blocks(data: bytes) -> int:
    """Decodes the scan: 4 bits say how long a difference is, one zero bit ends the block."""
    bits, at, count = "".join(f"{byte:08b}" for byte in data), 0, 0
    while len(bits) - at >= 8 or "0" in bits[at:]:
        size = int(bits[at : at + 4], 2)
        assert size < 12 and bits[at + 4 + size] == "0"
        at += 5 + size
        count += 1
    return count


def test_photos_are_small_distinct_and_always_the_same() -> None:
    photos = [photo(f"photo {i}") for i in range(20)]
    assert len({segments(p)[0] for p in photos}) == 20
    assert all(1000 < len(p) < 4096 for p in photos)
    assert photos[3] == photo("photo 3")


@pytest.mark.parametrize("lines", [("Thông báo số 12/TB-UBND", "Đấu giá đất tại phường Hải Yên"), ("",)])
def test_a_pdf_says_its_lines_and_its_offsets_are_right(lines: tuple[str, ...]) -> None:
    document = pdf(lines)
    assert document.startswith(b"%PDF-1.4") and document.endswith(b"%%EOF\n")
    table = int(document.rsplit(b"startxref\n")[1].split()[0])
    assert document[table : table + 4] == b"xref"
    for number, offset in enumerate(re.findall(rb"(\d{10}) 00000 n", document), 1):
        assert document[int(offset) :].startswith(b"%d 0 obj" % number)
    text = document.decode("latin-1")
    letters = {code: bytes.fromhex(to).decode("utf-16-be") for code, to in re.findall(r"<(\w\w)> <(\w{4})>", text)}
    shown = re.findall(r"<(\w*)> Tj", text)
    assert tuple("".join(letters[s[i : i + 2]] for i in range(0, len(s), 2)) for s in shown) == lines


def test_pdfs_differ() -> None:
    assert zlib.crc32(pdf(("a",))) != zlib.crc32(pdf(("b",)))
