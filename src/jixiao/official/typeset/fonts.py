"""The two free Chinese fonts of the extra `pdf`, and which characters they can draw.

Only these are used, never the fonts of a machine: the same annex must give the same bytes
everywhere. A character they lack is drawn as an empty box, so it must be known to be said.
"""

import struct
from functools import cache
from pathlib import Path
from typing import BinaryIO

from jixiao.foundation.errors import MissingExtra

EXTRA = "pdf"
#: Names inside the font files, in the order they are tried for a character; the last stands in
#: the typesetter itself.
SERIF, SANS, SYMBOLS = "Noto Serif SC", "Noto Sans SC", "DejaVu Sans Mono"
#: What the last font adds to forms: boxes to be ticked, and the mark for an unknown character.
_ADDED = frozenset("☐☑☒✓✔✗✘\ufffd")
#: Never drawn: joiners, marks of direction, variants, the mark of byte order.
_INVISIBLE = frozenset(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF))
)
_FULL_TABLE = 12


def font_folder() -> Path:
    """Return where the two fonts lie; without the extra this says how to get it."""
    try:
        import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415 - an optional part
    except ImportError:
        raise MissingExtra(EXTRA) from None
    return fonts.serif_path().parent


def missing_from(text: str) -> set[str]:
    """Characters no font can draw."""
    return set(text) - _drawable()


@cache
def _drawable() -> frozenset[str]:
    found = set(_ADDED | _INVISIBLE | {"\n"})
    for path in sorted(font_folder().glob("*.otf")):
        with path.open("rb") as stream:
            found |= _characters(stream)
    return frozenset(found)


def _characters(stream: BinaryIO) -> set[str]:
    """Read the font's own list of characters, the table called cmap."""
    begin, length = _place_of_table(stream, b"cmap")
    stream.seek(begin)
    table = stream.read(length)
    (count,) = struct.unpack_from(">H", table, 2)
    for index in range(count):
        _, _, at = struct.unpack_from(">HHI", table, 4 + 8 * index)
        if struct.unpack_from(">H", table, at) == (_FULL_TABLE,):
            return _characters_of_ranges(table, at)
    return set()


def _characters_of_ranges(table: bytes, at: int) -> set[str]:
    (count,) = struct.unpack_from(">I", table, at + 12)
    ranges = struct.iter_unpack(">III", table[at + 16 : at + 16 + 12 * count])
    return {chr(code) for first, last, _ in ranges for code in range(first, last + 1)}


def _place_of_table(stream: BinaryIO, name: bytes) -> tuple[int, int]:
    _, count = struct.unpack(">4sH6x", stream.read(12))
    for _ in range(count):
        tag, _, begin, length = struct.unpack(">4sIII", stream.read(16))
        if tag == name:
            return begin, length
    return 0, 0
