"""Every field a layout may ask for: a misspelt one would stay blank for ever, unseen.

The list is made of what forms answer, so that a new field of the record is known here at once.
"""

from collections.abc import Iterator

from jixiao.official.answers import HEADER, LINE_COLUMNS, NARRATIVE, REVIEW
from jixiao.official.blocks import ROW_FIELDS
from jixiao.official.drawing import Drawing
from jixiao.official.sheet import CellRole
from jixiao.standards.labels import money_name
from jixiao.standards.layout import Layout
from jixiao.standards.sheet_plan import PlannedCell, PlannedRow

SUMS = ("sum.weight", "sum.score")
#: Fields named by their own words: a label, a heading.
OPEN = {"": "other.", "indicators": "remark.", "long_term_indicators": "remark."}
_HALVES = ("long_term.", "annual.")


def mistakes(layout: Layout) -> Iterator[str]:
    """What is wrong with the plan of a layout, in words for the person who wrote it."""
    if layout.sheet is None:
        return
    for number, row in enumerate(layout.sheet.rows, start=1):
        if row.repeat and row.repeat not in ROW_FIELDS:
            yield f"row {number}: no block is called {row.repeat}"
            continue
        for field in (name for cell in row.cells for name in _named(cell)):
            if not is_known(field, row.repeat):
                yield f"row {number}: no field is called {field}"
        if row.only_if and not is_known(row.only_if, ""):
            yield f"row {number}: no field is called {row.only_if}"
    yield from _places(layout.sheet.rows, len(layout.sheet.grid))


def _named(cell: PlannedCell) -> Iterator[str]:
    yield from cell.asks
    if cell.ticks:
        yield cell.ticks


def is_known(field: str, block: str) -> bool:
    """Whether a form can answer to this field, within a repeated row or outside of any."""
    if block == "halves":
        half = next((one for one in _HALVES if field.startswith(one)), "")
        return field == "level1" or (
            bool(half) and is_known(field.removeprefix(half), "indicators")
        )
    if block in OPEN and field.startswith(OPEN[block]):
        return len(field) > len(OPEN[block])
    if block:
        return field in ROW_FIELDS[block]
    if field in HEADER or field in NARRATIVE or field in SUMS:
        return True
    section, _, rest = field.partition(".")
    if section == "review":
        return rest in REVIEW
    key, _, column = rest.rpartition(".")
    return section == "funding" and column in LINE_COLUMNS and _is_money(key)


def _is_money(key: str) -> bool:
    bare = key.removeprefix("whole.")
    return money_name(bare) != bare


def _places(rows: tuple[PlannedRow, ...], width: int) -> Iterator[str]:
    """Rows that want more places than the grid has, and places no cell stands on."""
    drawing, covered = Drawing(width), 0
    for number, row in enumerate(rows, start=1):
        drawing.begin_row()
        for cell in row.cells:
            down = cell.down + (_to_end(rows, number) if cell.to_end else 0)
            covered += cell.across * down
            try:
                drawing.put("", CellRole.LABEL, across=cell.across, down=down)
            except OverflowError:
                yield f"row {number}: more cells than the {width} columns of the grid"
                return
    if covered != width * len(rows):
        yield f"the cells cover {covered} places of the {width * len(rows)} the grid has"


def _to_end(rows: tuple[PlannedRow, ...], number: int) -> int:
    """How many rows below the row with this number the block ends that follows it."""
    if rows[number - 1].repeat:
        return 0
    blocks = [below for below, row in enumerate(rows[number:], start=1) if row.repeat]
    return next(iter(blocks), 0)
