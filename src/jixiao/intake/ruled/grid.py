"""From rulings to cells with exact row and column spans.

The lines that touch one another make one table. Between all its line positions lies a fine net;
wherever no line runs between two meshes they belong to one cell. Nothing is guessed from text,
so a merged cell is merged because its borders say so.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jixiao.intake.ruled.lines import TOUCH, Floats, Rulings

Integers = NDArray[np.intp]


class Cell(Struct, frozen=True, gc=False):
    """Top left position of a cell and how many rows and columns it takes."""

    row: int
    column: int
    rows: int
    columns: int


class Grid(Struct, frozen=True, eq=False):
    """Borders of columns (`xs`) and rows (`ys`), and the cell that owns each mesh."""

    xs: Floats
    ys: Floats
    cells: tuple[Cell, ...]
    owner: Integers

    @property
    def box(self) -> tuple[float, float, float, float]:
        return float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1])


class Ruled(Struct, frozen=True, eq=False):
    """The tables of a page, and the horizontal lines no vertical one touches."""

    grids: list[Grid]
    lone: Floats


def grids_from(rulings: Rulings) -> Ruled:
    """Every table of more than one cell, largest first, so that inner tables come after outer."""
    across, down = rulings.horizontal, rulings.vertical
    if not len(across) or not len(down):
        return Ruled([], across)
    across_label, down_label = _components(across, down)
    grids = []
    for label in np.unique(down_label[down_label >= 0]):
        grid = grid_of(across[across_label == label], down[down_label == label])
        if grid is not None:
            grids.append(grid)
    return Ruled(sorted(grids, key=_area, reverse=True), across[across_label < 0])


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)


def _components(across: Floats, down: Floats) -> tuple[Integers, Integers]:
    """Label lines that touch, directly or through others; -1 for a line that touches none."""
    y, x = across[:, 0, None], down[None, :, 0]
    touch = (
        (x >= across[:, 1, None] - TOUCH)
        & (x <= across[:, 2, None] + TOUCH)
        & (y >= down[None, :, 1] - TOUCH)
        & (y <= down[None, :, 2] + TOUCH)
    )
    nobody = len(across)
    label = np.where(touch.any(axis=1), np.arange(nobody), nobody)
    while True:
        down_label = np.where(touch, label[:, None], nobody).min(axis=0)
        renewed = np.minimum(label, np.where(touch, down_label[None, :], nobody).min(axis=1))
        if np.array_equal(renewed, label):
            break
        label = renewed
    return np.where(label == nobody, -1, label), np.where(down_label == nobody, -1, down_label)


def grid_of(across: Floats, down: Floats) -> Grid | None:
    """Build the table these lines draw, or None where they part nothing."""
    xs = _borders(down[:, 0], across[:, 1].min(), across[:, 2].max())
    ys = _borders(across[:, 0], down[:, 1].min(), down[:, 2].max())
    if len(xs) < 2 or len(ys) < 2:
        return None
    ruled_above = _covered(across, ys, xs)
    ruled_left = _covered(down, xs, ys).T
    region = _regions(ruled_above, ruled_left)
    region, xs, ys = _without_idle_lines(region, xs, ys)
    cells, owner = _cells(region)
    if len(cells) < 2:
        return None
    return Grid(xs=xs, ys=ys, cells=cells, owner=owner)


def _borders(lines: Floats, start: float, end: float) -> Floats:
    """Line positions, with the ends of the crossing lines where the side is left open."""
    positions = np.unique(lines)
    if start < positions[0] - 2 * TOUCH:
        positions = np.insert(positions, 0, start)
    if end > positions[-1] + 2 * TOUCH:
        positions = np.append(positions, end)
    return positions


def _covered(lines: Floats, positions: Floats, borders: Floats) -> NDArray[np.bool_]:
    """`[line, mesh]`: does a ruling at that position run along the whole side of the mesh."""
    covered = np.zeros((len(positions), len(borders) - 1), dtype=bool)
    place = np.searchsorted(positions, lines[:, 0])
    first = np.searchsorted(borders, lines[:, 1] - TOUCH)
    last = np.searchsorted(borders, lines[:, 2] + TOUCH, side="right") - 1
    for at, begin, end in zip(place.tolist(), first.tolist(), last.tolist(), strict=True):
        covered[at, begin:end] = True
    return covered


def _regions(ruled_above: NDArray[np.bool_], ruled_left: NDArray[np.bool_]) -> Integers:
    """Give meshes without a ruling between them the same number."""
    rows, columns = ruled_left.shape[0], ruled_above.shape[1]
    open_below = np.argwhere(~ruled_above[1:-1]).tolist()
    open_right = np.argwhere(~ruled_left[:, 1:-1]).tolist()
    if not open_below and not open_right:
        return np.arange(rows * columns, dtype=np.intp).reshape(rows, columns)
    parent = list(range(rows * columns))

    def root(mesh: int) -> int:
        while parent[mesh] != mesh:
            parent[mesh] = parent[parent[mesh]]
            mesh = parent[mesh]
        return mesh

    def unite(one: int, other: int) -> None:
        one, other = root(one), root(other)
        parent[max(one, other)] = min(one, other)

    for row, column in open_below:
        unite(row * columns + column, (row + 1) * columns + column)
    for row, column in open_right:
        unite(row * columns + column, row * columns + column + 1)
    found = np.array([root(mesh) for mesh in range(rows * columns)], dtype=np.intp)
    return found.reshape(rows, columns)


def _without_idle_lines(
    region: Integers, xs: Floats, ys: Floats
) -> tuple[Integers, Floats, Floats]:
    """Drop line positions that part no two cells: an underline inside a cell, a loose end."""
    rows = np.append(True, (region[1:] != region[:-1]).any(axis=1))
    region, ys = region[rows], np.append(ys[:-1][rows], ys[-1])
    columns = np.append(True, (region[:, 1:] != region[:, :-1]).any(axis=0))
    return region[:, columns], np.append(xs[:-1][columns], xs[-1]), ys


def _cells(region: Integers) -> tuple[tuple[Cell, ...], Integers]:
    cells: list[Cell] = []
    height, width = region.shape
    numbers = [line.tolist() for line in region]
    single = (np.bincount(region.ravel()) == 1).tolist()
    taken = [[-1] * width for _ in range(height)]
    for row, (line, owners) in enumerate(zip(numbers, taken, strict=True)):
        for column, number in enumerate(line):
            if owners[column] >= 0:
                continue
            if single[number]:
                owners[column] = len(cells)
                cells.append(Cell(row, column, 1, 1))
                continue
            cell = _rectangle(numbers, taken, row, column)
            for below in taken[row : row + cell.rows]:
                below[column : column + cell.columns] = [len(cells)] * cell.columns
            cells.append(cell)
    return tuple(cells), np.asarray(taken, dtype=np.intp)


def _rectangle(numbers: list[list[int]], taken: list[list[int]], row: int, column: int) -> Cell:
    """Take the largest free rectangle of one region from here.

    A region that is no rectangle (a border was forgotten) comes apart into several cells
    instead of swallowing its neighbours.
    """
    number, width = numbers[row][column], 1
    line, free = numbers[row], taken[row]
    while column + width < len(line) and line[column + width] == number:
        if free[column + width] >= 0:
            break
        width += 1
    same = [number] * width
    depth = 1
    while row + depth < len(numbers) and numbers[row + depth][column : column + width] == same:
        depth += 1
    return Cell(row=row, column=column, rows=depth, columns=width)
