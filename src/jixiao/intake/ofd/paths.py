"""Path objects of a page as strokes: straight edges of lines, flat filled shapes.

A ruling may be a line of two points, a whole grid in one path, a rectangle or a filled box thin
as a hair; all become boxes of strokes. Curves, letters drawn as outlines and boxes to be ticked
are no rulings.
"""

import re

import numpy as np
from numpy.typing import NDArray

from jixiao.intake.ofd.names import POINTS, Matrix, is_false, is_true, number, placed
from jixiao.intake.package_xml import Element
from jixiao.intake.ruled.lines import THIN, Floats

#: A path no larger than this is a tick box or a letter.
GLYPH_SIZE = 12.0
#: Longer paths are drawings; reading them would cost more than the page.
TOO_LONG = 60_000
#: A step aside of no more than this (in points) keeps an edge straight.
_ASIDE = 1.0
#: What a line is wide when nobody says so, in millimetres.
_LINE_WIDTH = 0.353
_FARTHEST = 1.0e6

_MOVE, _LINE, _CURVE = 0, 1, 2
#: Numbers after each letter; the last two are where the pen goes.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_KINDS = {"S": _MOVE, "M": _MOVE, "L": _LINE, "Q": _CURVE, "B": _CURVE, "A": _CURVE}
_WORD = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class PagePaths:
    """Collects the paths of one page; `strokes` makes boxes of them all at once."""

    def __init__(self) -> None:
        self.count = 0
        self._points: list[tuple[float, float]] = []
        self._kinds: list[int] = []
        self._paths: list[tuple[float, ...]] = []
        self._sizes: list[int] = []

    def add(self, element: Element, outer: Matrix, names: dict[str, str]) -> None:
        get = element.get
        if is_false(get("Visible")) or get("Alpha") == "0":
            return
        self.count += 1
        stroked, filled = not is_false(get("Stroke")), is_true(get("Fill"))
        data = None
        for child in element:
            name = names[str(child.tag)]
            if name == "AbbreviatedData":
                data = child.text
            elif name == "StrokeColor":
                stroked = stroked and child.get("Alpha") != "0"
            elif name == "FillColor":
                filled = filled and child.get("Alpha") != "0"
        matrix = placed(element, outer)
        # A line as thick as a row is a background.
        thickness = number(get("LineWidth"), _LINE_WIDTH) * POINTS
        stroked = stroked and thickness <= THIN
        if not data or not (stroked or filled):
            return
        before = len(self._points)
        if self._trace(data) and len(self._points) > before:
            self._paths.append((*matrix, float(stroked)))
            self._sizes.append(len(self._points) - before)
        else:
            del self._points[before:], self._kinds[before:]

    def _trace(self, data: str) -> bool:
        """Follow the pen; False for a path that is damaged or too long to be a ruling."""
        words = data.split()
        if len(words) == 6 and words[3] == "L" and words[0] in ("M", "S"):
            try:
                self._points.append((float(words[1]), float(words[2])))
                self._points.append((float(words[4]), float(words[5])))
            except ValueError:
                return False
            self._kinds += (_MOVE, _LINE)
            return True
        if len(words) > TOO_LONG or len(data) > 16 * TOO_LONG:
            return False
        try:
            self._follow(words)
        except ValueError:
            return self._follow_again(data)
        return True

    def _follow_again(self, data: str) -> bool:
        """Some makers leave out the blanks between letters and numbers."""
        traced = sum(self._sizes)
        del self._points[traced:], self._kinds[traced:]
        try:
            self._follow(_WORD.findall(data))
        except ValueError:
            return False
        return True

    def _follow(self, words: list[str]) -> None:
        points, kinds = self._points, self._kinds
        begin = (0.0, 0.0)
        at, end = 0, len(words)
        while at < end:
            letter = words[at]
            operands = _OPERANDS.get(letter)
            if operands is None or at + operands >= end:
                raise ValueError(letter)
            at += operands + 1
            if letter == "C":
                points.append(begin)
                kinds.append(_LINE)
                continue
            point = (float(words[at - 2]), float(words[at - 1]))
            kind = _KINDS[letter]
            if kind == _MOVE:
                begin = point
            points.append(point)
            kinds.append(kind)

    def strokes(self) -> Floats:
        """Boxes (left, top, right, bottom) in points of whatever may be a ruling."""
        if not self._paths:
            return np.empty((0, 4))
        sizes = np.array(self._sizes)
        rows = np.array(self._paths)
        begins = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        drawn = np.array(self._points)
        # Damaged files draw to places no page has.
        sound = np.logical_and.reduceat((np.abs(drawn) < _FARTHEST).all(axis=1), begins)
        drawn[np.repeat(~sound, sizes)] = 0
        points = _placed(drawn, np.repeat(rows[:, :6], sizes, axis=0))
        kinds = np.array(self._kinds)
        # The first point of a path begins it even where the letter for it was forgotten.
        kinds[begins] = _MOVE
        size = np.maximum.reduceat(points, begins) - np.minimum.reduceat(points, begins)
        large = (size.max(axis=1) > GLYPH_SIZE) | (size <= THIN).any(axis=1)
        keep = np.repeat(large & sound, sizes)
        stroked = np.repeat(rows[:, 6] != 0, sizes)[keep]
        points, kinds = points[keep], kinds[keep]
        return np.concatenate(
            (_straight_edges(points, kinds, stroked), _flat_shapes(points, kinds, stroked))
        )


def _placed(points: Floats, matrices: Floats) -> Floats:
    a, b, c, d, e, f = matrices.T
    x, y = points.T
    return np.column_stack((a * x + c * y + e, b * x + d * y + f))


def _straight_edges(points: Floats, kinds: NDArray[np.intp], stroked: NDArray[np.bool_]) -> Floats:
    ends = np.flatnonzero((kinds == _LINE) & stroked)
    start, end = points[ends - 1], points[ends]
    straight = (np.abs(start - end) <= _ASIDE).any(axis=1)
    start, end = start[straight], end[straight]
    return np.column_stack((np.minimum(start, end), np.maximum(start, end)))


def _flat_shapes(points: Floats, kinds: NDArray[np.intp], stroked: NDArray[np.bool_]) -> Floats:
    """Filled shapes thin as a line, each from one lifting of the pen to the next."""
    begins = np.flatnonzero(kinds == _MOVE)
    if not len(begins):
        return np.empty((0, 4))
    low, high = np.minimum.reduceat(points, begins), np.maximum.reduceat(points, begins)
    flat = ((high - low) <= THIN).any(axis=1) & ~stroked[begins]
    return np.column_stack((low[flat], high[flat]))
