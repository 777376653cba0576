"""Cells of one worksheet as they are shown.

A sheet may have a million formatted rows without a word in them: a large one is read as a stream
of events in which an empty cell costs one event, and what is kept is bounded.
"""

from xml.parsers import expat

from jixiao.intake.office.hidden_columns import hidden_columns, leave_out
from jixiao.intake.office.plain_parts import plain_cells, without_references
from jixiao.intake.office.sheet_values import Book, SheetCells, Showing, column_number
from jixiao.intake.package_stream import listen
from jixiao.intake.packages import Package, PackageFault

#: Larger parts are never held in memory whole.
SMALL_PART = 4 * 1024 * 1024
#: So that a first cell without an address, right of “the one before”, stands in column 1.
BEFORE_FIRST = -1
LONGEST_ROW_NUMBER = 7

_DIGITS = "0123456789"


def read_cells(package: Package, part: str, book: Book) -> SheetCells:
    """Everything up to the first fault."""
    cells = SheetCells()
    try:
        content = None if package.size(part) > SMALL_PART else package.read(part)
        if content is None or not _take_plain(content, book, cells):
            listen(package, part, _SheetListener(book, cells))
        hidden = hidden_columns(content) if content is not None else []
        if hidden:
            leave_out(cells, hidden)
    except PackageFault as fault:
        cells.fault = fault
    return cells


def _take_plain(part: bytes, book: Book, cells: SheetCells) -> bool:
    """Take a sheet written in the usual way; False, with nothing taken, for any other."""
    plain = plain_cells(part)
    if plain is None:
        return False
    showing = Showing(book, cells)
    strings = showing.plain_strings
    row_text, row, taken = "", 0, list[tuple[int, str]]()
    for letters, number, style, kind, formula, raw in plain[0]:
        if not raw and not formula:
            continue
        if number != row_text:
            cells.add_row(row, taken)
            row_text, row, taken = number, int(number), []
        column = column_number(letters)
        text = strings.get(raw) if kind == "s" else None
        if text is None:
            content = without_references(raw.strip())
            text = showing.text(content, kind, style or "0", (row, column))
        if text:
            taken.append((column, text))
    cells.add_row(row, taken)
    for reference in plain[1]:
        cells.add_merge(reference)
    return True


class _SheetListener:
    """Carries the position, since cells and rows need not say where they stand.

    A cell is complete when the next element of the sheet begins. Ends are heard only inside
    inline strings, where white space between runs must not become text.
    """

    def __init__(self, book: Book, cells: SheetCells) -> None:
        self._cells, self._showing = cells, Showing(book, cells)
        self._row, self._column = 0, BEFORE_FIRST
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
            stated = number.isdecimal() and len(number) <= LONGEST_ROW_NUMBER
            self._row = int(number) if stated else self._row + 1
        elif name == self._merge_name:
            self._end_row()
            self._cells.add_merge(attributes.get("ref", ""))
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
        attributes, column = self._attributes, self._current_column()
        style, kind = attributes.get("s", "0"), attributes.get("t")
        text = self._showing.text(self._raw.strip(), kind, style, (self._row, column))
        if text:
            self._taken.append((column, text))
        self._raw, self._formula = "", False

    def _end_row(self) -> None:
        if self._raw or self._formula:
            self._end_cell()
        if self._taken:
            self._cells.add_row(self._row, self._taken)
        self._column, self._listening, self._attributes, self._taken = BEFORE_FIRST, False, {}, []
