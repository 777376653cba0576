"""A form as its official table: cells with their place, span, text and the fields they show.

Nothing here knows HTML or documents, so that a page, a workbook and a screen can draw the same
table. Rows are laid out in thousandths of the table's width; `columns` are the edges that really
occur, so that a drawing needs no more columns than the form has.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from jixiao.foundation.pattern import pattern

WHOLE = 1000
#: Right edge of the first column, which holds the labels.
FIRST = 145
_ENDS = pattern(r"[。；;：:！!？?]$")
_NUMERAL = "[0-9一二三四五六七八九十]"
_BEGINS = pattern(rf"[（(]?{_NUMERAL}{{1,3}}[、.．)）]|目标\s*{_NUMERAL}|[①-⑳●•◆]")
_WIDE_SIGN = pattern(r"[^\x00-\x7f]")


class CellRole(StrEnum):
    """What a cell is to a reader: a heading beside or above, a level name, or content."""

    LABEL = "label"
    HEADING = "heading"
    LEVEL = "level"
    TEXT = "text"
    VALUE = "value"


class TableCell(Struct, frozen=True, kw_only=True):
    """One cell from `left` to `right`, in thousandths; `paths` are the fields it shows."""

    text: str
    left: int
    right: int
    role: CellRole = CellRole.TEXT
    rowspan: int = 1
    paths: tuple[str, ...] = ()


Row = tuple[TableCell, ...]


class TableView(Struct, frozen=True, kw_only=True):
    """Title, year line and rows. A row holds only the cells that begin in it."""

    title: str
    year: str
    rows: tuple[Row, ...]

    @property
    def edges(self) -> tuple[int, ...]:
        """The left edges of the real columns, and the right edge of the last."""
        found = {0, WHOLE}
        for row in self.rows:
            for cell in row:
                found |= {cell.left, cell.right}
        return tuple(sorted(found))

    @property
    def paths(self) -> frozenset[str]:
        """All fields some cell shows."""
        return frozenset(path for row in self.rows for cell in row for path in cell.paths)


def label_cell(text: str, left: int, right: int, *paths: str, rowspan: int = 1) -> TableCell:
    """A printed label."""
    return TableCell(
        text=text, left=left, right=right, role=CellRole.LABEL, rowspan=rowspan, paths=paths
    )


def heading_cell(text: str, extent: tuple[int, int], *paths: str) -> TableCell:
    """The heading of a column."""
    left, right = extent
    return TableCell(text=text, left=left, right=right, role=CellRole.HEADING, paths=paths)


def split_evenly(left: int, right: int, weights: Sequence[int]) -> list[tuple[int, int]]:
    """The extents of cells side by side, as wide as their weights say."""
    total = sum(weights) or 1
    edges = [left]
    used = 0
    for weight in weights:
        used += weight
        edges.append(left + round((right - left) * used / total))
    return list(pairwise(edges))


def shown(raw: str) -> str:
    """The text of a cell for reading: lines that only the old cell's width broke are joined."""
    lines = [line.strip() for line in raw.strip().splitlines() if line.strip()]
    if not lines:
        return ""
    text = lines[0]
    for line in lines[1:]:
        if _ENDS.search(text) or _BEGINS.match(line):
            text += f"\n{line}"
        elif _WIDE_SIGN.match(text[-1]) or _WIDE_SIGN.match(line):
            text += line
        else:
            text += f" {line}"
    return text
