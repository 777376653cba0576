"""Cells that reach into the rows that repeat, cut at their edges without a visible line.

A label like 绩效指标 often stands beside the headings and all rows below them. The typesetter
repeats whole rows only, so such a cell is drawn in pieces with no line between; its text stands
in the largest piece outside of the repeated rows, so that it is printed once.
"""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from jixiao.official.sheet import Sheet, SheetCell


class Piece(Struct, frozen=True):
    """A cell or a part of one; `open` are the sides towards its other parts."""

    cell: SheetCell
    open: tuple[str, ...] = ()


def split_at_header(sheet: Sheet) -> list[Piece]:
    """Cut the cells of a sheet at the edges of its repeated rows."""
    if sheet.repeats is None:
        return [Piece(cell) for cell in sheet.cells]
    first, count = sheet.repeats
    return [piece for cell in sheet.cells for piece in _pieces(cell, (first, first + count))]


def _pieces(cell: SheetCell, edges: tuple[int, int]) -> Iterator[Piece]:
    end = cell.row + cell.rows
    cuts = [cell.row, *(edge for edge in edges if cell.row < edge < end), end]
    if len(cuts) == 2:
        yield Piece(cell)
        return
    parts = list(pairwise(cuts))
    outside = [part for part in parts if part[0] != edges[0]]
    speaking = max(outside, key=lambda part: part[1] - part[0])
    for begin, stop in parts:
        spoken = (begin, stop) == speaking
        part = replace(cell, row=begin, rows=stop - begin)
        if not spoken:
            part = replace(part, text="", marks=())
        sides = (("top",) if begin > cell.row else ()) + (("bottom",) if stop < end else ())
        yield Piece(part, sides)
