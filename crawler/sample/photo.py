"""Photos: small baseline JPEGs, drawn from a seed with the standard library alone."""

import math
import random
import struct
from collections.abc import Iterable, Iterator

_COLUMNS, _ROWS = 30, 20
_QUANT = 8
"""One step of the only coefficient each 8x8 block has, its mean: eight grey levels of the mean are 8 steps of 8."""

# Own Huffman tables, as short as they can be: code i of 4 bits for a difference of i bits, one bit for "no details".
_DC_TABLE = b"\x00" + bytes((0, 0, 0, 12, *[0] * 12)) + bytes(range(12))
_AC_TABLE = b"\x10" + bytes((1, *[0] * 15)) + b"\x00"
_END_OF_BLOCK = (0, 1)

Colour = tuple[float, float, float]


def photo(seed: str) -> bytes:
    """A landscape of 240 x 160 pixels, another one for every seed."""
    rng = random.Random(seed)
    blocks = [_ycc(colour) for colour in _landscape(rng)]
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\x00" + struct.pack(">HBHHBB", 0x0101, 1, 72, 72, 0, 0)),
            _segment(0xFE, seed.encode()),
            _segment(0xDB, b"\x00" + bytes([_QUANT] * 64)),
            _segment(0xC0, _frame()),
            _segment(0xC4, _DC_TABLE),
            _segment(0xC4, _AC_TABLE),
            _segment(0xDA, b"\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00"),
            _packed(_codes(blocks)),
            b"\xff\xd9",
        )
    )


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def _frame() -> bytes:
    size = struct.pack(">BHHB", 8, _ROWS * 8, _COLUMNS * 8, 3)
    return size + b"".join(bytes((component, 0x11, 0)) for component in (1, 2, 3))


def _landscape(rng: random.Random) -> Iterator[Colour]:
    """Sky above hills above water, a sun somewhere, some grain."""
    sky, hills, water = (_colour(rng, *c) for c in ((150, 190, 230), (60, 110, 60), (40, 90, 130)))
    horizon, shore = rng.uniform(6, 11), rng.uniform(13, 17)
    wave, phase = rng.uniform(2, 6), rng.uniform(0, 6)
    sun = (rng.uniform(3, _COLUMNS - 3), rng.uniform(1, 5))
    for y in range(_ROWS):
        for x in range(_COLUMNS):
            ridge = horizon + 2.2 * math.sin(x / wave + phase)
            base = sky if y < ridge else hills if y < shore else water
            if y < ridge and math.dist((x, y), sun) < 2:
                base = (250.0, 230.0, 160.0)
            grain = rng.uniform(-14, 14)
            yield (base[0] + grain, base[1] + grain, base[2] + grain)


def _colour(rng: random.Random, red: int, green: int, blue: int) -> Colour:
    return (red + rng.uniform(-30, 30), green + rng.uniform(-30, 30), blue + rng.uniform(-25, 25))


def _ycc(colour: Colour) -> tuple[int, int, int]:
    """Luma and chroma of a colour, shifted to zero and quantised."""
    red, green, blue = (min(max(c, 0.0), 255.0) for c in colour)
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return (
        round((luma - 128) * 8 / _QUANT),
        round(0.564 * (blue - luma) * 8 / _QUANT),
        round(0.713 * (red - luma) * 8 / _QUANT),
    )


def _codes(blocks: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """(bits, how many) of every block: the difference to the block before, then "no details"."""
    before = [0, 0, 0]
    for block in blocks:
        for component, value in enumerate(block):
            difference = value - before[component]
            size = abs(difference).bit_length()
            yield size, 4
            yield (difference if difference > 0 else difference + (1 << size) - 1), size
            yield _END_OF_BLOCK
        before = list(block)


def _packed(codes: Iterable[tuple[int, int]]) -> bytes:
    """The codes as bytes, filled up with ones, 0xFF escaped."""
    bits, count = 1, 0
    for code, size in codes:
        bits = bits << size | code
        count += size
    fill = -count % 8
    bits = bits << fill | (1 << fill) - 1
    return bits.to_bytes((count + fill) // 8 + 1, "big")[1:].replace(b"\xff", b"\xff\x00")
