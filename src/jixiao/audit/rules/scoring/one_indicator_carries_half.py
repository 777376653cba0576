"""一项指标的权重超过一半。
One indicator carries more than half

检查内容
    单项指标的权重是否超过全部权重的一半。
为什么
    一项指标决定大半得分，其他指标就成了摆设，这一项稍有偏差，整个项目的评价就失真。
怎样修改
    把它分解成几项，或把分值分给其他重要指标。例如“成本控制 90 分”可拆为成本 20 分、产出 40 分、效益 20 分、满意度 10 分。
不适用的情形
    表上没有权重；规定了固定模板的人员类项目；只填了一项权重、合计本身就不对的。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import plain, share
from jixiao.audit.support.project_nature import Nature, nature_by_name, stated_category
from jixiao.audit.support.weights import weighted_rows
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """`most`: largest share of all weights for one indicator."""

    most: Decimal = Decimal("0.5")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    rows = weighted_rows(form)
    if not rows:
        yield not_applicable("本表没有填写权重")
        return
    heaviest = max(rows, key=lambda each: each.points)
    added = sum((each.points for each in rows), Decimal(0))
    if added <= 0 or heaviest.points <= added * context.params.most:
        return
    if _has_fixed_template(form, context):
        yield not_applicable("人员类项目使用规定的指标模板")
        return
    yield heaviest.row.hit(
        "weight",
        f"指标“{heaviest.row.raw_name}”的权重 {plain(heaviest.points)} 占全部权重 {plain(added)} 的 "
        f"{share(heaviest.points, added)}，超过 {share(context.params.most, Decimal(1))}",
        suggestion="请把这项指标分解，或把部分权重分给其他重要指标。",
        evidence={"权重": plain(heaviest.points), "权重合计": plain(added)},
    )


def _has_fixed_template(form: FormView, context: Context[Params]) -> bool:
    """Some provinces prescribe the weights of personnel projects, 60 of 90 on one indicator."""
    if stated_category(form) == "人员类":
        return True
    return nature_by_name(form, context.profile.lexicon) is Nature.STAFF_PAY


RULE = form_rule(
    code="SCO003",
    severity=Severity.WARNING,
    check=check,
    basis=("jixiao",),
    dimension="相关性",
    params=Params,
)
