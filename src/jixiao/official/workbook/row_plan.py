"""The rows of one form on paper: what stands above and below it, heights, and pages.

A row that would be higher than Excel allows is spread over several rows of the sheet, with all its
cells merged over them: nothing is cut, and readers see the same cells. A cell that would be higher
than a page is set smaller first.
"""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from jixiao.official.sheet import CellRole, Sheet
from jixiao.official.workbook.cell_text import cell_text, in_cells
from jixiao.official.workbook.fits import Fit, Fits
from jixiao.official.workbook.measure import line_count
from jixiao.official.workbook.paper import LINE, TORN, page_breaks, page_height

TITLE, SUBTITLE, ABOVE, UNIT, NOTE = "title", "subtitle", "above", "unit", "note"
#: Points of the font of each kind of line outside of the table.
SIZES = {TITLE: 18.0, SUBTITLE: 12.0, ABOVE: 12.0, UNIT: 10.5, NOTE: 10.5}
_LEAST_ROW = 8 * 72 / 25.4
_HIGHEST_ROW = 400.0
_SPREAD_ROW = 90.0
#: Air above and below the text, and how little of it will do to save a page.
_AIR, _TIGHT = 6.0, 2.0
_LONE_NOTE = 5


class Strip(Struct, frozen=True):
    """One line of text over the whole width, above or below the table."""

    text: str
    kind: str


class RowPlan(Struct, frozen=True, kw_only=True):
    """Everything a sheet needs to be drawn. Rows count from 0 at the top of the worksheet.

    `fits` say what each cell needs, in the order of cells; `first` is the row of the worksheet at
    which each row of the table begins, with its end. `strips` stand at their row; a long one over
    several. `goes_on` says that a text was longer than a cell can hold and goes on below the table.
    """

    sheet: Sheet
    strips: tuple[tuple[int, int, Strip], ...]
    fits: Sequence[Fit]
    first: Sequence[int]
    heights: Sequence[float]
    repeats: tuple[int, int] | None
    breaks: tuple[int, ...]
    goes_on: bool = False

    @property
    def pages(self) -> int:
        return len(self.breaks) + 1


def row_plan(sheet: Sheet, fits: Fits) -> RowPlan:
    """Plan a sheet, with less air where that spares a page."""
    needed = fits.of(sheet)
    plan = _planned(sheet, needed, _AIR)
    if plan.breaks:
        tight = _planned(sheet, needed, _TIGHT)
        plan = tight if tight.pages < plan.pages else plan
    return plan


def _planned(sheet: Sheet, fits: Sequence[Fit], air: float) -> RowPlan:
    """Texts longer than a cell can hold go on in lines below the table."""
    width = sum(sheet.grid)
    rest = [text for fit in fits if fit.rest for text in fit.rest]
    above = _above(sheet)
    first, heights = _spread(
        [*(_strip_height(strip, width) for strip in above), *_row_heights(sheet, fits, air)]
    )
    top = len(above)
    table = first[top:]
    notes = [*map(cell_text, sheet.notes), *rest]
    below = [Strip(piece, NOTE) for text in notes for piece in in_cells(text)]
    further, more = _spread([_strip_height(strip, width) for strip in below])
    heights += more
    repeats = _repeated(sheet, table)
    return RowPlan(
        sheet=sheet,
        strips=(
            *_numbered(above, first),
            *_numbered(below, [first[-1] + row for row in further]),
        ),
        fits=fits,
        first=table,
        heights=heights,
        repeats=repeats,
        breaks=_breaks(sheet, table, heights, repeats),
        goes_on=bool(rest),
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


def _row_heights(sheet: Sheet, fits: Sequence[Fit], air: float) -> list[float]:
    """Each row as high as its own cells need, then higher for merged cells still too low."""
    heights = [_LEAST_ROW] * sheet.height
    merged = []
    for cell, fit in zip(sheet.cells, fits, strict=True):
        needed = fit.height + air
        if cell.rows > 1:
            merged.append((cell, needed))
        elif needed > heights[cell.row]:
            heights[cell.row] = needed
    for cell, needed in merged:
        missing = needed - sum(heights[cell.row : cell.row + cell.rows])
        if missing > 0:
            for row in range(cell.row, cell.row + cell.rows):
                heights[row] += missing / cell.rows
    return heights


def _spread(blocks: Sequence[float]) -> tuple[list[int], list[float]]:
    """The first row on the sheet of every block, with the end, and the heights of all rows."""
    if max(blocks, default=0.0) <= _HIGHEST_ROW:
        return [*range(len(blocks) + 1)], [round(height, 1) for height in blocks]
    first, heights = [0], list[float]()
    for height in blocks:
        rows = 1 if height <= _HIGHEST_ROW else -int(-height // _SPREAD_ROW)
        heights += [round(height / rows, 1)] * rows
        first.append(len(heights))
    return first, heights


def _repeated(sheet: Sheet, first: Sequence[int]) -> tuple[int, int] | None:
    if sheet.repeats is None or sheet.repeats[1] < 1:
        return None
    row, count = sheet.repeats
    return first[row], first[row + count] - 1


def _breaks(
    sheet: Sheet, first: Sequence[int], heights: Sequence[float], repeats: tuple[int, int] | None
) -> tuple[int, ...]:
    page = page_height(landscape=sheet.landscape)
    if sum(heights) <= page:
        return ()
    cuts = _cuts(sheet, first, heights, page)
    return tuple(page_breaks(heights, cuts, page, _heading(repeats, heights)))


def _heading(repeats: tuple[int, int] | None, heights: Sequence[float]) -> tuple[int, float]:
    if repeats is None:
        return 0, 0.0
    return repeats[1] + 1, sum(heights[repeats[0] : repeats[1] + 1])


def _cuts(sheet: Sheet, first: Sequence[int], heights: Sequence[float], page: float) -> list[int]:
    """What a page break above each row would cost: the cells it cuts, headings left alone.

    A running text spread over rows is torn only where no page could hold it; the lines below the
    table are not left alone on a page.
    """
    cuts = list(accumulate(_changes(sheet, first, heights, page)))
    for cell in sheet.cells:
        if cell.role is CellRole.HEADING:
            cuts[first[cell.row + cell.rows]] += 1
    for row in range(first[-1], len(heights)):
        cuts[row] += _LONE_NOTE
    return cuts


def _changes(
    sheet: Sheet, first: Sequence[int], heights: Sequence[float], page: float
) -> list[int]:
    """How the cost changes from row to row."""
    changes = [0] * (len(heights) + 2)
    for cell in sheet.cells:
        begin, end = first[cell.row], first[cell.row + cell.rows]
        if end - begin > 1:
            is_text = cell.rows == 1
            cost = TORN if is_text and sum(heights[begin:end]) <= page else 1
            changes[begin + 1] += cost
            changes[end] -= cost
    return changes
