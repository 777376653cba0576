"""The table of a sheet, ready to be drawn: fonts, alignment, what may break and what repeats.

The program knows no widths before it sets a page, so what depends on how long a text runs is
judged here by a rough measure: whether an answer is short enough to stand in the middle, which
rows are higher than a page and must be torn, and where a row needs help to be 8 mm high.
"""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from jixiao.official.sheet import (
    LANDSCAPE_HEIGHT,
    PORTRAIT_HEIGHT,
    CellRole,
    Sheet,
    SheetCell,
)
from jixiao.official.typeset.header import split_at_header
from jixiao.official.typeset.letters import balanced, breakable, line_count, printable, widest

POINTS = 72 / 25.4
#: Padding of a cell left and right together, and above and below together, in points.
PADDING_ACROSS, PADDING_DOWN = 9.0, 8.0
#: Height of a line in em, and of the lowest row in points.
LINE, LOWEST = 1.4, 8 * POINTS
#: A row higher than this share of the page is torn where the page ends; others are moved whole.
TORN = 0.7
#: Repeated rows take no more than this share of the page.
HEADER = 0.4
#: Tables between these shares of a page may be a little too high for one.
CLOSE = (0.93, 1.3)
#: A text surely stands on one line when it takes no more than this share of its cell.
SURE = 0.85

_LABELS = (CellRole.LABEL, CellRole.HEADING)
_BALANCED = (*_LABELS, CellRole.LEVEL)
_ALIGNED = {
    CellRole.LABEL: "center",
    CellRole.HEADING: "center",
    CellRole.LEVEL: "center",
    CellRole.NUMBER: "right",
}


class DrawnCell(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One cell; `open` are its sides without a line, `lowest` the height its line keeps free.

    `edge` is an empty cell of no width beside a row, which keeps the row's height.
    """

    text: str = ""
    columns: int = 1
    rows: int = 1
    align: str = "left"
    label: bool = False
    small: bool = False
    torn: bool = False
    lowest: float = 0
    marks: tuple[int, ...] = ()
    open: tuple[str, ...] = ()
    edge: bool = False


class DrawnTable(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Cells in reading order before, in and after the rows that repeat; widths in millimetres.

    `close` says that the table may be a little too high for one page.
    """

    grid: tuple[float, ...]
    height: int
    size: float
    before: tuple[DrawnCell, ...] = ()
    repeated: tuple[DrawnCell, ...] = ()
    after: tuple[DrawnCell, ...] = ()
    edge: bool = False
    close: bool = False


def drawn_table(sheet: Sheet) -> DrawnTable:
    """Prepare the cells of a sheet."""
    return _Drawing(sheet).table()


class _Drawing:
    """One sheet on its way."""

    def __init__(self, sheet: Sheet) -> None:
        self.size = sheet.font_size
        self.edges = [0.0, *accumulate(sheet.grid)]
        self.page = (LANDSCAPE_HEIGHT if sheet.landscape else PORTRAIT_HEIGHT) * POINTS
        self.sheet = replace(sheet, repeats=None) if self._has_high_header(sheet) else sheet
        pieces = split_at_header(self.sheet)
        self.pieces = sorted(pieces, key=lambda piece: (piece.cell.row, piece.cell.column))
        self.texts = [printable(piece.cell.text) for piece in self.pieces]
        self.widest = [widest(text) for text in self.texts]
        self.rooms = [self._room(piece.cell) for piece in self.pieces]

    def _room(self, cell: SheetCell) -> float:
        """How many em fit on a line of the cell."""
        across = self.edges[cell.column + cell.columns] - self.edges[cell.column]
        return max(1.0, (across * POINTS - PADDING_ACROSS) / self.size)

    def _height(self, text: str, room: float) -> float:
        return line_count(text, room) * LINE * self.size

    def _has_high_header(self, sheet: Sheet) -> bool:
        """Rows that would leave too little of every page to the others cannot repeat."""
        if sheet.repeats is None:
            return False
        first, count = sheet.repeats
        most = HEADER * self.page
        return count * LOWEST > most or any(
            first <= cell.row < first + count
            and self._height(printable(cell.text), self._room(cell)) > most
            for cell in sheet.cells
        )

    def table(self) -> DrawnTable:
        torn = self._torn_rows()
        keepers, unkept = self._keepers()
        sheet = self.sheet
        first, count = sheet.repeats or (sheet.height, 0)
        parts: tuple[list[DrawnCell], ...] = ([], [], [])
        row = 0
        for index, piece in enumerate(self.pieces):
            cell = piece.cell
            if unkept:
                self._add_edges(parts, row, cell.row)
            row = cell.row
            drawn = self._cell(index, keeps=index in keepers, torn=torn[row])
            parts[_part(row, first, count)].append(replace(drawn, open=piece.open))
        if unkept:
            self._add_edges(parts, row, sheet.height)
        return DrawnTable(
            grid=sheet.grid,
            height=sheet.height,
            size=self.size,
            before=tuple(parts[0]),
            repeated=tuple(parts[1]),
            after=tuple(parts[2]),
            edge=unkept,
            close=self._is_close(),
        )

    def _is_close(self) -> bool:
        """Whether the sheet takes about one page, by a rough measure of its rows."""
        rows = [LOWEST] * self.sheet.height
        for piece, text, room in zip(self.pieces, self.texts, self.rooms, strict=True):
            if piece.cell.rows == 1:
                needed = self._height(text, room) + PADDING_DOWN
                rows[piece.cell.row] = max(rows[piece.cell.row], needed)
        low, high = CLOSE
        return low * self.page < sum(rows) < high * self.page

    def _add_edges(self, parts: tuple[list[DrawnCell], ...], begin: int, end: int) -> None:
        first, count = self.sheet.repeats or (self.sheet.height, 0)
        for row in range(begin, end):
            parts[_part(row, first, count)].append(DrawnCell(edge=True, lowest=LOWEST))

    def _cell(self, index: int, *, keeps: bool, torn: bool) -> DrawnCell:
        cell, text, room = self.pieces[index].cell, self.texts[index], self.rooms[index]
        align = _ALIGNED.get(cell.role, "left")
        if cell.role is CellRole.VALUE and self._is_one_line(index):
            align = "center"
        marked = balanced(text, room) if cell.role in _BALANCED else text
        return DrawnCell(
            text=breakable(marked, room),
            columns=cell.columns,
            rows=cell.rows,
            align=align,
            label=cell.role in _LABELS,
            small=cell.role is CellRole.NOTE,
            # Cells over several rows always go on with their rows on the next page.
            torn=torn or cell.rows > 1,
            lowest=LOWEST - PADDING_DOWN if keeps else 0,
            marks=cell.marks,
        )

    def _is_one_line(self, index: int) -> bool:
        marks = len(self.pieces[index].cell.marks)
        return "\n" not in self.texts[index] and (
            self.widest[index] + marks <= SURE * self.rooms[index]
        )

    def _torn_rows(self) -> Sequence[bool]:
        """Rows that hold a text too high to be moved to the next page whole."""
        torn = [False] * self.sheet.height
        for piece, text, room in zip(self.pieces, self.texts, self.rooms, strict=True):
            cell = piece.cell
            if self._height(text, room) > TORN * self.page:
                torn[cell.row : cell.row + cell.rows] = [True] * cell.rows
        return torn

    def _keepers(self) -> tuple[set[int], bool]:
        """One cell of each row that keeps it 8 mm high, and whether a row has none.

        A row with texts of two lines and more is high enough by itself.
        """
        shortest: dict[int, int] = {}
        for index, piece in enumerate(self.pieces):
            if piece.cell.rows > 1:
                continue
            best = shortest.setdefault(piece.cell.row, index)
            if self.widest[index] / self.rooms[index] < self.widest[best] / self.rooms[best]:
                shortest[piece.cell.row] = index
        keepers = {index for index in shortest.values() if self._is_one_line(index)}
        return keepers, len(shortest) < self.sheet.height


def _part(row: int, first: int, count: int) -> int:
    return 0 if row < first else 1 if row < first + count else 2
