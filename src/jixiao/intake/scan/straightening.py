"""Upright and flat: how far a sheet is turned on the glass, and the way back to its picture.

The turn is where the sums of ink along lines are most uneven, in both directions at once, so it
is known up to a quarter turn. Which quarter is asked of the recogniser, and only when the first
reading was poor.
"""

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jixiao.foundation.location import Box
from jixiao.intake.scan.cleaning import Mask, Picture

Matrix = NDArray[np.float64]

_WIDEST_TURN = 12.0
_POINTS = 24_000
_HALF_FILLED = 100
#: Smaller turns do not hurt: a line of the page's width climbs less than a pixel or two.
_STRAIGHT = 0.04
#: Corners further from a rectangle than this share of its side are seen in perspective.
_LEANING = 0.006
_MOST_LEANING = 0.25


class Straightened(Struct, frozen=True, eq=False):
    """A picture with the matrix that leads from the original picture to it."""

    picture: Picture
    matrix: Matrix


def turn_of(ink: Mask) -> float:
    """Degrees the sheet is turned clockwise, within an eighth of a turn."""
    # Grain does not survive halving, rulings and letters do.
    half = cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    y, x = np.nonzero(half > _HALF_FILLED)
    if len(x) < 200:
        return 0.0
    every = max(1, len(x) // _POINTS)
    across, down = x[::every].astype(np.float32), y[::every].astype(np.float32)
    size = max(half.shape)
    coarse = np.arange(-_WIDEST_TURN, _WIDEST_TURN + 0.1, 0.5)
    best = _best(across, down, coarse, size, 4.0)
    best = _best(across, down, best + np.arange(-0.5, 0.51, 0.1), size, 2.0)
    return _best(across, down, best + np.arange(-0.1, 0.101, 0.02), size, 1.0)


def _best(
    x: NDArray[np.float32], y: NDArray[np.float32], angles: Matrix, size: int, step: float
) -> float:
    scores = []
    count = int(3 * size / step) + 2
    for angle in np.radians(angles).tolist():
        cos, sin = np.cos(angle), np.sin(angle)
        score = 0.0
        for along in (y * cos - x * sin, x * cos + y * sin):
            sums = np.bincount(((along + size) / step).astype(np.int32), minlength=count)
            score += float((sums.astype(np.float64) ** 2).sum())
        scores.append(score)
    return float(angles[int(np.argmax(scores))])


def straightened(picture: Picture, degrees: float, quarters: int) -> Straightened:
    """Turn the picture back by so many degrees, and by so many clockwise quarter turns."""
    height, width = picture.shape[:2]
    if quarters % 2:
        across, down = height, width
    else:
        across, down = width, height
    middle = np.array([[1, 0, -(width - 1) / 2], [0, 1, -(height - 1) / 2], [0, 0, 1.0]])
    angle = np.radians(90 * quarters - degrees)
    turn = np.array(
        [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1.0]]
    )
    back = np.array([[1, 0, (across - 1) / 2], [0, 1, (down - 1) / 2], [0, 0, 1.0]])
    matrix = back @ turn @ middle
    if abs(degrees) < _STRAIGHT:
        exact: Picture = np.ascontiguousarray(np.rot90(picture, -quarters))
        return Straightened(exact, matrix)
    return Straightened(_warped(picture, matrix, (across, down)), matrix)


def flattened(
    picture: Picture, before: Straightened, across: Matrix, down: Matrix
) -> Straightened | None:
    """The picture without perspective, judged by the outermost rulings, or None where flat.

    `across` and `down` are long rulings as points: x0, y0, x1, y1 in the straightened picture.
    """
    if len(across) < 2 or len(down) < 2:
        return None
    top, bottom = across[np.argmin(across[:, 1])], across[np.argmax(across[:, 1])]
    left, right = down[np.argmin(down[:, 0])], down[np.argmax(down[:, 0])]
    corners = [
        _crossing(*pair) for pair in ((top, left), (top, right), (bottom, right), (bottom, left))
    ]
    if any(corner is None for corner in corners):
        return None
    quad = np.array(corners)
    low, high = quad.min(axis=0), quad.max(axis=0)
    size = high - low
    sides = (quad[0] + quad[3]) / 2, (quad[1] + quad[2]) / 2
    x0, x1 = sides[0][0], sides[1][0]
    y0, y1 = (quad[0][1] + quad[1][1]) / 2, (quad[2][1] + quad[3][1]) / 2
    goal = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    leaning = float((np.abs(quad - goal) / size.max()).max())
    if size.min() < 0.2 * max(picture.shape[:2]) or not _LEANING < leaning < _MOST_LEANING:
        return None
    warp = cv2.getPerspectiveTransform(quad.astype(np.float32), goal.astype(np.float32))
    matrix = warp @ before.matrix
    height, width = before.picture.shape[:2]
    return Straightened(_warped(picture, matrix, (width, height)), matrix)


def _crossing(one: Matrix, other: Matrix) -> tuple[float, float] | None:
    first = np.cross([one[0], one[1], 1], [one[2], one[3], 1])
    second = np.cross([other[0], other[1], 1], [other[2], other[3], 1])
    point = np.cross(first, second)
    if abs(point[2]) < 1e-9:
        return None
    return float(point[0] / point[2]), float(point[1] / point[2])


def _warped(picture: Picture, matrix: Matrix, size: tuple[int, int]) -> Picture:
    white = (255,) * 3 if picture.ndim == 3 else 255
    made: Picture = cv2.warpPerspective(
        picture,
        matrix,
        size,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=white,
    )
    return made


def box_before(box: Box, matrix: Matrix) -> Box:
    """The box around the same area in the picture as it came."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]]).T
    places = np.linalg.inv(matrix) @ corners
    places = places[:2] / places[2]
    low, high = places.min(axis=1).round(1).tolist(), places.max(axis=1).round(1).tolist()
    return low[0], low[1], high[0], high[1]
