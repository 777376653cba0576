"""What a reader hands over: tables of cells and loose lines, in reading order, with their places.

A table keeps its texts row by row and makes a `SourceRef` only for a value that ends up in a
record: most cells of a document never do, and making a place for each would double the cost of
reading.
"""

from functools import lru_cache

from msgspec import Struct, field

from jixiao.foundation.location import Box, SourceRef
from jixiao.intake.problem import Problem

Position = tuple[int, int]


class SourceFile(Struct, frozen=True, kw_only=True):
    """A file from outside: its name as shown to people, and its bytes."""

    name: str
    content: bytes


class RowPlace(Struct, frozen=True, omit_defaults=True, gc=False):
    """Where one row of a table stood; numbers start at 1."""

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    line: int | None = None


class Table(Struct, kw_only=True):
    """A grid of texts. All rows have the same number of columns.

    `texts[r][c]` is the text at the top left corner of a cell and "" wherever a merged cell
    covers the position. `spans` gives rows and columns of merged cells only, by their top left
    position. `merges_known` says whether the format states merges: in text, csv and markdown it
    does not, and an empty position may be a merged cell that was written once. `moved` gives the
    printed column of a cell that was put back in its place, `joined` the further places of a
    text made of several cells, `lines` the text line of a cell whose row stood on several.
    `is_cut` says that the table was larger than anything may be, and was not read whole.
    """

    texts: list[list[str]]
    places: list[RowPlace]
    spans: dict[Position, tuple[int, int]] = field(default_factory=dict)
    boxes: dict[Position, Box] = field(default_factory=dict)
    joined: dict[Position, tuple[SourceRef, ...]] = field(default_factory=dict)
    doubtful: set[Position] = field(default_factory=set)
    merges_known: bool = True
    first_column: int = 1
    moved: dict[Position, int] = field(default_factory=dict)
    edges: tuple[float, ...] = ()
    lines: dict[Position, int] = field(default_factory=dict)
    is_cut: bool = False

    @property
    def width(self) -> int:
        return len(self.texts[0]) if self.texts else 0

    def at(self, row: int, column: int) -> SourceRef:
        """The place of one cell (positions counted from 0), quoting its text."""
        place = self.places[row]
        position = (row, column)
        moved, lines, boxes, joined = self.moved, self.lines, self.boxes, self.joined
        physical = (moved.get(position, column) if moved else column) + self.first_column
        return SourceRef(
            quote=self.texts[row][column],
            page=place.page,
            sheet=place.sheet,
            table=place.table,
            row=place.row,
            column=physical,
            cell=None if place.sheet is None else _address(place.row, physical),
            line=lines.get(position, place.line) if lines else place.line,
            box=boxes.get(position) if boxes else None,
            also=joined.get(position, ()) if joined else (),
        )


class Line(Struct, frozen=True, kw_only=True):
    """A loose line of text between tables: a title, a year, a note."""

    text: str
    place: RowPlace
    box: Box | None = None
    doubtful: bool = False

    def at(self) -> SourceRef:
        return SourceRef(
            quote=self.text,
            page=self.place.page,
            sheet=self.place.sheet,
            line=self.place.line,
            row=self.place.row,
            box=self.box,
        )


Block = Table | Line


class Repair(Struct, frozen=True, kw_only=True):
    """What was put right while reading, said to the person who reads the records."""

    code: str
    message: str
    at: SourceRef


class SourceDocument(Struct, frozen=True, kw_only=True):
    """One document as a reader saw it, before anybody knows what form it is.

    `problems` are the troubles met while reading; a document with `unreadable=True` could not
    be opened at all. `repairs` grows as the repairs run.
    """

    file: str
    media_type: str
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unreadable: bool = False


def _address(row: int | None, column: int) -> str | None:
    return None if row is None else f"{_letters(column)}{row}"


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    """Column 28 is AB."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters
