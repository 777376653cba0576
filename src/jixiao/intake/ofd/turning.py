"""Pages whose text was set on its side are read upright; places stay those of the page shown."""

import numpy as np
from numpy.typing import NDArray

from jixiao.foundation.location import Box
from jixiao.intake.document import Block, Line
from jixiao.intake.ruled.lines import Floats

_MOST = 0.6

Size = tuple[float, float]


def main_direction(turned: NDArray[np.int8]) -> int:
    """Clockwise quarter turns that most characters are drawn at, 0 where they disagree."""
    if not turned.any():
        return 0
    counts = np.bincount(turned, minlength=4)
    commonest = int(counts.argmax())
    return commonest if counts[commonest] > _MOST * len(turned) else 0


def upright(boxes: Floats, turns: int, size: Size) -> Floats:
    """Turn boxes back by as many clockwise quarters; `size` is the page as shown."""
    width, height = size
    x0, y0, x1, y1 = boxes.T
    if turns == 1:
        return np.column_stack((y0, width - x1, y1, width - x0))
    if turns == 2:
        return np.column_stack((width - x1, height - y1, width - x0, height - y0))
    if turns == 3:
        return np.column_stack((height - y1, x0, height - y0, x1))
    return boxes


def as_shown(block: Block, turns: int, size: Size) -> Block:
    """Give a block its boxes on the page as shown."""
    if isinstance(block, Line):
        box = None if block.box is None else _turned(block.box, turns, size)
        return Line(text=block.text, place=block.place, box=box)
    block.boxes = {at: _turned(box, turns, size) for at, box in block.boxes.items()}
    return block


def _turned(box: Box, turns: int, size: Size) -> Box:
    width, height = size
    x0, y0, x1, y1 = box
    if turns == 1:
        return _rounded(width - y1, x0, width - y0, x1)
    if turns == 2:
        return _rounded(width - x1, height - y1, width - x0, height - y0)
    return _rounded(y0, height - x1, y1, height - x0)


def _rounded(left: float, top: float, right: float, bottom: float) -> Box:
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)
