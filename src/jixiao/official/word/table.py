"""One sheet's table in WordprocessingML: real merges, a fixed grid, rows that stay whole."""

from functools import lru_cache
from itertools import pairwise

from jixiao.official.sheet import CellRole, Sheet, SheetCell
from jixiao.official.word import styles
from jixiao.official.word.measure import TWIPS_PER_POINT, line_height
from jixiao.official.word.parting import parts_of
from jixiao.official.word.plan import (
    LEAST_HEIGHT,
    SIDE,
    Plan,
    fits_one_line,
)
from jixiao.official.word.styles import BODY_SIZE, sized, spacing
from jixiao.official.word.text import Look, cell_paragraphs, look, safe

_STYLES = {
    CellRole.LABEL: styles.LABEL,
    CellRole.HEADING: styles.LABEL,
    CellRole.LEVEL: styles.CENTRED,
    CellRole.VALUE: styles.CENTRED,
    CellRole.TEXT: styles.TEXT,
    CellRole.NUMBER: styles.NUMBER,
    CellRole.NOTE: styles.REMARK,
}
_VALUE, _TEXT = CellRole.VALUE, CellRole.TEXT
#: Eighths of a point.
_FRAME, _RULE = 8, 4
#: Long running text begins at the top of its cell, everything else stands in the middle.
_MANY_LINES = 15
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>'
_HEIGHT = f'<w:trHeight w:val="{round(LEAST_HEIGHT * TWIPS_PER_POINT)}" w:hRule="atLeast"/>'
_JOINT = f'<w:p><w:pPr><w:pStyle w:val="{styles.JOINT.code}"/></w:pPr></w:p>'


def table_of(sheet: Sheet, plan: Plan) -> list[str]:
    """The table, or the two tables that look like one."""
    start, count = sheet.repeats or (0, 0)
    heading = range(start, start + plan.headed if count else start)
    rows = _rows(sheet, plan, heading)
    shown = [_row(row, plan, number, number in heading) for number, row in enumerate(rows)]
    if plan.divided is None:
        return _table(sheet, plan, shown, _borders(_FRAME, _FRAME))
    # The lower table brings its own upper rule; two rules at one place would look like a bold one.
    upper = _table(sheet, plan, shown[: plan.divided], _borders(_FRAME, _RULE if plan.apart else 0))
    lower = _table(sheet, plan, shown[plan.divided :], _borders(_RULE, _FRAME))
    return [*upper, _JOINT, *lower]


def _table(sheet: Sheet, plan: Plan, rows: list[str], borders: str) -> list[str]:
    edges = _edges(plan)
    grid = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    side, above = round(SIDE * TWIPS_PER_POINT), round(plan.setting.margin * TWIPS_PER_POINT)
    properties = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:jc w:val="center"/>{borders}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{above}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{above}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0480" w:firstRow="0" w:lastRow="0" w:firstColumn="1"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{safe(sheet.name)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    return [properties, *rows, "</w:tbl>"]


def _borders(top: int, bottom: int) -> str:
    sizes = (
        ("top", top),
        ("left", _FRAME),
        ("bottom", bottom),
        ("right", _FRAME),
        ("insideH", _RULE),
        ("insideV", _RULE),
    )
    return f"<w:tblBorders>{''.join(_border(*side) for side in sizes)}</w:tblBorders>"


def _border(side: str, size: int) -> str:
    if not size:
        return f'<w:{side} w:val="nil"/>'
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'


def _rows(sheet: Sheet, plan: Plan, heading: range) -> list[list[tuple[int, str]]]:
    """The cells of every row by their columns; rows under a merged cell continue it."""
    rows: list[list[tuple[int, str]]] = [[] for _ in range(sheet.height)]
    line = line_height(sheet.font_size, plan.setting.leading)
    plain = _looks(sheet.font_size, line, "")
    kept = _looks(sheet.font_size, line, "<w:keepNext/>")
    widths = _Widths(_edges(plan))
    for cell, lines, rules, rules_below in parts_of(sheet, plan, heading):
        role = cell.role
        if role is _VALUE and not fits_one_line(cell, lines):
            role = _TEXT
        shape = (kept if cell.row in heading else plain)[role]
        width = widths[cell.column, cell.columns]
        top = role is _TEXT and lines >= _MANY_LINES
        after = "" if top else '<w:vAlign w:val="center"/>'
        if cell.marks:
            after = _SHADE + after
        text = cell_paragraphs(cell, shape)
        merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>'
        shown = f"<w:tc><w:tcPr>{width}{merge}{rules}{after}</w:tcPr>{text}</w:tc>"
        rows[cell.row].append((cell.column, shown))
        if merge:
            _continue(rows, cell, f"{width}<w:vMerge/>{rules_below}{after}", shape)
    return rows


class _Widths(dict[tuple[int, int], str]):
    """The width of a cell by its first column and how many it spans; made once a sheet."""

    def __init__(self, edges: list[int]) -> None:
        super().__init__()
        self._edges = edges

    def __missing__(self, place: tuple[int, int]) -> str:
        column, columns = place
        width = self._edges[column + columns] - self._edges[column]
        span = "" if columns == 1 else f'<w:gridSpan w:val="{columns}"/>'
        shown = self[place] = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}'
        return shown


def _continue(
    rows: list[list[tuple[int, str]]], cell: SheetCell, properties: str, shape: Look
) -> None:
    empty = f"{shape.begin}</w:p>"
    shown = (cell.column, f"<w:tc><w:tcPr>{properties}</w:tcPr>{empty}</w:tc>")
    for row in range(cell.row + 1, cell.row + cell.rows):
        rows[row].append(shown)


def _row(cells: list[tuple[int, str]], plan: Plan, number: int, heads: bool) -> str:
    whole = "<w:cantSplit/>" if plan.heights[number] <= plan.tall else ""
    head = "<w:tblHeader/>" if heads else ""
    cells.sort()
    shown = "".join([text for _, text in cells])
    return f"<w:tr><w:trPr>{whole}{_HEIGHT}{head}</w:trPr>{shown}</w:tr>"


def _edges(plan: Plan) -> list[int]:
    """The borders of the columns in twips: rounded once, so that widths add up."""
    return [round(edge * TWIPS_PER_POINT) for edge in plan.edges]


@lru_cache(maxsize=32)
def _looks(size: float, line: float, properties: str) -> dict[CellRole, Look]:
    """The paragraphs of every role in the size of the sheet; styles have the usual one."""
    run = "" if size == BODY_SIZE else sized(size)
    if line != line_height(BODY_SIZE):
        properties += spacing(line)
    return {role: look(style.code, properties, run) for role, style in _STYLES.items()}
