"""Where the objects of a page stand: boundaries and matrices, worked out for all of them at once.

Every object has a boundary on the page and may have a matrix of its own inside it. Numbers are
kept as written until the page is complete: reading them one by one would cost more than the rest.
"""

import numpy as np

from jixiao.intake.ofd.names import Matrix, box, numbers
from jixiao.intake.ruled.lines import Floats

_FARTHEST = 1.0e6


class Placing:
    """Collects objects; `matrices` lead from the space of each to the page."""

    def __init__(self) -> None:
        self._boundaries: list[str] = []
        self._outer: list[int] = []
        self._matrices: list[Matrix] = []
        self._own: dict[int, list[float]] = {}

    def __len__(self) -> int:
        return len(self._boundaries)

    def add(self, attributes: dict[str, str], outer: Matrix) -> None:
        """Take an object; `outer` leads from the space it stands in to the page."""
        own = attributes.get("CTM")
        if own is not None:
            found = numbers(own)
            if len(found) == 6:
                self._own[len(self._boundaries)] = found
        self._boundaries.append(attributes.get("Boundary", ""))
        if not self._matrices or self._matrices[-1] is not outer:
            self._matrices.append(outer)
        self._outer.append(len(self._matrices) - 1)

    def has_matrix(self) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        found = np.zeros(len(self), dtype=bool)
        found[list(self._own)] = True
        return found

    def boxes(self) -> Floats:
        """Left, top, width and height of each; a damaged box stands at the origin."""
        written = self._boundaries
        flat: list[float] = []
        if all(one.count(" ") == 3 for one in written):
            try:
                flat = list(map(float, " ".join(written).split()))
            except ValueError:
                flat = []
        if len(flat) != 4 * len(written):
            flat = [number for one in written for number in box(one)]
        found = np.array(flat, dtype=np.float64).reshape(-1, 4)
        found[~(np.abs(found) < _FARTHEST).all(axis=1)] = 0
        return found

    def matrices(self, boxes: Floats) -> Floats:
        """One row an object: its own matrix, its boundary's corner, and where that stands."""
        found = np.array(self._matrices).reshape(-1, 6)[np.array(self._outer, dtype=np.intp)]
        left, top = boxes[:, 0], boxes[:, 1]
        a, b, c, d, _, _ = found.T
        found[:, 4] += a * left + c * top
        found[:, 5] += b * left + d * top
        if self._own:
            rows = list(self._own)
            found[rows] = _products(np.array(list(self._own.values())), found[rows])
        return found


def _products(inner: Floats, outer: Floats) -> Floats:
    a, b, c, d, e, f = inner.T
    g, h, i, j, k, m = outer.T
    return np.column_stack(
        (
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + m,
        )
    )


def on_page(points: Floats, matrices: Floats) -> Floats:
    """Points on the page, each by its own matrix."""
    a, b, c, d, e, f = matrices.T
    x, y = points.T
    return np.column_stack((a * x + c * y + e, b * x + d * y + f))
