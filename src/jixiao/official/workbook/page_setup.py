"""A worksheet as A4 pages: margins, one page wide, heading repeated, page number in the footer."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from xlsxwriter.worksheet import Worksheet

from jixiao.official.sheet import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP
from jixiao.official.workbook.row_plan import RowPlan

_INCH = 25.4
_A4 = 9
_PIXELS = 96 / _INCH
#: Hidden on screen and on paper.
_NO_GRIDLINES = 2
_FOOTER = '&C&"Times New Roman,Regular"&12— &P —'
_FOOTER_MARGIN = 0.45


def pixel_widths(grid: Sequence[float]) -> list[int]:
    """Columns in pixels; rounding is never lost or added over the whole width."""
    edges = [int(edge * _PIXELS) for edge in accumulate(grid, initial=0.0)]
    return [max(right - left, 1) for left, right in pairwise(edges)]


def set_up_paper(sheet: Worksheet, *, landscape: bool = False) -> None:
    """Paper, margins and scale of any sheet of the workbook."""
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(
        left=MARGIN_SIDE / _INCH,
        right=MARGIN_SIDE / _INCH,
        top=MARGIN_TOP / _INCH,
        bottom=MARGIN_BOTTOM / _INCH,
    )
    # Printers differ by a hair: the last column must never fall onto a page of its own.
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(_NO_GRIDLINES)


def number_pages(sheet: Worksheet, first: int) -> None:
    """Every sheet states its first page, so that the contents hold for one sheet as for all."""
    sheet.set_footer(_FOOTER, {"margin": _FOOTER_MARGIN})
    sheet.set_start_page(first)


def set_up_form(sheet: Worksheet, plan: RowPlan) -> None:
    """What depends on the rows of the form."""
    last = len(plan.sheet.grid) - 1
    sheet.print_area(0, 0, len(plan.heights) - 1, last)
    if plan.repeats is not None:
        sheet.repeat_rows(*plan.repeats)
    if plan.breaks:
        sheet.set_h_pagebreaks(list(plan.breaks))
    # Codes and amounts that are text on purpose would each get a green corner.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
