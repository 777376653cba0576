"""The review opinion: an official table with what was found beside the cells it concerns.

The table keeps its shape and moves to a landscape page; a further column says row by row what
was found, numbered as the cells are marked. Below it stand the lines a reviewer fills in: the
program finds, a person decides.
"""

from collections.abc import Sequence

from jixiao.audit.finding import Finding, Severity
from jixiao.official.sheet import LANDSCAPE_WIDTH, CellRole, Sheet, SheetCell

_FINDINGS_WIDTH = 87.0
_HEADING = "系统校核意见"
_WORDS = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.ADVICE: "建议",
    Severity.INFO: "提示",
}
_FIRST_CIRCLED, _LAST_CIRCLED = 0x2460, 20


def annotate(sheet: Sheet, findings: Sequence[Finding]) -> Sheet:
    """The sheet with its findings; those about no cell of it stand below the table."""
    placed, loose = _placed(sheet, findings)
    numbers = {
        id(finding): number
        for number, finding in enumerate(
            [*(one for row in sorted(placed) for one in placed[row]), *loose], start=1
        )
    }
    marks: dict[int, tuple[int, ...]] = {}
    for found in placed.values():
        for finding in found:
            at = _cell_of(sheet, finding.path)
            assert at is not None
            marks[at] = (*marks.get(at, ()), numbers[id(finding)])
    return _drawn(sheet, marks, _notes(placed, numbers), [_said(one, numbers) for one in loose])


def mark(number: int) -> str:
    """① to ⑳, then (21)."""
    return chr(_FIRST_CIRCLED + number - 1) if number <= _LAST_CIRCLED else f"({number})"


def _placed(
    sheet: Sheet, findings: Sequence[Finding]
) -> tuple[dict[int, list[Finding]], list[Finding]]:
    """Findings by the row of their cell, and those without one."""
    rows: dict[int, list[Finding]] = {}
    loose = []
    for finding in findings:
        at = _cell_of(sheet, finding.path)
        if at is None:
            loose.append(finding)
        else:
            rows.setdefault(sheet.cells[at].row, []).append(finding)
    return rows, loose


def _cell_of(sheet: Sheet, path: str) -> int | None:
    """The cell that shows a field; for a covered or whole row the one with the row's name."""
    if not path:
        return None
    row = path.partition(".")[0]
    part = f"{path.removesuffix('.target')}.value"
    wanted = [path, part, f"{row}.name", f"{path}.total", f"{path}.goal"]
    by_path = {cell.path: number for number, cell in enumerate(sheet.cells) if cell.path}
    return next((by_path[one] for one in wanted if one in by_path), None)


def _notes(placed: dict[int, list[Finding]], numbers: dict[int, int]) -> dict[int, str]:
    return {row: "\n".join(_said(one, numbers) for one in found) for row, found in placed.items()}


def _said(finding: Finding, numbers: dict[int, int]) -> str:
    advice = f"建议：{finding.suggestion}" if finding.suggestion else ""
    number = mark(numbers[id(finding)])
    return f"{number}【{_WORDS[finding.severity]}】{finding.message}{advice}（{finding.code}）"


def _drawn(
    sheet: Sheet, marks: dict[int, tuple[int, ...]], notes: dict[int, str], loose: Sequence[str]
) -> Sheet:
    width = len(sheet.grid)
    cells = [
        SheetCell(row=0, column=0, columns=width, text="申报内容", role=CellRole.HEADING),
        SheetCell(row=0, column=width, text=_HEADING, role=CellRole.HEADING),
    ]
    for number, cell in enumerate(sheet.cells):
        cells.append(_moved(cell, marks.get(number, ())))
    # No note reaches over the rows that stand again on every page, or these could not.
    first, count = sheet.repeats or (0, 0)
    starts = sorted({0, first, first + count, *notes} - {sheet.height})
    for start, stop in zip(starts, [*starts[1:], sheet.height], strict=True):
        heads = count > 0 and start == first and start not in notes
        cells.append(
            SheetCell(
                row=start + 1,
                column=width,
                rows=stop - start,
                text=_HEADING if heads else notes.get(start, ""),
                role=CellRole.HEADING if heads else CellRole.NOTE,
            )
        )
    below = sheet.height + 1
    bottom = [
        ("整表意见", "\n".join(loose) or "无", CellRole.NOTE),
        ("审核等级", "□ 优　　□ 良　　□ 中　　□ 差", CellRole.VALUE),
        ("审核意见", "\n\n\n", CellRole.TEXT),
        ("审核人", "　　　　　　　　　　　　审核日期：　　　年　　月　　日", CellRole.TEXT),
    ]
    for row, (label, text, role) in enumerate(bottom, start=below):
        cells.append(SheetCell(row=row, column=0, text=label, role=CellRole.LABEL))
        cells.append(SheetCell(row=row, column=1, columns=width, text=text, role=role))
    scale = (LANDSCAPE_WIDTH - _FINDINGS_WIDTH) / sum(sheet.grid)
    repeats = None if sheet.repeats is None else (sheet.repeats[0] + 1, sheet.repeats[1])
    return Sheet(
        name=sheet.name,
        title=f"{sheet.title}审核意见",
        subtitle=sheet.subtitle,
        above=sheet.above,
        unit_note=sheet.unit_note,
        notes=sheet.notes,
        landscape=True,
        grid=(*(one * scale for one in sheet.grid), _FINDINGS_WIDTH),
        height=below + len(bottom),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        repeats=repeats,
        font_size=min(sheet.font_size, 10.0),
    )


def _moved(cell: SheetCell, marks: tuple[int, ...]) -> SheetCell:
    """The cell one row further down, under the new heading."""
    return SheetCell(
        row=cell.row + 1,
        column=cell.column,
        rows=cell.rows,
        columns=cell.columns,
        text=cell.text,
        role=cell.role,
        path=cell.path,
        marks=marks,
    )
