"""Tables of columns aligned with blanks: two or more spaces, or full-width ones.

Such gaps also stand in titles, indents and signature lines, so a table is only believed when
several consecutive lines agree. Columns come from where the pieces of text start; when these do
not repeat, each line is cut at its gaps and keeps its order.
"""

import unicodedata
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from jixiao.foundation.pattern import pattern
from jixiao.intake.document import Block, Line, Table
from jixiao.intake.plain.lines import Numbered
from jixiao.intake.plain.strokes import is_ruling

_GAP = pattern(r"[ \u3000\xa0]{2,}|\u3000")
_PIECE = pattern(r"\S+(?:[ \xa0]\S+)*")
_LEAST_LINES = 3
_AGREEMENT = 0.6


class _Piece(NamedTuple):
    """A text between two gaps and the place it starts at."""

    start: int
    text: str


def aligned_blocks(lines: list[Numbered]) -> list[Block]:
    """Aligned tables, and the rest as loose lines."""
    blocks: list[Block] = []
    run: list[Numbered] = []
    for item in lines:
        if _GAP.search(item[1].strip()) or (run and _GAP.match(item[1])):
            run.append(item)
            continue
        if run and is_ruling(item[1]):
            continue
        blocks += _run_blocks(run)
        run = []
        blocks.append(_loose(item))
    return blocks + _run_blocks(run)


def _loose(item: Numbered) -> Line:
    place, line = item
    return Line(text=line.strip(), place=place)


def _run_blocks(run: list[Numbered]) -> list[Block]:
    """The lines that agree as tables; a line that does not agree parts two tables."""
    rows = _rows(run)
    blocks: list[Block] = []
    start = 0
    for index in range(len(run) + 1):
        if index < len(run) and rows[index] is not None:
            continue
        blocks += _agreed_blocks(run[start:index], rows[start:index])
        blocks += [_loose(item) for item in run[index : index + 1]]
        start = index + 1
    return blocks


def _agreed_blocks(run: list[Numbered], rows: list[list[str] | None]) -> list[Block]:
    texts = [row for row in rows if row is not None]
    while texts and not _GAP.search(run[len(texts) - 1][1].strip()):
        texts.pop()
    if sum(1 for row in texts if len(row) - row.count("") > 1) < _LEAST_LINES:
        return [_loose(item) for item in run]
    places = [place for place, _ in run[: len(texts)]]
    table = Table(texts=texts, places=places, merges_known=False)
    return [table, *(_loose(item) for item in run[len(texts) :])]


def _rows(run: list[Numbered]) -> list[list[str] | None]:
    """Each line cut into columns, or None for a line that does not agree with the others."""
    if len(run) < _LEAST_LINES:
        return [None] * len(run)
    for wide in (2, 1):
        rows = _columns([_pieces(line, wide) for _, line in run])
        if rows is not None:
            return rows
    packed = [[piece.text for piece in _pieces(line, 1)] for _, line in run]
    if len(set(map(len, packed))) > 1:
        return [None] * len(run)
    return list(packed)


def _pieces(line: str, wide: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = measured = 0
    for match in _PIECE.finditer(line):
        start += _places(line[measured : match.start()], wide)
        measured = match.start()
        pieces.append(_Piece(start, match[0]))
    return pieces


def _places(text: str, wide: int) -> int:
    return sum(
        wide if sign > "\x7f" and unicodedata.east_asian_width(sign) in "WFA" else 1
        for sign in text
    )


def _columns(rows: list[list[_Piece]]) -> list[list[str] | None] | None:
    """Rows of equal width, or None when the pieces do not stand under one another."""
    starts = Counter(piece.start for row in rows for piece in row)
    edges = sorted(start for start, times in starts.items() if times > 1)
    later = [piece for row in rows for piece in row[1:]]
    on_edge = sum(1 for piece in later if piece.start in edges)
    if len(edges) < 2 or on_edge < len(later) * _AGREEMENT:
        return None
    return [_placed(row, edges) for row in rows]


def _placed(row: list[_Piece], edges: list[int]) -> list[str] | None:
    """One cell per column; None when two pieces fall into the same one."""
    cells = [""] * len(edges)
    for piece in row:
        column = max(bisect_right(edges, piece.start) - 1, 0)
        if cells[column]:
            return None
        cells[column] = piece.text
    return cells
