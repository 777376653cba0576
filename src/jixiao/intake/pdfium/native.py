"""pdfium's own functions with plain integer arguments, and loops over them without Python.

The binding's prototypes build a typed pointer for every argument, which costs three times the
call itself. Here handles are integers, results are written into numpy buffers by address, and
one `map` drives the whole loop.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Call = Callable[..., Any]
Single = NDArray[np.float32]

_HANDLE, _INT, _FLOAT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double
_ADDRESS = ctypes.c_void_p


class Native(Struct, frozen=True, kw_only=True):
    """The functions used, named for what they answer."""

    count_objects: Call
    object_at: Call
    object_kind: Call
    bounds: Call
    matrix: Call
    form_count: Call
    form_object: Call
    draw_mode: Call
    segment_count: Call
    segment_at: Call
    segment_kind: Call
    segment_point: Call
    segment_close: Call
    render_mode: Call
    char_count: Call
    text: Call
    code_point: Call
    loose_box: Call
    angle: Call
    origin: Call
    text_object: Call
    page_box: Call
    page_rotation: Call


@cache
def native() -> Native:
    """Look the functions up once; pdfium is loaded only when a PDF is read."""
    h, i, a = _HANDLE, _INT, _ADDRESS
    return Native(
        count_objects=_bind("FPDFPage_CountObjects", i, h),
        object_at=_bind("FPDFPage_GetObject", h, h, i),
        object_kind=_bind("FPDFPageObj_GetType", i, h),
        bounds=_bind("FPDFPageObj_GetBounds", i, h, a, a, a, a),
        matrix=_bind("FPDFPageObj_GetMatrix", i, h, a),
        form_count=_bind("FPDFFormObj_CountObjects", i, h),
        form_object=_bind("FPDFFormObj_GetObject", h, h, ctypes.c_ulong),
        draw_mode=_bind("FPDFPath_GetDrawMode", i, h, a, a),
        segment_count=_bind("FPDFPath_CountSegments", i, h),
        segment_at=_bind("FPDFPath_GetPathSegment", h, h, i),
        segment_kind=_bind("FPDFPathSegment_GetType", i, h),
        segment_point=_bind("FPDFPathSegment_GetPoint", i, h, a, a),
        segment_close=_bind("FPDFPathSegment_GetClose", i, h),
        render_mode=_bind("FPDFTextObj_GetTextRenderMode", i, h),
        char_count=_bind("FPDFText_CountChars", i, h),
        text=_bind("FPDFText_GetText", i, h, i, i, a),
        code_point=_bind("FPDFText_GetUnicode", ctypes.c_uint, h, i),
        loose_box=_bind("FPDFText_GetLooseCharBox", i, h, i, a),
        angle=_bind("FPDFText_GetCharAngle", _FLOAT, h, i),
        origin=_bind("FPDFText_GetCharOrigin", i, h, i, a, a),
        text_object=_bind("FPDFText_GetTextObject", h, h, i),
        page_box=_bind("FPDF_GetPageBoundingBox", i, h, a),
        page_rotation=_bind("FPDFPage_GetRotation", i, h),
    )


def _bind(name: str, result: Any, *arguments: Any) -> Call:
    from pypdfium2 import raw  # noqa: PLC0415 - other formats do not pay for loading pdfium

    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    # PYFUNCTYPE keeps the interpreter lock: cheaper per call, and pdfium is not thread-safe.
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


def handle(pointer: Any) -> int:
    """Take the integer out of one of the binding's pointers."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def run(call: Call, *columns: Iterable[Any]) -> None:
    """Call for every row of the columns and forget the answers."""
    deque(map(call, *columns), maxlen=0)


def fields(address: int, count: int, width: int, size: int) -> Sequence[range]:
    """Addresses of each field in an array of `count` records of `width` fields."""
    stride = width * size
    end = address + count * stride
    return [range(address + at * size, end + at * size, stride) for at in range(width)]


def bounds_of(objects: Sequence[int]) -> Single:
    """Ask for left, bottom, right, top of objects, in the space they are drawn in."""
    found = np.zeros((len(objects), 4), dtype=np.float32)
    run(native().bounds, objects, *fields(found.ctypes.data, len(objects), 4, 4))
    return found


def matrix_of(item: int) -> NDArray[np.float64]:
    """Ask for a, b, c, d, e, f of an object's matrix."""
    found = np.array([1, 0, 0, 1, 0, 0], dtype=np.float32)
    native().matrix(item, found.ctypes.data)
    return found.astype(np.float64)


def codes_of(text_page: int, count: int) -> NDArray[np.uint32]:
    """Ask for the code point of every character."""
    buffer = np.zeros(count + 1, dtype=np.uint16)
    written = native().text(text_page, 0, count, buffer.ctypes.data)
    plain = buffer[:count]
    # One call gives all, unless characters without a code were left out or one takes two units.
    if written == count + 1 and not ((plain >= 0xD800) & (plain <= 0xDFFF)).any():
        return plain.astype(np.uint32)
    one_by_one = map(native().code_point, repeat(text_page), range(count))
    return np.fromiter(one_by_one, dtype=np.uint32, count=count)


def loose_boxes_of(text_page: int, count: int) -> Single:
    """Ask for left, top, right, bottom of each full box (advance by font height)."""
    found = np.zeros((count, 4), dtype=np.float32)
    start = found.ctypes.data
    run(native().loose_box, repeat(text_page), range(count), range(start, start + 16 * count, 16))
    return found
