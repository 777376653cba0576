"""括号、书名号或者引号不成对。
Unbalanced bracket

检查内容
    项目名称、总体目标、指标名称和指标值里的括号（）、书名号《》、引号“”等，是不是有开头就有结尾。
为什么
    多半是录入时漏了半边，或者内容被截断、拆到了别的行，容易使人误解。
怎样修改
    补上漏掉的半边，或者删去多余的半边，例如“网格员走访村（社区）居民，全覆盖）”删去最后的括号。
不适用的情形
    “1）”“（1）”这样的编号、“[80,90)”这样的区间不检查；全角半角配成一对的不算缺少。
"""

from collections.abc import Iterator
from typing import NamedTuple

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import INDICATOR_FORMS, Context, NoParams, form_rule
from jixiao.audit.support.bracket_balance import Imbalance, imbalance
from jixiao.audit.support.torn_rows import torn_pair
from jixiao.audit.view import FormView
from jixiao.foundation.location import SourceRef

_SHOWN = 40


class _Cell(NamedTuple):
    path: str
    name: str
    raw: str
    at: SourceRef
    joined: bool = False


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Each text cell by itself; a torn row as if it had been joined."""
    for cell in _cells(view):
        lone = imbalance(cell.raw)
        if lone is not None:
            yield _hit(view, cell, lone)


def _cells(view: FormView) -> Iterator[_Cell]:
    project, goal = view.form.header.project_name, view.goal_entry
    if project is not None:
        yield _Cell("header.project_name", "项目名称", project.raw, project.at)
    if goal is not None:
        yield _Cell("narrative.goal", "年度总体目标", goal.raw, goal.at)
    rest = -1
    for row in view.rows:
        name, target = row.indicator.name, row.indicator.target
        path = f"indicators[{row.index}]"
        pair = torn_pair(view, row.index)
        if pair is not None:
            rest = pair[1].index
            whole = name.raw + pair[1].indicator.name.raw
            yield _Cell(f"{path}.name", "指标名称", whole, name.at, joined=True)
        elif row.index != rest:
            yield _Cell(f"{path}.name", "指标名称", name.raw, name.at)
        yield _Cell(f"{path}.target", "指标值", target.raw, target.at)


def _hit(view: FormView, cell: _Cell, lone: Imbalance) -> Hit:
    wanted = f"后面缺少“{lone.partner}”" if lone.opens else f"前面缺少“{lone.partner}”"
    start = max(0, lone.position - _SHOWN // 2)
    shown = cell.raw[start : start + _SHOWN].strip()
    if start:
        shown = f"…{shown}"
    return view.hit(
        cell.path,
        cell.at,
        f"{cell.name}“{shown}”里的“{lone.sign}”不成对，{wanted}。",
        suggestion=f"请补上“{lone.partner}”，或者删去多余的“{lone.sign}”。",
        evidence={"sign": lone.sign, "position": str(lone.position + 1)},
        fix=None if cell.joined or lone.opens else _without(cell.raw, lone, cell.at),
    )


def _without(raw: str, lone: Imbalance, at: SourceRef) -> Fix | None:
    """Where one closing sign is too many at the very end, leaving it out is a fair proposal."""
    if lone.position != len(raw.rstrip()) - 1:
        return None
    edit = Edit(at=at, old=raw, new=raw[: lone.position].rstrip())
    return Fix(safe=False, title=f"删去多余的“{lone.sign}”", edits=(edit,))


RULE = form_rule(
    code="FMT003",
    severity=Severity.WARNING,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
    kinds=INDICATOR_FORMS,
)
