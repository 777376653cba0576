"""What the settings of a Word binary document say about tables: how deep, where rows end, edges.

A table is nothing but paragraphs that say they stand in one; a row's shape is told by the
paragraph that ends it.
"""

import struct

from msgspec import Struct

from jixiao.intake.office97.word_settings import settings_of

#: Word nests no deeper than a few levels, and whoever nests deeper wants to do harm.
DEEPEST = 20
_IN_TABLE, _ROW_END, _DEPTH, _DEEPER = 0x2416, 0x2417, 0x6649, 0x664A
_INNER_CELL, _INNER_ROW_END = 0x244B, 0x244C
_DEFINITION, _OLD_DEFINITION = 0xD608, 0xD606
_MERGE, _SPLIT, _VERTICAL_MERGE = 0x5624, 0x5625, 0xD62B
_INSERT, _DELETE, _WIDTHS = 0x7621, 0x5622, 0x7623
_CELL_BYTES, _OLD_CELL_BYTES = 20, 10
_CONTINUES, _RESTARTS = 1, 3
_MOST_CELLS = 255


class Place(Struct, frozen=True):
    """Where a paragraph stands: in no table (0), in one, in one within one …"""

    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    shape: "Shape | None" = None


class Shape(Struct, frozen=True):
    """One row: its cells' edges in twentieths of a point, and how each cell is merged.

    `joins_left` says of each cell that it belongs to the one before it, `merged` and `continues`
    that it takes part in a vertical merge and does not begin it.
    """

    edges: tuple[int, ...]
    joins_left: tuple[bool, ...]
    merged: tuple[bool, ...]
    continues: tuple[bool, ...]


class _Draft:
    """A row's shape while its settings are applied one after the other."""

    def __init__(self) -> None:
        self.edges: list[int] = [0]
        self.across: list[int] = []
        self.down: list[int] = []

    def define(self, value: bytes, cell_bytes: int) -> None:
        count = value[0] if value else 0
        if len(value) < 1 + 2 * (count + 1):
            return
        self.edges = list(struct.unpack_from(f"<{count + 1}h", value, 1))
        self.across, self.down = [0] * count, [0] * count
        for number in range(count):
            at = 1 + 2 * (count + 1) + cell_bytes * number
            flags = int.from_bytes(value[at : at + 2], "little")
            self.across[number] = flags & 3
            self.down[number] = flags >> 5 & 3 if cell_bytes == _CELL_BYTES else 0

    def merge(self, value: bytes) -> None:
        """Cells from the first number up to, not with, the second become one."""
        for number in range(value[0], min(value[1], len(self.across))):
            self.across[number] = 2 if number == value[0] else 1

    def split(self, value: bytes) -> None:
        for number in range(value[0], min(value[1], len(self.across))):
            self.across[number] = 0

    def merge_down(self, value: bytes) -> None:
        if len(value) >= 2 and value[0] < len(self.down):
            self.down[value[0]] = value[1]

    def insert(self, value: bytes) -> None:
        """So many new cells of one width before a cell."""
        first, count, width = struct.unpack("<BBh", value)
        first = min(first, len(self.across))
        count = min(count, _MOST_CELLS - len(self.across))
        at = self.edges[first]
        self.across[first:first] = [0] * count
        self.down[first:first] = [0] * count
        new = [at + width * (step + 1) for step in range(count)]
        self.edges[first + 1 :] = new + [edge + width * count for edge in self.edges[first + 1 :]]

    def delete(self, value: bytes) -> None:
        first, last = value[0], min(value[1], len(self.across))
        if first >= last:
            return
        gone = self.edges[last] - self.edges[first]
        del self.across[first:last], self.down[first:last]
        self.edges[first + 1 :] = [edge - gone for edge in self.edges[last + 1 :]]

    def set_widths(self, value: bytes) -> None:
        first, last, width = struct.unpack("<BBh", value)
        for number in range(first, min(last, len(self.across))):
            wider = width - (self.edges[number + 1] - self.edges[number])
            self.edges[number + 1 :] = [edge + wider for edge in self.edges[number + 1 :]]

    def finished(self) -> Shape:
        """Edges only ever grow: a cell without width still stands beside its neighbours."""
        edges = self.edges[:1]
        for edge in self.edges[1:]:
            edges.append(max(edge, edges[-1] + 1))
        return Shape(
            tuple(edges),
            _joins_left(self.across),
            tuple(down != 0 for down in self.down),
            tuple(down == _CONTINUES for down in self.down),
        )


def _joins_left(across: list[int]) -> tuple[bool, ...]:
    """Which cells follow the first of a group.

    Old and new descriptions of the format exchange the numbers of the two marks, “first” and
    “following”. The cell that opens a group is its first in either, and so tells which is meant.
    """
    opener = 0
    joins = []
    for mark in across:
        joins.append(mark not in (0, opener, 3) and opener != 0)
        opener = 0 if mark == 0 else mark if opener == 0 else opener
    return tuple(joins)


def place_of(settings: bytes) -> Place:
    """What a paragraph's settings, the last of a kind counting, say about tables."""
    in_table = ends_row = inner_cell = inner_row = False
    depth: int | None = None
    for number, value in settings_of(settings):
        if number == _IN_TABLE:
            in_table = bool(value[0])
        elif number == _ROW_END:
            ends_row = bool(value[0])
        elif number == _DEPTH:
            depth = int.from_bytes(value, "little", signed=True)
        elif number == _DEEPER:
            depth = (depth or 0) + int.from_bytes(value, "little", signed=True)
        elif number == _INNER_CELL:
            inner_cell = bool(value[0])
        elif number == _INNER_ROW_END:
            inner_row = bool(value[0])
    if depth is None:
        depth = 1 if in_table or ends_row else 0
    depth = min(max(depth, 0), DEEPEST)
    if depth == 0:
        return Place()
    ends_row = ends_row or inner_row
    shape = _shape(settings) if ends_row else None
    return Place(depth, ends_cell=inner_cell, ends_row=ends_row, shape=shape)


def _shape(settings: bytes) -> Shape | None:
    draft, defined = _Draft(), False
    for number, value in settings_of(settings):
        if number in (_DEFINITION, _OLD_DEFINITION):
            draft.define(value, _CELL_BYTES if number == _DEFINITION else _OLD_CELL_BYTES)
            defined = True
        elif number == _MERGE:
            draft.merge(value)
        elif number == _SPLIT:
            draft.split(value)
        elif number == _VERTICAL_MERGE:
            draft.merge_down(value)
        elif number == _INSERT:
            draft.insert(value)
        elif number == _DELETE:
            draft.delete(value)
        elif number == _WIDTHS:
            draft.set_widths(value)
    return draft.finished() if defined else None
