"""Where which settings hold in a Word binary document: pages of 512 bytes, found by a table.

Text bytes are covered by runs; a run of paragraphs or characters names a list of settings on its
page. Whoever asks gets the runs in the order of the bytes they cover.
"""

import re
import struct
from bisect import bisect_right

from msgspec import Struct

from jixiao.intake.office97.word_settings import settings_of

_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF
#: Bytes of a paragraph's entry on its page: one for the place, twelve of no use here.
_PARAGRAPH_ENTRY, _CHARACTER_ENTRY = 13, 1
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
#: Rows of one shape may share settings, but not all of them all the time.
_MOST_FETCHED = 8
_MAY_BE_ELSEWHERE = re.compile(rb"[\x45\x46]\x66|\x6b\x64")


class Run(Struct, frozen=True):
    """Bytes `first` to `last` of the text have these settings."""

    first: int
    last: int
    settings: bytes


class Runs:
    """Runs by the byte they cover."""

    def __init__(self, runs: list[Run]) -> None:
        runs.sort(key=lambda run: run.first)
        self.runs, self._starts = runs, [run.first for run in runs]

    def at(self, byte: int) -> Run | None:
        number = bisect_right(self._starts, byte) - 1
        if number < 0 or self.runs[number].last <= byte:
            return None
        return self.runs[number]


def paragraph_runs(document: bytes, table: bytes, data: bytes) -> Runs:
    """Settings of paragraphs, without the number of their style; long ones fetched from `data`."""
    runs: list[Run] = []
    elsewhere = _Elsewhere(data)
    for page, limits in _pages(document, table):
        begin = 4 * len(limits)
        for number in range(len(limits) - 1):
            at = 2 * page[begin + _PARAGRAPH_ENTRY * number]
            settings = b""
            if at:
                size = page[at]
                at, size = (at + 1, 2 * size - 1) if size else (at + 2, 2 * page[at + 1])
                settings = elsewhere.added(page[at + 2 : at + size])
            runs.append(Run(limits[number], limits[number + 1], settings))
    return Runs(runs)


def character_runs(document: bytes, table: bytes) -> list[Run]:
    """Settings of characters, runs without any left out."""
    runs: list[Run] = []
    for page, limits in _pages(document, table):
        begin = 4 * len(limits)
        for number in range(len(limits) - 1):
            at = 2 * page[begin + _CHARACTER_ENTRY * number]
            if at:
                settings = page[at + 1 : at + 1 + page[at]]
                runs.append(Run(limits[number], limits[number + 1], settings))
    return runs


def _pages(document: bytes, table: bytes) -> list[tuple[bytes, tuple[int, ...]]]:
    """Each page with the bytes at which its runs begin and the last one ends."""
    count = max((len(table) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    pages = []
    for number in dict.fromkeys(number & _PAGE_NUMBER for number in numbers):
        page = document[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            raise ValueError("a page of settings is missing")
        runs = page[_PAGE - 1]
        pages.append((page, struct.unpack_from(f"<{runs + 1}I", page)))
    return pages


class _Elsewhere:
    """Settings too long for a page stand in the data stream, and one setting says where."""

    def __init__(self, data: bytes) -> None:
        self._data, self._known, self._left = data, dict[bytes, bytes](), _MOST_FETCHED * len(data)

    def added(self, settings: bytes) -> bytes:
        """Raises ValueError where the same bytes are fetched in ever new ways."""
        found = self._known.get(settings)
        if found is None:
            is_plain = _MAY_BE_ELSEWHERE.search(settings) is None
            found = self._known[settings] = settings if is_plain else self._fetched(settings)
        return found

    def _fetched(self, settings: bytes) -> bytes:
        found = settings
        for number, value in settings_of(settings):
            if number in _ELSEWHERE:
                at = int.from_bytes(value, "little")
                size = int.from_bytes(self._data[at : at + 2], "little")
                found += self._data[at + 2 : at + 2 + size]
                self._left -= size
        if self._left < 0:
            raise ValueError("settings share too many bytes")
        return found
