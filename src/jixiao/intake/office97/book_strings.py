"""Texts in an Excel binary workbook: eight or sixteen bits a character, cut where records end.

The table of shared strings runs over many records. A string may be cut anywhere, and its rest
begins with a byte that says anew how wide characters are.
"""

import re
import struct

from jixiao.intake.office.shared_strings import plain_text

_WIDE, _PHONETIC, _RICH = 1, 4, 8
_RUN_BYTES = 4
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def shown(text: str) -> str:
    """Without outer blanks and characters that no text of the new format could hold."""
    return plain_text(_CONTROL.sub("", text) if _CONTROL.search(text) else text)


def text_at(stream: bytes, at: int, length: int, flags: int) -> tuple[str, int]:
    """So many characters in one record, and the byte after them."""
    if flags & _WIDE:
        end = at + 2 * length
        return stream[at:end].decode("utf-16-le", "replace"), end
    return stream[at : at + length].decode("latin-1"), at + length


def long_text(content: bytes) -> str:
    """A string of one record with a length of two bytes before it."""
    length, flags = struct.unpack_from("<HB", content)
    at = 3 + (2 if flags & _RICH else 0) + (4 if flags & _PHONETIC else 0)
    return text_at(content, at, length, flags)[0]


def short_text(content: bytes) -> str:
    """A string of one record with a length of one byte before it."""
    length, flags = struct.unpack_from("<BB", content)
    return text_at(content, 2, length, flags)[0]


def shared_strings(parts: list[bytes]) -> list[str]:
    """All strings of a table given as the bytes of its records; as many as are there."""
    if not parts or len(parts[0]) < 8:
        return []
    (count,) = struct.unpack_from("<I", parts[0], 4)
    cursor = _Cursor(parts)
    strings: list[str] = []
    # No string is shorter than its head of three bytes, so the bytes bound the count.
    for _ in range(min(count, sum(map(len, parts)) // 3)):
        text = cursor.string()
        if text is None:
            break
        strings.append(text)
    return strings


class _Cursor:
    """A place in the records of the table."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._number, self._at = parts, 0, 8

    def string(self) -> str | None:
        """The next string; None where the table ends."""
        part, at = self._parts[self._number], self._at
        if at + 3 > len(part):
            if not self._turn():
                return None
            part, at = self._parts[self._number], self._at
            if at + 3 > len(part):
                return None
        length, flags = part[at] | part[at + 1] << 8, part[at + 2]
        at += 3
        runs = extra = 0
        if flags & _RICH:
            runs, at = int.from_bytes(part[at : at + 2], "little"), at + 2
        if flags & _PHONETIC:
            extra, at = int.from_bytes(part[at : at + 4], "little"), at + 4
        self._at = at
        text = self._characters(length, flags)
        self._skip(_RUN_BYTES * runs + extra)
        return text

    def _characters(self, length: int, flags: int) -> str:
        part, at = self._parts[self._number], self._at
        if at + (length << (flags & _WIDE)) <= len(part):
            text, self._at = text_at(part, at, length, flags)
            return text
        pieces: list[str] = []
        while length > 0:
            part = self._parts[self._number]
            width = 2 if flags & _WIDE else 1
            here = min(length, (len(part) - self._at) // width)
            text, self._at = text_at(part, self._at, here, flags)
            pieces.append(text)
            length -= here
            if length <= 0 or not self._turn():
                break
            part = self._parts[self._number]
            if not part:
                break
            flags, self._at = part[0], 1
        return "".join(pieces)

    def _skip(self, size: int) -> None:
        while size > 0:
            here = min(size, len(self._parts[self._number]) - self._at)
            self._at += here
            size -= here
            if size > 0 and not self._turn():
                return

    def _turn(self) -> bool:
        """Go to the next record."""
        if self._number + 1 >= len(self._parts):
            self._at = len(self._parts[self._number])
            return False
        self._number, self._at = self._number + 1, 0
        return True
