"""年度资金总额与批准的预算不一致。
Total differs from the approved budget

检查内容
    按项目编码或项目名称，在口径文件提供的预算表中找到批准数，与年度资金总额比较。
    没有提供预算表，或表中没有该项目的，如实说明“未核对”。
为什么
    绩效目标随预算一并批复，目标表上的资金应当就是批准的预算数。
怎样修改
    以批准的预算为准改正总额；预算已经调整的，先办理绩效目标调整。例如批准 230,000 元，总额应填 230,000 元。
不适用的情形
    没有预算表；项目不在预算表中；总额空白或不能识别的，由其他规则提示。
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import plain, yuan
from jixiao.audit.support.known_amounts import known_amount
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """`approved`: approved budget in 元 by project code or name; `tolerance` in 元."""

    approved: Mapping[str, Decimal] = {}
    tolerance: Decimal = Decimal("0.5")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    params = context.params
    if not params.approved:
        yield not_enough_data("没有提供批准的预算表，总额未与预算核对")
        return
    approved = known_amount(form, params.approved)
    if approved is None:
        yield not_enough_data("预算表中没有这个项目")
        return
    funding = form.form.funding
    if form.total is None or funding is None or funding.total is None:
        yield not_enough_data("表上没有可用的年度资金总额")
        return
    total = form.total.yuan
    if abs(total - approved) > params.tolerance:
        yield form.hit(
            "funding.total",
            funding.total.at,
            f"年度资金总额 {yuan(total)}与批准的预算 {yuan(approved)}不一致，"
            f"相差 {yuan(abs(total - approved))}",
            suggestion=f"请改为批准的 {yuan(approved)}；预算已调整的，先办理绩效目标调整。",
            evidence={"年度资金总额（元）": plain(total), "批准预算（元）": plain(approved)},
        )


RULE = form_rule(
    code="AMT003",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#27",),
    dimension="适当性",
    params=Params,
)
