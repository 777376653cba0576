"""The cells of one worksheet as one dense table, trimmed to where text stands.

Long runs of empty rows are shortened, since one stray word at the bottom of a sheet must not make
a million rows; every row keeps its own number.
"""

from bisect import bisect_left, bisect_right

from msgspec import Struct

from jixiao.intake.document import RowPlace, Table
from jixiao.intake.office.sheet_values import Area, SheetCells

MAX_POSITIONS = 2_000_000
KEPT_GAP = 30
#: Areas that overlap by the thousand are an attack, not a form.
MAX_ROWS_LOOKED_AT = 20_000_000


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
        places=[RowPlace(None, sheet, None, number) for number in numbers],
        first_column=left,
    )
    overlapping = _merge(table, numbers, cells.merges)
    return Grid(table, cut=cut, overlapping=overlapping)


def _kept_rows(filled: list[int]) -> list[int]:
    first, last = filled[0], filled[-1]
    if last - first < len(filled) + KEPT_GAP:
        return list(range(first, last + 1))
    kept = [first]
    for number in filled[1:]:
        kept.extend(range(kept[-1] + 1, min(kept[-1] + KEPT_GAP + 1, number)))
        kept.append(number)
    return kept


def _merge(table: Table, numbers: list[int], areas: list[Area]) -> bool:
    """Blank what merged areas cover; of two areas that overlap, the first one holds."""
    texts, taken = table.texts, [bytearray(table.width) for _ in numbers]
    overlapping, looked_at = False, 0
    for area in areas:
        clipped = _clipped(area, numbers, table)
        if clipped is None:
            continue
        top, left, rows, columns = clipped
        right = left + columns
        looked_at += rows
        if looked_at > MAX_ROWS_LOOKED_AT:
            return True
        lines = range(top, top + rows)
        for row in lines:
            if 1 in taken[row][left:right]:
                overlapping = True
                break
        else:
            text, blanks, marks = texts[top][left], [""] * columns, b"\x01" * columns
            for row in lines:
                taken[row][left:right] = marks
                texts[row][left:right] = blanks
            texts[top][left] = text
            table.spans[top, left] = (rows, columns)
    return overlapping


def _clipped(area: Area, numbers: list[int], table: Table) -> tuple[int, int, int, int] | None:
    """The area as positions of the table, or None if not two of them are left."""
    first_row, first_column, last_row, last_column = area
    top, bottom = bisect_left(numbers, first_row), bisect_right(numbers, last_row)
    left = max(first_column - table.first_column, 0)
    right = min(last_column - table.first_column + 1, len(table.texts[0]))
    rows, columns = bottom - top, right - left
    return (top, left, rows, columns) if rows > 0 < columns and rows * columns > 1 else None
