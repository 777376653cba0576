"""Image files into pages, one at a time: sizes are read from the header before anything is decoded.

A few bytes may promise a picture of many gigabytes; such files are refused unopened. A truncated
file often decodes, with grey where the rest should be, so its end is looked for first.
"""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any

import cv2
import numpy as np
from msgspec import Struct

Picture = np.ndarray[Any, np.dtype[np.integer[Any] | np.floating[Any]]]
Size = tuple[int, int]

#: An A3 sheet at 600 dots an inch has 70 million points.
MOST_POINTS = 100_000_000
MOST_PAGES = 5000

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257
_TIFF_TYPES = {3: "H", 4: "I"}


class Pages(Struct, frozen=True):
    """The sizes of an image file's pages, None where the header is damaged."""

    sizes: tuple[Size, ...]

    @property
    def is_too_large(self) -> bool:
        return len(self.sizes) > MOST_PAGES or any(w * h > MOST_POINTS for w, h in self.sizes)


def pages_in(content: bytes) -> Pages | None:
    """Which pages the file has, by its header; None where header or end are damaged."""
    try:
        if content.startswith((b"II*\x00", b"MM\x00*")):
            sizes = tuple(islice(_tiff_sizes(content), MOST_PAGES + 1))
        else:
            sizes = (_single_size(content),)
    except (struct.error, IndexError, ValueError):
        return None
    return Pages(sizes) if sizes and all(w > 0 and h > 0 for w, h in sizes) else None


def decoded(content: bytes, page: int) -> Picture | None:
    """One page, counted from 0, in colour; None where its data are damaged."""
    data = np.frombuffer(content, dtype=np.uint8)
    try:
        if content.startswith((b"II*\x00", b"MM\x00*")):
            done, found = cv2.imdecodemulti(data, cv2.IMREAD_COLOR, range=(page, page + 1))
            return found[0] if done and found else None
        picture: Picture | None = cv2.imdecode(data, cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return picture


def _single_size(content: bytes) -> Size:
    if content.startswith(b"\x89PNG"):
        _whole(content.rfind(b"IEND") > 0)
        return struct.unpack(">II", content[16:24])
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content.startswith(b"BM"):
        size, start = struct.unpack("<I4xI", content[2:14])
        width, height = struct.unpack("<ii", content[18:26])
        _whole(len(content) >= min(size, max(start, 1)) and len(content) > start)
        bits = struct.unpack("<H", content[28:30])[0]
        packed = struct.unpack("<I", content[30:34])[0] not in (0, 3)
        _whole(packed or len(content) - start >= abs(width * height) * bits // 8)
        return width, abs(height)
    return _webp_size(content)


def _whole(is_whole: bool) -> None:
    if not is_whole:
        raise ValueError("truncated")


def _jpeg_size(content: bytes) -> Size:
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        while content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            _whole(content.find(b"\xff\xd9", at) > 0)
            return width, height
        at += 2 + length


def _webp_size(content: bytes) -> Size:
    (size,) = struct.unpack("<I", content[4:8])
    _whole(len(content) >= size + 8)
    kind = content[12:16]
    if kind == b"VP8X":
        width, height = content[24:27], content[27:30]
        return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack("<I", content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _tiff_sizes(content: bytes) -> Iterator[Size]:
    order = "<" if content.startswith(b"II") else ">"
    (at,) = struct.unpack(order + "I", content[4:8])
    known: set[int] = set()
    while at and at not in known:
        known.add(at)
        (count,) = struct.unpack(order + "H", content[at : at + 2])
        tags = {}
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind, _ = struct.unpack(order + "HHI", content[entry : entry + 8])
            if tag in (_TIFF_WIDTH, _TIFF_HEIGHT):
                letter = _TIFF_TYPES.get(kind, "I")
                end = entry + 8 + struct.calcsize(letter)
                (tags[tag],) = struct.unpack(order + letter, content[entry + 8 : end])
        yield tags.get(_TIFF_WIDTH, 0), tags.get(_TIFF_HEIGHT, 0)
        end = at + 2 + 12 * count
        (at,) = struct.unpack(order + "I", content[end : end + 4])
