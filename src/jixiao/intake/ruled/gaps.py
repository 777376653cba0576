"""Columns nobody drew: found where most rows of text leave the same place empty.

Two kinds of table need it: those with horizontal rulings only, and those with no ruling at all.
A cell that was merged over columns may cross a gap, so a few crossings are allowed; prose leaves
no common gap and never becomes a table.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from jixiao.foundation.location import Box
from jixiao.intake.ruled.grid import Grid, grid_of
from jixiao.intake.ruled.lines import Floats, snapped
from jixiao.intake.ruled.words import Run, TextLine

#: Share of the rows that may cross a gap between columns.
_CROSSINGS = 0.25
#: A column of labels has a text in few rows: its cells are merged.
_SPARSEST = 0.1
#: Narrower gaps are spaces between words, in points.
_NARROWEST = 5.0
#: Lines further apart than this many line heights do not belong to one table.
_APART = 3.0
#: Fewer rows show no pattern.
_FEWEST_ROWS = 3
#: Ends of rulings differ by less than this when they are drawn to one width.
_SAME_END = 6.0
_SHORTEST_RULING = 40.0


class Columned(Struct, frozen=True):
    """A table without rulings: one row a line, cells by column."""

    edges: tuple[float, ...]
    rows: tuple[dict[int, Run], ...]
    box: Box


def column_gaps(rows: Sequence[Sequence[Run]], left: float) -> list[tuple[float, float]]:
    """Gaps between columns, shown by rows that have two runs and more."""
    several = [row for row in rows if len(row) > 1]
    spans = [(run.box[0], run.box[2]) for row in several for run in row]
    if len(several) < 2:
        return []
    gaps: list[tuple[float, float]] = []
    for stretch in _thin_stretches(spans, _CROSSINGS * len(several)):
        begin, end = stretch[0][0], stretch[-1][1]
        start = gaps[-1][1] - 1 if gaps else left
        inside = sum(first >= start and last <= begin + 1 for first, last in spans)
        after = sum(first >= end - 1 for first, _ in spans)
        # A gap parts two columns only where enough runs stand in both.
        if end - begin >= _NARROWEST and min(inside, after) >= max(2, _SPARSEST * len(several)):
            gaps.append(_clearest(stretch))
    return gaps


#: A piece of a stretch: begin, end, and how many runs cross it.
_Piece = tuple[float, float, int]


def _thin_stretches(spans: Sequence[tuple[float, float]], allowed: float) -> list[list[_Piece]]:
    """Stretches along the line that at most `allowed` of the spans cross."""
    marks = sorted({edge for span in spans for edge in span})
    found: list[list[_Piece]] = []
    for here, after in pairwise(marks):
        middle = (here + after) / 2
        crossing = sum(first < middle < last for first, last in spans)
        if crossing > allowed:
            continue
        if found and found[-1][-1][1] == here:
            found[-1].append((here, after, crossing))
        else:
            found.append([(here, after, crossing)])
    return found


def _clearest(stretch: list[_Piece]) -> tuple[float, float]:
    """Find the part of a stretch that fewest runs cross: long texts reach into a gap's rest."""
    fewest = min(crossing for _, _, crossing in stretch)
    parts: list[tuple[float, float]] = []
    for begin, end, crossing in stretch:
        if crossing > fewest:
            continue
        if parts and parts[-1][1] == begin:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((begin, end))
    return max(parts, key=lambda part: part[1] - part[0])


def _middles(gaps: Sequence[tuple[float, float]]) -> list[float]:
    return [(begin + end) / 2 for begin, end in gaps]


def ruled_across(lone: Floats, lines: Sequence[TextLine], pieces: Sequence[TextLine]) -> list[Grid]:
    """Build the tables that have horizontal rulings only.

    `lines` are cut at gaps as wide as a column's, `pieces` at every gap: a full cell beside
    another leaves little room, and yet its text does not cross the border.
    """
    grids = []
    for rulings in _stacks(lone):
        top, bottom = rulings[:, 0].min(), rulings[:, 0].max()
        left, right = rulings[:, 1].min(), rulings[:, 2].max()
        inside = [
            line
            for line in lines
            if top < _centre(line) < bottom and line.box[0] >= left - _SAME_END
        ]
        if len(inside) < _FEWEST_ROWS:
            continue
        gaps = column_gaps([line.runs for line in inside], left)
        borders = _borders(gaps, rulings, left, right)
        if len(borders) < 3:
            continue
        across = np.concatenate((rulings, _row_rulings(rulings, inside, left, right)))
        grid = grid_of(across, _drawn_borders(borders, across[:, 0], pieces))
        if grid is not None:
            grids.append(grid)
    return grids


def _borders(
    gaps: Sequence[tuple[float, float]], rulings: Floats, left: float, right: float
) -> list[float]:
    """Borders in the gaps, exactly where a ruling left out under a merged cell ends."""
    ends = snapped(rulings[:, 1:].ravel(), _SAME_END)[0].tolist()
    known = [end for end in ends if min(end - left, right - end) > _SAME_END]
    kept = [
        (begin, end)
        for begin, end in gaps
        if not any(begin - _SAME_END <= border <= end + _SAME_END for border in known)
    ]
    return [left, *sorted([*_middles(kept), *known]), right]


def _centre(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _stacks(lone: Floats) -> list[Floats]:
    """Rulings above one another that share their ends, shorter ones between included."""
    left = lone[lone[:, 2] - lone[:, 1] >= _SHORTEST_RULING]
    stacks = []
    while len(left) >= _FEWEST_ROWS:
        longest = left[np.argmax(left[:, 2] - left[:, 1])]
        fits = (left[:, 1] >= longest[1] - _SAME_END) & (left[:, 2] <= longest[2] + _SAME_END)
        full = fits & (left[:, 2] - left[:, 1] >= longest[2] - longest[1] - 2 * _SAME_END)
        stack = left[fits]
        if full.sum() >= 2 and len(stack) >= _FEWEST_ROWS:
            stacks.append(stack[np.argsort(stack[:, 0])])
        left = left[~fits]
    return stacks


def _row_rulings(rulings: Floats, lines: Sequence[TextLine], left: float, right: float) -> Floats:
    """Rulings a three-line table leaves out: between the rows of a band that holds many."""
    positions = np.unique(rulings[:, 0]).tolist()
    added: list[list[float]] = []
    for top, bottom in pairwise(positions):
        band = [line for line in lines if top < _centre(line) < bottom and len(line.runs) > 1]
        if len(band) < _FEWEST_ROWS + 1:
            continue
        added.extend(
            [(upper.box[3] + lower.box[1]) / 2, left, right] for upper, lower in pairwise(band)
        )
    return np.array(added).reshape(-1, 3)


def _drawn_borders(borders: Sequence[float], heights: Floats, lines: Sequence[TextLine]) -> Floats:
    """Vertical lines at the borders, left out where a text crosses: there cells are merged."""
    levels = np.unique(heights).tolist()
    drawn: list[list[float]] = []
    for top, bottom in pairwise(levels):
        runs = [run for line in lines if top < _centre(line) < bottom for run in line.runs]
        drawn.extend(
            [border, top, bottom]
            for border in borders
            if not any(run.box[0] + 2 < border < run.box[2] - 2 for run in runs)
        )
    return np.array(drawn)


def columned(lines: Sequence[TextLine]) -> list[TextLine | Columned]:
    """Turn stretches of lines that are clearly a table into one; leave the others."""
    done: list[TextLine | Columned] = []
    stretch: list[TextLine] = []
    for line in lines:
        if stretch and not _is_near(stretch[-1], line):
            done.extend(_judged(stretch))
            stretch = []
        stretch.append(line)
    return [*done, *_judged(stretch)]


def _is_near(upper: TextLine, lower: TextLine) -> bool:
    height = upper.box[3] - upper.box[1]
    return lower.box[1] - upper.box[3] < _APART * height


def _judged(stretch: list[TextLine]) -> list[TextLine | Columned]:
    several = [index for index, line in enumerate(stretch) if len(line.runs) > 1]
    if len(several) < _FEWEST_ROWS:
        return [*stretch]
    first, last = several[0], several[-1] + 1
    body = stretch[first:last]
    # Half of the lines at least must be cut: in prose with a figure or two they are not.
    if len(several) < 0.5 * len(body):
        return [*stretch]
    left = min(line.box[0] for line in body)
    right = max(line.box[2] for line in body)
    borders = [left, *_middles(column_gaps([line.runs for line in body], left)), right]
    if len(borders) < 3 or (len(borders) == 3 and not _starts_agree(body)):
        return [*stretch]
    table = Columned(
        edges=tuple(borders),
        rows=tuple(_by_column(line.runs, borders) for line in body),
        box=(left, body[0].box[1], right, body[-1].box[3]),
    )
    return [*stretch[:first], table, *stretch[last:]]


def _starts_agree(body: Sequence[TextLine]) -> bool:
    """Two columns are a table only where the second one starts at one place."""
    starts = sorted(line.runs[1].box[0] for line in body if len(line.runs) == 2)
    return len(starts) >= _FEWEST_ROWS and starts[-1] - starts[0] < _SAME_END


def _beside(one: Run, other: Run) -> Run:
    box = (one.box[0], min(one.box[1], other.box[1]), other.box[2], max(one.box[3], other.box[3]))
    return Run(f"{one.text} {other.text}", box)


def _by_column(runs: Sequence[Run], borders: Sequence[float]) -> dict[int, Run]:
    cells: dict[int, Run] = {}
    for run in runs:
        column = 0
        while column + 2 < len(borders) and run.box[0] >= borders[column + 1] - 2:
            column += 1
        known = cells.get(column)
        cells[column] = run if known is None else _beside(known, run)
    return cells
