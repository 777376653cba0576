"""The characters of a page as they are seen: codes mended, boxes sound, hidden ones dropped.

pdfium answers for blanks it only supposes (zero-width boxes) and for slanted watermarks; both go.
Fonts with wrong heights would tear lines apart, so such boxes are rebuilt from the baseline.
"""

from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from jixiao.intake.pdfium.native import codes_of, fields, loose_boxes_of, native, run
from jixiao.intake.ruled.words import Glyphs

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

_HAN = 0x2E80
#: pdfium's own mark for a hyphen at the end of a line, and the soft hyphen, which on paper is one.
_SOFT_HYPHEN = 0x00AD
_HYPHENS = (0x0002, 0xFFFE, _SOFT_HYPHEN)
#: A share of the em above and below the baseline, where the font's own figures are unusable.
_ABOVE, _BELOW = 0.86, 0.14
#: Watermarks are set at least this much larger than the text.
_LARGE = 1.6


def page_glyphs(text_page: int, hidden: frozenset[int]) -> Glyphs:
    """Characters in page space; boxes are left, bottom, right, top."""
    count = native().char_count(text_page)
    if count <= 0:
        return Glyphs(codes=np.empty(0, dtype=np.uint32), boxes=np.empty((0, 4)))
    codes = codes_of(text_page, count)
    loose = loose_boxes_of(text_page, count)
    wide, tall = loose[:, 2] - loose[:, 0] > 0.01, loose[:, 1] - loose[:, 3] > 0.01
    places = np.flatnonzero((wide & tall) | ((wide | tall) & (codes > 0x20)))
    codes = _readable(codes[places])
    boxes = np.empty((len(places), 4))
    boxes[:, 0], boxes[:, 3], boxes[:, 2], boxes[:, 1] = loose[places].T
    boxes = _with_sound_heights(text_page, places, codes, boxes)
    keep = ~_slanted(text_page, places, boxes)
    if hidden and keep.any():
        visible = keep & ~_hidden(text_page, places, hidden)
        # A page whose every text is hidden is a scan with a search layer: the only text it has.
        keep = visible if visible.any() else keep
    return Glyphs(codes=codes[keep], boxes=boxes[keep])


def _readable(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Hyphens as they look on paper; U+FFFD for what no text can hold."""
    unusual = np.flatnonzero((codes < 0x20) | (codes == _SOFT_HYPHEN) | (codes >= 0xD800))
    for index in unusual.tolist():
        code = int(codes[index])
        if code in _HYPHENS:
            codes[index] = ord("-")
        elif code < 0x20 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            codes[index] = 0xFFFD
    return codes


def quarter_turns(text_page: int, glyphs: Glyphs, rotation: int) -> int:
    """Clockwise turns that bring most of the text upright; normally the page's own rotation."""
    if not _runs_upright(glyphs, rotation):
        count = native().char_count(text_page)
        sample = range(0, count, max(1, count // 60))
        angles = np.fromiter(map(native().angle, repeat(text_page), sample), dtype=np.float64)
        quarters = np.round(angles / (np.pi / 2)).astype(np.intp) % 4
        commonest = np.bincount(quarters, minlength=4)
        if commonest.max() > 0.6 * len(quarters):
            return int(-commonest.argmax()) % 4
    return rotation


def _runs_upright(glyphs: Glyphs, rotation: int) -> bool:
    """Most steps from one character to the next go right, as seen on the turned page."""
    if len(glyphs) < 8:
        return True
    centre = (glyphs.boxes[:, :2] + glyphs.boxes[:, 2:]) / 2
    step = np.diff(centre, axis=0)
    along = (step[:, 0], -step[:, 1], -step[:, 0], step[:, 1])[rotation]
    sideways = np.abs(step[:, 1 - rotation % 2])
    rightwards = (along > 0) & (along > sideways)
    return float(np.count_nonzero(rightwards)) > 0.5 * len(step)


def _middle(values: Floats) -> float:
    """Pick the median, or 0 where there is nothing; numpy's own averages and takes long."""
    half = len(values) // 2
    return float(np.partition(values, half)[half]) if len(values) else 0.0


def _with_sound_heights(
    text_page: int, places: NDArray[np.intp], codes: NDArray[np.uint32], boxes: Floats
) -> Floats:
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    han = codes >= _HAN
    ordinary = _middle(height)
    # An upright Chinese character is one em wide: its height must be near that.
    low = np.where(han, np.maximum(0.55 * ordinary, 0.7 * width), 0.55 * ordinary)
    high = np.where(han, np.minimum(2.2 * ordinary, 1.9 * width), 2.2 * ordinary)
    odd = ((height < low) | (height > high)) & (width > 0.01)
    if not odd.any():
        return boxes
    chosen = np.flatnonzero(odd)
    angles = np.fromiter(
        map(native().angle, repeat(text_page), places[chosen].tolist()), dtype=np.float64
    )
    chosen = chosen[np.abs(angles) < 0.01]
    origins = np.zeros((len(chosen), 2))
    columns = fields(origins.ctypes.data, len(chosen), 2, 8)
    run(native().origin, repeat(text_page), places[chosen].tolist(), *columns)
    em = _middle(width[han]) or ordinary
    own = np.where(han[chosen], width[chosen], em)
    mended = boxes.copy()
    mended[chosen, 1] = origins[:, 1] - _BELOW * own
    mended[chosen, 3] = origins[:, 1] + _ABOVE * own
    return mended


def _slanted(text_page: int, places: NDArray[np.intp], boxes: Floats) -> Booleans:
    """Characters that stand neither upright nor on their side: watermarks."""
    slanted = np.zeros(len(boxes), dtype=bool)
    if not len(boxes):
        return slanted
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    suspects = size > _LARGE * _middle(size)
    across = np.abs(np.diff(boxes[:, 0]))
    along = np.abs(np.diff(boxes[:, 1]))
    near = np.maximum(across, along) < 3 * size[1:]
    diagonal = near & (np.minimum(across, along) > 0.3 * size[1:])
    suspects[1:] |= diagonal
    suspects[:-1] |= diagonal
    if not suspects.any():
        return slanted
    chosen = np.flatnonzero(suspects)
    angles = np.fromiter(
        map(native().angle, repeat(text_page), places[chosen].tolist()), dtype=np.float64
    )
    quarter = np.pi / 2
    slanted[chosen] = np.abs(angles / quarter - np.round(angles / quarter)) > 0.05
    return slanted


def _hidden(text_page: int, places: NDArray[np.intp], hidden: frozenset[int]) -> Booleans:
    owners = map(native().text_object, repeat(text_page), places.tolist())
    return np.fromiter((owner in hidden for owner in owners), dtype=bool, count=len(places))
