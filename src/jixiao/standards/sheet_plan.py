"""How an official table is drawn: the part of a layout that the writers of documents follow.

A plan is a list of rows on a grid of columns. Cells are put from left to right into the places
that are still free, as in an HTML table; a repeated row is drawn once for every item of its
block. A cell either prints words or shows a field of the record.
"""

from collections.abc import Iterator

from msgspec import Struct

_INDICATOR_BLOCKS = frozenset({"indicators", "long_term_indicators", "halves", "review"})


class PlannedCell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cell of a plan.

    `text` is what the form prints; `{year}` and `{unit}` in it are filled in. `field` is what it
    shows: `project.name`, `funding.total.amount`, `goal`, `other.填报人`; in a repeated row the
    fields of the item: `level1`, `name`, `target`, `remark.评分标准` (docs/developer/layouts.md
    lists them all). With both, the text is a label within the cell (`中期目标：` and the goal).
    `across` and `down` are the columns and rows covered; `to_end` reaches down to the end of the
    block that follows, and `down` - 1 rows further; `merge` unites equal neighbours of a repeated
    row. `limit` is the most characters the form allows. `role` is a cell role where it is not the
    usual one.

    `fields` are several fields in one cell, joined by `between` where more than one is filled in
    (项目编码-项目名称). `empty` is what the form itself prints where the record says nothing (—).
    `choices` are words with boxes, of which the one the record names is ticked. `ticks` is
    another field; where it says the last word of this cell's own field, a tick stands here.
    """

    text: str = ""
    field: str = ""
    fields: tuple[str, ...] = ()
    between: str = ""
    empty: str = ""
    choices: tuple[str, ...] = ()
    ticks: str = ""
    across: int = 1
    down: int = 1
    to_end: bool = False
    merge: bool = False
    limit: int = 0
    role: str = ""
    required: bool = False

    @property
    def asks(self) -> tuple[str, ...]:
        """Every field the cell shows; none where it only prints words."""
        return self.fields or ((self.field,) if self.field else ())


class PlannedRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row, or with `repeat` a row for every item of a block.

    Blocks are `indicators`, `long_term_indicators`, `halves` (both side by side), `tasks` and
    `review`. `again` marks rows that stand again at the top of every page. A block without items
    is drawn with `least` blank rows; `only_if` leaves the row out where no such value is given.
    """

    cells: tuple[PlannedCell, ...]
    repeat: str = ""
    again: bool = False
    least: int = 1
    only_if: str = ""


class FrameworkRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row that the official table prints itself: an item of a review, a point of a score sheet.

    The keys of `fields` are those of the repeated row.
    """

    fields: dict[str, str]


class SheetPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The drawing of one table. Widths in `grid` are in millimetres and are scaled to the page."""

    title: str
    grid: tuple[float, ...]
    rows: tuple[PlannedRow, ...]
    subtitle: str = "（{year}年度）"
    above: tuple[str, ...] = ()
    unit_note: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    font_size: float = 10.5
    framework: tuple[FrameworkRow, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The words over the columns of the indicators: the headings right above their rows."""
        found: list[str] = []
        for row in self.rows:
            if row.repeat in _INDICATOR_BLOCKS:
                break
            words = [cell.text for cell in row.cells if cell.role == "heading" and cell.text]
            if not row.again:
                found = []
            found += words
        else:
            return ()
        return tuple(dict.fromkeys(found))

    def cells(self) -> Iterator[tuple[PlannedRow, PlannedCell]]:
        """Every cell with its row, in order."""
        for row in self.rows:
            for cell in row.cells:
                yield row, cell
