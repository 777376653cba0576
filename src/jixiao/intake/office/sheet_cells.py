"""Cells of one worksheet as they are shown, read as a stream of events.

A sheet may have a million formatted rows without a word in them: an empty cell costs one event,
and what is kept is bounded.
"""

import re
from functools import lru_cache
from xml.parsers import expat

from msgspec import Struct, field

from jixiao.intake.number_formats import GENERAL, shown_number, shown_text
from jixiao.intake.office.format_dates import serial_of
from jixiao.intake.office.shared_strings import plain_text
from jixiao.intake.package_stream import listen
from jixiao.intake.packages import Package, PackageFault

MAX_COLUMNS = 1_000
MAX_CELLS = 2_000_000
MAX_MERGES = 200_000
LONGEST_COLUMN = 7
#: So that a first cell without an address, right of “the one before”, stands in column 1.
BEFORE_FIRST = -1

_AREA = re.compile(r"\$?([A-Za-z]{1,7})\$?(\d{1,7})(?::\$?([A-Za-z]{1,7})\$?(\d{1,7}))?")
_DIGITS = "0123456789"
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


def read_cells(package: Package, part: str, book: Book) -> SheetCells:
    """Everything up to the first fault."""
    cells = SheetCells()
    try:
        listen(package, part, _SheetListener(book, cells))
    except PackageFault as fault:
        cells.fault = fault
    return cells


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """`AB` is 28; what is no column is 0."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= LONGEST_COLUMN):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class _SheetListener:
    """Carries the position, since cells and rows need not say where they stand.

    A cell is complete when the next element of the sheet begins. Ends are heard only inside
    inline strings, where white space between runs must not become text.
    """

    def __init__(self, book: Book, cells: SheetCells) -> None:
        self._book, self._cells = book, cells
        self._strings = book.strings
        codes = set(book.formats.values())
        self._shaping = {code for code in codes if "@" in code or ";" in code} - {"@"}
        self._row = self._kept = 0
        self._column = BEFORE_FIRST
        self._taken: list[tuple[int, str]] = []
        self._attributes: dict[str, str] = {}
        self._raw = ""
        self._formula = self._listening = self._phonetic = False

    def begin(self, prefix: str, parser: expat.XMLParserType) -> None:
        self._cell_name, self._value_name = f"{prefix}c", f"{prefix}v"
        self._row_name, self._formula_name = f"{prefix}row", f"{prefix}f"
        self._inline_name, self._text_name = f"{prefix}is", f"{prefix}t"
        self._reading_name, self._merge_name = f"{prefix}rPh", f"{prefix}mergeCell"
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters

    def finish(self) -> None:
        self._end_row()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._value_name:
            self._listening = True
        elif name == self._cell_name:
            if self._raw or self._formula:
                self._end_cell()
            if "r" not in attributes:
                self._column = self._current_column()
            self._listening, self._attributes = False, attributes
        elif name == self._row_name:
            self._end_row()
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
        elif name == self._merge_name:
            self._add_merge(attributes.get("ref", ""))
        else:
            self._listening = name == self._text_name and not self._phonetic
            self._formula |= name == self._formula_name
            if name == self._inline_name:
                self._parser.EndElementHandler = self._end_inside
            elif name == self._reading_name:
                self._phonetic = True

    def _end_inside(self, name: str) -> None:
        self._listening = False
        if name == self._inline_name:
            self._phonetic = False
            self._parser.EndElementHandler = None

    def _current_column(self) -> int:
        """A cell without a sensible address stands right of the one before."""
        address = self._attributes.get("r")
        if address is None:
            return self._column + 1
        last_taken = self._taken[-1][0] if self._taken else 0
        return column_number(address.rstrip(_DIGITS)) or last_taken + 1

    def _characters(self, text: str) -> None:
        if self._listening:
            self._raw += text

    def _end_cell(self) -> None:
        attributes = self._attributes
        kind = attributes.get("t")
        text = None if kind != "s" or self._shaping else self._strings.get(self._raw)
        if text is None:
            text = self._text(self._raw.strip(), kind)
        if text:
            column = column_number(attributes.get("r", "").rstrip(_DIGITS))
            self._taken.append((column or self._current_column(), text))
        self._raw, self._formula = "", False

    def _end_row(self) -> None:
        if self._raw or self._formula:
            self._end_cell()
        self._column, self._listening, self._attributes = BEFORE_FIRST, False, {}
        taken = self._taken
        if not taken:
            return
        within = [entry for entry in taken if entry[0] <= MAX_COLUMNS]
        self._kept += len(within)
        if self._kept > MAX_CELLS or len(within) < len(taken):
            self._cells.beyond = True
        if within and self._kept <= MAX_CELLS:
            self._cells.rows.setdefault(self._row, []).extend(within)
        self._taken = []

    def _add_merge(self, reference: str) -> None:
        self._end_row()
        area = _area(reference)
        if area is None:
            return
        if len(self._cells.merges) < MAX_MERGES:
            self._cells.merges.append(area)
        else:
            self._cells.beyond = True

    def _text(self, raw: str, kind: str | None) -> str:
        code = self._book.formats.get(self._attributes.get("s", "0"), GENERAL)
        if kind in {None, "n"}:
            if not raw:
                self._cells.uncached.append((self._row, self._current_column()))
                return ""
            return shown_number(raw, code, date_1904=self._book.date_1904)
        if kind == "b":
            return "TRUE" if raw.lower() in _TRUE else "FALSE"
        if kind == "d":
            serial = serial_of(raw, date_1904=self._book.date_1904)
            return raw if serial is None else self._text(str(serial), None)
        text = self._shared(raw) if kind == "s" else plain_text(raw)
        return shown_text(text, code).strip() if code in self._shaping else text

    def _shared(self, raw: str) -> str:
        text = self._strings.get(raw)
        if text is None:
            self._cells.missing_strings.append((self._row, self._current_column()))
        return text or ""


def _area(reference: str) -> Area | None:
    match = _AREA.fullmatch(reference)
    if match is None:
        return None
    top, left = int(match[2]), column_number(match[1])
    bottom, right = (int(match[4]), column_number(match[3])) if match[3] else (top, left)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
