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
_HYPHENS = (0x0002, 0xFFFE, 0x00AD)
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
    boxes = loose_boxes_of(text_page, count).astype(np.float64)[:, [0, 3, 2, 1]]
    size = boxes[:, 2:] - boxes[:, :2]
    seen = (size > 0.01).all(axis=1) | ((size > 0.01).any(axis=1) & (codes > 0x20))
    seen &= (codes != 0x0D) & (codes != 0x0A)
    places = np.flatnonzero(seen)
    codes, boxes = codes[seen], boxes[seen]
    codes[np.isin(codes, _HYPHENS)] = ord("-")
    codes[(codes > 0x10FFFF) | ((codes >= 0xD800) & (codes <= 0xDFFF)) | (codes < 0x20)] = 0xFFFD
    boxes = _with_sound_heights(text_page, places, codes, boxes)
    keep = ~_slanted(text_page, places, boxes)
    if hidden and keep.any():
        visible = keep & ~_hidden(text_page, places, hidden)
        # A page whose every text is hidden is a scan with a search layer: the only text it has.
        keep = visible if visible.any() else keep
    return Glyphs(codes=codes[keep], boxes=boxes[keep])


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


def _with_sound_heights(
    text_page: int, places: NDArray[np.intp], codes: NDArray[np.uint32], boxes: Floats
) -> Floats:
    size = boxes[:, 2:] - boxes[:, :2]
    height = size[:, 1]
    han = codes >= _HAN
    ordinary = float(np.median(height)) if len(height) else 0.0
    # An upright Chinese character is one em wide: its height must be near that.
    odd = (height < 0.55 * ordinary) | (height > 2.2 * ordinary)
    odd |= han & ((height < 0.7 * size[:, 0]) | (height > 1.9 * size[:, 0]))
    odd &= size[:, 0] > 0.01
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
    em = float(np.median(size[han, 0])) if han.any() else ordinary
    own = np.where(han[chosen], size[chosen, 0], em)
    mended = boxes.copy()
    mended[chosen, 1] = origins[:, 1] - _BELOW * own
    mended[chosen, 3] = origins[:, 1] + _ABOVE * own
    return mended


def _slanted(text_page: int, places: NDArray[np.intp], boxes: Floats) -> Booleans:
    """Characters that stand neither upright nor on their side: watermarks."""
    slanted = np.zeros(len(boxes), dtype=bool)
    if not len(boxes):
        return slanted
    size = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    suspects = size > _LARGE * float(np.median(size))
    step = np.abs(np.diff((boxes[:, :2] + boxes[:, 2:]) / 2, axis=0))
    near = step.max(axis=1) < 3 * size[1:]
    diagonal = near & (step.min(axis=1) > 0.3 * size[1:])
    suspects[1:] |= diagonal
    suspects[:-1] |= diagonal
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
