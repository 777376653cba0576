"""A picture as paper: even light, seals taken off and remembered, writing and strokes as masks.

Red seals lie over black text. In the red channel they are as white as the paper, so the text
below is kept; where a seal was is remembered, because what was read there is doubtful. Red
writing is flat and wide, unlike a seal, and stays.
"""

from typing import Any

import cv2
import numpy as np
from msgspec import Struct

#: Rows and columns of shades, as OpenCV passes them on; a colour picture has blue, green, red.
Picture = np.ndarray[Any, np.dtype[np.integer[Any] | np.floating[Any]]]
Mask = Picture

#: The longer side of A4 in points: what a picture without a size of its own is taken for.
LONG_SIDE = 841.9
#: Usual size of letters in points, to scale every measure below.
EM = 10.5
_RED, _PINK = 22, 12
_DARK = 130
_SEAL_SIZE = 40.0
_SEAL_SHAPE = 1.8
_COARSE = 8
#: Darker than the neighbourhood by so many shades: writing, and (fainter) a ruling.
_INK, _FAINT = 26, 14
_PALE = 225


class Paper(Struct, frozen=True, eq=False):
    """A grey picture with white paper; `seal` marks what was red, `scale` is pixels a point."""

    grey: Picture
    seal: Mask | None
    scale: float


def cleaned(picture: Picture, scale: float) -> Paper:
    """Grey, evenly lit, without seals."""
    if picture.ndim == 2:
        return Paper(_evenly_lit(picture), None, scale)
    seal = _seals(picture, scale)
    grey: Picture = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if seal is not None:
        grey = np.where(seal > 0, _through(picture[:, :, 2], seal), grey)
    return Paper(_evenly_lit(grey), seal, scale)


def _through(red: Picture, seal: Mask) -> Picture:
    """The red channel with the seal's own brightness raised to white: black below it stays dark."""
    values = red[seal > 0]
    bright = values[values > _DARK]
    usual = float(np.percentile(bright, 20)) if len(bright) else 255.0
    clear: Picture = cv2.convertScaleAbs(red, alpha=255 / usual)
    return clear


def _seals(picture: Picture, scale: float) -> Mask | None:
    """Red areas that are as high as wide and larger than letters; None where there are none."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    coarse = _red(small, _RED)
    if not coarse.any():
        return None
    reach = max(3, round(EM * scale / 4)) | 1
    joined = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    least = _SEAL_SIZE * scale / 4
    shape = np.maximum(wide, tall) < _SEAL_SHAPE * np.minimum(wide, tall)
    chosen = shape & (np.minimum(wide, tall) > least)
    chosen[0] = False
    areas = stats[chosen]
    if not len(areas):
        return None
    allowed = np.zeros_like(coarse)
    for left, top, width, height, _area in areas.tolist():
        allowed[max(top - 2, 0) : top + height + 2, max(left - 2, 0) : left + width + 2] = 255
    area = cv2.resize(allowed, (picture.shape[1], picture.shape[0]))
    red = cv2.bitwise_and(_red(picture, _PINK), area)
    seal: Mask = cv2.dilate(red, np.ones((3, 3), np.uint8))
    return seal


def _red(picture: Picture, least: int) -> Mask:
    blue, green, red = cv2.split(picture)
    found: Mask = cv2.threshold(
        cv2.subtract(red, cv2.max(blue, green)), least, 255, cv2.THRESH_BINARY
    )[1]
    return found


def _evenly_lit(grey: Picture) -> Picture:
    """Divide by the paper's own brightness, seen coarsely with the writing closed over."""
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(width // _COARSE, 1), max(height // _COARSE, 1)), interpolation=cv2.INTER_AREA
    )
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13))), 7)
    even: Picture = cv2.divide(grey, cv2.resize(paper, (width, height)), scale=255)
    return even


def ink_of(paper: Paper) -> Mask:
    """Writing and strokes."""
    return _darker(paper, _INK)


def faint_ink_of(paper: Paper) -> Mask:
    """Writing and strokes, the palest rulings included."""
    return _darker(paper, _FAINT)


def _darker(paper: Paper, shades: int) -> Mask:
    block = max(round(2.2 * EM * paper.scale), 11) | 1
    mean = cv2.blur(paper.grey, (block, block))
    found: Mask = cv2.threshold(cv2.subtract(mean, paper.grey), shades, 255, cv2.THRESH_BINARY)[1]
    # Strokes wider than the neighbourhood would be hollow: what is black is ink anywhere.
    black = cv2.threshold(paper.grey, 110, 255, cv2.THRESH_BINARY_INV)[1]
    pale = cv2.threshold(
        paper.grey, _PALE + (10 if shades == _FAINT else 0), 255, cv2.THRESH_BINARY_INV
    )[1]
    return np.asarray(cv2.bitwise_and(cv2.bitwise_or(found, black), pale), dtype=np.uint8)


def without_specks(ink: Mask, scale: float) -> tuple[Mask, Mask]:
    """Ink without grains smaller than any dot, and the grains."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = 0.009 * (EM * scale) ** 2
    speck = stats[:, cv2.CC_STAT_AREA] < max(least, 3)
    speck[0] = False
    if not speck.any():
        return ink, np.zeros_like(ink)
    grains: Mask = np.where(speck, 255, 0).astype(np.uint8)[labels]
    return np.asarray(cv2.subtract(ink, grains), dtype=np.uint8), grains
