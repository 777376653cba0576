"""The sixteen real forms of the sample as grids with the merges their printed tables have.

The sample is a text dump without merges; what its printed form merges is known from the labels.
"""

from pathlib import Path

import jixiao
from tests.support.office_files import Grid

SAMPLE = Path(jixiao.__file__).parent / "sample" / "taole-2022.txt"
TITLE = "部门项目支出预算绩效目标表"
WIDTH = 5


def seed_grids() -> list[Grid]:
    """One grid a form, title and year included as merged rows."""
    forms: list[list[list[str]]] = []
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        if cells[0] == TITLE:
            forms.append([])
        if forms and any(cells):
            filled = [*cells, *[""] * WIDTH][:WIDTH]
            forms[-1].append(filled)
    return [_grid(rows) for rows in forms]


def _grid(rows: list[list[str]]) -> Grid:
    first_indicator = 1 + next(index for index, row in enumerate(rows) if row[0] == "名称")
    texts = [*(_squeezed(row) for row in rows[:first_indicator]), *rows[first_indicator:]]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for index in range(first_indicator):
        last = max(column for column in range(WIDTH) if texts[index][column])
        if last < WIDTH - 1:
            spans[index, last] = (1, WIDTH - last)
    for column in range(3):
        spans |= _down(texts, column, first_indicator)
    spans |= _down(texts, 0, 0, first_indicator)
    return Grid(texts, spans)


def _squeezed(row: list[str]) -> list[str]:
    """A head row without the blank cells of its merges; the first cell may be truly blank."""
    kept = row[:1] + [cell for cell in row[1:] if cell]
    return [*kept, *[""] * WIDTH][:WIDTH]


def _down(
    texts: list[list[str]], column: int, start: int, stop: int | None = None
) -> dict[tuple[int, int], tuple[int, int]]:
    """Blank cells below a filled one belong to it."""
    spans = {}
    anchor = None
    for row in range(start, len(texts) if stop is None else stop):
        if texts[row][column]:
            anchor = row
        elif anchor is not None:
            spans[anchor, column] = (row - anchor + 1, 1)
    return spans
