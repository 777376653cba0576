"""Rulings to cells: spans exactly as the borders say, loose ends without effect."""

import numpy as np
import pytest

from jixiao.intake.ruled.grid import grids_from
from jixiao.intake.ruled.lines import Rulings


def rulings(across, down):
    return Rulings(
        horizontal=np.array(across, dtype=float).reshape(-1, 3),
        vertical=np.array(down, dtype=float).reshape(-1, 3),
    )


def cells(across, down):
    grids = grids_from(rulings(across, down)).grids
    return [
        sorted((cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells)
        for grid in grids
    ]


# Three rows and columns of 100 points: rulings as (position, start, end).
FULL = [(0, 0, 300), (100, 0, 300), (200, 0, 300), (300, 0, 300)]
NINE = [(row, column, 1, 1) for row in range(3) for column in range(3)]


@pytest.mark.parametrize(
    ("name", "across", "down"),
    [
        ("lines that cross nothing", [(0, 0, 300), (50, 0, 300)], []),
        ("verticals alone", [], FULL),
        ("a box is a frame, not a table", [(0, 0, 99), (99, 0, 99)], [(0, 0, 99), (99, 0, 99)]),
        ("a line under a title", [(0, 0, 300)], [(400, 0, 300)]),
    ],
)
def test_no_table(name, across, down):
    assert cells(across, down) == [], name


@pytest.mark.parametrize(
    ("name", "across", "down", "expected"),
    [
        ("plain", FULL, FULL, NINE),
        (
            "merged over two columns",
            FULL,
            [FULL[0], (100, 100, 300), FULL[2], FULL[3]],
            [(0, 0, 1, 2), *[cell for cell in NINE if cell[:2] not in {(0, 0), (0, 1)}]],
        ),
        (
            "merged over three rows",
            [FULL[0], (100, 100, 300), (200, 100, 300), FULL[3]],
            FULL,
            [(0, 0, 3, 1), *[cell for cell in NINE if cell[1]]],
        ),
        ("sides left open", FULL, FULL[1:3], NINE),
        ("bottom left open", FULL[:3], FULL, NINE),
        ("an underline inside a cell", [*FULL, (150, 120, 180)], FULL, NINE),
        ("a loose end", [*FULL, (150, 0, 60)], FULL, NINE),
        ("a border that stops a hair short", [*FULL[:3], (300, 2, 298)], FULL, NINE),
    ],
)
def test_cells(name, across, down, expected):
    assert cells(across, down) == [sorted(expected)], name


def test_a_forgotten_border_does_not_swallow_neighbours():
    down = [(0, 0, 300), (100, 0, 100), (200, 0, 300), (300, 0, 300)]
    across = [(0, 0, 300), (100, 0, 100), (200, 0, 300), (300, 0, 300)]
    found = cells(across, down)[0]
    assert sum(rows * columns for _, _, rows, columns in found) == 9
    assert (0, 2, 2, 1) in found


def test_tables_apart_stay_apart_and_the_larger_comes_first():
    small_across = [(400, 0, 100), (450, 0, 100), (500, 0, 100)]
    small_down = [(0, 400, 500), (100, 400, 500)]
    found = cells([*FULL, *small_across], [*FULL, *small_down])
    assert [len(grid) for grid in found] == [9, 2]


def test_lone_lines_are_handed_on():
    lone = (400, 0, 250)
    assert grids_from(rulings([*FULL, lone], FULL)).lone.tolist() == [list(lone)]
