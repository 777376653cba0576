"""A page of a PDF as a picture, for pages that are nothing but a scan."""

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

#: Finer costs time and tells a recogniser nothing; coarser and strokes of letters run together.
_FINENESS = 220 / 72
#: No sheet of paper makes a larger picture; a page of five metres does.
_MOST_POINTS = 40_000_000


class PagePicture(Struct, frozen=True, eq=False):
    """The page as shown, and how many pixels a point of it takes."""

    picture: NDArray[np.uint8]
    scale: float


def picture_of(document: Any, number: int) -> PagePicture | None:
    """Draw the page, counted from 1; None where it cannot be drawn."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - other formats do not pay for pdfium

    try:
        page = document[number - 1]
    except PdfiumError:
        return None
    try:
        width, height = page.get_size()
        most = (_MOST_POINTS / max(width * height, 1)) ** 0.5
        scale = min(_FINENESS, most)
        bitmap = page.render(scale=scale)
        try:
            drawn: NDArray[np.uint8] = bitmap.to_numpy()
            return PagePicture(np.ascontiguousarray(drawn[:, :, :3]), scale)
        finally:
            bitmap.close()
    except PdfiumError:
        return None
    finally:
        page.close()
