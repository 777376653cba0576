"""How a sheet will lie on its pages: lines of its cells, heights of its rows, pages it takes.

Word repeats only the first rows of a table. A form whose indicators run over a page has their
heading in its middle: such a form is divided into two tables there, and only then.
"""

from itertools import accumulate

from msgspec import Struct

from jixiao.official.sheet import LANDSCAPE_HEIGHT, PORTRAIT_HEIGHT, Sheet, SheetCell
from jixiao.official.word import styles
from jixiao.official.word.measure import (
    LEADING,
    POINTS_PER_MILLIMETRE,
    count_lines,
    line_height,
)
from jixiao.official.word.styles import Style
from jixiao.official.word.text import shown_marks

#: Points of a cell's inner margin at the left and at the right.
SIDE = 4.25
#: Rows are at least eight millimetres high.
LEAST_HEIGHT = 8 * POINTS_PER_MILLIMETRE
#: What a rule adds to the height of a row that is higher than it has to be.
_RULE = 0.5
#: The share of a page that is left for lines that wrap otherwise than they were counted.
_SPARE = 0.02
#: Rows higher than this share of a page may break; so may a heading not stand again.
_TALL_ROW, _TALL_HEADING = 0.9, 0.4
#: What begins so far above the end of the page begins on it for sure.
_FAR = 0.1


class Setting(Struct, frozen=True):
    """How close lines stand: `leading` by their size, `margin` over and under them in points."""

    leading: float
    margin: float


_USUAL = Setting(LEADING, 2.85)
#: A form that runs over by a few lines is set a little closer, and stays on its page.
_CLOSER = (Setting(1.3, 2.0), Setting(1.25, 1.4))


class Plan(Struct, frozen=True):
    """`lines` are those of each cell, in the order of cells, `heights` those of rows in points.

    `setting` is how close the lines stand, `over` that one page may be too little for them.
    `divided` is the first row of a second table, `headed` how many rows at the top of the last
    table stand again on every page, if `stands` says that there is another one. `apart` says that
    the second table may begin on another page. Rows higher than `tall` may break over pages.
    """

    setting: Setting
    edges: list[float]
    lines: list[int]
    heights: list[float]
    divided: int | None
    headed: int
    tall: float
    over: bool
    stands: bool
    apart: bool
    pages: int


def plan_of(sheet: Sheet) -> Plan:
    edges = [0.0, *accumulate(width * POINTS_PER_MILLIMETRE for width in sheet.grid)]
    lines = _lines(sheet, edges)
    plan = _planned(sheet, edges, lines, _USUAL)
    if not plan.over:
        return plan
    closer = (_planned(sheet, edges, lines, setting) for setting in _CLOSER)
    return next((one for one in closer if not one.over), plan)


def _planned(sheet: Sheet, edges: list[float], lines: list[int], setting: Setting) -> Plan:
    heights = _heights(sheet, lines, setting)
    body = page_height(sheet)
    first = body - _height_above(sheet, edges[-1])
    below = _below(sheet, edges[-1])
    over = sum(heights) + below > first - body * _SPARE
    start, count = sheet.repeats or (0, 0)
    repeated = sum(heights[start : start + count])
    headed = count if repeated <= body * _TALL_HEADING else 0
    repeating = over and headed > 0
    inside = repeating and 0 < start < len(heights)
    divided = start if inside and not _crosses(sheet, start) else None
    stands = repeating and (divided is not None or not start)
    apart = sum(heights[: start + count + 1]) > first - body * _FAR
    standing = repeated if stands else 0.0
    tall = body * _TALL_ROW - standing
    pages = _count_pages([*heights, below] if below else heights, first, body, standing, tall)
    return Plan(setting, edges, lines, heights, divided, headed, tall, over, stands, apart, pages)


def page_height(sheet: Sheet) -> float:
    """The height of the type area in points."""
    return (LANDSCAPE_HEIGHT if sheet.landscape else PORTRAIT_HEIGHT) * POINTS_PER_MILLIMETRE


def height_of(text: str, style: Style, width: float) -> float:
    """The height of a paragraph of its own over the whole width, in points."""
    lines = count_lines(text, style.size, width)
    return lines * style.line_points + style.before + style.after


def fits_one_line(cell: SheetCell, lines: int) -> bool:
    """Is it an answer of one line, to be centred?"""
    return lines == 1 and "\n" not in cell.text


def _lines(sheet: Sheet, edges: list[float]) -> list[int]:
    """The lines of every cell, in the order of cells."""
    size, found = sheet.font_size, list[int]()
    for cell in sheet.cells:
        width = edges[cell.column + cell.columns] - edges[cell.column] - 2 * SIDE
        text = cell.text + shown_marks(cell.marks) if cell.marks else cell.text
        # Nothing is wider than its size: the frequent short text is seen at once.
        short = len(text) * size <= width and "\n" not in text and "\r" not in text
        found.append(1 if short else count_lines(text, size, width))
    return found


def _heights(sheet: Sheet, lines: list[int], setting: Setting) -> list[float]:
    """Rows as high as their cells need; a merged cell that needs more makes its last row grow."""
    line = line_height(sheet.font_size, setting.leading)
    heights = [LEAST_HEIGHT] * sheet.height
    merged: list[tuple[SheetCell, float]] = []
    for cell, count in zip(sheet.cells, lines, strict=True):
        needed = count * line + 2 * setting.margin + _RULE
        if cell.rows > 1:
            merged.append((cell, needed))
        elif needed > heights[cell.row]:
            heights[cell.row] = needed
    for cell, needed in merged:
        missing = needed - sum(heights[cell.row : cell.row + cell.rows])
        if missing > 0:
            heights[cell.row + cell.rows - 1] += missing
    return heights


def _height_above(sheet: Sheet, width: float) -> float:
    parts = [(line, styles.ABOVE) for line in sheet.above]
    parts += [(sheet.title, styles.TITLE)] if sheet.title else []
    parts += [(sheet.subtitle, styles.SUBTITLE)] if sheet.subtitle else []
    parts += [(sheet.unit_note, styles.UNIT_NOTE)] if sheet.unit_note else []
    return sum(height_of(text, style, width) for text, style in parts)


def _below(sheet: Sheet, width: float) -> float:
    return sum(height_of(note, styles.NOTES, width) for note in sheet.notes)


def _crosses(sheet: Sheet, row: int) -> bool:
    """Does a merged cell reach over the upper edge of this row?"""
    return any(cell.row < row < cell.row + cell.rows for cell in sheet.cells)


def _count_pages(
    heights: list[float], first: float, body: float, standing: float, tall: float
) -> int:
    """Fill page after page; only rows higher than a page begin where there is room left."""
    pages, room = 1, first
    for height in heights:
        if height <= room:
            room -= height
        elif height <= tall:
            pages, room = pages + 1, body - standing - height
        else:
            rest = height - max(room, 0.0)
            more = int(-(-rest // (body - standing)))
            pages += more
            room = more * (body - standing) - rest
    return pages
