"""A scanned page as a picture for the screen, in the measure the boxes of its cells are in."""

import cv2

from jixiao.intake.scan.cleaning import LONG_SIDE
from jixiao.intake.scan.pictures import decoded, pages_in
from jixiao.intake.shown import ShownPage, png

_LONGEST = 1600


def shown_image(content: bytes, number: int) -> ShownPage | None:
    """The page, counted from 1; None where there is none or its data are damaged."""
    pages = pages_in(content)
    if pages is None or pages.is_too_large or not 1 <= number <= len(pages.sizes):
        return None
    picture = decoded(content, number - 1)
    if picture is None:
        return None
    longest = max(picture.shape[:2])
    if longest > _LONGEST:
        factor = _LONGEST / longest
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    high, wide = picture.shape[:2]
    scale = max(high, wide) / LONG_SIDE
    turned = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    return ShownPage(png(wide, high, turned.tobytes(), scale), wide / scale, high / scale)
