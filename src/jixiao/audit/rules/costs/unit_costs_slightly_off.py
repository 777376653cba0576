"""单价乘以数量与年度资金总额略有出入。
Unit costs slightly off

检查内容
    与“单价乘以数量与年度资金总额相差很大”做同样的测算，提示相差在百分之一以上、一成以内的情形；
    单价都是上限（“≤”）、按上限测算超出总额但不到一半的，也在这里提示。
为什么
    小的出入多是四舍五入、漏算一两项或数量写成约数，但批复以后会变成执行偏差，也会影响自评得分。
怎样修改
    把单价或数量改成精确数，或为余下的资金补一个成本指标。例如 12 次 × 1033 元/次 = 12,396 元，
    总额写 12,500 元的，应补上其余 104 元的用途或更正总额。
不适用的情形
    相差不到百分之一的视为四舍五入；相差超过一成的由另一条规则按错误提示。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.unit_price_check import Band, unit_price_check
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """Gaps, as shares of the total: above `least` up to `most`; for mere ceilings to `loose`."""

    least: Decimal = Decimal("0.01")
    most: Decimal = Decimal("0.10")
    loose: Decimal = Decimal("0.50")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    params = context.params
    band = Band(least=params.least, most=params.most, loose=params.loose)
    return unit_price_check(form, context.profile, band)


RULE = form_rule(
    code="COS006",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="适当性",
    params=Params,
)
