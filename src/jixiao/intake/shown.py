"""Pages as pictures for the screen: PNG that says its own measure, so that boxes fit on it.

A page is measured in points, as the places of what was read are. The PNG states its pixels a
metre, from which the size of the page can be had again without drawing it anew.
"""

import struct
import zlib

from msgspec import Struct

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_POINTS_A_METRE = 72 / 0.0254
_HEAD = 62


class ShownPage(Struct, frozen=True):
    """The picture, and the size of the page in points."""

    picture: bytes
    width: float
    height: float


def png(width: int, height: int, colours: bytes, scale: float) -> bytes:
    """A PNG of red, green and blue bytes row by row; `scale` is its pixels a point."""
    stride = width * 3
    lines = b"".join(b"\0" + colours[at : at + stride] for at in range(0, stride * height, stride))
    density = round(scale * _POINTS_A_METRE)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", density, density, 1)),
            _chunk(b"IDAT", zlib.compress(lines, 4)),
            _chunk(b"IEND", b""),
        )
    )


def measured(picture: bytes) -> ShownPage | None:
    """A picture made by `png` with its size in points; None for any other bytes."""
    if len(picture) < _HEAD or not picture.startswith(_SIGNATURE) or picture[37:41] != b"pHYs":
        return None
    width, height = struct.unpack(">II", picture[16:24])
    (density,) = struct.unpack(">I", picture[41:45])
    if not density:
        return None
    scale = density / _POINTS_A_METRE
    return ShownPage(picture, width / scale, height / scale)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join(
        (struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(kind + data)))
    )
