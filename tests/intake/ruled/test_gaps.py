"""Columns nobody drew: only what is clearly a table becomes one."""

import numpy as np
import pytest

from jixiao.intake.ruled.gaps import Columned, columned, ruled_across
from jixiao.intake.ruled.words import Run, TextLine


def line(row: int, *runs: tuple[float, float]) -> TextLine:
    """A line of runs, given by their left and right ends, 15 points below the last."""
    made = tuple(
        Run(f"{row}.{index}", (left, row * 15.0, right, row * 15.0 + 10))
        for index, (left, right) in enumerate(runs)
    )
    return TextLine(made, (made[0].box[0], row * 15.0, made[-1].box[2], row * 15.0 + 10))


def three_columns(row: int) -> TextLine:
    return line(row, (0, 40), (100, 100 + 10 * (row % 4 + 1)), (200, 230))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("nothing", []),
        ("prose", [line(row, (0, 400)) for row in range(6)]),
        ("two rows show no pattern", [three_columns(0), three_columns(1)]),
        ("prose with a signature", [*[line(r, (0, 400)) for r in range(6)], three_columns(6)]),
        ("pairs that start anywhere", [line(r, (0, 50 + r), (90 + 31 * r, 300)) for r in range(5)]),
        ("rows far apart", [three_columns(row) for row in (0, 9, 18, 27)]),
    ],
)
def test_no_table(name, lines):
    assert columned(lines) == lines, name


def test_a_table_between_prose():
    title, note = line(0, (0, 400)), line(6, (0, 400))
    found = columned([title, *[three_columns(row) for row in range(1, 6)], note])
    assert [type(entry) for entry in found] == [TextLine, Columned, TextLine]
    table = found[1]
    assert isinstance(table, Columned)
    assert [sorted(row) for row in table.rows] == [[0, 1, 2]] * 5


def test_a_blank_place_stays_blank():
    rows = [three_columns(0), line(1, (0, 40), (200, 230)), *[three_columns(r) for r in (2, 3)]]
    (table,) = columned(rows)
    assert isinstance(table, Columned)
    assert sorted(table.rows[1]) == [0, 2]


def rulings(*heights: float, left: float = 0, right: float = 240):
    return np.array([[height, left, right] for height in heights], dtype=float)


def across(lone, lines):
    return ruled_across(lone, lines, lines)


def test_two_lines_on_a_page_are_no_table():
    assert across(rulings(0, 100), [three_columns(row) for row in range(5)]) == []


def test_rows_between_horizontal_rulings():
    lines = [three_columns(row) for row in range(1, 5)]
    (grid,) = across(rulings(12, 27, 42, 57, 72), lines)
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (4, 3)


def test_a_three_line_table_has_the_rows_of_its_lines():
    lines = [three_columns(row) for row in range(1, 8)]
    (grid,) = across(rulings(12, 27, 118), lines)
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (7, 3)


def test_a_text_across_the_gap_is_a_merged_cell():
    lines = [line(1, (0, 220)), *[three_columns(row) for row in range(2, 5)]]
    (grid,) = across(rulings(12, 27, 42, 57, 72), lines)
    assert (0, 0, 1, 3) in {(c.row, c.column, c.rows, c.columns) for c in grid.cells}
