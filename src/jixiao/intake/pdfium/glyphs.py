"""The characters of a page as they are seen: boxes sound, directions known, hidden ones dropped.

pdfium answers for blanks it only supposes (zero-width boxes) and for slanted watermarks; both go.
Fonts with wrong heights would tear lines apart, so such boxes are rebuilt from the baseline.
"""

from collections.abc import Sequence
from itertools import repeat

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jixiao.intake.pdfium.codes import readable
from jixiao.intake.pdfium.native import codes_of, fields, loose_boxes_of, native, run
from jixiao.intake.ruled.words import Glyphs

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.intp]

_HAN = 0x2E80
_QUARTER = np.pi / 2
#: A share of the em above and below the baseline, where the font's own figures are unusable.
_ABOVE, _BELOW = 0.86, 0.14
#: Watermarks are set at least this much larger than the text.
_LARGE = 1.6
_SAMPLE = 20
_STRAIGHT = 0.05
_MOST = 0.6


class PageText(Struct, frozen=True, eq=False):
    """Characters in page space (boxes are left, bottom, right, top) and the page's direction.

    `turns` are the clockwise quarter turns that bring most of the text upright. `is_hidden` says
    that nobody sees any of the text: a search layer, laid over a scan by another program.
    """

    glyphs: Glyphs
    turns: int
    is_hidden: bool = False


def page_text(text_page: int, hidden: frozenset[int], rotation: int) -> PageText:
    """Read the characters of a page; `rotation` is what the page says of itself."""
    count = max(0, native().char_count(text_page))
    codes = codes_of(text_page, count)
    loose = loose_boxes_of(text_page, count)
    wide, tall = loose[:, 2] - loose[:, 0] > 0.01, loose[:, 1] - loose[:, 3] > 0.01
    places = np.flatnonzero((wide & tall) | ((wide | tall) & (codes > 0x20)))
    if not len(places):
        return PageText(Glyphs(codes=codes[places], boxes=np.empty((0, 4))), rotation)
    boxes = np.empty((len(places), 4))
    boxes[:, 0], boxes[:, 3], boxes[:, 2], boxes[:, 1] = loose[places].T
    codes, doubtful = readable(codes[places])
    main = _main_direction(text_page, places, rotation)
    turned, slanted = _directions(text_page, places, boxes, main)
    glyphs = Glyphs(codes=codes, boxes=boxes, doubtful=doubtful, turned=turned)
    keep = None if slanted is None else ~slanted
    is_hidden = False
    if hidden:
        visible = ~_hidden(text_page, places, hidden)
        # A page whose every text is hidden is a scan with a search layer: the only text it has.
        is_hidden = not visible.any()
        if not is_hidden:
            keep = visible if keep is None else keep & visible
    if keep is not None:
        glyphs, places = glyphs.only(keep), places[keep]
    _mend_heights(text_page, places, glyphs)
    return PageText(glyphs, -main % 4, is_hidden)


def _angles(text_page: int, places: Sequence[int]) -> Floats:
    """Clockwise angles, in quarter turns."""
    found = np.fromiter(map(native().angle, repeat(text_page), places), dtype=np.float64)
    quarters: Floats = found / _QUARTER
    return quarters


def _main_direction(text_page: int, places: Integers, rotation: int) -> int:
    """Find the quarter turn most of the text is drawn at, or what the page calls upright."""
    sample = places[:: max(1, len(places) // _SAMPLE)].tolist()
    angles = [angle / _QUARTER for angle in map(native().angle, repeat(text_page), sample)]
    straight = [round(angle) % 4 for angle in angles if abs(angle - round(angle)) < _STRAIGHT]
    commonest = max(straight, key=straight.count, default=0)
    return commonest if straight.count(commonest) > _MOST * len(angles) else -rotation % 4


def _directions(
    text_page: int, places: Integers, boxes: Floats, main: int
) -> tuple[NDArray[np.int8] | None, Booleans | None]:
    """Which characters are turned against the others, and which are slanted.

    The angle is asked only of those that are large or do not stand beside their neighbour.
    """
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    suspects = size > _LARGE * _typical(size)
    sideways, onwards = (0, 1) if main % 2 else (1, 0)
    across = np.abs(np.diff(boxes[:, sideways]))
    near = np.maximum(across, np.abs(np.diff(boxes[:, onwards]))) < 3 * size[1:]
    leaving = near & (across > 0.3 * size[1:])
    suspects[1:] |= leaving
    suspects[:-1] |= leaving
    if not suspects.any():
        return None, None
    chosen = np.flatnonzero(suspects)
    angles = _angles(text_page, places[chosen].tolist())
    nearest = np.round(angles)
    turned = np.zeros(len(boxes), dtype=np.int8)
    turned[chosen] = (nearest.astype(np.int8) - main) % 4
    slanted = np.zeros(len(boxes), dtype=bool)
    slanted[chosen] = np.abs(angles - nearest) > _STRAIGHT
    return turned if turned.any() else None, slanted if slanted.any() else None


def _typical(values: Floats) -> float:
    """Take the mean of a page's sizes: the few large ones move it little, a median costs more."""
    return float(values.sum()) / len(values)


def _mend_heights(text_page: int, places: Integers, glyphs: Glyphs) -> None:
    """Rebuild boxes whose height cannot be: a Chinese character is as high as it is wide."""
    boxes = glyphs.boxes
    han = glyphs.codes >= _HAN
    if not han.any():
        return
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    em = _typical(width[han])
    own = np.where(han, width, em)
    low = np.where(han, 0.7, 0.5) * own
    high = np.where(han, 1.9, 2.5) * own
    odd = np.flatnonzero(((height < low) | (height > high)) & (width > 0.01))
    if not len(odd):
        return
    chosen = odd[np.abs(_angles(text_page, places[odd].tolist())) < 0.01]
    origins = np.zeros((len(chosen), 2))
    columns = fields(origins.ctypes.data, len(chosen), 2, 8)
    run(native().origin, repeat(text_page), places[chosen].tolist(), *columns)
    boxes[chosen, 1] = origins[:, 1] - _BELOW * own[chosen]
    boxes[chosen, 3] = origins[:, 1] + _ABOVE * own[chosen]


def _hidden(text_page: int, places: Integers, hidden: frozenset[int]) -> Booleans:
    owners = map(native().text_object, repeat(text_page), places.tolist())
    return np.fromiter((owner in hidden for owner in owners), dtype=bool, count=len(places))
