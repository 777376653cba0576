"""A table as the recogniser walks it: the cells of a row with what their words may mean."""

from msgspec import Struct

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Position, Table
from jixiao.standards.labels import Label, label_of

_SINGLE = (1, 1)


class Cell(Struct, frozen=True, gc=False):
    """A cell with text. `stop` is the first column to its right, `below` the first row below."""

    row: int
    column: int
    stop: int
    below: int
    text: str
    label: Label


class Grid:
    """A table with merged cells resolved: who covers a position, and what each row holds."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.texts = table.texts
        self.height = len(table.texts)
        self.width = table.width
        self._covered: dict[Position, Position] = {}
        self._cells: list[list[Cell] | None] = [None] * len(table.texts)
        for (row, column), (rows, columns) in table.spans.items():
            anchor = (row, column)
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    self._covered[r, c] = anchor

    def cells(self, row: int) -> list[Cell]:
        """The cells with text that begin in this row, left to right."""
        known = self._cells[row]
        if known is not None:
            return known
        spans = self.table.spans
        found = []
        for column, text in enumerate(self.texts[row]):
            if text and not text.isspace():
                height, width = spans.get((row, column), _SINGLE) if spans else _SINGLE
                cell = Cell(row, column, column + width, row + height, text, label_of(text))
                found.append(cell)
        self._cells[row] = found
        return found

    def anchor(self, row: int, column: int) -> Position:
        """The position whose text fills this one."""
        return self._covered.get((row, column), (row, column))

    def is_covered(self, row: int, column: int) -> bool:
        """The position belongs to a merged cell that begins in a row above."""
        return self._covered.get((row, column), (row, column))[0] < row

    def starts_at(self, row: int, column: int) -> bool:
        return self._covered.get((row, column), (row, column)) == (row, column)

    def stop(self, row: int, column: int) -> int:
        """The first column right of the cell at this position."""
        anchor = self._covered.get((row, column))
        if anchor is None:
            return column + 1
        return anchor[1] + self.table.spans[anchor][1]

    def bottom(self, row: int, column: int) -> int:
        """The first row below the cell at this position."""
        anchor = self._covered.get((row, column))
        if anchor is None:
            return row + 1
        return anchor[0] + self.table.spans[anchor][0]

    def text(self, position: Position) -> str:
        return self.texts[position[0]][position[1]]

    def at(self, position: Position) -> SourceRef:
        return self.table.at(*position)

    def is_doubtful(self, position: Position) -> bool:
        return position in self.table.doubtful
