"""Scans made from PDFs whose text is known: rendered, then damaged the way paper and phones do.

Each damage is a plain function from picture to picture, so a test names exactly what was done.
Chance is seeded; the same call gives the same picture.
"""

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def pages_of(pdf: bytes, dpi: int = 200) -> list[Picture]:
    """Every page as a colour picture (blue, green, red)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_numpy()[:, :, :3].copy() for page in document]
    finally:
        document.close()


def skewed(picture: Picture, degrees: float) -> Picture:
    """Turned a little on the glass; the paper grows so that nothing is lost."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )


def noisy(picture: Picture, sigma: float = 8, specks: float = 0.0005, seed: int = 1) -> Picture:
    """Grain everywhere and black specks on a share of the pixels."""
    chance = np.random.default_rng(seed)
    grainy = picture + chance.normal(0, sigma, picture.shape[:2])[:, :, None]
    grainy[chance.random(picture.shape[:2]) < specks] = 20
    return np.clip(grainy, 0, 255).astype(np.uint8)


def blurred(picture: Picture, sigma: float = 0.8) -> Picture:
    return cv2.GaussianBlur(picture, (0, 0), sigma)


def squeezed(picture: Picture, quality: int = 60) -> Picture:
    """What a JPEG of this quality leaves of it."""
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)


def shaded(picture: Picture, darkest: float = 0.55) -> Picture:
    """Light from the left top: the far corner lies in shadow."""
    height, width = picture.shape[:2]
    fall = np.linspace(0, 0.5, width)[None, :] + np.linspace(0, 0.5, height)[:, None]
    return (picture * (1 - (1 - darkest) * fall)[:, :, None]).astype(np.uint8)


def tilted(picture: Picture, share: float = 0.04) -> Picture:
    """Photographed from below: the top of the sheet is farther away, hence narrower."""
    height, width = picture.shape[:2]
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    inset = share * width
    seen = np.float32(
        [[inset, inset], [width - inset / 2, inset / 3], [width, height], [0, height - inset / 4]]
    )
    matrix = cv2.getPerspectiveTransform(corners, seen)
    return cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(235, 235, 235)
    )


def turned(picture: Picture, quarters: int) -> Picture:
    """Fed into the scanner sideways or upside down; quarter turns clockwise."""
    return np.ascontiguousarray(np.rot90(picture, -quarters))


def stamped(picture: Picture, centre: tuple[int, int], radius: int) -> Picture:
    """A round red seal with a star and a ring of strokes, pressed over whatever is there."""
    seal = np.full_like(picture, 255)
    red = (40, 30, 215)
    cv2.circle(seal, centre, radius, red, max(2, radius // 16), cv2.LINE_AA)
    angles = np.radians(np.arange(10) * 36 - 90)
    reach = np.where(np.arange(10) % 2 == 0, radius * 0.32, radius * 0.13)
    star = np.column_stack((centre[0] + reach * np.cos(angles), centre[1] + reach * np.sin(angles)))
    cv2.fillPoly(seal, [star.astype(np.int32)], red, cv2.LINE_AA)
    for angle in np.radians(np.arange(150, 391, 20)):
        inner = (
            int(centre[0] + 0.62 * radius * np.cos(angle)),
            int(centre[1] + 0.62 * radius * np.sin(angle)),
        )
        outer = (
            int(centre[0] + 0.85 * radius * np.cos(angle)),
            int(centre[1] + 0.85 * radius * np.sin(angle)),
        )
        cv2.line(seal, inner, outer, red, max(2, radius // 14), cv2.LINE_AA)
    return (picture.astype(np.uint16) * seal // 255).astype(np.uint8)


def image_of(picture: Picture, suffix: str = ".png") -> bytes:
    """The picture as a file of this kind."""
    done, packed = cv2.imencode(suffix, picture)
    assert done
    return packed.tobytes()


def pdf_of_pictures(pictures: list[Picture], dpi: int = 200, quality: int = 85) -> bytes:
    """A PDF with nothing but one JPEG on each page, as scanners make them."""
    document = pypdfium2.PdfDocument.new()
    for picture in pictures:
        height, width = picture.shape[:2]
        size = width * 72 / dpi, height * 72 / dpi
        page = document.new_page(*size)
        image = pypdfium2.PdfImage.new(document)
        import io

        _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        image.load_jpeg(io.BytesIO(packed.tobytes()), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
