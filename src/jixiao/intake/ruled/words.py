"""From single characters to texts: lines in reading order, spaces where the page shows them.

Characters come with boxes and belong to a group (a cell, or the free area of the page). Sorting,
line breaks and gaps are found for all groups of a page at once; a loop over characters would cost
more than loading the page.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jixiao.foundation.location import Box
from jixiao.intake.ruled.lines import Floats

Integers = NDArray[np.intp]

#: Centres of characters further apart than this share of their height stand on two lines.
LINE_STEP = 0.4
#: A gap this wide (in character heights) is a blank between letters and digits …
LETTER_GAP = 0.22
#: … and this wide between Chinese characters, whose spacing is stretched when justified.
HAN_GAP = 0.5
#: Outside tables a gap this wide parts columns.
COLUMN_GAP = 1.8
#: A glyph drawn again within this share of its width is fake bold.
TWICE = 0.3

_HAN = 0x2E80
_BLANK, _TAB, _NEWLINE = 0x20, 0x09, 0x0A


class Glyphs(Struct, frozen=True, eq=False):
    """Characters of a page in drawing order: code points and boxes (left, top, right, bottom).

    `doubtful` marks codes that may not be what was printed. `turned` gives the clockwise quarter
    turns of single characters against the page's own direction: labels set on their side.
    """

    codes: NDArray[np.uint32]
    boxes: Floats
    doubtful: NDArray[np.bool_] | None = None
    turned: NDArray[np.int8] | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def only(self, chosen: NDArray[np.bool_] | Integers) -> "Glyphs":
        return Glyphs(
            codes=self.codes[chosen],
            boxes=self.boxes[chosen],
            doubtful=None if self.doubtful is None else self.doubtful[chosen],
            turned=None if self.turned is None else self.turned[chosen],
        )


class Run(Struct, frozen=True):
    """Words that stand together on a line."""

    text: str
    box: Box


class TextLine(Struct, frozen=True):
    """One line of free text, cut where wide gaps part columns."""

    runs: tuple[Run, ...]
    box: Box

    @property
    def text(self) -> str:
        return "\t".join(run.text for run in self.runs)


class _Order(Struct, frozen=True, eq=False):
    """Characters in reading order with the separator before each and where lines begin."""

    glyphs: Glyphs
    group: Integers
    line_starts: NDArray[np.bool_]
    before: NDArray[np.uint32]


def texts_by_group(glyphs: Glyphs, group: Integers) -> dict[int, str]:
    """Read the text of each group; lines are parted by line feeds."""
    if not len(glyphs):
        return {}
    ordered = _in_reading_order(_laid_flat(glyphs), group, column_gap=None)
    starts = np.flatnonzero(np.append(True, ordered.group[1:] != ordered.group[:-1]))
    pieces = _pieces(ordered, starts)
    names = ordered.group[starts].tolist()
    return {name: _trim(piece) for name, piece in zip(names, pieces, strict=True)}


def _laid_flat(glyphs: Glyphs) -> Glyphs:
    """Turn labels that were set on their side back, each about the page's corner.

    Their places are lost by it, their order is right: groups are read one by one.
    """
    if glyphs.turned is None:
        return glyphs
    boxes = glyphs.boxes.copy()
    upwards, downwards = glyphs.turned == 3, glyphs.turned == 1
    x0, y0, x1, y1 = glyphs.boxes.T
    boxes[upwards] = np.column_stack((-y1, x0, -y0, x1))[upwards]
    boxes[downwards] = np.column_stack((y0, -x1, y1, -x0))[downwards]
    return Glyphs(codes=glyphs.codes, boxes=boxes)


def free_lines(glyphs: Glyphs, column_gap: float = COLUMN_GAP) -> list[TextLine]:
    """Read the lines of text outside of tables, top to bottom."""
    if not len(glyphs):
        return []
    group = np.zeros(len(glyphs), dtype=np.intp)
    ordered = _in_reading_order(glyphs, group, column_gap=column_gap)
    starts = np.flatnonzero(ordered.line_starts | (ordered.before == _TAB))
    boxes = ordered.glyphs.boxes
    low = np.minimum.reduceat(boxes[:, :2], starts).round(1).tolist()
    high = np.maximum.reduceat(boxes[:, 2:], starts).round(1).tolist()
    lines: list[list[Run]] = []
    opens = ordered.line_starts[starts].tolist()
    for piece, first, last, new in zip(_pieces(ordered, starts), low, high, opens, strict=True):
        if new:
            lines.append([])
        text = piece.strip()
        if text:
            lines[-1].append(Run(text, (first[0], first[1], last[0], last[1])))
    return [TextLine(tuple(runs), _around(runs)) for runs in lines if runs]


def _around(runs: list[Run]) -> Box:
    return (
        runs[0].box[0],
        min(run.box[1] for run in runs),
        max(run.box[2] for run in runs),
        max(run.box[3] for run in runs),
    )


def _in_reading_order(glyphs: Glyphs, group: Integers, *, column_gap: float | None) -> _Order:
    boxes = glyphs.boxes
    centre = (boxes[:, 1] + boxes[:, 3]) / 2
    height = boxes[:, 3] - boxes[:, 1]
    down = np.lexsort((centre, group))
    step = np.diff(centre[down])
    tall = np.minimum(height[down][1:], height[down][:-1])
    parts = np.append(True, (step > LINE_STEP * tall) | (np.diff(group[down]) != 0))
    line = np.cumsum(parts)
    along = np.lexsort((boxes[down, 0], line))
    order, line = down[along], line[along]
    keep = _drawn_once(glyphs.only(order), line)
    order, line = order[keep], line[keep]
    starts = np.append(True, line[1:] != line[:-1])
    ordered = glyphs.only(order)
    before = _separators(ordered, starts, column_gap)
    return _Order(glyphs=ordered, group=group[order], line_starts=starts, before=before)


def _drawn_once(glyphs: Glyphs, line: Integers) -> NDArray[np.bool_]:
    keep = np.ones(len(glyphs), dtype=bool)
    left, width = glyphs.boxes[:, 0], glyphs.boxes[:, 2] - glyphs.boxes[:, 0]
    again = (
        (glyphs.codes[1:] == glyphs.codes[:-1])
        & (line[1:] == line[:-1])
        & (left[1:] - left[:-1] < TWICE * width[1:])
    )
    keep[1:] = ~again
    return keep


def _separators(
    glyphs: Glyphs, starts: NDArray[np.bool_], column_gap: float | None
) -> NDArray[np.uint32]:
    before = np.zeros(len(glyphs), dtype=np.uint32)
    boxes, codes = glyphs.boxes, glyphs.codes
    gap = boxes[1:, 0] - boxes[:-1, 2]
    tall = np.maximum(boxes[1:, 3] - boxes[1:, 1], boxes[:-1, 3] - boxes[:-1, 1])
    letters = (codes[1:] < _HAN) & (codes[:-1] < _HAN)
    wide = gap > tall * np.where(letters, LETTER_GAP, HAN_GAP)
    blank = (codes[1:] == _BLANK) | (codes[:-1] == _BLANK)
    before[1:][wide & ~blank] = _BLANK
    if column_gap is not None:
        before[1:][gap > tall * column_gap] = _TAB
    before[starts] = _NEWLINE
    before[0] = 0
    return before


def _pieces(ordered: _Order, starts: Integers) -> list[str]:
    """Cut the whole text at the given characters."""
    both = np.empty(2 * len(ordered.before), dtype="<u4")
    both[0::2], both[1::2] = ordered.before, ordered.glyphs.codes
    shown = both != 0
    length = np.cumsum(shown)
    text = both[shown].tobytes().decode("utf-32-le", errors="replace")
    ends = length[2 * np.append(starts[1:], len(ordered.before)) - 1].tolist()
    begins = [0, *ends[:-1]]
    return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]


def _trim(text: str) -> str:
    if "\n" in text:
        return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))
    return text.strip()
