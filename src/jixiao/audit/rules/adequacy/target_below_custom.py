"""指标值低于通常水平。
Target below what is customary

检查内容
    满意度低于 80%、合格率低于 90% 的目标；考核、验收、评价结果只要求“合格”“及格”的目标。
    界限可以在口径文件中调整。
为什么
    目标定得太低，不努力也能完成，起不到激励作用。
怎样修改
    参照上年实际和同类项目定目标。例如“群众满意度 ≥90%”“工程验收合格率 100%”“考核结果良好以上”。
不适用的情形
    “提高 5 个百分点”等增幅；不满意率、不合格率等反向指标；有行业标准规定较低的，保留并写明依据。
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, row_rule
from jixiao.audit.support.figures import plain
from jixiao.audit.support.rate_names import bare_name
from jixiao.audit.view import Row
from jixiao.foundation.quantity import Comparator, ValueKind

_LOWEST_GRADES = frozenset(("合格", "及格", "基本合格", "合格及以上", "合格以上", "≥合格"))
_GRADED = (
    "考核",
    "考评",
    "评价结果",
    "评估结果",
    "评定",
    "等次",
    "等级",
    "检查结果",
    "考查结果",
    "评比",
)
_CEILINGS = frozenset((Comparator.AT_MOST, Comparator.LESS_THAN))
_INCREASE = (
    "提高",
    "提升",
    "增长",
    "增加",
    "增幅",
    "上升",
    "较上年",
    "比上年",
    "同比",
    "降低",
    "下降",
)
_UNITS = frozenset(("%", "分", "度", None))


class Params(Struct, frozen=True):
    """`least`: customary minimum in per cent by the ending of the name, over the lexicon's."""

    least: Mapping[str, Decimal] = {}


def check(row: Row, context: Context[Params]) -> Iterator[Hit | Skip]:
    if row.value in _LOWEST_GRADES:
        if any(word in row.name for word in _GRADED):
            yield row.hit(
                "target",
                f"指标“{row.raw_name}”只要求“{row.raw_value}”，是最低的一档",
                suggestion="请参照上年结果提出更高的等次，如“良好以上”，并写明考核主体和等次标准。",
            )
        return
    number = row.quantity.number
    if number is None or row.quantity.unit not in _UNITS or row.quantity.comparator in _CEILINGS:
        return
    least = _least(bare_name(row.name), context)
    if least is None or not Decimal(1) < number < least[1] or _is_increase(row):
        return
    if row.quantity.unit is None and row.quantity.kind is not ValueKind.PERCENT and number < 10:
        return
    word, bound = least
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的目标“{row.raw_value}”低于{word}通常的 {plain(bound)}%",
        suggestion=f"请参照上年实际和同类项目提高目标，一般不低于 {plain(bound)}%；确需更低的，写明依据。",
        evidence={"目标值": plain(number), "通常不低于": f"{plain(bound)}%"},
    )


def _least(name: str, context: Context[Params]) -> tuple[str, Decimal] | None:
    table = context.profile.lexicon.table("customary_minimum")
    for word in (*context.params.least, *table):
        if name.endswith(word):
            head = name.removesuffix(word)
            bound = context.params.least.get(word)
            if head.endswith(("不", "未", "非")):
                return None
            return word, Decimal(table[word]) if bound is None else bound
    return None


def _is_increase(row: Row) -> bool:
    return any(word in row.name or word in row.value for word in _INCREASE)


RULE = row_rule(
    code="ADQ002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="适当性",
    params=Params,
)
