"""Path objects of a page as strokes: straight edges of lines, flat filled shapes.

A ruling may be a line of two points, a whole grid in one path, a rectangle or a filled box thin
as a hair; all become boxes of strokes. Curves, letters drawn as outlines and boxes to be ticked
are no rulings.
"""

import re

import numpy as np
from numpy.typing import NDArray

from jixiao.intake.ofd.names import FALSE, POINTS, TRUE, Matrix, attributes_of, number
from jixiao.intake.ofd.placing import Placing, on_page
from jixiao.intake.package_xml import Element
from jixiao.intake.ruled.lines import THIN, Floats

#: A path no larger than this is a tick box or a letter.
GLYPH_SIZE = 12.0
#: Longer paths (in signs) are drawings; reading them would cost more than the page.
TOO_LONG = 1_000_000
#: A step aside of no more than this (in points) keeps an edge straight.
_ASIDE = 1.0
#: What a line is wide when nobody says so, in millimetres.
_LINE_WIDTH = 0.353
_FARTHEST = 1.0e6

_MOVE, _LINE, _CURVE = 0, 1, 2
#: Numbers after each letter; the last two are where the pen goes.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_KINDS = {"S": _MOVE, "M": _MOVE, "L": _LINE, "Q": _CURVE, "B": _CURVE, "A": _CURVE}
_BEGIN = {"M", "S"}
_WORD = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class PagePaths:
    """Collects the paths of one page; `strokes` makes boxes of them all at once."""

    def __init__(self) -> None:
        self.count = 0
        self._placing = Placing()
        self._data: list[str] = []
        self._stroked: list[bool] = []
        self._points: list[float] = []
        self._kinds: list[int] = []
        self._sizes: list[int] = []

    def add(self, element: Element, outer: Matrix, names: dict[str, str]) -> None:
        attributes = attributes_of(element)
        get = attributes.get
        if get("Visible") in FALSE or get("Alpha") == "0":
            return
        self.count += 1
        stroked, filled = get("Stroke") not in FALSE, get("Fill") in TRUE
        data = None
        for child in element:
            name = names[child.tag]
            if name == "AbbreviatedData":
                data = child.text
            elif name == "StrokeColor":
                stroked = stroked and child.get("Alpha") != "0"
            elif name == "FillColor":
                filled = filled and child.get("Alpha") != "0"
        if stroked:
            # A line as thick as a row is a background.
            stroked = number(get("LineWidth"), _LINE_WIDTH) * POINTS <= THIN
        if data and (stroked or filled):
            self._placing.add(attributes, outer)
            self._data.append(data)
            self._stroked.append(stroked)

    def _trace(self) -> None:
        """Follow the pen through all paths."""
        if self._trace_lines():
            return
        for data in self._data:
            before = len(self._kinds)
            if len(data) <= TOO_LONG:
                self._trace_one(data)
            self._sizes.append(len(self._kinds) - before)

    def _trace_lines(self) -> bool:
        """The commonest page: every path is one line from here to there."""
        words = " ".join(self._data).split()
        count = len(self._data)
        if len(words) != 6 * count or set(words[3::6]) != {"L"} or not set(words[::6]) <= _BEGIN:
            return False
        del words[3::6], words[::5]
        try:
            self._points += map(float, words)
        except ValueError:
            self._points.clear()
            return False
        self._kinds += (_MOVE, _LINE) * count
        self._sizes += (2,) * count
        return True

    def _trace_one(self, data: str) -> None:
        """One path; nothing of it where it is damaged."""
        before = len(self._kinds)
        # Some makers leave out the blanks between letters and numbers.
        for words_of in (str.split, _WORD.findall):
            try:
                self._follow(words_of(data))
            except ValueError:
                del self._points[2 * before :], self._kinds[before:]
            else:
                return

    def _follow(self, words: list[str]) -> None:
        points, kinds = self._points, self._kinds
        begin_x = begin_y = 0.0
        at, end = 0, len(words)
        while at < end:
            letter = words[at]
            operands = _OPERANDS.get(letter)
            if operands is None or at + operands >= end:
                raise ValueError(letter)
            at += operands + 1
            if letter == "C":
                points += (begin_x, begin_y)
                kinds.append(_LINE)
                continue
            x, y = float(words[at - 2]), float(words[at - 1])
            kind = _KINDS[letter]
            if kind == _MOVE:
                begin_x, begin_y = x, y
            points += (x, y)
            kinds.append(kind)

    def strokes(self) -> Floats:
        """Boxes (left, top, right, bottom) in points of whatever may be a ruling."""
        self._trace()
        if not self._kinds:
            return np.empty((0, 4))
        sizes = np.array(self._sizes)
        drawn = sizes > 0
        matrices = self._placing.matrices(self._placing.boxes())[drawn]
        painted = np.array(self._stroked)[drawn]
        sizes = sizes[drawn]
        begins = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        points = np.array(self._points).reshape(-1, 2)
        # Damaged files draw to places no page has.
        sound = np.logical_and.reduceat((np.abs(points) < _FARTHEST).all(axis=1), begins)
        points[np.repeat(~sound, sizes)] = 0
        points = on_page(points, np.repeat(matrices, sizes, axis=0))
        kinds = np.array(self._kinds)
        # The first point of a path begins it even where the letter for it was forgotten.
        kinds[begins] = _MOVE
        size = np.maximum.reduceat(points, begins) - np.minimum.reduceat(points, begins)
        large = (size.max(axis=1) > GLYPH_SIZE) | (size <= THIN).any(axis=1)
        keep = np.repeat(large & sound, sizes)
        stroked = np.repeat(painted, sizes)[keep]
        points, kinds = points[keep], kinds[keep]
        return np.concatenate(
            (_straight_edges(points, kinds, stroked), _flat_shapes(points, kinds, stroked))
        )


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
