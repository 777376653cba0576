"""Cells put on the grid of a sheet, from left to right into the places that are still free."""

from jixiao.official.sheet import CellRole, SheetCell, SheetInput


class Drawing:
    """A sheet while it is being drawn. Rows are begun one after the other."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.row = -1
        self._column = 0
        self._taken: set[tuple[int, int]] = set()
        self._cells: list[SheetCell] = []

    def begin_row(self) -> None:
        """Go on to the next row."""
        self.row += 1
        self._column = 0

    def put(
        self,
        text: str,
        role: CellRole,
        *,
        across: int = 1,
        down: int = 1,
        path: str = "",
        inputs: tuple[SheetInput, ...] = (),
    ) -> int:
        """Draw a cell at the next free place of the row; its number, for `extend`."""
        column = self._next_free()
        stop = min(column + across, self.width)
        cell = SheetCell(
            row=self.row,
            column=column,
            rows=down,
            columns=stop - column,
            text=text,
            role=role,
            path=path,
            inputs=inputs,
        )
        self._take(cell)
        self._column = stop
        self._cells.append(cell)
        return len(self._cells) - 1

    def extend(self, number: int) -> None:
        """Let a cell drawn before cover its columns of this row as well."""
        old = self._cells[number]
        grown = SheetCell(
            row=old.row,
            column=old.column,
            rows=self.row - old.row + 1,
            columns=old.columns,
            text=old.text,
            role=old.role,
            path=old.path,
            inputs=old.inputs,
        )
        self._cells[number] = grown
        self._take(grown)

    def finished(self) -> tuple[SheetCell, ...]:
        """All cells in reading order; what nothing was drawn on is blank."""
        height = self.row + 1
        for row in range(height):
            for column in range(self.width):
                if (row, column) not in self._taken:
                    self._cells.append(SheetCell(row=row, column=column))
        return tuple(sorted(self._cells, key=lambda cell: (cell.row, cell.column)))

    def _next_free(self) -> int:
        while (self.row, self._column) in self._taken:
            self._column += 1
        if self._column >= self.width:
            raise OverflowError(self.row)
        return self._column

    def _take(self, cell: SheetCell) -> None:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                self._taken.add((row, column))
