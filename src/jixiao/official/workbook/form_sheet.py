"""One planned form as a drawn worksheet.

Marks of findings are a shade and a comment; in the text of the cell they would be read as part of
it. Amounts are true numbers where that shows the same text.
"""

from functools import lru_cache

from jixiao.official.workbook.drawing import Comment, Drawing
from jixiao.official.workbook.marks import signs
from jixiao.official.workbook.row_plan import ABOVE, SIZES, SUBTITLE, TITLE, UNIT, RowPlan
from jixiao.official.workbook.strings import Strings
from jixiao.official.workbook.styles import (
    CUT,
    FRAME_BOTTOM,
    FRAME_LEFT,
    FRAME_RIGHT,
    FRAME_TOP,
    HEI,
    SHADED,
    SONG,
    THIN,
    Style,
    Styles,
)
from jixiao.official.workbook.xml_text import letters

_STRIPS = {
    ABOVE: Style(font=HEI, size=SIZES[ABOVE]),
    TITLE: Style(font=SONG, size=SIZES[TITLE], bold=True, align="center"),
    SUBTITLE: Style(size=SIZES[SUBTITLE], align="center"),
    UNIT: Style(size=SIZES[UNIT], align="right"),
}
_NOTE_STRIP = Style()
_ROW = "#"


def draw_form(
    plan: RowPlan, tab: str, page: int, strings: Strings, styles: Styles, *, freezes: bool = False
) -> Drawing:
    """Text around the table, cells, and what is set up for paper."""
    form = plan.sheet
    columns = len(form.grid)
    rows = [[""] * columns for _ in plan.heights]
    merges: list[str] = []
    for top, bottom, strip in plan.strips:
        attribute = styles.attribute(_STRIPS.get(strip.kind, _NOTE_STRIP))
        _draw_strip(rows, merges, range(top, bottom + 1), attribute, strings.value(strip.text))
    comments = _draw_cells(rows, merges, plan, styles)
    return Drawing(
        tab=tab,
        grid=form.grid,
        heights=plan.heights,
        cells=["".join(row) for row in rows],
        merges=merges,
        comments=comments,
        landscape=form.landscape,
        first_page=page,
        repeats=plan.repeats,
        breaks=plan.breaks,
        frozen=plan.repeats[1] + 1 if freezes and plan.repeats is not None else 0,
        is_form=True,
    )


def _draw_strip(
    rows: list[list[str]], merges: list[str], reach: range, attribute: str, value: str
) -> None:
    """A line of text over the whole width; its cells are one."""
    columns, number = len(rows[reach.start]), reach.start + 1
    if len(reach) > 1 or columns > 1:
        merges.append(f"A{number}:{letters(columns)[-1]}{reach.stop}")
    _continue(rows, reach, _blanks(0, columns, attribute), 0)
    shown = f'<c r="A{number}"{attribute}{value}'
    rows[reach.start][0] = shown + _blanks(1, columns, attribute).replace(_ROW, str(number))


def _draw_cells(
    rows: list[list[str]], merges: list[str], plan: RowPlan, styles: Styles
) -> list[Comment]:
    """All cells at their places; returns what is said beside them."""
    comments = []
    form, first, breaks = plan.sheet, plan.first, plan.breaks
    width, height = len(form.grid), form.height
    names = letters(width)
    for cell, fit in zip(form.cells, plan.fits, strict=True):
        row, column = cell.row, cell.column
        right, below = column + cell.columns, row + cell.rows
        top, bottom = first[row], first[below]
        # A frame around the table, thin lines in it.
        edges = THIN if row else FRAME_TOP
        if not column:
            edges |= FRAME_LEFT
        if right == width:
            edges |= FRAME_RIGHT
        if below == height:
            edges |= FRAME_BOTTOM
        if cell.marks:
            edges |= SHADED
            comments.append(Comment(top, column, f"校核意见 {signs(cell.marks)}"))
        if breaks and any(top < one < bottom for one in breaks):
            edges |= CUT
        attribute = styles[fit.look, edges]
        name, number = names[column], top + 1
        shown = f'<c r="{name}{number}"{attribute}{fit.value}'
        if right - column > 1:
            shown += _blanks(column + 1, right, attribute).replace(_ROW, str(number))
            merges.append(f"{name}{number}:{names[right - 1]}{bottom}")
        elif bottom > number:
            merges.append(f"{name}{number}:{name}{bottom}")
        rows[top][column] = shown
        if bottom > number:
            _continue(rows, range(number, bottom), _blanks(column, right, attribute), column)
    return comments


def _continue(rows: list[list[str]], reach: range, blanks: str, column: int) -> None:
    """Every cell of a merged one carries its lines."""
    for row in reach:
        rows[row][column] = blanks.replace(_ROW, str(row + 1))


@lru_cache(maxsize=1024)
def _blanks(column: int, right: int, attribute: str) -> str:
    """Cells without text, with a sign where the number of the row belongs."""
    return "".join(f'<c r="{name}{_ROW}"{attribute}/>' for name in letters(right)[column:])
