"""单元格错列，内容没有填在应在的栏里。
Shifted cells

检查内容
    二级指标的名称写到了一级指标的栏里，或者一行的内容整体向左、向右错了一格。读表时已经自动对正，
    这里说明是哪些行。
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


def check(view: FormView, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Each mended indicator row, and all mended rows of the top part together."""
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
