"""没有成本指标。
No cost indicator

检查内容
    本地口径给成本指标分配了分值，或要求设置成本指标，而表上一项成本指标也没有。
为什么
    不设成本指标，就看不出同样的事花了多少钱、能不能更省。
怎样修改
    优先写单位成本，写不出的写分项控制数。例如“培训人均成本 ≤300 元/人”“设备购置成本 ≤20 万元”。
不适用的情形
    口径把成本列为必填类别的，由“缺少必填类别”提示；口径没有要求成本指标的；
    没有资金的表。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.view import FormView
from jixiao.form.indicator import Category
from jixiao.standards.profile import Profile

_COSTS = frozenset(
    (Category.OUTPUT_COST, Category.COST_ECONOMIC, Category.COST_SOCIAL, Category.COST_ECOLOGICAL)
)


class Params(Struct, frozen=True):
    """`expected`: demand a cost indicator even where the profile gives it no points.

    That a tree has a level for cost is no demand: the guide knows forms without it.
    """

    expected: bool = False


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    profile = context.profile
    if _is_required(profile):
        yield not_applicable("成本是本口径的必填类别，由缺少必填类别的规则检查")
        return
    if not (context.params.expected or _has_points(profile)):
        yield not_applicable("本口径没有要求设置成本指标")
        return
    if not form.rows or any(row.category in _COSTS or row.category is None for row in form.rows):
        return
    if form.total is None or form.total.yuan <= 0:
        return
    yield form.hit(
        "indicators",
        form.rows[-1].indicator.at,
        f"{len(form.rows)} 项绩效指标中没有成本指标，看不出花钱多少与产出的关系",
        suggestion="请至少设一项成本指标，优先写单位成本，如“人均成本 ≤（数值）元/人”。",
        evidence={"指标数": str(len(form.rows))},
    )


def _is_required(profile: Profile) -> bool:
    groups = (profile.required, *profile.required_any)
    return any(group & _COSTS for group in groups)


def _has_points(profile: Profile) -> bool:
    return "cost" in profile.weights


RULE = form_rule(
    code="COS005",
    severity=Severity.WARNING,
    check=check,
    basis=("cn-mof-2021-101",),
    dimension="适当性",
    params=Params,
)
