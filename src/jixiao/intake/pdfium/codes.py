"""Code points that mean another character than the one printed, put right one by one.

Programs that make PDF name a glyph by whatever code its font happened to list first: 一 becomes
the radical ⼀, ≥ a private code of the Symbol font. What cannot be known stays and is doubtful.
"""

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

#: pdfium's own mark for a hyphen at the end of a line, and the soft hyphen, which on paper is one.
_SOFT_HYPHEN = 0x00AD
_HYPHENS = (0x0002, 0xFFFE, _SOFT_HYPHEN)
_UNKNOWN = 0xFFFD
_RADICALS = (0x2E80, 0x2FDF)
_COMPATIBLE = (0xF900, 0xFAFF)
_PRIVATE = (0xE000, 0xF8FF)

#: Radicals that Unicode does not decompose although they are drawn like the full character.
_LOOKALIKES = dict(
    zip(
        "⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟⺠⺩⺝⻑⻙",
        "虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母民王月长韦",
        strict=True,
    ),
)
#: Private codes of the Symbol and Wingdings fonts that office programs use.
_SYMBOLS = {
    0xF0B3: "≥",
    0xF0A3: "≤",
    0xF0B1: "±",
    0xF0B4: "×",
    0xF0B7: "·",
    0xF0A8: "□",
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0FC: "✓",
    0xF06C: "●",
    0xF06E: "■",
    0xF0D8: "➢",
}


def readable(codes: Codes) -> tuple[Codes, NDArray[np.bool_] | None]:
    """Give the codes as printed, and which of them are doubtful (None: not one)."""
    odd = (codes < 0x20) | (codes == _SOFT_HYPHEN) | (codes >= 0xD800) | _within(codes, _RADICALS)
    if not odd.any():
        return codes, None
    mended = codes.copy()
    doubtful = np.zeros(len(codes), dtype=bool)
    for index in np.flatnonzero(odd).tolist():
        mended[index], doubtful[index] = _mended(int(codes[index]))
    return mended, doubtful if doubtful.any() else None


def is_private(codes: Codes) -> NDArray[np.bool_]:
    """Tell codes no reader can make sense of."""
    unknown: NDArray[np.bool_] = codes == _UNKNOWN
    return unknown | _within(codes, _PRIVATE)


@cache
def _mended(code: int) -> tuple[int, bool]:
    if code in _HYPHENS:
        return ord("-"), False
    if code < 0x20 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code == _UNKNOWN:
        return _UNKNOWN, True
    if _PRIVATE[0] <= code <= _PRIVATE[1]:
        return ord(_SYMBOLS.get(code, chr(code))), True
    if _RADICALS[0] <= code <= _RADICALS[1] or _COMPATIBLE[0] <= code <= _COMPATIBLE[1]:
        plain = _LOOKALIKES.get(chr(code), unicodedata.normalize("NFKC", chr(code)))
        return (ord(plain) if len(plain) == 1 else code), False
    return code, False


def _within(codes: Codes, limits: tuple[int, int]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (codes >= limits[0]) & (codes <= limits[1])
    return inside
