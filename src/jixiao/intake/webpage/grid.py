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
    """The cells of one row, its number in the source, and how many rows of its group follow."""

    cells: list[Cell]
    number: int
    following: int


class Grid(Struct, frozen=True):
    """Texts at their top left positions, merged cells, source row numbers; `cut` if too large."""

    texts: list[list[str]]
    spans: dict[Position, tuple[int, int]]
    numbers: list[int]
    cut: bool = False


class _Placed(Struct, frozen=True):
    row: int
    column: int
    text: str
    rows: int
    columns: int


def grid_of(rows: list[Row]) -> Grid:
    """Lay the rows out; rows without any cell of their own or from above are left out."""
    placed, numbers, cut = _place(rows)
    width = min(_width(placed, len(numbers)), WIDEST)
    most_rows = max(LARGEST // max(width, 1), 1)
    height = min(len(numbers), most_rows)
    texts = [[""] * width for _ in range(height)]
    spans: dict[Position, tuple[int, int]] = {}
    for cell in placed:
        if cell.row >= height or cell.column >= width:
            cut = True
            continue
        texts[cell.row][cell.column] = cell.text
        span = min(cell.rows, height - cell.row), min(cell.columns, width - cell.column)
        if span != (1, 1):
            spans[cell.row, cell.column] = span
    return Grid(texts, spans, numbers[:height], cut or height < len(numbers))


def _place(rows: list[Row]) -> tuple[list[_Placed], list[int], bool]:
    placed: list[_Placed] = []
    numbers: list[int] = []
    cut = False
    covered = 0
    hanging: dict[int, int] = {}
    for row in rows:
        if not row.cells and not hanging:
            continue
        index = len(numbers)
        numbers.append(row.number)
        column = 0
        begun: dict[int, int] = {}
        for cell in row.cells:
            while column in hanging:
                column += 1
            if column >= WIDEST:
                cut = True
                break
            columns = _free_columns(hanging, column, cell.colspan)
            rest = row.following + 1
            height = rest if cell.rowspan == 0 else min(max(cell.rowspan, 1), rest)
            placed.append(_Placed(index, column, cell.text, height, columns))
            if height > 1:
                begun.update(dict.fromkeys(range(column, column + columns), height))
            column += columns
        hanging = _still_hanging(hanging, begun)
        covered += len(hanging)
        if covered > LARGEST:
            return placed, numbers, True
    return placed, numbers, cut


def _free_columns(hanging: dict[int, int], column: int, wanted: int) -> int:
    wanted = min(max(wanted, 1), WIDEST)
    if not hanging:
        return wanted
    return next((ahead for ahead in range(1, wanted) if column + ahead in hanging), wanted)


def _still_hanging(hanging: dict[int, int], begun: dict[int, int]) -> dict[int, int]:
    """The columns covered from above in the next row, with the rows still to cover."""
    both = {**hanging, **begun}
    return {column: left - 1 for column, left in both.items() if left > 1}


def _width(placed: list[_Placed], rows: int) -> int:
    """The widest row, unless only a few rows reach so far by the span of their last cell."""
    rows_ending_at: Counter[int] = Counter()
    anchored = 0
    for cell in placed:
        anchored = max(anchored, cell.column + 1)
        rows_ending_at[cell.column + cell.columns] += cell.rows
    widest = max(rows_ending_at, default=0)
    if anchored == widest or rows_ending_at[widest] * 2 >= rows:
        return widest
    last_edges = [end for end in rows_ending_at if end >= anchored]
    return max(last_edges, key=lambda end: (rows_ending_at[end], end))
