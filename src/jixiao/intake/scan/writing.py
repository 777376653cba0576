"""Where the lines of writing stand: in each cell of a table, and outside of tables.

In a cell, rows of ink with white between them are lines; thin ones (一, a dash, the two strokes
of 二) belong to what stands close by, high ones are cut where there is least ink. Outside, ink
that nearly touches along the line is one piece of text.
"""

from collections.abc import Iterable
from itertools import pairwise

import cv2
import numpy as np
from msgspec import Struct

from jixiao.intake.ruled.grid import Grid
from jixiao.intake.scan.cleaning import EM, Mask

Area = tuple[int, int, int, int]

#: Lines of two sizes meet in one form; higher bands than this many usual ones hold several.
_HIGH = 1.55
#: Thin bands join a neighbour while both together are no higher than a letter.
_ONE = 1.15
_THIN = 0.45
#: Where two lines touch, so little of the usual ink remains between them.
_VALLEY = 0.45
_INSET = 1.0
#: Less ink than this share of a letter's square, this many letters away, is a grain.
_STRAY, _STRAY_GAP = 0.035, 0.8
#: A mark on its own, smaller than this share of a letter, is dirt.
_DOT = 0.2
#: No page has more lines of writing; what seems to be more is grain or a drawing.
MOST_LINES = 900
#: Outside of tables, words further apart than this many letters are pieces of their own.
_APART = 1.3


class TextArea(Struct, frozen=True, eq=False):
    """One line of writing: the picture's part to look at, and the ink's own extent in it."""

    area: Area
    is_loose: bool


def text_areas(ink: Mask, grids: Iterable[Grid], scale: float) -> list[TextArea]:
    """Every line of writing on the page, in pixels."""
    cells = [area for grid in grids for area in _cell_areas(grid, scale)]
    bands = [(cell, band) for cell in cells for band in _bands(ink, cell)]
    loose_ink = ink.copy()
    for grid in grids:
        left, top, right, bottom = (round(side * scale) for side in grid.box)
        loose_ink[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2] = 0
    pieces = _pieces(loose_ink, scale)
    em = _letter_height([band for _, band in bands] + pieces, scale)
    found: list[TextArea] = []
    for cell in cells:
        found += [TextArea(area, False) for area in _lines_in(ink, cell, em)]
    for piece in pieces:
        found += [TextArea(area, True) for area in _lines_in(loose_ink, piece, em)]
    return found


def _cell_areas(grid: Grid, scale: float) -> Iterable[Area]:
    for cell in grid.cells:
        left, right = grid.xs[cell.column], grid.xs[cell.column + cell.columns]
        top, bottom = grid.ys[cell.row], grid.ys[cell.row + cell.rows]
        yield (
            max(round((left + _INSET) * scale), 0),
            max(round((top + _INSET) * scale), 0),
            round((right - _INSET) * scale),
            round((bottom - _INSET) * scale),
        )


def _bands(ink: Mask, area: Area) -> list[Area]:
    """Rows of ink with white between them, trimmed to their own width."""
    left, top, right, bottom = area
    part = ink[top:bottom, left:right]
    if not part.any():
        return []
    rows = part.any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], rows, [False])).astype(np.int8)))
    return [
        _trimmed(ink, (left, top + int(first), right, top + int(last)))
        for first, last in zip(edges[0::2], edges[1::2], strict=True)
    ]


def _trimmed(ink: Mask, area: Area) -> Area:
    left, top, right, bottom = area
    columns = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
    if not len(columns):
        return area
    return left + int(columns[0]), top, left + int(columns[-1]) + 1, bottom


def _letter_height(bands: list[Area], scale: float) -> float:
    """The usual height of a line of writing: the middle one, weighed by width."""
    usual = [
        (bottom - top, right - left)
        for left, top, right, bottom in bands
        if 0.4 * EM * scale < bottom - top < 2.2 * EM * scale and right - left > bottom - top
    ]
    if not usual:
        return EM * scale * 0.95
    usual.sort()
    half = sum(width for _, width in usual) / 2
    for height, width in usual:
        half -= width
        if half <= 0:
            return float(height)
    return float(usual[-1][0])


def _pieces(ink: Mask, scale: float) -> list[Area]:
    """Words outside of tables that belong together along a line."""
    reach = max(round(_APART * EM * scale), 3)
    joined = cv2.dilate(ink, np.ones((3, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    half = reach // 2
    areas = []
    wide, tall = stats[:, cv2.CC_STAT_WIDTH] - reach, stats[:, cv2.CC_STAT_HEIGHT] - 2
    written = np.maximum(wide, tall) > _DOT * EM * scale
    written[0] = False
    if np.count_nonzero(written) > MOST_LINES:
        # Grain: what is thin would only be joined to other grain.
        written &= tall > _THIN * EM * scale
    for left, top, width, height, _ in stats[written].tolist():
        area = left + half, top + 1, left + width - half, top + height - 1
        if area[2] > area[0] and area[3] > area[1]:
            areas.append(_trimmed(ink, area))
    return _merged_strokes(areas, EM * scale)


def _merged_strokes(areas: list[Area], em: float) -> list[Area]:
    """Thin pieces (the strokes of 二, dots) join the piece they stand over or under."""
    thin = [area for area in areas if area[3] - area[1] <= _THIN * em]
    kept = [area for area in areas if area[3] - area[1] > _THIN * em]
    for stroke in sorted(thin, key=lambda area: (area[1], area[0])):
        for index, other in enumerate(kept):
            if min(stroke[2], other[2]) <= max(stroke[0], other[0]):
                continue
            union = _around(stroke, other)
            if union[3] - union[1] <= max(_ONE * em, other[3] - other[1] + 2):
                kept[index] = union
                break
        else:
            kept.append(stroke)
    return kept


def _around(one: Area, other: Area) -> Area:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _lines_in(ink: Mask, area: Area, em: float) -> list[Area]:
    lines: list[Area] = []
    for band in _bands(ink, area):
        if lines:
            union = _around(lines[-1], band)
            thin = min(lines[-1][3] - lines[-1][1], band[3] - band[1]) < _THIN * em
            if union[3] - union[1] <= _ONE * em or (thin and band[1] - lines[-1][3] < 0.16 * em):
                lines[-1] = union
                continue
        lines.append(band)
    pieces = [piece for line in lines for piece in _cut(ink, line, em)]
    return [_without_strays(ink, piece, em) for piece in pieces]


def _without_strays(ink: Mask, line: Area, em: float) -> Area:
    """Leave out grains far from the writing: a recogniser makes letters of them."""
    left, top, right, bottom = line
    sums = (ink[top:bottom, left:right] > 0).sum(axis=0)
    filled = np.flatnonzero(sums)
    if not len(filled):
        return line
    breaks = np.flatnonzero(np.diff(filled) > _STRAY_GAP * em)
    starts = filled[np.append(0, breaks + 1)].tolist()
    ends = (filled[np.append(breaks, len(filled) - 1)] + 1).tolist()
    least = _STRAY * em * em
    while len(starts) > 1 and sums[starts[0] : ends[0]].sum() < least:
        del starts[0], ends[0]
    while len(starts) > 1 and sums[starts[-1] : ends[-1]].sum() < least:
        del starts[-1], ends[-1]
    return left + starts[0], top, left + ends[-1], bottom


def _cut(ink: Mask, band: Area, em: float) -> list[Area]:
    """Part lines that touch one another, where there is clearly less ink."""
    left, top, right, bottom = band
    height = bottom - top
    if height < _HIGH * em:
        return [band]
    count = max(2, round(height / (1.35 * em)))
    rows = (ink[top:bottom, left:right] > 0).sum(axis=1).astype(np.float64)
    usual = float(rows.mean())
    cuts = [0]
    for number in range(1, count):
        middle = round(height * number / count)
        first = max(middle - round(0.35 * em), 1)
        last = min(middle + round(0.35 * em), height - 1)
        if last <= first:
            return [band]
        at = first + int(rows[first:last].argmin())
        if rows[at] > _VALLEY * usual:
            return [band]
        cuts.append(at)
    cuts.append(height)
    return [_trimmed(ink, (left, top + one, right, top + other)) for one, other in pairwise(cuts)]


def padded(area: Area, em: float, size: tuple[int, int]) -> Area:
    """The area with the white a recogniser wants around a line; thin ones get a letter's height."""
    left, top, right, bottom = area
    height = bottom - top
    up = max(0.12 * em, (0.95 * em - height) / 2)
    side = 0.2 * em
    return (
        max(round(left - side), 0),
        max(round(top - up), 0),
        min(round(right + side), size[0]),
        min(round(bottom + up), size[1]),
    )


def rows_levelled(areas: list[Area]) -> list[tuple[float, float]]:
    """Common top and bottom for pieces that stand side by side on one line."""
    order = sorted(range(len(areas)), key=lambda index: areas[index][1] + areas[index][3])
    level: list[tuple[float, float]] = [(0.0, 0.0)] * len(areas)
    row: list[int] = []

    def settle() -> None:
        top = min(areas[index][1] for index in row)
        bottom = max(areas[index][3] for index in row)
        for index in row:
            level[index] = (float(top), float(bottom))

    for index in order:
        if row:
            middle = sum(areas[one][1] + areas[one][3] for one in row) / len(row) / 2
            tallest = max(areas[one][3] - areas[one][1] for one in row)
            mine = (areas[index][1] + areas[index][3]) / 2
            if abs(mine - middle) > 0.45 * max(tallest, areas[index][3] - areas[index][1]):
                settle()
                row = []
        row.append(index)
    if row:
        settle()
    return level
