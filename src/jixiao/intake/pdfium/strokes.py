"""Everything on a page that may be a ruling: stroked lines, flat filled boxes, hairline images.

A plain line or box is told by its bounds alone. Only a path that draws more (a whole grid in one
path, a stroked rectangle) is taken apart into its segments. Objects inside form objects are
followed with their matrices.
"""

from collections.abc import Iterator
from itertools import compress, repeat

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jixiao.intake.pdfium.native import bounds_of, fields, matrix_of, native, run

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2
_INVISIBLE = 3
_FILLED, _STROKED = 1, 2

#: Flatter than this is a stroke; the same measure as the rulings take.
THIN = 4.0
#: A path no larger than this is a tick box or a letter.
GLYPH_SIZE = 12.0
#: Longer paths are drawings; reading them would cost more than the page.
TOO_LONG = 20_000
DEEPEST = 8


class Drawing(Struct, frozen=True, eq=False):
    """Boxes (left, bottom, right, top in page space) of strokes and images, and hidden texts."""

    strokes: Floats
    images: Floats
    hidden_texts: frozenset[int]
    paths: int


class _Level(Struct, frozen=True, eq=False):
    """The objects of the page or of one form object, with the matrix that places them."""

    objects: list[int]
    kinds: NDArray[np.intc]
    matrix: Floats
    depth: int

    def of_kind(self, kind: int) -> list[int]:
        return list(compress(self.objects, (self.kinds == kind).tolist()))


def _level(objects: list[int], matrix: Floats, depth: int) -> _Level:
    kinds = np.fromiter(map(native().object_kind, objects), dtype=np.intc, count=len(objects))
    return _Level(objects, kinds, matrix, depth)


def drawing_of(page: int) -> Drawing:
    strokes: list[Floats] = []
    images: list[Floats] = []
    hidden: list[int] = []
    paths = 0
    levels = list(_levels(page))
    # Hidden text lies over scanned pictures or stays behind in tables; where there is neither it
    # harms nobody, and the question is not worth asking of every text object.
    asked = any(((level.kinds == _IMAGE) | (level.kinds == _PATH)).any() for level in levels)
    for level in levels:
        mine = level.of_kind(_PATH)
        paths += len(mine)
        if mine:
            strokes.append(_placed(_path_strokes(mine), level.matrix))
        pictures = level.of_kind(_IMAGE)
        if pictures:
            images.append(_placed(bounds_of(pictures).astype(np.float64), level.matrix))
        if asked:
            hidden.extend(_hidden_texts(level.of_kind(_TEXT)))
    images_all = _stacked(images)
    flat = ((images_all[:, 2:] - images_all[:, :2]) <= THIN).any(axis=1)
    return Drawing(
        strokes=_stacked([*strokes, images_all[flat]]),
        images=images_all[~flat],
        hidden_texts=frozenset(hidden),
        paths=paths,
    )


def _levels(page: int) -> Iterator[_Level]:
    """Yield the page's own objects, then those of its form objects."""
    call = native()
    count = call.count_objects(page)
    top = list(map(call.object_at, repeat(page), range(count)))
    waiting = [_level(top, np.array([1.0, 0, 0, 1, 0, 0]), 0)]
    while waiting:
        level = waiting.pop()
        yield level
        if level.depth >= DEEPEST:
            continue
        for item in level.of_kind(_FORM):
            inner = list(map(call.form_object, repeat(item), range(call.form_count(item))))
            matrix = _product(matrix_of(item), level.matrix)
            waiting.append(_level(inner, matrix, level.depth + 1))


def _hidden_texts(texts: list[int]) -> list[int]:
    """Text drawn in no colour at all: search layers and leftovers, seen by nobody."""
    modes = bytes(map(native().render_mode, texts))
    if _INVISIBLE not in modes:
        return []
    return [item for item, mode in zip(texts, modes, strict=True) if mode == _INVISIBLE]


def _path_strokes(paths: list[int]) -> Floats:
    call = native()
    shown = _shown(paths)
    bounds = bounds_of(paths).astype(np.float64)
    size = bounds[:, 2:] - bounds[:, :2]
    counts = np.fromiter(map(call.segment_count, paths), dtype=np.intp, count=len(paths))
    flat = (size <= THIN).any(axis=1)
    simple = flat & (counts <= 5)
    # One filled box that is not flat is a background; a letter or a tick box is small.
    dull = ~flat & (((counts <= 5) & (shown == _FILLED)) | (size.max(axis=1) <= GLYPH_SIZE))
    taken_apart = ~simple & ~dull & (counts <= TOO_LONG) & (shown > 0)
    found = [bounds[simple & (shown > 0)]]
    found.extend(
        _segments(paths[index], int(counts[index]), stroked=bool(shown[index] == _STROKED))
        for index in np.flatnonzero(taken_apart).tolist()
    )
    return _stacked(found)


def _shown(paths: list[int]) -> NDArray[np.int32]:
    """Ask how each path is painted: not at all, filled, stroked (filled or not)."""
    modes = np.zeros((len(paths), 2), dtype=np.int32)
    run(native().draw_mode, paths, *fields(modes.ctypes.data, len(paths), 2, 4))
    return np.where(modes[:, 1] != 0, _STROKED, np.sign(modes[:, 0])).astype(np.int32)


def _segments(path: int, count: int, *, stroked: bool) -> Floats:
    """Take apart: straight edges of a stroked path, flat subpaths of a filled one."""
    call = native()
    parts = list(map(call.segment_at, repeat(path), range(count)))
    kinds = np.fromiter(map(call.segment_kind, parts), dtype=np.intp, count=count)
    closes = np.fromiter(map(call.segment_close, parts), dtype=np.intp, count=count)
    single = np.zeros((count, 2), dtype=np.float32)
    run(call.segment_point, parts, *fields(single.ctypes.data, count, 2, 4))
    points = _placed_points(single.astype(np.float64), matrix_of(path))
    begins = np.flatnonzero(kinds == _MOVE_TO)
    if not len(begins):
        return np.empty((0, 4))
    if not stroked:
        return _flat_subpaths(points, begins)
    return _straight_edges(points, begins, kinds, closes)


def _flat_subpaths(points: Floats, begins: Integers) -> Floats:
    low, high = np.minimum.reduceat(points, begins), np.maximum.reduceat(points, begins)
    flat = ((high - low) <= THIN).any(axis=1)
    return np.column_stack((low[flat], high[flat]))


def _straight_edges(points: Floats, begins: Integers, kinds: Integers, closes: Integers) -> Floats:
    edges = np.flatnonzero(kinds[1:] == _LINE_TO) + 1
    starts, ends = points[edges - 1], points[edges]
    # Closing a subpath draws its last side without a segment of its own.
    closing = np.flatnonzero(closes)
    back = begins[np.maximum(np.searchsorted(begins, closing, side="right") - 1, 0)]
    starts = np.concatenate((starts, points[closing]))
    ends = np.concatenate((ends, points[back]))
    straight = (np.abs(starts - ends) <= 1.0).any(axis=1)
    starts, ends = starts[straight], ends[straight]
    return np.column_stack((np.minimum(starts, ends), np.maximum(starts, ends)))


def _product(inner: Floats, outer: Floats) -> Floats:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return np.array(
        [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k,
         e * h + f * j + m],
    )  # fmt: skip


def _placed_points(points: Floats, matrix: Floats) -> Floats:
    a, b, c, d, e, f = matrix
    x, y = points[:, 0], points[:, 1]
    return np.column_stack((a * x + c * y + e, b * x + d * y + f))


def _placed(boxes: Floats, matrix: Floats) -> Floats:
    if np.array_equal(matrix, (1, 0, 0, 1, 0, 0)):
        return boxes
    one = _placed_points(boxes[:, :2], matrix)
    other = _placed_points(boxes[:, 2:], matrix)
    return np.column_stack((np.minimum(one, other), np.maximum(one, other)))


def _stacked(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.empty((0, 4))
