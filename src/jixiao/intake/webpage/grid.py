"""Cells with rowspan and colspan onto a grid, the way browsers lay them out.

Spans that reach beyond the table are cut back, spans that would overlap end before the cell
already there, and missing cells are blank. A title that spans a hundred columns does not make the
table a hundred columns wide.
"""

from collections import Counter

from msgspec import Struct

from jixiao.intake.document import Position

WIDEST = 1000
LARGEST = 2_000_000


class Cell(Struct, frozen=True):
    """The text of a cell and the spans it states; a rowspan of 0 runs to the end of its group."""

    text: str
    rowspan: int = 1
    colspan: int = 1


class Row(Struct, frozen=True):
    """The cells of one row, its number in the source, and how many rows of its group follow.

    A plain row has no spans of its own.
    """

    cells: list[Cell]
    number: int
    following: int
    is_plain: bool


class Grid(Struct, frozen=True):
    """Texts at their top left positions, merged cells, source row numbers; `cut` if too large."""

    texts: list[list[str]]
    spans: dict[Position, tuple[int, int]]
    numbers: list[int]
    cut: bool = False


def grid_of(rows: list[Row]) -> Grid:
    """Lay the rows out; rows without any cell of their own or from above are left out."""
    layout = _Layout()
    for row in rows:
        if layout.covered > LARGEST:
            layout.is_cut = True
            break
        if row.cells or layout.hanging:
            layout.add(row)
    return layout.grid()


class _Layout:
    """Rows laid out one after the other, with the cells that hang down into the next."""

    def __init__(self) -> None:
        self.hanging: dict[int, int] = {}
        self.covered = 0
        self.is_cut = False
        self._texts: list[list[str]] = []
        self._numbers: list[int] = []
        self._spans: dict[Position, tuple[int, int]] = {}
        self._rows_ending_at: Counter[int] = Counter()
        self._anchored = 0

    def add(self, row: Row) -> None:
        self._numbers.append(row.number)
        if self.hanging or not row.is_plain or len(row.cells) > WIDEST:
            line = self._line_with_spans(row)
        else:
            line = [cell.text for cell in row.cells]
            self._rows_ending_at[len(line)] += 1
        self._anchored = max(self._anchored, len(line))
        self._texts.append(line)

    def grid(self) -> Grid:
        height = len(self._texts)
        width = min(self._width(), WIDEST)
        if width * height > LARGEST:
            height, self.is_cut = LARGEST // width, True
        texts = [line + [""] * (width - len(line)) for line in self._texts[:height]]
        spans = {
            (row, column): span
            for (row, column), (down, across) in self._spans.items()
            if row < height
            and (span := (min(down, height - row), min(across, width - column))) != (1, 1)
        }
        return Grid(texts, spans, self._numbers[:height], self.is_cut)

    def _line_with_spans(self, row: Row) -> list[str]:
        line: list[str] = []
        index = len(self._texts)
        begun: dict[int, int] = {}
        column = 0
        for cell in row.cells:
            while column in self.hanging:
                column += 1
            if column >= WIDEST:
                self.is_cut = True
                break
            line += [""] * (column - len(line))
            line.append(cell.text)
            across = _free_columns(self.hanging, column, cell.colspan)
            rest = row.following + 1
            down = rest if cell.rowspan == 0 else min(max(cell.rowspan, 1), rest)
            if (down, across) != (1, 1):
                self._spans[index, column] = (down, across)
            if down > 1:
                begun.update(dict.fromkeys(range(column, column + across), down))
            column += across
            self._rows_ending_at[column] += down
        both = {**self.hanging, **begun}
        self.hanging = {at: left - 1 for at, left in both.items() if left > 1}
        self.covered += len(self.hanging)
        return line

    def _width(self) -> int:
        """The widest row, unless only a few rows reach so far by the span of their last cell."""
        widest = max(self._rows_ending_at, default=0)
        reaching = self._rows_ending_at[widest]
        if self._anchored == widest or reaching * 2 >= len(self._texts):
            return widest
        last_edges = [end for end in self._rows_ending_at if end >= self._anchored]
        return max(last_edges, key=lambda end: (self._rows_ending_at[end], end))


def _free_columns(hanging: dict[int, int], column: int, wanted: int) -> int:
    """How far a cell may reach before it meets one that hangs from above."""
    wanted = min(max(wanted, 1), WIDEST)
    if not hanging:
        return wanted
    return next((ahead for ahead in range(1, wanted) if column + ahead in hanging), wanted)
