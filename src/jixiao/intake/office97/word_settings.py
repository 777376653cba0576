"""Settings of paragraphs, characters and rows in a Word binary document: lists of (number, value).

Each setting (sprm) is a number that tells how many bytes its value has. A list that is cut off
yields what stands before the cut.
"""

from collections.abc import Iterator

_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_TABLE_DEFINITIONS = (0xD606, 0xD608)
_TAB_STOPS = 0xC615


def settings_of(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbers and values; of values with a length before them, the length is left out."""
    at, end = 0, len(content)
    while at + 2 < end:
        number = content[at] | content[at + 1] << 8
        at += 2
        size = _SIZES[number >> 13]
        if size < 0:
            at, size = _measured(number, content, at)
        if at + size > end:
            return
        yield number, content[at : at + size]
        at += size


def _measured(number: int, content: bytes, at: int) -> tuple[int, int]:
    """Where the value begins and how long it is."""
    if number in _TABLE_DEFINITIONS:
        stated = int.from_bytes(content[at : at + 2], "little")
        return at + 2, max(stated - 1, 0)
    if number == _TAB_STOPS and content[at] == 255:
        deleted = content[at + 1] if at + 1 < len(content) else 0
        after = at + 2 + 4 * deleted
        added = content[after] if after < len(content) else 0
        return at + 1, 2 + 4 * deleted + 3 * added
    return at + 1, content[at]
