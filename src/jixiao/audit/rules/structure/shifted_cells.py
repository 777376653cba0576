"""单元格错列，内容没有填在应在的栏里。
Shifted cells

检查内容
    二级指标的名称写到了一级指标的栏里，或者一行的内容整体向左、向右错了一格。读表时已经自动对正，
    这里说明是哪些行。资金各行的金额不在同一列的，也予以提示。
为什么
    错列的表导入系统、汇总公开的时候会把名称当成类别、把金额当成文字，容易出错。
怎样修改
    在原表中把错位的内容移回对应的栏，检查有没有合并单元格被拆开，或者粘贴时错了列。
不适用的情形
    合并单元格只在第一格显示内容，不算错列。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import INDICATOR_FORMS, Context, NoParams, form_rule
from jixiao.audit.support.repair_notes import path_of, repair_notes
from jixiao.audit.view import FormView
from jixiao.form.forms import Evidence
from jixiao.form.funding import FundingLine

_SINGLE_LINES = frozenset(("total", "fiscal", "carry_over", "other"))


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Each mended indicator row, and what is out of line in the top part together."""
    top: list[Evidence] = []
    for note in repair_notes(view, "shifted-cells"):
        path = path_of(view, note.at)
        if path:
            yield _hit(view, path, note, f"单元格错列，已按表格结构对正：{note.found}")
        else:
            top.append(note)
    if top:
        count = f"有 {len(top)} 行" if len(top) > 1 else "有一行"
        yield _hit(view, "", top[0], f"表头{count}单元格错列，已按表格结构对正：{top[0].found}")
    elif (pair := _amounts_out_of_line(view)) is not None:
        yield _out_of_line(view, *pair)


def _amounts_out_of_line(view: FormView) -> tuple[FundingLine, FundingLine] | None:
    """Two money lines, one below the other, whose amounts stand in different columns.

    Only in plain text, where a cell that somebody inserted moves the rest of the row; elsewhere
    merged cells make columns differ without any fault.
    """
    funding = view.form.funding
    found: dict[int, FundingLine] = {}
    rows: set[int] = set()
    for line in () if funding is None else funding.lines:
        at = None if line.amount is None else line.amount.at
        if at is None or line.key not in _SINGLE_LINES:
            continue
        if at.line is None or at.column is None or at.line in rows:
            return None
        rows.add(at.line)
        found.setdefault(at.column, line)
    if len(found) < 2:
        return None
    return found[max(found)], found[min(found)]


def _out_of_line(view: FormView, moved: FundingLine, other: FundingLine) -> Hit:
    assert moved.amount is not None
    assert other.amount is not None
    at = moved.amount.at
    return view.hit(
        f"funding.{moved.key}",
        at,
        f"表头单元格错列：“{_name(moved)}”的金额在第 {at.column} 列，"
        f"“{_name(other)}”的金额在第 {other.amount.at.column} 列。",
        suggestion="请在原表中把金额移到同一列，并核对同一行的其他栏目。",
        evidence={"column": str(at.column), "usual": str(other.amount.at.column)},
    )


def _name(line: FundingLine) -> str:
    return line.label.raw.strip().rstrip(":：")


def _hit(view: FormView, path: str, note: Evidence, message: str) -> Hit:
    return view.hit(
        path,
        view.place_of(None) if note.at is None else note.at,
        message if message.endswith("。") else f"{message}。",
        suggestion="请在原表中把内容移回对应的栏。",
    )


RULE = form_rule(
    code="STR003",
    severity=Severity.WARNING,
    check=check,
    basis=("jixiao",),
    dimension="完整性",
    params=NoParams,
    kinds=INDICATOR_FORMS,
)
