"""目标值为零的指标没有说明怎样计分。
Zero target without a scoring method

检查内容
    指标值是“0 起”“0 件”这样的零目标，表上没有评分标准或赋分规则。
为什么
    自评一般按“实际值 ÷ 目标值”计分，目标为零时没法除。事先不说明，年底只能随意给分。
怎样修改
    保留零目标，同时写明计分办法，例如“发生 0 起得满分，发生 1 起得一半，2 起及以上不得分”。
不适用的情形
    表上已有评分标准、赋分规则等说明的；写成“≥0”的另由指标值规则提示。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, row_rule
from jixiao.audit.view import Row
from jixiao.foundation.quantity import Comparator, ValueKind

_METHODS = ("评分", "赋分", "计分", "扣分", "得分标准")
_FLOORS = frozenset((Comparator.AT_LEAST, Comparator.MORE_THAN))
_KINDS = frozenset((ValueKind.QUANTITY, ValueKind.PERCENT, ValueKind.FREQUENCY))


class Params(Struct, frozen=True):
    """`reverse`: also report every target that is a ceiling (≤), not only zeros."""

    reverse: bool = False


def check(row: Row, context: Context[Params]) -> Iterator[Hit | Skip]:
    quantity = row.quantity
    if quantity.number is None or quantity.kind not in _KINDS or quantity.comparator in _FLOORS:
        return
    zero = quantity.number == 0 and quantity.number_high is None
    ceiling = quantity.comparator in {Comparator.AT_MOST, Comparator.LESS_THAN}
    if not zero and not (context.params.reverse and ceiling):
        return
    if any(word in remark.label for remark in row.indicator.remarks for word in _METHODS):
        return
    what = "目标值是零" if zero else "是越小越好的反向指标"
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的指标值“{row.raw_value}”{what}，没有说明怎样计分",
        suggestion="请写明计分办法，如“发生 0 起得满分，1 起得一半，2 起及以上不得分”。",
    )


RULE = row_rule(
    code="SCO002",
    severity=Severity.INFO,
    check=check,
    basis=("cn-mof-2020-10#16",),
    dimension="可行性",
    params=Params,
)
