"""The cells of one worksheet as one dense table, trimmed to where text stands.

Long runs of empty rows are shortened, since one stray word at the bottom of a sheet must not make
a million rows; every row keeps its own number.
"""

from bisect import bisect_left, bisect_right

from msgspec import Struct

from jixiao.intake.document import Position, RowPlace, Table
from jixiao.intake.office.sheet_cells import Area, SheetCells

MAX_POSITIONS = 2_000_000
KEPT_GAP = 30


class Grid(Struct):
    """`cut` when rows had to be left out, `overlapping` when merged areas contradict."""

    table: Table
    cut: bool = False
    overlapping: bool = False


def assembled(cells: SheetCells, sheet: str) -> Grid | None:
    """None for a sheet without text."""
    if not cells.rows:
        return None
    columns = [column for row in cells.rows.values() for column, _ in row]
    left, right = min(columns), max(columns)
    width = right - left + 1
    numbers = _kept_rows(sorted(cells.rows))
    most = max(MAX_POSITIONS // width, 1)
    cut = len(numbers) > most
    del numbers[most:]
    texts = [[""] * width for _ in numbers]
    for number, line in zip(numbers, texts, strict=True):
        for column, text in cells.rows.get(number, ()):
            line[column - left] = text
    table = Table(
        texts=texts,
        places=[RowPlace(sheet=sheet, row=number) for number in numbers],
        first_column=left,
    )
    overlapping = _merge(table, numbers, cells.merges)
    return Grid(table, cut=cut, overlapping=overlapping)


def _kept_rows(filled: list[int]) -> list[int]:
    kept = filled[:1]
    for number in filled[1:]:
        gap_end = min(kept[-1] + KEPT_GAP, number - 1)
        kept.extend(range(kept[-1] + 1, gap_end + 1))
        kept.append(number)
    return kept


def _merge(table: Table, numbers: list[int], areas: list[Area]) -> bool:
    """Blank what merged areas cover; of two areas that overlap, the first one holds."""
    covered: set[Position] = set()
    overlapping = False
    for area in areas:
        clipped = _clipped(area, numbers, table)
        if clipped is None:
            continue
        top, left, rows, columns = clipped
        positions = [
            (row, column)
            for row in range(top, top + rows)
            for column in range(left, left + columns)
        ]
        if not covered.isdisjoint(positions):
            overlapping = True
            if len(covered) > MAX_POSITIONS:
                break
            continue
        covered.update(positions)
        table.spans[top, left] = (rows, columns)
        for row, column in positions[1:]:
            table.texts[row][column] = ""
    return overlapping


def _clipped(area: Area, numbers: list[int], table: Table) -> tuple[int, int, int, int] | None:
    """The area as positions of the table, or None if not two of them are left."""
    top, bottom = bisect_left(numbers, area[0]), bisect_right(numbers, area[2])
    left = max(area[1] - table.first_column, 0)
    right = min(area[3] - table.first_column + 1, table.width)
    rows, columns = bottom - top, right - left
    return (top, left, rows, columns) if rows > 0 < columns and rows * columns > 1 else None
