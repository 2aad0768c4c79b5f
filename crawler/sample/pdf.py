"""PDF attachments: one page of Vietnamese text that PDF readers can extract, made with the standard library alone."""

from collections.abc import Mapping, Sequence

_FIRST_CODE = 33


def pdf(lines: Sequence[str]) -> bytes:
    """A PDF 1.4 document of one page that says ``lines``."""
    codes = _codes(lines)
    text = "\n".join(f"<{_hex(line, codes)}> Tj T*" for line in lines)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(f"BT /F1 11 Tf 60 780 Td 16 TL\n{text}\nET".encode("ascii")),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        _stream(_to_unicode(codes).encode("ascii")),
    )
    return _document(objects)


def _codes(lines: Sequence[str]) -> Mapping[str, int]:
    """A byte for every letter used; a page has room for 222 different ones."""
    letters = sorted(set("".join(lines)))[: 255 - _FIRST_CODE]
    return {letter: code for code, letter in enumerate(letters, _FIRST_CODE)}


def _hex(line: str, codes: Mapping[str, int]) -> str:
    return bytes(codes[letter] for letter in line if letter in codes).hex()


def _to_unicode(codes: Mapping[str, int]) -> str:
    """The table by which readers turn our bytes back into letters, in blocks of at most 100 as the format asks."""
    rows = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items()]
    blocks = (rows[i : i + 100] for i in range(0, len(rows), 100))
    table = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Sample def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{table}\nendcmap end end"
    )


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _document(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (size, table, size)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % out.index(b"xref\n0 ")
