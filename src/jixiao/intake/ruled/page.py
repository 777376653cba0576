"""One drawn page, whatever drew it: characters and strokes in, tables and free lines out.

A page reader (digital PDF, OFD, a recognised scan) only has to say which characters and which
strokes stand where; from there on all of them go the same way.
"""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from jixiao.foundation.location import Box
from jixiao.intake.document import Block, Line, Position, RowPlace, Table
from jixiao.intake.ruled.gaps import Columned, columned, ruled_across
from jixiao.intake.ruled.grid import Grid, grids_from
from jixiao.intake.ruled.lines import Floats, rulings_from
from jixiao.intake.ruled.words import Glyphs, Integers, TextLine, free_lines, texts_by_group

#: Fewer lines make no table of rows.
FEWEST_RULINGS = 3
#: Between horizontal rulings a gap of less than one character parts columns already.
WORD_GAP = 0.7
ANY_GAP = 0.25


class DrawnPage(Struct, frozen=True, eq=False):
    """What stands on a page; boxes in points from the top left corner as the page is read."""

    number: int
    glyphs: Glyphs
    strokes: Floats


def blocks_of(page: DrawnPage) -> list[Block]:
    """Tables and lines of the page from top to bottom."""
    grids, group = _grids(page)
    free = group < 0
    texts = texts_by_group(page.glyphs.only(~free), group[~free])
    doubtful = _doubtful(page.glyphs, group)
    placed: list[tuple[float, float, Block]] = []
    first = 0
    for grid in grids:
        mine = [texts.get(first + index, "") for index in range(len(grid.cells))]
        if any(mine):
            table = _table(grid, mine, page.number)
            table.doubtful = _positions(grid, doubtful, first)
            placed.append((float(grid.ys[0]), float(grid.xs[0]), table))
        first += len(grid.cells)
    for entry in columned(free_lines(page.glyphs.only(free))):
        box = entry.box
        block = _line(entry, page) if isinstance(entry, TextLine) else _unruled(entry, page)
        placed.append(((box[1] + box[3]) / 2 if isinstance(block, Line) else box[1], box[0], block))
    placed.sort(key=lambda entry: (entry[0], entry[1]))
    return list(_numbered(block for _, _, block in placed))


def _grids(page: DrawnPage) -> tuple[list[Grid], Integers]:
    """Find the tables of the page, and the cell each character belongs to."""
    if not len(page.strokes):
        return [], _owners(page.glyphs, [])
    ruled = grids_from(rulings_from(page.strokes))
    group = _owners(page.glyphs, ruled.grids)
    if len(ruled.lone) < FEWEST_RULINGS:
        return ruled.grids, group
    lines = free_lines(page.glyphs.only(group < 0), WORD_GAP)
    pieces = free_lines(page.glyphs.only(group < 0), ANY_GAP)
    found = ruled_across(ruled.lone, lines, pieces)
    if not found:
        return ruled.grids, group
    grids = [*ruled.grids, *found]
    return grids, _owners(page.glyphs, grids)


def _line(line: TextLine, page: DrawnPage) -> Line:
    return Line(text=line.text, place=RowPlace(page=page.number), box=line.box)


def _unruled(found: Columned, page: DrawnPage) -> Table:
    width = len(found.edges) - 1
    texts = [[""] * width for _ in found.rows]
    boxes: dict[Position, Box] = {}
    for row, cells in enumerate(found.rows):
        for column, run in cells.items():
            texts[row][column] = run.text
            boxes[row, column] = run.box
    places = [RowPlace(page=page.number, row=number) for number in range(1, len(texts) + 1)]
    edges = tuple(round(edge, 1) for edge in found.edges)
    return Table(texts=texts, places=places, boxes=boxes, merges_known=False, edges=edges)


def _doubtful(glyphs: Glyphs, group: Integers) -> set[int]:
    return set() if glyphs.doubtful is None else set(group[glyphs.doubtful].tolist())


def _positions(grid: Grid, doubtful: set[int], first: int) -> set[Position]:
    """Find the positions of the grid's doubtful cells; `first` is the number of its first."""
    if not doubtful:
        return set()
    return {
        (cell.row, cell.column)
        for index, cell in enumerate(grid.cells)
        if first + index in doubtful
    }


def _owners(glyphs: Glyphs, grids: list[Grid]) -> Integers:
    """Find the cell each character's centre lies in, counted through all grids; -1 outside."""
    group = np.full(len(glyphs), -1, dtype=np.intp)
    x = (glyphs.boxes[:, 0] + glyphs.boxes[:, 2]) / 2
    y = (glyphs.boxes[:, 1] + glyphs.boxes[:, 3]) / 2
    first = 0
    for grid in grids:
        left, top, right, bottom = grid.box
        inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        column = np.searchsorted(grid.xs, x[inside], side="right") - 1
        row = np.searchsorted(grid.ys, y[inside], side="right") - 1
        column = np.clip(column, 0, len(grid.xs) - 2)
        row = np.clip(row, 0, len(grid.ys) - 2)
        group[inside] = grid.owner[row, column] + first
        first += len(grid.cells)
    return group


def _table(grid: Grid, texts: list[str], page: int) -> Table:
    xs, ys = grid.xs.round(1).tolist(), grid.ys.round(1).tolist()
    rows = [[""] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    spans: dict[Position, tuple[int, int]] = {}
    boxes: dict[Position, Box] = {}
    for index, cell in enumerate(grid.cells):
        at = (cell.row, cell.column)
        rows[cell.row][cell.column] = texts[index]
        if cell.rows > 1 or cell.columns > 1:
            spans[at] = (cell.rows, cell.columns)
        right, bottom = xs[cell.column + cell.columns], ys[cell.row + cell.rows]
        boxes[at] = (xs[cell.column], ys[cell.row], right, bottom)
    places = [RowPlace(page=page, row=number) for number in range(1, len(rows) + 1)]
    return Table(texts=rows, places=places, spans=spans, boxes=boxes, edges=tuple(xs))


def _numbered(blocks: Iterable[Block]) -> Iterable[Block]:
    """Give tables and lines their numbers on the page in reading order."""
    tables = lines = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            block.places = [
                RowPlace(page=place.page, table=tables, row=place.row) for place in block.places
            ]
            yield block
        else:
            lines += 1
            place = RowPlace(page=block.place.page, line=lines)
            yield Line(text=block.text, place=place, box=block.box)
