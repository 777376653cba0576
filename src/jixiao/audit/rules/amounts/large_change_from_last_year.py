"""资金比上年增减较大。
Large change from last year

检查内容
    口径文件提供上年预算数时，比较本年年度资金总额与上年数，增减超过两成的提示说明理由。
为什么
    资金变了而任务没变，或任务变了而资金没变，都说明目标与资金不匹配。预算编制要参考上年执行情况。
怎样修改
    在测算依据中写明增减原因，并相应调整数量指标。例如“因新增 2 个社区，资金由 20 万元增至 40 万元”。
不适用的情形
    没有上年数的（新增项目、未提供上年资料）不判断，在检查清单中说明。
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import plain, share, yuan
from jixiao.audit.support.known_amounts import known_amount
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """`last_year`: amounts in 元 by project code or name; `share`: change that needs no words."""

    last_year: Mapping[str, Decimal] = {}
    share: Decimal = Decimal("0.20")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    params = context.params
    last = known_amount(form, params.last_year)
    if last is None or last <= 0:
        yield not_enough_data("没有提供该项目的上年预算数")
        return
    funding = form.form.funding
    if form.total is None or funding is None or funding.total is None:
        yield not_enough_data("表上没有可用的年度资金总额")
        return
    total = form.total.yuan
    change = abs(total - last)
    if change > last * params.share:
        direction = "增加" if total > last else "减少"
        yield form.hit(
            "funding.total",
            funding.total.at,
            f"年度资金总额 {yuan(total)}，比上年 {yuan(last)}{direction} {yuan(change)}"
            f"（{share(change, last)}）",
            suggestion="请在测算依据中说明增减原因，并检查数量指标是否相应调整。",
            evidence={"年度资金总额（元）": plain(total), "上年（元）": plain(last)},
        )


RULE = form_rule(
    code="AMT004",
    severity=Severity.WARNING,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-budget-law-2018#32",),
    dimension="适当性",
    params=Params,
)
