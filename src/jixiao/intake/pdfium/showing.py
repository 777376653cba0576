"""A page of a PDF as a picture for the screen, so that people can compare it with what was read."""

import numpy as np

from jixiao.intake.pdfium.turn import ONE_AT_A_TIME
from jixiao.intake.shown import ShownPage, png

#: About 1,100 pixels for a sheet of A4: small print can be read, and the file stays small.
_FINENESS = 1.85
_MOST_POINTS = 6_000_000


def shown_page(content: bytes, number: int) -> ShownPage | None:
    """The page, counted from 1; None where there is none or it cannot be drawn."""
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only who looks at one

    with ONE_AT_A_TIME:
        try:
            document = PdfDocument(content)
        except PdfiumError:
            return None
        try:
            if not 1 <= number <= len(document):
                return None
            if document.get_formtype():
                document.init_forms()
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_FINENESS, (_MOST_POINTS / max(width * height, 1)) ** 0.5)
            bitmap = page.render(scale=scale, rev_byteorder=True)
            picture = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
            bitmap.close()
            page.close()
        except PdfiumError:
            return None
        finally:
            document.close()
    high, wide = picture.shape[:2]
    return ShownPage(png(wide, high, picture.tobytes(), scale), wide / scale, high / scale)
