"""Text objects of a page as characters with boxes.

OFD states where each character begins, seldom how wide it is: widths come from the next
character, the object's boundary or, where both say nothing, from how wide such signs commonly are.
Seen are upright and sideways characters that are painted; what is set aslant or nearly
transparent is a watermark.
"""

import re
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from jixiao.intake.ofd.names import FALSE, TRUE, Matrix, attributes_of, box, number, numbers
from jixiao.intake.ofd.placing import Placing, on_page
from jixiao.intake.package_xml import Element
from jixiao.intake.ruled.lines import Floats
from jixiao.intake.ruled.words import Glyphs

#: A character stands this share of its size above and below its base line.
_ABOVE, _BELOW = 0.86, 0.14
#: Of 255; official print is opaque, watermarks and search layers are not.
_FAINT = 128
_STRAIGHT = 0.05
_WIDE_FROM = 0x2000
_HALF = 0.5
#: A boundary says the width of the last character when it leaves this share of the size for it.
_NARROWEST, _WIDEST = 0.2, 1.1
#: Steps wider than this share of the size part words, however even they are.
_LOOSEST = 1.5
#: Of text that states no size and has no boundary, in millimetres.
_USUAL_SIZE = 3.5
_REPEAT = "g"
_MOST_DIGITS = 12
_PLACEHOLDER = "\u00a4"
_UNKNOWN = "\ufffd"
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")

_BROAD = frozenset("ABCDEFGHKNOPQRSTUVXYZ&+<=>~")
_BROADEST = frozenset("MW@%mw—…")


def _common_width(sign: str) -> float:
    if sign in _BROADEST:
        return 0.85
    return 0.67 if sign in _BROAD else _HALF


_WIDTHS = np.array([*(_common_width(chr(code)) for code in range(_WIDE_FROM)), 1.0])


class PageTexts:
    """Collects the text objects of one page; `glyphs` makes characters of them all at once."""

    def __init__(self) -> None:
        self._placing = Placing()
        self._texts: list[str] = []
        self._xs: list[float] = []
        self._ys: list[float] = []
        #: One row an object: size, stretch, turns of its signs, is hidden.
        self._objects: list[tuple[float, float, int, bool]] = []
        self._counts: list[int] = []
        #: Of each code: where it ends, and whether its characters follow in one even rhythm.
        self._ends: list[int] = []
        self._even: list[bool] = []

    def add(self, element: Element, outer: Matrix, names: dict[str, str]) -> None:
        """Take a text object; `outer` leads from the space it stands in to the page."""
        attributes = attributes_of(element)
        get = attributes.get
        if get("Visible") in FALSE:
            return
        size = number(get("Size"), 0.0)
        if size <= 0:
            size = box(get("Boundary"))[3] or _USUAL_SIZE
        stretch = number(get("HScale"), 1.0)
        alpha = number(get("Alpha"), 255)
        line = _Line(size * stretch, _quarters(get("ReadDirection")))
        has_glyphs = False
        before = len(self._xs)
        for child in element:
            name = names[child.tag]
            if name == "TextCode":
                self._take(child, line, has_glyphs=has_glyphs)
            elif name == "FillColor":
                alpha = min(alpha, number(child.get("Alpha"), 255))
            elif name == "CGTransform":
                has_glyphs = True
        count = len(self._xs) - before
        if count:
            is_unpainted = get("Fill") in FALSE and get("Stroke") not in TRUE
            is_hidden = is_unpainted or alpha <= _FAINT
            self._placing.add(attributes, outer)
            self._objects.append((size, stretch, _quarters(get("CharDirection")), is_hidden))
            self._counts.append(count)

    def _take(self, code: Element, line: "_Line", *, has_glyphs: bool) -> None:
        get = attributes_of(code).get
        line.x = number(get("X"), line.x)
        line.y = number(get("Y"), line.y)
        text = code.text
        if not text:
            return
        if text[0] in "\r\n":
            text = text.strip()
        if "\\" in text:
            text = _ESCAPED.sub(_unescaped, text)
        if has_glyphs:
            text = text.replace(_PLACEHOLDER, _UNKNOWN)
        if not text:
            return
        self._texts.append(text)
        if len(text) == 1:
            self._xs.append(line.x)
            self._ys.append(line.y)
            self._even.append(False)
        else:
            across, down = line.steps(text, get("DeltaX"), get("DeltaY"))
            self._xs += accumulate(across, initial=line.x) if across else [line.x] * len(text)
            self._ys += accumulate(down, initial=line.y) if down else [line.y] * len(text)
            self._even.append(len(across) > 1 and min(across) == max(across))
        self._ends.append(len(self._xs))

    def glyphs(self) -> Glyphs:
        """The characters anybody sees."""
        codes = np.frombuffer("".join(self._texts).encode("utf-32-le"), dtype=np.uint32).copy()
        if not len(codes):
            return Glyphs(codes=codes, boxes=np.empty((0, 4)))
        codes[(codes == 0x09) | (codes == 0x0A) | (codes == 0x0D)] = 0x20
        objects = np.array(self._objects, dtype=np.float64)
        boundaries = self._placing.boxes()
        matrices = self._placing.matrices(boundaries)
        owner = np.repeat(np.arange(len(objects)), np.array(self._counts))
        turned, slanted = _directions(matrices, objects[:, 2])
        right = np.where(self._placing.has_matrix(), 0, boundaries[:, 2])
        boxes = self._boxes(codes, objects[owner], matrices[owner], right[owner])
        found = Glyphs(codes=codes, boxes=boxes, turned=turned[owner] if turned.any() else None)
        keep, visible = ~slanted, objects[:, 3] == 0
        # A page whose every text is hidden is a scan with a search layer: the only text it has.
        if visible.any():
            keep &= visible
        return found if keep.all() else found.only(keep[owner])

    def _boxes(
        self, codes: NDArray[np.uint32], objects: Floats, matrices: Floats, right: Floats
    ) -> Floats:
        """Boxes on the page; each character has its object's values, matrix and right border."""
        x, y = np.array(self._xs), np.array(self._ys)
        size, turns = objects[:, 0], objects[:, 2]
        width = self._widths(codes, x, size * objects[:, 1], right)
        high, low = -_ABOVE * size, _BELOW * size
        if not turns.any() and not matrices[:, 1:3].any() and (matrices[:, (0, 3)] > 0).all():
            across, down, left, top = matrices[:, (0, 3, 4, 5)].T
            boxes = np.empty((len(x), 4))
            boxes[:, 0] = x * across + left
            boxes[:, 1] = (y + high) * down + top
            boxes[:, 2] = (x + width) * across + left
            boxes[:, 3] = (y + low) * down + top
            return boxes
        near, high, far, low = _turned(turns, (np.zeros(len(x)), high, width, low))
        one = on_page(np.column_stack((x + near, y + high)), matrices)
        other = on_page(np.column_stack((x + far, y + low)), matrices)
        return np.column_stack((np.minimum(one, other), np.maximum(one, other)))

    def _widths(self, codes: NDArray[np.uint32], x: Floats, em: Floats, right: Floats) -> Floats:
        width: Floats = _WIDTHS[np.minimum(codes, _WIDE_FROM)] * em
        ends = np.array(self._ends) - 1
        left_over = right[ends] - x[ends]
        says = (left_over > _NARROWEST * em[ends]) & (left_over < _WIDEST * em[ends])
        width[ends[says]] = left_over[says]
        step = np.zeros(len(x))
        step[:-1] = np.diff(x)
        step[ends] = 0
        # Even steps are how the maker spread a line; a blank would break the rhythm.
        even = np.repeat(self._even, np.diff(ends, prepend=-1)) & (step < _LOOSEST * em)
        fits = (step > 0) & ((step < width) | even)
        width[fits] = step[fits]
        return width


def _directions(matrices: Floats, turns: Floats) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Clockwise quarter turns of each object's characters, and which objects are slanted."""
    quarters = np.arctan2(matrices[:, 1], matrices[:, 0]) / (np.pi / 2)
    nearest = np.round(quarters)
    turned = ((nearest + turns) % 4).astype(np.int8)
    return turned, np.abs(quarters - nearest) > _STRAIGHT


class _Line:
    """Where the next text code of an object begins, and how its characters follow one another."""

    def __init__(self, em: float, direction: int) -> None:
        self.x = self.y = 0.0
        self._em, self._direction = em, direction

    def steps(
        self, text: str, across: str | None, down: str | None
    ) -> tuple[list[float], list[float]]:
        """Steps from each character to the next, completed where the file is short of them."""
        wanted = len(text) - 1
        dx, dy = offsets(across, wanted), offsets(down, wanted)
        missing = wanted - max(len(dx), len(dy))
        if missing > 0:
            advance = [self._advance(sign) for sign in text[wanted - missing : wanted]]
            sideways = self._direction % 2 == 1 or (dy and not dx)
            if self._direction >= 2:
                advance = [-step for step in advance]
            (dy if sideways else dx).extend(advance)
        return _even(dx, wanted), _even(dy, wanted)

    def _advance(self, sign: str) -> float:
        return float(_WIDTHS[min(ord(sign), _WIDE_FROM)]) * self._em


def _even(steps: list[float], wanted: int) -> list[float]:
    """Where some steps are known, the others are none."""
    return steps + [0.0] * (wanted - len(steps)) if steps else steps


def offsets(written: str | None, wanted: int) -> list[float]:
    """At most `wanted` offsets; `g 3 4.2` stands for three times 4.2."""
    if not written:
        return []
    if _REPEAT not in written:
        return numbers(written)[:wanted]
    found: list[float] = []
    words = iter(written.split())
    for word in words:
        times = _count(next(words, "")) if word == _REPEAT else 1
        value = numbers(next(words, "") if word == _REPEAT else word)
        if not value:
            break
        found += value * max(min(times, wanted - len(found)), 0)
    return found[:wanted]


def _quarters(written: str | None) -> int:
    return 0 if written is None else int(number(written, 0)) // 90 % 4


def _count(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < _MOST_DIGITS else 0


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return _UNKNOWN if 0xD800 <= code <= 0xDFFF else chr(code)


def _turned(turns: Floats, box: tuple[Floats, Floats, Floats, Floats]) -> tuple[Floats, ...]:
    """Turn boxes clockwise about the point their characters begin at, each by its own turns."""
    left, top, right, bottom = box
    choices = [turns == turn for turn in range(4)]
    return (
        np.select(choices, [left, -bottom, -right, top]),
        np.select(choices, [top, left, -bottom, -right]),
        np.select(choices, [right, -top, -left, bottom]),
        np.select(choices, [bottom, right, -top, -left]),
    )
