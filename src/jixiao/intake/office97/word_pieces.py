"""The text of a Word binary document, put together from its pieces.

A saved document is one piece; one that was saved fast has many, in any order, in sixteen or
eight bits a character, each possibly with settings of its own. Characters are numbered in
sixteen-bit units through all texts of the document, and so they stay here: a character beyond
the first plane keeps its two halves until it is shown.
"""

import struct
from bisect import bisect_right
from itertools import pairwise

from msgspec import Struct

_SETTINGS, _PIECE_TABLE = 1, 2
_EIGHT_BITS = 0x40000000
#: Pieces may share bytes, but a document does not say everything a hundred times.
_MOST_OVERLAP = 8
#: Settings of pieces in short form: their number there, and everywhere else.
_SHORT_FORMS = {
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x42: 0x0801,
    0x5C: 0x083C,
}


class Piece(Struct, frozen=True):
    """Characters `first` to `last` stand from byte `at` on; `settings` hold for all of them."""

    first: int
    last: int
    at: int
    size: int
    settings: bytes = b""

    def byte_of(self, character: int) -> int:
        return self.at + (character - self.first) * self.size


class WordText(Struct, frozen=True):
    """All texts of the document, one behind the other."""

    text: str
    pieces: list[Piece]
    starts: list[int]

    def piece_at(self, character: int) -> Piece:
        return self.pieces[bisect_right(self.starts, character) - 1]


def read_text(document: bytes, pieces: bytes) -> WordText:
    """Raises ValueError or struct.error where the table of pieces makes no sense."""
    found = _pieces(pieces)
    if sum((piece.last - piece.first) * piece.size for piece in found) > _MOST_OVERLAP * len(
        document
    ):
        raise ValueError("pieces share too many bytes")
    parts: list[str] = []
    for piece in found:
        length = piece.last - piece.first
        content = document[piece.at : piece.at + length * piece.size]
        if len(content) != length * piece.size:
            raise ValueError("a piece of text is missing")
        parts.append(_decoded(content, piece.size))
    return WordText("".join(parts), found, [piece.first for piece in found])


def whole(text: str) -> str:
    """Halves of characters joined; a half without its other half is a replacement sign."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decoded(content: bytes, size: int) -> str:
    if size == 1:
        return content.decode("cp1252", "replace")
    text = content.decode("utf-16-le", "surrogatepass")
    if 2 * len(text) == len(content):
        return text
    return "".join(map(chr, struct.unpack(f"<{len(content) // 2}H", content)))


def _pieces(content: bytes) -> list[Piece]:
    lists: list[bytes] = []
    at = 0
    while at + 5 <= len(content):
        if content[at] == _SETTINGS:
            (size,) = struct.unpack_from("<H", content, at + 1)
            lists.append(content[at + 3 : at + 3 + size])
            at += 3 + size
        elif content[at] == _PIECE_TABLE:
            (size,) = struct.unpack_from("<I", content, at + 1)
            return _table(content[at + 5 : at + 5 + size], lists)
        else:
            break
    raise ValueError("no table of pieces")


def _table(content: bytes, lists: list[bytes]) -> list[Piece]:
    count = (len(content) - 4) // 12
    if count < 1:
        raise ValueError("no pieces")
    limits = struct.unpack_from(f"<{count + 1}i", content)
    if limits[0] != 0 or any(a > b for a, b in pairwise(limits)):
        raise ValueError("pieces out of order")
    pieces = []
    for number in range(count):
        place, modifier = struct.unpack_from("<IH", content, 4 * (count + 1) + 8 * number + 2)
        short = bool(place & _EIGHT_BITS)
        at = (place & (_EIGHT_BITS - 1)) // 2 if short else place & (_EIGHT_BITS - 1)
        settings = _settings(modifier, lists) if modifier else b""
        first, last = limits[number], limits[number + 1]
        pieces.append(Piece(first, last, at, 1 if short else 2, settings))
    return pieces


def _settings(modifier: int, lists: list[bytes]) -> bytes:
    if modifier & 1:
        number = modifier >> 1
        return lists[number] if number < len(lists) else b""
    known = _SHORT_FORMS.get(modifier >> 1 & 0x7F)
    return b"" if known is None else struct.pack("<HB", known, modifier >> 8)
