"""The head of a Word binary document (FIB): which version, which streams, where the tables stand.

Numbers of the entries are those of the published description of the format.
"""

import struct

from msgspec import Struct

_WORD = 0xA5EC
#: Word 97 writes 0xC1; a few other programs write the numbers beside it.
_FIRST_VERSION = 0xC0
_ENCRYPTED, _SECOND_TABLE_STREAM = 0x0100, 0x0200
_FLAGS_AT = 0x0A
_LENGTHS, _PLACES = 0x4C, 0x9A
_STORIES = 8

#: Numbers of the entries in the list of places.
FONTS, CHARACTERS, PARAGRAPHS, PIECES = 15, 12, 13, 33
ANCHORS, BOXES = 40, 56


class WordHeader(Struct, frozen=True):
    """`lengths` are the characters of the main text, footnotes, headers … text boxes."""

    table_stream: str
    lengths: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def text_length(self) -> int:
        return self.lengths[0]

    @property
    def boxes_begin(self) -> int:
        """The first character of the text boxes, which stand behind notes and comments."""
        return sum(self.lengths[:6])

    @property
    def boxes_length(self) -> int:
        return self.lengths[6]

    def part(self, number: int, table: bytes) -> bytes:
        """One structure of the table stream; empty where there is none."""
        begin, length = self.places[number]
        return table[begin : begin + length]


def is_old_version(document: bytes) -> bool:
    """Word 6, 95 and before kept text and tables in other ways."""
    if len(document) < 4:
        return False
    mark, version = struct.unpack_from("<HH", document)
    return mark in (_WORD, 0xA5DC, 0xA59B, 0xA699, 0xA697) and version < _FIRST_VERSION


def is_protected(document: bytes) -> bool:
    """The flag stands in the few bytes that are never ciphered."""
    return len(document) > _FLAGS_AT and bool(document[_FLAGS_AT + 1] & _ENCRYPTED >> 8)


def read_header(document: bytes) -> WordHeader:
    """Raises ValueError or struct.error for bytes that are no head."""
    if struct.unpack_from("<H", document)[0] != _WORD:
        raise ValueError("no Word document")
    (flags,) = struct.unpack_from("<H", document, _FLAGS_AT)
    lengths = struct.unpack_from(f"<{_STORIES}i", document, _LENGTHS)
    if min(lengths) < 0:
        raise ValueError("negative length of a text")
    places = struct.unpack_from(f"<{2 * (BOXES + 1)}I", document, _PLACES)
    return WordHeader(
        table_stream="1Table" if flags & _SECOND_TABLE_STREAM else "0Table",
        lengths=lengths,
        places=tuple(zip(places[::2], places[1::2], strict=True)),
    )
