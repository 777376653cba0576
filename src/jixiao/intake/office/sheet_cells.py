"""Cells of one worksheet as they are shown, read as a stream.

A sheet may have a million formatted rows without a word in them: empty cells cost nothing here
beyond being passed over, and what is kept is bounded.
"""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from jixiao.intake.number_formats import GENERAL, shown_number, shown_text
from jixiao.intake.office.format_dates import serial_of
from jixiao.intake.package_xml import Element, stream_elements
from jixiao.intake.packages import Package, PackageFault

MAX_COLUMNS = 1_000
MAX_CELLS = 2_000_000
MAX_MERGES = 200_000

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_TRUE = {"1", "true"}

#: Top, left, bottom and right, counted from 1.
Area = tuple[int, int, int, int]


class Book(Struct, frozen=True):
    """What all sheets of a workbook share. `formats` go by style number."""

    strings: list[str]
    formats: list[str]
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
    reader = _SheetReader(book, cells)
    try:
        for element in stream_elements(package, part, ("row", "mergeCell")):
            reader.take(element)
    except PackageFault as fault:
        cells.fault = fault
    return cells


def read_strings(package: Package, part: str) -> list[str]:
    """The shared strings; readings printed above characters are no part of the text."""
    return [_rich_text(element) for element in stream_elements(package, part, ("si",))]


class _SheetReader:
    """Carries the position, since cells and rows need not say where they stand."""

    def __init__(self, book: Book, cells: SheetCells) -> None:
        self._book, self._cells = book, cells
        self._row, self._kept = 0, 0
        self._columns: dict[str, int] = {}
        self._cell = self._value = self._formula = ""

    def take(self, element: Element) -> None:
        if not self._cell:
            space = element.tag.rpartition("}")[0]
            prefix = f"{space}}}" if space else ""
            self._cell, self._value, self._formula = f"{prefix}c", f"{prefix}v", f"{prefix}f"
        if element.tag.endswith("row"):
            self._take_row(element)
        elif len(self._cells.merges) < MAX_MERGES:
            if (area := _area(element.get("ref") or "")) is not None:
                self._cells.merges.append(area)
        else:
            self._cells.beyond = True

    def _take_row(self, row: Element) -> None:
        number = row.get("r")
        self._row = int(number) if number and number.isdecimal() else self._row + 1
        column = 0
        taken: list[tuple[int, str]] = []
        for cell in row:
            address = cell.get("r")
            letters = address.rstrip(_DIGITS) if address else ""
            column = self._columns.get(letters) or self._column(letters, column)
            if len(cell) and cell.tag == self._cell and (text := self._text(cell, column)):
                taken.append((column, text))
        if taken:
            self._keep(taken)

    def _keep(self, taken: list[tuple[int, str]]) -> None:
        within = [entry for entry in taken if entry[0] <= MAX_COLUMNS]
        self._kept += len(within)
        if self._kept > MAX_CELLS or len(within) < len(taken):
            self._cells.beyond = True
        if within and self._kept <= MAX_CELLS:
            self._cells.rows.setdefault(self._row, []).extend(within)

    def _column(self, letters: str, previous: int) -> int:
        if not (letters.isascii() and letters.isalpha() and len(letters) < 8):
            return previous + 1
        self._columns[letters] = column_number(letters)
        return self._columns[letters]

    def _text(self, cell: Element, column: int) -> str:
        value = cell[-1]
        if value.tag != self._value:
            found = cell.find(self._value)
            if found is None:
                return self._text_without_value(cell, column)
            value = found
        raw = value.text or ""
        kind = cell.get("t")
        if kind == "s":
            return self._shaped(self._shared(raw, column), cell)
        if not raw and kind in {None, "n"} and cell.find(self._formula) is not None:
            self._cells.uncached.append((self._row, column))
        if kind is None or kind == "n":
            return self._shown(raw, cell).strip()
        if kind == "b":
            return "TRUE" if raw.lower() in _TRUE else "FALSE"
        if kind == "d":
            return self._shown_date(raw, cell)
        return self._shaped(_unescaped(raw), cell)

    def _text_without_value(self, cell: Element, column: int) -> str:
        if cell.get("t") == "inlineStr":
            return self._shaped("".join(_rich_text(child) for child in cell), cell)
        if cell.find(self._formula) is not None:
            self._cells.uncached.append((self._row, column))
        return ""

    def _shared(self, raw: str, column: int) -> str:
        index = int(raw) if raw.isdecimal() else len(self._book.strings)
        if index < len(self._book.strings):
            return self._book.strings[index]
        self._cells.missing_strings.append((self._row, column))
        return ""

    def _shaped(self, text: str, cell: Element) -> str:
        code = self._code(cell)
        return text.strip() if code == GENERAL else shown_text(text, code).strip()

    def _shown(self, raw: str, cell: Element) -> str:
        return shown_number(raw, self._code(cell), date_1904=self._book.date_1904) if raw else ""

    def _shown_date(self, raw: str, cell: Element) -> str:
        serial = serial_of(raw, date_1904=self._book.date_1904)
        return raw if serial is None else self._shown(str(serial), cell)

    def _code(self, cell: Element) -> str:
        style = cell.get("s")
        number = int(style) if style and style.isdecimal() else 0
        formats = self._book.formats
        return formats[number] if number < len(formats) else GENERAL


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _rich_text(element: Element) -> str:
    """`t` and the `t` of runs; phonetic runs (`rPh`) are left out."""
    if len(element) == 1 and len(element[0]) == 0:
        return _unescaped(element[0].text or "")
    return _unescaped("".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            yield child.text or ""
        elif name == "r":
            yield from _texts(child)


def _unescaped(text: str) -> str:
    """Control characters are written `_x000D_`; line ends become one sign."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _area(reference: str) -> Area | None:
    first, _, last = reference.replace("$", "").partition(":")
    corners = [_corner(first), _corner(last or first)]
    if corners[0] is None or corners[1] is None:
        return None
    (top, left), (bottom, right) = corners[0], corners[1]
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _corner(address: str) -> tuple[int, int] | None:
    letters = address.rstrip(_DIGITS)
    digits = address[len(letters) :]
    if not (digits and letters.isascii() and letters.isalpha() and len(letters) < 8):
        return None
    return int(digits), column_number(letters)
