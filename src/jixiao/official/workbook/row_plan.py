"""The rows of one form on paper: what stands above and below it, heights, and pages.

A row that would be higher than Excel allows is spread over several rows of the sheet, with all its
cells merged over them: nothing is cut, and readers see the same cells. A cell that would be higher
than a page is set smaller first.
"""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from jixiao.official.sheet import CellRole, Sheet, SheetCell
from jixiao.official.workbook.cell_text import cell_text, in_cells
from jixiao.official.workbook.measure import line_count
from jixiao.official.workbook.paper import TORN, page_breaks, page_height

TITLE, SUBTITLE, ABOVE, UNIT, NOTE = "title", "subtitle", "above", "unit", "note"
#: Points of the font of each kind of line outside of the table.
SIZES = {TITLE: 18.0, SUBTITLE: 12.0, ABOVE: 12.0, UNIT: 10.5, NOTE: 10.5}
#: Line height over font size: that of the free fonts, which are the highest.
LINE = 1.45
_LEAST_ROW = 8 * 72 / 25.4
_HIGHEST_ROW = 400.0
_SPREAD_ROW = 90.0
#: Air above and below the text, and how little of it will do to save a page.
_AIR, _TIGHT = 6.0, 2.0
_SMALLEST_FONT = 9.0
_LONE_NOTE = 5
#: Millimetres of one step of indent, and of a cell that can spare them.
_INDENT, _WIDE_ENOUGH = 2.6, 25.0
_CENTRED = frozenset({CellRole.LABEL, CellRole.HEADING, CellRole.LEVEL})


class Strip(Struct, frozen=True):
    """One line of text over the whole width, above or below the table."""

    text: str
    kind: str


class PlannedCell(Struct, frozen=True):
    """A cell with its rows on the sheet, its text, font size and number of lines."""

    cell: SheetCell
    first: int
    last: int
    text: str
    font_size: float
    lines: int
    indent: int


class RowPlan(Struct, frozen=True, kw_only=True):
    """Everything a sheet needs to be drawn. Rows count from 0 at the top of the worksheet.

    `strips` stand at their row; a long one over several. `goes_on` says that a text was longer
    than a cell can hold and goes on below the table.
    """

    sheet: Sheet
    strips: tuple[tuple[int, int, Strip], ...]
    cells: tuple[PlannedCell, ...]
    heights: tuple[float, ...]
    repeats: tuple[int, int] | None
    breaks: tuple[int, ...]
    goes_on: bool = False

    @property
    def pages(self) -> int:
        return len(self.breaks) + 1


class _Fit(Struct):
    text: str
    font_size: float
    lines: int
    indent: int
    height: float


def row_plan(sheet: Sheet) -> RowPlan:
    """Plan a sheet, with less air where that spares a page."""
    plan = _planned(sheet, _AIR)
    if plan.breaks:
        tight = _planned(sheet, _TIGHT)
        plan = tight if tight.pages < plan.pages else plan
    return plan


def _planned(sheet: Sheet, air: float) -> RowPlan:
    """Texts longer than a cell can hold go on in lines below the table."""
    width, page = sum(sheet.grid), page_height(landscape=sheet.landscape)
    fits, rest = _fits(sheet, page, air)
    above = _above(sheet)
    first, heights = _spread(
        [*(_strip_height(strip, width) for strip in above), *_row_heights(sheet, fits)]
    )
    top = len(above)
    cells = _placed(sheet, fits, first[top:])
    notes = [*map(cell_text, sheet.notes), *rest]
    below = [Strip(piece, NOTE) for text in notes for piece in in_cells(text)]
    further, more = _spread([_strip_height(strip, width) for strip in below])
    heights += more
    repeats = _repeated(sheet, first, top)
    return RowPlan(
        sheet=sheet,
        strips=(
            *_numbered(above, first),
            *_numbered(below, [first[-1] + row for row in further]),
        ),
        cells=cells,
        heights=tuple(heights),
        repeats=repeats,
        breaks=tuple(
            page_breaks(heights, _cuts(cells, heights, page), page, _heading(repeats, heights))
        ),
        goes_on=bool(rest),
    )


def _fits(sheet: Sheet, page: float, air: float) -> tuple[list[_Fit], list[str]]:
    """What each cell needs, and the texts that no cell can hold to their end."""
    edges = list(accumulate(sheet.grid, initial=0.0))
    fits, rest = [], list[str]()
    for cell in sheet.cells:
        text, *further = in_cells(cell_text(cell.text))
        rest += further
        across = edges[cell.column + cell.columns] - edges[cell.column]
        fit = _fit(text, cell.role, across, sheet.font_size)
        if fit.height > page and sheet.font_size > _SMALLEST_FONT:
            fit = _fit(text, cell.role, across, _SMALLEST_FONT)
        fit.height += air
        fits.append(fit)
    return fits, rest


def _placed(sheet: Sheet, fits: Sequence[_Fit], first: Sequence[int]) -> tuple[PlannedCell, ...]:
    return tuple(
        PlannedCell(
            cell=cell,
            first=first[cell.row],
            last=first[cell.row + cell.rows] - 1,
            text=fit.text,
            font_size=fit.font_size,
            lines=fit.lines,
            indent=fit.indent,
        )
        for cell, fit in zip(sheet.cells, fits, strict=True)
    )


def _numbered(strips: Sequence[Strip], first: Sequence[int]) -> list[tuple[int, int, Strip]]:
    return [(first[at], first[at + 1] - 1, strip) for at, strip in enumerate(strips)]


def _above(sheet: Sheet) -> list[Strip]:
    above = [Strip(cell_text(text), ABOVE) for text in sheet.above]
    above.append(Strip(cell_text(sheet.title), TITLE))
    above += [Strip(cell_text(text), SUBTITLE) for text in (sheet.subtitle,) if text]
    above += [Strip(cell_text(text), UNIT) for text in (sheet.unit_note,) if text]
    return above


def _strip_height(strip: Strip, width: float) -> float:
    size = SIZES[strip.kind]
    return line_count(strip.text, width, size) * size * LINE + (
        10.0 if strip.kind == TITLE else 4.0
    )


def _fit(text: str, role: CellRole, width: float, size: float) -> _Fit:
    lines = line_count(text, width, size) if text else 1
    # Air beside a text is never paid for with a further line.
    may_indent = role not in _CENTRED and width >= _WIDE_ENOUGH
    indent = 1 if may_indent and line_count(text, width - _INDENT, size) == lines else 0
    return _Fit(text, size, lines, indent, lines * size * LINE)


def _row_heights(sheet: Sheet, fits: Sequence[_Fit]) -> list[float]:
    """Each row as high as its own cells need, then higher for merged cells still too low."""
    heights = [_LEAST_ROW] * sheet.height
    for cell, fit in zip(sheet.cells, fits, strict=True):
        if cell.rows == 1:
            heights[cell.row] = max(heights[cell.row], fit.height)
    for cell, fit in zip(sheet.cells, fits, strict=True):
        if cell.rows > 1:
            rows = range(cell.row, cell.row + cell.rows)
            missing = fit.height - sum(heights[row] for row in rows)
            for row in rows if missing > 0 else ():
                heights[row] += missing / cell.rows
    return heights


def _spread(blocks: Sequence[float]) -> tuple[list[int], list[float]]:
    """The first row on the sheet of every block, with the end, and the heights of all rows."""
    first, heights = [0], list[float]()
    for height in blocks:
        rows = 1 if height <= _HIGHEST_ROW else -int(-height // _SPREAD_ROW)
        heights += [round(height / rows, 1)] * rows
        first.append(len(heights))
    return first, heights


def _repeated(sheet: Sheet, first: Sequence[int], top: int) -> tuple[int, int] | None:
    if sheet.repeats is None or sheet.repeats[1] < 1:
        return None
    row, count = sheet.repeats
    return first[top + row], first[top + row + count] - 1


def _heading(repeats: tuple[int, int] | None, heights: Sequence[float]) -> tuple[int, float]:
    if repeats is None:
        return 0, 0.0
    return repeats[1] + 1, sum(heights[repeats[0] : repeats[1] + 1])


def _cuts(cells: Sequence[PlannedCell], heights: Sequence[float], page: float) -> list[int]:
    """What a page break above each row would cost: the cells it cuts, headings left alone.

    A running text spread over rows is torn only where no page could hold it; the lines below the
    table are not left alone on a page.
    """
    changes = [0] * (len(heights) + 2)
    for planned in cells:
        if planned.last > planned.first:
            is_text = planned.cell.rows == 1
            cost = TORN if is_text and _height(planned, heights) <= page else 1
            changes[planned.first + 1] += cost
            changes[planned.last + 1] -= cost
    cuts = list(accumulate(changes))
    for planned in cells:
        if planned.cell.role is CellRole.HEADING:
            cuts[planned.last + 1] += 1
    table = max((planned.last for planned in cells), default=-1) + 1
    for row in range(table, len(heights)):
        cuts[row] += _LONE_NOTE
    return cuts


def _height(planned: PlannedCell, heights: Sequence[float]) -> float:
    return sum(heights[planned.first : planned.last + 1])
