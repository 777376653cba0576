"""Two forms printed side by side in one table are two tables.

Only where both name a project in the same row and head their indicators in the same row: a wide
form with two halves names its project once.
"""

from itertools import pairwise

from jixiao.intake.document import Table
from jixiao.intake.recognise.draft import PROJECT_NAMES
from jixiao.intake.recognise.grid import Grid
from jixiao.intake.recognise.headings import find_heading

_LOOKED_AT = 8


def side_by_side(grid: Grid) -> list[Grid]:
    """The forms of a table from left to right; the table itself where it holds one beside none."""
    parts = _parts(grid, grid.table)
    return [grid] if len(parts) == 1 else [Grid(part) for part in parts]


def _parts(grid: Grid, table: Table) -> list[Table]:
    for row in range(min(grid.height, _LOOKED_AT)):
        starts = [c.column for c in grid.cells(row) if c.label.header in PROJECT_NAMES]
        if len(starts) < 2:
            continue
        bounds = [0, *starts[1:], grid.width]
        if any(_is_crossed(table, row, bound) for bound in starts[1:]):
            return [table]
        parts = [_slice(table, a, b) for a, b in pairwise(bounds)]
        heads = [_heading_rows(part, row) for part in parts]
        return parts if heads[0] and all(head == heads[0] for head in heads) else [table]
    return [table]


def _is_crossed(table: Table, first: int, bound: int) -> bool:
    return any(
        row >= first and column < bound < column + columns
        for (row, column), (_, columns) in table.spans.items()
    )


def _heading_rows(part: Table, first: int) -> list[int]:
    grid = Grid(part)
    return [row for row in range(first, grid.height) if grid.cells(row) and find_heading(grid, row)]


def _slice(table: Table, start: int, stop: int) -> Table:
    """The columns from start to stop; a title over all of them stays with the first."""
    spans = {
        (row, column - start): (rows, min(columns, stop - column))
        for (row, column), (rows, columns) in table.spans.items()
        if start <= column < stop
    }
    inside = {
        (row, column): (row, column - start)
        for row in range(len(table.texts))
        for column in range(start, stop)
    }
    return Table(
        texts=[row[start:stop] for row in table.texts],
        places=table.places,
        spans=spans,
        boxes={inside[at]: box for at, box in table.boxes.items() if at in inside},
        joined={inside[at]: places for at, places in table.joined.items() if at in inside},
        doubtful={inside[at] for at in table.doubtful if at in inside},
        merges_known=table.merges_known,
        first_column=table.first_column + start,
        moved={inside[at]: to - start for at, to in table.moved.items() if at in inside},
        edges=table.edges[start : stop + 1],
        lines={inside[at]: line for at, line in table.lines.items() if at in inside},
    )
