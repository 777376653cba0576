"""Records of an Excel binary workbook (BIFF): a number, a length, and so many bytes.

Names of the records the reader looks at; everything else is passed over.
"""

import struct
from collections.abc import Iterator

BEGIN, END, CONTINUE = 0x0809, 0x000A, 0x003C
FILE_PASS, CODE_PAGE, DATE_MODE = 0x002F, 0x0042, 0x0022
SHEET, STRINGS, FORMAT, STYLE = 0x0085, 0x00FC, 0x041E, 0x00E0
COLUMNS, MERGED = 0x007D, 0x00E5
NUMBER, SHORT_NUMBER, SHORT_NUMBERS = 0x0203, 0x027E, 0x00BD
SHARED_STRING, LABEL, RICH_LABEL = 0x00FD, 0x0204, 0x00D6
FORMULA, FORMULA_TEXT, TRUTH = 0x0006, 0x0207, 0x0205

#: The version in the first record of a part: Excel 5 and 95, Excel 97 and later.
BIFF5, BIFF8 = 0x0500, 0x0600
#: What a part holds, in its first record.
GLOBALS, WORKSHEET = 0x0005, 0x0010

_HEAD = struct.Struct("<HH")
_BEGINNING = struct.pack("<H", BEGIN)

#: Number, where its bytes begin, and where they end.
Record = tuple[int, int, int]


class CutOff(ValueError):
    """The stream ends within a record."""


def records(stream: bytes, at: int, size: int) -> Iterator[Record]:
    """Records from this byte to the end of the part, which may hold parts of its own.

    Raises `CutOff` where the part does not begin or end as it should, at `size` at the latest.
    """
    unpack, depth = _HEAD.unpack_from, 0
    if stream[at : at + 2] != _BEGINNING:
        raise CutOff
    while at + 4 <= size:
        number, length = unpack(stream, at)
        at += 4
        end = at + length
        if end > size or not number:
            raise CutOff
        if number == BEGIN:
            depth += 1
        elif number == END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield number, at, end
        at = end
    raise CutOff
