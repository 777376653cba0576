"""单位成本的计量单位和同名数量指标的单位对不上。
Mismatched denominator

检查内容
    成本指标是“元/次”“万元/个”这样的单价，同一件事的数量指标却用了别的单位，例如数量是“200 人次”，
    单价是“1000 元/次”；数量是“6 份”，单价是“3600 元/年”。
为什么
    单价乘数量应当等于这一项的花费。单位对不上就算不出来，也就说不清资金够不够、多不多。
怎样修改
    让两边用同一个单位：数量“200 人次”配单价“200 元/人次”，或者数量“20 次”配单价“1000 元/次”。
不适用的情形
    只比较名称说的是同一件事的指标；“场”和“次”、“名”和“人”这样意思相同的单位视为一致；
    没有同名数量指标的不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.cost_names import same_thing
from jixiao.audit.support.money_rows import COSTS
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.units import dimension_of, same_dimension
from jixiao.standards.lexicon import Lexicon

_PARTS = pattern(r"[·/*×每]")
_TIMES = frozenset(("年", "月", "日", "天", "季", "季度", "小时", "学期", "学年", "次"))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Hold the cost's denominator against the unit of each quantity of the same name."""
    per = row.quantity.per
    if per is None or row.category not in COSTS or dimension_of(row.quantity.unit) != "money":
        return
    lexicon = context.profile.lexicon
    matches = [
        other
        for other in context.form.of(Category.OUTPUT_QUANTITY)
        if other.quantity.unit is not None and same_thing(row.name, other.name, lexicon)
    ]
    if not matches or any(_agrees(per, _counted(other), lexicon) for other in matches):
        return
    other = matches[0]
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的单价是“{row.raw_value}”，数量指标“{other.raw_name}”却是"
        f"“{other.raw_value}”，单位“{per}”和“{_counted(other)}”对不上，算不出这一项的花费。",
        suggestion=f"请把单价改成按“{_counted(other)}”计算，或者把数量改成以“{per}”为单位。",
        evidence={"per": per, "unit": _counted(other), "quantity": other.raw_value},
    )


def _counted(row: Row) -> str:
    return row.quantity.unit or ""


def _agrees(per: str, unit: str, lexicon: Lexicon) -> bool:
    """元/人·年 agrees with 人: times beside another part only say for how long."""
    table = lexicon.table("equal_units")
    parts = [part for part in _PARTS.split(per) if part]
    things = [part for part in parts if part not in _TIMES] or parts
    wanted = table.get(unit, unit)
    return any(
        table.get(part, part) == wanted or same_dimension(part, unit) for part in (per, *things)
    )


RULE = row_rule(
    code="UNT005",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="适当性",
    params=NoParams,
)
