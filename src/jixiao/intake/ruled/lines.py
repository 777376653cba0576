"""Rulings: from the many small strokes of a page to the few lines a reader of the page sees.

Word draws a border once per cell, WPS as thin filled boxes, report software as hairlines that
overlap; all arrive here as boxes. Positions that differ by less than any letter are one line,
and pieces are joined only where they touch, so that a title's underline never reaches a table.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Nothing legible fits between two lines closer than this; in points.
TOUCH = 3.0
#: A box that is flatter than this is a stroke, not an area.
THIN = 4.0
#: Shorter merged lines are parts of glyphs, tick marks and boxes to be ticked.
SHORTEST = 5.0
#: Dashes and dots are bridged up to this gap when many of them stand in a row.
DASH_GAP = 7.0
DASH_LENGTH = 10.0
DASHES = 6

#: Sheets never have that many separate lines; maps, charts and drawings do.
TOO_MANY = 2500

_PAGE = 1.0e5


class Rulings(Struct, frozen=True, eq=False):
    """Lines of a page; each row is position across, start and end along."""

    horizontal: Floats
    vertical: Floats


def rulings_from(boxes: Floats) -> Rulings:
    """Merge stroke boxes (left, top, right, bottom) into lines."""
    width = boxes[:, 2] - boxes[:, 0]
    height = boxes[:, 3] - boxes[:, 1]
    flat = (height <= THIN) & (width >= height)
    upright = (width <= THIN) & (height >= width)
    horizontal = _merge((boxes[flat, 1] + boxes[flat, 3]) / 2, boxes[flat, 0], boxes[flat, 2])
    vertical = _merge(
        (boxes[upright, 0] + boxes[upright, 2]) / 2, boxes[upright, 1], boxes[upright, 3]
    )
    if len(horizontal) + len(vertical) > TOO_MANY:
        return Rulings(horizontal=np.empty((0, 3)), vertical=np.empty((0, 3)))
    return Rulings(horizontal=horizontal, vertical=vertical)


def snapped(positions: Floats, reach: float = TOUCH) -> tuple[Floats, NDArray[np.intp]]:
    """Positions grouped within `reach` of the group's first: centres, and each one's group."""
    order = np.argsort(positions, kind="stable")
    groups = np.empty(len(positions), dtype=np.intp)
    centres: list[float] = []
    first = -np.inf
    members: list[float] = []
    for index, position in zip(order.tolist(), positions[order].tolist(), strict=True):
        if position - first > reach:
            if members:
                centres.append((members[0] + members[-1]) / 2)
            first, members = position, []
        members.append(position)
        groups[index] = len(centres)
    if members:
        centres.append((members[0] + members[-1]) / 2)
    return np.asarray(centres, dtype=np.float64), groups


def _merge(positions: Floats, starts: Floats, ends: Floats) -> Floats:
    if not len(positions):
        return np.empty((0, 3))
    centres, groups = snapped(positions)
    order = np.lexsort((starts, groups))
    groups, starts, ends = groups[order], starts[order], ends[order]
    reach = _reach(groups, starts, ends, len(centres))
    # One long ruler for all groups lets a single running maximum find every gap at once.
    shift = groups * _PAGE
    furthest = np.maximum.accumulate(ends + shift)
    opens = np.ones(len(starts), dtype=bool)
    opens[1:] = (starts + shift)[1:] > furthest[:-1] + reach[groups[1:]]
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(starts)) - 1
    merged = np.column_stack(
        (centres[groups[first]], starts[first], furthest[last] - shift[last]),
    )
    kept: Floats = merged[merged[:, 2] - merged[:, 1] >= SHORTEST]
    return kept


def _reach(groups: NDArray[np.intp], starts: Floats, ends: Floats, count: int) -> Floats:
    """How large a gap is bridged in each group: more where the line is dashed."""
    reach = np.full(count, TOUCH)
    short = (ends - starts) <= DASH_LENGTH
    per_group = np.bincount(groups[short], minlength=count)
    for group in np.flatnonzero(per_group >= DASHES):
        mine = groups == group
        if per_group[group] >= 0.8 * mine.sum():
            reach[group] = DASH_GAP
    return reach
