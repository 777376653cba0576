"""单价乘以数量与年度资金总额相差很大。
Unit costs do not add up

检查内容
    把成本指标中的单价（如“3 万元/个”“1033 元/次”“200 元/人·月”）与计量单位相同、名称相近的数量指标相乘，
    加上单列的费用，与年度资金总额比较。相差超过一成的，列出算式、差额和没有对应数量的单价。
为什么
    绩效目标应与预算资金相匹配。单价、数量和总额三者对不上，说明数量、标准或预算至少有一处没有认真测算，
    审核时无法判断这笔钱该不该给、给多少。
怎样修改
    先核对单价、数量和总额有无笔误；数量指标缺项的补上数量，单位不一致的统一单位；其余资金另有用途的，
    为它单列成本指标。例如总额 20 万元，数量“支持社区个数 2 个”，成本写“每个社区补助标准 10 万元/个”。
不适用的情形
    成本指标只写总额的，由“成本总额与资金总额不符”检查；单价只涉及部分产出、其余产出没有成本指标的，
    无法判断，不作提示，只在检查清单中说明原因。单价写“≤”、测算数略高于总额的，按警告提示。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.unit_price_check import Band, unit_price_check
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """Shares of the total: the largest gap that is no error, and the same for mere ceilings."""

    tolerance: Decimal = Decimal("0.10")
    loose: Decimal = Decimal("0.50")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    params = context.params
    band = Band(least=params.tolerance, most=None, loose=params.loose)
    return unit_price_check(form, context.profile, band)


RULE = form_rule(
    code="COS003",
    severity=Severity.ERROR,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="适当性",
    params=Params,
)
