"""The grid of a drawn table from the places of its strokes, with merged cells.

Where a character counts one place and where two differs between programs: Chinese ones take two
on terminals and one in naive padding, strokes take one or two. Each way of counting is tried, and
the one in which the strokes of the rows stand under those of the rulings is the right one.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from jixiao.intake.bounds import LARGEST, WIDEST
from jixiao.intake.document import Position, RowPlace, Table
from jixiao.intake.plain.lines import Numbered
from jixiao.intake.plain.strokes import CROSSING, HORIZONTAL, RULED, VERTICAL, holds_ruling

#: How many places wide and ambiguous characters take.
_WAYS_OF_COUNTING = ((2, 1), (2, 2), (1, 1))
_AGREEMENT = 0.97
_FAR = 1 << 30

Extent = tuple[int, int]


class _Drawn(NamedTuple):
    """One line with the place of each of its characters."""

    place: RowPlace
    line: str
    starts: list[int]
    is_ruling: bool

    def between(self, left: int, right: int) -> str:
        chosen = (
            sign
            for sign, start in zip(self.line, self.starts, strict=True)
            if left < start < right and not (sign in VERTICAL and start in (left, right))
        )
        return "".join(chosen).strip()

    def crossings(self) -> list[int]:
        return [at for sign, at in zip(self.line, self.starts, strict=True) if sign in CROSSING]


class _Band(NamedTuple):
    """The lines of one row, the cells they are cut into, and the ruling above them."""

    lines: list[_Drawn]
    extents: list[Extent]
    above: _Drawn | None


def drawn_grid(run: list[Numbered], *, ruled_by_row: bool) -> Table | None:
    """The table, or None when the strokes do not stand under one another."""
    for wide, ambiguous in _WAYS_OF_COUNTING:
        drawn = [_measured(item, wide, ambiguous) for item in run]
        edges = _agreed_edges(drawn)
        if edges is not None and len(edges) <= WIDEST and len(edges) * len(run) <= LARGEST:
            return _table(_bands(drawn, edges, ruled_by_row=ruled_by_row), edges, ruled_by_row)
    return None


def _measured(item: Numbered, wide: int, ambiguous: int) -> _Drawn:
    place, line = item
    starts: list[int] = []
    at = 0
    for sign in line:
        starts.append(at)
        kind = unicodedata.east_asian_width(sign) if sign > "\x7f" else "Na"
        at += wide if kind in "WF" else ambiguous if kind == "A" else 1
    return _Drawn(place, line, starts, holds_ruling(line))


def _agreed_edges(drawn: list[_Drawn]) -> list[int] | None:
    edges = {at for line in drawn if line.is_ruling for at in line.crossings()}
    verticals = [at for line in drawn if not line.is_ruling for at in line.crossings()]
    inside = sum(1 for at in verticals if at in edges)
    if not verticals or inside < len(verticals) * _AGREEMENT:
        return None
    found = sorted(edges)
    content = [line for line in drawn if not line.is_ruling]
    if any(line.between(-1, found[0]) for line in content):
        found.insert(0, -1)
    if any(line.between(found[-1], _FAR) for line in content):
        found.append(_FAR)
    return found


def _bands(drawn: list[_Drawn], edges: list[int], *, ruled_by_row: bool) -> list[_Band]:
    bands: list[_Band] = []
    lines: list[_Drawn] = []
    above: _Drawn | None = None
    for line in drawn:
        if line.is_ruling:
            if lines:
                bands.append(_Band(lines, _extents(lines, edges), above))
            lines, above = [], line
        elif ruled_by_row or not lines:
            lines.append(line)
        else:
            bands.append(_Band(lines, _extents(lines, edges), above))
            lines, above = [line], None
    if lines:
        bands.append(_Band(lines, _extents(lines, edges), above))
    return bands


def _extents(lines: list[_Drawn], edges: list[int]) -> list[Extent]:
    """The cells of a row as pairs of edge numbers; a missing stroke is a merge."""
    seen = {at for line in lines for at in line.crossings()}
    inner = [index for index in range(1, len(edges) - 1) if edges[index] in seen]
    cuts = [0, *inner, len(edges) - 1]
    return list(pairwise(cuts))


def _table(bands: list[_Band], edges: list[int], ruled_by_row: bool) -> Table:
    width = len(edges) - 1
    texts = [[""] * width for _ in bands]
    spans: dict[Position, tuple[int, int]] = {}
    open_cells: dict[Extent, Position] = {}
    for number, band in enumerate(bands):
        still_open: dict[Extent, Position] = {}
        for first, after in band.extents:
            limits = edges[first], edges[after]
            anchor = open_cells.get((first, after))
            parts: Iterable[_Drawn] = band.lines
            if anchor is None or band.above is None or _is_ruled(band.above, *limits):
                anchor = (number, first)
            else:
                parts = [band.above, *band.lines]
            still_open[first, after] = anchor
            _add_text(texts, anchor, [line.between(*limits) for line in parts])
            rows = number - anchor[0] + 1
            if rows > 1 or after - first > 1:
                spans[anchor] = (rows, after - first)
        open_cells = still_open
    places = [band.lines[0].place for band in bands]
    return Table(texts=texts, places=places, spans=spans, merges_known=ruled_by_row)


def _is_ruled(line: _Drawn, left: int, right: int) -> bool:
    inside = line.between(left, right)
    return any(sign in HORIZONTAL for sign in inside) and set(inside) <= RULED | {" "}


def _add_text(texts: list[list[str]], anchor: Position, parts: list[str]) -> None:
    row, column = anchor
    lines = [texts[row][column], *parts]
    texts[row][column] = "\n".join(line for line in lines if line)
