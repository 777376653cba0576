"""年度总体目标没有填写，或者太短，或者只是重复项目名称。
Empty goal

检查内容
    年度总体目标是空的；或者不足 12 个字；或者和项目名称一样，没有说明要做什么、做到什么程度。
为什么
    总体目标是整张表的总纲，指标都要从它分解出来。写得太短或者照抄项目名称，审核人无法判断钱花在什么地方。
怎样修改
    写清对象、事项、数量和效果，例如“完成 5 个村 120 户危房改造，12 月底前全部验收合格，改善困难群众居住条件”。
不适用的情形
    表中没有总体目标这一栏的，由“缺少表头栏目”检查；内容空泛、只有口号的，由“目标空泛”检查。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.view import FormView
from jixiao.foundation.quantity import ValueKind
from jixiao.foundation.text import fold, placeholder_kind

_PUNCTUATION = str.maketrans("", "", ",.;:、。!?()\"'-")


#: Marks that may be added to a copied name.
_MARKS = 4


class Params(Struct, frozen=True):
    """`shortest` is the number of characters a goal needs, blanks not counted.

    A verb, an object and what is to become of it take about a dozen. Longer goals that still say
    nothing are the business of the rule on vague goals.
    """

    shortest: int = 12


def check(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    """Blank, a copy of the name, too short: the first that holds is reported."""
    entry = view.goal_entry
    if entry is None:
        yield not_applicable("本表没有年度总体目标这一栏。")
        return
    fault = _fault(view, context.params.shortest)
    if fault is not None:
        yield view.hit(
            "narrative.goal",
            entry.at,
            f"年度总体目标{fault}",
            suggestion="请写明服务对象、要做的事、数量和时间、预期效果，"
            "例如“完成 5 个村 120 户危房改造，12 月底前全部验收合格”。",
            evidence={"length": str(len(view.goal))},
        )


def _fault(view: FormView, shortest: int) -> str | None:
    goal, name = view.goal, fold(view.project)
    if len(goal) >= shortest and len(goal) > len(name) + _MARKS:
        return None
    if placeholder_kind(goal) in (ValueKind.BLANK, ValueKind.NOT_APPLICABLE):
        return "没有填写。"
    shown = "" if view.goal_entry is None else view.goal_entry.raw.strip()
    if goal.translate(_PUNCTUATION) == name.translate(_PUNCTUATION):
        return f"“{shown}”只是重复项目名称，没有写目标。"
    if len(goal) < shortest:
        return f"“{shown}”只有 {len(goal)} 个字，不足 {shortest} 个字，没有写清目标。"
    return None


RULE = form_rule(
    code="MND004",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="完整性",
    params=Params,
)
