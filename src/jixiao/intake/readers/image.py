"""Scans and photos: .png, .jpg, .tif, .bmp, .webp, read by the optional part `jixiao[ocr]`.

Without that part this reader bids on nothing, and the file is refused with the way to get it.
"""

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.reader import PagesDone, Reader
from jixiao.intake.scan.installed import is_installed
from jixiao.intake.signatures import foreign_kind

_TYPES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp"})


def bid(source: SourceFile) -> int:
    return 100 if _media_type(source) is not None and is_installed() else 0


def read(source: SourceFile, pages_done: PagesDone | None = None) -> SourceDocument:
    from jixiao.intake.scan.image_file import read_image  # noqa: PLC0415 - OpenCV loads slowly

    return read_image(source, _media_type(source) or "image/*", pages_done)


def _media_type(source: SourceFile) -> str | None:
    kind = foreign_kind(source.content[:4096])
    return kind.media_type if kind is not None and kind.media_type in _TYPES else None


READER = Reader(
    code="image",
    label="图片",
    suffixes=(".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".webp"),
    media_type="image/*",
    bid=bid,
    read=read,
    read_paged=read,
)
