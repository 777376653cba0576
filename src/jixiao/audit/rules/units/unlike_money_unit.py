"""成本指标的金额单位和表中的资金单位不同。
Unlike money unit

检查内容
    资金栏以元为单位，成本指标却以万元填写，或者反过来。本条只提示换算结果，便于核对。
为什么
    单位不一致的时候，成本指标和资金总额容易差出一万倍而没有人发现。
怎样修改
    建议成本指标和资金栏使用同一个单位；资金栏以元为单位的，把“3 万元/个”写成“30000 元/个”。
不适用的情形
    资金栏没有写明单位的不检查；只写“万”没有写“元”的，由“金额单位不完整”检查。
    资金栏以万元为单位、单价以元为单位的（如“1600 元/亩”）是通常写法，不作提示。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.money_rows import COSTS
from jixiao.audit.view import Row
from jixiao.foundation.units import convert, dimension_of


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Show the amount in the unit of the funding block."""
    if row.category not in COSTS or row.quantity.number is None:
        return
    funding = context.form.form.funding
    unit = row.quantity.unit
    if unit is None or not unit.endswith("元") or dimension_of(unit) != "money":
        return
    if funding is None or funding.unit is None:
        yield not_enough_data("资金栏没有写明金额单位，无法换算。")
        return
    if unit == funding.unit or (row.quantity.per is not None and unit == "元"):
        return  # a price of one thing in 元 is usual beside funding in 万元
    converted = convert(row.quantity.number, unit, funding.unit)
    if converted is None:
        return
    per = f"/{row.quantity.per}" if row.quantity.per else ""
    shown = f"{converted.normalize():,f} {funding.unit}{per}"
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的指标值“{row.raw_value}”以{unit}为单位，"
        f"资金栏以{funding.unit}为单位，折合 {shown}。",
        suggestion=f"建议统一以{funding.unit}填写。",
        evidence={"converted": f"{converted.normalize():f}", "unit": funding.unit},
    )


RULE = row_rule(
    code="UNT004",
    severity=Severity.INFO,
    certainty=Certainty.SURE,
    check=check,
    basis=("practice-integrated-system",),
    dimension="完整性",
    params=NoParams,
)
