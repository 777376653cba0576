"""One sheet as HTML tables: real spans, headings with their scope, classes and no styles.

The rows above a repeated heading are a table of their own, so that the heading can be a real
`thead`, which browsers print again on every page. On screen the two look like one. Numbers of
findings are attributes that the style sheet shows: they are no part of the text.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from jixiao.official.sheet import CellRole, Sheet, SheetCell
from jixiao.report.html.markup import Html, element, escape, joined

_FIRST_CIRCLED, _LAST_CIRCLED = 0x2460, 20
_SCOPES = {CellRole.HEADING: "col", CellRole.LABEL: "row", CellRole.LEVEL: "row"}
#: Characters on a millimetre of a line: an answer over several lines reads better from the left.
_LONG_VALUE = 0.25
#: A row with a longer text begins on the page where it stands and goes on to the next.
_FLOWING = 600


def tables(sheet: Sheet, labelled_by: str | None = None) -> Html:
    """The whole table; `labelled_by` is the id of its title on the page, else it names itself."""
    first, count = _heading(sheet)
    columns = element("colgroup", *(element("col", class_=f"w{one}") for one in shares(sheet.grid)))
    rows = {row: list(cells) for row, cells in groupby(sheet.cells, key=lambda one: one.row)}
    drawn = []
    if first:
        upper = element("tbody", *_rows(sheet, rows, range(first)))
        drawn.append(_table(sheet, "upper", columns, upper, labelled_by))
    head = element("thead", *_rows(sheet, rows, range(first, first + count))) if count else None
    body = range(first + count, sheet.height)
    rest = joined([head, element("tbody", *_rows(sheet, rows, body)) if body else None])
    drawn.append(_table(sheet, "lower" if first else "", columns, rest, labelled_by))
    return joined(drawn)


def shares(grid: Sequence[float]) -> list[int]:
    """The widths of the columns in whole percents; edges are rounded, so errors do not add up."""
    total = sum(grid) or 1.0
    edges = [int(100 * edge / total + 0.5) for edge in accumulate(grid, initial=0.0)]
    parts = [max(right - left, 1) for left, right in pairwise(edges)]
    widest = parts.index(max(parts))
    parts[widest] = max(parts[widest] + 100 - sum(parts), 1)
    return parts


def text_of(text: str) -> Html:
    """Text with its line breaks."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        return escape(text)
    return Html("<br>".join(map(escape, text.split("\n"))))


def _table(sheet: Sheet, part: str, columns: Html, rows: Html, labelled_by: str | None) -> Html:
    wide = "across" if sheet.landscape else ""
    return element(
        "table",
        columns,
        rows,
        class_=" ".join(filter(None, ("official-table", part, wide))),
        aria_labelledby=labelled_by,
        aria_label=None if labelled_by else sheet.title,
    )


def _heading(sheet: Sheet) -> tuple[int, int]:
    """First row and number of the rows that can be repeated: no cell may reach in or out."""
    if sheet.repeats is None or sheet.repeats[1] < 1:
        return 0, 0
    first, count = sheet.repeats
    edges = (first, first + count)
    torn = any(cell.row < edge < cell.row + cell.rows for cell in sheet.cells for edge in edges)
    return (0, 0) if torn or first + count >= sheet.height else (first, count)


def _rows(sheet: Sheet, rows: dict[int, list[SheetCell]], wanted: range) -> Iterator[Html]:
    for row in wanted:
        cells = rows.get(row, [])
        flows = any(len(cell.text) > _FLOWING for cell in cells)
        drawn = (_cell(cell, sheet) for cell in cells)
        yield element("tr", *drawn, class_="flowing" if flows else None)


def _cell(cell: SheetCell, sheet: Sheet) -> Html:
    scope = _SCOPES.get(cell.role) if cell.text else None
    classes = [cell.role.value]
    if cell.role is CellRole.VALUE and _is_long(cell, sheet):
        classes.append("long")
    return element(
        "td" if scope is None else "th",
        text_of(cell.text),
        class_=" ".join(classes),
        scope=scope,
        rowspan=cell.rows if cell.rows > 1 else None,
        colspan=cell.columns if cell.columns > 1 else None,
        data_marks=_signs(cell.marks) if cell.marks else None,
    )


def _is_long(cell: SheetCell, sheet: Sheet) -> bool:
    width = sum(sheet.grid[cell.column : cell.column + cell.columns])
    narrow = sum(character < "\x80" for character in cell.text) / 2
    return "\n" in cell.text or len(cell.text) - narrow > _LONG_VALUE * width


def _signs(marks: Sequence[int]) -> str:
    return "".join(
        chr(_FIRST_CIRCLED + number - 1) if 0 < number <= _LAST_CIRCLED else f"({number})"
        for number in marks
    )
