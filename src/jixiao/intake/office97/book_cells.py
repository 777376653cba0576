"""Cells of one sheet of an Excel binary workbook, as they are shown.

Numbers become the decimal text that the new format would carry, so that both formats pass the
same code that shows them.
"""

import struct
from collections.abc import Callable

from jixiao.intake.office.hidden_columns import leave_out
from jixiao.intake.office.sheet_values import MAX_MERGES, Book, SheetCells, Showing
from jixiao.intake.office97 import book_records as record
from jixiao.intake.office97.book_globals import Globals
from jixiao.intake.office97.book_strings import long_text, shown
from jixiao.intake.packages import PackageFault

_PLACE = struct.Struct("<HHH")
_NUMBER = struct.Struct("<HHHd")
_SHORT = struct.Struct("<HHHi")
_SHARED = struct.Struct("<HHHI")
_HIDDEN = 1
_EXACT = 1e15
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_TEXT, _BOOLEAN, _ERROR, _BLANK = 0, 1, 2, 3
#: Programs that cannot compute write a blank and leave the answer to whoever opens the file.
_TO_BE_COMPUTED = 2


def read_cells(
    stream: bytes, part: tuple[int, int], shared: Globals, damaged: Callable[[str], PackageFault]
) -> SheetCells:
    """Everything up to the first fault; a part is where it begins and ends in the stream."""
    sheet = _Sheet(stream, shared)
    try:
        sheet.read(*part)
    except (ValueError, LookupError, struct.error):
        sheet.cells.fault = damaged("工作表数据不完整")
    sheet.end_row()
    if sheet.hidden:
        leave_out(sheet.cells, sheet.hidden)
    return sheet.cells


class _Sheet:
    """Takes records in order; cells of one row mostly follow one another."""

    def __init__(self, stream: bytes, shared: Globals) -> None:
        self._stream, self._shared = stream, shared
        self.cells = SheetCells()
        self.hidden: list[tuple[int, int]] = []
        book = Book(strings={}, formats=shared.formats, date_1904=shared.date_1904)
        self._showing = Showing(book, self.cells)
        self._altering = {
            int(style) for style, code in shared.formats.items() if "@" in code or ";" in code
        } - {int(style) for style, code in shared.formats.items() if code == "@"}
        self._row, self._taken = 0, list[tuple[int, str]]()
        #: Row, column and style of the formula whose text stands in a record to come.
        self._awaited: tuple[int, int, int] | None = None
        self._rare: dict[int, Callable[[int, int], None]] = {
            record.SHORT_NUMBERS: self._short_numbers,
            record.FORMULA: self._formula,
            record.FORMULA_TEXT: self._formula_text,
            record.LABEL: self._label,
            record.RICH_LABEL: self._label,
            record.TRUTH: self._truth,
            record.MERGED: self._merged,
            record.COLUMNS: self._columns,
        }

    def read(self, begins: int, ends: int) -> None:
        stream, strings, altering = self._stream, self._shared.strings, self._altering
        rare, add = self._rare, self._add
        for number, at, end in record.records(stream, begins, ends):
            if number == record.SHARED_STRING:
                row, column, style, index = _SHARED.unpack_from(stream, at)
                if index >= len(strings):
                    self.cells.missing_strings.append((row + 1, column + 1))
                elif style in altering:
                    self._add_shown(row, column, style, strings[index], "str")
                else:
                    add(row, column, strings[index])
            elif number == record.NUMBER:
                row, column, style, value = _NUMBER.unpack_from(stream, at)
                self._add_shown(row, column, style, decimal_text(value))
            elif number == record.SHORT_NUMBER:
                row, column, style, short = _SHORT.unpack_from(stream, at)
                self._add_shown(row, column, style, decimal_text(short_number(short)))
            elif (take := rare.get(number)) is not None:
                take(at, end)

    def end_row(self) -> None:
        if self._taken:
            self.cells.add_row(self._row + 1, self._taken)
            self._taken = []

    def _add(self, row: int, column: int, text: str) -> None:
        if row != self._row:
            self.end_row()
            self._row = row
        if text:
            self._taken.append((column + 1, text))

    def _add_shown(
        self, row: int, column: int, style: int, raw: str, kind: str | None = None
    ) -> None:
        text = self._showing.text(raw, kind, str(style), (row + 1, column + 1))
        self._add(row, column, text)

    def _short_numbers(self, at: int, end: int) -> None:
        row, column = struct.unpack_from("<HH", self._stream, at)
        for place in range(at + 4, end - 7, 6):
            style, short = struct.unpack_from("<Hi", self._stream, place)
            self._add_shown(row, column, style, decimal_text(short_number(short)))
            column += 1

    def _formula(self, at: int, _: int) -> None:
        row, column, style = _PLACE.unpack_from(self._stream, at)
        result = self._stream[at + 6 : at + 14]
        if result[6:8] != b"\xff\xff":
            (value,) = struct.unpack("<d", result)
            self._add_shown(row, column, style, decimal_text(value))
        elif result[0] == _TEXT:
            self._awaited = (row, column, style)
        elif result[0] == _BLANK:
            if self._stream[at + 14] & _TO_BE_COMPUTED:
                self.cells.uncached.append((row + 1, column + 1))
        elif result[0] in (_BOOLEAN, _ERROR):
            self._add_truth(row, column, style, result[2], is_error=result[0] == _ERROR)

    def _formula_text(self, at: int, end: int) -> None:
        if self._awaited is not None:
            row, column, style = self._awaited
            self._awaited = None
            self._add_shown(row, column, style, shown(self._text(at, end)), "str")

    def _label(self, at: int, end: int) -> None:
        row, column, style = _PLACE.unpack_from(self._stream, at)
        self._add_shown(row, column, style, shown(self._text(at + 6, end)), "str")

    def _text(self, at: int, end: int) -> str:
        content = self._stream[at:end]
        if self._shared.version == record.BIFF8:
            return long_text(content)
        length = int.from_bytes(content[:2], "little")
        return content[2 : 2 + length].decode(self._shared.encoding, "replace")

    def _truth(self, at: int, _: int) -> None:
        row, column, style, value, is_error = struct.unpack_from("<HHHBB", self._stream, at)
        self._add_truth(row, column, style, value, is_error=bool(is_error))

    def _add_truth(self, row: int, column: int, style: int, value: int, *, is_error: bool) -> None:
        if is_error:
            self._add_shown(row, column, style, _ERRORS.get(value, "#N/A"), "e")
        else:
            self._add_shown(row, column, style, "1" if value else "0", "b")

    def _merged(self, at: int, end: int) -> None:
        (count,) = struct.unpack_from("<H", self._stream, at)
        for place in range(at + 2, min(at + 2 + 8 * count, end - 7), 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", self._stream, place)
            if len(self.cells.merges) >= MAX_MERGES:
                self.cells.beyond = True
                return
            if top <= bottom and left <= right:
                self.cells.merges.append((top + 1, left + 1, bottom + 1, right + 1))

    def _columns(self, at: int, _: int) -> None:
        first, last, _width, _style, flags = struct.unpack_from("<HHHHH", self._stream, at)
        if flags & _HIDDEN:
            self.hidden.append((first + 1, last + 1))


def short_number(value: int) -> float:
    """Thirty bits, either a whole number or the upper part of a double, perhaps in hundredths."""
    if value & 2:
        number = float(value >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))
    return number / 100 if value & 1 else number


def decimal_text(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return repr(value)
