"""Whether a page is good enough to be believed: letters large enough, lines sure, rulings whole.

A ruling that print or compression nearly wiped out is no run of ink any more, but summed up along
a cell it still is a dark row with white above and below. Such a row inside of a cell means that
cells were joined which are not one, and then every place in the table may be wrong.
"""

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from jixiao.intake.ruled.grid import Grid
from jixiao.intake.scan.cleaning import Picture
from jixiao.intake.scan.recogniser import Seen
from jixiao.intake.scan.writing import Area

Singles = NDArray[np.float64]

#: Below this mean certainty, or below this of the weakest lines, rulings are lost as well.
_MEAN, _WEAKEST = 0.955, 0.85
_SHARE_OF_WEAK = 5
#: Fewer dots a letter, in the picture as it came, and strokes run into one another.
_LEAST_LETTER = 13.0
#: A lost ruling is darker by so many shades than the rows this near and this far beside it, in
#: points, which are as white as paper: letters leave no such band.
_NEAR, _FAR, _DARKER = 1.5, 2.4, 9.0
_WHITE = 243.0
#: So it is in all parts of its length but one.
_PARTS, _EVERYWHERE = 10, 12
#: Borders of cells are left out by so much, and shorter rulings cannot be told from a stroke.
_BORDER, _SHORTEST = 3.5, 24.0


def is_poor(seen: Sequence[Seen], areas: Sequence[Area], enlarged: float) -> bool:
    """The writing is too small or too blurred; `enlarged` is what the picture was resized by."""
    certainties = [line.certainty for line in seen]
    count = sum(max(len(line.characters), 1) for line in seen)
    total = sum(line.certainty * len(line.characters) for line in seen)
    if not count or total / count < _MEAN:
        return True
    if float(np.percentile(certainties, _SHARE_OF_WEAK)) < _WEAKEST:
        return True
    heights = [bottom - top for _, top, _, bottom in areas]
    return float(np.median(heights)) / enlarged < _LEAST_LETTER


def has_lost_rulings(grey: Picture, grids: Iterable[Grid], scale: float) -> bool:
    """A row or column of faint ink runs right through a cell."""
    for grid in grids:
        xs = np.asarray(grid.xs) * scale
        ys = np.asarray(grid.ys) * scale
        inset = _BORDER * scale
        for cell in grid.cells:
            left, right = xs[cell.column] + inset, xs[cell.column + cell.columns] - inset
            top, bottom = ys[cell.row] + inset, ys[cell.row + cell.rows] - inset
            part = grey[round(top) : round(bottom), round(left) : round(right)]
            if _is_crossed(part, scale) or _is_crossed(part.T, scale):
                return True
    return False


def _is_crossed(part: Picture, scale: float) -> bool:
    """A thin dark row over the whole width, with white rows on both sides."""
    near, far = max(round(_NEAR * scale), 3), max(round(_FAR * scale), 4)
    height, width = part.shape
    if height <= 2 * far + 2 or width < _SHORTEST * scale:
        return False
    level = np.ascontiguousarray(part)
    rows: Singles = np.asarray(
        cv2.resize(level, (_PARTS, height), interpolation=cv2.INTER_AREA), dtype=np.float64
    )
    rows = (rows[1:] + rows[:-1]) / 2
    middle = rows[far:-far]
    count = len(middle)
    beside = [rows[far + way : far + way + count] for way in (-far, -near, near, far)]
    light = np.minimum.reduce(beside)
    dark = np.percentile(light - middle, _EVERYWHERE, axis=1) > _DARKER
    return bool((dark & (np.median(light, axis=1) > _WHITE)).any())
