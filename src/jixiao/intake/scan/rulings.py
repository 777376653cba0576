"""The rulings of a table in a picture: long thin runs of ink, and short ones that end on them.

Strokes of letters look like rulings: 一, 丨, a bold title. So a run that is not much longer than
a letter counts only where both its ends lie on other rulings, as the border of a cell's does.
"""

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jixiao.intake.scan.cleaning import EM, Mask, Picture

Floats = NDArray[np.float64]

#: Runs at least this long are looked at, in points; letters are mostly smaller.
_SHORT = 9.0
#: Runs this long are rulings wherever they are.
_LONG = 3.2 * EM
#: A ruling is thinner than this, in points, or very much longer than thick.
_THICK = 4.0
_SLENDER = 25
#: Ends meet other rulings within this distance.
_MEETS = 1.6
#: Breaks of a ruling that are healed, in points: less than any row is high.
_BREAK = 5.0


class Drawn(Struct, frozen=True, eq=False):
    """Strokes as boxes in points, their pixels, and long rulings as pairs of points in pixels."""

    strokes: Floats
    pixels: Mask
    across: Floats
    down: Floats


class _Runs(Struct, frozen=True, eq=False):
    """Runs of one direction: position, start, end, thickness in points; labels of their pixels."""

    lines: Floats
    labels: Picture
    fits: Floats


def rulings_of(ink: Mask, scale: float) -> Drawn:
    """Find the rulings in a straightened page."""
    flat = _runs(ink, scale)
    upright = _runs(np.ascontiguousarray(ink.T), scale)
    sure_flat, sure_upright = _sure(flat.lines), _sure(upright.lines)
    for _ in range(2):
        sure_flat |= _met(flat.lines, upright.lines[sure_upright])
        sure_upright |= _met(upright.lines, flat.lines[sure_flat])
    pixels = cv2.bitwise_or(_chosen(flat, sure_flat), _chosen(upright, sure_upright).T)
    across, down = _healed(flat.lines[sure_flat]), _healed(upright.lines[sure_upright])
    boxes = np.concatenate(
        (across[:, [1, 0, 2, 0]], down[:, [0, 1, 0, 2]]),
    )
    long_flat = sure_flat & (_length(flat.lines) > 0.5 * _reach(flat.lines[sure_flat]))
    long_upright = sure_upright & (
        _length(upright.lines) > 0.5 * _reach(upright.lines[sure_upright])
    )
    return Drawn(
        strokes=boxes,
        pixels=np.asarray(pixels, dtype=np.uint8),
        across=flat.fits[long_flat],
        down=upright.fits[long_upright][:, [1, 0, 3, 2]],
    )


def _runs(ink: Mask, scale: float) -> _Runs:
    """Horizontal runs of ink. A pixel of slack across lets a wavering line stay whole."""
    length = max(round(_SHORT * scale), 12)
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    depth = np.maximum(stats[:, cv2.CC_STAT_AREA] / np.maximum(width, 1) - 2, 1)
    lines = (
        np.column_stack(
            (top + height / 2, left, left + width, depth),
        )
        / scale
    )
    slender = width > _SLENDER * depth
    kept = ((lines[:, 3] <= _THICK) & (width > 2 * height)) | (slender & (width > 8 * height))
    kept[0] = False
    lines[~kept] = -1
    return _Runs(lines, labels, _fits(labels, stats, kept, scale))


def _fits(labels: Picture, stats: Picture, kept: NDArray[np.bool_], scale: float) -> Floats:
    """Where the long runs begin and end, at the height of their own ends."""
    fits = np.zeros((len(stats), 4))
    for number in np.flatnonzero(kept & (stats[:, cv2.CC_STAT_WIDTH] > 6 * EM * scale)).tolist():
        left, top, width, height, _ = stats[number].tolist()
        inside = labels[top : top + height, left : left + width] == number
        tenth = max(width // 20, 1)
        begin = float(np.nonzero(inside[:, :tenth])[0].mean())
        end = float(np.nonzero(inside[:, -tenth:])[0].mean())
        fits[number] = (left + tenth / 2, top + begin, left + width - tenth / 2, top + end)
    return fits


def _length(lines: Floats) -> Floats:
    return np.asarray(lines[:, 2] - lines[:, 1])


def _reach(lines: Floats) -> float:
    """The longest of the lines."""
    return float(_length(lines).max()) if len(lines) else 0.0


def _sure(lines: Floats) -> NDArray[np.bool_]:
    return np.asarray(_length(lines) >= _LONG)


def _met(lines: Floats, others: Floats) -> NDArray[np.bool_]:
    """Both ends lie on one of the others, which run the other way."""
    if not len(others):
        return np.zeros(len(lines), dtype=bool)
    position = lines[:, 0, None]
    spanned = (others[None, :, 1] - _MEETS <= position) & (position <= others[None, :, 2] + _MEETS)
    starts = spanned & (np.abs(lines[:, 1, None] - others[None, :, 0]) <= _MEETS)
    ends = spanned & (np.abs(lines[:, 2, None] - others[None, :, 0]) <= _MEETS)
    return np.asarray(starts.any(axis=1) & ends.any(axis=1) & (_length(lines) > 0))


def _chosen(runs: _Runs, sure: NDArray[np.bool_]) -> Mask:
    table = np.where(sure, 255, 0).astype(np.uint8)
    return np.asarray(table[runs.labels], dtype=np.uint8)


def _healed(lines: Floats) -> Floats:
    """Bridge the small breaks that noise and bad print leave in one line."""
    order = np.lexsort((lines[:, 1], lines[:, 0]))
    made: list[list[float]] = []
    for position, start, end, _ in lines[order].tolist():
        for line in reversed(made[-40:]):
            if abs(line[0] - position) <= 1.5 and -1 <= start - line[2] <= _BREAK:
                line[2] = max(line[2], end)
                break
        else:
            made.append([position, start, end])
    return np.array(made).reshape(-1, 3)
