"""What one cell of a worksheet shows, and the bounded store of all that do show something."""

import re
from functools import lru_cache

from msgspec import Struct, field

from jixiao.intake.office.format_dates import serial_of
from jixiao.intake.office.number_formats import GENERAL, shown_number, shown_text
from jixiao.intake.office.shared_strings import plain_text
from jixiao.intake.packages import PackageFault

MAX_COLUMNS = 1_000
MAX_CELLS = 2_000_000
MAX_MERGES = 200_000
LONGEST_COLUMN = 7

_AREA = re.compile(r"\$?([A-Za-z]{1,7})\$?(\d{1,7})(?::\$?([A-Za-z]{1,7})\$?(\d{1,7}))?")
_TRUE = {"1", "true"}

#: Top, left, bottom and right, counted from 1.
Area = tuple[int, int, int, int]


class Book(Struct, frozen=True):
    """What all sheets of a workbook share, by the numbers cells name, as they are written."""

    strings: dict[str, str]
    formats: dict[str, str]
    date_1904: bool = False


class SheetCells(Struct):
    """Cells with text by row and column, merged areas, and what could not be had."""

    rows: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    uncached: list[tuple[int, int]] = field(default_factory=list)
    missing_strings: list[tuple[int, int]] = field(default_factory=list)
    beyond: bool = False
    fault: PackageFault | None = None
    kept: int = 0

    def add_row(self, row: int, taken: list[tuple[int, str]]) -> None:
        within = [entry for entry in taken if entry[0] <= MAX_COLUMNS]
        self.kept += len(within)
        if self.kept > MAX_CELLS or len(within) < len(taken):
            self.beyond = True
        if within and self.kept <= MAX_CELLS:
            self.rows.setdefault(row, []).extend(within)

    def add_merge(self, reference: str) -> None:
        match = _AREA.fullmatch(reference)
        if match is None:
            return
        if len(self.merges) >= MAX_MERGES:
            self.beyond = True
            return
        top, left = int(match[2]), column_number(match[1])
        bottom, right = (int(match[4]), column_number(match[3])) if match[3] else (top, left)
        self.merges.append((min(top, bottom), min(left, right), max(top, bottom), max(left, right)))


class Showing:
    """Turns the raw content of cells into what they show."""

    def __init__(self, book: Book, cells: SheetCells) -> None:
        self._book, self._cells = book, cells
        codes = set(book.formats.values())
        self._shaping = {code for code in codes if "@" in code or ";" in code} - {"@"}
        #: Shared strings that no format alters: nine cells of ten need no more than a look here.
        self.plain_strings = {} if self._shaping else book.strings

    def text(self, raw: str, kind: str | None, style: str, place: tuple[int, int]) -> str:
        """What the cell at this row and column shows; an empty `raw` is a formula's."""
        code = self._book.formats.get(style, GENERAL)
        if kind is None or kind in {"n", ""}:
            if not raw:
                self._cells.uncached.append(place)
                return ""
            return shown_number(raw, code, date_1904=self._book.date_1904)
        if kind == "b":
            return "TRUE" if raw.lower() in _TRUE else "FALSE"
        if kind == "d":
            serial = serial_of(raw, date_1904=self._book.date_1904)
            return raw if serial is None else self.text(str(serial), None, style, place)
        text = self._shared(raw, place) if kind == "s" else plain_text(raw)
        return shown_text(text, code).strip() if code in self._shaping else text

    def _shared(self, raw: str, place: tuple[int, int]) -> str:
        text = self._book.strings.get(raw)
        if text is None:
            self._cells.missing_strings.append(place)
        return text or ""


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """`AB` is 28; what is no column is 0."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= LONGEST_COLUMN):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
