"""One planned form onto its worksheet.

Marks of findings are a shade and a comment; in the text of the cell they would be read as part of
it. Amounts are true numbers where that shows the same text.
"""

from collections.abc import Sequence
from itertools import accumulate

from xlsxwriter.worksheet import Worksheet

from jixiao.official.sheet import CellRole, Sheet
from jixiao.official.workbook.cell_text import tempts
from jixiao.official.workbook.exact_number import ExactNumber, exact_number
from jixiao.official.workbook.marks import signs
from jixiao.official.workbook.measure import line_count
from jixiao.official.workbook.page_setup import pixel_widths
from jixiao.official.workbook.row_plan import (
    ABOVE,
    SIZES,
    SUBTITLE,
    TITLE,
    UNIT,
    PlannedCell,
    RowPlan,
    Strip,
)
from jixiao.official.workbook.styles import FANG, FRAME, HEI, LATIN, SONG, THIN, Style, Styles

_TEXT_FORMAT = "@"
_CENTRED = frozenset({CellRole.LABEL, CellRole.HEADING, CellRole.LEVEL})
_PRINTED = frozenset({CellRole.LABEL, CellRole.HEADING})
#: A cell with more lines is read from its top.
_MANY_LINES = 20
_COMMENT = {"author": "校核", "font_name": SONG, "font_size": 9, "x_scale": 1.2, "y_scale": 0.5}
_STRIPS = {
    ABOVE: Style(font=HEI, size=SIZES[ABOVE]),
    TITLE: Style(font=SONG, size=SIZES[TITLE], bold=True, align="center"),
    SUBTITLE: Style(size=SIZES[SUBTITLE], align="center"),
    UNIT: Style(size=SIZES[UNIT], align="right"),
}
_NOTE_STRIP = Style()


def draw_form(sheet: Worksheet, plan: RowPlan, styles: Styles) -> None:
    """Rows, text around the table, cells."""
    form = plan.sheet
    for column, pixels in enumerate(pixel_widths(form.grid)):
        sheet.set_column_pixels(column, column, pixels)
    for row, height in enumerate(plan.heights):
        sheet.set_row(row, height)
    last = len(form.grid) - 1
    for top, bottom, strip in plan.strips:
        _draw_strip(sheet, (top, 0, bottom, last), strip, styles)
    widths = [*accumulate(form.grid, initial=0.0)]
    for planned in plan.cells:
        cut = any(planned.first < row <= planned.last for row in plan.breaks)
        _draw_cell(sheet, planned, form, widths, styles, is_cut=cut)


def _draw_strip(
    sheet: Worksheet, area: tuple[int, int, int, int], strip: Strip, styles: Styles
) -> None:
    style = styles[_STRIPS.get(strip.kind, _NOTE_STRIP)]
    top, left = area[:2]
    if area[:2] != area[2:]:
        sheet.merge_range(*area, "", style)
    sheet.write_string(top, left, strip.text, style)


def _draw_cell(
    sheet: Worksheet,
    planned: PlannedCell,
    form: Sheet,
    widths: Sequence[float],
    styles: Styles,
    *,
    is_cut: bool,
) -> None:
    cell = planned.cell
    right = cell.column + cell.columns
    number = _number(planned, widths[right] - widths[cell.column])
    style = styles[_style(planned, form, number, is_cut=is_cut)]
    if planned.last > planned.first or cell.columns > 1:
        sheet.merge_range(planned.first, cell.column, planned.last, right - 1, "", style)
    if number is not None:
        sheet.write_number(planned.first, cell.column, number.value, style)
    elif planned.text:
        sheet.write_string(planned.first, cell.column, planned.text, style)
    else:
        sheet.write_blank(planned.first, cell.column, None, style)
    if cell.marks:
        words = f"校核意见 {signs(cell.marks)}"
        sheet.write_comment(planned.first, cell.column, words, _COMMENT)


def _number(planned: PlannedCell, width: float) -> ExactNumber | None:
    """A number too wide for its cell would be shown as ####; as text it breaks the line."""
    if planned.cell.role is not CellRole.NUMBER or planned.lines > 1:
        return None
    number = exact_number(planned.text)
    fits = number is not None and line_count(planned.text, width * 0.8, planned.font_size) == 1
    return number if fits else None


def _style(planned: PlannedCell, form: Sheet, number: ExactNumber | None, *, is_cut: bool) -> Style:
    """Words centred over two pages would be torn by their edge: a cut cell begins at its top."""
    cell, text, align = planned.cell, planned.text, _alignment(planned)
    if number is not None:
        number_format = number.number_format
    else:
        number_format = _TEXT_FORMAT if tempts(text) else ""
    return Style(
        font=_font(cell.role, text),
        size=planned.font_size,
        align=align,
        valign="top" if is_cut or planned.lines > _MANY_LINES else "vcenter",
        indent=planned.indent if align != "center" else 0,
        edges=(
            FRAME if cell.row == 0 else THIN,
            FRAME if cell.column + cell.columns == len(form.grid) else THIN,
            FRAME if cell.row + cell.rows == form.height else THIN,
            FRAME if cell.column == 0 else THIN,
        ),
        number_format=number_format,
        is_shaded=bool(cell.marks),
    )


def _font(role: CellRole, text: str) -> str:
    if role in _PRINTED:
        return HEI
    return LATIN if text.isascii() else FANG


def _alignment(planned: PlannedCell) -> str:
    role = planned.cell.role
    if role is CellRole.NUMBER:
        return "right"
    if role in _CENTRED or (role is CellRole.VALUE and planned.lines == 1):
        return "center"
    return "left"
